/* F118: the setting that keeps the matrix of each touch device, and what it is not. */
#include "test.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <cs/calibration.h>
#include <cs/settings.h>
#include <os/memory.h>
#include <os/object.h>

static const double s_turned[6] = {0, -1, 1, 1, 0, 0};

static void a_device_keeps_its_matrix(void **state)
{
	struct cs_value *one = cs_calibration_create_with(NULL, "panel a", s_turned);
	const double wide[6] = {1.25, 0.01, -0.1, 0, 1.1, -0.05};
	struct cs_value *two = cs_calibration_create_with(one, "panel b", wide);
	double matrix[6] = {0};
	assert_true(cs_calibration_is_valid(two));
	assert_true(cs_calibration_get(two, "panel a", matrix));
	assert_memory_equal(matrix, s_turned, sizeof(matrix));
	assert_true(cs_calibration_get(two, "panel b", matrix));
	assert_memory_equal(matrix, wide, sizeof(matrix));
	assert_false(cs_calibration_get(two, "panel c", matrix));
	struct cs_value *again = cs_calibration_create_with(two, "panel a", NULL);
	assert_false(cs_calibration_get(again, "panel a", matrix));
	assert_true(cs_calibration_get(again, "panel b", matrix));
	os_release(one);
	os_release(two);
	os_release(again);
}

static void what_is_written_is_read(void **state)
{
	struct cs_value *value = cs_calibration_create_with(NULL, "usb-0eef:0001 \"x\"", s_turned), *read = NULL;
	char *text = cs_value_copy_text(value, CS_WRITE_COMPACT);
	assert_int_equal(cs_setting_parse(CS_SETTING_CALIBRATION, text, &read, NULL), 0);
	assert_true(cs_value_equal(value, read));
	os_free(text);
	os_release(read);
	os_release(value);
}

static void garbage_is_refused(void **state)
{
	static const char *const s_bad[] = {
	    "",
	    "on",
	    "[]",
	    "7",
	    "{\"a\": 1}",
	    "{\"a\": [1, 0, 0, 0, 1]}",
	    "{\"a\": [1, 0, 0, 0, 1, 0, 0]}",
	    "{\"a\": [1, 0, 0, 0, \"1\", 0]}",
	    "{\"a\": [0, 0, 0, 0, 0, 0]}",
	    "{\"a\": [1, 1, 0, 1, 1, 0]}",
	    "{\"a\": [1e300, 0, 0, 0, 1, 0]}",
	    "{\"\": [1, 0, 0, 0, 1, 0]}",
	    "{\"a\": [1, 0, 0, 0, 1, 0], \"b\": null}",
	};
	for (size_t i = 0; i < OS_ARRAY_LEN(s_bad); i++) {
		struct cs_value *value = NULL;
		struct os_error error = {0};
		assert_int_equal(cs_setting_parse(CS_SETTING_CALIBRATION, s_bad[i], &value, &error), -EINVAL);
		assert_non_null(strstr(error.text, "touch.calibration: expected six numbers"));
		assert_null(value);
	}
	const double nan_matrix[6] = {NAN, 0, 0, 0, 1, 0}, far_matrix[6] = {1, 0, 101, 0, 1, 0};
	assert_false(cs_calibration_is_matrix(nan_matrix));
	assert_false(cs_calibration_is_matrix(far_matrix));
	assert_true(cs_calibration_is_matrix(s_turned));
}

/* More devices than anybody has: the newest stays. */
static void there_is_an_end(void **state)
{
	struct cs_value *value = NULL;
	char id[32];
	for (int i = 0; i < CS_CALIBRATION_DEVICES_MAX + 10; i++) {
		snprintf(id, sizeof(id), "panel %03d", i);
		struct cs_value *more = cs_calibration_create_with(value, id, s_turned);
		os_release(value);
		value = more;
		assert_true(cs_calibration_is_valid(value));
	}
	double matrix[6];
	assert_true(cs_calibration_get(value, id, matrix));
	os_release(value);
	assert_int_equal(os_object_live_total(), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_device_keeps_its_matrix),
	    cmocka_unit_test(what_is_written_is_read),
	    cmocka_unit_test(garbage_is_refused),
	    cmocka_unit_test(there_is_an_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
