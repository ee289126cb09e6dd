/* Requests that some scene has to answer: actions, scrolling, hits. Scenes are asked one after the
 * other, front to back, until one says that it was its own. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <os/memory.h>

#include "compositor_private.h"

struct asking {
	struct md_compositor *compositor;
	struct pending *pending;
	enum md_query what;
	char argument[1024];
	uint64_t tokens[TOOL_SCENES_MAX];
	int count, next;
	int status; /* what is said if nobody takes it */
};

static void ask_next(struct asking *asking);

static void end(struct asking *asking, int status)
{
	if (status < 0) {
		pending_fail(asking->pending, status);
	} else {
		struct os_message reply;
		pending_begin(asking->pending, &reply);
		pending_send(asking->pending, &reply);
	}
	os_free(asking);
}

static void answered(void *context, int status, const char *bytes, size_t length)
{
	struct asking *asking = context;
	if (status == 0 && length == 0) {
		end(asking, 0);
		return;
	}
	if (status < 0) {
		asking->status = status;
	}
	ask_next(asking);
}

static void ask_next(struct asking *asking)
{
	while (asking->next < asking->count) {
		struct scene *scene =
		    compositor_scene(asking->compositor, asking->tokens[asking->next++]);
		if (scene != NULL) {
			query_ask(scene, asking->what, asking->argument, answered, asking);
			return;
		}
	}
	end(asking, asking->status);
}

static int ask_all(struct tool *tool, const struct os_message *message, enum md_query what,
		   const char *first, const char *second)
{
	idle_activity(tool->compositor);
	struct asking *asking = os_alloc(sizeof(*asking));
	asking->compositor = tool->compositor;
	asking->pending = pending_create(tool, message, -1);
	asking->what = what;
	asking->status = -ENOENT;
	snprintf(asking->argument, sizeof(asking->argument), "%s %s", first, second);
	struct scene *scenes[TOOL_SCENES_MAX];
	asking->count = tool_visible_scenes(tool->compositor, scenes);
	for (int i = 0; i < asking->count; i++) {
		asking->tokens[i] = scenes[i]->token;
	}
	tools_note_activity(tool->compositor);
	ask_next(asking);
	return 0;
}

int tool_action(struct tool *tool, struct os_message *message)
{
	const char *id = os_message_read_text(message);
	return ask_all(tool, message, MD_QUERY_ACTION, id, os_message_read_text(message));
}

int tool_scroll_to(struct tool *tool, struct os_message *message)
{
	const char *id = os_message_read_text(message);
	return ask_all(tool, message, MD_QUERY_SCROLL_TO, id[0] == '\0' ? "-" : id,
		       os_message_read_text(message));
}

/* --- Hits ------------------------------------------------------------------------------------- */

static void hit_answered(void *context, int status, const char *bytes, size_t length)
{
	struct pending *pending = context;
	if (status < 0 || length > 64 || memchr(bytes, '\0', length) != NULL) {
		pending_fail(pending, status < 0 ? status : -EBADMSG);
		return;
	}
	struct os_message reply;
	pending_begin(pending, &reply);
	os_message_write_text(&reply, bytes);
	pending_send(pending, &reply);
}

int tool_hit(struct tool *tool, struct os_message *message)
{
	struct md_point point, inside;
	point.x = os_message_read_double(message);
	point.y = os_message_read_double(message);
	struct scene *scene = hit_scene(tool->compositor, point, &inside);
	if (scene == NULL || scene->client == NULL) {
		return os_port_reply_error(tool->port, message, -ENOENT);
	}
	char argument[64];
	snprintf(argument, sizeof(argument), "%.6f %.6f", inside.x, inside.y);
	query_ask(scene, MD_QUERY_HIT, argument, hit_answered, pending_create(tool, message, -1));
	return 0;
}
