/* Layer values: a layer's animatable properties, and what animations make of them. Private.
 *
 * The one code by which the compositor shows a layer and an app knows where it is (CONTRACTS.md,
 * Who moves what).
 *
 *	struct md_layer_values shown = layer->model;
 *	bool moves = md_layer_values_animate(&shown, &layer->animations, target_us);
 */
#ifndef MD_LAYER_VALUES_H
#define MD_LAYER_VALUES_H

#include <md/layer.h>

struct md_layer_values {
	struct md_rect frame;
	struct md_transform transform;
	struct md_point offset;
	struct md_color background;
	double opacity, corner_radius, dim, shadow_opacity;
};

/* An animation under its key, as both sides keep it. */
struct md_layer_animation {
	char key[MD_ANIMATION_KEY];
	struct md_animation animation;
	int64_t end_us; /* OS_NEVER: endless */
	bool relative;  /* it began with its transaction, and moves with it if that was late */
	bool sent;      /* app's side: the compositor has it */
	md_animation_done_fn done; /* app's side only */
	void *done_context;
};

struct md_layer_animations {
	struct md_layer_animation *items;
	uint32_t count, capacity;
};

void md_layer_values_init(struct md_layer_values *values);
void md_layer_values_get(const struct md_layer_values *values, enum md_layer_property property,
			 double ret_value[MD_ANIMATION_VALUES]);
void md_layer_values_set(struct md_layer_values *values, enum md_layer_property property,
			 const double value[MD_ANIMATION_VALUES]);
/* Puts the animations' values at a time over the model's. True while any of them goes on. */
bool md_layer_values_animate(struct md_layer_values *values,
			     const struct md_layer_animations *animations, int64_t time_us);

struct md_layer_animation *md_layer_animations_find(const struct md_layer_animations *animations,
						    const char *key);
/* The place of this key, new (zeroed but for the key) if there was none. */
struct md_layer_animation *md_layer_animations_put(struct md_layer_animations *animations,
						   const char *key);
void md_layer_animations_remove(struct md_layer_animations *animations,
				struct md_layer_animation *animation);
void md_layer_animations_finish(struct md_layer_animations *animations);

#endif
