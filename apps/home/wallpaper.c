/* One vertical gradient: drawn once, and by far the cheapest kind (md/gradient.h). */
#include <md/canvas.h>

#include "home.h"

static void draw(struct ui_view *view, struct md_canvas *canvas, struct md_rect bounds, void *context)
{
	bool dark = ui_view_appearance(view)->dark;
	struct md_gradient gradient = {
		.from = {0, bounds.y},
		.to = {0, bounds.y + bounds.height},
		.stops = {{0, md_color_hex(dark ? 0x0b1526 : 0x2f6f9f)},
	                  {0.55, md_color_hex(dark ? 0x16263f : 0x4a93a8)},
	                  {1, md_color_hex(dark ? 0x24364c : 0x86b8a4)}},
		.stop_count = 3,
	};
	md_canvas_fill_gradient(canvas, bounds, &gradient);
}

struct ui_view *wallpaper_create(void)
{
	struct ui_view *view = ui_canvas_view_create(draw, NULL);
	ui_view_set_layered(view, true);
	ui_view_set_opaque(view, true);
	ui_view_set_enabled(view, false);
	return view;
}
