#include "blur.h"

#include <math.h>
#include <string.h>

double md_blur_px(struct md_affine to_px, double blur)
{
	double px = blur * sqrt(fabs(to_px.a * to_px.d - to_px.b * to_px.c));
	return OS_CLAMP(px, 0, MD_BLUR_LIMIT);
}

int md_blur_radius(double blur_px)
{
	double sigma = blur_px / 2;
	return (int)floor(sigma * 3 * sqrt(2 * M_PI) / 4 + 0.5) / 2;
}

int md_blur_extent(double blur_px)
{
	return 3 * md_blur_radius(blur_px);
}

/* A division by the box's width as a multiplication: exact enough for 255·513. */
static uint32_t reciprocal(int radius)
{
	return ((1u << 22) + (uint32_t)radius) / (2 * (uint32_t)radius + 1);
}

/* --- Alpha ------------------------------------------------------------------------------------------- */

/* One pass over a line of count bytes that are `step` apart. */
static void alpha_line(uint8_t *line, int count, ptrdiff_t step, int radius, uint8_t *scratch)
{
	uint32_t by = reciprocal(radius);
	uint32_t sum = 0;
	for (int i = 0; i < count; i++) {
		scratch[i] = line[i * step];
	}
	for (int i = 0; i < radius && i < count; i++) {
		sum += scratch[i];
	}
	for (int i = 0; i < count; i++) {
		sum += i + radius < count ? scratch[i + radius] : 0;
		line[i * step] = (uint8_t)((sum * by + (1u << 21)) >> 22);
		sum -= i - radius >= 0 ? scratch[i - radius] : 0;
	}
}

void md_blur_alpha(uint8_t *pixels, int width, int height, int stride, int radius, uint8_t *scratch)
{
	if (radius < 1) {
		return;
	}
	for (int pass = 0; pass < 3; pass++) {
		for (int y = 0; y < height; y++) {
			alpha_line(pixels + (ptrdiff_t)y * stride, width, 1, radius, scratch);
		}
	}
	for (int pass = 0; pass < 3; pass++) {
		for (int x = 0; x < width; x++) {
			alpha_line(pixels + x, height, stride, radius, scratch);
		}
	}
}

/* --- Pixels ------------------------------------------------------------------------------------------ */

struct sums { uint32_t of[4]; };

static inline void add(struct sums *sums, uint32_t pixel)
{
	for (int c = 0; c < 4; c++) {
		sums->of[c] += pixel >> (8 * c) & 255;
	}
}

static inline void subtract(struct sums *sums, uint32_t pixel)
{
	for (int c = 0; c < 4; c++) {
		sums->of[c] -= pixel >> (8 * c) & 255;
	}
}

static inline uint32_t mean(const struct sums *sums, uint32_t by)
{
	uint32_t pixel = 0;
	for (int c = 0; c < 4; c++) {
		pixel |= (sums->of[c] * by + (1u << 21)) >> 22 << (8 * c);
	}
	return pixel;
}

static void pixel_line(uint32_t *line, int count, ptrdiff_t step, int radius, uint32_t *scratch)
{
	uint32_t by = reciprocal(radius);
	struct sums sums = {{0}};
	for (int i = 0; i < count; i++) {
		scratch[i] = line[i * step];
	}
	for (int i = -radius; i < radius; i++) {
		add(&sums, scratch[OS_CLAMP(i, 0, count - 1)]);
	}
	for (int i = 0; i < count; i++) {
		add(&sums, scratch[OS_MIN(i + radius, count - 1)]);
		line[i * step] = mean(&sums, by);
		subtract(&sums, scratch[OS_MAX(i - radius, 0)]);
	}
}

void md_blur_pixels(uint32_t *pixels, int width, int height, int stride, int radius, uint32_t *scratch)
{
	if (radius < 1) {
		return;
	}
	for (int pass = 0; pass < 3; pass++) {
		for (int y = 0; y < height; y++) {
			pixel_line(pixels + (ptrdiff_t)y * stride, width, 1, radius, scratch);
		}
	}
	for (int pass = 0; pass < 3; pass++) {
		for (int x = 0; x < width; x++) {
			pixel_line(pixels + x, height, stride, radius, scratch);
		}
	}
}
