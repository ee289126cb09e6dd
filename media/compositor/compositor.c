#include <md/compositor.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <os/memory.h>

#include "compositor_private.h"
#include "layer_ops.h"

#define TEXT_SIZE_DEFAULT 3

/* --- Scenes and focus ------------------------------------------------------------------------- */

struct scene *compositor_scene(struct md_compositor *compositor, uint64_t token)
{
	struct scene *scene;
	os_list_for_each(scene, &compositor->scenes, link) {
		if (scene->token == token && scene != compositor->shell.old) {
			return scene;
		}
	}
	return NULL;
}

bool compositor_is_top(const struct md_compositor *compositor, const struct scene *scene)
{
	if (compositor->shell.old != NULL) {
		return scene == compositor->shell.old;
	}
	return compositor->shell.scene == NULL || scene == compositor->shell.scene;
}

struct scene *compositor_focused(struct md_compositor *compositor)
{
	struct scene *shell = compositor->shell.scene;
	if (shell != NULL) {
		struct scene *active = compositor_scene(compositor, compositor->shell.active);
		return compositor->shell.active != 0 && active != NULL ? active : shell;
	}
	struct scene *front = NULL, *scene;
	os_list_for_each(scene, &compositor->scenes, link) {
		if (scene->client != NULL && scene->role == MD_SCENE_APP) {
			front = scene;
		}
	}
	return front;
}

static void tell_focus(const struct scene *scene, bool focused)
{
	struct os_message message;
	scene_begin_event(scene, MD_SCENE_FOCUS, &message);
	os_message_write_bool(&message, focused);
	scene_send(scene, &message);
}

void compositor_update_focus(struct md_compositor *compositor)
{
	struct scene *now = compositor_focused(compositor);
	struct scene *before = compositor->shell.focused;
	if (now == before) {
		return;
	}
	compositor->shell.focused = now;
	idle_rules_changed(compositor);
	if (before != NULL) {
		tell_focus(before, false);
	}
	if (now != NULL) {
		tell_focus(now, true);
	}
	calibration_focus_changed(compositor);
}

void compositor_set_geometry(struct md_compositor *compositor, int orientation)
{
	const struct os_display_mode *mode = &compositor->mode;
	double width = mode->width_px, height = mode->height_px;
	struct md_affine to_px = md_affine_scale(mode->scale, mode->scale);
	bool sideways = orientation == 90 || orientation == 270;
	/* The picture turns clockwise with the device: whole quarters, exact. */
	struct md_affine turn = MD_AFFINE_IDENTITY;
	if (orientation == 90) {
		turn = (struct md_affine){0, 1, -1, 0, width, 0};
	} else if (orientation == 180) {
		turn = (struct md_affine){-1, 0, 0, -1, width, height};
	} else if (orientation == 270) {
		turn = (struct md_affine){0, -1, 1, 0, 0, height};
	}
	compositor->to_px = md_affine_concat(to_px, turn);
	width /= mode->scale;
	height /= mode->scale;
	compositor->screen =
	    sideways ? (struct md_size){height, width} : (struct md_size){width, height};
	pointer_picture_turned(compositor);
}

/* --- From the display thread ------------------------------------------------------------------ */

static void presented(void *context, const struct display_answer *answer)
{
	struct md_compositor *compositor = context;
	compositor->counts.pixels_composited += answer->pixels_composited;
	compositor->counts.pixels_presented += answer->pixels_presented;
	compositor->counts.layers_drawn += answer->layers_drawn;
	compositor->counts.bytes_uploaded += answer->bytes_uploaded;
	frames_presented(compositor, answer->frame, answer->time_us);
}

static void touched(void *context, const struct os_touch_sample *samples, size_t count)
{
	input_touch(context, INPUT_BOARD, samples, count);
}

static void key_pressed(void *context, const struct os_key_sample *sample)
{
	input_key(context, sample);
}

static void mode_changed(void *context, const struct os_display_mode *mode)
{
	struct md_compositor *compositor = context;
	idle_activity(compositor); /* somebody plugged a screen in */
	configure_set_mode(compositor, mode);
}

static void display_lost(void *context, const char *why)
{
	struct md_compositor *compositor = context;
	compositor->lost = true;
	if (compositor->lost_fn != NULL) {
		compositor->lost_fn(compositor->lost_context, why);
	}
}

static void display_refused(void *context, int status)
{
	power_display_refused(context, status);
}

static void exposed(void *context)
{
	struct md_compositor *compositor = context;
	compositor->frames.whole = true;
	frame_clock_need(compositor);
}

static const struct display_delegate s_display_delegate = {
    .presented = presented,
    .touch = touched,
    .key = key_pressed,
    .mode = mode_changed,
    .lost = display_lost,
    .expose = exposed,
    .refused = display_refused,
};

/* --- Life cycle ------------------------------------------------------------------------------- */

static int open_display(struct md_compositor *compositor,
			const struct md_compositor_options *options, struct os_error *ret_error)
{
	const struct display_options display_options = {.board = options->board,
							.driver = options->driver,
							.title = options->title,
							.mode = options->mode,
							.renderer = options->renderer};
	if (options->board->display == NULL) {
		return os_error_set(ret_error, -ENODEV, "board %s has no display",
				    options->board->name);
	}
	compositor->display = display_create(compositor->loop, &display_options,
					     &s_display_delegate, compositor, ret_error);
	if (compositor->display == NULL) {
		return -ENODEV;
	}
	display_get_mode(compositor->display, &compositor->mode);
	return 0;
}

/* A screen of the machine's own, and not a picture of one. */
static bool is_panel(const char *driver)
{
	return strcmp(driver, "kmsdrm") == 0 || strcmp(driver, "dumb") == 0;
}

struct md_compositor *md_compositor_create(struct os_loop *loop,
					   const struct md_compositor_options *options,
					   struct os_error *ret_error)
{
	struct md_compositor *compositor = os_alloc(sizeof(*compositor));
	compositor->loop = os_loop_retain(loop);
	compositor->board = options->board;
	compositor->script_board = options->script_board;
	os_list_init(&compositor->clients);
	os_list_init(&compositor->scenes);
	os_list_init(&compositor->tools);
	os_list_init(&compositor->animated);
	os_array_init(&compositor->done, sizeof(struct ended));
	if (open_display(compositor, options, ret_error) < 0) {
		os_array_finish(&compositor->done);
		os_loop_release(compositor->loop);
		os_free(compositor);
		return NULL;
	}
	snprintf(compositor->why, sizeof(compositor->why), "%s",
		 options->why != NULL ? options->why : "");
	compositor->settings.orientation = options->orientation;
	compositor->settings.text_size = TEXT_SIZE_DEFAULT;
	compositor->idle.config.is_panel = is_panel(options->driver);
	compositor->settings.flags = options->walls_missing ? MD_CONFIGURE_WALLS_MISSING : 0;
	compositor_set_geometry(compositor, options->orientation);
	frame_clock_init(compositor);
	change_init(compositor);
	shell_watch_init(compositor);
	input_init(compositor);
	pointer_init(compositor);
	calibration_init(compositor);
	input_doors_open(compositor, options->input_board);
	tools_init(compositor);
	power_init(compositor);
	idle_init(compositor);
	compositor->away = os_timer_create(loop, OS_TIMER_DEVICE, OS_LOOP_MODE_COMMON,
					   shell_away_is_over, compositor);
	return compositor;
}

struct md_compositor *md_compositor_release(struct md_compositor *compositor)
{
	if (compositor == NULL) {
		return NULL;
	}
	compositor->lost = true; /* no more frames */
	idle_finish(compositor);
	power_finish(compositor);
	compositor->away = os_timer_release(compositor->away);
	tools_finish(compositor);
	struct client *client, *next;
	os_list_for_each_safe(client, next, &compositor->clients, link) {
		client_destroy(client);
	}
	if (compositor->shell.old != NULL) {
		scene_destroy(compositor->shell.old);
	}
	input_doors_close(compositor);
	input_finish(compositor);
	pointer_finish(compositor);
	calibration_finish(compositor);
	shell_watch_finish(compositor);
	display_destroy(compositor->display);
	change_finish(compositor);
	snapshots_finish(compositor);
	frame_clock_finish(compositor);
	os_array_finish(&compositor->done);
	os_loop_release(compositor->loop);
	os_free(compositor);
	return NULL;
}

int md_compositor_add_client(struct md_compositor *compositor, int fd, uint64_t connection,
			     const struct os_peer *peer)
{
	if (os_peer_has(peer, "tool")) {
		tool_create(compositor, fd, connection, peer);
	} else {
		client_create(compositor, fd, connection, peer);
	}
	return 0;
}

struct md_compositor_counts md_compositor_counts(const struct md_compositor *compositor)
{
	return compositor->counts;
}

void md_compositor_on_lost(struct md_compositor *compositor,
			   void (*fn)(void *context, const char *why), void *context)
{
	compositor->lost_fn = fn;
	compositor->lost_context = context;
}
