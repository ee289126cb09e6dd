/* What is installed comes from services, what runs from the supervisor, what shows from the
 * compositor; home brings the three together. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <os/file.h>
#include <os/memory.h>

#include "kiosk.h"

#define ICON_MOST_BYTES (1 << 20)

struct home_app *home_app_find(struct home *home, const char *id)
{
	struct home_app *app = os_map_get(home->apps, id);
	if (app != NULL) {
		return app;
	}
	app = os_alloc(sizeof(*app));
	app->home = home;
	snprintf(app->id, sizeof(app->id), "%s", id);
	const char *dot = strrchr(id, '.');
	snprintf(app->name, sizeof(app->name), "%s", dot != NULL ? dot + 1 : id);
	os_map_set(home->apps, id, app);
	return app;
}

struct home_app *home_app_at(const struct home *home, size_t index)
{
	return os_array_ptr_at(&home->order, index);
}

size_t home_app_count(const struct home *home)
{
	return home->order.count;
}

static int read_all(int fd, struct os_buffer *bytes)
{
	char part[4096];
	ssize_t got;
	while ((got = read(fd, part, sizeof(part))) > 0 && bytes->length < ICON_MOST_BYTES) {
		os_buffer_add(bytes, part, (size_t)got);
	}
	return got < 0 ? -1 : 0;
}

static void did_get_icon(void *context, int status, int fd)
{
	struct home_app *app = context;
	struct os_buffer bytes = {0};
	struct os_error error;
	if (status >= 0 && read_all(fd, &bytes) == 0) {
		md_image_release(app->icon);
		app->icon = md_image_create_from_png(bytes.bytes, bytes.length, app->id, &error);
		if (app->icon == NULL) {
			os_log_warning("home", "%s", error.text);
		}
	}
	os_buffer_finish(&bytes);
	os_fd_close(fd);
	if (app->icon != NULL && app->view != NULL) {
		icon_view_set_image(app->view, app->icon);
	}
	if (app->icon != NULL && app->card != NULL) {
		card_set_image(app->card, app->icon);
	}
}

static void did_list(void *context, int status, const struct cs_app_info *apps, size_t count)
{
	struct home *home = context;
	if (status < 0) {
		os_log_warning("home", "the list of apps did not come: %s", os_status_text(status));
		return;
	}
	for (size_t i = 0; i < home->order.count; i++) {
		home_app_at(home, i)->view = NULL;
	}
	os_array_clear(&home->order);
	for (size_t i = 0; i < count; i++) {
		if (strcmp(apps[i].id, os_process_info()->app) == 0) {
			continue;
		}
		struct home_app *app = home_app_find(home, apps[i].id);
		snprintf(app->name, sizeof(app->name), "%s", apps[i].name);
		os_array_append_ptr(&home->order, app);
		cs_apps_icon(home->services, app->id, did_get_icon, app);
	}
	home_screen_apps_changed(home);
	kiosk_apps_listed(home->kiosk);
}

static void ask_again(void *context, void *data)
{
	struct home *home = context;
	cs_apps_list(home->services, did_list, home);
}

static void app_changed(void *context, const char *id, enum os_app_state state, int pid, const char *sentence,
                        uint32_t launches)
{
	struct home *home = context;
	if (strcmp(id, os_process_info()->app) == 0) {
		return;
	}
	struct home_app *app = home_app_find(home, id);
	enum os_app_state before = app->state;
	bool asked_for = launches > app->launches;
	app->state = state;
	app->pid = pid;
	app->launches = launches;
	bool in_front = state == OS_APP_FOREGROUND || state == OS_APP_LAUNCHING;
	if (state == OS_APP_NOT_RUNNING) {
		if (before != OS_APP_NOT_RUNNING) {
			launch_app_ended(home, app);
		}
	} else if (in_front && home->front != app && (asked_for || before == OS_APP_NOT_RUNNING)) {
		launch_show(home, app, true);
	}
	kiosk_app_changed(home->kiosk, app, sentence);
	if (sentence[0] != '\0') {
		char title[160];
		snprintf(title, sizeof(title), "%s stopped", app->name);
		home_say(home, title, sentence);
		struct os_message message;
		os_message_init(&message, &os_supervisor_interface.requests[OS_SUPERVISOR_CRASH_SEEN],
		                OS_SUPERVISOR_CRASH_SEEN);
		os_message_write_text(&message, id);
		os_port_send(os_process_port(), &message);
	}
}

void home_apps_begin(struct home *home)
{
	os_signal_connect(cs_services_event(home->services, CS_SERVICES_APPS_CHANGED), &home->apps_changed, ask_again,
	                  home);
	cs_apps_watch(home->services);
	cs_apps_list(home->services, did_list, home);
	os_process_watch_apps(app_changed, home);
}
