#include "configure.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <os/clock.h>
#include <os/memory.h>

#include "compositor_private.h"
#include "layer_ops.h"

#define WAIT_US (250 * OS_US_PER_MS)
#define FADE_US (200 * OS_US_PER_MS)
#define TURN_US (300 * OS_US_PER_MS)

void configure_send(struct scene *scene, enum md_transition transition)
{
	struct md_compositor *compositor = scene->compositor;
	const struct settings *settings = &compositor->settings;
	bool insets = scene->role == MD_SCENE_APP;
	struct md_insets safe = insets ? compositor->shell.safe_area : (struct md_insets){0};
	scene->configured = ++compositor->change.serial;
	scene->configured_real_us = os_clock_real_us();
	struct os_message message;
	scene_begin_event(scene, MD_SCENE_CONFIGURE, &message);
	os_message_write_u32(&message, scene->configured);
	os_message_write_double(&message, compositor->screen.width);
	os_message_write_double(&message, compositor->screen.height);
	os_message_write_double(&message, compositor->mode.scale);
	os_message_write_double(&message, safe.top);
	os_message_write_double(&message, safe.left);
	os_message_write_double(&message, safe.bottom);
	os_message_write_double(&message, safe.right);
	os_message_write_i32(&message, settings->orientation);
	os_message_write_u32(&message, settings->flags);
	os_message_write_i32(&message, settings->text_size);
	os_message_write_double(&message, compositor->mode.rate_mhz / 1000.0);
	os_message_write_u32(&message, transition);
	scene_send(scene, &message);
}

/* --- Changes of the whole device -------------------------------------------------------------- */

static bool is_waited_for(const struct md_compositor *compositor, const struct scene *scene)
{
	return scene->client != NULL && scene_is_visible(scene) &&
	       scene->acknowledged < compositor->change.first_serial;
}

static void end_turn(struct md_compositor *compositor)
{
	struct change *change = &compositor->change;
	change->state = CHANGE_REST;
	change->picture = md_texture_release(change->picture);
	tools_turned(compositor);
	frame_clock_need(compositor);
}

static void begin_turn(struct md_compositor *compositor)
{
	struct change *change = &compositor->change;
	os_timer_cancel(change->deadline);
	compositor->frames.frozen = false;
	compositor->frames.whole = true;
	compositor_set_geometry(compositor, compositor->settings.orientation);
	change->begin_us = frame_clock_target_us(compositor);
	bool turns = change->transition == MD_TRANSITION_ROTATE &&
		     (compositor->settings.flags & MD_CONFIGURE_REDUCE_MOTION) == 0;
	change->duration_us = turns ? TURN_US : FADE_US;
	change->state = CHANGE_TURNING;
	if (change->picture == NULL) {
		end_turn(compositor);
	}
	frame_clock_need(compositor);
}

static void look_whether_all_are_there(struct md_compositor *compositor)
{
	if (compositor->change.state != CHANGE_WAITING || compositor->change.taking) {
		return;
	}
	const struct scene *scene;
	os_list_for_each(scene, &compositor->scenes, link) {
		if (is_waited_for(compositor, scene)) {
			return;
		}
	}
	begin_turn(compositor);
}

static void waited_long_enough(void *context, int64_t now_us)
{
	struct md_compositor *compositor = context;
	if (compositor->change.state == CHANGE_WAITING) {
		compositor->change.taking = false;
		begin_turn(compositor);
	}
}

static void free_pixels(void *pixels)
{
	os_free(pixels);
}

/* A picture that was asked for: of this change, in the size that the panel had then. */
struct asked {
	struct md_compositor *compositor;
	uint64_t number;
	int width_px, height_px;
};

static void picture_is_taken(void *context, uint32_t *pixels)
{
	struct asked *asked = context;
	struct md_compositor *compositor = asked->compositor;
	struct change *change = &compositor->change;
	bool is_ours = asked->number == change->number;
	if (pixels == NULL || !is_ours || change->state != CHANGE_WAITING ||
	    change->picture != NULL) {
		os_free(pixels);
	} else {
		const struct md_pixels picture = {pixels, asked->width_px, asked->height_px,
						  asked->width_px * 4, true};
		change->picture = md_texture_create(picture, free_pixels, pixels);
	}
	os_free(asked);
	if (is_ours) {
		change->taking = false;
		look_whether_all_are_there(compositor);
	}
}

static void take_picture(struct md_compositor *compositor)
{
	struct md_frame_list *list = frames_copy_shown(compositor);
	struct asked *asked = os_alloc(sizeof(*asked));
	*asked = (struct asked){compositor, compositor->change.number, list->width_px,
				list->height_px};
	compositor->change.taking = true;
	display_render(compositor->display, list, picture_is_taken, asked);
}

void configure_all(struct md_compositor *compositor, enum md_transition transition)
{
	struct change *change = &compositor->change;
	/* In the dark nobody sees a change: it is there when it is light again. */
	bool shown = compositor->frames.shown != NULL && transition != MD_TRANSITION_NONE &&
		     !idle_is_dark(compositor);
	uint32_t first = change->serial + 1;
	if (shown && change->state != CHANGE_WAITING) {
		if (change->state == CHANGE_TURNING) {
			change->picture = md_texture_release(change->picture);
		}
		change->state = CHANGE_WAITING;
		change->transition = transition;
		change->number++;
		compositor->frames.frozen = true;
		os_timer_set_after(change->deadline, WAIT_US);
		take_picture(compositor);
	}
	change->first_serial = first;
	struct scene *scene;
	os_list_for_each(scene, &compositor->scenes, link) {
		configure_send(scene, transition);
	}
	if (!shown) {
		compositor_set_geometry(compositor, compositor->settings.orientation);
		compositor->frames.whole = true;
		tools_turned(compositor);
		frame_clock_need(compositor);
	}
}

/* Whatever turned or waited was of the old panel. */
static void end_change(struct md_compositor *compositor)
{
	struct change *change = &compositor->change;
	os_timer_cancel(change->deadline);
	change->state = CHANGE_REST;
	change->picture = md_texture_release(change->picture);
	change->taking = false;
	change->number++;
	compositor->frames.frozen = false;
}

void configure_set_mode(struct md_compositor *compositor, const struct os_display_mode *mode)
{
	const struct os_display_mode before = compositor->mode;
	compositor->mode = *mode;
	frame_clock_set_rate(compositor);
	compositor->frames.whole = true;
	if (mode->width_px == before.width_px && mode->height_px == before.height_px &&
	    mode->scale == before.scale && mode->rate_mhz == before.rate_mhz) {
		/* The same screen again, or pictures that nobody sees. */
		frame_clock_need(compositor);
		return;
	}
	end_change(compositor);
	input_cancel_all(compositor);
	compositor_set_geometry(compositor, compositor->settings.orientation);
	configure_all(compositor, MD_TRANSITION_NONE);
}

void configure_acknowledged(struct scene *scene, uint32_t serial)
{
	if (serial <= scene->configured && serial > scene->acknowledged) {
		scene->acknowledged = serial;
		look_whether_all_are_there(scene->compositor);
	}
}

void change_scene_went(struct md_compositor *compositor, const struct scene *scene)
{
	if (compositor->change.state == CHANGE_WAITING) {
		compositor->change.first_serial =
		    OS_MIN(compositor->change.first_serial, compositor->change.serial);
		/* It is not in the list any more by the next acknowledgement or the deadline. */
	}
}

int configure_set_orientation(struct md_compositor *compositor, int orientation)
{
	if (orientation != 0 && orientation != 90 && orientation != 180 && orientation != 270) {
		return -EINVAL;
	}
	if (orientation == compositor->settings.orientation) {
		return 0;
	}
	compositor->change.from_orientation = compositor->settings.orientation;
	compositor->settings.orientation = orientation;
	/* Scenes are told their new size; where the pixels go changes with the turn. */
	bool sideways = orientation == 90 || orientation == 270;
	double width = compositor->mode.width_px / compositor->mode.scale;
	double height = compositor->mode.height_px / compositor->mode.scale;
	compositor->screen =
	    sideways ? (struct md_size){height, width} : (struct md_size){width, height};
	input_cancel_all(compositor);
	configure_all(compositor, MD_TRANSITION_ROTATE);
	return 1;
}

bool change_is_moving(const struct md_compositor *compositor)
{
	return compositor->change.state != CHANGE_REST;
}

double change_progress(struct md_compositor *compositor, int64_t time_us)
{
	struct change *change = &compositor->change;
	if (change->state != CHANGE_TURNING) {
		return 1;
	}
	double progress = (double)(time_us - change->begin_us) / (double)change->duration_us;
	if (progress >= 1) {
		end_turn(compositor);
		return 1;
	}
	return md_curve_at(MD_CURVE_DEFAULT, OS_MAX(progress, 0.0));
}

void change_init(struct md_compositor *compositor)
{
	compositor->change.deadline = os_timer_create(
	    compositor->loop, OS_TIMER_DEVICE, OS_LOOP_MODE_COMMON, waited_long_enough, compositor);
}

void change_finish(struct md_compositor *compositor)
{
	os_timer_release(compositor->change.deadline);
	md_texture_release(compositor->change.picture);
}

/* --- Settings --------------------------------------------------------------------------------- */

static bool set_flag(struct settings *settings, uint32_t flag, bool on)
{
	uint32_t flags = on ? settings->flags | flag : settings->flags & ~flag;
	bool changed = flags != settings->flags;
	settings->flags = flags;
	return changed;
}

static bool set_text_size(struct settings *settings, const char *value)
{
	static const char *const s_sizes[] = {"xs",   "s",   "m",   "l",   "xl",  "xxl",
					      "xxxl", "ax1", "ax2", "ax3", "ax4", "ax5"};
	for (int i = 0; i < (int)OS_ARRAY_LEN(s_sizes); i++) {
		if (strcmp(s_sizes[i], value) == 0 && settings->text_size != i) {
			settings->text_size = i;
			return true;
		}
	}
	return false;
}

static bool is_on(const char *value)
{
	return strcmp(value, "on") == 0 || strcmp(value, "true") == 0 || strcmp(value, "1") == 0;
}

void configure_keyboard(struct md_compositor *compositor)
{
	struct settings *settings = &compositor->settings;
	bool is_there = settings->says_keyboard || compositor->input_doors.has_keyboard;
	if (set_flag(settings, MD_CONFIGURE_HARDWARE_KEYBOARD, is_there)) {
		configure_all(compositor, MD_TRANSITION_FADE);
	}
}

void md_compositor_set_trait(struct md_compositor *compositor, const char *key, const char *value)
{
	struct settings *settings = &compositor->settings;
	bool changed = false;
	if (strcmp(key, "look") == 0) {
		changed = set_flag(settings, MD_CONFIGURE_DARK, strcmp(value, "dark") == 0);
	} else if (strcmp(key, "text-size") == 0) {
		changed = set_text_size(settings, value);
	} else if (strcmp(key, "direction") == 0) {
		changed = set_flag(settings, MD_CONFIGURE_RTL, strcmp(value, "rtl") == 0);
	} else if (strcmp(key, "reduce-motion") == 0) {
		changed = set_flag(settings, MD_CONFIGURE_REDUCE_MOTION, is_on(value));
	} else if (strcmp(key, "high-contrast") == 0) {
		changed = set_flag(settings, MD_CONFIGURE_HIGH_CONTRAST, is_on(value));
	} else if (strcmp(key, "display.orientation") == 0) {
		configure_set_orientation(compositor, atoi(value));
	} else if (strcmp(key, "display.brightness") == 0) {
		power_set_brightness(compositor, strtod(value, NULL));
	} else if (strcmp(key, "display.dim-after") == 0) {
		idle_set_times(compositor, value, NULL);
	} else if (strcmp(key, "display.blank-after") == 0) {
		idle_set_times(compositor, NULL, value);
	} else if (strcmp(key, "hardware-keyboard") == 0) {
		settings->says_keyboard = is_on(value);
		configure_keyboard(compositor);
	} else if (strcmp(key, "keyboard.layout") == 0) {
		input_doors_set_layout(compositor, strcmp(value, "auto") == 0 ? "" : value);
	}
	if (changed) {
		configure_all(compositor, MD_TRANSITION_FADE);
	}
}
