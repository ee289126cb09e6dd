#include "input.h"

#include <linux/input-event-codes.h>
#include <math.h>

#include <os/clock.h>
#include <os/memory.h>
#include <os/trace.h>

#include "compositor_private.h"

#define CHANGES_MAX 64  /* downs and ups that an app may have unanswered */
#define MOVES_OVERDUE 8 /* of one finger, while a tick is unanswered */
#define MESSAGE_TOUCHES 128

/* --- Points ----------------------------------------------------------------------------------- */

struct md_point input_to_screen(const struct md_compositor *compositor, double x, double y)
{
	struct md_affine to_screen = MD_AFFINE_IDENTITY;
	md_affine_invert(compositor->to_px, &to_screen);
	return md_affine_apply(to_screen, (struct md_point){x * compositor->mode.width_px,
							    y * compositor->mode.height_px});
}

void input_to_panel(const struct md_compositor *compositor, struct md_point point, double *ret_x,
		    double *ret_y)
{
	struct md_point px = md_affine_apply(compositor->to_px, point);
	*ret_x = px.x / compositor->mode.width_px;
	*ret_y = px.y / compositor->mode.height_px;
}

/* --- To scenes -------------------------------------------------------------------------------- */

static void send_touches(struct scene *scene, const struct pending_touch *touches, int count)
{
	if (count == 0) {
		return;
	}
	struct os_message message;
	scene_begin_event(scene, MD_SCENE_TOUCHES, &message);
	message.header.flow = touches[count - 1].flow;
	os_message_write_count(&message, (uint32_t)count);
	for (int i = 0; i < count; i++) {
		const struct pending_touch *touch = &touches[i];
		os_message_write_i64(&message, touch->time_us);
		os_message_write_i32(&message, touch->finger);
		os_message_write_u32(&message, touch->phase);
		os_message_write_double(&message, touch->position.x);
		os_message_write_double(&message, touch->position.y);
		os_message_write_double(&message, touch->radius);
		os_message_write_u64(&message, touch->flow);
		os_message_write_bool(&message, touch->edge);
	}
	scene_send(scene, &message);
	scene->tick_flow = touches[count - 1].flow;
}

void input_send_moves(struct scene *scene)
{
	send_touches(scene, scene->moves, scene->move_count);
	scene->move_count = 0;
}

static void drop_moves(struct scene *scene, int finger)
{
	int kept = 0;
	for (int i = 0; i < scene->move_count; i++) {
		if (scene->moves[i].finger != finger) {
			scene->moves[kept++] = scene->moves[i];
		}
	}
	scene->move_count = kept;
}

/* While the app has an unanswered tick, only the last moves of a finger are kept. */
static void coalesce(struct scene *scene, int finger)
{
	int of_finger = 0, oldest = -1;
	for (int i = scene->move_count - 1; i >= 0; i--) {
		if (scene->moves[i].finger == finger) {
			of_finger++;
			oldest = i;
		}
	}
	bool full = scene->move_count == SCENE_MOVES_MAX;
	if (oldest >= 0 && (full || (scene->tick_open && of_finger >= MOVES_OVERDUE))) {
		for (int i = oldest; i + 1 < scene->move_count; i++) {
			scene->moves[i] = scene->moves[i + 1];
		}
		scene->move_count--;
	} else if (full) {
		scene->move_count--;
	}
}

static void queue_move(struct scene *scene, const struct pending_touch *touch)
{
	coalesce(scene, touch->finger);
	scene->moves[scene->move_count++] = *touch;
	scene->touched = true;
	frame_clock_tick(scene->compositor);
}

/* An app that lets too many downs and ups pile up loses the touch whole. */
static bool is_drowned(struct scene *scene, const struct pending_touch *touch)
{
	uint32_t bit = 1u << touch->finger;
	bool ends = touch->phase == MD_TOUCH_UP || touch->phase == MD_TOUCH_CANCEL;
	if (scene->drowned & bit) {
		scene->drowned &= ends ? ~bit : ~0u;
		return true;
	}
	if (touch->phase == MD_TOUCH_DOWN && scene->changes_sent >= CHANGES_MAX) {
		scene->drowned |= bit;
		return true;
	}
	return false;
}

void input_deliver(struct md_compositor *compositor, const struct finger *finger, int number,
		   const struct os_touch_sample *sample, enum md_touch_phase phase)
{
	struct scene *scene = finger->scene;
	if (scene == NULL || scene->client == NULL) {
		return;
	}
	struct md_point point = input_to_screen(compositor, sample->x, sample->y);
	struct pending_touch touch = {.time_us = sample->time_us,
				      .finger = number,
				      .phase = phase,
				      .position = hit_convert(scene, point),
				      .radius = sample->radius * compositor->screen.width,
				      .flow = finger->flow,
				      .edge = finger->edge != FINGER_NO_EDGE};
	if (!isfinite(touch.position.x) || !isfinite(touch.position.y) ||
	    is_drowned(scene, &touch)) {
		return;
	}
	if (phase == MD_TOUCH_MOVE) {
		queue_move(scene, &touch);
		return;
	}
	if (phase == MD_TOUCH_CANCEL) {
		drop_moves(scene, number);
	}
	input_send_moves(scene);
	send_touches(scene, &touch, 1);
	scene->changes_sent++;
	scene->touched = true;
	frame_clock_tick(compositor);
}

void input_tick_answered(struct scene *scene)
{
	scene->changes_sent = 0;
	if (frame_clock_wants_tick(scene)) {
		frame_clock_tick(scene->compositor);
	}
}

/* --- Fingers ---------------------------------------------------------------------------------- */

static void finger_down(struct md_compositor *compositor, struct finger *finger,
			enum input_source source, const struct os_touch_sample *sample)
{
	int64_t began_us = OS_TRACE_BEGIN();
	*finger = (struct finger){.down = true, .source = source, .start_us = sample->time_us};
	finger->flow = sample->flow != 0 ? sample->flow : os_flow_create(OS_FLOW_TOUCH);
	os_flow_set_current(finger->flow);
	finger->start = input_to_screen(compositor, sample->x, sample->y);
	finger->last = finger->start;
	struct md_point inside;
	struct scene *taker = calibration_takes_finger(compositor);
	finger->scene = taker != NULL ? taker : hit_scene(compositor, finger->start, &inside);
	finger->edge_number = taker != NULL ? -1 : edge_zone_at(compositor, finger->start);
	finger->edge = finger->edge_number < 0 ? FINGER_NO_EDGE : FINGER_ASKING;
	OS_TRACE_END("media", "hit test", began_us, finger->scene == NULL ? 0 : finger->scene->id);
	input_deliver(compositor, finger, sample->finger, sample, MD_TOUCH_DOWN);
}

static void finger_goes_on(struct md_compositor *compositor, struct finger *finger,
			   const struct os_touch_sample *sample)
{
	static const enum md_touch_phase s_phases[] = {[OS_TOUCH_DOWN] = MD_TOUCH_DOWN,
						       [OS_TOUCH_MOVE] = MD_TOUCH_MOVE,
						       [OS_TOUCH_UP] = MD_TOUCH_UP,
						       [OS_TOUCH_CANCEL] = MD_TOUCH_CANCEL};
	os_flow_set_current(finger->flow);
	finger->last = input_to_screen(compositor, sample->x, sample->y);
	if (sample->phase == OS_TOUCH_MOVE && finger->edge == FINGER_ASKING) {
		edge_decide(compositor, finger, sample->finger, sample);
	}
	input_deliver(compositor, finger, sample->finger, sample, s_phases[sample->phase]);
	if (sample->phase == OS_TOUCH_UP || sample->phase == OS_TOUCH_CANCEL) {
		finger->down = false;
		finger->scene = NULL;
	}
}

void input_touch(struct md_compositor *compositor, enum input_source source,
		 const struct os_touch_sample *samples, size_t count)
{
	uint64_t before = os_flow_current();
	tools_note_activity(compositor);
	for (size_t i = 0; i < count; i++) {
		const struct os_touch_sample *sample = &samples[i];
		if (sample->finger < 0 || sample->finger >= OS_TOUCH_FINGERS) {
			continue;
		}
		struct finger *finger = &compositor->input.fingers[sample->finger];
		if (idle_takes_touch(compositor, sample)) {
			continue; /* it only woke the screen; what follows of it has no down */
		}
		if (sample->phase == OS_TOUCH_DOWN && source == INPUT_BOARD) {
			pointer_finger_down(compositor, sample);
		}
		if (sample->phase == OS_TOUCH_DOWN && !finger->down) {
			finger_down(compositor, finger, source, sample);
		} else if (sample->phase != OS_TOUCH_DOWN && finger->down &&
			   finger->source == (int)source) {
			finger_goes_on(compositor, finger, sample);
		}
	}
	os_flow_set_current(before);
	shell_watch_touches(compositor);
	if (source == INPUT_SCRIPT) {
		tools_samples_played(compositor, count);
	}
}

static void cancel(struct md_compositor *compositor, int number)
{
	struct finger *finger = &compositor->input.fingers[number];
	struct os_touch_sample sample = {
	    .time_us = os_clock_now_us(), .finger = number, .phase = OS_TOUCH_CANCEL};
	input_to_panel(compositor, finger->last, &sample.x, &sample.y);
	input_deliver(compositor, finger, number, &sample, MD_TOUCH_CANCEL);
	finger->scene = NULL;
}

void input_cancel_all(struct md_compositor *compositor)
{
	for (int i = 0; i < OS_TOUCH_FINGERS; i++) {
		if (compositor->input.fingers[i].down) {
			cancel(compositor, i);
		}
	}
}

void input_scene_went(struct md_compositor *compositor, const struct scene *scene)
{
	for (int i = 0; i < OS_TOUCH_FINGERS; i++) {
		if (compositor->input.fingers[i].scene == scene) {
			compositor->input.fingers[i].scene = NULL;
		}
	}
}

bool input_is_touched(const struct md_compositor *compositor)
{
	for (int i = 0; i < OS_TOUCH_FINGERS; i++) {
		if (compositor->input.fingers[i].down) {
			return true;
		}
	}
	return false;
}

/* --- Keys ------------------------------------------------------------------------------------- */

static bool is_system_key(uint32_t key)
{
	return key == KEY_HOMEPAGE || key == KEY_VOLUMEUP || key == KEY_VOLUMEDOWN ||
	       key == KEY_MUTE;
}

void input_key(struct md_compositor *compositor, const struct os_key_sample *sample)
{
	if (idle_takes_key(compositor, sample)) {
		return;
	}
	uint64_t flow = os_flow_create(OS_FLOW_KEY);
	shell_watch_activity(compositor);
	uint64_t before = os_flow_set_current(flow);
	struct scene *scene = compositor_focused(compositor);
	if (is_system_key(sample->key) && compositor->shell.scene != NULL) {
		if (sample->down && !sample->repeat) {
			shell_tell_key(compositor, sample->key);
		}
	} else if (scene != NULL) {
		struct os_message message;
		scene_begin_event(scene, MD_SCENE_KEY, &message);
		os_message_write_i64(&message, sample->time_us);
		os_message_write_u32(&message, sample->key);
		os_message_write_u32(&message, sample->modifiers);
		os_message_write_bool(&message, sample->down);
		os_message_write_bool(&message, sample->repeat);
		os_message_write_text(&message, sample->text);
		scene_send(scene, &message);
		OS_TRACE_MARK("media", "key", sample->key);
	}
	os_flow_set_current(before);
}

/* --- Scripts ---------------------------------------------------------------------------------- */

static void script_touch(void *context, const struct os_touch_sample *samples, size_t count)
{
	input_touch(context, INPUT_SCRIPT, samples, count);
}

static void script_device_added(void *context, const struct os_touch_device *device)
{
}

static void script_device_removed(void *context, const char *id)
{
}

int input_init(struct md_compositor *compositor)
{
	static const struct os_touch_events s_events = {.struct_size = sizeof(s_events),
							.touch = script_touch,
							.device_added = script_device_added,
							.device_removed = script_device_removed};
	if (compositor->script_board == NULL || compositor->script_board->touch == NULL) {
		return 0;
	}
	return compositor->script_board->touch->open(&s_events, compositor, NULL,
						     &compositor->input.script);
}

void input_finish(struct md_compositor *compositor)
{
	if (compositor->input.script != NULL) {
		compositor->script_board->touch->close(compositor->input.script);
	}
}
