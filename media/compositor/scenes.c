/* Scenes as the compositor knows them: made, spoken to, gone. */
#include <errno.h>

#include <os/memory.h>

#include "compositor_private.h"

void scene_begin_event(const struct scene *scene, enum md_scene_event event,
		       struct os_message *ret_message)
{
	os_message_init(ret_message, &md_scene_interface.events[event], event);
	os_message_write_u32(ret_message, scene->id);
}

void scene_send(const struct scene *scene, struct os_message *message)
{
	if (scene->client == NULL || scene->client->closing) {
		os_message_finish(message);
		return;
	}
	os_port_send(scene->client->port, message);
}

const char *scene_app(const struct scene *scene)
{
	return scene->client == NULL ? "" : os_port_peer(scene->client->port)->app;
}

bool scene_is_visible(const struct scene *scene)
{
	return scene->visited != 0 && scene->visited == scene->compositor->frames.walk;
}

struct scene *client_scene(struct client *client, uint32_t id)
{
	struct scene *scene;
	os_list_for_each(scene, &client->compositor->scenes, link) {
		if (scene->client == client && scene->id == id) {
			return scene;
		}
	}
	return NULL;
}

int scene_create(struct client *client, struct os_message *message)
{
	struct md_compositor *compositor = client->compositor;
	uint32_t id = os_message_read_u32(message), role = os_message_read_u32(message);
	uint32_t root = os_message_read_u32(message);
	bool wants_presented = os_message_read_bool(message);
	if (id == 0 || id > UINT16_MAX || role > MD_SCENE_KEYBOARD ||
	    client_scene(client, id) != NULL || client->scene_count >= CLIENT_SCENES_MAX ||
	    client_node(client, root) != NULL) {
		return -EINVAL;
	}
	if (role != MD_SCENE_APP && !os_peer_has(os_port_peer(client->port), "system")) {
		return -EPERM;
	}
	/* The same after a restart of the compositor, so that hosts stay valid; one of a client's
	 * connections does not take it from another. */
	uint64_t token = os_port_peer(client->port)->client << 16 | id;
	if (compositor_scene(compositor, token) != NULL) {
		return -EEXIST;
	}
	struct scene *scene = os_alloc(sizeof(*scene));
	scene->compositor = compositor;
	scene->client = client;
	scene->id = id;
	scene->token = token;
	scene->role = (enum md_scene_role)role;
	scene->wants_presented = wants_presented;
	scene->field = -1;
	scene->root = node_create(client, root, ++compositor->last_key);
	scene->root->scene = scene;
	os_map_set_number(client->nodes, root, scene->root);
	os_list_init(&scene->queries);
	os_list_append(&compositor->scenes, &scene->link);
	client->scene_count++;
	struct os_message created;
	scene_begin_event(scene, MD_SCENE_CREATED, &created);
	os_message_write_u64(&created, scene->token);
	scene_send(scene, &created);
	configure_send(scene, MD_TRANSITION_NONE);
	if (role == MD_SCENE_SHELL) {
		return 0;
	}
	shell_tell_appeared(compositor, scene);
	compositor_update_focus(compositor);
	return 0;
}

/* Depth is bounded by DEPTH_MAX. */
static void free_tree(struct client *client, struct node *node)
{
	while (node->child_count > 0) {
		free_tree(client, node->children[node->child_count - 1]);
	}
	if (client != NULL) {
		client->animation_count -= (int)node->animations.count;
		os_map_set_number(client->nodes, node->id, NULL);
	}
	node_destroy(node);
}

void scene_destroy(struct scene *scene)
{
	struct md_compositor *compositor = scene->compositor;
	input_scene_went(compositor, scene);
	tools_scene_went(compositor, scene);
	change_scene_went(compositor, scene);
	calibration_scene_went(compositor, scene);
	if (scene->client != NULL) {
		scene->client->scene_count--;
		if (scene->client->open == scene) {
			scene->client->open = NULL;
		}
	}
	if (compositor->shell.scene == scene) {
		compositor->shell.scene = NULL;
	}
	if (compositor->shell.old == scene) {
		compositor->shell.old = NULL;
	}
	if (compositor->shell.focused == scene) {
		compositor->shell.focused = NULL;
	}
	os_list_remove(&scene->link);
	shell_tell_went(compositor, scene);
	free_tree(scene->client, scene->root);
	os_free(scene);
	compositor_update_focus(compositor);
	frame_clock_need(compositor);
}
