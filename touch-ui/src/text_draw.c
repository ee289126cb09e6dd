#include "text_draw.h"

/* Lines of one paragraph, and changes of direction in them: more than any screen shows. */
#define RECTS 256

void text_draw_range(struct md_canvas *canvas, const struct md_text_layout *layout,
                     struct text_range range, struct md_point origin, struct md_color color)
{
	struct md_rect rects[RECTS];
	int count = md_text_layout_range_rects(layout, range.start, range.end, rects, RECTS);
	for (int i = 0; i < count; i++) {
		md_canvas_fill_rect(canvas, md_rect_offset(rects[i], origin.x, origin.y), color);
	}
}
