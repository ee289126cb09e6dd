#include <stdatomic.h>

#include <os/memory.h>

#include "frame_list.h"

struct md_texture {
	atomic_int references;
	pixman_image_t *image;
	struct md_pixels pixels;
	md_texture_done_fn done;
	void *context;
};

struct md_texture *md_texture_create(struct md_pixels pixels, md_texture_done_fn done,
				     void *context)
{
	struct md_texture *texture = os_alloc(sizeof(*texture));
	atomic_init(&texture->references, 1);
	texture->image = pixman_image_create_bits(pixels.opaque ? PIXMAN_x8r8g8b8 : PIXMAN_a8r8g8b8,
						  pixels.width_px, pixels.height_px, pixels.pixels,
						  pixels.stride);
	texture->pixels = pixels;
	texture->done = done;
	texture->context = context;
	return texture;
}

struct md_texture *md_texture_retain(struct md_texture *texture)
{
	if (texture != NULL) {
		atomic_fetch_add(&texture->references, 1);
	}
	return texture;
}

struct md_texture *md_texture_release(struct md_texture *texture)
{
	if (texture == NULL || atomic_fetch_sub(&texture->references, 1) > 1) {
		return NULL;
	}
	pixman_image_unref(texture->image);
	if (texture->done != NULL) {
		texture->done(texture->context);
	}
	os_free(texture);
	return NULL;
}

bool md_texture_is_opaque(const struct md_texture *texture)
{
	return texture->pixels.opaque;
}

pixman_image_t *md_texture_image(struct md_texture *texture)
{
	return texture->image;
}

void md_texture_size_px(const struct md_texture *texture, int *ret_width, int *ret_height)
{
	*ret_width = texture->pixels.width_px;
	*ret_height = texture->pixels.height_px;
}
