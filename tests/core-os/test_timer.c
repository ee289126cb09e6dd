/* F21, F23: timers of a loop. */
#include "test.h"

#include <os/clock.h>
#include <os/random.h>
#include <os/timer.h>

#define MANY 500

static struct os_loop *s_loop;
static int64_t s_base_us;

static struct fired {
	int64_t at_us;
	int who;
} s_fired[4 * MANY];
static size_t s_fired_count;

struct self {
	int who;
	struct os_timer *timer, *victim;
	int64_t again_us; /* after this long; 0 = not */
};

static void fired(void *context, int64_t now_us)
{
	struct self *self = context;
	s_fired[s_fired_count++] = (struct fired){now_us - s_base_us, self->who};
	if (self->victim != NULL) {
		os_timer_cancel(self->victim);
	}
	if (self->again_us != 0) {
		os_timer_set(self->timer, now_us + self->again_us);
	}
}

static void create(struct self *self, int who, int64_t at_us)
{
	self->who = who;
	self->timer = os_timer_create(s_loop, OS_TIMER_DEVICE, OS_LOOP_MODE_COMMON, fired, self);
	os_timer_set(self->timer, s_base_us + at_us);
}

static int setup(void **state)
{
	os_clock_hold();
	s_base_us = os_clock_now_us();
	s_loop = os_loop_create();
	s_fired_count = 0;
	return 0;
}

static int teardown(void **state)
{
	s_loop = os_loop_release(s_loop);
	os_clock_run();
	return 0;
}

static void many_fire_in_order(void **state)
{
	static struct self s_selves[MANY];
	memset(s_selves, 0, sizeof(s_selves));
	for (int i = 0; i < MANY; i++) {
		create(&s_selves[i], i, 1 + (int64_t)(os_random_u64() % 100));
	}
	for (int i = 0; i < MANY; i += 3) {
		os_timer_cancel(s_selves[i].timer);
	}
	for (int i = 0; i < MANY; i += 5) {
		os_timer_set_after(s_selves[i].timer, 1 + i % 100);
	}
	os_loop_step_to(s_loop, s_base_us + 100);
	size_t expected = 0;
	for (int i = 0; i < MANY; i++) {
		expected += i % 3 != 0 || i % 5 == 0;
		assert_false(os_timer_is_set(s_selves[i].timer));
		os_timer_release(s_selves[i].timer);
	}
	assert_int_equal(s_fired_count, expected);
	for (size_t i = 1; i < s_fired_count; i++) {
		assert_true(s_fired[i - 1].at_us <= s_fired[i].at_us);
	}
}

static void equal_deadlines_fire_as_they_were_set(void **state)
{
	struct self selves[3] = {0};
	for (int i = 0; i < 3; i++) {
		create(&selves[i], i, 5);
	}
	os_timer_set(selves[0].timer, s_base_us + 5);
	os_loop_step_to(s_loop, s_base_us + 5);
	assert_int_equal(s_fired[0].who, 1);
	assert_int_equal(s_fired[1].who, 2);
	assert_int_equal(s_fired[2].who, 0);
	for (int i = 0; i < 3; i++) {
		os_timer_release(selves[i].timer);
	}
}

/* A jump over several periods: each is called for, from the time it was set to. */
static void repeated_ones_do_not_drift(void **state)
{
	struct self self = {.again_us = 10};
	create(&self, 0, 10);
	os_clock_advance_to(s_base_us + 45);
	for (int turn = 1; turn <= 4; turn++) {
		assert_int_equal(os_loop_iterate(s_loop, 0), 1); /* once a turn */
		assert_int_equal(s_fired[turn - 1].at_us, turn * 10);
	}
	assert_int_equal(os_loop_iterate(s_loop, 0), 0);
	assert_int_equal(os_timer_deadline_us(self.timer), s_base_us + 50);
	os_timer_release(self.timer);
}

static void one_cancels_the_next_of_the_same_turn(void **state)
{
	struct self first = {0}, second = {0};
	create(&first, 1, 1);
	create(&second, 2, 2);
	first.victim = second.timer;
	os_clock_advance_to(s_base_us + 10);
	os_loop_iterate(s_loop, 0);
	assert_int_equal(s_fired_count, 1);
	assert_int_equal(os_timer_deadline_us(second.timer), OS_NEVER);
	os_timer_release(first.timer);
	os_timer_release(second.timer);
}

static void release_in_callback(void *context, int64_t now_us)
{
	struct os_timer **timer = context;
	*timer = os_timer_release(*timer);
}

static void one_may_release_itself(void **state)
{
	struct os_timer *timer = os_timer_create(s_loop, OS_TIMER_REAL, OS_LOOP_MODE_COMMON,
						 release_in_callback, &timer);
	os_timer_set_after(timer, 0);
	os_loop_iterate(s_loop, OS_NEVER);
	assert_null(timer);
	assert_null(os_timer_release(NULL));
}

static void real_ones_fire_while_the_clock_is_held(void **state)
{
	struct self self = {0};
	self.timer = os_timer_create(s_loop, OS_TIMER_REAL, OS_LOOP_MODE_DEFAULT, fired, &self);
	os_timer_set_after(self.timer, 1000);
	while (s_fired_count == 0) {
		os_loop_iterate(s_loop, OS_NEVER);
	}
	os_timer_set_after(self.timer, OS_NEVER);
	assert_false(os_timer_is_set(self.timer));
	os_timer_release(self.timer);
}

static void running_ones_wake_the_loop(void **state)
{
	struct self self = {0};
	os_clock_run();
	create(&self, 0, 1500);
	while (s_fired_count == 0) {
		os_loop_iterate(s_loop, OS_NEVER);
	}
	assert_int_equal(s_fired[0].at_us, 1500);
	os_timer_release(self.timer);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(many_fire_in_order),         TEST(equal_deadlines_fire_as_they_were_set),
	    TEST(repeated_ones_do_not_drift), TEST(one_cancels_the_next_of_the_same_turn),
	    TEST(one_may_release_itself),     TEST(real_ones_fire_while_the_clock_is_held),
	    TEST(running_ones_wake_the_loop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
