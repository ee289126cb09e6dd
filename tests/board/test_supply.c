/* F17: batteries: one, several, none, a mouse's, and those that say nonsense. */
#include "sys_folder.h"

#include <math.h>

#include "supply.h"

#define FOLDER "class/power_supply/"

static void add(const struct sys_folder *sys, const char *name, const char *file, const char *text)
{
	char path[128];
	snprintf(path, sizeof(path), FOLDER "%s/%s", name, file);
	sys_write(sys, path, text);
}

static void add_battery(const struct sys_folder *sys, const char *name, const char *capacity,
			const char *status)
{
	add(sys, name, "type", "Battery\n");
	add(sys, name, "capacity", capacity);
	add(sys, name, "status", status);
}

static bool is(double value, double wanted)
{
	return fabs(value - wanted) < 1e-9;
}

static void one_battery_none_and_a_mouse(void **state)
{
	struct sys_folder sys;
	struct supply supply = {0};
	sys_begin(&sys);
	supply_read(&supply, sys.folder);
	assert_int_equal(supply.batteries, 0);
	add_battery(&sys, "hidpp_battery_0", "55\n", "Discharging\n");
	add(&sys, "hidpp_battery_0", "scope", "Device\n");
	supply_read(&supply, sys.folder);
	assert_int_equal(supply.batteries, 0);
	add_battery(&sys, "BAT0", "83\n", "Discharging\n");
	supply_read(&supply, sys.folder);
	assert_int_equal(supply.batteries, 1);
	assert_true(is(supply.level, 0.83) && !supply.is_charging);
	add(&sys, "BAT0", "present", "0\n");
	supply_read(&supply, sys.folder);
	assert_int_equal(supply.batteries, 0);
	sys_end(&sys);
}

static void on_a_plug_it_charges_or_is_full(void **state)
{
	struct sys_folder sys;
	struct supply supply = {0};
	sys_begin(&sys);
	add_battery(&sys, "BAT0", "83\n", "Charging\n");
	supply_read(&supply, sys.folder);
	assert_true(supply.is_charging);
	add(&sys, "BAT0", "status", "Full\n");
	supply_read(&supply, sys.folder);
	assert_false(supply.is_charging);
	add(&sys, "AC", "type", "Mains\n");
	add(&sys, "AC", "online", "1\n");
	supply_read(&supply, sys.folder);
	assert_true(supply.is_charging);
	add(&sys, "BAT0", "status", "Discharging\n"); /* a plug that does not give enough */
	supply_read(&supply, sys.folder);
	assert_false(supply.is_charging);
	sys_end(&sys);
}

static void several_count_by_what_they_hold(void **state)
{
	struct sys_folder sys;
	struct supply supply = {0};
	sys_begin(&sys);
	add_battery(&sys, "BAT0", "100\n", "Full\n");
	add_battery(&sys, "BAT1", "40\n", "Discharging\n");
	supply_read(&supply, sys.folder);
	assert_true(supply.batteries == 2 && is(supply.level, 0.7));
	add(&sys, "BAT0", "energy_full", "20000000\n");
	add(&sys, "BAT1", "energy_full", "60000000\n");
	supply_read(&supply, sys.folder);
	assert_true(is(supply.level, 0.55));
	assert_string_equal(supply.name, "BAT0");
	sys_end(&sys);
}

static void without_a_capacity_the_charge_says_it(void **state)
{
	struct sys_folder sys;
	struct supply supply = {0};
	sys_begin(&sys);
	add_battery(&sys, "gauge", "rubbish\n", "Discharging\n");
	add(&sys, "gauge", "charge_now", "1500000\n");
	add(&sys, "gauge", "charge_full", "2000000\n");
	supply_read(&supply, sys.folder);
	assert_true(is(supply.level, 0.75));
	add(&sys, "gauge", "capacity", "104\n");
	supply_read(&supply, sys.folder);
	assert_true(is(supply.level, 1));
	sys_end(&sys);
}

static void one_that_says_nonsense_is_left_out(void **state)
{
	static const char *const s_lies[] = {"-20\n", "4000000000\n", "", "full\n", "50 %\n"};
	struct sys_folder sys;
	struct supply supply = {0};
	sys_begin(&sys);
	for (size_t i = 0; i < OS_ARRAY_LEN(s_lies); i++) {
		add_battery(&sys, "BAT0", s_lies[i], "Charging\n");
		add(&sys, "BAT0", "energy_now", "-5\n");
		add(&sys, "BAT0", "energy_full", "0\n");
		supply_read(&supply, sys.folder);
		assert_int_equal(supply.batteries, 0);
		assert_string_equal(supply.garbage, "BAT0");
		assert_false(supply.is_charging);
	}
	add_battery(&sys, "BAT1", "30\n", "\x01\xff");
	supply_read(&supply, sys.folder);
	assert_true(supply.batteries == 1 && is(supply.level, 0.3));
	sys_end(&sys);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(one_battery_none_and_a_mouse),
	    cmocka_unit_test(on_a_plug_it_charges_or_is_full),
	    cmocka_unit_test(several_count_by_what_they_hold),
	    cmocka_unit_test(without_a_capacity_the_charge_says_it),
	    cmocka_unit_test(one_that_says_nonsense_is_left_out),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
