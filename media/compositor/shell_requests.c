/* The shell: the one client that shows the others, and what it may ask for. */
#include <errno.h>
#include <math.h>

#include <os/memory.h>

#include "compositor_private.h"

#define AWAY_US (2 * OS_US_PER_S)
#define EDGE_MAX_PT 60.0

static struct scene *told_scene(struct md_compositor *compositor)
{
	struct scene *shell = compositor->shell.scene;
	return shell != NULL && shell->client != NULL ? shell : NULL;
}

void shell_tell_appeared(struct md_compositor *compositor, const struct scene *scene)
{
	struct scene *shell = told_scene(compositor);
	if (shell == NULL || scene->role == MD_SCENE_SHELL || scene->client == NULL) {
		return;
	}
	struct os_message message;
	scene_begin_event(shell, MD_SCENE_SHELL_APPEARED, &message);
	os_message_write_u64(&message, scene->token);
	os_message_write_text(&message, scene_app(scene));
	os_message_write_i32(&message, os_port_peer(scene->client->port)->pid);
	os_message_write_u32(&message, scene->role);
	scene_send(shell, &message);
}

void shell_tell_ready(struct md_compositor *compositor, const struct scene *scene)
{
	struct scene *shell = told_scene(compositor);
	if (shell == NULL || scene->role == MD_SCENE_SHELL) {
		return;
	}
	struct os_message message;
	scene_begin_event(shell, MD_SCENE_SHELL_READY, &message);
	os_message_write_u64(&message, scene->token);
	scene_send(shell, &message);
}

void shell_tell_went(struct md_compositor *compositor, const struct scene *scene)
{
	struct scene *shell = told_scene(compositor);
	if (shell == NULL || shell == scene || scene->role == MD_SCENE_SHELL) {
		return;
	}
	struct os_message message;
	scene_begin_event(shell, MD_SCENE_SHELL_WENT, &message);
	os_message_write_u64(&message, scene->token);
	os_message_write_text(&message, scene_app(scene));
	scene_send(shell, &message);
}

void shell_tell_key(struct md_compositor *compositor, uint32_t key)
{
	struct scene *shell = told_scene(compositor);
	if (shell != NULL) {
		struct os_message message;
		scene_begin_event(shell, MD_SCENE_SHELL_KEY, &message);
		os_message_write_u32(&message, key);
		scene_send(shell, &message);
	}
}

void shell_tell_power(struct md_compositor *compositor)
{
	struct scene *shell = told_scene(compositor);
	if (shell == NULL) {
		return;
	}
	struct os_power_state state;
	struct os_message message;
	power_state(compositor, &state);
	bool knows_heat = isfinite(state.warmest_c);
	scene_begin_event(shell, MD_SCENE_SHELL_POWER, &message);
	os_message_write_bool(&message, state.has_battery);
	os_message_write_double(&message, state.battery);
	os_message_write_bool(&message, state.is_charging);
	os_message_write_bool(&message, knows_heat);
	os_message_write_double(&message, knows_heat ? state.warmest_c : 0);
	os_message_write_bool(&message, state.is_throttled);
	scene_send(shell, &message);
}

/* --- Coming and going ------------------------------------------------------------------------- */

bool shell_keep_for_a_while(struct md_compositor *compositor, struct scene *scene)
{
	if (compositor->away == NULL || !scene->ready) {
		return false;
	}
	if (compositor->shell.old != NULL) {
		scene_destroy(compositor->shell.old);
	}
	input_scene_went(compositor, scene);
	tools_scene_went(compositor, scene);
	compositor->shell.old = scene;
	compositor->shell.scene = NULL;
	if (compositor->shell.focused == scene) {
		compositor->shell.focused = NULL;
	}
	scene->client->scene_count--;
	scene->commit_count = 0;
	os_timer_set_after(compositor->away, AWAY_US);
	return true;
}

void shell_away_is_over(void *context, int64_t now_us)
{
	struct md_compositor *compositor = context;
	if (compositor->shell.old != NULL) {
		scene_destroy(compositor->shell.old);
	}
}

void shell_scene_ready(struct md_compositor *compositor, struct scene *scene)
{
	if (scene == compositor->shell.scene && compositor->shell.old != NULL) {
		os_timer_cancel(compositor->away);
		scene_destroy(compositor->shell.old);
	}
	shell_tell_ready(compositor, scene);
	compositor_update_focus(compositor);
}

static int attach(struct md_compositor *compositor, struct scene *scene)
{
	if (scene->role != MD_SCENE_SHELL ||
	    (compositor->shell.scene != NULL && compositor->shell.scene != scene)) {
		return -EBUSY;
	}
	compositor->shell.scene = scene;
	compositor->shell.active = 0;
	shell_watch_none(compositor);
	for (int edge = 0; edge < EDGES; edge++) {
		compositor->shell.edges[edge] = 0;
	}
	const struct scene *other;
	os_list_for_each(other, &compositor->scenes, link) {
		if (other != scene) {
			shell_tell_appeared(compositor, other);
			if (other->ready) {
				shell_tell_ready(compositor, other);
			}
		}
	}
	shell_tell_power(compositor);
	compositor_update_focus(compositor);
	frame_clock_need(compositor);
	return 0;
}

/* --- Requests --------------------------------------------------------------------------------- */

static int set_edge(struct md_compositor *compositor, struct os_message *message)
{
	uint32_t edge = os_message_read_u32(message);
	double depth = os_message_read_double(message);
	if (edge >= EDGES || depth < 0 || depth > EDGE_MAX_PT) {
		return -EINVAL;
	}
	compositor->shell.edges[edge] = depth;
	return 0;
}

static int activate(struct md_compositor *compositor, struct os_message *message)
{
	uint64_t active = os_message_read_u64(message);
	struct scene *before = compositor_scene(compositor, compositor->shell.active);
	if (before != NULL && active != compositor->shell.active) {
		snapshot_take(compositor, before); /* it leaves the foreground */
	}
	if (active != compositor->shell.active && active != 0) {
		idle_activity(compositor); /* something new is to be seen */
	}
	compositor->shell.active = active;
	compositor_update_focus(compositor);
	return 0;
}

static int set_safe_area(struct md_compositor *compositor, struct os_message *message)
{
	struct md_insets insets;
	insets.top = os_message_read_double(message);
	insets.left = os_message_read_double(message);
	insets.bottom = os_message_read_double(message);
	insets.right = os_message_read_double(message);
	if (insets.top < 0 || insets.left < 0 || insets.bottom < 0 || insets.right < 0 ||
	    insets.top + insets.bottom > 1000 || insets.left + insets.right > 1000) {
		return -ERANGE;
	}
	const struct md_insets *now = &compositor->shell.safe_area;
	if (now->top == insets.top && now->left == insets.left && now->bottom == insets.bottom &&
	    now->right == insets.right) {
		return 0;
	}
	compositor->shell.safe_area = insets;
	struct scene *scene;
	os_list_for_each(scene, &compositor->scenes, link) {
		if (scene->role == MD_SCENE_APP) {
			configure_send(scene, MD_TRANSITION_NONE);
		}
	}
	return 0;
}

static int take_snapshot(struct md_compositor *compositor, struct os_message *message)
{
	struct scene *scene = compositor_scene(compositor, os_message_read_u64(message));
	if (scene != NULL) {
		snapshot_take(compositor, scene);
	}
	return 0; /* it may have gone meanwhile */
}

int client_shell_request(struct client *client, struct scene *scene, struct os_message *message)
{
	struct md_compositor *compositor = client->compositor;
	if (message->header.type == MD_SCENE_SHELL_ATTACH) {
		return attach(compositor, scene);
	}
	if (compositor->shell.scene != scene) {
		return -EPERM;
	}
	switch (message->header.type) {
	case MD_SCENE_SHELL_EDGE:
		return set_edge(compositor, message);
	case MD_SCENE_SHELL_ACTIVATE:
		return activate(compositor, message);
	case MD_SCENE_SHELL_SAFE_AREA:
		return set_safe_area(compositor, message);
	case MD_SCENE_SHELL_SNAPSHOT:
		return take_snapshot(compositor, message);
	case MD_SCENE_SHELL_HOLD:
		return shell_watch_set_hold(compositor, message);
	case MD_SCENE_SHELL_REST:
		return shell_watch_set_rest(compositor, message);
	case MD_SCENE_SHELL_ASK_POWER:
		power_refresh(compositor);
		return 0;
	default:
		return -EBADMSG;
	}
}
