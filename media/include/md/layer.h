/* Layer: a rectangle that the compositor knows, moves and blends (CALayer), on the app's side.
 *
 * Setters change the model at once and mark the layer; md_scene_commit (md/scene.h) sends what
 * changed as one transaction. Nothing is sent for a layer that is in no scene.
 *
 *	struct md_layer *card = md_layer_create(scene);
 *	md_layer_set_frame(card, (struct md_rect){16, 80, 448, 120});
 *	md_layer_set_background(card, white);
 *	md_layer_set_corner_radius(card, 10);
 *	md_layer_insert(root, card, -1);               -1: in front of all others
 *
 * The parent retains its children. Frames are points of the parent, before its sublayer offset.
 * Plain colour, border and corner need no pixels; other contents are surfaces (md/surface.h).
 * Thread: main. */
#ifndef MD_LAYER_H
#define MD_LAYER_H

#include <md/affine.h>
#include <md/animation.h>
#include <md/color.h>

struct md_layer;
struct md_scene;
struct md_surface;

/* What animates, and how many values it has. */
enum md_layer_property {
	MD_LAYER_POSITION,      /* 2: x, y of the frame */
	MD_LAYER_SIZE,          /* 2: width, height of the frame */
	MD_LAYER_OPACITY,       /* 1 */
	MD_LAYER_TRANSLATION,   /* 2: of the transform */
	MD_LAYER_SCALE,         /* 2 */
	MD_LAYER_ROTATION,      /* 1 */
	MD_LAYER_OFFSET,        /* 2: sublayer offset */
	MD_LAYER_CORNER_RADIUS, /* 1 */
	MD_LAYER_BACKGROUND,    /* 4: r, g, b, a */
	MD_LAYER_DIM,           /* 1: black over layer and sublayers, 0…1 */
	MD_LAYER_SHADOW,        /* 1: opacity */
	MD_LAYER_PROPERTIES
};
MD_PUBLIC int md_layer_property_count(enum md_layer_property property);

/* How contents fill a frame of another size, while a size animates. */
enum md_content_mode { MD_CONTENT_FILL, MD_CONTENT_TOP_LEFT, MD_CONTENT_CENTER, MD_CONTENT_ASPECT_FILL };

struct md_shadow { double blur, y, opacity; }; /* black; FEEL.md: 24, 8, 0.18 */

/* --- Life cycle and tree ----------------------------------------------------------------------- */

MD_PUBLIC struct md_layer *md_layer_create(struct md_scene *scene);
MD_PUBLIC struct md_layer *md_layer_retain(struct md_layer *layer);
MD_PUBLIC struct md_layer *md_layer_release(struct md_layer *layer);
/* index: among the parent's children, back to front; -1 the front. Moves it if it is there already. */
MD_PUBLIC void md_layer_insert(struct md_layer *parent, struct md_layer *child, int index);
MD_PUBLIC void md_layer_remove(struct md_layer *layer); /* from its parent */
MD_PUBLIC struct md_layer *md_layer_parent(const struct md_layer *layer);
MD_PUBLIC uint32_t md_layer_id(const struct md_layer *layer);

/* --- Properties ---------------------------------------------------------------------------------- */

MD_PUBLIC void md_layer_set_frame(struct md_layer *layer, struct md_rect frame);
MD_PUBLIC struct md_rect md_layer_frame(const struct md_layer *layer);
MD_PUBLIC void md_layer_set_transform(struct md_layer *layer, struct md_transform transform);
MD_PUBLIC struct md_transform md_layer_transform(const struct md_layer *layer);
MD_PUBLIC void md_layer_set_offset(struct md_layer *layer, struct md_point offset); /* children move by −offset */
MD_PUBLIC struct md_point md_layer_offset(const struct md_layer *layer);
MD_PUBLIC void md_layer_set_opacity(struct md_layer *layer, double opacity);
MD_PUBLIC double md_layer_opacity(const struct md_layer *layer);
MD_PUBLIC void md_layer_set_hidden(struct md_layer *layer, bool hidden);
MD_PUBLIC void md_layer_set_background(struct md_layer *layer, struct md_color color);
MD_PUBLIC void md_layer_set_corner_radius(struct md_layer *layer, double radius); /* of background, border, clip */
MD_PUBLIC void md_layer_set_border(struct md_layer *layer, double width, struct md_color color);
MD_PUBLIC void md_layer_set_clips(struct md_layer *layer, bool clips); /* children and contents to the frame */
MD_PUBLIC void md_layer_set_shadow(struct md_layer *layer, struct md_shadow shadow);
MD_PUBLIC void md_layer_set_dim(struct md_layer *layer, double dim);
MD_PUBLIC void md_layer_set_backdrop_blur(struct md_layer *layer, double radius); /* solid where the board cannot */
MD_PUBLIC void md_layer_set_content_mode(struct md_layer *layer, enum md_content_mode mode);
/* The surface stays the caller's until the scene says it is released; NULL removes. damage: pixels of
 * the surface that changed since it was last committed, NULL for all. */
MD_PUBLIC void md_layer_set_surface(struct md_layer *layer, struct md_surface *surface, const struct md_rect *damage_px);
/* Another scene is shown here; token 0 removes. Needs the entitlement "host". */
MD_PUBLIC void md_layer_set_host(struct md_layer *layer, uint64_t token, bool interactive);
/* A system picture of that scene instead of it: its last snapshot. */
MD_PUBLIC void md_layer_set_host_snapshot(struct md_layer *layer, uint64_t token);
/* Fields whose pixels may not be in snapshots. */
MD_PUBLIC void md_layer_set_secure(struct md_layer *layer, bool secure);

/* --- Animations ----------------------------------------------------------------------------------- */

typedef void (*md_animation_done_fn)(void *context, bool finished);
/* Replaces one of the same key. key: at most MD_ANIMATION_KEY - 1 bytes. */
MD_PUBLIC void md_layer_add_animation(struct md_layer *layer, const char *key, const struct md_animation *animation);
MD_PUBLIC void md_layer_remove_animation(struct md_layer *layer, const char *key);
MD_PUBLIC bool md_layer_has_animations(const struct md_layer *layer);
/* Called once, when the animation has ended or was removed. */
MD_PUBLIC void md_layer_on_animation_done(struct md_layer *layer, const char *key, md_animation_done_fn fn, void *context);
/* What is on the screen at a device time: the model value with the animations applied. */
MD_PUBLIC void md_layer_presentation(const struct md_layer *layer, enum md_layer_property property, int64_t time_us,
                                     double ret_value[MD_ANIMATION_VALUES]);
MD_PUBLIC void md_layer_presentation_velocity(const struct md_layer *layer, enum md_layer_property property,
                                              int64_t time_us, double ret_velocity[MD_ANIMATION_VALUES]);

#endif
