/* Settings of the device, or of an app; and the verbs that are short for one of them. */
#include <errno.h>
#include <string.h>

#include <cs/services_interface.h>
#include <cs/settings.h>
#include <os/memory.h>

#include "cli.h"
#include "passcode.h"
#include "session.h"

static const struct cli_option s_options[] = {
    {"--app", "ID", "an app's own setting"},
    {NULL},
};

static char *copy_domain(const struct cli *cli)
{
	const char *app = cli_value(cli, "--app");
	return app ? cli_app_id(app) : os_strdup(CS_DOMAIN_DEVICE);
}

/* Refuses what the device's table does not know; an app's keys are its own. */
static int parse_value(struct cli *cli, const char *domain, const char *key, const char *text,
		       char **ret_json)
{
	struct cs_value *value = NULL;
	struct os_error error = {0};
	bool is_device = strcmp(domain, CS_DOMAIN_DEVICE) == 0;
	int result = 0;
	if (is_device && !cs_setting_find(key)) {
		result = os_error_set(&error, -EINVAL, "the device has no setting %s", key);
	}
	if (result == 0) {
		result = cs_setting_parse(key, text, &value, &error);
	}
	if (result == 0 && is_device) {
		result = cs_setting_check(key, value, &error);
	}
	if (result < 0) {
		cli_fail(CLI_USAGE, "%s", error.text);
	} else {
		*ret_json = cs_value_copy_text(value, CS_WRITE_COMPACT);
	}
	os_release(value);
	return result;
}

static int set(struct cli *cli, const char *domain, const char *key, const char *text)
{
	char *json = NULL;
	if (parse_value(cli, domain, key, text, &json) < 0) {
		return CLI_USAGE;
	}
	struct os_message message, reply;
	cli_begin(&message, CLI_SERVICES, CS_SERVICES_SETTINGS_SET);
	os_message_write_text(&message, domain);
	os_message_write_text(&message, key);
	os_message_write_text(&message, json);
	os_message_write_i64(&message, -1);
	os_free(json);
	int result = cli_call(cli, CLI_SERVICES, &message, &reply);
	if (result < 0) {
		return cli_call_failed(cli, key, result);
	}
	int code = cli_outcome(&reply);
	os_message_finish(&reply);
	return code;
}

static int run_set(struct cli *cli)
{
	if (strcmp(cli->arguments[0], CLI_PASSCODE_KEY) == 0 && !cli_has(cli, "--app")) {
		return cli->argument_count == 1
			   ? cli_passcode_set(cli)
			   : cli_usage(cli, "%s is read from standard input, not from a command line "
					    "that others see",
				       CLI_PASSCODE_KEY);
	}
	if (cli->argument_count < 2) {
		return cli_usage(cli, "something is missing");
	}
	char *domain = copy_domain(cli);
	int code = set(cli, domain, cli->arguments[0], cli->arguments[1]);
	os_free(domain);
	return code;
}

/* A value as JSON, from the device or, if it was never set there, from the table of defaults. */
static int ask_value(struct cli *cli, const char *domain, const char *key,
		     struct cs_value **ret_value)
{
	struct os_message message, reply;
	cli_begin(&message, CLI_SERVICES, CS_SERVICES_SETTINGS_GET);
	os_message_write_text(&message, domain);
	os_message_write_text(&message, key);
	int result = cli_call(cli, CLI_SERVICES, &message, &reply);
	if (result < 0) {
		return result;
	}
	const struct cs_setting *setting = cs_setting_find(key);
	bool there = os_message_read_bool(&reply);
	const char *json = os_message_read_text(&reply);
	if (there) {
		result = cs_value_parse(json, strlen(json), key, ret_value, NULL);
	} else if (setting && setting->otherwise && strcmp(domain, CS_DOMAIN_DEVICE) == 0) {
		result = cs_setting_parse(key, setting->otherwise, ret_value, NULL);
	} else {
		result = -ENODATA;
	}
	os_message_finish(&reply);
	return result;
}

static int run_get(struct cli *cli)
{
	const char *key = cli->arguments[0];
	if (strcmp(key, CLI_PASSCODE_KEY) == 0 && !cli_has(cli, "--app")) {
		return cli_passcode_get(cli);
	}
	char *domain = copy_domain(cli);
	struct cs_value *value = NULL;
	int result = ask_value(cli, domain, key, &value);
	os_free(domain);
	if (result == -ENODATA) {
		return cli_fail(CLI_FAILED, "%s is not set", key);
	}
	if (result < 0) {
		return cli_call_failed(cli, key, result);
	}
	struct os_buffer out = {0};
	char *text = cs_setting_copy_text(value);
	if (cli->json) {
		cs_value_write(value, CS_WRITE_COMPACT, &out);
	} else {
		os_buffer_add_text(&out, text);
	}
	os_free(text);
	os_release(value);
	return cli_print(&out);
}

static int run_look(struct cli *cli)
{
	return set(cli, CS_DOMAIN_DEVICE, "look", cli->arguments[0]);
}

static int run_text_size(struct cli *cli)
{
	return set(cli, CS_DOMAIN_DEVICE, "text-size", cli->arguments[0]);
}

static int run_hardware_keyboard(struct cli *cli)
{
	return set(cli, CS_DOMAIN_DEVICE, "hardware-keyboard", cli->arguments[0]);
}

const struct cli_verb cli_verb_set = {
    .name = "set",
    .arguments = "KEY VALUE [--app ID]",
    .summary = "changes a setting",
    .help = "The device's keys: look, text-size, direction, reduce-motion, language,\n"
	    "display.orientation, display.brightness (0 to 1), display.dim-after and\n"
	    "display.blank-after (seconds, 0 for never, or auto). With --app, any key of that\n"
	    "app's own. kiosk.passcode, the way out of an appliance by five fingers, is read from\n"
	    "standard input: strata set kiosk.passcode. Nothing on that line takes it away.",
    .options = s_options,
    .least = 1,
    .most = 2,
    .run = run_set};
const struct cli_verb cli_verb_get = {.name = "get",
				      .arguments = "KEY [--app ID]",
				      .summary = "prints a setting",
				      .options = s_options,
				      .least = 1,
				      .most = 1,
				      .json = true,
				      .run = run_get};
const struct cli_verb cli_verb_appearance = {.name = "appearance",
					     .arguments = "light|dark",
					     .summary = "sets the device's look",
					     .least = 1,
					     .most = 1,
					     .run = run_look};
const struct cli_verb cli_verb_text_size = {.name = "text-size",
					    .arguments = "xs|s|m|l|xl|xxl|xxxl|ax1…ax5",
					    .summary = "sets the device's text size",
					    .least = 1,
					    .most = 1,
					    .run = run_text_size};
const struct cli_verb cli_verb_hardware_keyboard = {
    .name = "hardware-keyboard",
    .arguments = "on|off",
    .summary = "says whether a hardware keyboard is there, so that none is shown on the screen",
    .least = 1,
    .most = 1,
    .run = run_hardware_keyboard};
