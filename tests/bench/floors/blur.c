/* Floors of blurs: plain box passes, three along the rows and three along the columns, and the
 * blends of what they made by pixman. */
#include <pixman.h>
#include <string.h>

#include "scenes.h"
#include "work.h"

#define MASK_WIDTH (SHADOW_WIDTH + 2 * SHADOW_EXTENT)
#define MASK_HEIGHT (SHADOW_HEIGHT + 2 * SHADOW_EXTENT)
#define PART_WIDTH (SCENE_WIDTH / BACKDROP_PART)
#define PART_HEIGHT (SCENE_HEIGHT / BACKDROP_PART)

static uint32_t *s_pixels, *s_page;
static pixman_image_t *s_screen, *s_black, *s_mask, *s_part;
static uint8_t *s_alpha, *s_other;
static uint32_t *s_small, *s_small_other, *s_sums;

static void prepare(void)
{
	s_pixels = scene_pixels(SCENE_WIDTH, SCENE_HEIGHT, 255);
	s_page = scene_pixels(SCENE_WIDTH, SCENE_HEIGHT, 255);
	s_screen = pixman_image_create_bits(PIXMAN_x8r8g8b8, SCENE_WIDTH, SCENE_HEIGHT, s_pixels,
					    SCENE_WIDTH * 4);
	const pixman_color_t black = {.alpha = 0.18 * 65535};
	s_black = pixman_image_create_solid_fill(&black);
	s_alpha = malloc((size_t)(MASK_WIDTH + 2) * MASK_HEIGHT);
	s_other = malloc((size_t)(MASK_WIDTH + 2) * MASK_HEIGHT);
	s_small = scene_pixels(PART_WIDTH, PART_HEIGHT, 255);
	s_small_other = scene_pixels(PART_WIDTH, PART_HEIGHT, 255);
	s_sums = malloc(sizeof(uint32_t) * SCENE_WIDTH * 4);
	s_part = pixman_image_create_bits(PIXMAN_x8r8g8b8, PART_WIDTH, PART_HEIGHT, s_small,
					  PART_WIDTH * 4);
	pixman_transform_t larger;
	pixman_transform_init_scale(&larger, pixman_fixed_1 / BACKDROP_PART,
				    pixman_fixed_1 / BACKDROP_PART);
	pixman_image_set_transform(s_part, &larger);
	pixman_image_set_filter(s_part, PIXMAN_FILTER_BILINEAR, NULL, 0);
	pixman_image_set_repeat(s_part, PIXMAN_REPEAT_PAD);
	s_mask = pixman_image_create_bits(PIXMAN_a8, MASK_WIDTH, MASK_HEIGHT,
					  (uint32_t *)(void *)s_alpha, MASK_WIDTH + 2);
}

/* --- Box passes -------------------------------------------------------------------------------------- */

/* Along a row; outside is 0. */
static void along(const uint8_t *from, uint8_t *to, int width, int radius)
{
	uint32_t by = (65536 + (uint32_t)radius) / (2 * (uint32_t)radius + 1);
	uint32_t sum = 0;
	for (int x = 0; x < radius && x < width; x++) {
		sum += from[x];
	}
	for (int x = 0; x < width; x++) {
		sum += x + radius < width ? from[x + radius] : 0;
		to[x] = (uint8_t)(sum * by >> 16);
		sum -= x - radius >= 0 ? from[x - radius] : 0;
	}
}

/* The same of four channels that lie beside one another. */
static void along_pixels(const uint8_t *from, uint8_t *to, int width, int radius)
{
	uint32_t by = (65536 + (uint32_t)radius) / (2 * (uint32_t)radius + 1);
	uint32_t sums[4] = {0};
	for (int x = 0; x < radius && x < width; x++) {
		for (int channel = 0; channel < 4; channel++) {
			sums[channel] += from[x * 4 + channel];
		}
	}
	for (int x = 0; x < width; x++) {
		for (int channel = 0; channel < 4; channel++) {
			sums[channel] += x + radius < width ? from[(x + radius) * 4 + channel] : 0;
			to[x * 4 + channel] = (uint8_t)(sums[channel] * by >> 16);
			sums[channel] -= x - radius >= 0 ? from[(x - radius) * 4 + channel] : 0;
		}
	}
}

static void add_row(uint32_t *restrict sums, const uint8_t *restrict row, int bytes, int sign)
{
	for (int x = 0; x < bytes; x++) {
		sums[x] += (uint32_t)(row[x] * sign);
	}
}

static void down(const uint8_t *from, uint8_t *to, int bytes, int height, int stride, int radius)
{
	uint32_t by = (65536 + (uint32_t)radius) / (2 * (uint32_t)radius + 1);
	memset(s_sums, 0, sizeof(uint32_t) * (size_t)bytes);
	for (int y = 0; y < radius && y < height; y++) {
		add_row(s_sums, from + y * stride, bytes, 1);
	}
	for (int y = 0; y < height; y++) {
		if (y + radius < height) {
			add_row(s_sums, from + (y + radius) * stride, bytes, 1);
		}
		for (int x = 0; x < bytes; x++) {
			to[y * stride + x] = (uint8_t)(s_sums[x] * by >> 16);
		}
		if (y - radius >= 0) {
			add_row(s_sums, from + (y - radius) * stride, bytes, -1);
		}
	}
}

/* In place; other is as large. width in pixels. */
static void blur(uint8_t *pixels, uint8_t *other, int width, int height, int stride, int radius)
{
	bool four = stride == width * 4;
	void (*pass)(const uint8_t *, uint8_t *, int, int) = four ? along_pixels : along;
	for (int y = 0; y < height; y++) {
		uint8_t *row = pixels + y * stride, *other_row = other + y * stride;
		pass(row, other_row, width, radius);
		pass(other_row, row, width, radius);
		pass(row, other_row, width, radius);
	}
	int bytes = four ? width * 4 : width;
	down(other, pixels, bytes, height, stride, radius);
	down(pixels, other, bytes, height, stride, radius);
	down(other, pixels, bytes, height, stride, radius);
}

/* --- Turns ---------------------------------------------------------------------------------------------- */

static void shadow_turn(int number)
{
	const int stride = MASK_WIDTH + 2;
	memset(s_alpha, 0, (size_t)stride * MASK_HEIGHT);
	for (int y = SHADOW_EXTENT; y < SHADOW_EXTENT + SHADOW_HEIGHT; y++) {
		memset(s_alpha + y * stride + SHADOW_EXTENT, 255, SHADOW_WIDTH);
	}
	blur(s_alpha, s_other, MASK_WIDTH, MASK_HEIGHT, stride, SHADOW_RADIUS);
	int x = 250 - SHADOW_EXTENT, y = 140 - SHADOW_EXTENT;
	pixman_fill(s_pixels, SCENE_WIDTH, 32, x, y, MASK_WIDTH, MASK_HEIGHT, 0);
	pixman_image_composite32(PIXMAN_OP_OVER, s_black, s_mask, s_screen, 0, 0, 0, 0, x, y,
				 MASK_WIDTH, MASK_HEIGHT);
}

/* A quarter as wide and high: each pixel the mean of sixteen. */
static void shrink(const uint32_t *from, uint32_t *to)
{
	for (int y = 0; y < PART_HEIGHT; y++) {
		for (int x = 0; x < PART_WIDTH; x++) {
			const uint8_t *at =
			    (const uint8_t *)(from + y * BACKDROP_PART * SCENE_WIDTH +
					      x * BACKDROP_PART);
			uint32_t sums[4] = {0};
			for (int i = 0; i < BACKDROP_PART * BACKDROP_PART; i++) {
				const uint8_t *pixel =
				    at + (i / BACKDROP_PART * SCENE_WIDTH + i % BACKDROP_PART) * 4;
				for (int channel = 0; channel < 4; channel++) {
					sums[channel] += pixel[channel];
				}
			}
			to[y * PART_WIDTH + x] = sums[3] / 16 << 24 | sums[2] / 16 << 16 |
						 sums[1] / 16 << 8 | sums[0] / 16;
		}
	}
}

static void backdrop_turn(int number)
{
	memcpy(s_pixels, s_page, SCENE_BYTES);
	shrink(s_pixels, s_small);
	blur((uint8_t *)s_small, (uint8_t *)s_small_other, PART_WIDTH, PART_HEIGHT, PART_WIDTH * 4,
	     BACKDROP_RADIUS);
	pixman_image_composite32(PIXMAN_OP_SRC, s_part, NULL, s_screen, 0, 0, 0, 0, 0, 0,
				 SCENE_WIDTH, SCENE_HEIGHT);
}

int main(void)
{
	static const struct bench_work s_works[] = {
	    {.name = "shadow", .prepare = prepare, .turn = shadow_turn},
	    {.name = "backdrop", .prepare = prepare, .turn = backdrop_turn},
	};
	return bench_serve(s_works, sizeof(s_works) / sizeof(s_works[0]));
}
