/* Layers: life cycle and tree. Properties are in layer_properties.c, animations in
 * layer_animation.c, and what of all this is sent in layer_send.c. */
#include "layer_private.h"

#include <assert.h>
#include <string.h>

#include <os/memory.h>

#include "scene_private.h"

struct md_layer *md_layer_create(struct md_scene *scene)
{
	struct md_layer *layer = os_alloc(sizeof(*layer));
	layer->references = 1;
	layer->scene = scene;
	layer->id = ++scene->client->last_layer;
	md_layer_values_init(&layer->model);
	os_array_init(&layer->children, sizeof(struct md_layer *));
	os_array_init(&layer->removed_keys, MD_ANIMATION_KEY);
	os_list_init(&layer->dirty_link);
	os_list_append(&scene->layers, &layer->link);
	return layer;
}

struct md_layer *md_layer_retain(struct md_layer *layer)
{
	if (layer != NULL) {
		layer->references++;
	}
	return layer;
}

static void orphan(struct md_layer *child)
{
	child->parent = NULL;
	md_layer_touch(child, 0);
	md_layer_release(child);
}

static void finish(struct md_layer *layer)
{
	for (size_t i = 0; i < layer->children.count; i++) {
		orphan(os_array_ptr_at(&layer->children, i));
	}
	os_array_finish(&layer->children);
	os_array_finish(&layer->removed_keys);
	md_layer_animations_finish(&layer->animations);
	md_surface_release(layer->surface);
	if (layer->scene != NULL && layer->sent) {
		*(uint32_t *)os_array_append(&layer->scene->dead_layers) = layer->id;
	}
	os_list_remove(&layer->dirty_link);
	os_list_remove(&layer->link);
	os_free(layer);
}

struct md_layer *md_layer_release(struct md_layer *layer)
{
	if (layer != NULL && --layer->references == 0) {
		assert(layer->parent == NULL);
		finish(layer);
	}
	return NULL;
}

void md_layer_touch(struct md_layer *layer, uint32_t dirty)
{
	layer->dirty |= dirty;
	if (layer->scene != NULL && os_list_is_empty(&layer->dirty_link)) {
		os_list_append(&layer->scene->dirty, &layer->dirty_link);
	}
}

bool md_layer_is_attached(const struct md_layer *layer)
{
	if (layer->scene == NULL) {
		return false;
	}
	while (layer->parent != NULL) {
		layer = layer->parent;
	}
	return layer == layer->scene->root;
}

static size_t index_of(const struct md_layer *parent, const struct md_layer *child)
{
	for (size_t i = 0; i < parent->children.count; i++) {
		if (os_array_ptr_at(&parent->children, i) == child) {
			return i;
		}
	}
	assert(false);
	return 0;
}

void md_layer_insert(struct md_layer *parent, struct md_layer *child, int index)
{
	for (const struct md_layer *up = parent; up != NULL; up = up->parent) {
		assert(up != child);
	}
	md_layer_retain(child);
	md_layer_remove(child);
	size_t count = parent->children.count;
	size_t at = index < 0 || (size_t)index > count ? count : (size_t)index;
	*(struct md_layer **)os_array_insert(&parent->children, at) = child;
	child->parent = parent;
	md_layer_touch(parent, MD_DIRTY_CHILDREN);
}

void md_layer_remove(struct md_layer *layer)
{
	struct md_layer *parent = layer->parent;
	if (parent == NULL) {
		return;
	}
	os_array_remove(&parent->children, index_of(parent, layer), 1);
	md_layer_touch(parent, MD_DIRTY_CHILDREN);
	orphan(layer);
}

struct md_layer *md_layer_parent(const struct md_layer *layer)
{
	return layer->parent;
}

uint32_t md_layer_id(const struct md_layer *layer)
{
	return layer->id;
}
