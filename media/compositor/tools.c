#include "tools.h"

#include <errno.h>
#include <linux/input-event-codes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <md/device_interface.h>
#include <os/clock.h>
#include <os/file.h>
#include <os/memory.h>
#include <os/trace.h>

#include "compositor_private.h"

/* --- Owed answers ----------------------------------------------------------------------------- */

struct pending *pending_create(struct tool *tool, const struct os_message *request, int fd)
{
	struct pending *pending = os_alloc(sizeof(*pending));
	*pending = (struct pending){.tool = tool,
				    .index = request->header.type,
				    .serial = request->header.serial,
				    .fd = fd};
	os_list_init(&pending->wait_link);
	os_list_append(&tool->pendings, &pending->link);
	return pending;
}

static void pending_free(struct pending *pending)
{
	os_list_remove(&pending->link);
	os_list_remove(&pending->wait_link);
	os_fd_close(pending->fd);
	os_free(pending);
}

void pending_begin(const struct pending *pending, struct os_message *ret_reply)
{
	os_message_init_late_reply(ret_reply, &md_device_interface.requests[pending->index],
				   pending->index, pending->serial);
}

void pending_send(struct pending *pending, struct os_message *reply)
{
	if (pending->tool != NULL) {
		os_port_reply(pending->tool->port, reply);
	} else {
		os_message_finish(reply);
	}
	pending_free(pending);
}

void pending_fail(struct pending *pending, int status)
{
	if (pending->tool != NULL) {
		os_port_reply_error_late(pending->tool->port, pending->index, pending->serial,
					 status);
	}
	pending_free(pending);
}

void pending_done(struct pending *pending)
{
	struct os_message reply;
	pending_begin(pending, &reply);
	pending_send(pending, &reply);
}

int tool_reply_empty(struct tool *tool, const struct os_message *request)
{
	struct os_message reply;
	os_message_init_reply(&reply, request);
	os_port_reply(tool->port, &reply);
	return 0;
}

void tools_scene_went(struct md_compositor *compositor, struct scene *scene)
{
	tools_end_typing(compositor, scene);
	queries_end(scene);
}

/* --- Short ones ------------------------------------------------------------------------------- */

static int tool_info(struct tool *tool, struct os_message *message)
{
	struct md_compositor *compositor = tool->compositor;
	const struct scene *scene = compositor_focused(compositor);
	struct os_message reply;
	os_message_init_reply(&reply, message);
	os_message_write_u32(&reply, (uint32_t)compositor->mode.width_px);
	os_message_write_u32(&reply, (uint32_t)compositor->mode.height_px);
	os_message_write_double(&reply, compositor->mode.scale);
	os_message_write_double(&reply, compositor->mode.rate_mhz / 1000.0);
	os_message_write_i32(&reply, compositor->settings.orientation);
	os_message_write_u64(&reply, compositor->counts.frames_presented);
	const char *app = scene == NULL ? "" : scene_app(scene);
	os_message_write_text(&reply, strlen(app) <= 64 ? app : "");
	os_port_reply(tool->port, &reply);
	return 0;
}

static int tool_power(struct tool *tool, struct os_message *message)
{
	struct md_compositor *compositor = tool->compositor;
	struct os_power_state state;
	power_refresh(compositor);
	power_state(compositor, &state);
	bool knows_heat = isfinite(state.warmest_c);
	struct os_message reply;
	os_message_init_reply(&reply, message);
	os_message_write_text(&reply, idle_word(compositor));
	os_message_write_double(&reply, compositor->power.config.brightness);
	os_message_write_bool(&reply, state.has_backlight);
	os_message_write_bool(&reply, state.has_battery);
	os_message_write_double(&reply, state.battery);
	os_message_write_bool(&reply, state.is_charging);
	os_message_write_bool(&reply, knows_heat);
	os_message_write_double(&reply, knows_heat ? state.warmest_c : 0);
	os_message_write_bool(&reply, state.is_throttled);
	os_port_reply(tool->port, &reply);
	return 0;
}

static int tool_set_battery(struct tool *tool, struct os_message *message)
{
	double level = os_message_read_double(message);
	bool charging = os_message_read_bool(message);
	if (level > 1) {
		return os_port_reply_error(tool->port, message, -ERANGE);
	}
	power_simulate_battery(tool->compositor, level, charging);
	return tool_reply_empty(tool, message);
}

static int tool_set_orientation(struct tool *tool, struct os_message *message)
{
	struct md_compositor *compositor = tool->compositor;
	idle_activity(compositor);
	struct pending *pending = pending_create(tool, message, -1);
	os_list_append(&compositor->tool.turns, &pending->wait_link);
	int result = configure_set_orientation(compositor, os_message_read_i32(message));
	if (result < 0) {
		pending_fail(pending, result);
	} else if (!change_is_moving(compositor)) {
		tools_turned(compositor);
	}
	return 0;
}

void tools_turned(struct md_compositor *compositor)
{
	struct pending *pending, *next;
	os_list_for_each_safe(pending, next, &compositor->tool.turns, wait_link) {
		pending_done(pending);
	}
}

static void update_watches(struct md_compositor *compositor)
{
	const struct tool *tool;
	compositor->tool.watches_frames = false;
	os_list_for_each(tool, &compositor->tools, link) {
		compositor->tool.watches_frames |= tool->watches_frames;
	}
}

static int tool_frames(struct tool *tool, struct os_message *message)
{
	tool->watches_frames = os_message_read_bool(message);
	update_watches(tool->compositor);
	return tool_reply_empty(tool, message);
}

static void update_pause(struct md_compositor *compositor)
{
	const struct tool *tool;
	bool paused = false;
	os_list_for_each(tool, &compositor->tools, link) {
		paused |= tool->pauses_input;
	}
	input_doors_pause(compositor, paused);
}

static int tool_pause_input(struct tool *tool, struct os_message *message)
{
	tool->pauses_input = os_message_read_bool(message);
	update_pause(tool->compositor);
	return tool_reply_empty(tool, message);
}

static void send_frame(const struct md_compositor *compositor, const struct tool *tool,
		       uint64_t frame, int64_t target_us)
{
	const struct os_array *moved = &compositor->frames.moved;
	struct os_message message;
	os_message_init(&message, &md_device_interface.events[MD_DEVICE_FRAME], MD_DEVICE_FRAME);
	os_message_write_u64(&message, frame);
	os_message_write_i64(&message, target_us);
	os_message_write_count(&message, (uint32_t)moved->count);
	for (size_t i = 0; i < moved->count; i++) {
		const struct moved *one = os_array_at(moved, i);
		os_message_write_u32(&message, one->layer);
		os_message_write_u32(&message, one->property);
		os_message_write_u64(&message, one->client);
		for (int k = 0; k < MD_ANIMATION_VALUES; k++) {
			os_message_write_double(&message, one->value[k]);
		}
	}
	os_port_send(tool->port, &message);
}

void tools_frame_presented(struct md_compositor *compositor, uint64_t frame, int64_t target_us)
{
	if (animator_is_moving(compositor, true)) {
		tools_note_activity(compositor);
	}
	const struct tool *tool;
	os_list_for_each(tool, &compositor->tools, link) {
		if (tool->watches_frames) {
			send_frame(compositor, tool, frame, target_us);
		}
	}
}

void tools_note_activity(struct md_compositor *compositor)
{
	compositor->tool.active_us = os_clock_now_us();
}

int tool_visible_scenes(struct md_compositor *compositor, struct scene *ret_scenes[TOOL_SCENES_MAX])
{
	int count = 0;
	struct scene *focused = compositor_focused(compositor), *scene;
	for (int turn = 0; turn < 4; turn++) {
		os_list_for_each_reverse(scene, &compositor->scenes, link) {
			int its_turn = scene->role == MD_SCENE_KEYBOARD ? 0
				       : scene == focused               ? 1
				       : scene->role == MD_SCENE_APP    ? 2
									: 3;
			if (its_turn == turn && scene->client != NULL && scene_is_visible(scene) &&
			    count < TOOL_SCENES_MAX) {
				ret_scenes[count++] = scene;
			}
		}
	}
	return count;
}

/* --- Messages --------------------------------------------------------------------------------- */

static int did_receive(void *context, struct os_port *port, struct os_message *message)
{
	static int (*const s_requests[MD_DEVICE_REQUESTS])(struct tool * tool,
							   struct os_message * message) = {
	    [MD_DEVICE_FEED] = tool_feed,
	    [MD_DEVICE_KEY] = tool_key,
	    [MD_DEVICE_TYPE] = tool_type,
	    [MD_DEVICE_SCREENSHOT] = tool_screenshot,
	    [MD_DEVICE_TREE] = tool_tree,
	    [MD_DEVICE_ACTION] = tool_action,
	    [MD_DEVICE_SCROLL_TO] = tool_scroll_to,
	    [MD_DEVICE_SETTLED] = tool_settled,
	    [MD_DEVICE_INFO] = tool_info,
	    [MD_DEVICE_SET_ORIENTATION] = tool_set_orientation,
	    [MD_DEVICE_FRAMES] = tool_frames,
	    [MD_DEVICE_HIT] = tool_hit,
	    [MD_DEVICE_PAUSE_INPUT] = tool_pause_input,
	    [MD_DEVICE_POWER] = tool_power,
	    [MD_DEVICE_INPUTS] = input_devices_tell,
	    [MD_DEVICE_SET_BATTERY] = tool_set_battery,
	    [MD_DEVICE_SCREENSHOT_SHOWN] = tool_screenshot_shown,
	    [MD_DEVICE_DISPLAY] = tool_display,
	    [MD_DEVICE_VIEW] = tool_view,
	    [MD_DEVICE_VIEW_NEXT] = tool_view_next,
	};
	return s_requests[message->header.type](context, message);
}

static void tool_destroy(struct tool *tool)
{
	struct pending *pending, *next;
	tool_end_view(tool);
	os_list_for_each_safe(pending, next, &tool->pendings, link) {
		pending->tool = NULL;
		os_list_remove(&pending->link);
	}
	os_list_remove(&tool->link);
	update_watches(tool->compositor);
	update_pause(tool->compositor);
	os_port_close(tool->port);
	os_port_release(tool->port);
	os_free(tool);
}

static void did_close(void *context, struct os_port *port, int reason)
{
	tool_destroy(context);
}

void tool_create(struct md_compositor *compositor, int fd, uint64_t connection,
		 const struct os_peer *peer)
{
	static const struct os_port_delegate s_delegate = {
	    .struct_size = sizeof(s_delegate), .message = did_receive, .closed = did_close};
	struct tool *tool = os_alloc(sizeof(*tool));
	tool->compositor = compositor;
	os_list_init(&tool->pendings);
	tool->port = os_port_create(compositor->loop, fd, &md_device_interface, OS_PORT_SERVER,
				    &s_delegate, tool);
	os_port_set_peer(tool->port, peer);
	os_port_set_connection(tool->port, connection);
	os_list_append(&compositor->tools, &tool->link);
}

void tools_init(struct md_compositor *compositor)
{
	os_list_init(&compositor->tool.feeds);
	os_list_init(&compositor->tool.typings);
	os_list_init(&compositor->tool.turns);
}

void tools_finish(struct md_compositor *compositor)
{
	struct tool *tool, *next;
	os_list_for_each_safe(tool, next, &compositor->tools, link) {
		tool_destroy(tool);
	}
	compositor->tool.played = UINT64_MAX / 2; /* nobody waits any more */
	tools_samples_played(compositor, 0);
	tools_turned(compositor);
	tools_end_typing(compositor, NULL);
}
