#include "client.h"

#include <errno.h>

#include <os/clock.h>
#include <os/file.h>
#include <os/log.h>
#include <os/memory.h>
#include <os/trace.h>

#include "compositor_private.h"
#include "transaction_apply.h"

/* docs/decisions/five-screens.md */
#define SCREENS_APP 5
#define SCREENS_SHELL 6
#define OUT_QUEUE_BYTES ((size_t)1 << 20)

/* --- Memory ----------------------------------------------------------------------------------- */

static int give_arena(struct client *client, struct os_message *message)
{
	uint32_t id = os_message_read_u32(message);
	size_t bytes = os_message_read_u32(message), size = 0;
	int fd = memory_give(&client->memory, id, bytes, &size);
	if (fd == -EINVAL) {
		return fd;
	}
	struct os_message given;
	os_message_init(&given, &md_scene_interface.events[MD_SCENE_ARENA_GIVEN],
			MD_SCENE_ARENA_GIVEN);
	os_message_write_u32(&given, id);
	os_message_write_fd(&given, fd < 0 ? -1 : fd);
	os_message_write_u32(&given, (uint32_t)size);
	if (fd >= 0) {
		os_fd_close(fd);
	}
	os_port_send(client->port, &given);
	return 0;
}

static int take_arena_back(struct client *client, struct os_message *message)
{
	uint32_t id = os_message_read_u32(message);
	int fd = os_message_take_fd(message);
	int result = memory_take_back(&client->memory, id, fd);
	os_fd_close(fd);
	return result;
}

void client_send_released(struct client *client)
{
	struct os_array *released = &client->memory.released;
	const size_t most = 512;
	for (size_t at = 0; at < released->count; at += most) {
		size_t count = OS_MIN(released->count - at, most);
		struct os_message message;
		os_message_init(&message, &md_scene_interface.events[MD_SCENE_RELEASED],
				MD_SCENE_RELEASED);
		os_message_write_count(&message, (uint32_t)count);
		for (size_t i = 0; i < count; i++) {
			const struct released *one = os_array_at(released, at + i);
			os_message_write_u32(&message, one->arena);
			os_message_write_u32(&message, one->offset);
		}
		os_port_send(client->port, &message);
	}
	os_array_clear(released);
}

/* --- Transactions ----------------------------------------------------------------------------- */

static int begin(struct client *client, struct scene *scene)
{
	if (client->open != NULL) {
		return -EPROTO;
	}
	client->open = scene;
	os_buffer_clear(&client->staged);
	return 0;
}

static int stage(struct client *client, struct os_message *message)
{
	size_t length;
	const void *bytes = os_message_read_bytes(message, &length);
	if (client->open == NULL) {
		return -EPROTO;
	}
	if (client->staged.length + length > TRANSACTION_BYTES_MAX) {
		return -ENOBUFS;
	}
	os_buffer_add(&client->staged, bytes, length);
	return client->staged.failed ? -ENOMEM : 0;
}

static void note_commit(struct scene *scene, uint32_t serial, uint64_t frame, int64_t target_us)
{
	struct md_compositor *compositor = scene->compositor;
	const struct frame_clock *clock = &compositor->clock;
	bool late = frame != 0 && (frame < clock->frame || (frame == clock->frame && !clock->open));
	if (late) {
		compositor->counts.late_commits++;
		OS_TRACE_MARK("media", "late commit", (int64_t)frame);
	}
	if (scene->commit_count == COMMITS_MAX) {
		/* The last place is taken again: its flow and its beginning are lost. */
		scene->commit_count--;
	}
	scene->commits[scene->commit_count].serial = serial;
	scene->commits[scene->commit_count].target_us = late ? 0 : target_us;
	scene->commits[scene->commit_count].flow = os_flow_current();
	scene->commit_count++;
	tools_note_activity(compositor);
	if (scene->tick_open && frame == scene->tick_frame) {
		scene->tick_open = false;
		input_tick_answered(scene);
	}
}

static int commit(struct client *client, struct scene *scene, struct os_message *message)
{
	uint32_t serial = os_message_read_u32(message);
	uint64_t frame = os_message_read_u64(message);
	int64_t target_us = os_message_read_i64(message);
	uint32_t configure = os_message_read_u32(message);
	if (client->open != scene || frame > client->compositor->clock.frame) {
		return -EPROTO;
	}
	int64_t began_us = OS_TRACE_BEGIN();
	struct os_error error = {0};
	int result = transaction_apply(client, scene, &error);
	client->open = NULL;
	if (result < 0) {
		os_log_debug("compositor", "%s: a transaction was refused: %s", scene_app(scene),
			     error.text);
		return result;
	}
	note_commit(scene, serial, frame, target_us);
	configure_acknowledged(scene, configure);
	frame_clock_need(client->compositor);
	OS_TRACE_END("media", "apply", began_us, (int64_t)client->staged.length);
	return 0;
}

/* --- Messages --------------------------------------------------------------------------------- */

static int request_tick(struct scene *scene)
{
	scene->tick_asked = true;
	if (os_flow_current() != 0) {
		scene->tick_flow = os_flow_current();
	}
	frame_clock_tick(scene->compositor);
	return 0;
}

static int tick_done(struct scene *scene, struct os_message *message)
{
	if (scene->tick_open && os_message_read_u64(message) == scene->tick_frame) {
		scene->tick_open = false;
		input_tick_answered(scene);
	}
	return 0;
}

static int receive_input(struct scene *scene, struct os_message *message)
{
	size_t length;
	const uint8_t *bytes = os_message_read_bytes(message, &length);
	if (length == 2 && bytes[0] == MD_INPUT_FIELD) {
		scene->field = bytes[1] != 0;
	}
	return 0;
}

static int scene_request(struct client *client, struct scene *scene, struct os_message *message)
{
	switch (message->header.type) {
	case MD_SCENE_DESTROY:
		scene_destroy(scene);
		return 0;
	case MD_SCENE_REQUEST_TICK:
		return request_tick(scene);
	case MD_SCENE_BEGIN:
		return begin(client, scene);
	case MD_SCENE_COMMIT:
		return commit(client, scene, message);
	case MD_SCENE_ANSWER:
		return query_answered(scene, message);
	case MD_SCENE_INPUT:
		return receive_input(scene, message);
	case MD_SCENE_ACK_INPUT:
		tools_input_taken(scene, os_message_read_u32(message));
		return 0;
	case MD_SCENE_MOVING:
		scene->moving = os_message_read_bool(message);
		return 0;
	case MD_SCENE_DEFER_EDGES:
		scene->defers_edges = os_message_read_bool(message);
		return 0;
	case MD_SCENE_TOUCH_WATCH:
	case MD_SCENE_CALIBRATE:
		return calibration_request(scene, message);
	case MD_SCENE_KEEP_ON:
		scene->keeps_on = os_message_read_bool(message);
		idle_rules_changed(scene->compositor);
		return 0;
	case MD_SCENE_TICK_DONE:
		return tick_done(scene, message);
	default:
		return client_shell_request(client, scene, message);
	}
}

static int handle(struct client *client, struct os_message *message)
{
	switch (message->header.type) {
	case MD_SCENE_CREATE:
		return scene_create(client, message);
	case MD_SCENE_ARENA:
		return give_arena(client, message);
	case MD_SCENE_ARENA_BACK:
		return take_arena_back(client, message);
	case MD_SCENE_ARENA_DROP:
		return memory_drop(&client->memory, os_message_read_u32(message));
	case MD_SCENE_OPS:
		return stage(client, message);
	default:
		break;
	}
	struct scene *scene = client_scene(client, os_message_read_u32(message));
	return scene == NULL ? -ENOENT : scene_request(client, scene, message);
}

static int did_receive(void *context, struct os_port *port, struct os_message *message)
{
	struct client *client = context;
	int result = handle(client, message);
	if (result < 0) {
		os_log_debug("compositor", "%s: %s is refused: %s", os_port_peer(port)->app,
			     message->type->name, os_status_text(result));
	}
	return result;
}

static void did_close(void *context, struct os_port *port, int reason)
{
	client_destroy(context);
}

static const struct os_port_delegate s_delegate = {
    .struct_size = sizeof(s_delegate),
    .message = did_receive,
    .closed = did_close,
};

/* --- Life cycle ------------------------------------------------------------------------------- */

struct client *client_create(struct md_compositor *compositor, int fd, uint64_t connection,
			     const struct os_peer *peer)
{
	struct client *client = os_alloc(sizeof(*client));
	client->compositor = compositor;
	client->is_shell = os_peer_has(peer, "shell");
	client->may_host = client->is_shell || os_peer_has(peer, "host");
	client->nodes = os_map_create(OS_MAP_NUMBERS);
	size_t screen_bytes =
	    (size_t)compositor->mode.width_px * (size_t)compositor->mode.height_px * 4;
	memory_init(&client->memory, screen_bytes, client->is_shell ? SCREENS_SHELL : SCREENS_APP);
	client->staged.limit = TRANSACTION_BYTES_MAX + 1;
	client->port = os_port_create(compositor->loop, fd, &md_scene_interface, OS_PORT_SERVER,
				      &s_delegate, client);
	os_port_set_peer(client->port, peer);
	os_port_set_connection(client->port, connection);
	os_port_set_bound(client->port, OUT_QUEUE_BYTES);
	os_list_append(&compositor->clients, &client->link);
	return client;
}

static void disown_tree(struct node *node)
{
	node->client = NULL;
	for (uint32_t i = 0; i < node->child_count; i++) {
		disown_tree(node->children[i]);
	}
}

static void destroy_nodes(struct client *client)
{
	struct os_map_cursor cursor = {0};
	while (os_map_next(client->nodes, &cursor)) {
		struct node *node = cursor.value;
		if (node->client != NULL) {
			node_destroy(node);
		}
	}
	os_map_destroy(client->nodes);
}

void client_destroy(struct client *client)
{
	struct md_compositor *compositor = client->compositor;
	client->closing = true;
	struct scene *shell = compositor->shell.scene;
	struct scene *scene, *next;
	os_list_for_each_safe(scene, next, &compositor->scenes, link) {
		if (scene->client != client) {
			continue;
		}
		if (scene == shell && shell_keep_for_a_while(compositor, scene)) {
			disown_tree(scene->root);
			scene->client = NULL;
		} else {
			scene_destroy(scene);
		}
	}
	destroy_nodes(client);
	memory_finish(&client->memory);
	os_buffer_finish(&client->staged);
	os_port_close(client->port);
	os_port_release(client->port);
	os_list_remove(&client->link);
	os_free(client);
	compositor_update_focus(compositor);
	frame_clock_need(compositor);
}

struct node *client_node(const struct client *client, uint32_t id)
{
	return os_map_get_number(client->nodes, id);
}
