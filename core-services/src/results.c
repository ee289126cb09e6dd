#include <cs/results.h>

#include <os/memory.h>

#include <string.h>

#include "store_private.h"

#define ONE_BY_ONE                                                                                 \
	32 /* up to so many changed objects are placed singly; more, and it is fetched anew */

struct cs_results {
	struct cs_store *store;
	struct cs_fetch fetch;
	struct cs_sort sorts[4];
	struct cs_predicate *predicate; /* owned; fetch.predicate is the same */
	struct os_array ids;            /* int64_t */
	struct os_signal changed;
	struct os_listener listener;
};

static struct cs_id_list list_of(const struct os_array *ids)
{
	return (struct cs_id_list){ids->items, ids->count};
}

/* Takes `next` over as the list and tells what has changed. */
static void become(struct cs_results *results, struct os_array *next,
		   const struct os_array *touched)
{
	struct os_array before = results->ids;
	results->ids = *next;
	struct cs_list_change change;
	cs_list_change_init(&change, list_of(&before), list_of(next), list_of(touched));
	if (change.deleted_count + change.inserted_count + change.updated_count > 0) {
		os_signal_emit(&results->changed, &change);
	}
	cs_list_change_finish(&change);
	os_array_finish(&before);
}

/* --- Placing single objects --------------------------------------------------------------------- */

static void copy_ids(const struct os_array *from, struct os_array *to)
{
	os_array_init(to, sizeof(int64_t));
	for (size_t i = 0; i < from->count; i++) {
		*(int64_t *)os_array_append(to) = ((const int64_t *)from->items)[i];
	}
}

/* Where an object belongs among ids that are in order: a binary search that reads a few rows. */
static size_t place_of(struct cs_results *results, const struct os_array *ids,
		       struct cs_object_body *body)
{
	size_t low = 0, high = ids->count;
	struct cs_row *row = cs_row_retain(cs_object_row(body));
	while (low < high) {
		size_t middle = (low + high) / 2;
		int64_t id = ((const int64_t *)ids->items)[middle];
		struct cs_object *other =
		    cs_store_object(results->store, results->fetch.entity, id);
		int order = other == NULL ? 1
					  : cs_sort_compare(&results->fetch, row, body->id,
							    cs_object_body(other)->row, id);
		if (order > 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	cs_row_release(row);
	return low;
}

static void place_one(struct cs_results *results, struct os_array *ids, int64_t id)
{
	struct cs_object *object = cs_store_object(results->store, results->fetch.entity, id);
	if (object == NULL) {
		return;
	}
	os_retain(object);
	struct cs_object_body *body = cs_object_body(object);
	if (cs_predicate_matches(results->predicate, body->row, id)) {
		*(int64_t *)os_array_insert(ids, place_of(results, ids, body)) = id;
	}
	os_release(object);
}

/* All that changed is taken out first: what is left is in order, whatever the changes were. */
static void place_changed(struct cs_results *results, const struct os_array *touched,
			  struct os_array *next)
{
	copy_ids(&results->ids, next);
	for (size_t i = 0; i < touched->count; i++) {
		const int64_t id = ((const int64_t *)touched->items)[i];
		for (size_t at = 0; at < next->count; at++) {
			if (((const int64_t *)next->items)[at] == id) {
				os_array_remove(next, at, 1);
				break;
			}
		}
	}
	for (size_t i = 0; i < touched->count; i++) {
		place_one(results, next, ((const int64_t *)touched->items)[i]);
	}
}

static void store_changed(void *context, void *data)
{
	struct cs_results *results = context;
	const struct cs_change_set *set = data;
	struct os_array touched, next;
	os_array_init(&touched, sizeof(int64_t));
	for (size_t i = 0; i < set->count; i++) {
		if (set->changes[i].entity == results->fetch.entity) {
			*(int64_t *)os_array_append(&touched) = set->changes[i].id;
		}
	}
	bool singly =
	    touched.count <= ONE_BY_ONE && results->fetch.limit == 0 && results->fetch.offset == 0;
	if (touched.count > 0 && singly) {
		place_changed(results, &touched, &next);
		become(results, &next, &touched);
	} else if (touched.count > 0) {
		os_array_init(&next, sizeof(int64_t));
		if (cs_store_fetch_ids(results->store, &results->fetch, &next) < 0) {
			os_array_finish(
			    &next); /* the list stays as it was; the store has told why */
		} else {
			become(results, &next, &touched);
		}
	}
	os_array_finish(&touched);
}

/* --- Life cycle -------------------------------------------------------------------------------- */

struct cs_results *cs_results_create(struct cs_store *store, const struct cs_fetch *fetch)
{
	if (cs_sort_check(fetch) < 0) {
		return NULL;
	}
	struct cs_results *results = os_alloc(sizeof(*results));
	results->store = store;
	results->fetch = *fetch;
	for (uint32_t i = 0; i < fetch->sort_count; i++) {
		results->sorts[i] = fetch->sorts[i];
	}
	results->fetch.sorts = results->sorts;
	results->predicate = os_retain((void *)fetch->predicate);
	os_array_init(&results->ids, sizeof(int64_t));
	os_signal_init(&results->changed);
	if (cs_store_fetch_ids(store, &results->fetch, &results->ids) < 0) {
		return cs_results_destroy(results);
	}
	os_signal_connect(cs_store_changed(store), &results->listener, store_changed, results);
	return results;
}

struct cs_results *cs_results_destroy(struct cs_results *results)
{
	if (results == NULL) {
		return NULL;
	}
	if (results->listener.fn != NULL) {
		os_listener_disconnect(&results->listener);
	}
	os_signal_finish(&results->changed);
	os_array_finish(&results->ids);
	os_release(results->predicate);
	os_free(results);
	return NULL;
}

int cs_results_set_predicate(struct cs_results *results, const struct cs_predicate *predicate)
{
	struct cs_fetch fetch = results->fetch;
	fetch.predicate = predicate;
	struct os_array next, nothing;
	os_array_init(&next, sizeof(int64_t));
	int result = cs_store_fetch_ids(results->store, &fetch, &next);
	if (result < 0) {
		os_array_finish(&next);
		return result;
	}
	os_assign(&results->predicate, (void *)predicate);
	results->fetch.predicate = predicate;
	os_array_init(&nothing, sizeof(int64_t));
	become(results, &next, &nothing);
	os_array_finish(&nothing);
	return 0;
}

/* --- Reading ----------------------------------------------------------------------------------- */

size_t cs_results_count(const struct cs_results *results)
{
	return results->ids.count;
}

int64_t cs_results_id_at(const struct cs_results *results, size_t index)
{
	return *(int64_t *)os_array_at(&results->ids, index);
}

struct cs_object *cs_results_at(struct cs_results *results, size_t index)
{
	return cs_store_object(results->store, results->fetch.entity,
			       cs_results_id_at(results, index));
}

int64_t cs_results_index_of(const struct cs_results *results, int64_t id)
{
	for (size_t i = 0; i < results->ids.count; i++) {
		if (((const int64_t *)results->ids.items)[i] == id) {
			return (int64_t)i;
		}
	}
	return -1;
}

struct os_signal *cs_results_changed(struct cs_results *results)
{
	return &results->changed;
}
