/* F16, F17: the power door as the system opens it, over udev and a sysfs that umockdev plays. */
#include "test.h"

#include <math.h>
#include <poll.h>
#include <sys/stat.h>
#include <umockdev.h>

#include <os/board.h>
#include <os/status.h>

struct room {
	UMockdevTestbed *bed;
	char *light, *battery;
	const struct os_power_door *door;
	struct os_power *power;
	struct os_power_state told;
	int changes;
};

static void changed(void *context, const struct os_power_state *state)
{
	struct room *room = context;
	room->changes++;
	room->told = *state;
}

static const struct os_power_events s_events = {.struct_size = sizeof(s_events),
						.changed = changed};

static void open_door(struct room *room)
{
	struct os_error error = {0};
	const struct os_board *board = os_board_open(BOARDS, "linux", &error);
	if (board == NULL) {
		fail_msg("%s", error.text);
	}
	room->door = board->power;
	assert_int_equal(room->door->open(&s_events, room, &room->power), 0);
}

static void add_things(struct room *room)
{
	room->light = umockdev_testbed_add_device(room->bed, "backlight", "10-0045", NULL, "type",
						  "raw", "max_brightness", "31", "brightness", "31",
						  "bl_power", "0", NULL, NULL);
	room->battery =
	    umockdev_testbed_add_device(room->bed, "power_supply", "BAT0", NULL, "type", "Battery",
					"capacity", "80", "status", "Discharging", NULL, NULL);
	g_free(umockdev_testbed_add_device(room->bed, "thermal", "thermal_zone0", NULL, "temp",
					   "51000", "type", "cpu-thermal", NULL, NULL));
}

static int setup(void **state)
{
	struct room *room = calloc(1, sizeof(*room));
	room->bed = umockdev_testbed_new();
	*state = room;
	return 0;
}

static int teardown(void **state)
{
	struct room *room = *state;
	if (room->power != NULL) {
		room->door->close(room->power);
	}
	g_free(room->light);
	g_free(room->battery);
	g_object_unref(room->bed);
	free(room);
	return 0;
}

static void set(const struct room *room, const char *device, const char *file, const char *text)
{
	umockdev_testbed_set_attribute(room->bed, device, file, text);
}

static char *get(const struct room *room, const char *device, const char *file)
{
	static char text[64];
	char path[256];
	char *root = umockdev_testbed_get_root_dir(room->bed);
	snprintf(path, sizeof(path), "%s%s/%s", root, device, file);
	g_free(root);
	FILE *stream = fopen(path, "r");
	assert_non_null(stream);
	assert_non_null(fgets(text, sizeof(text), stream));
	fclose(stream);
	return text;
}

/* Waits for the event that was sent: it goes through a socket of this process. */
static void hear(struct room *room)
{
	struct pollfd fd = {.fd = room->door->get_fd(room->power), .events = POLLIN};
	assert_true(fd.fd >= 0);
	assert_int_equal(poll(&fd, 1, 5000), 1);
	room->door->dispatch(room->power);
}

static void what_there_is_is_found(void **state)
{
	struct room *room = *state;
	add_things(room);
	open_door(room);
	struct os_power_state power;
	char text[200];
	room->door->get_state(room->power, &power);
	assert_true(power.has_backlight && !power.is_backlight_switch && power.backlight == 1);
	assert_true(power.has_battery && fabs(power.battery - 0.8) < 1e-9 && !power.is_charging);
	assert_true(power.warmest_c == 51 && !power.is_throttled);
	room->door->describe(room->power, text, sizeof(text));
	assert_string_equal(text, "backlight 10-0045 (raw), 31 steps, battery BAT0 80 %, 51 °C");
	assert_int_equal(room->door->set_backlight(room->power, 0), 0);
	assert_string_equal(get(room, room->light, "brightness"), "1");
	assert_int_equal(room->door->set_backlight(room->power, -1), 0);
	assert_string_equal(get(room, room->light, "bl_power"), "4");
	assert_int_equal(room->changes, 0);
}

static void a_bare_machine_has_nothing_and_says_so(void **state)
{
	struct room *room = *state;
	open_door(room);
	struct os_power_state power;
	char text[200];
	room->door->get_state(room->power, &power);
	assert_true(!power.has_backlight && !power.has_battery && isnan(power.warmest_c));
	assert_true(room->door->set_backlight(room->power, 0.5) < 0);
	room->door->describe(room->power, text, sizeof(text));
	assert_string_equal(text, "no backlight that can be set, no battery");
	room->door->dispatch(room->power); /* with nothing to hear */
}

static void udev_tells_of_what_changes_and_what_goes(void **state)
{
	struct room *room = *state;
	add_things(room);
	open_door(room);
	set(room, room->battery, "status", "Charging");
	umockdev_testbed_uevent(room->bed, room->battery, "change");
	hear(room);
	assert_int_equal(room->changes, 1);
	assert_true(room->told.is_charging);
	umockdev_testbed_uevent(room->bed, room->battery, "change"); /* no news in it */
	hear(room);
	assert_int_equal(room->changes, 1);
	/* The firmware's own brightness key. */
	set(room, room->light, "brightness", "1");
	umockdev_testbed_uevent(room->bed, room->light, "change");
	hear(room);
	assert_int_equal(room->changes, 2);
	assert_true(room->told.backlight < 0.2);
	umockdev_testbed_uevent(room->bed, room->light, "remove");
	umockdev_testbed_remove_device(room->bed, room->light);
	hear(room);
	assert_int_equal(room->changes, 3);
	assert_false(room->told.has_backlight);
}

static void one_that_comes_later_is_taken(void **state)
{
	struct room *room = *state;
	open_door(room);
	add_things(room);
	umockdev_testbed_uevent(room->bed, room->light, "add");
	hear(room);
	assert_true(room->changes >= 1 && room->told.has_backlight && room->told.has_battery);
	assert_int_equal(room->door->set_backlight(room->power, 1), 0);
}

static void one_that_is_read_only_refuses(void **state)
{
	struct room *room = *state;
	add_things(room);
	open_door(room);
	char path[256];
	char *root = umockdev_testbed_get_root_dir(room->bed);
	snprintf(path, sizeof(path), "%s%s/brightness", root, room->light);
	g_free(root);
	assert_int_equal(remove(path), 0);
	assert_int_equal(mkdir(path, 0777), 0); /* refuses root as well */
	assert_true(room->door->set_backlight(room->power, 0.1) < 0);
	assert_true(room->door->set_backlight(room->power, 0.2) < 0);
	struct os_power_state power;
	room->door->get_state(room->power, &power);
	assert_true(power.has_backlight && power.backlight == 1);
	assert_int_equal(room->changes, 0);
	rmdir(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(what_there_is_is_found, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_bare_machine_has_nothing_and_says_so, setup,
					    teardown),
	    cmocka_unit_test_setup_teardown(udev_tells_of_what_changes_and_what_goes, setup,
					    teardown),
	    cmocka_unit_test_setup_teardown(one_that_comes_later_is_taken, setup, teardown),
	    cmocka_unit_test_setup_teardown(one_that_is_read_only_refuses, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
