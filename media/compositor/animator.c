/* Animations in the compositor: evaluated at each frame's target time, whether their app still
 * answers or not (the motion law). */
#include <string.h>

#include "compositor_private.h"

static const struct scene *scene_of(const struct node *node)
{
	while (node->parent != NULL) {
		node = node->parent;
	}
	return node->scene;
}

static void note_end(struct md_compositor *compositor, const struct node *node,
		     const struct md_layer_animation *entry)
{
	const struct scene *scene = scene_of(node);
	if (scene == NULL) {
		return;
	}
	struct ended *ended = os_array_append(&compositor->done);
	ended->token = scene->token;
	ended->layer = node->id;
	ended->begin_us = entry->animation.begin_us;
	ended->finished = true;
	memcpy(ended->key, entry->key, sizeof(ended->key));
}

static void drop_ended(struct md_compositor *compositor, struct node *node, int64_t target_us)
{
	for (uint32_t i = node->animations.count; i > 0; i--) {
		struct md_layer_animation *entry = &node->animations.items[i - 1];
		if (entry->end_us <= target_us) {
			note_end(compositor, node, entry);
			md_layer_animations_remove(&node->animations, entry);
			if (node->client != NULL) {
				node->client->animation_count--;
			}
		}
	}
}

void animator_run(struct md_compositor *compositor, int64_t target_us)
{
	struct node *node, *next;
	os_list_for_each_safe(node, next, &compositor->animated, animated_link) {
		drop_ended(compositor, node, target_us);
		node->shown = node->props.model;
		md_layer_values_animate(&node->shown, &node->animations, target_us);
		if (node->animations.count == 0) {
			os_list_remove(&node->animated_link);
		}
	}
}

bool animator_is_moving(const struct md_compositor *compositor, bool finite)
{
	const struct node *node;
	os_list_for_each(node, &compositor->animated, animated_link) {
		if (node->visited != compositor->frames.walk) {
			continue;
		}
		for (uint32_t i = 0; i < node->animations.count; i++) {
			if (!finite || node->animations.items[i].end_us != OS_NEVER) {
				return true;
			}
		}
	}
	return false;
}

void animator_send_done(struct md_compositor *compositor)
{
	for (size_t i = 0; i < compositor->done.count; i++) {
		const struct ended *ended = os_array_at(&compositor->done, i);
		const struct scene *scene = compositor_scene(compositor, ended->token);
		if (scene == NULL) {
			continue;
		}
		struct os_message message;
		scene_begin_event(scene, MD_SCENE_ANIMATION_DONE, &message);
		os_message_write_u32(&message, ended->layer);
		os_message_write_text(&message, ended->key);
		os_message_write_bool(&message, ended->finished);
		os_message_write_i64(&message, ended->begin_us);
		scene_send(scene, &message);
	}
	os_array_clear(&compositor->done);
}
