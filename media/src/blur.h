/* Blur: three box passes, which are a Gaussian but for a few in a thousand (W3C filter effects,
 * "feGaussianBlur": a box of d = ⌊σ·3·√(2π)/4 + ½⌋ three times). Private.
 *
 * A blur of b points, as in struct md_shadow, is a σ of b/2: CSS's convention for shadows. */
#ifndef MD_BLUR_H
#define MD_BLUR_H

#include <md/affine.h>

/* Largest blur in pixels that is drawn; more is cut to it. */
#define MD_BLUR_LIMIT 256

/* A blur in units of a transform, as pixels. */
double md_blur_px(struct md_affine to_px, double blur);
/* Half of the box, without its middle; and how far the three passes reach. */
int md_blur_radius(double blur_px);
int md_blur_extent(double blur_px);

/* Bytes of scratch that blurring a picture of so many bytes a row needs. */
size_t md_blur_scratch_bytes(int row_bytes, int height);
/* In place, rows without gaps. Outside of it is 0. */
void md_blur_alpha(uint8_t *pixels, int width, int height, int radius, void *scratch);
/* In place, four channels, rows without gaps. Outside of it is what lies at the edge. */
void md_blur_pixels(uint32_t *pixels, int width, int height, int radius, void *scratch);

#endif
