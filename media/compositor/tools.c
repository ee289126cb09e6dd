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

#define TYPE_TIMEOUT_US (3 * OS_US_PER_S)
#define FEED_AHEAD_US (3600 * OS_US_PER_S)

/* An answer owed once this many samples were played. */
struct feed {
	struct os_list link; /* tools_state.feeds */
	uint64_t last;
	uint64_t flow;
	struct pending *pending;
};

/* Text on its way into a field. */
struct typing {
	struct os_list link; /* tools_state.typings */
	struct scene *scene;
	uint32_t serial;
	struct pending *pending;
	struct os_timer *timer;
};

/* --- Owed answers ---------------------------------------------------------------------------------------- */

struct pending *pending_create(struct tool *tool, const struct os_message *request, int fd)
{
	struct pending *pending = os_alloc(sizeof(*pending));
	*pending = (struct pending){.tool = tool, .index = request->header.type, .serial = request->header.serial,
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
	os_message_init_late_reply(ret_reply, &md_device_interface.requests[pending->index], pending->index,
	                           pending->serial);
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
		os_port_reply_error_late(pending->tool->port, pending->index, pending->serial, status);
	}
	pending_free(pending);
}

static void pending_done(struct pending *pending)
{
	struct os_message reply;
	pending_begin(pending, &reply);
	pending_send(pending, &reply);
}

static int reply_empty(struct tool *tool, const struct os_message *request)
{
	struct os_message reply;
	os_message_init_reply(&reply, request);
	os_port_reply(tool->port, &reply);
	return 0;
}

/* --- Fingers ------------------------------------------------------------------------------------------------ */

static int read_samples(struct md_compositor *compositor, struct os_message *message,
                        struct os_touch_sample *samples, uint32_t count, uint64_t *ret_flow)
{
	int64_t now_us = os_clock_now_us();
	int result = 0;
	for (uint32_t i = 0; i < count; i++) {
		struct os_touch_sample *sample = &samples[i];
		int64_t after_us = os_message_read_i64(message);
		*sample = (struct os_touch_sample){.finger = os_message_read_i32(message)};
		uint32_t phase = os_message_read_u32(message);
		struct md_point point;
		point.x = os_message_read_double(message);
		point.y = os_message_read_double(message);
		if (after_us < 0 || after_us > FEED_AHEAD_US || phase > OS_TOUCH_CANCEL || sample->finger < 0 ||
		    sample->finger >= OS_TOUCH_FINGERS || fabs(point.x) > 1e5 || fabs(point.y) > 1e5) {
			result = -EINVAL;
			continue;
		}
		sample->time_us = now_us + after_us;
		sample->phase = (enum os_touch_phase)phase;
		input_to_panel(compositor, point, &sample->x, &sample->y);
		if (sample->phase == OS_TOUCH_DOWN) {
			sample->flow = os_flow_create(OS_FLOW_TOUCH);
			*ret_flow = sample->flow;
		}
	}
	return result;
}

static int tool_feed(struct tool *tool, struct os_message *message)
{
	struct md_compositor *compositor = tool->compositor;
	struct os_touch_sample samples[512];
	uint64_t flow = compositor->tool.last_touch_flow;
	uint32_t count = os_message_read_count(message);
	int result = compositor->input.script == NULL ? -ENOTSUP
	                                              : read_samples(compositor, message, samples, count, &flow);
	if (result == 0 && count > 0) {
		result = compositor->script_board->touch->feed(compositor->input.script, samples, count);
	}
	if (result < 0) {
		return os_port_reply_error(tool->port, message, result);
	}
	compositor->tool.last_touch_flow = flow;
	compositor->tool.fed += count;
	struct feed *feed = os_alloc(sizeof(*feed));
	*feed = (struct feed){.last = compositor->tool.fed, .flow = flow,
	                      .pending = pending_create(tool, message, -1)};
	os_list_append(&compositor->tool.feeds, &feed->link);
	tools_samples_played(compositor, 0);
	return 0;
}

void tools_samples_played(struct md_compositor *compositor, size_t count)
{
	compositor->tool.played += count;
	struct feed *feed, *next;
	os_list_for_each_safe(feed, next, &compositor->tool.feeds, link) {
		if (feed->last > compositor->tool.played) {
			continue;
		}
		struct os_message reply;
		pending_begin(feed->pending, &reply);
		os_message_write_u64(&reply, feed->flow);
		pending_send(feed->pending, &reply);
		os_list_remove(&feed->link);
		os_free(feed);
	}
}

/* --- Keys and text --------------------------------------------------------------------------------------------- */

static int tool_key(struct tool *tool, struct os_message *message)
{
	struct os_key_sample sample = {.time_us = os_clock_now_us()};
	sample.key = os_message_read_u32(message);
	sample.modifiers = os_message_read_u32(message);
	bool stays_down = os_message_read_bool(message);
	const char *text = os_message_read_text(message);
	snprintf(sample.text, sizeof(sample.text), "%s", strlen(text) < sizeof(sample.text) ? text : "");
	sample.down = true;
	tools_note_activity(tool->compositor);
	input_key(tool->compositor, &sample);
	if (!stays_down) {
		sample.down = false;
		sample.text[0] = '\0';
		input_key(tool->compositor, &sample);
	}
	return reply_empty(tool, message);
}

static void end_typing(struct typing *typing, int status)
{
	os_list_remove(&typing->link);
	os_timer_release(typing->timer);
	if (status < 0) {
		pending_fail(typing->pending, status);
	} else {
		pending_done(typing->pending);
	}
	os_free(typing);
}

static void typing_is_late(void *context, int64_t now_us)
{
	end_typing(context, -ETIMEDOUT);
}

static int tool_type(struct tool *tool, struct os_message *message)
{
	struct md_compositor *compositor = tool->compositor;
	struct scene *scene = compositor_focused(compositor);
	const char *text = os_message_read_text(message);
	if (scene == NULL || scene->field == 0) {
		return os_port_reply_error(tool->port, message, -ENOENT);
	}
	struct typing *typing = os_alloc(sizeof(*typing));
	typing->scene = scene;
	typing->serial = ++scene->last_input;
	typing->pending = pending_create(tool, message, -1);
	typing->timer = os_timer_create(compositor->loop, OS_TIMER_REAL, OS_LOOP_MODE_COMMON, typing_is_late, typing);
	os_timer_set_after(typing->timer, TYPE_TIMEOUT_US);
	os_list_append(&compositor->tool.typings, &typing->link);
	struct os_buffer bytes = {0};
	os_buffer_add_char(&bytes, MD_INPUT_TEXT);
	os_buffer_add_text(&bytes, text);
	struct os_message event;
	scene_begin_event(scene, MD_SCENE_INPUT_EVENT, &event);
	event.header.flow = os_flow_create(OS_FLOW_KEY);
	os_message_write_u32(&event, typing->serial);
	os_message_write_bytes(&event, bytes.bytes, bytes.length);
	scene_send(scene, &event);
	os_buffer_finish(&bytes);
	tools_note_activity(compositor);
	return 0;
}

void tools_input_taken(struct scene *scene, uint32_t serial)
{
	struct typing *typing, *next;
	os_list_for_each_safe(typing, next, &scene->compositor->tool.typings, link) {
		if (typing->scene == scene && typing->serial == serial) {
			end_typing(typing, 0);
		}
	}
}

void tools_scene_went(struct md_compositor *compositor, struct scene *scene)
{
	struct typing *typing, *next;
	os_list_for_each_safe(typing, next, &compositor->tool.typings, link) {
		if (typing->scene == scene) {
			end_typing(typing, -EPIPE);
		}
	}
	queries_end(scene);
}

/* --- Short ones --------------------------------------------------------------------------------------------------- */

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

static int tool_set_orientation(struct tool *tool, struct os_message *message)
{
	struct md_compositor *compositor = tool->compositor;
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
	return reply_empty(tool, message);
}

static void send_frame(const struct md_compositor *compositor, const struct tool *tool, uint64_t frame,
                       int64_t target_us)
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
			if (its_turn == turn && scene->client != NULL && scene_is_visible(scene) && count < TOOL_SCENES_MAX) {
				ret_scenes[count++] = scene;
			}
		}
	}
	return count;
}

/* --- Messages -------------------------------------------------------------------------------------------------------- */

static int did_receive(void *context, struct os_port *port, struct os_message *message)
{
	static int (*const s_requests[MD_DEVICE_REQUESTS])(struct tool *tool, struct os_message *message) = {
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
	};
	return s_requests[message->header.type](context, message);
}

static void tool_destroy(struct tool *tool)
{
	struct pending *pending, *next;
	os_list_for_each_safe(pending, next, &tool->pendings, link) {
		pending->tool = NULL;
		os_list_remove(&pending->link);
	}
	os_list_remove(&tool->link);
	update_watches(tool->compositor);
	os_port_close(tool->port);
	os_port_release(tool->port);
	os_free(tool);
}

static void did_close(void *context, struct os_port *port, int reason)
{
	tool_destroy(context);
}

void tool_create(struct md_compositor *compositor, int fd, uint64_t connection, const struct os_peer *peer)
{
	static const struct os_port_delegate s_delegate = {
		.struct_size = sizeof(s_delegate), .message = did_receive, .closed = did_close};
	struct tool *tool = os_alloc(sizeof(*tool));
	tool->compositor = compositor;
	os_list_init(&tool->pendings);
	tool->port = os_port_create(compositor->loop, fd, &md_device_interface, OS_PORT_SERVER, &s_delegate, tool);
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
	struct typing *typing, *after;
	os_list_for_each_safe(typing, after, &compositor->tool.typings, link) {
		end_typing(typing, -EPIPE);
	}
}
