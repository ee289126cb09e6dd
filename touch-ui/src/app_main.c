/* strata-app: one process for one app. The bundle's module is given by name, or named in the
 * manifest. */
#include <cs/value.h>
#include <md/scene.h>
#include <os/log.h>
#include <os/process.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app_private.h"

struct host {
	struct os_loop *loop;
	struct ui_app *app;
	struct ui_app_class class;
};

/* --- What the supervisor tells ------------------------------------------------------ */

static void did_change_state(void *context, enum os_app_state state)
{
	struct host *host = context;
	if (host->app != NULL) {
		ui_app_set_state(host->app, state);
	}
}

static void told_to_end(void *context, int64_t left_us)
{
	struct host *host = context;
	os_loop_stop(host->loop, 0);
}

static void memory_is_short(void *context)
{
	struct host *host = context;
	if (host->app != NULL) {
		ui_app_warn_of_memory(host->app);
	}
}

static void open_url(void *context, const char *url)
{
	struct host *host = context;
	if (host->app != NULL) {
		ui_app_open_url(host->app, url);
	}
}

static const struct os_process_delegate s_delegate = {
    .struct_size = sizeof(s_delegate),
    .state = did_change_state,
    .terminate = told_to_end,
    .memory_warning = memory_is_short,
    .open_url = open_url,
};

/* --- Start -------------------------------------------------------------------------- */

static int find_module(int bundle, char *ret_name, size_t size, struct os_error *error)
{
	struct cs_value *manifest = NULL;
	int result = cs_value_read_file(bundle, "manifest.json", &manifest, error);
	if (result < 0) {
		return result;
	}
	const char *module = cs_value_string(cs_value_get(manifest, "module"));
	snprintf(ret_name, size, "%s", module != NULL ? module : "");
	os_release(manifest);
	return 0;
}

static int load(struct host *host, const char *module, struct os_error *error)
{
	const struct os_process_info *info = os_process_info();
	char name[256], link[64], folder[512];
	snprintf(name, sizeof(name), "%s", module);
	if (*module == '\0') {
		int result = find_module(info->bundle, name, sizeof(name), error);
		if (result < 0) {
			return result;
		}
	}
	snprintf(link, sizeof(link), "/proc/self/fd/%d", info->bundle);
	ssize_t length = readlink(link, folder, sizeof(folder) - 1);
	folder[length > 0 ? length : 0] = '\0';
	return ui_app_load(folder, name, &host->class, error);
}

static void first_frame_presented(void *context)
{
	os_process_ready();
}

static enum md_scene_role scene_role(const char *role)
{
	if (strcmp(role, "home") == 0) {
		return MD_SCENE_SHELL;
	}
	return strcmp(role, "keyboard") == 0 ? MD_SCENE_KEYBOARD : MD_SCENE_APP;
}

static int run(struct host *host, struct os_error *error)
{
	const struct os_process_info *info = os_process_info();
	struct md_display_client *client = md_display_client_create(host->loop);
	struct ui_app_options options = {
	    .struct_size = sizeof(options),
	    .id = info->app,
	    .class = &host->class,
	    .container = info->container,
	    .bundle = info->bundle,
	    .client = client,
	    .role = scene_role(info->role),
	    .fresh = os_process_option("fresh") != NULL,
	    .ready = first_frame_presented,
	};
	host->app = ui_app_start(&options, error);
	if (host->app == NULL) {
		md_display_client_release(client);
		return -1;
	}
	int result = os_loop_run(host->loop);
	host->app = ui_app_end(host->app);
	md_display_client_release(client);
	return result;
}

int ui_app_main(int argc, char **argv)
{
	struct host host = {.loop = os_loop_create()};
	struct os_error error = {0};
	int result = os_process_start(host.loop, &s_delegate, &host);
	if (result < 0) {
		fprintf(stderr, "%s is started by the supervisor (%s)\n", argv[0],
			os_status_text(result));
		return 2;
	}
	result = load(&host, argc > 1 ? argv[1] : "", &error);
	if (result >= 0) {
		result = run(&host, &error);
	}
	if (error.status < 0) {
		os_log_error("app", "%s", error.text);
		result = 1;
	}
	os_loop_release(host.loop);
	return result;
}
