/* Whether everything has come to rest (COMMAND.md, `settle`): no finger is down, nothing finite
 * moves, no transaction is open, no app has a dirty view, and that for two frames. Endless
 * animations do not count, nor do apps that have not answered for 500 ms. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <os/clock.h>
#include <os/memory.h>

#include "compositor_private.h"

#define STOPPED_US (500 * OS_US_PER_MS)

struct settling {
	struct md_compositor *compositor;
	struct pending *pending;
	int asked;
	char what[256];
};

static bool is_stopped(const struct scene *scene)
{
	return scene->tick_open && os_clock_real_us() - scene->tick_sent_real_us > STOPPED_US;
}

static const char *name_of(const struct scene *scene)
{
	const struct os_peer *peer = os_port_peer(scene->client->port);
	return peer->app[0] != '\0' ? peer->app : peer->role;
}

static bool scene_moves(const struct scene *scene, char *what, size_t size)
{
	const char *why = NULL;
	if (scene->client->open == scene) {
		why = "an open transaction";
	} else if (scene->moving) {
		why = "views that move or are dirty";
	} else if (scene->tick_open || scene->tick_asked || scene->touched) {
		why = "a frame under way";
	} else if (!scene->ready) {
		why = "no first frame yet";
	} else if (scene->acknowledged < scene->configured) {
		why = "a new size or look to take over";
	}
	if (why != NULL) {
		snprintf(what, size, "%s: %s", name_of(scene), why);
	}
	return why != NULL;
}

static bool screen_moves(struct md_compositor *compositor, char *what, size_t size)
{
	const char *why = NULL;
	bool dark = idle_holds_frames(compositor); /* then all that waits for light is at rest */
	if (input_is_touched(compositor)) {
		why = "a finger is down";
	} else if (compositor->tool.played < compositor->tool.fed) {
		why = "fingers are still to come";
	} else if (dark && compositor->frames.flying == NULL) {
		why = NULL;
	} else if (change_is_moving(compositor)) {
		why = "the screen turns or fades";
	} else if (animator_is_moving(compositor, true)) {
		why = "an animation runs";
	} else if (compositor->clock.needed || compositor->frames.flying != NULL) {
		why = "a frame is to be shown";
	} else if (os_clock_now_us() - compositor->tool.active_us <
		   2 * (int64_t)compositor->clock.period_us) {
		why = "less than two frames of rest";
	}
	snprintf(what, size, "compositor: %s", why == NULL ? "" : why);
	return why != NULL;
}

static void answer(struct pending *pending, bool settled, const char *what)
{
	struct os_message reply;
	pending_begin(pending, &reply);
	os_message_write_bool(&reply, settled);
	os_message_write_text(&reply, settled ? "" : what);
	pending_send(pending, &reply);
}

static void end_if_all_answered(struct settling *settling)
{
	if (settling->asked > 0) {
		return;
	}
	bool settled = settling->what[0] == '\0';
	if (settled) {
		/* What happened while the apps were asked counts as well. */
		settled =
		    !screen_moves(settling->compositor, settling->what, sizeof(settling->what));
	}
	answer(settling->pending, settled, settling->what);
	os_free(settling);
}

static void answered(void *context, int status, const char *bytes, size_t length)
{
	struct settling *settling = context;
	settling->asked--;
	if (status == 0 && length > 0 && length < 200 && strlen(bytes) == length) {
		snprintf(settling->what, sizeof(settling->what), "%s", bytes);
	}
	end_if_all_answered(settling);
}

int tool_settled(struct tool *tool, struct os_message *message)
{
	struct md_compositor *compositor = tool->compositor;
	struct pending *pending = pending_create(tool, message, -1);
	char what[256];
	bool moves = screen_moves(compositor, what, sizeof(what));
	struct scene *scenes[TOOL_SCENES_MAX], *scene;
	os_list_for_each(scene, &compositor->scenes, link) {
		bool counts = !idle_is_dark(compositor) && scene->client != NULL && !is_stopped(scene) &&
			      (scene_is_visible(scene) || !scene->ready);
		if (!moves && counts) {
			moves = scene_moves(scene, what, sizeof(what));
		}
	}
	if (moves) {
		answer(pending, false, what);
		return 0;
	}
	struct settling *settling = os_alloc(sizeof(*settling));
	*settling = (struct settling){.compositor = compositor, .pending = pending, .asked = 1};
	int count = tool_visible_scenes(compositor, scenes);
	for (int i = 0; i < count; i++) {
		if (!is_stopped(scenes[i]) && !idle_is_dark(compositor)) {
			settling->asked++;
			query_ask(scenes[i], MD_QUERY_SETTLED, "", answered, settling);
		}
	}
	settling->asked--;
	end_if_all_answered(settling);
	return 0;
}
