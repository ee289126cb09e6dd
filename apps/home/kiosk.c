/* Which picture of an appliance is in front. The supervisor starts the app and starts it again
 * (core-os/supervisor/kiosk.c); the compositor sees the hold (media/compositor/shell_watch.c).
 *
 *	curtain ──its scene is ready──▸ app ──ends──▸ curtain, or, the third time in a row, the error page
 *	error page ──app is there for two seconds──▸ app
 *	any of them ──five fingers, a passcode is set──▸ pad ──right──▸ out: home, as on any device
 *	                                                  └──cancelled, 30 s of rest──▸ as before
 *	out ──"Back to …", 60 s of rest──▸ app */
#include "kiosk.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <os/memory.h>
#include <os/timer.h>

#define HOLD_FINGERS 5
#define HOLD_US (2 * OS_US_PER_S)
#define PAD_REST_US (30 * OS_US_PER_S)
#define OUT_REST_US (60 * OS_US_PER_S)
#define SHORT_LIFE_US (10 * OS_US_PER_S)
#define STEADY_US (2 * OS_US_PER_S)
#define DEATHS_TOLD 3
#define BACK_HEIGHT 50.0

struct kiosk {
	struct home *home; /* weak: owns us */
	char app[128];
	bool out, asked; /* asked: the supervisor is asked whether there is a passcode */
	struct ui_view *curtain, *pad, *back; /* weak: children of the screen; pad NULL: not shown */
	uint32_t launches, deaths; /* deaths: soon after their launch, in a row */
	int64_t launched_us;       /* device time */
	char reason[256];          /* of its last end, "" */
	struct os_timer *steady;   /* device time */
};

static struct home_app *app_of(const struct kiosk *kiosk)
{
	return home_app_find(kiosk->home, kiosk->app);
}

static struct md_scene *scene_of(const struct kiosk *kiosk)
{
	return ui_scene_md(kiosk->home->scene);
}

bool kiosk_is_locked(const struct kiosk *kiosk)
{
	return kiosk != NULL && !kiosk->out;
}

bool kiosk_lets_show(const struct kiosk *kiosk, const struct home_app *app)
{
	return !kiosk_is_locked(kiosk) || strcmp(app->id, kiosk->app) == 0;
}

/* --- The curtain ------------------------------------------------------------------------------- */

static void make_clear(void *context)
{
	ui_view_set_opacity(context, 0);
}

static void did_clear(void *context, bool finished)
{
	struct ui_view *curtain = context;
	if (ui_view_opacity(curtain) == 0) {
		ui_view_set_hidden(curtain, true);
	}
}

static void draw_curtain(struct kiosk *kiosk)
{
	ui_view_stop_animations(kiosk->curtain);
	ui_view_set_hidden(kiosk->curtain, false);
	ui_view_set_opacity(kiosk->curtain, 1);
}

static void lift_curtain(struct kiosk *kiosk)
{
	struct ui_animation fade = {.duration_us = 250000, .curve = MD_CURVE_OUT};
	kiosk->deaths = 0;
	if (!ui_view_is_hidden(kiosk->curtain)) {
		curtain_set_error(kiosk->curtain, NULL, NULL);
		ui_animate(&fade, make_clear, kiosk->curtain, did_clear);
	}
}

static void show_error(struct kiosk *kiosk)
{
	char title[200], text[480];
	const struct home_app *app = app_of(kiosk);
	snprintf(title, sizeof(title), "%s does not run", app->name);
	snprintf(text, sizeof(text), "%s%sIt is started again and again; this page goes away when it stays.",
	         kiosk->reason, kiosk->reason[0] != '\0' ? " " : "");
	curtain_set_error(kiosk->curtain, title, text);
	draw_curtain(kiosk);
}

static void name_back(struct kiosk *kiosk)
{
	char title[160];
	snprintf(title, sizeof(title), "Back to %s", app_of(kiosk)->name);
	if (strcmp(ui_button_title(kiosk->back), title) != 0) {
		ui_button_set_title(kiosk->back, title);
	}
}

void kiosk_apps_listed(struct kiosk *kiosk)
{
	if (kiosk != NULL) {
		name_back(kiosk);
	}
	if (kiosk == NULL || kiosk->out || app_of(kiosk)->state != OS_APP_NOT_RUNNING || kiosk->deaths > 0) {
		return;
	}
	for (size_t i = 0; i < home_app_count(kiosk->home); i++) {
		if (home_app_at(kiosk->home, i) == app_of(kiosk)) {
			return;
		}
	}
	char text[320];
	snprintf(text, sizeof(text), "This board is to show %s. `sudo strata install` brings it, and it is shown then.",
	         kiosk->app);
	curtain_set_error(kiosk->curtain, "The app is not installed", text);
	draw_curtain(kiosk);
}

static void did_stay(void *context, int64_t now_us)
{
	struct kiosk *kiosk = context;
	if (app_of(kiosk)->ready) {
		lift_curtain(kiosk);
	}
}

void kiosk_scene_ready(struct kiosk *kiosk, const struct home_app *app)
{
	if (kiosk == NULL || app != app_of(kiosk)) {
		return;
	}
	if (kiosk->deaths >= DEATHS_TOLD) {
		os_timer_set_after(kiosk->steady, STEADY_US);
	} else {
		uint32_t deaths = kiosk->deaths;
		lift_curtain(kiosk);
		kiosk->deaths = deaths; /* one picture is no life yet */
	}
}

void kiosk_app_ended(struct kiosk *kiosk, const struct home_app *app)
{
	if (kiosk_is_locked(kiosk) && app == app_of(kiosk)) {
		os_timer_cancel(kiosk->steady);
		draw_curtain(kiosk);
	}
}

/* Told of every launch, but of an end only if the next launch was not already there. */
void kiosk_app_changed(struct kiosk *kiosk, struct home_app *app, const char *sentence)
{
	if (kiosk == NULL || app != app_of(kiosk)) {
		return;
	}
	if (sentence[0] != '\0') {
		snprintf(kiosk->reason, sizeof(kiosk->reason), "%s", sentence);
	}
	int64_t now_us = os_clock_now_us();
	bool is_first = kiosk->launches == 0;
	if (app->launches > kiosk->launches) {
		bool soon = now_us - kiosk->launched_us < SHORT_LIFE_US;
		kiosk->deaths = is_first ? 0 : soon ? kiosk->deaths + (app->launches - kiosk->launches) : 1;
		kiosk->launches = app->launches;
		kiosk->launched_us = now_us;
	}
	bool never_began = app->state == OS_APP_NOT_RUNNING && sentence[0] != '\0' && is_first;
	if (kiosk_is_locked(kiosk) && (kiosk->deaths >= DEATHS_TOLD || never_began) && !app->ready) {
		show_error(kiosk);
	}
}

/* --- Locked and out ------------------------------------------------------------------------------ */

static void apply(struct kiosk *kiosk)
{
	struct home *home = kiosk->home;
	struct md_scene *shell = scene_of(kiosk);
	bool locked = !kiosk->out;
	struct md_insets open = {HOME_STATUS_HEIGHT, 0, HOME_EDGE, 0}, whole = {0, 0, 0, 0};
	md_shell_set_edge(shell, MD_EDGE_BOTTOM, locked ? 0 : HOME_EDGE);
	md_shell_set_safe_area(shell, locked ? whole : open);
	md_shell_watch_hold(shell, locked ? HOLD_FINGERS : 0, HOLD_US);
	md_shell_watch_rest(shell, locked ? 0 : OUT_REST_US);
	ui_view_set_hidden(home->status, locked);
	ui_view_set_hidden(home->grid, locked);
	ui_view_set_hidden(kiosk->back, locked);
	home_screen_set_app_in_front(home, home->front != NULL);
	if (!locked) {
		ui_view_set_hidden(kiosk->curtain, true);
	}
}

static void lock(struct kiosk *kiosk)
{
	struct home_app *app = app_of(kiosk);
	if (!kiosk->out) {
		return;
	}
	kiosk->out = false;
	apply(kiosk);
	launch_tapped(kiosk->home, app);
	if (!app->ready) {
		draw_curtain(kiosk);
	}
}

static void did_tap_back(void *context, struct ui_view *button)
{
	lock(context);
}

/* --- The pad --------------------------------------------------------------------------------------- */

static void remove_pad(struct kiosk *kiosk)
{
	struct ui_view *pad = kiosk->pad;
	kiosk->pad = NULL;
	if (pad != NULL) {
		ui_view_remove(pad);
	}
}

static void cancel_pad(void *context)
{
	struct kiosk *kiosk = context;
	remove_pad(kiosk);
	apply(kiosk);
	if (kiosk->home->front != NULL) {
		md_shell_activate(scene_of(kiosk), kiosk->home->front->token);
	}
}

static int ask(struct kiosk *kiosk, const char *code, os_port_reply_fn fn)
{
	struct os_message message;
	os_message_init(&message, &os_supervisor_interface.requests[OS_SUPERVISOR_PASSCODE_CHECK],
	                OS_SUPERVISOR_PASSCODE_CHECK);
	os_message_write_text(&message, code);
	return os_port_call(os_process_port(), &message, 20 * OS_US_PER_S, fn, kiosk);
}

static void did_check(void *context, int status, struct os_message *reply)
{
	struct kiosk *kiosk = context;
	int64_t wait_us = 0;
	if (status >= 0) {
		status = os_message_read_i32(reply);
		wait_us = os_message_read_i64(reply);
	}
	if (kiosk->pad == NULL) {
		return; /* cancelled meanwhile */
	}
	if (status < 0) {
		pad_refuse(kiosk->pad, status == -EACCES ? "Wrong passcode" : "It could not be checked. Try again.",
		           wait_us);
		return;
	}
	remove_pad(kiosk);
	kiosk->out = true;
	apply(kiosk);
	launch_go_home(kiosk->home, (struct md_point){0, 0});
}

static void did_enter(void *context, const char *code)
{
	struct kiosk *kiosk = context;
	md_shell_watch_rest(scene_of(kiosk), PAD_REST_US);
	ask(kiosk, code, did_check);
}

static const struct pad_delegate s_pad_delegate = {.entered = did_enter, .cancelled = cancel_pad};

static void show_pad(struct kiosk *kiosk, int64_t wait_us)
{
	kiosk->pad = pad_create(&s_pad_delegate, kiosk, wait_us);
	ui_view_add(kiosk->home->screen, kiosk->pad);
	ui_view_set_frame(kiosk->pad, ui_view_bounds(kiosk->home->screen));
	ui_view_become_first_responder(kiosk->pad);
	md_shell_activate(scene_of(kiosk), 0);
	md_shell_watch_hold(scene_of(kiosk), 0, 0);
	md_shell_watch_rest(scene_of(kiosk), PAD_REST_US);
}

static void did_ask_whether(void *context, int status, struct os_message *reply)
{
	struct kiosk *kiosk = context;
	kiosk->asked = false;
	if (status >= 0) {
		status = os_message_read_i32(reply);
	}
	if (status < 0) {
		os_log_info("home", "five fingers, but no way out: %s", os_status_text(status));
		return;
	}
	if (kiosk->pad == NULL && !kiosk->out) {
		show_pad(kiosk, os_message_read_i64(reply));
	}
}

void kiosk_held(struct kiosk *kiosk)
{
	if (kiosk_is_locked(kiosk) && kiosk->pad == NULL && !kiosk->asked) {
		kiosk->asked = true;
		ask(kiosk, "", did_ask_whether);
	}
}

void kiosk_rested(struct kiosk *kiosk)
{
	if (kiosk != NULL && kiosk->pad != NULL) {
		cancel_pad(kiosk);
	} else if (kiosk != NULL) {
		lock(kiosk);
	}
}

/* --- Life cycle ------------------------------------------------------------------------------------- */

void kiosk_layout(struct kiosk *kiosk, struct md_rect bounds)
{
	if (kiosk == NULL) {
		return;
	}
	ui_view_set_frame(kiosk->curtain, bounds);
	if (kiosk->pad != NULL) {
		ui_view_set_frame(kiosk->pad, bounds);
	}
	struct md_size size = ui_view_size_that_fits(kiosk->back, (struct md_size){bounds.width - 32, MD_UNBOUNDED});
	double width = OS_CLAMP(size.width + 32, 160.0, bounds.width - 32), height = OS_MAX(size.height, BACK_HEIGHT);
	ui_view_set_frame(kiosk->back, (struct md_rect){md_snap((bounds.width - width) / 2, 1),
	                                                bounds.height - HOME_EDGE - 24 - height, width, height});
}

void kiosk_begin(struct kiosk *kiosk)
{
	struct home *home = kiosk->home;
	kiosk->back = ui_button_create("Back", UI_BUTTON_FILLED);
	ui_control_add_action(kiosk->back, UI_CONTROL_TAPPED, did_tap_back, kiosk);
	ui_view_insert(home->screen, kiosk->back, 2); /* above wallpaper and grid, below the cards */
	name_back(kiosk);
	kiosk->curtain = curtain_create();
	ui_view_add(home->screen, kiosk->curtain);
	apply(kiosk);
}

struct kiosk *kiosk_create(struct home *home)
{
	const char *app = os_process_option("kiosk");
	if (app == NULL || app[0] == '\0') {
		return NULL;
	}
	struct kiosk *kiosk = os_alloc(sizeof(*kiosk));
	kiosk->home = home;
	snprintf(kiosk->app, sizeof(kiosk->app), "%s", app);
	kiosk->steady = os_timer_create(os_loop_current(), OS_TIMER_DEVICE, OS_LOOP_MODE_COMMON, did_stay, kiosk);
	return kiosk;
}
