/* Font map: pango's fonts for the calling thread, pinned so that text is the same everywhere.
 * Private. Own fontconfig file (Inter, then Noto), no hinting, grey antialiasing, one language. */
#ifndef MD_FONT_MAP_H
#define MD_FONT_MAP_H

#include <pango/pangocairo.h>

#include <md/font.h>

/* This thread's context; made at the first call, gone with the thread. Lent. */
PangoContext *md_font_map_context(PangoDirection direction);
/* The caller frees it with pango_font_description_free. */
PangoFontDescription *md_font_map_describe(struct md_font font);
/* The options that all text is drawn with; the caller destroys them. */
cairo_font_options_t *md_font_map_options(void);

#endif
