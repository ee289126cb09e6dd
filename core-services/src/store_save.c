/* From what has changed to what is durable: the main thread's side. */
#include <cs/store.h>

#include <os/clock.h>
#include <os/file.h>
#include <os/memory.h>
#include <os/trace.h>

#include <errno.h>
#include <string.h>

#include "store_private.h"

bool cs_store_has_changes(const struct cs_store *store)
{
	return store->dirty.count > 0 || store->has_parts;
}

uint64_t cs_store_durable_revision(const struct cs_store *store)
{
	return store->durable;
}

/* Fills in one change; false if there is nothing to write: inserted and deleted in one go. */
static bool fill_change(struct cs_store *store, struct cs_object_body *body,
			struct cs_commit *commit)
{
	enum cs_dirt dirt = body->dirt;
	body->dirt = CS_CLEAN;
	if (dirt == CS_DIRTY_DROPPED) {
		if (body->in_flight == 0) {
			cs_store_leave_overlay(store, body);
		}
		return false;
	}
	struct cs_commit_change *change = &commit->changes[commit->count];
	change->body = body;
	change->id = body->id;
	change->entity_index = body->entity_index;
	change->dirt = dirt;
	change->row = dirt == CS_DIRTY_DELETE ? NULL : cs_row_retain(body->row);
	commit->has_deletes |= dirt == CS_DIRTY_DELETE;
	body->in_flight++;
	return true;
}

static struct cs_commit *gather(struct cs_store *store)
{
	struct cs_commit *commit =
	    os_alloc(sizeof(*commit) + store->dirty.count * sizeof(commit->changes[0]));
	struct cs_object_body **bodies = store->dirty.items;
	for (size_t i = 0; i < store->dirty.count; i++) {
		commit->count += fill_change(store, bodies[i], commit);
	}
	os_array_clear(&store->dirty);
	commit->next_id = store->next_id;
	commit->flow = store->flow;
	return commit;
}

static void send(struct cs_store *store, struct cs_commit *commit)
{
	pthread_mutex_lock(&store->writer->lock);
	os_list_append(&store->writer->pending, &commit->link);
	pthread_mutex_unlock(&store->writer->lock);
	os_queue_async(store->queue, cs_writer_commit_pending, store->writer);
}

/* What has gathered so far, though nobody has asked for a save yet (store_writer.c). */
void cs_store_send_part(struct cs_store *store)
{
	struct cs_commit *commit = gather(store);
	commit->is_part = true;
	store->has_parts = true;
	send(store, commit);
}

uint64_t cs_store_save(struct cs_store *store)
{
	cs_store_process_changes(store);
	store->first_change_us = 0;
	if (store->autosave != NULL) {
		os_timer_cancel(store->autosave);
	}
	if (!cs_store_has_changes(store)) {
		return store->revision;
	}
	struct cs_commit *commit = gather(store);
	store->flow = 0;
	if (commit->count == 0 && !store->has_parts) {
		os_free(commit);
		return store->revision;
	}
	store->has_parts = false;
	commit->revision = ++store->revision;
	if (os_flow_current() != 0) {
		OS_TRACE_MARK("core-services", "save",
			      (int64_t)commit->flow); /* the finger's or key's way goes on there */
	}
	OS_TRACE_AT("core-services", "save", commit->flow, os_clock_real_us(), 0,
		    (int64_t)commit->count);
	send(store, commit);
	return store->revision;
}

int cs_store_flush(struct cs_store *store, struct os_error *ret_error)
{
	cs_store_save(store);
	/* Behind what was queued, and once more for what a full disk may have left over. */
	os_queue_sync(store->queue, cs_writer_commit_pending, store->writer);
	cs_store_take_reports(store);
	if (store->durable == store->revision) {
		return 0;
	}
	pthread_mutex_lock(&store->writer->lock);
	struct os_error error = store->writer->error;
	pthread_mutex_unlock(&store->writer->lock);
	return os_error_set(ret_error, error.status < 0 ? error.status : -EIO, "%s", error.text);
}

/* The changes of a commit are in the file: objects that were not changed again leave the overlay. */
static void settle(struct cs_store *store, struct cs_commit *commit)
{
	for (size_t i = 0; i < commit->count; i++) {
		struct cs_commit_change *change = &commit->changes[i];
		struct cs_object_body *body = change->body;
		cs_row_release(change->row);
		if (--body->in_flight == 0 && body->dirt == CS_CLEAN) {
			cs_store_leave_overlay(store, body);
		}
	}
	store->durable = OS_MAX(store->durable, commit->revision);
	if (!commit->is_part) {
		OS_TRACE_AT("core-services", "durable", commit->flow, os_clock_real_us(), 0,
			    (int64_t)commit->revision);
	}
	os_free(commit);
}

void cs_store_take_reports(struct cs_store *store)
{
	struct os_list done;
	os_list_init(&done);
	pthread_mutex_lock(&store->writer->lock);
	while (!os_list_is_empty(&store->writer->done)) {
		struct os_list *link = store->writer->done.next;
		os_list_remove(link);
		os_list_append(&done, link);
	}
	pthread_mutex_unlock(&store->writer->lock);
	bool any = !os_list_is_empty(&done);
	struct cs_commit *commit, *after;
	os_list_for_each_safe(commit, after, &done, link) {
		os_list_remove(&commit->link);
		settle(store, commit);
	}
	const struct cs_store_delegate *delegate = store->config.delegate;
	struct os_error error;
	bool failed = cs_writer_take_error(store->writer, &error);
	if (failed && store->autosave != NULL) {
		os_timer_set_after(store->autosave, 2 * OS_US_PER_S);
	}
	if (any && delegate != NULL && delegate->saved != NULL) {
		delegate->saved(store->config.context, store, store->durable);
	}
	if (failed && delegate != NULL && delegate->failed != NULL) {
		delegate->failed(store->config.context, store, &error);
	}
}

static void tell_damage(void *context)
{
	struct cs_writer *writer = context;
	struct cs_store *store = writer->store;
	if (store != NULL && store->config.delegate != NULL &&
	    store->config.delegate->failed != NULL) {
		struct os_error error;
		os_error_set(&error, -EUCLEAN,
			     "%s is damaged; some of it cannot be read. It will be set aside when "
			     "the app starts again.",
			     store->config.file);
		store->config.delegate->failed(store->config.context, store, &error);
	}
	cs_writer_release(writer);
}

int cs_store_read_error(struct cs_store *store, int sqlite_result)
{
	int status = cs_sqlite_status(sqlite_result);
	if (status != -EUCLEAN || store->damage_told) {
		return status;
	}
	store->damage_told = true;
	char *mark = os_format("%s.check", store->config.file);
	os_file_write_atomic(store->config.folder, mark, "", 0);
	os_free(mark);
	atomic_fetch_add(&store->writer->references, 1);
	os_queue_async(os_queue_main(), tell_damage, store->writer);
	return status;
}
