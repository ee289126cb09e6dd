#include "kiosk.h"

#include <linux/input-event-codes.h>
#include <string.h>

#include <os/memory.h>

void home_set_app_state(struct home *home, const struct home_app *app, enum os_app_state state)
{
	if (app->state == OS_APP_NOT_RUNNING) {
		return;
	}
	struct os_message message;
	os_message_init(&message, &os_supervisor_interface.requests[OS_SUPERVISOR_SET_STATE], OS_SUPERVISOR_SET_STATE);
	os_message_write_text(&message, app->id);
	os_message_write_u32(&message, (uint32_t)state);
	os_port_call(os_process_port(), &message, 10 * OS_US_PER_S, NULL, NULL);
}

void home_say(struct home *home, const char *title, const char *sentence)
{
	if (kiosk_is_locked(home->kiosk)) {
		os_log_warning("home", "%s: %s", title, sentence);
		return; /* who stands before an appliance is not its keeper */
	}
	static const struct ui_alert_button buttons[] = {{"OK", UI_ALERT_DEFAULT, NULL, NULL}};
	ui_alert_show(home->controller, title, sentence, buttons, 1);
}

/* --- What the compositor tells -------------------------------------------------------------------- */

static void scene_appeared(void *context, uint64_t token, const char *id, int pid, enum md_scene_role role)
{
	struct home *home = context;
	if (role != MD_SCENE_APP) {
		return;
	}
	struct home_app *app = home_app_find(home, id);
	if (app->token != 0 && app->token != token) {
		return; /* one card, one scene: it shows the first */
	}
	app->token = token;
	app->ready = false;
	bool in_front = app->state == OS_APP_FOREGROUND || app->state == OS_APP_LAUNCHING;
	if (in_front && home->front == NULL) {
		/* Home came back after it had died: the app is where it was. */
		launch_show(home, app, false);
	}
	launch_scene_changed(home, app);
}

static struct home_app *find_by_token(struct home *home, uint64_t token)
{
	struct os_map_cursor cursor = {0};
	while (os_map_next(home->apps, &cursor)) {
		struct home_app *app = cursor.value;
		if (app->token == token) {
			return app;
		}
	}
	return NULL;
}

static void scene_ready(void *context, uint64_t token)
{
	struct home *home = context;
	struct home_app *app = find_by_token(home, token);
	if (app != NULL) {
		app->ready = true;
		launch_scene_changed(home, app);
		kiosk_scene_ready(home->kiosk, app);
	}
}

static void scene_went(void *context, uint64_t token, const char *id)
{
	struct home *home = context;
	struct home_app *app = find_by_token(home, token);
	if (app != NULL) {
		launch_app_ended(home, app);
	}
}

static void system_key(void *context, uint32_t key)
{
	struct home *home = context;
	if (key == KEY_HOMEPAGE && !kiosk_is_locked(home->kiosk)) {
		launch_go_home(home, (struct md_point){0, 0});
	}
}

static void held(void *context)
{
	struct home *home = context;
	kiosk_held(home->kiosk);
}

static void rested(void *context)
{
	struct home *home = context;
	kiosk_rested(home->kiosk);
}

static void power_changed(void *context, const struct md_power *power)
{
	struct home *home = context;
	status_bar_set_power(home->status, power);
}

/* The temperature tells nobody when it changes. */
static void did_pass_minute(void *context)
{
	struct home *home = context;
	md_shell_ask_power(ui_scene_md(home->scene));
}

static const struct md_shell_delegate s_shell = {
	.struct_size = sizeof(s_shell),
	.scene_appeared = scene_appeared,
	.scene_ready = scene_ready,
	.scene_went = scene_went,
	.system_key = system_key,
	.held = held,
	.rested = rested,
	.power_changed = power_changed,
};

/* --- What services tell ------------------------------------------------------------------------------ */

static void did_get_notice(void *context, void *data)
{
	struct home *home = context;
	struct os_message *event = data;
	uint32_t number = os_message_read_u32(event);
	if (kiosk_is_locked(home->kiosk)) {
		os_log_warning("home", "something was damaged: %s", os_message_read_text(event));
		return; /* it is told again when home is */
	}
	home_say(home, "Something was damaged", os_message_read_text(event));
	struct os_message seen;
	cs_services_begin(&seen, CS_SERVICES_NOTICE_SEEN);
	os_message_write_u32(&seen, number);
	cs_services_call(home->services, &seen, NULL, NULL);
}

static void watch_notices(void *context, void *data)
{
	struct home *home = context;
	struct os_message message;
	cs_services_begin(&message, CS_SERVICES_WATCH_NOTICES);
	cs_services_call(home->services, &message, NULL, NULL);
}

/* --- The app -------------------------------------------------------------------------------------------- */

static int did_launch(struct ui_app *app)
{
	struct home *home = os_alloc(sizeof(*home));
	ui_app_set_context(app, home);
	home->apps = os_map_create(OS_MAP_STRINGS);
	os_array_init(&home->order, sizeof(void *));
	home->services = cs_services_create();
	os_signal_connect(cs_services_event(home->services, CS_SERVICES_NOTICE), &home->notice, did_get_notice, home);
	os_signal_connect(cs_services_connected(home->services), &home->connected, watch_notices, home);
	return 0;
}

static void scene_connected(struct ui_app *app, struct ui_scene *scene)
{
	struct home *home = ui_app_context(app);
	home->scene = scene;
	home->controller = ui_view_controller_create_with_view(home_screen_create(home), "Home");
	ui_scene_set_root(scene, home->controller);
	const char *walls = os_process_option("walls");
	status_bar_set_walls_missing(home->status, walls != NULL && strcmp(walls, "no") == 0);
	status_bar_on_minute(home->status, did_pass_minute, home);
	struct md_scene *shell = ui_scene_md(scene);
	md_shell_attach(shell, &s_shell, home);
	md_shell_set_edge(shell, MD_EDGE_BOTTOM, HOME_EDGE);
	md_shell_set_safe_area(shell, (struct md_insets){HOME_STATUS_HEIGHT, 0, HOME_EDGE, 0});
	home->kiosk = kiosk_create(home);
	if (home->kiosk != NULL) {
		kiosk_begin(home->kiosk);
	}
	home_apps_begin(home);
}

static const struct ui_app_class s_app = {
	.struct_size = sizeof(s_app),
	.api = UI_API,
	.did_launch = did_launch,
	.scene_connected = scene_connected,
};

UI_PUBLIC const struct ui_app_class *strata_app(void)
{
	return &s_app;
}
