/* What a scene and an input method say to each other: whole, or refused. */
#include "test.h"

#include <errno.h>

#include "input_channel.h"

static void a_state_comes_back_as_it_was(void **state)
{
	struct input_state out = {.revision = 0x01020304,
				  .flags = INPUT_MULTILINE | INPUT_MORE_AFTER,
				  .type = UI_INPUT_WEB,
				  .return_key = UI_RETURN_GO,
				  .selection_start = 1,
				  .selection_end = 3,
				  .marked_start = 2,
				  .marked_end = 3,
				  .text = "abcd",
				  .length = 4};
	struct os_buffer bytes = {0};
	input_state_write(&bytes, &out);
	struct input_state in;
	assert_int_equal(input_state_read(bytes.bytes, bytes.length, &in), 0);
	assert_int_equal(in.revision, out.revision);
	assert_int_equal(in.flags, out.flags);
	assert_int_equal(in.return_key, UI_RETURN_GO);
	assert_int_equal(in.selection_end, 3);
	assert_int_equal(in.marked_start, 2);
	assert_int_equal(in.length, 4);
	assert_memory_equal(in.text, "abcd", 4);
	for (size_t length = 0; length < bytes.length; length++) {
		assert_int_equal(input_state_read(bytes.bytes, length, &in), -EINVAL);
	}
	os_buffer_finish(&bytes);
}

static void an_operation_comes_back_as_it_was(void **state)
{
	struct input_operation out = {.kind = INPUT_REPLACE,
				      .revision = 7,
				      .start = 2,
				      .end = 300,
				      .text = "xy",
				      .length = 2};
	struct os_buffer bytes = {0};
	input_operation_write(&bytes, &out);
	struct input_operation in;
	assert_int_equal(input_operation_read(bytes.bytes, bytes.length, &in), 0);
	assert_int_equal(in.kind, INPUT_REPLACE);
	assert_int_equal(in.end, 300);
	assert_int_equal(in.length, 2);
	assert_memory_equal(in.text, "xy", 2);
	bytes.bytes[1] = INPUT_OPERATIONS;
	assert_int_equal(input_operation_read(bytes.bytes, bytes.length, &in), -EINVAL);
	assert_int_equal(input_operation_read(bytes.bytes, 9, &in), -EINVAL);
	os_buffer_finish(&bytes);
}

/* Any bytes: read whole or refused, never beyond their end (ASan watches). */
static void noise_is_refused_or_sane(void **state)
{
	uint32_t seed = 3;
	for (int round = 0; round < 20000; round++) {
		uint8_t noise[40];
		for (size_t i = 0; i < sizeof(noise); i++) {
			seed = seed * 1664525u + 1013904223u;
			noise[i] = (uint8_t)(seed >> 24);
		}
		noise[0] = round % 2 == 0 ? INPUT_STATE : INPUT_OPERATION;
		noise[1] = round % 2 == 0 ? INPUT_VERSION : noise[1] % 8;
		noise[17] = 0;
		size_t length = seed % sizeof(noise);
		uint8_t *bytes = malloc(length + 1);
		memcpy(bytes, noise, length);
		struct input_state in;
		if (input_state_read(bytes, length, &in) == 0) {
			assert_true(in.selection_start <= in.selection_end &&
				    in.selection_end <= in.length);
			assert_true((const uint8_t *)in.text + in.length == bytes + length);
		}
		struct input_operation operation;
		if (input_operation_read(bytes, length, &operation) == 0) {
			assert_true((const uint8_t *)operation.text + operation.length ==
				    bytes + length);
		}
		free(bytes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_state_comes_back_as_it_was),
	    cmocka_unit_test(an_operation_comes_back_as_it_was),
	    cmocka_unit_test(noise_is_refused_or_sane),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
