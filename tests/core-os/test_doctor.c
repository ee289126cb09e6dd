/* F144: doctor tells which walls stand, and how to mend those that do not. */
#include "test.h"

#include <os/doctor.h>
#include <os/sandbox.h>

static void every_fact_has_a_sentence_and_every_lack_a_command(void **state)
{
	struct os_doctor_fact facts[OS_DOCTOR_FACTS_MAX];
	size_t count = os_doctor_collect(facts, OS_DOCTOR_FACTS_MAX);
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
	struct os_doctor_fact facts[2];
	size_t count = os_doctor_add(facts, 0, 2, "a", OS_DOCTOR_OK, NULL, "one");
	count = os_doctor_add(facts, count, 2, "b", OS_DOCTOR_NOTE, NULL, "%s", "two");
	count = os_doctor_add(facts, count, 2, "c", OS_DOCTOR_OK, NULL, "three");
	assert_int_equal(count, 2);
	assert_string_equal(facts[1].sentence, "two");
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
