/* F144: doctor tells which walls stand, and how to mend those that do not. */
#include "test.h"

#include <os/doctor.h>
#include <os/sandbox.h>

static void every_fact_has_a_sentence_and_every_lack_a_command(void **state)
{
	struct os_doctor doctor;
	os_doctor_collect(&doctor);
	const struct os_doctor_fact *facts = doctor.facts;
	const size_t count = doctor.count;
	assert_true(count >= 8);
	bool kernel = false, users = false;
	for (size_t i = 0; i < count; i++) {
		print_message("%-22s %-8s %s%s%s\n", facts[i].name,
			      os_doctor_state_name(facts[i].state), facts[i].sentence,
			      facts[i].mend[0] != '\0' ? " -> " : "", facts[i].mend);
		assert_true(strlen(facts[i].sentence) > 0);
		assert_int_equal(
		    facts[i].state == OS_DOCTOR_MISSING && facts[i].mend[0] == '\0' &&
			strcmp(facts[i].sentence, "cannot be had without the one above") != 0,
		    0);
		assert_true(facts[i].state != OS_DOCTOR_OK || facts[i].mend[0] == '\0');
		kernel = kernel || strcmp(facts[i].name, "kernel") == 0;
		users = users || strcmp(facts[i].name, "user-namespaces") == 0;
	}
	assert_true(kernel && users);
}

static void a_full_list_takes_no_more(void **state)
{
	struct os_doctor doctor = {.count = 0};
	for (int i = 0; i < 2 * OS_DOCTOR_FACTS_MAX; i++) {
		os_doctor_add(&doctor, "a", OS_DOCTOR_NOTE, NULL, "fact %d", i);
	}
	assert_int_equal(doctor.count, OS_DOCTOR_FACTS_MAX);
	assert_string_equal(doctor.facts[1].sentence, "fact 1");
	assert_string_equal(doctor.facts[1].mend, "");
}

static void a_missing_wall_has_a_sentence_and_a_command(void **state)
{
	struct os_sandbox_probe probe;
	bool can_start = os_sandbox_probe(&probe);
	assert_int_equal(can_start, (probe.standing & OS_SANDBOX_NEEDED) == OS_SANDBOX_NEEDED);
	assert_int_equal(can_start, probe.sentence[0] == '\0');
	assert_int_equal(can_start, probe.mend[0] == '\0');
	assert_int_equal(probe.landlock_version > 0, (probe.standing & OS_SANDBOX_LANDLOCK) != 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_fact_has_a_sentence_and_every_lack_a_command),
	    cmocka_unit_test(a_full_list_takes_no_more),
	    cmocka_unit_test(a_missing_wall_has_a_sentence_and_a_command),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
