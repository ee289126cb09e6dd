/* F17: which backlight, what its numbers mean to an eye, and those that refuse. */
#include "sys_folder.h"

#include <errno.h>
#include <math.h>

#include "backlight.h"

#define FOLDER "class/backlight/"

static void add(const struct sys_folder *sys, const char *name, const char *type, const char *most)
{
	char path[128];
	snprintf(path, sizeof(path), FOLDER "%s/type", name);
	sys_write(sys, path, type);
	snprintf(path, sizeof(path), FOLDER "%s/max_brightness", name);
	sys_write(sys, path, most);
	snprintf(path, sizeof(path), FOLDER "%s/brightness", name);
	sys_write(sys, path, most);
}

static const char *chosen(const struct sys_folder *sys)
{
	static struct backlight light;
	memset(&light, 0, sizeof(light));
	backlight_find(&light, sys->folder);
	return light.is_there ? light.name : "";
}

/* Documentation/ABI/stable/sysfs-class-backlight: firmware, then platform, then raw. */
static void the_kind_decides_then_the_name(void **state)
{
	struct sys_folder sys;
	sys_begin(&sys);
	assert_string_equal(chosen(&sys), "");
	add(&sys, "b_raw", "raw\n", "100\n");
	add(&sys, "a_raw", "raw\n", "100\n");
	assert_string_equal(chosen(&sys), "a_raw");
	add(&sys, "c_platform", "platform\n", "100\n");
	assert_string_equal(chosen(&sys), "c_platform");
	add(&sys, "d_firmware", "firmware\n", "15\n");
	assert_string_equal(chosen(&sys), "d_firmware");
	sys_end(&sys);
}

static void the_screen_that_is_connected_decides_first(void **state)
{
	struct sys_folder sys;
	sys_begin(&sys);
	add(&sys, "acpi_video0", "firmware\n", "15\n");
	add(&sys, "panel", "raw\n", "31\n");
	add(&sys, "other", "firmware\n", "31\n");
	sys_write(&sys, "devices/card1-DSI-1/status", "connected\n");
	sys_write(&sys, "devices/card1-DSI-2/status", "disconnected\n");
	sys_link(&sys, FOLDER "panel/device", "../../../devices/card1-DSI-1");
	sys_link(&sys, FOLDER "other/device", "../../../devices/card1-DSI-2");
	assert_string_equal(chosen(&sys), "panel");
	sys_write(&sys, "devices/card1-DSI-1/status", "disconnected\n");
	assert_string_equal(chosen(&sys), "acpi_video0");
	/* A device with a status of another kind is no connector. */
	sys_write(&sys, "devices/1-0045/status", "disconnected\n");
	sys_link(&sys, FOLDER "acpi_video0/device", "../../../devices/1-0045");
	assert_string_equal(chosen(&sys), "acpi_video0");
	sys_end(&sys);
}

/* CIE 1931 lightness, as colour science tables have it: L* 50 is 18.4 % of the light. */
static void a_level_is_what_an_eye_sees(void **state)
{
	const struct backlight linear = {.is_there = true, .is_linear = true, .most = 10000};
	const struct backlight eyes = {.is_there = true, .most = 10000};
	assert_int_equal(backlight_raw(&linear, 1), 10000);
	assert_int_equal(backlight_raw(&linear, 0), 141); /* ((12 + 16) / 116)^3 */
	assert_int_equal(backlight_raw(&linear, (50 - 12) / 88.0), 1842);
	assert_int_equal(backlight_raw(&eyes, 0), 1200);
	assert_int_equal(backlight_raw(&eyes, 0.5), 5600);
	for (double level = 0; level <= 1; level += 0.125) {
		assert_true(fabs(backlight_level(&linear, backlight_raw(&linear, level)) - level) <
			    0.002);
		assert_true(fabs(backlight_level(&eyes, backlight_raw(&eyes, level)) - level) <
			    0.001);
	}
	/* The Pi's Touch Display 2 has 31 steps, and the lowest level is none of dark. */
	const struct backlight pi = {.is_there = true, .is_linear = true, .most = 31};
	assert_int_equal(backlight_raw(&pi, 0), 1);
	assert_int_equal(backlight_raw(&pi, 7), 31);
	assert_int_equal(backlight_raw(&pi, -7), 1);
}

static void it_is_set_found_and_switched_off(void **state)
{
	struct sys_folder sys;
	struct backlight light = {0};
	sys_begin(&sys);
	add(&sys, "panel", "raw\n", "255\n");
	sys_write(&sys, FOLDER "panel/bl_power", "0\n");
	backlight_find(&light, sys.folder);
	assert_true(light.level == 1);
	assert_int_equal(backlight_set(&light, sys.folder, 0.5), 0);
	assert_string_equal(sys_read(&sys, FOLDER "panel/brightness"), "61");
	assert_int_equal(backlight_set(&light, sys.folder, -1), 0);
	assert_string_equal(sys_read(&sys, FOLDER "panel/bl_power"), "4");
	assert_true(light.level == 0.5);
	assert_int_equal(backlight_set(&light, sys.folder, 0.5), 0);
	assert_string_equal(sys_read(&sys, FOLDER "panel/bl_power"), "0");
	backlight_read(&light, sys.folder);
	assert_true(light.level == 0.5); /* not rounded by reading it back */
	sys_write(&sys, FOLDER "panel/brightness", "255\n");
	backlight_read(&light, sys.folder);
	assert_true(light.level == 1); /* a key that the firmware hears */
	sys_end(&sys);
}

static void without_bl_power_dark_is_0_and_a_switch_has_two_levels(void **state)
{
	struct sys_folder sys;
	struct backlight light = {0};
	sys_begin(&sys);
	add(&sys, "gpio", "raw\n", "1\n");
	backlight_find(&light, sys.folder);
	assert_int_equal(backlight_set(&light, sys.folder, 0), 0);
	assert_string_equal(sys_read(&sys, FOLDER "gpio/brightness"), "1");
	assert_int_equal(backlight_set(&light, sys.folder, -1), 0);
	assert_string_equal(sys_read(&sys, FOLDER "gpio/brightness"), "0");
	assert_int_equal(backlight_set(&light, sys.folder, 1), 0);
	assert_string_equal(sys_read(&sys, FOLDER "gpio/brightness"), "1");
	sys_end(&sys);
}

static void one_that_refuses_keeps_its_level(void **state)
{
	struct sys_folder sys;
	struct backlight light = {0};
	sys_begin(&sys);
	add(&sys, "stubborn", "raw\n", "100\n");
	backlight_find(&light, sys.folder);
	assert_int_equal(backlight_set(&light, sys.folder, 0.5), 0);
	sys_break(&sys, FOLDER "stubborn/brightness");
	assert_true(backlight_set(&light, sys.folder, 0.2) < 0);
	assert_true(light.has_failed && light.level == 0.5 && !light.is_dark);
	assert_true(backlight_set(&light, sys.folder, -1) < 0);
	assert_true(!light.is_dark);
	backlight_find(&light, sys.folder);
	assert_true(light.has_failed); /* said once, not with every look */
	sys_end(&sys);
}

static void one_that_lies_is_not_used(void **state)
{
	static const char *const s_lies[] = {
	    "0\n", "-3\n", "many\n", "", "99999999999999999999999\n", "2000000000\n"};
	struct sys_folder sys;
	sys_begin(&sys);
	for (size_t i = 0; i < OS_ARRAY_LEN(s_lies); i++) {
		add(&sys, "liar", "firmware\n", s_lies[i]);
		assert_string_equal(chosen(&sys), "");
	}
	add(&sys, "panel", "raw\n", "31\n");
	assert_string_equal(chosen(&sys), "panel");
	struct backlight light = {0};
	backlight_find(&light, sys.folder);
	assert_string_equal(light.garbage, "liar");
	sys_write(&sys, FOLDER "panel/brightness", "rubbish");
	backlight_find(&light, sys.folder);
	assert_true(light.is_there);
	sys_end(&sys);
}

static void one_that_went_is_none(void **state)
{
	struct sys_folder sys;
	struct backlight light = {0};
	sys_begin(&sys);
	add(&sys, "usb", "raw\n", "100\n");
	backlight_find(&light, sys.folder);
	unlinkat(sys.folder, FOLDER "usb/brightness", 0);
	assert_int_equal(backlight_set(&light, sys.folder, 0.5), -ENODEV);
	assert_int_equal(backlight_set(&light, sys.folder, 0.5), -ENODEV);
	assert_false(light.is_there);
	sys_end(&sys);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_kind_decides_then_the_name),
	    cmocka_unit_test(the_screen_that_is_connected_decides_first),
	    cmocka_unit_test(a_level_is_what_an_eye_sees),
	    cmocka_unit_test(it_is_set_found_and_switched_off),
	    cmocka_unit_test(without_bl_power_dark_is_0_and_a_switch_has_two_levels),
	    cmocka_unit_test(one_that_refuses_keeps_its_level),
	    cmocka_unit_test(one_that_lies_is_not_used),
	    cmocka_unit_test(one_that_went_is_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
