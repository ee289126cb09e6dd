#include "image_private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <os/file.h>
#include <os/memory.h>

struct md_image *md_image_alloc(int width_px, int height_px, double scale)
{
	if (width_px < 1 || height_px < 1 || width_px > MD_IMAGE_SIDE_LIMIT ||
	    height_px > MD_IMAGE_SIDE_LIMIT ||
	    (int64_t)width_px * height_px > MD_IMAGE_PIXEL_LIMIT) {
		return NULL;
	}
	size_t stride = (size_t)width_px * sizeof(uint32_t);
	struct md_image *image = os_try_alloc(sizeof(*image) + stride * (size_t)height_px);
	if (image == NULL) {
		return NULL;
	}
	atomic_init(&image->references, 1);
	image->width_px = width_px;
	image->height_px = height_px;
	image->stride = (int)stride;
	image->scale = scale > 0 ? scale : 1;
	return image;
}

void md_image_find_opaque(struct md_image *image)
{
	size_t count = (size_t)image->width_px * (size_t)image->height_px;
	uint32_t all = 0xff000000;
	for (size_t i = 0; i < count; i++) {
		all &= image->pixels[i];
	}
	image->opaque = all >> 24 == 255;
}

struct md_image *md_image_create_from_file(int folder, const char *path, struct os_error *ret_error)
{
	struct os_buffer bytes = {.limit = MD_IMAGE_FILE_LIMIT};
	int result = os_file_read(folder, path, MD_IMAGE_FILE_LIMIT, &bytes);
	struct md_image *image = NULL;
	if (result < 0) {
		os_error_set(ret_error, result, "%s: %s", path, os_status_text(result));
	} else {
		image = md_image_create_from_png(bytes.bytes, bytes.length, path, ret_error);
	}
	os_buffer_finish(&bytes);
	return image;
}

struct md_image *md_image_create_from_pixels(const uint32_t *pixels, int width_px, int height_px,
					     int stride, double scale)
{
	struct md_image *image = md_image_alloc(width_px, height_px, scale);
	if (image == NULL) {
		return NULL;
	}
	for (int y = 0; y < height_px; y++) {
		memcpy((char *)image->pixels + (size_t)y * (size_t)image->stride,
		       (const char *)pixels + (ptrdiff_t)y * stride, (size_t)image->stride);
	}
	md_image_find_opaque(image);
	return image;
}

struct md_image *md_image_retain(struct md_image *image)
{
	if (image != NULL) {
		atomic_fetch_add(&image->references, 1);
	}
	return image;
}

struct md_image *md_image_release(struct md_image *image)
{
	if (image != NULL && atomic_fetch_sub(&image->references, 1) == 1) {
		os_free(image);
	}
	return NULL;
}

struct md_size md_image_size(const struct md_image *image)
{
	return (struct md_size){image->width_px / image->scale, image->height_px / image->scale};
}

void md_image_size_px(const struct md_image *image, int *ret_width, int *ret_height)
{
	*ret_width = image->width_px;
	*ret_height = image->height_px;
}

const uint32_t *md_image_pixels(const struct md_image *image, int *ret_stride)
{
	*ret_stride = image->stride;
	return image->pixels;
}

/* --- Comparing ------------------------------------------------------------------------------------- */

static int largest_of(uint32_t a, uint32_t b)
{
	int largest = 0;
	for (int shift = 0; shift < 32; shift += 8) {
		int apart = abs((int)(a >> shift & 255) - (int)(b >> shift & 255));
		largest = OS_MAX(largest, apart);
	}
	return largest;
}

/* Where they are the same: the first picture, pale; where not: red, the stronger the further. */
static uint32_t difference_pixel(uint32_t a, int apart, int tolerance)
{
	if (apart > tolerance) {
		uint32_t strength = (uint32_t)OS_MIN(95 + apart, 255);
		return 0xff000000 | strength << 16;
	}
	uint32_t grey = ((a >> 16 & 255) * 2 + (a >> 8 & 255) * 5 + (a & 255)) / 8;
	grey = 192 + grey / 4;
	return 0xff000000 | grey << 16 | grey << 8 | grey;
}

int md_image_compare(const struct md_image *a, const struct md_image *b, int tolerance,
		     struct md_image_difference *ret_difference, struct md_image **ret_picture)
{
	if (a->width_px != b->width_px || a->height_px != b->height_px) {
		return -EINVAL;
	}
	struct md_image *picture = NULL;
	if (ret_picture != NULL) {
		picture = md_image_alloc(a->width_px, a->height_px, a->scale);
		if (picture == NULL) {
			return -ENOMEM;
		}
		picture->opaque = true;
	}
	struct md_image_difference difference = {0};
	size_t count = (size_t)a->width_px * (size_t)a->height_px;
	for (size_t i = 0; i < count; i++) {
		int apart = largest_of(a->pixels[i], b->pixels[i]);
		difference.largest = OS_MAX(difference.largest, apart);
		difference.pixels += apart > tolerance;
		if (picture != NULL) {
			picture->pixels[i] = difference_pixel(a->pixels[i], apart, tolerance);
		}
	}
	*ret_difference = difference;
	if (ret_picture != NULL) {
		*ret_picture = picture;
	}
	return 0;
}
