/* F22: ownership rules checked by tests. */
#include "test.h"

#include <os/object.h>
#include <pthread.h>

static char s_calls[64];

static void note(char c)
{
	size_t length = strlen(s_calls);
	s_calls[length] = c;
	s_calls[length + 1] = '\0';
}

struct lamp {
	double level;
	char odd[3];
};
struct colored_lamp {
	void *partner; /* a reference */
	int color;
};

static void lamp_init(struct os_object *object)
{
	note('a');
}
static void lamp_finalize(struct os_object *object)
{
	note('A');
}
static const struct os_class s_lamp_class = {
    .struct_size = sizeof(struct os_class),
    .name = "lamp",
    .size = sizeof(struct lamp),
    .init = lamp_init,
    .finalize = lamp_finalize,
};
static void colored_init(struct os_object *object);
static void colored_finalize(struct os_object *object);
static const struct os_class s_colored_class = {
    .struct_size = sizeof(struct os_class),
    .name = "colored lamp",
    .size = sizeof(struct colored_lamp),
    .super = &s_lamp_class,
    .init = colored_init,
    .finalize = colored_finalize,
};
static const struct os_class s_empty_class = {
    .struct_size = sizeof(struct os_class), .name = "empty", .super = &s_colored_class};
static const struct os_class s_picture_class = {
    .struct_size = sizeof(struct os_class), .flags = OS_CLASS_SHARED, .name = "picture", .size = 8};

static void colored_init(struct os_object *object)
{
	note('b');
}
static void colored_finalize(struct os_object *object)
{
	struct colored_lamp *lamp = os_object_state(object, &s_colored_class);
	note('B');
	os_release(os_retain(object)); /* as a signal emitted from here would */
	lamp->partner = os_release(lamp->partner);
}

static void inits_run_root_first_and_finalizes_leaf_first(void **state)
{
	s_calls[0] = '\0';
	void *object = os_object_create(&s_empty_class);
	assert_string_equal(s_calls, "ab");
	assert_ptr_equal(os_retain(object), object);
	assert_null(os_release(object));
	assert_string_equal(s_calls, "ab");
	os_release(object);
	assert_string_equal(s_calls, "abBA");
}

static void each_class_has_its_own_part(void **state)
{
	void *object = os_object_create(&s_empty_class);
	struct lamp *lamp = os_object_state(object, &s_lamp_class);
	struct colored_lamp *colored = os_object_state(object, &s_colored_class);
	assert_int_equal((uintptr_t)lamp % 16, 0);
	assert_int_equal((uintptr_t)colored % 16, 0);
	assert_true((char *)colored >= (char *)lamp + sizeof(*lamp));
	assert_true(lamp->level == 0.0);
	assert_int_equal(colored->color, 0);
	memset(lamp, 0xff, sizeof(*lamp));
	assert_null(colored->partner);
	os_release(object);
}

static void classes_are_asked(void **state)
{
	void *lamp = os_object_create(&s_lamp_class);
	void *colored = os_object_create(&s_colored_class);
	assert_true(os_object_is(colored, &s_lamp_class));
	assert_false(os_object_is(lamp, &s_colored_class));
	assert_false(os_object_is(NULL, &s_lamp_class));
	assert_null(os_object_try_state(lamp, &s_colored_class));
	assert_non_null(os_object_try_state(colored, &s_lamp_class));
	assert_ptr_equal(os_object_class(colored), &s_colored_class);
	assert_true(os_class_inherits(&s_empty_class, &s_lamp_class));
	os_release(lamp);
	os_release(colored);
}

static void live_objects_are_counted(void **state)
{
	int64_t total = os_object_live_total();
	void *lamp = os_object_create(&s_lamp_class);
	void *colored = os_object_create(&s_colored_class);
	assert_int_equal(os_class_live_count(&s_lamp_class), 1);
	assert_int_equal(os_class_live_count(&s_colored_class), 1);
	assert_int_equal(os_object_live_total(), total + 2);
	os_release(lamp);
	os_release(colored);
	assert_int_equal(os_class_live_count(&s_lamp_class), 0);
	assert_int_equal(os_object_live_total(), total);
}

static void assign_survives_the_same_object(void **state)
{
	void *place = NULL;
	void *lamp = os_object_create(&s_lamp_class);
	os_assign(&place, lamp);
	os_release(lamp);
	os_assign(&place, place);
	assert_int_equal(os_class_live_count(&s_lamp_class), 1);
	os_assign(&place, NULL);
	assert_int_equal(os_class_live_count(&s_lamp_class), 0);
	assert_null(place);
	assert_null(os_retain(NULL));
	assert_null(os_release(NULL));
}

static void a_released_chain_goes_with_its_head(void **state)
{
	void *head = os_object_create(&s_colored_class);
	void *tail = os_object_create(&s_colored_class);
	((struct colored_lamp *)os_object_state(head, &s_colored_class))->partner = tail;
	os_release(head);
	assert_int_equal(os_class_live_count(&s_colored_class), 0);
}

static void weak_references_zero_themselves(void **state)
{
	struct os_weak weak[4] = {0};
	void *lamp = os_object_create(&s_lamp_class);
	void *other = os_object_create(&s_lamp_class);
	for (int i = 0; i < 4; i++) {
		os_weak_set(&weak[i], lamp);
	}
	os_weak_finish(&weak[1]);
	os_weak_set(&weak[2], other);
	os_weak_set(&weak[3], NULL);
	assert_ptr_equal(os_weak_get(&weak[0]), lamp);
	assert_null(os_weak_get(&weak[1]));
	os_release(lamp);
	assert_null(os_weak_get(&weak[0]));
	assert_ptr_equal(os_weak_get(&weak[2]), other);
	os_weak_finish(&weak[0]);
	os_release(other);
	assert_null(os_weak_get(&weak[2]));
	assert_null(os_weak_get(&weak[3]));
}

static void *retain_and_release(void *picture)
{
	for (int i = 0; i < 20000; i++) {
		os_release(os_retain(picture));
	}
	os_release(picture);
	return NULL;
}

static void shared_objects_are_counted_on_any_thread(void **state)
{
	void *picture = os_object_create(&s_picture_class);
	pthread_t threads[3];
	for (int i = 0; i < 3; i++) {
		pthread_create(&threads[i], NULL, retain_and_release, os_retain(picture));
	}
	for (int i = 0; i < 3; i++) {
		pthread_join(threads[i], NULL);
	}
	assert_int_equal(os_class_live_count(&s_picture_class), 1);
	os_release(picture);
	assert_int_equal(os_class_live_count(&s_picture_class), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(inits_run_root_first_and_finalizes_leaf_first),
	    cmocka_unit_test(each_class_has_its_own_part),
	    cmocka_unit_test(classes_are_asked),
	    cmocka_unit_test(live_objects_are_counted),
	    cmocka_unit_test(assign_survives_the_same_object),
	    cmocka_unit_test(a_released_chain_goes_with_its_head),
	    cmocka_unit_test(weak_references_zero_themselves),
	    cmocka_unit_test(shared_objects_are_counted_on_any_thread),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
