/* A layer's animations on the app's side: which there are, and what they show at a time. */
#include "layer_private.h"

#include <assert.h>
#include <string.h>

static void tell(const struct md_layer_animation *entry, bool finished)
{
	if (entry->done != NULL) {
		entry->done(entry->done_context, finished);
	}
}

void md_layer_add_animation(struct md_layer *layer, const char *key,
			    const struct md_animation *animation)
{
	assert(strlen(key) < MD_ANIMATION_KEY);
	assert(md_animation_check(animation) == 0);
	struct md_layer_animation *entry = md_layer_animations_put(&layer->animations, key);
	struct md_layer_animation before = *entry;
	entry->animation = *animation;
	entry->relative = animation->begin_us == 0;
	entry->end_us =
	    entry->relative
		? OS_NEVER
		: md_animation_end_us(animation, md_layer_property_count(animation->property));
	entry->done = NULL;
	entry->sent = false;
	md_layer_touch(layer, MD_DIRTY_ANIMATIONS);
	tell(&before, false);
}

void md_layer_remove_animation(struct md_layer *layer, const char *key)
{
	struct md_layer_animation *entry = md_layer_animations_find(&layer->animations, key);
	if (entry == NULL) {
		return;
	}
	struct md_layer_animation removed = *entry;
	md_layer_animations_remove(&layer->animations, entry);
	strcpy(os_array_append(&layer->removed_keys), key);
	md_layer_touch(layer, MD_DIRTY_ANIMATIONS);
	tell(&removed, false);
}

bool md_layer_has_animations(const struct md_layer *layer)
{
	return layer->animations.count > 0;
}

void md_layer_on_animation_done(struct md_layer *layer, const char *key, md_animation_done_fn fn,
				void *context)
{
	struct md_layer_animation *entry = md_layer_animations_find(&layer->animations, key);
	if (entry == NULL) {
		fn(context, true);
		return;
	}
	entry->done = fn;
	entry->done_context = context;
}

void md_layer_animation_ended(struct md_layer *layer, const char *key, int64_t begin_us,
			      bool finished)
{
	struct md_layer_animation *entry = md_layer_animations_find(&layer->animations, key);
	/* The one of this key may have been replaced since the message was sent. */
	if (entry == NULL || entry->animation.begin_us != begin_us) {
		return;
	}
	struct md_layer_animation ended = *entry;
	md_layer_animations_remove(&layer->animations, entry);
	tell(&ended, finished);
}

void md_layer_move_animations(struct md_layer *layer, int64_t from_us, int64_t to_us)
{
	for (uint32_t i = 0; i < layer->animations.count; i++) {
		struct md_layer_animation *entry = &layer->animations.items[i];
		if (entry->relative && entry->animation.begin_us == from_us) {
			entry->animation.begin_us = to_us;
			int count = md_layer_property_count(entry->animation.property);
			entry->end_us = md_animation_end_us(&entry->animation, count);
		}
	}
}

void md_layer_presentation(const struct md_layer *layer, enum md_layer_property property,
			   int64_t time_us, double ret_value[MD_ANIMATION_VALUES])
{
	struct md_layer_values shown = layer->model;
	md_layer_values_animate(&shown, &layer->animations, time_us);
	md_layer_values_get(&shown, property, ret_value);
}

void md_layer_presentation_velocity(const struct md_layer *layer, enum md_layer_property property,
				    int64_t time_us, double ret_velocity[MD_ANIMATION_VALUES])
{
	int count = md_layer_property_count(property);
	memset(ret_velocity, 0, sizeof(double) * MD_ANIMATION_VALUES);
	for (uint32_t i = 0; i < layer->animations.count; i++) {
		const struct md_animation *animation = &layer->animations.items[i].animation;
		double value[MD_ANIMATION_VALUES], velocity[MD_ANIMATION_VALUES];
		if (animation->property != property ||
		    !md_animation_value(animation, count, time_us, value)) {
			continue;
		}
		md_animation_velocity(animation, count, time_us, velocity);
		for (int k = 0; k < count; k++) {
			ret_velocity[k] =
			    animation->additive ? ret_velocity[k] + velocity[k] : velocity[k];
		}
	}
}
