/* F38: predicates and sorts; what has not been saved is found as well as what has. */
#include "notes_model.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static uint32_t s_seed = 42;

static uint32_t random_below(uint32_t bound)
{
	s_seed = s_seed * 1664525 + 1013904223;
	return (s_seed >> 8) % bound;
}

static const char *random_text(void)
{
	static const char *const words[] = {"",      "milk",  "Milk",        "MILKshake",
					    "äpfel", "Äpfel", "a",           "@",
					    "A@b",   "zzz",   "almond milk", "é",
					    "Éa",    "[x]",   "ÿ",           "π",
					    "Π",     "mil",   "milÿ",        "\xf4\x8f\xbf\xbf"};
	return words[random_below(OS_ARRAY_LEN(words))];
}

static struct cs_predicate *random_predicate(int depth)
{
	uint32_t kind = random_below(depth > 0 ? 9 : 6);
	switch (kind) {
	case 0:
		return cs_predicate_int(NOTE_STARS, random_below(6), random_below(5));
	case 1:
		return cs_predicate_real(NOTE_WEIGHT, random_below(6), random_below(4) / 2.0);
	case 2:
		return cs_predicate_id(random_below(6), 1 + random_below(60));
	case 3:
	case 4:
	case 5:
		return cs_predicate_text(NOTE_TEXT, random_below(8), random_text(),
					 random_below(2) ? CS_FOLDED : CS_EXACT);
	case 6:
		return cs_predicate_not(random_predicate(depth - 1));
	case 7:
		return cs_predicate_and(random_predicate(depth - 1), random_predicate(depth - 1));
	default:
		return cs_predicate_or(random_predicate(depth - 1), random_predicate(depth - 1));
	}
}

static void fill_note(struct cs_object *note)
{
	cs_object_set_text(note, NOTE_TEXT, random_text());
	cs_object_set_int(note, NOTE_STARS, random_below(5));
	cs_object_set_real(note, NOTE_WEIGHT, random_below(4) / 2.0);
}

/* Both stores get the same changes; one is saved and emptied of memory, so that sqlite answers, the
 * other never is, so that C does. */
static void change_both(struct test_store *saved, struct test_store *unsaved)
{
	uint32_t seed = s_seed;
	for (int side = 0; side < 2; side++) {
		struct test_store *test = side == 0 ? saved : unsaved;
		s_seed = seed;
		for (int i = 0; i < 10; i++) {
			int64_t id = 1 + random_below(60);
			struct cs_object *note =
			    cs_store_object(test->store, &test_note_entity, id);
			if (note == NULL || random_below(3) == 0) {
				fill_note(cs_store_insert(test->store, &test_note_entity));
			} else if (random_below(4) == 0) {
				cs_object_delete(note);
			} else {
				fill_note(note);
			}
		}
	}
	assert_int_equal(cs_store_flush(saved->store, NULL), 0);
	cs_store_trim(saved->store);
}

static void compare(struct test_store *a, struct test_store *b, const struct cs_fetch *fetch)
{
	struct os_array ids[2];
	for (int side = 0; side < 2; side++) {
		os_array_init(&ids[side], sizeof(int64_t));
		assert_int_equal(
		    cs_store_fetch_ids(side == 0 ? a->store : b->store, fetch, &ids[side]), 0);
	}
	assert_int_equal(ids[0].count, ids[1].count);
	if (ids[0].count > 0) {
		assert_memory_equal(ids[0].items, ids[1].items, ids[0].count * sizeof(int64_t));
	}
	assert_int_equal(cs_store_count(a->store, fetch), (int64_t)ids[0].count);
	assert_int_equal(cs_store_count(b->store, fetch), (int64_t)ids[0].count);
	os_array_finish(&ids[0]);
	os_array_finish(&ids[1]);
}

static void compare_random_fetch(struct test_store *a, struct test_store *b)
{
	struct cs_sort sorts[3];
	for (int i = 0; i < 3; i++) {
		static const uint32_t attributes[] = {NOTE_TEXT, NOTE_STARS, NOTE_WEIGHT};
		sorts[i].attribute = attributes[random_below(3)];
		sorts[i].descending = random_below(2);
		sorts[i].folded = sorts[i].attribute == NOTE_TEXT && random_below(2);
	}
	struct cs_predicate *predicate = random_below(8) == 0 ? NULL : random_predicate(3);
	const struct cs_fetch fetch = {
	    .struct_size = sizeof(fetch),
	    .entity = &test_note_entity,
	    .predicate = predicate,
	    .sorts = sorts,
	    .sort_count = random_below(4),
	    .limit = random_below(3) == 0 ? 1 + random_below(20) : 0,
	    .offset = random_below(3) == 0 ? random_below(10) : 0,
	};
	compare(a, b, &fetch);
	os_release(predicate);
}

static void sqlite_and_memory_give_the_same_answers(void **state)
{
	struct test_store saved, unsaved;
	test_store_setup(&saved);
	test_store_setup(&unsaved);
	for (int round = 0; round < 30; round++) {
		change_both(&saved, &unsaved);
		for (int i = 0; i < 30; i++) {
			compare_random_fetch(&saved, &unsaved);
		}
	}
	cs_store_close(unsaved.store);
	unsaved.store = NULL;
	test_store_teardown(&unsaved);
	test_store_teardown(&saved);
}

/* The same when part of the changes is under way to the file. */
static void commits_under_way_change_no_answer(void **state)
{
	struct test_store busy, unsaved;
	test_store_setup(&busy);
	test_store_setup(&unsaved);
	for (int round = 0; round < 60; round++) {
		change_both(&busy, &unsaved);
		uint32_t seed = s_seed;
		for (int side = 0; side < 2; side++) {
			struct test_store *test = side == 0 ? &busy : &unsaved;
			s_seed = seed;
			for (int i = 0; i < 6; i++) {
				struct cs_object *note = cs_store_object(
				    test->store, &test_note_entity, 1 + random_below(60));
				if (note != NULL && i == 5) {
					cs_object_delete(note);
				} else if (note != NULL) {
					fill_note(note);
				}
			}
		}
		cs_store_save(busy.store); /* not waited for */
		for (int i = 0; i < 10; i++) {
			compare_random_fetch(&busy, &unsaved);
		}
	}
	test_store_teardown(&unsaved);
	test_store_teardown(&busy);
}

static void what_does_not_fit_is_refused(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	test_note(&test, "x", 1);
	struct os_array ids;
	os_array_init(&ids, sizeof(int64_t));
	struct cs_predicate *bad[] = {
	    cs_predicate_int(NOTE_TEXT, CS_EQUAL, 1),
	    cs_predicate_text(NOTE_STARS, CS_EQUAL, "1", CS_EXACT),
	    cs_predicate_int(99, CS_EQUAL, 1),
	    cs_predicate_int(NOTE_DATA, CS_EQUAL, 1),
	    cs_predicate_not(cs_predicate_real(NOTE_STARS, CS_LESS, 1)),
	};
	for (size_t i = 0; i < OS_ARRAY_LEN(bad); i++) {
		const struct cs_fetch fetch = {
		    .struct_size = sizeof(fetch), .entity = &test_note_entity, .predicate = bad[i]};
		assert_int_equal(cs_store_fetch_ids(test.store, &fetch, &ids), -EINVAL);
		assert_int_equal(cs_store_count(test.store, &fetch), -EINVAL);
		assert_null(cs_store_first(test.store, &fetch));
		os_release(bad[i]);
	}
	const struct cs_sort by_bytes = {.attribute = NOTE_DATA};
	const struct cs_fetch fetch = {.struct_size = sizeof(fetch),
				       .entity = &test_note_entity,
				       .sorts = &by_bytes,
				       .sort_count = 1};
	assert_int_equal(cs_store_fetch_ids(test.store, &fetch, &ids), -EINVAL);
	assert_int_equal(ids.count, 0);
	os_array_finish(&ids);
	test_store_teardown(&test);
}

/* Whatever is looked for is bound, never part of the SQL. */
static void quotes_are_only_text(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	const char *evil = "'; DROP TABLE note; --\" %_";
	test_note(&test, evil, 1);
	test_note(&test, "other", 1);
	cs_store_flush(test.store, NULL);
	for (enum cs_comparison how = CS_EQUAL; how <= CS_BEGINS_WITH; how++) {
		struct cs_predicate *predicate = cs_predicate_text(NOTE_TEXT, how, evil, how % 2);
		const struct cs_fetch fetch = {.struct_size = sizeof(fetch),
					       .entity = &test_note_entity,
					       .predicate = predicate};
		assert_true(cs_store_count(test.store, &fetch) >= 0);
		if (how == CS_EQUAL || how >= CS_CONTAINS) {
			assert_int_equal(cs_store_count(test.store, &fetch), 1);
		}
		os_release(predicate);
	}
	test_store_teardown(&test);
}

static void count_is_right_with_many_unsaved(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	for (int i = 0; i < 700; i++) {
		test_note(&test, "x", i % 7);
	}
	cs_store_flush(test.store, NULL);
	for (int i = 0; i < 600; i++) {
		test_note(&test, "x", i % 7);
	}
	struct cs_predicate *threes = cs_predicate_int(NOTE_STARS, CS_EQUAL, 3);
	const struct cs_fetch fetch = {
	    .struct_size = sizeof(fetch), .entity = &test_note_entity, .predicate = threes};
	assert_int_equal(cs_store_count(test.store, &fetch), 100 + 86);
	os_release(threes);
	test_store_teardown(&test);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(sqlite_and_memory_give_the_same_answers),
	    cmocka_unit_test(commits_under_way_change_no_answer),
	    cmocka_unit_test(what_does_not_fit_is_refused),
	    cmocka_unit_test(quotes_are_only_text),
	    cmocka_unit_test(count_is_right_with_many_unsaved),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
