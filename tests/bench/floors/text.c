/* Floors of labels: pango and cairo alone, in the same font with the same options. */
#include <pango/pangocairo.h>

#include "labels.h"
#include "scenes.h"
#include "work.h"

static cairo_t *s_cairo;
static PangoContext *s_context;
static PangoLayout *s_one, *s_seen[LABELS_SEEN];

static PangoLayout *make_layout(void)
{
	PangoLayout *layout = pango_layout_new(s_context);
	PangoFontDescription *font = pango_font_description_from_string("Inter");
	pango_font_description_set_absolute_size(font, LABEL_SIZE * PANGO_SCALE);
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
	return layout;
}

static void set_text(PangoLayout *layout, int number)
{
	char text[64];
	int width, height;
	int length = label_text(text, sizeof(text), number);
	pango_layout_set_text(layout, text, length);
	pango_layout_get_pixel_size(layout, &width, &height);
}

static void prepare(void)
{
	cairo_surface_t *surface = cairo_image_surface_create_for_data(
	    (unsigned char *)scene_pixels(SCENE_WIDTH, SCENE_HEIGHT, 255), CAIRO_FORMAT_RGB24,
	    SCENE_WIDTH, SCENE_HEIGHT, SCENE_WIDTH * 4);
	s_cairo = cairo_create(surface);
	cairo_set_source_rgb(s_cairo, 0, 0, 0);
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	s_context = pango_font_map_create_context(pango_cairo_font_map_get_default());
	pango_cairo_context_set_font_options(s_context, options);
	pango_cairo_context_set_resolution(s_context, 72);
	pango_context_set_round_glyph_positions(s_context, FALSE);
	s_one = make_layout();
	for (int i = 0; i < LABELS_SEEN; i++) {
		s_seen[i] = make_layout();
		set_text(s_seen[i], i);
	}
}

static void show(PangoLayout *layout, int number)
{
	cairo_move_to(s_cairo, LABEL_X, label_y(number));
	pango_cairo_show_layout(s_cairo, layout);
}

static void new_turn(int number)
{
	set_text(s_one, number);
	show(s_one, number);
}

static void cached_turn(int number)
{
	show(s_seen[number % LABELS_SEEN], number);
}

int main(void)
{
	static const struct bench_work s_works[] = {
	    {.name = "label-new", .prepare = prepare, .turn = new_turn},
	    {.name = "label-cached", .prepare = prepare, .turn = cached_turn},
	};
	return bench_serve(s_works, sizeof(s_works) / sizeof(s_works[0]));
}
