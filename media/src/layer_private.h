/* Layer, for its own files and the scene's: what is known and what the compositor was told. */
#ifndef MD_LAYER_PRIVATE_H
#define MD_LAYER_PRIVATE_H

#include <os/array.h>
#include <os/list.h>

#include <md/scene.h>
#include <md/surface.h>

#include "layer_values.h"

enum md_layer_dirty {
	MD_DIRTY_CHILDREN = 1 << 0,
	MD_DIRTY_FRAME = 1 << 1,
	MD_DIRTY_TRANSFORM = 1 << 2,
	MD_DIRTY_OFFSET = 1 << 3,
	MD_DIRTY_OPACITY = 1 << 4,
	MD_DIRTY_FLAGS = 1 << 5,
	MD_DIRTY_BACKGROUND = 1 << 6,
	MD_DIRTY_CORNER = 1 << 7,
	MD_DIRTY_BORDER = 1 << 8,
	MD_DIRTY_SHADOW = 1 << 9,
	MD_DIRTY_DIM = 1 << 10,
	MD_DIRTY_BLUR = 1 << 11,
	MD_DIRTY_CONTENT_MODE = 1 << 12,
	MD_DIRTY_SURFACE = 1 << 13,
	MD_DIRTY_HOST = 1 << 14,
	MD_DIRTY_ANIMATIONS = 1 << 15,
	MD_DIRTY_ALL = (1 << 16) - 1,
};

struct md_layer {
	int references;
	uint32_t id;
	struct md_scene *scene;    /* weak: NULL once the scene has gone */
	struct md_layer *parent;   /* weak: the parent holds us */
	struct os_array children;  /* struct md_layer *, back to front, retained */
	struct os_list link;       /* md_scene.layers */
	struct os_list dirty_link; /* md_scene.dirty, while something is to be sent */

	struct md_layer_values model;
	uint32_t flags; /* enum md_layer_flags of layer_ops.h */
	double border_width;
	struct md_color border_color;
	double shadow_blur, shadow_y, backdrop_blur;
	enum md_content_mode content_mode;
	struct md_surface *surface;    /* retained */
	struct md_rect surface_damage; /* pixels changed since it was last sent */
	uint64_t host;
	bool host_interactive, host_snapshot;
	struct md_layer_animations animations;
	struct os_array removed_keys; /* char[MD_ANIMATION_KEY]: animations to take back */

	uint32_t dirty; /* enum md_layer_dirty */
	bool sent;      /* the compositor has it */
};

/* Marks what is to be sent with the next commit. */
void md_layer_touch(struct md_layer *layer, uint32_t dirty);
bool md_layer_is_attached(const struct md_layer *layer);
/* The compositor says that the animation that began then has ended. */
void md_layer_animation_ended(struct md_layer *layer, const char *key, int64_t begin_us,
			      bool finished);
/* Animations that began with a transaction begin later, since it was late. */
void md_layer_move_animations(struct md_layer *layer, int64_t from_us, int64_t to_us);

#endif
