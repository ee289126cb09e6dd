/* A small display for tests of the rasteriser: a list, its pixels, and what is at a place. */
#ifndef PICTURE_H
#define PICTURE_H

#include "test.h"

#include "rasterizer.h"

#define PICTURE_WIDTH 120
#define PICTURE_HEIGHT 100

struct picture {
	struct md_rasterizer *rasterizer;
	struct md_frame_list *list;
	uint32_t pixels[PICTURE_WIDTH * PICTURE_HEIGHT];
};

static inline int picture_setup(void **state)
{
	struct picture *picture = calloc(1, sizeof(*picture));
	picture->rasterizer = md_rasterizer_create();
	picture->list = md_frame_list_create();
	md_frame_list_reset(picture->list, PICTURE_WIDTH, PICTURE_HEIGHT);
	*state = picture;
	return 0;
}

static inline int picture_teardown(void **state)
{
	struct picture *picture = *state;
	md_rasterizer_destroy(picture->rasterizer);
	md_frame_list_destroy(picture->list);
	free(picture);
	return 0;
}

static inline void picture_draw_part(struct picture *picture, int x, int y, unsigned width,
				     unsigned height)
{
	pixman_region32_t damage;
	pixman_region32_init_rect(&damage, x, y, width, height);
	md_rasterizer_draw(picture->rasterizer, picture->list, picture->pixels, PICTURE_WIDTH * 4,
			   &damage);
	pixman_region32_fini(&damage);
}

static inline void picture_draw(struct picture *picture)
{
	picture_draw_part(picture, 0, 0, PICTURE_WIDTH, PICTURE_HEIGHT);
}

static inline uint32_t picture_at(const struct picture *picture, int x, int y)
{
	return picture->pixels[y * PICTURE_WIDTH + x] & 0xffffff;
}

static inline struct md_frame_item *picture_add(struct picture *picture, enum md_frame_kind kind,
						struct md_rect rect)
{
	struct md_frame_item *item = md_frame_list_add(picture->list, kind);
	item->to_px = md_affine_translation(rect.x, rect.y);
	item->size = (struct md_size){rect.width, rect.height};
	return item;
}

static inline struct md_frame_item *picture_add_color(struct picture *picture, struct md_rect rect,
						      uint32_t rgb)
{
	struct md_frame_item *item = picture_add(picture, MD_FRAME_COLOR, rect);
	item->color = md_color_hex(rgb);
	return item;
}

#endif
