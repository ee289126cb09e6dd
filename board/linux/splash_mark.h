/* The splash's picture: Strata's mark, four sheets that lie above one another, on a dark ground. Private.
 *
 * Drawn in code, the same at every size and for a panel that is held in any of four ways. Home shows the
 * same (apps/home/curtain.c), so that one takes over from the other without a change. */
#ifndef SPLASH_MARK_H
#define SPLASH_MARK_H

#include <os/base.h>

/* pixels: x8r8g8b8, height_px rows of stride bytes; orientation as in board.conf: 0, 90, 180, 270. */
void splash_mark_draw(uint32_t *pixels, int32_t stride, int32_t width_px, int32_t height_px,
		      int orientation);

#endif
