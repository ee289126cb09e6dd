/* F24: named notices. */
#include "test.h"

#include <cs/notification_center.h>

#include <os/buffer.h>

struct hearer {
	int count;
	struct cs_observer *observer, *other;
	const char *name;
	void *object;
};

static void hear(void *context, const struct cs_notification *notification)
{
	struct hearer *hearer = context;
	hearer->count++;
	hearer->name = notification->name;
	hearer->object = notification->object;
	hearer->other = cs_observer_remove(hearer->other);
}

static void name_and_object_are_filters(void **state)
{
	struct hearer all = {0}, named = {0}, from = {0}, both = {0};
	int a, b;
	all.observer = cs_notification_observe(NULL, NULL, NULL, hear, &all);
	named.observer = cs_notification_observe(NULL, "moved", NULL, hear, &named);
	from.observer = cs_notification_observe(NULL, NULL, &a, hear, &from);
	both.observer = cs_notification_observe(NULL, "moved", &a, hear, &both);
	cs_notification_post(NULL, "moved", &a, NULL);
	cs_notification_post(NULL, "moved", &b, NULL);
	cs_notification_post(NULL, "gone", &a, NULL);
	cs_notification_post(NULL, "gone", NULL, NULL);
	assert_int_equal(all.count, 4);
	assert_int_equal(named.count, 2);
	assert_int_equal(from.count, 2);
	assert_int_equal(both.count, 1);
	assert_string_equal(both.name, "moved");
	assert_ptr_equal(both.object, &a);
	cs_notification_center_destroy(cs_notification_center_default());
}

static void observers_may_go_while_told(void **state)
{
	struct cs_notification_center *center = cs_notification_center_create();
	struct hearer first = {0}, second = {0};
	first.observer = cs_notification_observe(center, "x", NULL, hear, &first);
	second.observer = cs_notification_observe(center, "x", NULL, hear, &second);
	first.other = second.observer;
	cs_notification_post(center, "x", NULL, NULL);
	cs_notification_post(center, "x", NULL, NULL);
	assert_int_equal(first.count, 2);
	assert_int_equal(second.count, 0);
	first.other = first.observer;
	cs_notification_post(center, "x", NULL, NULL);
	cs_notification_post(center, "x", NULL, NULL);
	assert_int_equal(first.count, 3);
	cs_notification_center_destroy(center);
}

struct adder {
	struct cs_notification_center *center;
	struct hearer *hearer;
};

static void add(void *context, const struct cs_notification *notification)
{
	struct adder *adder = context;
	cs_notification_observe(adder->center, "x", NULL, hear, adder->hearer);
}

static void new_ones_hear_from_the_next_on(void **state)
{
	struct hearer hearer = {0};
	struct adder adder = {cs_notification_center_create(), &hearer};
	struct cs_observer *observer =
	    cs_notification_observe(adder.center, "x", NULL, add, &adder);
	cs_notification_post(adder.center, "x", NULL, NULL);
	assert_int_equal(hearer.count, 0);
	cs_observer_remove(observer);
	cs_notification_post(adder.center, "x", NULL, NULL);
	assert_int_equal(hearer.count, 1);
	cs_notification_center_destroy(adder.center);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(name_and_object_are_filters),
	    cmocka_unit_test(observers_may_go_while_told),
	    cmocka_unit_test(new_ones_hear_from_the_next_on),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
