/* The device's settings, their types and values, and how a person types them. */
#include <cs/calibration.h>
#include <cs/settings.h>

#include <os/memory.h>

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const s_looks[] = {"light", "dark", NULL};
static const char *const s_sizes[] = {"xs",  "s",   "m",   "l",   "xl",  "xxl", "xxxl",
				      "ax1", "ax2", "ax3", "ax4", "ax5", NULL};
static const char *const s_directions[] = {"auto", "ltr", "rtl", NULL};
static const int s_turns[] = {0, 90, 180, 270, -1};

static const struct cs_setting_range s_share = {0, 1, "a number from 0 to 1", NULL};
static const struct cs_setting_range s_pause = {0, 86400, "seconds, 0 for never", "auto"};

static const struct cs_setting s_settings[] = {
    {"look", CS_VALUE_STRING, s_looks, NULL, "light"},
    {"text-size", CS_VALUE_STRING, s_sizes, NULL, "l"},
    {"direction", CS_VALUE_STRING, s_directions, NULL, "auto"},
    {"reduce-motion", CS_VALUE_BOOL, NULL, NULL, "off"},
    {"language", CS_VALUE_STRING, NULL, NULL, "en"},
    {"display.orientation", CS_VALUE_INT, NULL, s_turns, "0"},
    {"display.brightness", CS_VALUE_DOUBLE, NULL, NULL, "1.0", &s_share},
    {"display.dim-after", CS_VALUE_INT, NULL, NULL, "auto", &s_pause},
    {"display.blank-after", CS_VALUE_INT, NULL, NULL, "auto", &s_pause},
    {"hardware-keyboard", CS_VALUE_BOOL, NULL, NULL, "off"},
    {CS_SETTING_KEYBOARD_LAYOUT, CS_VALUE_STRING, NULL, NULL, "auto"},
    {CS_SETTING_CALIBRATION, CS_VALUE_DICTIONARY, NULL, NULL, "{}"},
};

const struct cs_setting *cs_setting_at(size_t index)
{
	return index < OS_ARRAY_LEN(s_settings) ? &s_settings[index] : NULL;
}

const struct cs_setting *cs_setting_find(const char *key)
{
	for (size_t i = 0; i < OS_ARRAY_LEN(s_settings); i++) {
		if (strcmp(s_settings[i].key, key) == 0) {
			return &s_settings[i];
		}
	}
	return NULL;
}

/* "light or dark", "true or false", "0, 90, 180 or 270" */
static void describe(const struct cs_setting *setting, struct os_buffer *text)
{
	if (setting->values != NULL) {
		for (size_t i = 0; setting->values[i] != NULL; i++) {
			os_buffer_printf(text, "%s%s",
					 i == 0                           ? ""
					 : setting->values[i + 1] == NULL ? " or "
									  : ", ",
					 setting->values[i]);
		}
	} else if (setting->numbers != NULL) {
		for (size_t i = 0; setting->numbers[i] >= 0; i++) {
			os_buffer_printf(text, "%s%d",
					 i == 0                        ? ""
					 : setting->numbers[i + 1] < 0 ? " or "
								       : ", ",
					 setting->numbers[i]);
		}
	} else if (setting->range != NULL) {
		os_buffer_add_text(text, setting->range->meaning);
		if (setting->range->or_word != NULL) {
			os_buffer_printf(text, ", or %s", setting->range->or_word);
		}
	} else if (setting->kind == CS_VALUE_BOOL) {
		os_buffer_add_text(text, "on or off");
	} else if (setting->kind == CS_VALUE_DICTIONARY) {
		os_buffer_add_text(text, "six numbers for each touch device's id");
	} else if (strcmp(setting->key, CS_SETTING_KEYBOARD_LAYOUT) == 0) {
		os_buffer_add_text(text, "a layout such as us, de(nodeadkeys) or us,de, or auto");
	} else {
		os_buffer_add_text(text, "a language such as en or en-GB");
	}
}

static bool is_language(const char *text)
{
	size_t length = strlen(text);
	return length >= 2 && length <= 16 &&
	       strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") ==
		   length;
}

/* Whether there is one of this name, the board knows. */
static bool is_layout(const char *text)
{
	size_t length = strlen(text);
	return length >= 2 && length <= 120 &&
	       strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_(),") ==
		   length;
}

static bool is_in_range(const struct cs_setting *setting, const struct cs_value *value)
{
	const struct cs_setting_range *range = setting->range;
	if (cs_value_kind(value) == CS_VALUE_STRING) {
		return range->or_word != NULL && strcmp(cs_value_string(value), range->or_word) == 0;
	}
	bool is_number = cs_value_kind(value) == CS_VALUE_INT ||
			 (setting->kind == CS_VALUE_DOUBLE && cs_value_kind(value) == CS_VALUE_DOUBLE);
	double number = cs_value_double(value, range->least - 1);
	return is_number && number >= range->least && number <= range->most;
}

static bool is_allowed(const struct cs_setting *setting, const struct cs_value *value)
{
	if (setting->range != NULL) {
		return is_in_range(setting, value);
	}
	if (cs_value_kind(value) != setting->kind) {
		return false;
	}
	if (setting->numbers != NULL) {
		for (size_t i = 0; setting->numbers[i] >= 0; i++) {
			if (cs_value_int(value, -1) == setting->numbers[i]) {
				return true;
			}
		}
		return false;
	}
	if (setting->kind == CS_VALUE_DICTIONARY) {
		return cs_calibration_is_valid(value);
	}
	if (setting->kind != CS_VALUE_STRING) {
		return true;
	}
	const char *text = cs_value_string(value);
	for (size_t i = 0; setting->values != NULL && setting->values[i] != NULL; i++) {
		if (strcmp(text, setting->values[i]) == 0) {
			return true;
		}
	}
	if (strcmp(setting->key, CS_SETTING_KEYBOARD_LAYOUT) == 0) {
		return is_layout(text);
	}
	return setting->values == NULL && is_language(text);
}

int cs_setting_check(const char *key, const struct cs_value *value, struct os_error *ret_error)
{
	struct os_buffer text = {0};
	int result = 0;
	const struct cs_setting *setting = cs_setting_find(key);
	if (setting == NULL) {
		for (size_t i = 0; i < OS_ARRAY_LEN(s_settings); i++) {
			os_buffer_printf(&text, "%s%s", i == 0 ? "" : ", ", s_settings[i].key);
		}
		result = os_error_set(ret_error, -EINVAL,
				      "%.64s: there is no such setting; expected one of %s", key,
				      os_buffer_text(&text));
	} else if (!is_allowed(setting, value)) {
		describe(setting, &text);
		char *seen = cs_setting_copy_text(value);
		result = os_error_set(ret_error, -EINVAL, "%s: expected %s, not %.40s", key,
				      os_buffer_text(&text), seen == NULL ? "" : seen);
		os_free(seen);
	}
	os_buffer_finish(&text);
	return result;
}

/* --- As a person types them -------------------------------------------------------------------- */

static struct cs_value *parse_bool(const char *text)
{
	if (strcmp(text, "on") == 0 || strcmp(text, "true") == 0) {
		return cs_value_create_bool(true);
	}
	if (strcmp(text, "off") == 0 || strcmp(text, "false") == 0) {
		return cs_value_create_bool(false);
	}
	return cs_value_create_string(text); /* refused with what was seen */
}

static struct cs_value *parse_int(const char *text)
{
	char *end;
	errno = 0;
	long long number = strtoll(text, &end, 10);
	bool whole = errno == 0 && end != text && *end == '\0';
	return whole ? cs_value_create_int(number) : cs_value_create_string(text);
}

static struct cs_value *parse_double(const char *text)
{
	char *end;
	double number = strtod(text, &end);
	bool whole = end != text && *end == '\0' && isfinite(number);
	return whole ? cs_value_create_double(number) : cs_value_create_string(text);
}

static struct cs_value *parse_json(const char *text)
{
	struct cs_value *value = NULL;
	return cs_value_parse(text, strlen(text), "", &value, NULL) < 0 ? cs_value_create_string(text) : value;
}

int cs_setting_parse(const char *key, const char *text, struct cs_value **ret_value,
		     struct os_error *ret_error)
{
	const struct cs_setting *setting = cs_setting_find(key);
	struct cs_value *value = NULL;
	if (setting == NULL || setting->kind == CS_VALUE_DICTIONARY) {
		value = parse_json(text);
	} else if (setting->kind == CS_VALUE_DOUBLE) {
		value = parse_double(text);
	} else if (setting->kind == CS_VALUE_BOOL) {
		value = parse_bool(text);
	} else {
		value =
		    setting->kind == CS_VALUE_INT ? parse_int(text) : cs_value_create_string(text);
	}
	if (value == NULL) {
		return os_error_set(ret_error, -ENOMEM, "%.64s: not enough memory", key);
	}
	int result = setting == NULL ? 0 : cs_setting_check(key, value, ret_error);
	if (result < 0) {
		os_release(value);
		return result;
	}
	*ret_value = value;
	return 0;
}

char *cs_setting_copy_text(const struct cs_value *value)
{
	switch (cs_value_kind(value)) {
	case CS_VALUE_BOOL:
		return os_strdup(cs_value_bool(value, false) ? "on" : "off");
	case CS_VALUE_STRING:
		return os_strdup(cs_value_string(value));
	default:
		return cs_value_copy_text(value, CS_WRITE_COMPACT);
	}
}
