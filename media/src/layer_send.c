#include "layer_send.h"

#include <math.h>

#include "scene_private.h"
#include "surface_private.h"

static void write_doubles(struct md_transaction *transaction, enum md_layer_op op,
			  const struct md_layer *layer, const double *values, int count)
{
	struct os_message *message = md_transaction_op(transaction, op);
	os_message_write_u32(message, layer->id);
	for (int i = 0; i < count; i++) {
		os_message_write_double(message, values[i]);
	}
	md_transaction_end_op(transaction);
}

static void write_number(struct md_transaction *transaction, enum md_layer_op op,
			 const struct md_layer *layer, uint32_t value)
{
	struct os_message *message = md_transaction_op(transaction, op);
	os_message_write_u32(message, layer->id);
	os_message_write_u32(message, value);
	md_transaction_end_op(transaction);
}

static void write_id(struct md_transaction *transaction, enum md_layer_op op, uint32_t id)
{
	os_message_write_u32(md_transaction_op(transaction, op), id);
	md_transaction_end_op(transaction);
}

static void send_geometry(struct md_transaction *transaction, const struct md_layer *layer)
{
	const struct md_layer_values *model = &layer->model;
	if (layer->dirty & MD_DIRTY_FRAME) {
		const double values[] = {model->frame.x, model->frame.y, model->frame.width,
					 model->frame.height};
		write_doubles(transaction, MD_OP_FRAME, layer, values, 4);
	}
	if (layer->dirty & MD_DIRTY_TRANSFORM) {
		const struct md_transform *t = &model->transform;
		const double values[] = {t->translate_x, t->translate_y, t->scale_x, t->scale_y,
					 t->rotation_rad};
		write_doubles(transaction, MD_OP_TRANSFORM, layer, values, 5);
	}
	if (layer->dirty & MD_DIRTY_OFFSET) {
		const double values[] = {model->offset.x, model->offset.y};
		write_doubles(transaction, MD_OP_OFFSET, layer, values, 2);
	}
}

static void send_look(struct md_transaction *transaction, const struct md_layer *layer)
{
	const struct md_layer_values *model = &layer->model;
	if (layer->dirty & MD_DIRTY_OPACITY) {
		write_doubles(transaction, MD_OP_OPACITY, layer, &model->opacity, 1);
	}
	if (layer->dirty & MD_DIRTY_FLAGS) {
		write_number(transaction, MD_OP_FLAGS, layer, layer->flags);
	}
	if (layer->dirty & MD_DIRTY_BACKGROUND) {
		const double values[] = {model->background.r, model->background.g,
					 model->background.b, model->background.a};
		write_doubles(transaction, MD_OP_BACKGROUND, layer, values, 4);
	}
	if (layer->dirty & MD_DIRTY_CORNER) {
		write_doubles(transaction, MD_OP_CORNER, layer, &model->corner_radius, 1);
	}
	if (layer->dirty & MD_DIRTY_BORDER) {
		const double values[] = {layer->border_width, layer->border_color.r,
					 layer->border_color.g, layer->border_color.b,
					 layer->border_color.a};
		write_doubles(transaction, MD_OP_BORDER, layer, values, 5);
	}
	if (layer->dirty & MD_DIRTY_SHADOW) {
		const double values[] = {layer->shadow_blur, layer->shadow_y,
					 model->shadow_opacity};
		write_doubles(transaction, MD_OP_SHADOW, layer, values, 3);
	}
	if (layer->dirty & MD_DIRTY_DIM) {
		write_doubles(transaction, MD_OP_DIM, layer, &model->dim, 1);
	}
	if (layer->dirty & MD_DIRTY_BLUR) {
		write_doubles(transaction, MD_OP_BLUR, layer, &layer->backdrop_blur, 1);
	}
	if (layer->dirty & MD_DIRTY_CONTENT_MODE) {
		write_number(transaction, MD_OP_CONTENT_MODE, layer, layer->content_mode);
	}
}

static void send_surface(struct md_transaction *transaction, struct md_layer *layer)
{
	struct md_surface_place place;
	if (layer->surface == NULL || !md_surface_commit(layer->surface, &place)) {
		write_id(transaction, MD_OP_NO_SURFACE, layer->id);
		return;
	}
	struct os_message *message = md_transaction_op(transaction, MD_OP_SURFACE);
	os_message_write_u32(message, layer->id);
	os_message_write_u32(message, place.arena);
	os_message_write_u32(message, place.offset);
	os_message_write_u32(message, place.width);
	os_message_write_u32(message, place.height);
	os_message_write_u32(message, place.stride);
	os_message_write_bool(message, place.opaque);
	const struct md_rect damage = layer->surface_damage;
	os_message_write_double(message, damage.x);
	os_message_write_double(message, damage.y);
	os_message_write_double(message, damage.width);
	os_message_write_double(message, damage.height);
	md_transaction_end_op(transaction);
	layer->surface_damage = (struct md_rect){0};
}

static void send_host(struct md_transaction *transaction, const struct md_layer *layer)
{
	struct os_message *message = md_transaction_op(transaction, MD_OP_HOST);
	os_message_write_u32(message, layer->id);
	os_message_write_u64(message, layer->host);
	os_message_write_bool(message, layer->host_interactive);
	os_message_write_bool(message, layer->host_snapshot);
	md_transaction_end_op(transaction);
}

static void write_animation_values(struct os_message *message, const struct md_animation *animation)
{
	os_message_write_count(message, MD_ANIMATION_VALUES);
	for (int i = 0; i < MD_ANIMATION_VALUES; i++) {
		os_message_write_double(message, animation->from[i]);
		os_message_write_double(message, animation->to[i]);
		os_message_write_double(message, animation->velocity[i]);
	}
	os_message_write_count(message, (uint32_t)animation->frame_count);
	for (int i = 0; i < animation->frame_count; i++) {
		os_message_write_double(message, animation->frames[i].at);
		for (int k = 0; k < MD_ANIMATION_VALUES; k++) {
			os_message_write_double(message, animation->frames[i].value[k]);
		}
	}
}

static void send_animation(struct md_transaction *transaction, const struct md_layer *layer,
			   const struct md_layer_animation *entry)
{
	const struct md_animation *animation = &entry->animation;
	struct os_message *message = md_transaction_op(transaction, MD_OP_ANIMATE);
	os_message_write_u32(message, layer->id);
	os_message_write_text(message, entry->key);
	os_message_write_u32(message, animation->property);
	os_message_write_u32(message, animation->kind);
	os_message_write_u32(message, (animation->autoreverse ? 1u : 0u) |
					  (animation->additive ? 2u : 0u) |
					  (animation->clamp ? 4u : 0u));
	os_message_write_i64(message, animation->begin_us);
	os_message_write_i64(message, animation->duration_us);
	os_message_write_double(message,
				isinf(animation->repeat) ? MD_OPS_ENDLESS : animation->repeat);
	os_message_write_double(message, animation->settle);
	os_message_write_double(message, animation->curve.x1);
	os_message_write_double(message, animation->curve.y1);
	os_message_write_double(message, animation->curve.x2);
	os_message_write_double(message, animation->curve.y2);
	os_message_write_double(message, animation->spring.mass);
	os_message_write_double(message, animation->spring.stiffness);
	os_message_write_double(message, animation->spring.damping);
	write_animation_values(message, animation);
	md_transaction_end_op(transaction);
}

static void send_animations(struct md_transaction *transaction, struct md_layer *layer,
			    int64_t target_us)
{
	for (size_t i = 0; i < layer->removed_keys.count; i++) {
		struct os_message *message = md_transaction_op(transaction, MD_OP_UNANIMATE);
		os_message_write_u32(message, layer->id);
		os_message_write_text(message, os_array_at(&layer->removed_keys, i));
		md_transaction_end_op(transaction);
	}
	os_array_clear(&layer->removed_keys);
	for (uint32_t i = 0; i < layer->animations.count; i++) {
		struct md_layer_animation *entry = &layer->animations.items[i];
		if (entry->sent) {
			continue;
		}
		/* Begin 0 is the transaction's own time, which the compositor may move if it is
		 * late. */
		send_animation(transaction, layer, entry);
		entry->sent = true;
		if (entry->animation.begin_us == 0) {
			entry->animation.begin_us = target_us;
			entry->end_us = md_animation_end_us(
			    &entry->animation, md_layer_property_count(entry->animation.property));
		}
	}
}

static void send_properties(struct md_transaction *transaction, struct md_layer *layer,
			    int64_t target_us)
{
	send_geometry(transaction, layer);
	send_look(transaction, layer);
	if (layer->dirty & MD_DIRTY_SURFACE) {
		send_surface(transaction, layer);
	}
	if (layer->dirty & MD_DIRTY_HOST) {
		send_host(transaction, layer);
	}
	if (layer->dirty & MD_DIRTY_ANIMATIONS) {
		send_animations(transaction, layer, target_us);
	}
}

/* Of a layer that the compositor does not have: what differs from a new layer. */
static uint32_t all_but_defaults(const struct md_layer *layer)
{
	struct md_layer_values fresh;
	md_layer_values_init(&fresh);
	uint32_t dirty = MD_DIRTY_FRAME;
	dirty |= layer->children.count > 0 ? MD_DIRTY_CHILDREN : 0;
	dirty |= md_transform_is_identity(layer->model.transform) ? 0 : MD_DIRTY_TRANSFORM;
	dirty |= layer->model.offset.x != 0 || layer->model.offset.y != 0 ? MD_DIRTY_OFFSET : 0;
	dirty |= layer->model.opacity != 1 ? MD_DIRTY_OPACITY : 0;
	dirty |= layer->flags != 0 ? MD_DIRTY_FLAGS : 0;
	dirty |=
	    md_color_equal(layer->model.background, fresh.background) ? 0 : MD_DIRTY_BACKGROUND;
	dirty |= layer->model.corner_radius != 0 ? MD_DIRTY_CORNER : 0;
	dirty |= layer->border_width != 0 ? MD_DIRTY_BORDER : 0;
	dirty |= layer->model.shadow_opacity != 0 || layer->shadow_blur != 0 ? MD_DIRTY_SHADOW : 0;
	dirty |= layer->model.dim != 0 ? MD_DIRTY_DIM : 0;
	dirty |= layer->backdrop_blur != 0 ? MD_DIRTY_BLUR : 0;
	dirty |= layer->content_mode != 0 ? MD_DIRTY_CONTENT_MODE : 0;
	dirty |= layer->surface != NULL ? MD_DIRTY_SURFACE : 0;
	dirty |= layer->host != 0 ? MD_DIRTY_HOST : 0;
	dirty |= layer->animations.count > 0 ? MD_DIRTY_ANIMATIONS : 0;
	return dirty;
}

static void send_layer(struct md_transaction *transaction, struct md_layer *layer,
		       int64_t target_us);

static void send_children(struct md_transaction *transaction, struct md_layer *parent,
			  int64_t target_us)
{
	for (size_t i = 0; i < parent->children.count; i++) {
		struct md_layer *child = os_array_ptr_at(&parent->children, i);
		if (!child->sent) {
			write_id(transaction, MD_OP_CREATE, child->id);
			child->sent = true;
			child->dirty = all_but_defaults(child);
			os_array_clear(&child->removed_keys);
			send_layer(transaction, child, target_us);
		}
	}
	struct os_message *message = md_transaction_op(transaction, MD_OP_CHILDREN);
	os_message_write_u32(message, parent->id);
	os_message_write_count(message, (uint32_t)parent->children.count);
	for (size_t i = 0; i < parent->children.count; i++) {
		const struct md_layer *child = os_array_ptr_at(&parent->children, i);
		os_message_write_u32(message, child->id);
	}
	md_transaction_end_op(transaction);
}

static void send_layer(struct md_transaction *transaction, struct md_layer *layer,
		       int64_t target_us)
{
	send_properties(transaction, layer, target_us);
	if (layer->dirty & MD_DIRTY_CHILDREN) {
		send_children(transaction, layer, target_us);
	}
	layer->dirty = 0;
}

static void unsend(struct md_layer *layer, struct md_transaction *transaction)
{
	if (layer->sent) {
		write_id(transaction, MD_OP_DESTROY, layer->id);
		layer->sent = false;
	}
	for (uint32_t i = 0; i < layer->animations.count; i++) {
		layer->animations.items[i].sent = false;
	}
	for (size_t i = 0; i < layer->children.count; i++) {
		unsend(os_array_ptr_at(&layer->children, i), transaction);
	}
}

bool md_layers_send(struct md_scene *scene, struct md_transaction *transaction, int64_t target_us)
{
	struct md_layer *layer, *next;
	os_list_for_each(layer, &scene->dirty, dirty_link) {
		if (layer->sent && md_layer_is_attached(layer)) {
			send_layer(transaction, layer, target_us);
		}
	}
	os_list_for_each_safe(layer, next, &scene->dirty, dirty_link) {
		if (!md_layer_is_attached(layer)) {
			unsend(layer, transaction);
		}
		os_list_remove(&layer->dirty_link);
	}
	for (size_t i = 0; i < scene->dead_layers.count; i++) {
		write_id(transaction, MD_OP_DESTROY,
			 *(uint32_t *)os_array_at(&scene->dead_layers, i));
	}
	os_array_clear(&scene->dead_layers);
	return transaction->begun || transaction->ops->length > 0;
}

void md_layers_forget(struct md_scene *scene)
{
	struct md_layer *layer;
	os_list_for_each(layer, &scene->layers, link) {
		layer->sent = false;
		for (uint32_t i = 0; i < layer->animations.count; i++) {
			layer->animations.items[i].sent = false;
		}
	}
	os_array_clear(&scene->dead_layers);
	scene->root->sent = true;
	scene->root->dirty = all_but_defaults(scene->root);
	md_layer_touch(scene->root, 0);
}
