/* Floor of a scrolling step: the new row drawn by cairo and pango, all rows composed by pixman. */
#include <pango/pangocairo.h>
#include <pixman.h>
#include <string.h>

#include "lists.h"
#include "scenes.h"
#include "work.h"

#define ROWS (LIST_HEIGHT / LIST_ROW_HEIGHT + 2)

static pixman_image_t *s_screen, *s_rows[ROWS], *s_bars[2];
static cairo_t *s_cairos[ROWS];
static PangoLayout *s_layout;

static PangoLayout *make_layout(void)
{
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	PangoContext *context = pango_font_map_create_context(pango_cairo_font_map_get_default());
	pango_cairo_context_set_font_options(context, options);
	pango_cairo_context_set_resolution(context, 72);
	pango_context_set_round_glyph_positions(context, FALSE);
	PangoLayout *layout = pango_layout_new(context);
	PangoFontDescription *font = pango_font_description_from_string("Inter");
	pango_font_description_set_absolute_size(font, 17 * PANGO_SCALE);
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
	return layout;
}

static pixman_image_t *make_bar(int height)
{
	return pixman_image_create_bits(PIXMAN_a8r8g8b8, LIST_WIDTH, height,
					scene_pixels(LIST_WIDTH, height, LIST_BAR_ALPHA),
					LIST_WIDTH * 4);
}

static void prepare(void)
{
	s_layout = make_layout();
	s_screen =
	    pixman_image_create_bits(PIXMAN_x8r8g8b8, LIST_WIDTH, LIST_HEIGHT,
				     scene_pixels(LIST_WIDTH, LIST_HEIGHT, 255), LIST_WIDTH * 4);
	s_bars[0] = make_bar(LIST_TOP_BAR);
	s_bars[1] = make_bar(LIST_BOTTOM_BAR);
	for (int i = 0; i < ROWS; i++) {
		uint32_t *pixels = scene_pixels(LIST_WIDTH, LIST_ROW_HEIGHT, 255);
		s_rows[i] = pixman_image_create_bits(PIXMAN_x8r8g8b8, LIST_WIDTH, LIST_ROW_HEIGHT,
						     pixels, LIST_WIDTH * 4);
		s_cairos[i] = cairo_create(cairo_image_surface_create_for_data(
		    (unsigned char *)pixels, CAIRO_FORMAT_RGB24, LIST_WIDTH, LIST_ROW_HEIGHT,
		    LIST_WIDTH * 4));
	}
}

static void draw_row(cairo_t *cairo)
{
	char text[64];
	int length = list_text(text, sizeof(text)), width, height;
	cairo_set_source_rgb(cairo, 1, 1, 1);
	cairo_paint(cairo);
	pango_layout_set_text(s_layout, text, length);
	pango_layout_get_pixel_size(s_layout, &width, &height);
	cairo_set_source_rgb(cairo, 0, 0, 0);
	cairo_move_to(cairo, 16, (LIST_ROW_HEIGHT - height) / 2);
	pango_cairo_show_layout(cairo, s_layout);
	cairo_set_source_rgb(cairo, 0.8, 0.8, 0.8);
	cairo_rectangle(cairo, 16, LIST_ROW_HEIGHT - 1, LIST_WIDTH - 16, 1);
	cairo_fill(cairo);
}

static void put_bar(pixman_image_t *bar, int y, int height)
{
	pixman_image_composite32(PIXMAN_OP_OVER, bar, NULL, s_screen, 0, 0, 0, 0, 0, y, LIST_WIDTH,
				 height);
}

static void turn(int number)
{
	/* The rows' places change by the finger's steps; between rows only where a row is cut. */
	int offset = list_finger_y(number) % LIST_ROW_HEIGHT;
	draw_row(s_cairos[number % ROWS]);
	for (int i = 0; i < ROWS; i++) {
		int y = i * LIST_ROW_HEIGHT - offset;
		int top = y > 0 ? y : 0,
		    end = y + LIST_ROW_HEIGHT < LIST_HEIGHT ? y + LIST_ROW_HEIGHT : LIST_HEIGHT;
		if (top < end) {
			pixman_image_composite32(PIXMAN_OP_SRC, s_rows[(number + i) % ROWS], NULL,
						 s_screen, 0, top - y, 0, 0, 0, top, LIST_WIDTH,
						 end - top);
		}
	}
	put_bar(s_bars[0], 0, LIST_TOP_BAR);
	put_bar(s_bars[1], LIST_HEIGHT - LIST_BOTTOM_BAR, LIST_BOTTOM_BAR);
}

int main(void)
{
	static const struct bench_work s_works[] = {
	    {.name = "scroll-step", .prepare = prepare, .turn = turn}};
	return bench_serve(s_works, sizeof(s_works) / sizeof(s_works[0]));
}
