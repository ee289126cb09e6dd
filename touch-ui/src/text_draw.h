/* Text draw: what lies behind letters: a selection, a marked range. Private. */
#ifndef UI_SRC_TEXT_DRAW_H
#define UI_SRC_TEXT_DRAW_H

#include <md/canvas.h>

#include "text_buffer.h"

/* Fills what the letters of a range cover; origin: of the layout; range: in its text. */
void text_draw_range(struct md_canvas *canvas, const struct md_text_layout *layout,
		     struct text_range range, struct md_point origin, struct md_color color);

#endif
