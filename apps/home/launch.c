/* Which card moves where:
 *
 *	none ──tapped, asked for──→ opening ──settled──→ open
 *	  ↑                            │ ↑                 │
 *	  └──settled── closing ←───────┴─┴── finger, key ──┘
 *
 * Each is a spring in the compositor, ω 15, ζ 0.9 (FEEL.md, Launch), which a finger or a tap may
 * turn round at any frame. */
#include <stdio.h>
#include <string.h>

#include <os/memory.h>

#include "kiosk.h"

#define OMEGA 15.0
#define DAMPING 0.9
#define FADE_US 200000

static struct md_size screen_size(const struct home *home)
{
	return ui_scene_size(home->scene);
}

static bool reduces_motion(const struct home *home)
{
	return ui_scene_appearance(home->scene)->reduce_motion;
}

struct motion {
	struct home *home;
	struct home_app *app;
	struct ui_view *card; /* retained until it is done */
	struct card_place place;
	double opacity;       /* reduce motion: a fade instead of a flight */
	uint64_t number;
	bool closes;
};

static void fade(void *context)
{
	struct motion *motion = context;
	ui_view_set_opacity(motion->card, motion->opacity);
}

static void move_inside(void *context)
{
	struct motion *motion = context;
	card_set_inside(motion->card, motion->place);
}

static void move_card(void *context)
{
	struct motion *motion = context;
	card_set_place(motion->card, motion->place);
}

static void drop_card(struct home_app *app)
{
	if (app->card != NULL) {
		struct ui_view *card = app->card;
		app->card = NULL;
		ui_view_remove(card);
	}
}

static void did_move(void *context, bool finished)
{
	struct motion *motion = context;
	bool ours = motion->number == motion->app->motion && motion->app->card == motion->card;
	if (ours && motion->closes) {
		md_shell_snapshot(ui_scene_md(motion->home->scene), motion->app->token);
		drop_card(motion->app);
		if (motion->app->view != NULL) {
			ui_view_set_opacity(motion->app->view, 1);
		}
		home_set_app_state(motion->home, motion->app, OS_APP_BACKGROUND);
	}
	os_release(motion->card);
	os_free(motion);
}

static void animate(struct home *home, struct home_app *app, bool closes, struct md_point velocity)
{
	struct motion *motion = os_alloc(sizeof(*motion));
	*motion = (struct motion){.home = home, .app = app, .card = os_retain(app->card), .number = ++app->motion,
	                          .closes = closes, .opacity = closes ? 0 : 1};
	motion->place = closes ? card_place_icon(home_screen_icon_rect(home, app))
	                       : card_place_open(screen_size(home), !app->ready);
	struct ui_animation animation = {
		.is_spring = !reduces_motion(home),
		.spring = md_spring_from_frequency(OMEGA, DAMPING),
		.duration_us = FADE_US,
		.curve = MD_CURVE_DEFAULT,
	};
	if (reduces_motion(home)) {
		ui_animate(&animation, fade, motion, did_move);
		return;
	}
	/* The finger's velocity is the card's; what is inside it has none against it. */
	ui_animate(&animation, move_inside, motion, NULL);
	animation.velocity = velocity;
	ui_animate(&animation, move_card, motion, did_move);
}

static void ensure_card(struct home *home, struct home_app *app)
{
	if (app->card != NULL) {
		return;
	}
	app->card = card_create(app, screen_size(home));
	/* Above the grid, below the status bar. */
	int status = 0;
	while (ui_view_child(home->screen, status) != home->status) {
		status++;
	}
	ui_view_insert(home->screen, app->card, status);
	card_set_place(app->card, reduces_motion(home) ? card_place_open(screen_size(home), !app->ready)
	                                               : card_place_icon(home_screen_icon_rect(home, app)));
	if (reduces_motion(home)) {
		ui_view_set_opacity(app->card, 0);
	}
	card_set_scene(app->card, app->token, true);
}

static void activate(struct home *home, struct home_app *app)
{
	md_shell_activate(ui_scene_md(home->scene), app != NULL ? app->token : 0);
	home_screen_set_app_in_front(home, app != NULL);
}

/* The one that was in front goes behind without a sound. */
static void leave_front(struct home *home, const struct home_app *next)
{
	struct home_app *front = home->front;
	if (front == NULL || front == next) {
		return;
	}
	home->front = NULL;
	drop_card(front);
	home_set_app_state(home, front, OS_APP_BACKGROUND);
}

void launch_show(struct home *home, struct home_app *app, bool animated)
{
	if (home->front == app && app->card != NULL) {
		return;
	}
	if (!kiosk_lets_show(home->kiosk, app)) {
		home_set_app_state(home, app, OS_APP_BACKGROUND);
		return;
	}
	leave_front(home, app);
	home->front = app;
	ensure_card(home, app);
	app->motion++; /* was it closing, then that is over */
	card_stop(app->card);
	activate(home, app);
	if (animated && !kiosk_is_locked(home->kiosk)) {
		animate(home, app, false, (struct md_point){0, 0});
	} else {
		card_set_place(app->card, card_place_open(screen_size(home), !app->ready));
		ui_view_set_opacity(app->card, 1);
	}
}

static void did_launch(void *context, int status, struct os_message *reply)
{
	struct home_app *app = context;
	if (status < 0) {
		char sentence[256];
		snprintf(sentence, sizeof(sentence), "It could not be started: %s.", os_status_text(status));
		home_say(app->home, app->name, sentence);
		launch_app_ended(app->home, app);
	}
}

void launch_tapped(struct home *home, struct home_app *app)
{
	int64_t began_us = OS_TRACE_BEGIN();
	struct os_message message;
	os_message_init(&message, &os_supervisor_interface.requests[OS_SUPERVISOR_LAUNCH], OS_SUPERVISOR_LAUNCH);
	os_message_write_text(&message, app->id);
	os_message_write_text(&message, "");
	os_message_write_bool(&message, false);
	os_port_call(os_process_port(), &message, 10 * OS_US_PER_S, did_launch, app);
	launch_show(home, app, true);
	OS_TRACE_END("apps", "launch", began_us, 0);
}

void launch_go_home(struct home *home, struct md_point velocity)
{
	struct home_app *app = home->front;
	if (app == NULL) {
		return;
	}
	home->front = NULL;
	activate(home, NULL);
	card_stop(app->card);
	card_set_scene(app->card, app->token, false);
	animate(home, app, true, velocity);
}

void launch_app_ended(struct home *home, struct home_app *app)
{
	app->token = 0;
	app->ready = false;
	if (home->front == app && kiosk_is_locked(home->kiosk)) {
		home->front = NULL;
		drop_card(app);
		activate(home, NULL);
		kiosk_app_ended(home->kiosk, app);
	} else if (home->front == app) {
		launch_go_home(home, (struct md_point){0, 0});
	} else {
		drop_card(app);
	}
}

void launch_scene_changed(struct home *home, struct home_app *app)
{
	if (app->card == NULL) {
		return;
	}
	card_set_scene(app->card, app->token, home->front == app);
	if (home->front == app) {
		activate(home, app);
	}
	if (app->ready && home->front == app) {
		card_uncover(app->card);
	}
}

void launch_screen_resized(struct home *home)
{
	struct home_app *app = home->front;
	if (app == NULL) {
		return;
	}
	drop_card(app);
	home->front = NULL;
	launch_show(home, app, false);
}
