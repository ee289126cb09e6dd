/* Display client: a process's connection to the compositor, which comes back by itself. */
#include "scene_private.h"

#include <os/memory.h>
#include <os/process.h>

#include "layer_send.h"
#include "surface_private.h"

static void tell_surfaces_available(struct md_display_client *client)
{
	struct md_scene *scene;
	os_list_for_each(scene, &client->scenes, link) {
		if (scene->delegate->surfaces_available != NULL) {
			scene->delegate->surfaces_available(scene->context);
		}
	}
}

static void connected(void *context, struct os_port *port, bool again)
{
	struct md_display_client *client = context;
	client->port = port;
	os_port_set_bound(port, 4 << 20);
	md_arenas_replay(&client->arenas, port);
	struct md_scene *scene;
	os_list_for_each(scene, &client->scenes, link) {
		md_scene_replay(scene);
	}
}

static void lost(void *context, int reason)
{
	struct md_display_client *client = context;
	client->port = NULL;
	md_arenas_replay(&client->arenas, NULL);
	struct md_scene *scene;
	os_list_for_each(scene, &client->scenes, link) {
		md_scene_cancel_touches(scene);
		md_layers_forget(scene);
		scene->tick_open = false;
		if (scene->delegate->lost != NULL) {
			scene->delegate->lost(scene->context);
		}
	}
}

static void arena_given(struct md_display_client *client, struct os_message *message)
{
	uint32_t id = os_message_read_u32(message);
	int fd = os_message_take_fd(message);
	if (md_arenas_given(&client->arenas, id, fd, os_message_read_u32(message))) {
		tell_surfaces_available(client);
	}
}

static void released(struct md_display_client *client, struct os_message *message)
{
	bool again = false;
	uint32_t count = os_message_read_count(message);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t arena = os_message_read_u32(message);
		again |= md_arenas_released(&client->arenas, arena, os_message_read_u32(message));
	}
	if (again) {
		tell_surfaces_available(client);
	}
}

static struct md_scene *find_scene(struct md_display_client *client, uint32_t id)
{
	struct md_scene *scene;
	os_list_for_each(scene, &client->scenes, link) {
		if (scene->id == id) {
			return scene;
		}
	}
	return NULL;
}

static int handle(void *context, struct os_port *port, struct os_message *message)
{
	struct md_display_client *client = context;
	if (message->header.type == MD_SCENE_ARENA_GIVEN) {
		arena_given(client, message);
		return 0;
	}
	if (message->header.type == MD_SCENE_RELEASED) {
		released(client, message);
		return 0;
	}
	/* All others begin with their scene, which may have gone meanwhile. */
	struct md_scene *scene = find_scene(client, os_message_read_u32(message));
	return scene == NULL ? 0 : md_scene_handle(scene, message);
}

static const struct os_connection_delegate s_delegate = {
    .struct_size = sizeof(s_delegate),
    .connected = connected,
    .message = handle,
    .lost = lost,
};

static void rest(void *context, int64_t now_us)
{
	struct md_display_client *client = context;
	int64_t next_us = md_surfaces_rest(client, now_us);
	if (next_us != OS_NEVER) {
		os_timer_set(client->rest, next_us);
	}
}

void md_display_client_rest_at(struct md_display_client *client, int64_t at_us)
{
	if (!os_timer_is_set(client->rest)) {
		os_timer_set(client->rest, at_us);
	}
}

static struct md_display_client *create(struct os_loop *loop)
{
	struct md_display_client *client = os_alloc(sizeof(*client));
	client->loop = loop != NULL ? loop : os_process_loop();
	os_list_init(&client->scenes);
	os_list_init(&client->surfaces);
	md_arenas_init(&client->arenas);
	client->rest =
	    os_timer_create(client->loop, OS_TIMER_DEVICE, OS_LOOP_MODE_COMMON, rest, client);
	return client;
}

struct md_display_client *md_display_client_create(struct os_loop *loop)
{
	struct md_display_client *client = create(loop);
	client->connection =
	    os_connection_create("compositor", &md_scene_interface, &s_delegate, client);
	return client;
}

void md_display_client_use_fd(struct md_display_client *client, int fd)
{
	os_connection_release(client->connection);
	client->connection = os_connection_create_with_fd(client->loop, fd, &md_scene_interface,
							  &s_delegate, client);
}

struct md_display_client *md_display_client_create_with_fd(struct os_loop *loop, int fd)
{
	struct md_display_client *client = create(loop);
	md_display_client_use_fd(client, fd);
	return client;
}

struct md_display_client *md_display_client_release(struct md_display_client *client)
{
	if (client == NULL) {
		return NULL;
	}
	struct md_scene *scene, *next;
	os_list_for_each_safe(scene, next, &client->scenes, link) {
		md_scene_release(scene);
	}
	md_surfaces_orphan(client);
	os_connection_release(client->connection);
	md_arenas_finish(&client->arenas);
	os_timer_release(client->rest);
	os_free(client);
	return NULL;
}
