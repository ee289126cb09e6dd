/* What the compositor tells a scene, turned into its delegate's calls. */
#include "scene_private.h"

#include <math.h>

#include <os/memory.h>
#include <os/trace.h>

#include "layer_ops.h"
#include "layer_private.h"

#define TOUCHES 128

static void configure(struct md_scene *scene, struct os_message *message)
{
	struct md_scene_configuration *to = &scene->configuration;
	to->serial = os_message_read_u32(message);
	to->size.width = os_message_read_double(message);
	to->size.height = os_message_read_double(message);
	to->scale = os_message_read_double(message);
	to->safe_area.top = os_message_read_double(message);
	to->safe_area.left = os_message_read_double(message);
	to->safe_area.bottom = os_message_read_double(message);
	to->safe_area.right = os_message_read_double(message);
	to->orientation = os_message_read_i32(message);
	uint32_t flags = os_message_read_u32(message);
	to->dark = flags & MD_CONFIGURE_DARK;
	to->high_contrast = flags & MD_CONFIGURE_HIGH_CONTRAST;
	to->reduce_motion = flags & MD_CONFIGURE_REDUCE_MOTION;
	to->rtl = flags & MD_CONFIGURE_RTL;
	to->hardware_keyboard = flags & MD_CONFIGURE_HARDWARE_KEYBOARD;
	to->walls_missing = flags & MD_CONFIGURE_WALLS_MISSING;
	to->text_size = os_message_read_i32(message);
	to->rate_hz = os_message_read_double(message);
	to->transition = (enum md_transition)os_message_read_u32(message);
	scene->configured = true;
	md_layer_set_frame(scene->root, (struct md_rect){0, 0, to->size.width, to->size.height});
	if (scene->delegate->configure != NULL) {
		scene->delegate->configure(scene->context, to);
	}
}

void md_scene_answer_tick(void *context)
{
	struct md_scene *scene = context;
	if (!scene->tick_open) {
		return;
	}
	scene->tick_open = false;
	struct os_message message;
	md_scene_message(scene, MD_SCENE_TICK_DONE, &message);
	os_message_write_u64(&message, scene->tick.frame);
	md_scene_post(scene, &message);
}

static void tick(struct md_scene *scene, struct os_message *message)
{
	scene->tick.frame = os_message_read_u64(message);
	scene->tick.target_us = os_message_read_i64(message);
	scene->tick.latch_us = os_message_read_i64(message);
	scene->tick.period_us = os_message_read_i64(message);
	scene->tick_asked = false;
	scene->tick_open = true;
	scene->flow = os_flow_current() != 0 ? os_flow_current() : scene->flow;
	scene->counts.ticks++;
	/* A tick without a commit by the end of this turn changed nothing. */
	os_loop_defer(scene->client->loop, OS_LOOP_MODE_COMMON, md_scene_answer_tick, scene);
	if (scene->delegate->tick != NULL) {
		scene->delegate->tick(scene->context, &scene->tick);
	}
}

static void follow(struct md_scene *scene, const struct md_touch *touch)
{
	struct md_live_touch *live = &scene->touches[touch->finger];
	live->down = touch->phase == MD_TOUCH_DOWN || touch->phase == MD_TOUCH_MOVE;
	live->position = touch->position;
	live->edge = touch->edge;
	live->flow = touch->flow;
}

static void touches(struct md_scene *scene, struct os_message *message)
{
	int64_t began_us = OS_TRACE_BEGIN();
	struct md_touch list[TOUCHES];
	uint32_t count = os_message_read_count(message);
	for (uint32_t i = 0; i < count; i++) {
		struct md_touch *touch = &list[i];
		*touch = (struct md_touch){.time_us = os_message_read_i64(message)};
		int finger =
		    os_message_read_i32(message); /* once: OS_CLAMP reads it again and again */
		touch->finger = OS_CLAMP(finger, 0, OS_TOUCH_FINGERS - 1);
		touch->phase = (enum md_touch_phase)os_message_read_u32(message);
		touch->position.x = os_message_read_double(message);
		touch->position.y = os_message_read_double(message);
		touch->radius = os_message_read_double(message);
		touch->flow = os_message_read_u64(message);
		touch->edge = os_message_read_bool(message);
		follow(scene, touch);
	}
	scene->flow = os_flow_current() != 0 ? os_flow_current() : scene->flow;
	if (count > 0 && scene->delegate->touches != NULL) {
		scene->delegate->touches(scene->context, list, count);
	}
	OS_TRACE_END("media", "touches", began_us, count);
}

void md_scene_cancel_touches(struct md_scene *scene)
{
	struct md_touch list[OS_TOUCH_FINGERS];
	size_t count = 0;
	for (int finger = 0; finger < OS_TOUCH_FINGERS; finger++) {
		struct md_live_touch *live = &scene->touches[finger];
		if (live->down) {
			list[count++] = (struct md_touch){.time_us = os_clock_now_us(),
							  .finger = finger,
							  .phase = MD_TOUCH_CANCEL,
							  .position = live->position,
							  .flow = live->flow,
							  .edge = live->edge};
			live->down = false;
		}
	}
	if (count > 0 && scene->delegate->touches != NULL) {
		scene->delegate->touches(scene->context, list, count);
	}
}

static void key(struct md_scene *scene, struct os_message *message)
{
	struct md_key_event event = {.time_us = os_message_read_i64(message)};
	event.key = os_message_read_u32(message);
	event.modifiers = os_message_read_u32(message);
	event.down = os_message_read_bool(message);
	event.repeat = os_message_read_bool(message);
	event.text = os_message_read_text(message);
	scene->flow = os_flow_current() != 0 ? os_flow_current() : scene->flow;
	if (scene->delegate->key != NULL) {
		scene->delegate->key(scene->context, &event);
	}
}

static void scrolled(struct md_scene *scene, struct os_message *message)
{
	os_message_read_i64(message);
	double number[4];
	for (size_t i = 0; i < OS_ARRAY_LEN(number); i++) {
		number[i] = os_message_read_double(message);
		if (!isfinite(number[i])) {
			return;
		}
	}
	scene->flow = os_flow_current() != 0 ? os_flow_current() : scene->flow;
	if (scene->delegate->scroll != NULL) {
		scene->delegate->scroll(scene->context, (struct md_point){number[0], number[1]},
					(struct md_point){number[2], number[3]});
	}
}

static void presented(struct md_scene *scene, struct os_message *message)
{
	uint32_t serial = os_message_read_u32(message);
	uint64_t frame = os_message_read_u64(message);
	int64_t begin_us = os_message_read_i64(message);
	int64_t time_us = os_message_read_i64(message);
	int64_t guessed_us = scene->commits[serial % MD_COMMITS_REMEMBERED].begin_us;
	if (scene->commits[serial % MD_COMMITS_REMEMBERED].serial == serial &&
	    guessed_us != begin_us) {
		/* It was late, or aimed at no frame: its animations began when it was shown. */
		scene->counts.late++;
		struct md_layer *layer;
		os_list_for_each(layer, &scene->layers, link) {
			md_layer_move_animations(layer, guessed_us, begin_us);
		}
	}
	if (scene->delegate->presented != NULL) {
		scene->delegate->presented(scene->context, frame, time_us);
	}
}

static void animation_done(struct md_scene *scene, struct os_message *message)
{
	uint32_t id = os_message_read_u32(message);
	const char *name = os_message_read_text(message);
	bool finished = os_message_read_bool(message);
	int64_t begin_us = os_message_read_i64(message);
	struct md_layer *layer;
	os_list_for_each(layer, &scene->layers, link) {
		if (layer->id == id) {
			md_layer_retain(layer);
			md_layer_animation_ended(layer, name, begin_us, finished);
			md_layer_release(layer);
			return;
		}
	}
}

static void input(struct md_scene *scene, struct os_message *message)
{
	uint32_t serial = os_message_read_u32(message);
	size_t length;
	const void *bytes = os_message_read_bytes(message, &length);
	scene->flow = os_flow_current() != 0 ? os_flow_current() : scene->flow;
	if (scene->delegate->input != NULL) {
		scene->delegate->input(scene->context, bytes, length, serial);
	} else {
		md_scene_ack_input(scene, serial);
	}
}

static void query(struct md_scene *scene, struct os_message *message)
{
	uint32_t serial = os_message_read_u32(message);
	enum md_query what = (enum md_query)os_message_read_u32(message);
	const char *argument = os_message_read_text(message);
	if (scene->delegate->query != NULL) {
		scene->delegate->query(scene->context, serial, what, argument);
	} else {
		md_scene_answer(scene, serial, "", 0);
	}
}

void md_scene_set_seen(struct md_scene *scene, bool seen)
{
	if (scene->unseen == seen) {
		scene->unseen = !seen;
		if (scene->delegate->seen != NULL) {
			scene->delegate->seen(scene->context, seen);
		}
	}
}

int md_scene_handle(struct md_scene *scene, struct os_message *message)
{
	switch (message->header.type) {
	case MD_SCENE_CREATED:
		scene->token = os_message_read_u64(message);
		break;
	case MD_SCENE_CONFIGURE:
		configure(scene, message);
		break;
	case MD_SCENE_TICK:
		tick(scene, message);
		break;
	case MD_SCENE_TOUCHES:
		touches(scene, message);
		break;
	case MD_SCENE_KEY:
		key(scene, message);
		break;
	case MD_SCENE_SCROLL:
		scrolled(scene, message);
		break;
	case MD_SCENE_FOCUS:
		if (scene->delegate->focus != NULL) {
			scene->delegate->focus(scene->context, os_message_read_bool(message));
		}
		break;
	case MD_SCENE_SEEN:
		md_scene_set_seen(scene, os_message_read_bool(message));
		break;
	case MD_SCENE_PRESENTED:
		presented(scene, message);
		break;
	case MD_SCENE_ANIMATION_DONE:
		animation_done(scene, message);
		break;
	case MD_SCENE_INPUT_EVENT:
		input(scene, message);
		break;
	case MD_SCENE_QUERY:
		query(scene, message);
		break;
	case MD_SCENE_TOUCH_DEVICES:
	case MD_SCENE_CALIBRATION_ENDED:
		md_calibration_handle(scene, message);
		break;
	default:
		return md_shell_handle(scene, message);
	}
	return 0;
}
