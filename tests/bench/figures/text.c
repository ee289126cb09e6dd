/* Figures of labels: layout, measure and draw. */
#include <stdio.h>
#include <string.h>

#include <md/canvas.h>
#include <md/text_layout.h>

#include "labels.h"
#include "scenes.h"
#include "work.h"

static struct md_canvas *s_canvas;

static void prepare(void)
{
	s_canvas = md_canvas_create(scene_pixels(SCENE_WIDTH, SCENE_HEIGHT, 255), SCENE_WIDTH,
				    SCENE_HEIGHT, SCENE_WIDTH * 4, 1, true);
}

static void label(int number, int text_number)
{
	const struct md_text_style style = {.font = {MD_FONT_UI, LABEL_SIZE, MD_WEIGHT_REGULAR},
					    .max_lines = 1};
	char text[64];
	int length = label_text(text, sizeof(text), text_number);
	struct md_text_layout *layout =
	    md_text_layout_create(text, (size_t)length, &style, LABEL_WIDTH);
	struct md_size size = md_text_layout_size(layout);
	struct md_point at = {LABEL_X, label_y(number) + (size.height > 100)};
	md_canvas_draw_text(s_canvas, layout, at, MD_COLOR_BLACK);
	md_text_layout_release(layout);
}

static void new_turn(int number)
{
	label(number, number);
}

static void cached_turn(int number)
{
	label(number, number % LABELS_SEEN);
}

int main(void)
{
	static const struct bench_work s_works[] = {
	    {.name = "label-new", .prepare = prepare, .turn = new_turn},
	    {.name = "label-cached", .prepare = prepare, .turn = cached_turn},
	};
	return bench_serve(s_works, OS_ARRAY_LEN(s_works));
}
