/* Fingers, keys and text of tools: fed to the script board, or sent as if from a keyboard. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <os/clock.h>
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

/* --- Fingers ---------------------------------------------------------------------------------- */

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
		if (after_us < 0 || after_us > FEED_AHEAD_US || phase > OS_TOUCH_CANCEL ||
		    sample->finger < 0 || sample->finger >= OS_TOUCH_FINGERS ||
		    fabs(point.x) > 1e5 || fabs(point.y) > 1e5) {
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

int tool_feed(struct tool *tool, struct os_message *message)
{
	struct md_compositor *compositor = tool->compositor;
	struct os_touch_sample samples[512];
	uint64_t flow = compositor->tool.last_touch_flow;
	uint32_t count = os_message_read_count(message);
	int result = compositor->input.script == NULL
			 ? -ENOTSUP
			 : read_samples(compositor, message, samples, count, &flow);
	if (result == 0 && count > 0) {
		result =
		    compositor->script_board->touch->feed(compositor->input.script, samples, count);
	}
	if (result < 0) {
		return os_port_reply_error(tool->port, message, result);
	}
	compositor->tool.last_touch_flow = flow;
	compositor->tool.fed += count;
	struct feed *feed = os_alloc(sizeof(*feed));
	*feed = (struct feed){.last = compositor->tool.fed,
			      .flow = flow,
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

/* --- Keys and text ---------------------------------------------------------------------------- */

int tool_key(struct tool *tool, struct os_message *message)
{
	struct os_key_sample sample = {.time_us = os_clock_now_us()};
	sample.key = os_message_read_u32(message);
	sample.modifiers = os_message_read_u32(message);
	bool stays_down = os_message_read_bool(message);
	const char *text = os_message_read_text(message);
	snprintf(sample.text, sizeof(sample.text), "%s",
		 strlen(text) < sizeof(sample.text) ? text : "");
	sample.down = true;
	tools_note_activity(tool->compositor);
	input_key(tool->compositor, &sample);
	if (!stays_down) {
		sample.down = false;
		sample.text[0] = '\0';
		input_key(tool->compositor, &sample);
	}
	return tool_reply_empty(tool, message);
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

int tool_type(struct tool *tool, struct os_message *message)
{
	struct md_compositor *compositor = tool->compositor;
	idle_activity(compositor);
	struct scene *scene = compositor_focused(compositor);
	const char *text = os_message_read_text(message);
	if (scene == NULL || scene->field == 0) {
		return os_port_reply_error(tool->port, message, -ENOENT);
	}
	struct typing *typing = os_alloc(sizeof(*typing));
	typing->scene = scene;
	typing->serial = ++scene->last_input;
	typing->pending = pending_create(tool, message, -1);
	typing->timer = os_timer_create(compositor->loop, OS_TIMER_REAL, OS_LOOP_MODE_COMMON,
					typing_is_late, typing);
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

void tools_end_typing(struct md_compositor *compositor, const struct scene *scene)
{
	struct typing *typing, *next;
	os_list_for_each_safe(typing, next, &compositor->tool.typings, link) {
		if (scene == NULL || typing->scene == scene) {
			end_typing(typing, -EPIPE);
		}
	}
}
