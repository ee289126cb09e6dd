#include "blur.h"

/* The loops over bytes below are made of vector instructions only at -O3. */
#ifndef __clang__
#pragma GCC optimize("O3")
#endif

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

static inline uint8_t divide(uint32_t sum, uint32_t by)
{
	return (uint8_t)((sum * by + (1u << 21)) >> 22);
}

/* --- Along rows ---------------------------------------------------------------------------------------- */

static void alpha_row(const uint8_t *from, uint8_t *to, int count, int radius)
{
	uint32_t by = reciprocal(radius);
	uint32_t sum = 0;
	for (int i = 0; i < radius && i < count; i++) {
		sum += from[i];
	}
	for (int i = 0; i < count; i++) {
		sum += i + radius < count ? from[i + radius] : 0;
		to[i] = divide(sum, by);
		sum -= i - radius >= 0 ? from[i - radius] : 0;
	}
}

/* The four channels of a pixel at once, which the compiler turns into one instruction each. */
typedef uint8_t byte4 __attribute__((vector_size(4)));
typedef uint32_t word4 __attribute__((vector_size(16)));

static inline word4 load(const uint32_t *pixel)
{
	byte4 bytes;
	memcpy(&bytes, pixel, sizeof(bytes));
	return __builtin_convertvector(bytes, word4);
}

static void pixel_row(const uint32_t *from, uint32_t *to, int count, int radius)
{
	uint32_t by = reciprocal(radius);
	word4 sum = {0};
	for (int i = -radius; i < radius; i++) {
		sum += load(&from[OS_CLAMP(i, 0, count - 1)]);
	}
	for (int i = 0; i < count; i++) {
		sum += load(&from[OS_MIN(i + radius, count - 1)]);
		byte4 mean = __builtin_convertvector((sum * by + (1u << 21)) >> 22, byte4);
		memcpy(&to[i], &mean, sizeof(mean));
		sum -= load(&from[OS_MAX(i - radius, 0)]);
	}
}

/* --- Along columns: all columns of a row at once, in the order of the memory ------------------------- */

static void add_row(uint32_t *restrict sums, const uint8_t *restrict row, int bytes)
{
	for (int i = 0; i < bytes; i++) {
		sums[i] += row[i];
	}
}

static void subtract_row(uint32_t *restrict sums, const uint8_t *restrict row, int bytes)
{
	for (int i = 0; i < bytes; i++) {
		sums[i] -= row[i];
	}
}

static void divide_row(uint8_t *restrict to, const uint32_t *restrict sums, int bytes, uint32_t by)
{
	for (int i = 0; i < bytes; i++) {
		to[i] = divide(sums[i], by);
	}
}

/* What the passes down have in common. */
struct columns {
	int bytes, height; /* of a row, and of how many */
	int radius;
	bool clamped; /* rows beyond the ends are the ends' own, else they are 0 */
	uint32_t *sums;
};

static void down(const struct columns *columns, const uint8_t *from, uint8_t *to)
{
	int bytes = columns->bytes;
	int last = columns->height - 1;
	int radius = columns->radius;
	memset(columns->sums, 0, (size_t)bytes * sizeof(*columns->sums));
	for (int y = -radius; y < radius; y++) {
		if (columns->clamped || (y >= 0 && y <= last)) {
			add_row(columns->sums, from + (ptrdiff_t)OS_CLAMP(y, 0, last) * bytes,
				bytes);
		}
	}
	for (int y = 0; y <= last; y++) {
		if (columns->clamped || y + radius <= last) {
			add_row(columns->sums, from + (ptrdiff_t)OS_MIN(y + radius, last) * bytes,
				bytes);
		}
		divide_row(to + (ptrdiff_t)y * bytes, columns->sums, bytes, reciprocal(radius));
		if (columns->clamped || y - radius >= 0) {
			subtract_row(columns->sums, from + (ptrdiff_t)OS_MAX(y - radius, 0) * bytes,
				     bytes);
		}
	}
}

/* Three passes down, after three along the rows have ended in `other`. */
static void down_back(const struct columns *columns, uint8_t *pixels, uint8_t *other)
{
	down(columns, other, pixels);
	down(columns, pixels, other);
	down(columns, other, pixels);
}

/* --- Both ------------------------------------------------------------------------------------------------ */

/* The sums of a row, and after them a second picture: the passes go to and fro. */
size_t md_blur_scratch_bytes(int row_bytes, int height)
{
	return (size_t)row_bytes * (sizeof(uint32_t) + (size_t)height);
}

void md_blur_alpha(uint8_t *pixels, int width, int height, int radius, void *scratch)
{
	uint32_t *sums = scratch;
	uint8_t *other = (uint8_t *)(sums + width);
	if (radius < 1) {
		return;
	}
	for (int y = 0; y < height; y++) {
		uint8_t *row = pixels + (ptrdiff_t)y * width;
		uint8_t *other_row = other + (ptrdiff_t)y * width;
		alpha_row(row, other_row, width, radius);
		alpha_row(other_row, row, width, radius);
		alpha_row(row, other_row, width, radius);
	}
	down_back(&(struct columns){width, height, radius, false, sums}, pixels, other);
}

void md_blur_pixels(uint32_t *pixels, int width, int height, int radius, void *scratch)
{
	uint32_t *sums = scratch;
	uint32_t *other = sums + (ptrdiff_t)width * 4;
	if (radius < 1) {
		return;
	}
	for (int y = 0; y < height; y++) {
		uint32_t *row = pixels + (ptrdiff_t)y * width;
		uint32_t *other_row = other + (ptrdiff_t)y * width;
		pixel_row(row, other_row, width, radius);
		pixel_row(other_row, row, width, radius);
		pixel_row(row, other_row, width, radius);
	}
	struct columns columns = {width * 4, height, radius, true, sums};
	down_back(&columns, (uint8_t *)pixels, (uint8_t *)other);
}
