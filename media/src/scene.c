/* Scene: life cycle, ticks asked for and commits made. What comes from the compositor is in
 * scene_events.c. */
#include "scene_private.h"

#include <os/clock.h>
#include <os/memory.h>
#include <os/trace.h>

#include "layer_send.h"

#define GUESSED_PERIOD_US 16667

void md_scene_message(const struct md_scene *scene, enum md_scene_request type,
		      struct os_message *ret_message)
{
	os_message_init(ret_message, &md_scene_interface.requests[type], type);
	os_message_write_u32(ret_message, scene->id);
}

void md_scene_post(const struct md_scene *scene, struct os_message *message)
{
	if (scene->client->port != NULL) {
		os_port_send(scene->client->port, message);
	} else {
		os_message_finish(message);
	}
}

static void send_create(struct md_scene *scene)
{
	struct os_message message;
	md_scene_message(scene, MD_SCENE_CREATE, &message);
	os_message_write_u32(&message, scene->role);
	os_message_write_u32(&message, md_layer_id(scene->root));
	os_message_write_bool(&message, scene->delegate->presented != NULL);
	md_scene_post(scene, &message);
}

struct md_scene *md_scene_create(struct md_display_client *client, enum md_scene_role role,
				 const struct md_scene_delegate *delegate, void *context)
{
	struct md_scene *scene = os_alloc(sizeof(*scene));
	scene->client = client;
	scene->id = ++client->last_scene;
	scene->role = role;
	scene->delegate = delegate;
	scene->context = context;
	os_list_init(&scene->layers);
	os_list_init(&scene->dirty);
	os_array_init(&scene->dead_layers, sizeof(uint32_t));
	os_list_append(&client->scenes, &scene->link);
	scene->root = md_layer_create(scene);
	scene->root->sent = true; /* `create` names it */
	if (client->port != NULL) {
		send_create(scene);
	}
	return scene;
}

struct md_scene *md_scene_release(struct md_scene *scene)
{
	if (scene == NULL) {
		return NULL;
	}
	os_loop_cancel_deferred(scene->client->loop, md_scene_answer_tick, scene);
	struct os_message message;
	md_scene_message(scene, MD_SCENE_DESTROY, &message);
	md_scene_post(scene, &message);
	struct md_layer *layer, *next;
	os_list_for_each_safe(layer, next, &scene->layers, link) {
		layer->scene = NULL;
		os_list_remove(&layer->dirty_link);
		os_list_remove(&layer->link);
	}
	md_layer_release(scene->root);
	os_array_finish(&scene->dead_layers);
	os_buffer_finish(&scene->ops);
	os_list_remove(&scene->link);
	os_free(scene);
	return NULL;
}

struct md_layer *md_scene_root(struct md_scene *scene)
{
	return scene->root;
}

const struct md_scene_configuration *md_scene_configuration(const struct md_scene *scene)
{
	return &scene->configuration;
}

uint64_t md_scene_token(const struct md_scene *scene)
{
	return scene->token;
}

struct md_scene_counts md_scene_counts(const struct md_scene *scene)
{
	struct md_scene_counts counts = scene->counts;
	counts.bytes_drawn = scene->client->bytes_drawn;
	return counts;
}

/* --- Frames ----------------------------------------------------------------------------------- */

static void send_tick_request(struct md_scene *scene)
{
	struct os_message message;
	md_scene_message(scene, MD_SCENE_REQUEST_TICK, &message);
	if (scene->flow != 0) {
		message.header.flow = scene->flow;
	}
	md_scene_post(scene, &message);
}

void md_scene_request_tick(struct md_scene *scene)
{
	if (!scene->tick_asked) {
		scene->tick_asked = true;
		send_tick_request(scene);
	}
}

bool md_scene_tick_requested(const struct md_scene *scene)
{
	return scene->tick_asked;
}

/* When what is committed now begins: the tick's T, or about the next frame. */
static int64_t begin_time(const struct md_scene *scene)
{
	if (scene->tick_open) {
		return scene->tick.target_us;
	}
	int64_t period_us = scene->tick.period_us > 0 ? scene->tick.period_us : GUESSED_PERIOD_US;
	return os_clock_now_us() + period_us;
}

void md_scene_commit(struct md_scene *scene)
{
	if (scene->client->port == NULL || !scene->configured) {
		return;
	}
	int64_t began_us = OS_TRACE_BEGIN();
	struct md_transaction transaction;
	md_transaction_begin(&transaction, scene->client->port, scene->id, &scene->ops);
	transaction.flow = os_flow_current() != 0 ? os_flow_current() : scene->flow;
	int64_t begin_us = begin_time(scene);
	bool changed = md_layers_send(scene, &transaction, begin_us);
	if (!changed && scene->acknowledged == scene->configuration.serial) {
		return;
	}
	struct md_commit commit = {.serial = ++scene->commit_serial,
				   .configure = scene->configuration.serial};
	if (scene->tick_open) {
		commit.frame = scene->tick.frame;
		commit.target_us = begin_us;
	}
	uint32_t place = commit.serial % MD_COMMITS_REMEMBERED;
	scene->commits[place].serial = commit.serial;
	scene->commits[place].begin_us = begin_us;
	md_transaction_commit(&transaction, &commit);
	scene->acknowledged = commit.configure;
	scene->tick_open = false;
	scene->flow = 0;
	scene->counts.commits++;
	scene->counts.bytes_sent += transaction.bytes;
	OS_TRACE_AT("media", "commit", transaction.flow, began_us, os_clock_real_us() - began_us,
		    (int64_t)transaction.bytes);
}

void md_scene_replay(struct md_scene *scene)
{
	send_create(scene);
	md_shell_replay(scene);
	md_calibration_replay(scene);
	if (scene->moving) {
		scene->moving = false;
		md_scene_set_moving(scene, true);
	}
	if (scene->defers_edges) {
		scene->defers_edges = false;
		md_scene_set_defers_edges(scene, true);
	}
	if (scene->keeps_on) {
		scene->keeps_on = false;
		md_scene_set_keeps_on(scene, true);
	}
	md_scene_set_seen(scene, true); /* a compositor begins with a light screen */
	if (scene->configured) {
		md_scene_commit(scene);
	}
	if (scene->tick_asked) {
		send_tick_request(scene);
	}
}

/* --- Answers, input, states ------------------------------------------------------------------- */

void md_scene_answer(struct md_scene *scene, uint32_t serial, const void *bytes, size_t length)
{
	const uint8_t *at = bytes;
	bool last;
	do {
		size_t part = OS_MIN(length, MD_OPS_BYTES);
		last = part == length;
		struct os_message message;
		md_scene_message(scene, MD_SCENE_ANSWER, &message);
		os_message_write_u32(&message, serial);
		os_message_write_bool(&message, last);
		os_message_write_bytes(&message, at, part);
		md_scene_post(scene, &message);
		at += part;
		length -= part;
	} while (!last);
}

void md_scene_send_input(struct md_scene *scene, const void *bytes, size_t length)
{
	struct os_message message;
	md_scene_message(scene, MD_SCENE_INPUT, &message);
	os_message_write_bytes(&message, bytes, length);
	md_scene_post(scene, &message);
}

void md_scene_ack_input(struct md_scene *scene, uint32_t serial)
{
	struct os_message message;
	md_scene_message(scene, MD_SCENE_ACK_INPUT, &message);
	os_message_write_u32(&message, serial);
	md_scene_post(scene, &message);
}

static void send_flag(struct md_scene *scene, enum md_scene_request type, bool *state, bool value)
{
	if (*state != value) {
		*state = value;
		struct os_message message;
		md_scene_message(scene, type, &message);
		os_message_write_bool(&message, value);
		md_scene_post(scene, &message);
	}
}

void md_scene_set_moving(struct md_scene *scene, bool moving)
{
	send_flag(scene, MD_SCENE_MOVING, &scene->moving, moving);
}

void md_scene_set_defers_edges(struct md_scene *scene, bool defers)
{
	send_flag(scene, MD_SCENE_DEFER_EDGES, &scene->defers_edges, defers);
}

void md_scene_set_keeps_on(struct md_scene *scene, bool keeps_on)
{
	send_flag(scene, MD_SCENE_KEEP_ON, &scene->keeps_on, keeps_on);
}
