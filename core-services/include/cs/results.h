/* Results: a fetch that stays up to date, and says what moved (NSFetchedResultsController).
 *
 *	self->notes = cs_results_create(store, &fetch);
 *	os_signal_connect(cs_results_changed(self->notes), &self->listener, notes_changed, self);
 *	…
 *	static void notes_changed(void *context, void *data)
 *	{
 *		const struct cs_list_change *change = data;
 *		ui_table_view_apply(self->table, change->deleted, change->deleted_count, …);
 *	}
 *
 * It keeps 8 bytes for an object; the objects come from the store when they are asked for.
 * A change is told as a batch for tables: delete by old index, then insert by new index, and
 * reload what is listed as updated, by new index; an object that moves is in both lists.
 * Thread: main. Release it before the store is closed. */
#ifndef CS_RESULTS_H
#define CS_RESULTS_H

#include <cs/store.h>

struct cs_results;

struct cs_list_change {
	const uint32_t *deleted;  /* old indices, rising */
	const uint32_t *inserted; /* new indices, rising */
	const uint32_t *updated;  /* new indices, rising: same place, other values */
	size_t deleted_count, inserted_count, updated_count;
};

/* Copies the fetch and retains its predicate. NULL if the fetch does not fit. */
CS_PUBLIC struct cs_results *cs_results_create(struct cs_store *store,
					       const struct cs_fetch *fetch);
CS_PUBLIC struct cs_results *cs_results_destroy(struct cs_results *results); /* returns NULL */
/* Another predicate for the same list: a search field's. Tells what changed. */
CS_PUBLIC int cs_results_set_predicate(struct cs_results *results,
				       const struct cs_predicate *predicate);

CS_PUBLIC size_t cs_results_count(const struct cs_results *results);
CS_PUBLIC int64_t cs_results_id_at(const struct cs_results *results, size_t index);
CS_PUBLIC struct cs_object *cs_results_at(struct cs_results *results,
					  size_t index); /* lends, as the store does */
CS_PUBLIC int64_t cs_results_index_of(const struct cs_results *results,
				      int64_t id); /* -1: not in it */
/* Emitted with a struct cs_list_change, after count and ids are the new ones. */
CS_PUBLIC struct os_signal *cs_results_changed(struct cs_results *results);

/* What leads from one list of ids to another, for lists of one's own. Updated ids are those in
 * `touched` that keep their place. Free with cs_list_change_finish. Thread: any. */
struct cs_id_list {
	const int64_t *ids; /* each at most once */
	size_t count;
};
CS_PUBLIC void cs_list_change_init(struct cs_list_change *change, struct cs_id_list before,
				   struct cs_id_list after, struct cs_id_list touched);
CS_PUBLIC void cs_list_change_finish(struct cs_list_change *change);

#endif
