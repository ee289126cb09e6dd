/* Floors of media: the same pictures by pixman alone, nothing drawn that is not seen. */
#include <pixman.h>
#include <string.h>

#include "scenes.h"
#include "work.h"

struct picture {
	pixman_image_t *image;
	int width, height;
	pixman_op_t op;
};

static pixman_image_t *s_screen, *s_black, *s_dim, *s_edge;
static uint32_t *s_copy;
static struct picture s_rows[LIST_ROWS], s_bars[2], s_pages[2];

static struct picture make(int width, int height, uint32_t alpha)
{
	pixman_format_code_t format = alpha == 255 ? PIXMAN_x8r8g8b8 : PIXMAN_a8r8g8b8;
	uint32_t *pixels = scene_pixels(width, height, alpha);
	return (struct picture){pixman_image_create_bits(format, width, height, pixels, width * 4),
				width, height, alpha == 255 ? PIXMAN_OP_SRC : PIXMAN_OP_OVER};
}

static pixman_image_t *make_solid(int alpha)
{
	const pixman_color_t color = {.alpha = (uint16_t)(alpha * 257)};
	return pixman_image_create_solid_fill(&color);
}

static void prepare(void)
{
	s_screen = make(SCENE_WIDTH, SCENE_HEIGHT, 255).image;
	s_copy = scene_pixels(SCENE_WIDTH, SCENE_HEIGHT, 255);
	for (int i = 0; i < LIST_ROWS; i++) {
		s_rows[i] = make(SCENE_WIDTH, LIST_ROW_HEIGHT, 255);
	}
	s_bars[0] = make(SCENE_WIDTH, LIST_TOP_BAR, LIST_BAR_ALPHA);
	s_bars[1] = make(SCENE_WIDTH, LIST_BOTTOM_BAR, LIST_BAR_ALPHA);
	s_pages[0] = make(SCENE_WIDTH, SCENE_HEIGHT, 255);
	s_pages[1] = make(SCENE_WIDTH, SCENE_HEIGHT, 255);
	s_black = make_solid(PUSH_SHADOW);
	s_dim = make_solid(PUSH_DIM);
	uint8_t *edge = (uint8_t *)scene_pixels(PUSH_EXTENT + 3, SCENE_HEIGHT / 4, 128);
	s_edge = pixman_image_create_bits(PIXMAN_a8, PUSH_EXTENT, SCENE_HEIGHT,
					  (uint32_t *)(void *)edge, PUSH_EXTENT + 3);
}

/* Puts a picture's part that is left of `right` at (x, y). */
static void put(const struct picture *picture, int x, int y, int right)
{
	int left = x > 0 ? x : 0, top = y > 0 ? y : 0;
	int end_x = x + picture->width < right ? x + picture->width : right;
	int end_y = y + picture->height < SCENE_HEIGHT ? y + picture->height : SCENE_HEIGHT;
	if (left < end_x && top < end_y) {
		pixman_image_composite32(picture->op, picture->image, NULL, s_screen, left - x,
					 top - y, 0, 0, left, top, end_x - left, end_y - top);
	}
}

static void list_turn(int number)
{
	for (int i = 0; i < LIST_ROWS; i++) {
		put(&s_rows[i], 0, i * LIST_ROW_HEIGHT - scene_list_offset(number), SCENE_WIDTH);
	}
	put(&s_bars[0], 0, 0, SCENE_WIDTH);
	put(&s_bars[1], 0, SCENE_HEIGHT - LIST_BOTTOM_BAR, SCENE_WIDTH);
}

static void push_turn(int number)
{
	int x = scene_push_x(number);
	put(&s_pages[0], scene_push_below_x(number), 0, x);
	pixman_image_composite32(PIXMAN_OP_OVER, s_dim, NULL, s_screen, 0, 0, 0, 0, 0, 0, x,
				 SCENE_HEIGHT);
	int left = x > PUSH_EXTENT ? x - PUSH_EXTENT : 0;
	pixman_image_composite32(PIXMAN_OP_OVER, s_black, s_edge, s_screen, 0, 0,
				 left - (x - PUSH_EXTENT), 0, left, 0, x - left, SCENE_HEIGHT);
	put(&s_pages[1], x, 0, SCENE_WIDTH);
}

/* m: one hot memcpy of the frame. */
static void copy_turn(int number)
{
	memcpy(pixman_image_get_data(s_screen), s_copy, SCENE_BYTES);
}

int main(void)
{
	static const struct bench_work s_works[] = {
	    {.name = "composite-list", .prepare = prepare, .turn = list_turn},
	    {.name = "composite-push", .prepare = prepare, .turn = push_turn},
	    {.name = "memcpy", .prepare = prepare, .turn = copy_turn},
	};
	return bench_serve(s_works, sizeof(s_works) / sizeof(s_works[0]));
}
