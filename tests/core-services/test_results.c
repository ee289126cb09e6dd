/* F29: a fetched list stays up to date and says what moved. */
#include "notes_model.h"

#include <cs/results.h>

#include <stdio.h>

struct list {
	struct cs_results *results;
	struct os_listener listener;
	int64_t ids[3000]; /* as a table has applied the changes */
	size_t count;
	int times;
	size_t updated;
};

static void apply(void *context, void *data)
{
	struct list *list = context;
	const struct cs_list_change *change = data;
	list->times++;
	list->updated = change->updated_count;
	for (size_t i = change->deleted_count; i-- > 0;) {
		memmove(&list->ids[change->deleted[i]], &list->ids[change->deleted[i] + 1],
			(list->count - change->deleted[i] - 1) * sizeof(list->ids[0]));
		list->count--;
	}
	for (size_t i = 0; i < change->inserted_count; i++) {
		uint32_t at = change->inserted[i];
		memmove(&list->ids[at + 1], &list->ids[at],
			(list->count - at) * sizeof(list->ids[0]));
		list->ids[at] = cs_results_id_at(list->results, at);
		list->count++;
	}
}

static void list_init(struct list *list, struct test_store *test, const struct cs_fetch *fetch)
{
	memset(list, 0, sizeof(*list));
	list->results = cs_results_create(test->store, fetch);
	assert_non_null(list->results);
	list->count = cs_results_count(list->results);
	for (size_t i = 0; i < list->count; i++) {
		list->ids[i] = cs_results_id_at(list->results, i);
	}
	os_signal_connect(cs_results_changed(list->results), &list->listener, apply, list);
}

static void list_finish(struct list *list)
{
	os_listener_disconnect(&list->listener);
	cs_results_destroy(list->results);
}

/* What the table has, what the results have, and what a fetch gives are one. */
static void check(struct list *list, struct test_store *test, const struct cs_fetch *fetch)
{
	struct os_array ids;
	os_array_init(&ids, sizeof(int64_t));
	assert_int_equal(cs_store_fetch_ids(test->store, fetch, &ids), 0);
	assert_int_equal(ids.count, list->count);
	assert_int_equal(ids.count, cs_results_count(list->results));
	for (size_t i = 0; i < ids.count; i++) {
		int64_t id = *(int64_t *)os_array_at(&ids, i);
		assert_int_equal(list->ids[i], id);
		assert_int_equal(cs_results_id_at(list->results, i), id);
	}
	os_array_finish(&ids);
}

static void random_changes(struct test_store *test, uint32_t *seed, int count)
{
	for (int i = 0; i < count; i++) {
		*seed = *seed * 1664525 + 1013904223;
		uint32_t dice = *seed >> 8;
		struct cs_object *note =
		    cs_store_object(test->store, &test_note_entity, 1 + dice % 100);
		if (note == NULL || dice % 5 == 0) {
			test_note(test, dice % 2 ? "milk" : "Eggs", dice % 9);
		} else if (dice % 7 == 0) {
			cs_object_delete(note);
		} else {
			cs_object_set_int(note, NOTE_STARS, dice % 11);
		}
	}
}

static const struct cs_sort s_by_stars[] = {{.attribute = NOTE_STARS, .descending = true}};

static void run(const struct cs_fetch *fetch)
{
	struct test_store test;
	test_store_setup(&test);
	uint32_t seed = 7;
	random_changes(&test, &seed, 60);
	struct list list;
	list_init(&list, &test, fetch);
	for (int round = 0; round < 200; round++) {
		random_changes(&test, &seed, round % 20 == 0 ? 50 : 1 + round % 4);
		cs_store_process_changes(test.store);
		check(&list, &test, fetch);
		if (round % 10 == 0) {
			cs_store_flush(test.store, NULL);
			cs_store_trim(test.store);
		}
	}
	assert_true(list.times > 20);
	list_finish(&list);
	test_store_teardown(&test);
}

static void a_list_follows_its_store(void **state)
{
	const struct cs_fetch all = {.struct_size = sizeof(all),
				     .entity = &test_note_entity,
				     .sorts = s_by_stars,
				     .sort_count = 1};
	run(&all);
	struct cs_predicate *milk =
	    cs_predicate_and(cs_predicate_text(NOTE_TEXT, CS_EQUAL, "MILK", CS_FOLDED),
			     cs_predicate_int(NOTE_STARS, CS_GREATER, 2));
	struct cs_fetch some = all;
	some.predicate = milk;
	run(&some);
	some.limit = 10;
	some.offset = 3;
	run(&some);
	os_release(milk);
}

static void another_predicate_is_a_change(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	for (int i = 0; i < 30; i++) {
		test_note(&test, i % 3 ? "milk" : "eggs", i);
	}
	struct cs_fetch fetch = {.struct_size = sizeof(fetch),
				 .entity = &test_note_entity,
				 .sorts = s_by_stars,
				 .sort_count = 1};
	struct list list;
	list_init(&list, &test, &fetch);
	struct cs_predicate *milk = cs_predicate_text(NOTE_TEXT, CS_EQUAL, "milk", CS_EXACT);
	assert_int_equal(cs_results_set_predicate(list.results, milk), 0);
	fetch.predicate = milk;
	check(&list, &test, &fetch);
	assert_int_equal(list.count, 20);
	assert_int_equal(cs_results_set_predicate(list.results, NULL), 0);
	fetch.predicate = NULL;
	check(&list, &test, &fetch);
	os_release(milk);
	list_finish(&list);
	test_store_teardown(&test);
}

static void places_and_updates_are_told(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	struct cs_object *a = test_note(&test, "a", 9), *b = test_note(&test, "b", 5);
	const struct cs_fetch fetch = {.struct_size = sizeof(fetch),
				       .entity = &test_note_entity,
				       .sorts = s_by_stars,
				       .sort_count = 1};
	struct list list;
	list_init(&list, &test, &fetch);
	cs_store_process_changes(test.store);
	int times = list.times;
	cs_object_set_text(b, NOTE_TEXT, "other text, same place");
	cs_store_insert(test.store, &test_folder_entity);
	cs_store_process_changes(test.store);
	assert_int_equal(list.times, times + 1);
	assert_int_equal(list.updated, 1);
	cs_store_insert(test.store, &test_folder_entity);
	cs_store_process_changes(test.store);
	assert_int_equal(list.times, times + 1);
	assert_ptr_equal(cs_results_at(list.results, 0), a);
	assert_int_equal(cs_results_index_of(list.results, cs_object_id(b)), 1);
	assert_int_equal(cs_results_index_of(list.results, 12345), -1);
	list_finish(&list);
	test_store_teardown(&test);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_list_follows_its_store),
	    cmocka_unit_test(another_predicate_is_a_change),
	    cmocka_unit_test(places_and_updates_are_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
