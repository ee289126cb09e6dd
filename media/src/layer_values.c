#include "layer_values.h"

#include <assert.h>
#include <string.h>

#include <os/memory.h>

int md_layer_property_count(enum md_layer_property property)
{
	switch (property) {
	case MD_LAYER_OPACITY:
	case MD_LAYER_ROTATION:
	case MD_LAYER_CORNER_RADIUS:
	case MD_LAYER_DIM:
	case MD_LAYER_SHADOW:
		return 1;
	case MD_LAYER_BACKGROUND:
		return 4;
	default:
		return 2;
	}
}

void md_layer_values_init(struct md_layer_values *values)
{
	*values = (struct md_layer_values){.transform = MD_TRANSFORM_IDENTITY, .opacity = 1};
}

/* Where the members of a property are. Returns how many. */
static int members(struct md_layer_values *values, enum md_layer_property property,
		   double *ret_members[MD_ANIMATION_VALUES])
{
	double *first = NULL, *second = NULL;
	switch (property) {
	case MD_LAYER_POSITION:
		first = &values->frame.x, second = &values->frame.y;
		break;
	case MD_LAYER_SIZE:
		first = &values->frame.width, second = &values->frame.height;
		break;
	case MD_LAYER_OPACITY:
		first = &values->opacity;
		break;
	case MD_LAYER_TRANSLATION:
		first = &values->transform.translate_x, second = &values->transform.translate_y;
		break;
	case MD_LAYER_SCALE:
		first = &values->transform.scale_x, second = &values->transform.scale_y;
		break;
	case MD_LAYER_ROTATION:
		first = &values->transform.rotation_rad;
		break;
	case MD_LAYER_OFFSET:
		first = &values->offset.x, second = &values->offset.y;
		break;
	case MD_LAYER_CORNER_RADIUS:
		first = &values->corner_radius;
		break;
	case MD_LAYER_BACKGROUND:
		ret_members[2] = &values->background.b;
		ret_members[3] = &values->background.a;
		first = &values->background.r, second = &values->background.g;
		break;
	case MD_LAYER_DIM:
		first = &values->dim;
		break;
	case MD_LAYER_SHADOW:
		first = &values->shadow_opacity;
		break;
	case MD_LAYER_PROPERTIES:
		assert(false);
	}
	ret_members[0] = first;
	ret_members[1] = second;
	return md_layer_property_count(property);
}

void md_layer_values_get(const struct md_layer_values *values, enum md_layer_property property,
			 double ret_value[MD_ANIMATION_VALUES])
{
	double *at[MD_ANIMATION_VALUES];
	struct md_layer_values copy = *values;
	int count = members(&copy, property, at);
	for (int i = 0; i < MD_ANIMATION_VALUES; i++) {
		ret_value[i] = i < count ? *at[i] : 0;
	}
}

void md_layer_values_set(struct md_layer_values *values, enum md_layer_property property,
			 const double value[MD_ANIMATION_VALUES])
{
	double *at[MD_ANIMATION_VALUES];
	int count = members(values, property, at);
	for (int i = 0; i < count; i++) {
		*at[i] = value[i];
	}
}

bool md_layer_values_animate(struct md_layer_values *values,
			     const struct md_layer_animations *animations, int64_t time_us)
{
	bool moves = false;
	for (uint32_t i = 0; i < animations->count; i++) {
		const struct md_animation *animation = &animations->items[i].animation;
		struct md_animation waiting;
		if (animations->items[i].relative && animation->begin_us == 0) {
			/* Its transaction has no time yet: it shows its beginning. */
			waiting = *animation;
			waiting.begin_us = time_us;
			animation = &waiting;
		}
		double value[MD_ANIMATION_VALUES], base[MD_ANIMATION_VALUES];
		int count = md_layer_property_count(animation->property);
		if (!md_animation_value(animation, count, time_us, value)) {
			continue;
		}
		moves = true;
		if (animation->additive) {
			md_layer_values_get(values, animation->property, base);
			for (int k = 0; k < count; k++) {
				value[k] += base[k];
			}
		}
		md_layer_values_set(values, animation->property, value);
	}
	return moves;
}

/* --- The array -------------------------------------------------------------------------------- */

struct md_layer_animation *md_layer_animations_find(const struct md_layer_animations *animations,
						    const char *key)
{
	for (uint32_t i = 0; i < animations->count; i++) {
		if (strcmp(animations->items[i].key, key) == 0) {
			return &animations->items[i];
		}
	}
	return NULL;
}

struct md_layer_animation *md_layer_animations_put(struct md_layer_animations *animations,
						   const char *key)
{
	struct md_layer_animation *found = md_layer_animations_find(animations, key);
	if (found != NULL) {
		return found;
	}
	if (animations->count == animations->capacity) {
		animations->capacity = OS_MAX(2, animations->capacity * 2);
		animations->items = os_realloc_array(animations->items, animations->capacity,
						     sizeof(*animations->items));
	}
	found = &animations->items[animations->count++];
	memset(found, 0, sizeof(*found));
	assert(strlen(key) < sizeof(found->key));
	strcpy(found->key, key);
	return found;
}

void md_layer_animations_remove(struct md_layer_animations *animations,
				struct md_layer_animation *animation)
{
	size_t index = (size_t)(animation - animations->items);
	assert(index < animations->count);
	memmove(animation, animation + 1, (animations->count - index - 1) * sizeof(*animation));
	animations->count--;
}

void md_layer_animations_finish(struct md_layer_animations *animations)
{
	os_free(animations->items);
	*animations = (struct md_layer_animations){0};
}
