/* Fingers from a script: at their times of the device's clock, in one report what belongs
 * together. F110 F114 */
#include "test.h"

#include <errno.h>
#include <os/board.h>
#include <os/clock.h>
#include <os/loop.h>
#include <os/status.h>

#define SAMPLES 64

struct heard {
	int count, reports;
	struct os_touch_sample samples[SAMPLES];
	int64_t at_us[SAMPLES];
};

static void touch(void *context, const struct os_touch_sample *samples, size_t count)
{
	struct heard *heard = context;
	heard->reports++;
	for (size_t i = 0; i < count && heard->count < SAMPLES; i++) {
		heard->at_us[heard->count] = os_clock_now_us();
		heard->samples[heard->count++] = samples[i];
	}
}

static void samples_are_played_at_their_times(void **state)
{
	struct os_error error;
	const struct os_board *board = os_board_open(BOARDS, "script", &error);
	assert_non_null(board);
	assert_null(board->display);
	os_clock_hold();
	struct os_loop *loop = os_loop_create();
	struct heard heard = {0};
	const struct os_touch_events events = {.struct_size = sizeof(events), .touch = touch};
	struct os_touch *door;
	assert_int_equal(board->touch->open(&events, &heard, NULL, &door), 0);
	assert_true(board->touch->next_due_us(door) == OS_NEVER);
	int64_t now_us = os_clock_now_us();
	/* Two fingers at once are one report; what is fed later may come earlier. */
	const struct os_touch_sample late[] = {
	    {.time_us = now_us + 30000, .finger = 0, .phase = OS_TOUCH_UP, .x = 0.5, .y = 0.5},
	    {.time_us = now_us + 30000, .finger = 1, .phase = OS_TOUCH_UP, .x = 0.6, .y = 0.5}};
	const struct os_touch_sample early[] = {
	    {.time_us = now_us, .finger = 0, .phase = OS_TOUCH_DOWN, .x = 0.5, .y = 0.5},
	    {.time_us = now_us + 10000, .finger = 1, .phase = OS_TOUCH_DOWN, .x = 0.6, .y = 0.5}};
	assert_int_equal(board->touch->feed(door, late, 2), 0);
	assert_int_equal(board->touch->feed(door, early, 2), 0);
	assert_true(board->touch->next_due_us(door) == now_us);
	os_loop_step_to(loop, now_us + 29999);
	assert_int_equal(heard.count, 2);
	os_loop_step_to(loop, now_us + 40000);
	assert_int_equal(heard.count, 4);
	assert_int_equal(heard.reports, 3);
	for (int i = 0; i < heard.count; i++) {
		assert_true(heard.at_us[i] == heard.samples[i].time_us);
		assert_true(heard.samples[i].flow != 0);
	}
	assert_true(heard.samples[0].flow == heard.samples[2].flow);
	assert_true(heard.samples[0].flow != heard.samples[1].flow);
	const struct os_touch_sample bad = {.finger = 10};
	assert_int_equal(board->touch->feed(door, &bad, 1), -EINVAL);
	board->touch->close(door);
	os_loop_release(loop);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(samples_are_played_at_their_times)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
