#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include <cs/bundle.h>
#include <os/file.h>
#include <os/memory.h>
#include <os/supervisor.h>

#include "cli.h"
#include "installed.h"
#include "session.h"

static int open_bundle(struct cli *cli, const struct cli_app *app)
{
	char path[OS_LAYOUT_MAX], bundle[2 * OS_LAYOUT_MAX];
	if (app->system) {
		char root[OS_LAYOUT_MAX];
		const char *name = strrchr(app->id, '.') + 1;
		if (cli_root(root) < 0 || os_layout_bundle(root, name, bundle) < 0) {
			return -ENOENT;
		}
	} else {
		if (cli_data_folder(cli, path) < 0) {
			return -ENOENT;
		}
		snprintf(bundle, sizeof(bundle), "%s/bundles/%s", path, app->id);
	}
	int fd = open(bundle, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

/* True if the app's manifest names this scheme among its own. */
static bool takes_scheme(struct cli *cli, const struct cli_app *app, const char *scheme)
{
	struct os_buffer text = {0};
	struct cs_manifest manifest;
	bool takes = false;
	int folder = open_bundle(cli, app);
	if (folder >= 0 &&
	    os_file_read(folder, "manifest.json", CS_MANIFEST_MAX_BYTES, &text) >= 0 &&
	    cs_manifest_parse(os_buffer_text(&text), text.length, "manifest.json",
			      app->system ? CS_BUNDLE_OF_SYSTEM : CS_BUNDLE_OF_USER, &manifest,
			      NULL) >= 0) {
		struct cs_value *schemes = cs_value_get(manifest.value, "url-schemes");
		for (size_t i = 0; i < cs_value_count(schemes) && !takes; i++) {
			const char *own = cs_value_string(cs_value_at(schemes, i));
			takes = own && strcmp(own, scheme) == 0;
		}
		cs_manifest_finish(&manifest);
	}
	os_buffer_finish(&text);
	os_fd_close(folder);
	return takes;
}

static int launch_with(struct cli *cli, const char *app, const char *url)
{
	struct os_message message, reply;
	cli_begin(&message, CLI_SUPERVISOR, OS_SUPERVISOR_LAUNCH);
	os_message_write_text(&message, app);
	os_message_write_text(&message, url);
	os_message_write_bool(&message, false);
	int result = cli_call(cli, CLI_SUPERVISOR, &message, &reply);
	if (result < 0) {
		return cli_call_failed(cli, app, result);
	}
	os_message_finish(&reply);
	return CLI_DONE;
}

static int run(struct cli *cli)
{
	const char *url = cli->arguments[0];
	char scheme[64];
	size_t length = strcspn(url, ":");
	if (!url[length] || length == 0 || length >= sizeof(scheme) || strlen(url) > 2000) {
		return cli_usage(cli, "expected SCHEME:…, of at most 2000 bytes");
	}
	for (size_t i = 0; i <= length; i++) {
		scheme[i] = i < length ? (char)tolower((unsigned char)url[i]) : '\0';
	}
	struct cli_app *apps = NULL;
	int count = 0;
	int result = cli_ask_apps(cli, &apps, &count);
	if (result < 0) {
		return cli_call_failed(cli, "open", result);
	}
	int taker = 0;
	while (taker < count && !takes_scheme(cli, &apps[taker], scheme)) {
		taker++;
	}
	int code = taker < count ? launch_with(cli, apps[taker].id, url)
				 : cli_fail(CLI_FAILED, "no app on the device takes %s:", scheme);
	os_free(apps);
	return code;
}

const struct cli_verb cli_verb_open = {.name = "open",
				       .arguments = "URL",
				       .summary =
					   "opens a URL in the app whose manifest names its scheme",
				       .least = 1,
				       .most = 1,
				       .run = run};
