#include <string.h>

#include <os/memory.h>

#include "settings.h"

const struct settings_choice settings_text_sizes[12] = {
	{"xs", "Extra small"},    {"s", "Small"},          {"m", "Medium"},       {"l", "Large (default)"},
	{"xl", "Extra large"},    {"xxl", "2 × extra large"}, {"xxxl", "3 × extra large"}, {"ax1", "Accessibility 1"},
	{"ax2", "Accessibility 2"}, {"ax3", "Accessibility 3"}, {"ax4", "Accessibility 4"},  {"ax5", "Accessibility 5"},
};

const char *settings_title_of(const struct settings_choice *choices, size_t count, const char *value)
{
	for (size_t i = 0; i < count; i++) {
		if (value != NULL && strcmp(choices[i].value, value) == 0) {
			return choices[i].title;
		}
	}
	return "";
}

static void did_write(void *context, int status, const char *sentence)
{
	struct ui_view_controller *over = context;
	if (status < 0 && ui_view_controller_is_visible(over)) {
		static const struct ui_alert_button buttons[] = {{"OK", UI_ALERT_DEFAULT, NULL, NULL}};
		ui_alert_show(over, "This was not saved", sentence, buttons, 1);
	}
	os_release(over);
}

void settings_write(struct settings *settings, struct ui_view_controller *over, const char *key, const char *text)
{
	struct os_error error = {0};
	struct cs_value *value = NULL;
	int result = cs_setting_parse(key, text, &value, &error);
	if (result == 0) {
		result = cs_settings_set(settings->device, CS_DOMAIN_DEVICE, key, value, did_write, os_retain(over));
	}
	if (result < 0) {
		did_write(os_retain(over), result, error.text);
	}
	os_release(value);
}
