/* Sampler: a turned texture's pixels, mixed from the four around each place. Private.
 *
 * pixman's own way for turned pictures takes ten times as long. Whole numbers only, and exactly
 * linear in the display's pixels: so it is the same from wherever drawing begins, and on every CPU.
 * Places outside the texture are those at its edge. */
#ifndef MD_SAMPLER_H
#define MD_SAMPLER_H

#include <pixman.h>

#include <md/affine.h>

struct md_sampler {
	const uint32_t *pixels;
	int stride, width, height;  /* pixels */
	int64_t a, b, c, d, tx, ty; /* the display's to the texture's, 16.16 */
};

/* map: the display's pixels to the texture's. False if that is beyond what it can count. */
bool md_sampler_init(struct md_sampler *sampler, pixman_image_t *texture, struct md_affine map);
/* stride in pixels. */
void md_sampler_fill(const struct md_sampler *sampler, uint32_t *to, int stride,
		     pixman_box32_t box);

#endif
