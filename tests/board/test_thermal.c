/* F17: the warmest zone, and who says that the processor is slowed down. */
#include "sys_folder.h"

#include <math.h>

#include "thermal.h"

#define FOLDER "class/thermal/"

static struct thermal read_it(const struct sys_folder *sys)
{
	struct thermal thermal;
	thermal_read(&thermal, sys->folder);
	return thermal;
}

static void the_warmest_zone_counts_and_nonsense_does_not(void **state)
{
	struct sys_folder sys;
	sys_begin(&sys);
	assert_true(isnan(read_it(&sys).warmest_c));
	sys_write(&sys, FOLDER "thermal_zone0/temp", "47500\n");
	sys_write(&sys, FOLDER "thermal_zone1/temp", "-274000\n");
	sys_write(&sys, FOLDER "thermal_zone2/temp", "9999999999\n");
	sys_write(&sys, FOLDER "thermal_zone3/temp", "hot\n");
	sys_write(&sys, FOLDER "thermal_zone4/type", "no temp\n");
	assert_true(read_it(&sys).warmest_c == 47.5);
	sys_write(&sys, FOLDER "thermal_zone5/temp", "61000\n");
	assert_true(read_it(&sys).warmest_c == 61);
	assert_false(read_it(&sys).is_throttled);
	sys_end(&sys);
}

static void a_slowed_processor_counts_and_a_fan_does_not(void **state)
{
	struct sys_folder sys;
	sys_begin(&sys);
	sys_write(&sys, FOLDER "cooling_device0/type", "pwm-fan\n");
	sys_write(&sys, FOLDER "cooling_device0/cur_state", "4\n");
	sys_write(&sys, FOLDER "cooling_device1/type", "intel_powerclamp\n");
	sys_write(&sys, FOLDER "cooling_device1/cur_state", "-1\n");
	sys_write(&sys, FOLDER "cooling_device2/type", "cpufreq-cpu0\n");
	sys_write(&sys, FOLDER "cooling_device2/cur_state", "0\n");
	assert_false(read_it(&sys).is_throttled);
	sys_write(&sys, FOLDER "cooling_device2/cur_state", "2\n");
	assert_true(read_it(&sys).is_throttled);
	sys_write(&sys, FOLDER "cooling_device2/cur_state", "x\n");
	assert_false(read_it(&sys).is_throttled);
	sys_write(&sys, FOLDER "cooling_device3/type", "Processor\n");
	sys_write(&sys, FOLDER "cooling_device3/cur_state", "1\n");
	assert_true(read_it(&sys).is_throttled);
	sys_end(&sys);
}

/* The bits of 16 and above are of the past: only what is now counts; 0 is too little voltage. */
static void a_pis_firmware_says_it_in_hexadecimal(void **state)
{
	static const struct {
		const char *text;
		bool throttled;
	} s_said[] = {{"0\n", false},   {"50000\n", false}, {"50005\n", true},
		      {"1\n", false},   {"0x8\n", true},    {"e0008\n", true},
		      {"zzz\n", false}, {"", false},        {"4 5\n", false}};
	static const char *const s_paths[] = {
	    "devices/platform/soc/soc:firmware/get_throttled",
	    "devices/platform/soc@107c000000/soc@107c000000:firmware/get_throttled"};
	for (size_t k = 0; k < OS_ARRAY_LEN(s_paths); k++) {
		struct sys_folder sys;
		sys_begin(&sys);
		for (size_t i = 0; i < OS_ARRAY_LEN(s_said); i++) {
			sys_write(&sys, s_paths[k], s_said[i].text);
			assert_int_equal(read_it(&sys).is_throttled, s_said[i].throttled);
		}
		sys_end(&sys);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_warmest_zone_counts_and_nonsense_does_not),
	    cmocka_unit_test(a_slowed_processor_counts_and_a_fan_does_not),
	    cmocka_unit_test(a_pis_firmware_says_it_in_hexadecimal),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
