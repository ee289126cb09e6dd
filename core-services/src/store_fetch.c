/* Fetches: what the reader says about the file, merged with what has not reached it yet. */
#include <cs/store.h>

#include <os/memory.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "store_private.h"

#define COUNT_BY_PROBES 512 /* up to so many unsaved objects a count asks for them one by one */

/* --- The fetch as SQL -------------------------------------------------------------------------- */

static void add_order(const struct cs_fetch *fetch, struct os_buffer *sql)
{
	os_buffer_add_text(sql, " ORDER BY ");
	bool descending = false;
	for (uint32_t i = 0; i < fetch->sort_count; i++) {
		const struct cs_sort *sort = &fetch->sorts[i];
		descending = sort->descending;
		os_buffer_printf(sql, "\"%s\"%s%s,",
				 fetch->entity->attributes[sort->attribute].name,
				 sort->folded ? " COLLATE cs_fold" : "", descending ? " DESC" : "");
	}
	os_buffer_add_text(sql, descending ? "id DESC" : "id");
}

/* The columns asked for are the id and, if wanted, the sorts' values after it. */
static int start_fetch(struct cs_store *store, const struct cs_fetch *fetch, bool with_keys,
		       int64_t limit, int64_t offset, sqlite3_stmt **ret_statement)
{
	struct os_buffer sql = {0};
	struct os_array bindings;
	os_array_init(&bindings, sizeof(struct cs_binding));
	os_buffer_add_text(&sql, "SELECT id");
	for (uint32_t i = 0; with_keys && i < fetch->sort_count; i++) {
		os_buffer_printf(&sql, ",\"%s\"",
				 fetch->entity->attributes[fetch->sorts[i].attribute].name);
	}
	os_buffer_printf(&sql, " FROM \"%s\" WHERE ", fetch->entity->name);
	int result = cs_predicate_sql(fetch->predicate, fetch->entity, &sql, &bindings);
	if (result == 0) {
		add_order(fetch, &sql);
		os_buffer_add_text(&sql, " LIMIT ? OFFSET ?");
		struct cs_binding *binding = os_array_append(&bindings);
		binding->integer = limit;
		binding = os_array_append(&bindings);
		binding->integer = offset;
		/* A text that was cut short might still be a query, for something else. */
		result = sql.failed
			     ? -ENOMEM
			     : cs_store_statement(store, os_buffer_text(&sql), ret_statement);
	}
	if (result == 0) {
		cs_store_bind(*ret_statement, &bindings);
	}
	os_array_finish(&bindings);
	os_buffer_finish(&sql);
	return result;
}

/* --- Merging ----------------------------------------------------------------------------------- */

struct merge {
	struct cs_store *store;
	const struct cs_fetch *fetch;
	struct os_array *ids;
	struct cs_object_body **matches; /* unsaved objects that the fetch wants, in its order */
	size_t match_count, match_at;
	int64_t skipped, emitted;
	struct cs_row *key; /* the current row's sort values, in their attributes' places */
};

static bool emit(struct merge *merge, int64_t id)
{
	if (merge->skipped < merge->fetch->offset) {
		merge->skipped++;
		return true;
	}
	if (merge->fetch->limit > 0 && merge->emitted >= merge->fetch->limit) {
		return false;
	}
	*(int64_t *)os_array_append(merge->ids) = id;
	merge->emitted++;
	return true;
}

static int compare_matches(const void *left, const void *right, void *context)
{
	const struct cs_object_body *a = *(struct cs_object_body *const *)left,
				    *b = *(struct cs_object_body *const *)right;
	return cs_sort_compare(context, a->row, a->id, b->row, b->id);
}

static void collect_matches(struct merge *merge, struct cs_entity_state *state)
{
	merge->matches = os_alloc_array(state->overlay_count + 1, sizeof(*merge->matches));
	struct cs_object_body *body;
	os_list_for_each(body, &state->overlay, overlay_link) {
		if (!body->deleted &&
		    cs_predicate_matches(merge->fetch->predicate, body->row, body->id)) {
			merge->matches[merge->match_count++] = body;
		}
	}
	qsort_r(merge->matches, merge->match_count, sizeof(*merge->matches), compare_matches,
		(void *)merge->fetch);
}

static void read_key(struct merge *merge, sqlite3_stmt *statement)
{
	for (uint32_t i = 0; i < merge->fetch->sort_count; i++) {
		uint32_t attribute = merge->fetch->sorts[i].attribute;
		const struct cs_attribute *kind = &merge->fetch->entity->attributes[attribute];
		if (cs_attribute_is_blob(kind)) {
			cs_blob_release(merge->key->slots[attribute].blob);
		}
		cs_store_read_slot(statement, (int)i + 1, kind->kind,
				   &merge->key->slots[attribute]);
	}
}

static bool is_overlaid(struct cs_store *store, int64_t id)
{
	struct cs_object_body *body = cs_object_table_find(&store->objects, id);
	return body != NULL && body->overlaid;
}

/* Puts out the matches that come before the current row, or all of them. */
static bool emit_matches(struct merge *merge, bool all, int64_t id)
{
	while (merge->match_at < merge->match_count) {
		struct cs_object_body *match = merge->matches[merge->match_at];
		if (!all &&
		    cs_sort_compare(merge->fetch, match->row, match->id, merge->key, id) > 0) {
			return true;
		}
		if (!emit(merge, match->id)) {
			return false;
		}
		merge->match_at++;
	}
	return true;
}

static int run_merge(struct merge *merge, sqlite3_stmt *statement)
{
	bool more = true;
	int result = SQLITE_DONE;
	while (more && (result = sqlite3_step(statement)) == SQLITE_ROW) {
		int64_t id = sqlite3_column_int64(statement, 0);
		if (!is_overlaid(merge->store, id)) {
			read_key(merge, statement);
			more = emit_matches(merge, false, id) && emit(merge, id);
		}
	}
	if (more && result == SQLITE_DONE) {
		emit_matches(merge, true, 0);
	}
	return more && result != SQLITE_DONE ? cs_store_read_error(merge->store, result) : 0;
}

static int fetch_merged(struct cs_store *store, const struct cs_fetch *fetch,
			struct cs_entity_state *state, struct os_array *ids)
{
	int64_t limit =
	    fetch->limit == 0 ? -1 : fetch->limit + fetch->offset + (int64_t)state->overlay_count;
	sqlite3_stmt *statement = NULL;
	int result = start_fetch(store, fetch, true, limit, 0, &statement);
	if (result < 0) {
		return result;
	}
	struct merge merge = {
	    .store = store, .fetch = fetch, .ids = ids, .key = cs_row_create(fetch->entity)};
	collect_matches(&merge, state);
	result = run_merge(&merge, statement);
	cs_store_done_with(statement);
	cs_row_release(merge.key);
	os_free(merge.matches);
	return result;
}

int cs_store_fetch_ids(struct cs_store *store, const struct cs_fetch *fetch, struct os_array *ids)
{
	int result = cs_sort_check(fetch);
	if (result < 0) {
		return result;
	}
	struct cs_entity_state *state =
	    &store->entities[cs_store_entity_index(store, fetch->entity)];
	if (state->overlay_count > 0) {
		return fetch_merged(store, fetch, state, ids);
	}
	sqlite3_stmt *statement = NULL;
	result = start_fetch(store, fetch, false, fetch->limit == 0 ? -1 : fetch->limit,
			     fetch->offset, &statement);
	if (result < 0) {
		return result;
	}
	while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
		*(int64_t *)os_array_append(ids) = sqlite3_column_int64(statement, 0);
	}
	cs_store_done_with(statement);
	return result == SQLITE_DONE ? 0 : cs_store_read_error(store, result);
}

/* --- Counting ---------------------------------------------------------------------------------- */

/* How many rows of the file match; of the one row with that id if it is not 0. */
static int64_t count_file(struct cs_store *store, const struct cs_fetch *fetch, int64_t id)
{
	struct os_buffer sql = {0};
	struct os_array bindings;
	os_array_init(&bindings, sizeof(struct cs_binding));
	os_buffer_printf(&sql, "SELECT count(*) FROM \"%s\" WHERE ", fetch->entity->name);
	int64_t result = cs_predicate_sql(fetch->predicate, fetch->entity, &sql, &bindings);
	if (id != 0) {
		os_buffer_add_text(&sql, " AND id=?");
		((struct cs_binding *)os_array_append(&bindings))->integer = id;
	}
	sqlite3_stmt *statement = NULL;
	result = result < 0   ? result
		 : sql.failed ? -ENOMEM
			      : cs_store_statement(store, os_buffer_text(&sql), &statement);
	if (result == 0) {
		cs_store_bind(statement, &bindings);
		int step = sqlite3_step(statement);
		result = step == SQLITE_ROW ? sqlite3_column_int64(statement, 0)
					    : cs_store_read_error(store, step);
		cs_store_done_with(statement);
	}
	os_array_finish(&bindings);
	os_buffer_finish(&sql);
	return result;
}

static int64_t count_merged(struct cs_store *store, const struct cs_fetch *fetch,
			    struct cs_entity_state *state)
{
	/* One view of the file for all the questions, whatever the writer commits meanwhile. */
	sqlite3_exec(store->reader, "BEGIN", NULL, NULL, NULL);
	int64_t count = count_file(store, fetch, 0);
	struct cs_object_body *body;
	os_list_for_each(body, &state->overlay, overlay_link) {
		if (count < 0) {
			break; /* the predicate does not fit, or the file cannot be read */
		}
		bool only_here = body->dirt == CS_DIRTY_INSERT && body->in_flight == 0;
		int64_t before = only_here ? 0 : count_file(store, fetch, body->id);
		bool matches =
		    !body->deleted && cs_predicate_matches(fetch->predicate, body->row, body->id);
		count = before < 0 ? before : count - before + matches;
	}
	sqlite3_exec(store->reader, "COMMIT", NULL, NULL, NULL);
	return count;
}

static int64_t count_by_fetch(struct cs_store *store, const struct cs_fetch *fetch)
{
	struct os_array ids;
	os_array_init(&ids, sizeof(int64_t));
	struct cs_fetch all = *fetch;
	all.limit = all.offset = 0;
	all.sort_count = 0;
	int64_t count = cs_store_fetch_ids(store, &all, &ids);
	count = count < 0 ? count : (int64_t)ids.count;
	os_array_finish(&ids);
	return count;
}

int64_t cs_store_count(struct cs_store *store, const struct cs_fetch *fetch)
{
	int64_t count = cs_sort_check(fetch);
	if (count < 0) {
		return count;
	}
	struct cs_entity_state *state =
	    &store->entities[cs_store_entity_index(store, fetch->entity)];
	if (state->overlay_count == 0) {
		count = count_file(store, fetch, 0);
	} else if (state->overlay_count <= COUNT_BY_PROBES) {
		count = count_merged(store, fetch, state);
	} else {
		count = count_by_fetch(store, fetch);
	}
	if (count < 0) {
		return count;
	}
	count = OS_MAX(count - fetch->offset, 0);
	return fetch->limit > 0 ? OS_MIN(count, fetch->limit) : count;
}

struct cs_object *cs_store_first(struct cs_store *store, const struct cs_fetch *fetch)
{
	struct cs_fetch one = *fetch;
	one.limit = 1;
	struct os_array ids;
	os_array_init(&ids, sizeof(int64_t));
	struct cs_object *object = NULL;
	if (cs_store_fetch_ids(store, &one, &ids) == 0 && ids.count > 0) {
		object = cs_store_object(store, fetch->entity, *(int64_t *)os_array_at(&ids, 0));
	}
	os_array_finish(&ids);
	return object;
}
