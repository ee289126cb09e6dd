#include "test.h"

#include <cs/settings.h>

#include <os/memory.h>
#include <os/object.h>

#include <errno.h>

static void every_default_is_allowed(void **state)
{
	const struct cs_setting *setting;
	size_t count = 0;
	for (; (setting = cs_setting_at(count)) != NULL; count++) {
		struct cs_value *value;
		assert_int_equal(cs_setting_parse(setting->key, setting->otherwise, &value, NULL),
				 0);
		char *text = cs_setting_copy_text(value);
		assert_string_equal(text, setting->otherwise);
		os_free(text);
		os_release(value);
		assert_ptr_equal(cs_setting_find(setting->key), setting);
	}
	assert_int_equal(count, 12);
}

static void check(const char *key, const char *text, const char *said)
{
	struct cs_value *value = NULL;
	struct os_error error = {0};
	int result = cs_setting_parse(key, text, &value, &error);
	if (said == NULL) {
		assert_int_equal(result, 0);
		os_release(value);
	} else {
		assert_int_equal(result, -EINVAL);
		assert_string_equal(error.text, said);
	}
}

static void what_a_person_types_is_understood(void **state)
{
	check("look", "dark", NULL);
	check("look", "Dark", "look: expected light or dark, not Dark");
	check("text-size", "ax5", NULL);
	check(
	    "text-size", "huge",
	    "text-size: expected xs, s, m, l, xl, xxl, xxxl, ax1, ax2, ax3, ax4 or ax5, not huge");
	check("reduce-motion", "on", NULL);
	check("reduce-motion", "false", NULL);
	check("reduce-motion", "1", "reduce-motion: expected on or off, not 1");
	check("display.orientation", "270", NULL);
	check("display.orientation", "45",
	      "display.orientation: expected 0, 90, 180 or 270, not 45");
	check("display.orientation", "left",
	      "display.orientation: expected 0, 90, 180 or 270, not left");
	check("display.brightness", "0.4", NULL);
	check("display.brightness", "1", NULL);
	check("display.brightness", "1.5",
	      "display.brightness: expected a number from 0 to 1, not 1.5");
	check("display.brightness", "nan",
	      "display.brightness: expected a number from 0 to 1, not nan");
	check("display.brightness", "auto",
	      "display.brightness: expected a number from 0 to 1, not auto");
	check("display.dim-after", "90", NULL);
	check("display.dim-after", "0", NULL);
	check("display.blank-after", "auto", NULL);
	check("display.blank-after", "-1",
	      "display.blank-after: expected seconds, 0 for never, or auto, not -1");
	check("display.blank-after", "2.5",
	      "display.blank-after: expected seconds, 0 for never, or auto, not 2.5");
	check("language", "en-GB", NULL);
	check("keyboard.layout", "us,de(nodeadkeys)", NULL);
	check("keyboard.layout", "auto", NULL);
	check("keyboard.layout", "../us",
	      "keyboard.layout: expected a layout such as us, de(nodeadkeys) or us,de, or auto, not "
	      "../us");
	check("language", "e", "language: expected a language such as en or en-GB, not e");
}

static void other_keys_take_json_or_text(void **state)
{
	struct cs_value *value;
	assert_int_equal(cs_setting_parse("sort", "3", &value, NULL), 0);
	assert_int_equal(cs_value_int(value, 0), 3);
	os_release(value);
	assert_int_equal(cs_setting_parse("sort", "by name", &value, NULL), 0);
	assert_string_equal(cs_value_string(value), "by name");
	char *text = cs_setting_copy_text(value);
	assert_string_equal(text, "by name");
	os_free(text);
	os_release(value);
	struct os_error error;
	assert_int_equal(cs_setting_check("sort", NULL, &error), -EINVAL);
	assert_int_equal(os_object_live_total(), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_default_is_allowed),
	    cmocka_unit_test(what_a_person_types_is_understood),
	    cmocka_unit_test(other_keys_take_json_or_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
