/* F29 */
#include "test.h"

#include <cs/results.h>

/* Applies the change as a table does: deletes by old index, inserts by new. */
static size_t apply(int64_t *list, size_t count, const struct cs_list_change *change,
		    const int64_t *after)
{
	for (size_t i = change->deleted_count; i-- > 0;) {
		uint32_t at = change->deleted[i];
		assert_true(at < count);
		memmove(list + at, list + at + 1, (count - at - 1) * sizeof(*list));
		count--;
	}
	for (size_t i = 0; i < change->inserted_count; i++) {
		uint32_t at = change->inserted[i];
		assert_true(at <= count);
		memmove(list + at + 1, list + at, (count - at) * sizeof(*list));
		list[at] = after[at];
		count++;
	}
	return count;
}

static void check(const int64_t *before, size_t before_count, const int64_t *after,
		  size_t after_count, size_t wanted_deleted)
{
	struct cs_list_change change;
	cs_list_change_init(&change, (struct cs_id_list){before, before_count},
			    (struct cs_id_list){after, after_count}, (struct cs_id_list){0});
	int64_t list[64];
	for (size_t i = 0; i < before_count; i++) {
		list[i] = before[i];
	}
	assert_int_equal(apply(list, before_count, &change, after), after_count);
	for (size_t i = 0; i < after_count; i++) {
		assert_int_equal(list[i], after[i]);
	}
	if (wanted_deleted != SIZE_MAX) {
		assert_int_equal(change.deleted_count, wanted_deleted);
	}
	cs_list_change_finish(&change);
}

static void simple_changes_are_minimal(void **state)
{
	const int64_t a[] = {1, 2, 3, 4, 5}, front[] = {4, 1, 2, 3, 5}, less[] = {1, 3, 5},
		      more[] = {1, 9, 2, 3, 4, 5, 8};
	check(a, 5, a, 5, 0);
	check(a, 5, front, 5, 1);
	check(a, 5, less, 3, 2);
	check(a, 5, more, 7, 0);
	check(a, 5, NULL, 0, 5);
	check(NULL, 0, a, 5, 0);
}

static void random_lists_lead_to_each_other(void **state)
{
	uint32_t seed = 12345;
	for (int round = 0; round < 2000; round++) {
		int64_t before[24], after[24];
		size_t counts[2] = {0, 0};
		for (int64_t id = 1; id <= 24; id++) {
			for (int side = 0; side < 2; side++) {
				seed = seed * 1664525 + 1013904223;
				int64_t *list = side == 0 ? before : after;
				if (seed >> 30) {
					size_t at = (seed >> 8) % (counts[side] + 1);
					memmove(list + at + 1, list + at,
						(counts[side] - at) * sizeof(*list));
					list[at] = id;
					counts[side]++;
				}
			}
		}
		check(before, counts[0], after, counts[1], SIZE_MAX);
	}
}

static void touched_ones_in_place_are_updated(void **state)
{
	const int64_t before[] = {1, 2, 3, 4}, after[] = {1, 4, 2, 3}, touched[] = {4, 3, 77, 1};
	struct cs_list_change change;
	cs_list_change_init(&change, (struct cs_id_list){before, 4}, (struct cs_id_list){after, 4},
			    (struct cs_id_list){touched, 4});
	assert_int_equal(change.deleted_count, 1);
	assert_int_equal(change.deleted[0], 3);
	assert_int_equal(change.inserted_count, 1);
	assert_int_equal(change.inserted[0], 1);
	assert_int_equal(change.updated_count, 2);
	assert_int_equal(change.updated[0], 0);
	assert_int_equal(change.updated[1], 3);
	cs_list_change_finish(&change);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(simple_changes_are_minimal),
	    cmocka_unit_test(random_lists_lead_to_each_other),
	    cmocka_unit_test(touched_ones_in_place_are_updated),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
