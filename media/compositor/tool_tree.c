/* The tree: of what a person could touch, asked of each visible scene's process and put together;
 * or of the layers as they were last shown. As JSON, into the asker's file. */
#include <errno.h>

#include <os/file.h>
#include <os/memory.h>

#include "compositor_private.h"
#include "json_text.h"
#include "layer_ops.h"

struct part {
	struct gathering *gathering;
	uint64_t token;
	char app[128];
	struct md_affine to_screen;
	struct os_buffer json; /* empty: it did not respond */
};

struct gathering {
	struct md_compositor *compositor;
	struct pending *pending;
	struct part parts[TOOL_SCENES_MAX];
	int count, asked;
};

static void begin_screen(struct md_compositor *compositor, struct os_buffer *json)
{
	os_buffer_add_text(json, "{\"id\":\"screen\",\"role\":\"screen\",\"frame\":");
	json_add_frame(json,
		       (struct md_rect){0, 0, compositor->screen.width, compositor->screen.height});
	os_buffer_add_text(json, ",\"children\":[");
}

static void write_and_reply(struct pending *pending, struct os_buffer *json)
{
	int status = json->failed ? -ENOMEM : os_fd_write(pending->fd, json->bytes, json->length);
	if (status < 0) {
		pending_fail(pending, status);
	} else {
		struct os_message reply;
		pending_begin(pending, &reply);
		pending_send(pending, &reply);
	}
	os_buffer_finish(json);
}

/* --- What a person could touch ---------------------------------------------------------------- */

static void add_silent(const struct gathering *gathering, const struct part *part,
		       struct os_buffer *json)
{
	struct md_size screen = gathering->compositor->screen;
	struct md_rect frame = {0, 0, screen.width, screen.height};
	os_buffer_add_text(json, "{\"id\":\"\",\"app\":");
	json_add_string(json, part->app);
	os_buffer_add_text(
	    json, ",\"role\":\"scene\",\"label\":\"not responding\",\"value\":null,\"texts\":[],"
		  "\"traits\":[\"not responding\"],\"enabled\":false,\"selected\":false,"
		  "\"focused\":false,\"visible\":true,\"frame\":");
	json_add_frame(json, md_affine_apply_rect(part->to_screen, frame));
	os_buffer_add_text(json, ",\"actions\":[],\"children\":[]}");
}

static void end_if_all_answered(struct gathering *gathering)
{
	if (gathering->asked > 0) {
		return;
	}
	struct os_buffer json = {0};
	begin_screen(gathering->compositor, &json);
	for (int i = 0; i < gathering->count; i++) {
		struct part *part = &gathering->parts[i];
		os_buffer_add_text(&json, i == 0 ? "" : ",");
		if (json_copy(os_buffer_text(&part->json), part->json.length, part->to_screen,
			      &json) < 0) {
			add_silent(gathering, part, &json);
		}
		os_buffer_finish(&part->json);
	}
	os_buffer_add_text(&json, "]}\n");
	write_and_reply(gathering->pending, &json);
	os_free(gathering);
}

static void answered(void *context, int status, const char *bytes, size_t length)
{
	struct part *part = context;
	if (status == 0) {
		os_buffer_add(&part->json, bytes, length);
	}
	part->gathering->asked--;
	end_if_all_answered(part->gathering);
}

static void gather(struct tool *tool, struct pending *pending)
{
	struct gathering *gathering = os_alloc(sizeof(*gathering));
	struct scene *scenes[TOOL_SCENES_MAX];
	gathering->compositor = tool->compositor;
	gathering->pending = pending;
	gathering->count = tool_visible_scenes(tool->compositor, scenes);
	gathering->asked = gathering->count + 1;
	for (int i = 0; i < gathering->count; i++) {
		struct part *part = &gathering->parts[i];
		*part = (struct part){.gathering = gathering,
				      .token = scenes[i]->token,
				      .to_screen = scenes[i]->to_screen};
		__builtin_strncpy(part->app, scene_app(scenes[i]), sizeof(part->app) - 1);
		query_ask(scenes[i], MD_QUERY_TREE, "", answered, part);
	}
	gathering->asked--;
	end_if_all_answered(gathering);
}

/* --- Layers ----------------------------------------------------------------------------------- */

static void add_layer(struct md_compositor *compositor, const struct node *node,
		      struct os_buffer *json, int depth);

static void add_children(struct md_compositor *compositor, const struct node *node,
			 struct os_buffer *json, int depth)
{
	bool any = false;
	os_buffer_add_text(json, ",\"children\":[");
	const struct scene *hosted =
	    node->props.host == 0 || node->props.host_snapshot || depth > 2 * 48
		? NULL
		: compositor_scene(compositor, node->props.host);
	if (hosted != NULL) {
		add_layer(compositor, hosted->root, json, depth + 1);
		any = true;
	}
	for (uint32_t i = 0; i < node->child_count; i++) {
		os_buffer_add_text(json, any ? "," : "");
		any = true;
		add_layer(compositor, node->children[i], json, depth + 1);
	}
	os_buffer_add_text(json, "]}");
}

static void add_layer(struct md_compositor *compositor, const struct node *node,
		      struct os_buffer *json, int depth)
{
	os_buffer_printf(json, "{\"id\":\"%u\",\"role\":\"layer\",\"app\":", node->id);
	json_add_string(json, node->client == NULL ? "" : os_port_peer(node->client->port)->app);
	os_buffer_add_text(json, ",\"frame\":");
	json_add_frame(json, node->shown.frame);
	const struct md_transform *t = &node->shown.transform;
	os_buffer_printf(
	    json, ",\"opacity\":%.4f,\"hidden\":%s,\"clips\":%s,\"offset\":[%.4f,%.4f]",
	    node->shown.opacity, node->props.flags & MD_LAYER_HIDDEN ? "true" : "false",
	    node->props.flags & MD_LAYER_CLIPS ? "true" : "false", node->shown.offset.x,
	    node->shown.offset.y);
	if (!md_transform_is_identity(*t)) {
		os_buffer_printf(json, ",\"transform\":[%.4f,%.4f,%.4f,%.4f,%.4f]", t->translate_x,
				 t->translate_y, t->scale_x, t->scale_y, t->rotation_rad);
	}
	if (node->shown.background.a > 0) {
		os_buffer_printf(json, ",\"background\":\"#%08x\"",
				 md_color_premultiplied(node->shown.background));
	}
	if (node->props.buffer != NULL) {
		const struct buffer_place *place = &node->props.buffer->place;
		os_buffer_printf(json, ",\"surface\":[%u,%u],\"opaque\":%s", place->width,
				 place->height, place->opaque ? "true" : "false");
	}
	if (node->props.host != 0) {
		os_buffer_printf(json, ",\"host\":\"%llu\"", (unsigned long long)node->props.host);
	}
	for (uint32_t i = 0; i < node->animations.count; i++) {
		os_buffer_add_text(json, i == 0 ? ",\"animations\":[" : ",");
		json_add_string(json, node->animations.items[i].key);
	}
	os_buffer_add_text(json, node->animations.count > 0 ? "]" : "");
	add_children(compositor, node, json, depth);
}

static void write_layers(struct tool *tool, struct pending *pending)
{
	struct os_buffer json = {0};
	struct scene *scene;
	bool any = false;
	begin_screen(tool->compositor, &json);
	os_list_for_each_reverse(scene, &tool->compositor->scenes, link) {
		if (scene->ready && compositor_is_top(tool->compositor, scene)) {
			os_buffer_add_text(&json, any ? "," : "");
			any = true;
			add_layer(tool->compositor, scene->root, &json, 0);
		}
	}
	os_buffer_add_text(&json, "]}\n");
	write_and_reply(pending, &json);
}

int tool_tree(struct tool *tool, struct os_message *message)
{
	bool layers = os_message_read_bool(message);
	struct pending *pending = pending_create(tool, message, os_message_take_fd(message));
	if (layers) {
		write_layers(tool, pending);
	} else {
		gather(tool, pending);
	}
	return 0;
}
