/* The walk over the layers that fills a frame list: what its two files share. */
#ifndef COMPOSITOR_FRAME_WALK_H
#define COMPOSITOR_FRAME_WALK_H

#include "compositor_private.h"

/* Keys of a layer's items that would else be alike: its background, and the dim in front of it. */
#define KEY(node) ((node)->key << 1)
#define KEY_FRONT(node) ((node)->key << 1 | 1)

struct walk {
	struct md_compositor *compositor;
	struct md_frame_list *list;
	struct md_affine root; /* points of the screen to pixels */
	uint64_t number;       /* 0: not of the screen, marks nothing */
	bool blank_secure;
	int host_depth;
};

/* Where a layer is drawn. */
struct place {
	struct md_affine to_px; /* its points to pixels, unrounded */
	struct md_affine own;   /* the same, rounded if it may be */
	struct md_size size;    /* its own, so that its far edges are on pixels too */
	int32_t clip;
	struct md_rect visible_px; /* nothing outside is seen */
};

/* --- frame_items.c: one layer's place, and its own things in painter's order ------------------ */

struct place walk_place(const struct walk *walk, const struct node *node,
			const struct place *parent);
struct md_rect walk_bounds_px(const struct place *place, double grow);
struct md_frame_item *walk_add(const struct walk *walk, const struct place *place,
			       enum md_frame_kind kind, uint64_t key);
void walk_add_shadow(const struct walk *walk, const struct node *node, const struct place *place,
		     double opacity);
void walk_add_background(const struct walk *walk, const struct node *node,
			 const struct place *place, double opacity);
void walk_add_texture(const struct walk *walk, struct node *node, const struct place *place,
		      int32_t inner_clip, double opacity);
void walk_add_border(const struct walk *walk, const struct node *node, const struct place *place,
		     double opacity);

#endif
