/* Image's inside. Private. */
#ifndef MD_IMAGE_PRIVATE_H
#define MD_IMAGE_PRIVATE_H

#include <stdatomic.h>

#include <md/image.h>

#define MD_IMAGE_SIDE_LIMIT 4096
#define MD_IMAGE_PIXEL_LIMIT (16 << 20)
#define MD_IMAGE_FILE_LIMIT ((size_t)64 << 20)

struct md_image {
	atomic_int references;
	int width_px, height_px, stride; /* stride in bytes */
	double scale;
	bool opaque;
	uint32_t pixels[];
};

/* Pixels zeroed; NULL if the size is beyond the limits or there is no memory. */
struct md_image *md_image_alloc(int width_px, int height_px, double scale);
/* Looks whether a pixel lets something through. */
void md_image_find_opaque(struct md_image *image);

#endif
