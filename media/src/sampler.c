#include "sampler.h"

#include <math.h>

#define ONE 65536

static int64_t fixed(double value)
{
	return (int64_t)floor(value * ONE + 0.5);
}

bool md_sampler_init(struct md_sampler *sampler, pixman_image_t *texture, struct md_affine map)
{
	double values[6] = {map.a, map.b, map.c, map.d, map.tx, map.ty};
	for (int i = 0; i < 6; i++) {
		if (!(fabs(values[i]) < 1e7)) {
			return false;
		}
	}
	/* From the middle of the display's pixel to a place counted from the middle of the first one. */
	double tx = map.tx + (map.a + map.c) / 2 - 0.5;
	double ty = map.ty + (map.b + map.d) / 2 - 0.5;
	*sampler = (struct md_sampler){
	    .pixels = pixman_image_get_data(texture),
	    .stride = pixman_image_get_stride(texture) / 4,
	    .width = pixman_image_get_width(texture),
	    .height = pixman_image_get_height(texture),
	    .a = fixed(map.a),
	    .b = fixed(map.b),
	    .c = fixed(map.c),
	    .d = fixed(map.d),
	    .tx = fixed(tx),
	    .ty = fixed(ty),
	};
	return true;
}

/* Between two pixels, `part` of 256 of the way; two channels at a time. */
static inline uint32_t mix(uint32_t a, uint32_t b, uint32_t part)
{
	const uint32_t mask = 0x00ff00ff;
	const uint32_t round = 0x00800080;
	uint32_t even = (a & mask) * (256 - part) + (b & mask) * part + round;
	uint32_t odd = (a >> 8 & mask) * (256 - part) + (b >> 8 & mask) * part + round;
	return (even >> 8 & mask) | (odd & ~mask);
}

static inline int64_t clamp(int64_t value, int64_t last)
{
	return OS_CLAMP(value, 0, last);
}

static inline uint32_t sample(const struct md_sampler *sampler, int64_t u, int64_t v)
{
	int64_t x = u >> 16;
	int64_t y = v >> 16;
	int64_t x1 = clamp(x, sampler->width - 1);
	int64_t x2 = clamp(x + 1, sampler->width - 1);
	const uint32_t *upper = sampler->pixels + clamp(y, sampler->height - 1) * sampler->stride;
	const uint32_t *lower =
	    sampler->pixels + clamp(y + 1, sampler->height - 1) * sampler->stride;
	uint32_t part_x = (uint32_t)(u >> 8 & 255);
	uint32_t part_y = (uint32_t)(v >> 8 & 255);
	return mix(mix(upper[x1], upper[x2], part_x), mix(lower[x1], lower[x2], part_x), part_y);
}

/* The same where all four are known to be in the texture. */
static inline uint32_t sample_inside(const uint32_t *pixels, int stride, int32_t u, int32_t v)
{
	const uint32_t *at = pixels + (ptrdiff_t)(v >> 16) * stride + (u >> 16);
	uint32_t part_x = (uint32_t)(u >> 8 & 255);
	uint32_t part_y = (uint32_t)(v >> 8 & 255);
	return mix(mix(at[0], at[1], part_x), mix(at[stride], at[stride + 1], part_x), part_y);
}

static bool is_inside(const struct md_sampler *sampler, int64_t u, int64_t v)
{
	int64_t x = u >> 16;
	int64_t y = v >> 16;
	return x >= 0 && x < sampler->width - 1 && y >= 0 && y < sampler->height - 1;
}

static void fill_row(const struct md_sampler *sampler, uint32_t *to, int count, int64_t u,
		     int64_t v)
{
	int64_t last_u = u + sampler->a * (count - 1);
	int64_t last_v = v + sampler->b * (count - 1);
	if (is_inside(sampler, u, v) && is_inside(sampler, last_u, last_v)) {
		/* And so is all between them. */
		int32_t at_u = (int32_t)u;
		int32_t at_v = (int32_t)v;
		for (int x = 0; x < count; x++) {
			to[x] = sample_inside(sampler->pixels, sampler->stride, at_u, at_v);
			at_u = (int32_t)((uint32_t)at_u + (uint32_t)sampler->a);
			at_v = (int32_t)((uint32_t)at_v + (uint32_t)sampler->b);
		}
		return;
	}
	for (int x = 0; x < count; x++) {
		to[x] = sample(sampler, u, v);
		u += sampler->a;
		v += sampler->b;
	}
}

void md_sampler_fill(const struct md_sampler *sampler, uint32_t *to, int stride, pixman_box32_t box)
{
	for (int32_t y = box.y1; y < box.y2; y++, to += stride) {
		int64_t u = sampler->a * box.x1 + sampler->c * y + sampler->tx;
		int64_t v = sampler->b * box.x1 + sampler->d * y + sampler->ty;
		fill_row(sampler, to, box.x2 - box.x1, u, v);
	}
}
