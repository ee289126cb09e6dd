/* The store's queue: one transaction for all that is waiting, one fsync behind it, then word to the
 * main loop. Copying the -wal into the file comes after that.
 *
 * Of a very large save parts come beforehand and are written into a transaction that stays open
 * until the save itself: the disk works while the app still makes objects, and what was never
 * saved is never seen.
 *
 *	pending ── written ──▸ open ── COMMIT ──▸ done ── main loop ──▸ settled
 *	   ▴                     │
 *	   └──── ROLLBACK ───────┘ */
#include <os/clock.h>
#include <os/memory.h>
#include <os/trace.h>

#include <errno.h>
#include <string.h>

#include "store_private.h"

static int count_wal(void *context, sqlite3 *db, const char *name, int pages)
{
	((struct cs_writer *)context)->wal_pages = pages;
	return SQLITE_OK;
}

struct cs_writer *cs_writer_create(sqlite3 *db, const struct cs_model *model)
{
	struct cs_writer *writer = os_alloc(sizeof(*writer));
	atomic_init(&writer->references, 1);
	writer->db = db;
	writer->model = model;
	writer->statements = os_alloc_array(model->entity_count, sizeof(*writer->statements));
	pthread_mutex_init(&writer->lock, NULL);
	os_list_init(&writer->pending);
	os_list_init(&writer->done);
	os_list_init(&writer->open);
	sqlite3_wal_hook(db, count_wal,
			 writer); /* instead of sqlite's own checkpoint inside a commit */
	return writer;
}

static void drop_commits(struct os_list *commits)
{
	struct cs_commit *commit, *after;
	os_list_for_each_safe(commit, after, commits, link) {
		for (size_t i = 0; i < commit->count; i++) {
			cs_row_release(commit->changes[i].row);
		}
		os_free(commit);
	}
	os_list_init(commits);
}

void cs_writer_release(struct cs_writer *writer)
{
	if (writer != NULL && atomic_fetch_sub(&writer->references, 1) == 1) {
		drop_commits(&writer->pending);
		drop_commits(&writer->done);
		drop_commits(&writer->open);
		pthread_mutex_destroy(&writer->lock);
		os_free(writer->statements);
		os_free(writer);
	}
}

void cs_writer_close(struct cs_writer *writer)
{
	for (uint32_t i = 0; i < writer->model->entity_count; i++) {
		sqlite3_finalize(writer->statements[i].insert);
		sqlite3_finalize(writer->statements[i].update);
		sqlite3_finalize(writer->statements[i].remove);
	}
	sqlite3_finalize(writer->begin);
	sqlite3_finalize(writer->commit);
	sqlite3_finalize(writer->rollback);
	sqlite3_finalize(writer->next_id);
	sqlite3_close(writer->db);
	writer->db = NULL;
}

int cs_writer_take_error(struct cs_writer *writer, struct os_error *ret_error)
{
	pthread_mutex_lock(&writer->lock);
	bool has_error = writer->has_error;
	writer->has_error = false;
	*ret_error = writer->error;
	pthread_mutex_unlock(&writer->lock);
	return has_error;
}

/* --- Statements -------------------------------------------------------------------------------- */

static int prepare(struct cs_writer *writer, const char *sql, sqlite3_stmt **statement)
{
	if (*statement != NULL) {
		return SQLITE_OK;
	}
	writer->prepared++;
	return sqlite3_prepare_v3(writer->db, sql, -1, SQLITE_PREPARE_PERSISTENT, statement, NULL);
}

static int run(struct cs_writer *writer, const char *sql, sqlite3_stmt **statement)
{
	int result = prepare(writer, sql, statement);
	if (result != SQLITE_OK) {
		return result;
	}
	sqlite3_step(*statement);
	return sqlite3_reset(*statement);
}

static void insert_text(const struct cs_entity *entity, struct os_buffer *sql)
{
	os_buffer_printf(sql, "INSERT INTO \"%s\"(id", entity->name);
	for (uint32_t i = 0; i < entity->attribute_count; i++) {
		os_buffer_printf(sql, ",\"%s\"", entity->attributes[i].name);
	}
	os_buffer_add_text(sql, ")VALUES(?1");
	for (uint32_t i = 0; i < entity->attribute_count; i++) {
		os_buffer_printf(sql, ",?%u", i + 2);
	}
	os_buffer_add_text(sql, ")");
}

static void update_text(const struct cs_entity *entity, struct os_buffer *sql)
{
	os_buffer_printf(sql, "UPDATE \"%s\" SET ", entity->name);
	for (uint32_t i = 0; i < entity->attribute_count; i++) {
		os_buffer_printf(sql, "%s\"%s\"=?%u", i == 0 ? "" : ",", entity->attributes[i].name,
				 i + 2);
	}
	os_buffer_add_text(sql, " WHERE id=?1");
}

static int statement_for(struct cs_writer *writer, const struct cs_commit_change *change,
			 sqlite3_stmt **ret_statement)
{
	struct cs_writer_statements *statements = &writer->statements[change->entity_index];
	sqlite3_stmt **place = change->dirt == CS_DIRTY_INSERT   ? &statements->insert
			       : change->dirt == CS_DIRTY_UPDATE ? &statements->update
								 : &statements->remove;
	if (*place == NULL) {
		const struct cs_entity *entity = writer->model->entities[change->entity_index];
		struct os_buffer sql = {0};
		if (change->dirt == CS_DIRTY_INSERT) {
			insert_text(entity, &sql);
		} else if (change->dirt == CS_DIRTY_UPDATE) {
			update_text(entity, &sql);
		} else {
			os_buffer_printf(&sql, "DELETE FROM \"%s\" WHERE id=?1", entity->name);
		}
		int result =
		    sql.failed ? SQLITE_NOMEM : prepare(writer, os_buffer_text(&sql), place);
		os_buffer_finish(&sql);
		if (result != SQLITE_OK) {
			return result;
		}
	}
	*ret_statement = *place;
	return SQLITE_OK;
}

static void bind_row(sqlite3_stmt *statement, const struct cs_row *row)
{
	for (uint32_t i = 0; i < row->entity->attribute_count; i++) {
		const union cs_slot *slot = &row->slots[i];
		int at = (int)i + 2;
		switch (row->entity->attributes[i].kind) {
		case CS_REAL:
			sqlite3_bind_double(statement, at, slot->real);
			break;
		case CS_TEXT:
			sqlite3_bind_text(
			    statement, at, slot->blob == NULL ? "" : slot->blob->bytes,
			    slot->blob == NULL ? 0 : (int)slot->blob->length, SQLITE_STATIC);
			break;
		case CS_BYTES:
			sqlite3_bind_blob(
			    statement, at, slot->blob == NULL ? "" : slot->blob->bytes,
			    slot->blob == NULL ? 0 : (int)slot->blob->length, SQLITE_STATIC);
			break;
		default:
			sqlite3_bind_int64(statement, at, slot->integer);
			break;
		}
	}
}

/* --- Committing -------------------------------------------------------------------------------- */

static void move_all(struct os_list *from, struct os_list *to)
{
	while (!os_list_is_empty(from)) {
		struct os_list *link = from->next;
		os_list_remove(link);
		os_list_append(to, link);
	}
}

static int write_change(struct cs_writer *writer, const struct cs_commit_change *change)
{
	sqlite3_stmt *statement;
	int result = statement_for(writer, change, &statement);
	if (result != SQLITE_OK) {
		return result;
	}
	sqlite3_bind_int64(statement, 1, change->id);
	if (change->row != NULL) {
		bind_row(statement, change->row);
	}
	sqlite3_step(statement);
	return sqlite3_reset(statement);
}

static int write_next_id(struct cs_writer *writer, int64_t next_id)
{
	int result =
	    prepare(writer, "REPLACE INTO strata_meta VALUES('next_id',?1)", &writer->next_id);
	if (result != SQLITE_OK) {
		return result;
	}
	sqlite3_bind_int64(writer->next_id, 1, next_id);
	sqlite3_step(writer->next_id);
	return sqlite3_reset(writer->next_id);
}

/* The transaction that is open holds what `open` lists; this makes it count. */
static int finish_transaction(struct cs_writer *writer)
{
	struct cs_commit *commit;
	int64_t next_id = 0;
	os_list_for_each(commit, &writer->open, link) {
		next_id = commit->has_deletes ? commit->next_id : next_id;
	}
	int result = next_id != 0 ? write_next_id(writer, next_id) : SQLITE_OK;
	if (result == SQLITE_OK) {
		result = run(writer, "COMMIT", &writer->commit);
	}
	if (result == SQLITE_OK) {
		pthread_mutex_lock(&writer->lock);
		writer->error.status = 0;
		move_all(&writer->open, &writer->done);
		pthread_mutex_unlock(&writer->lock);
	}
	return result;
}

static int write_commit(struct cs_writer *writer, struct cs_commit *commit)
{
	int result = SQLITE_OK;
	if (sqlite3_get_autocommit(writer->db)) {
		result = run(writer, "BEGIN IMMEDIATE", &writer->begin);
	}
	for (size_t i = 0; result == SQLITE_OK && i < commit->count; i++) {
		result = write_change(writer, &commit->changes[i]);
	}
	return result;
}

/* The last one that ends a save; behind it are only parts of a save that is still to come. */
static const struct cs_commit *last_save(const struct os_list *commits)
{
	struct cs_commit *commit;
	os_list_for_each_reverse(commit, commits, link) {
		if (!commit->is_part) {
			return commit;
		}
	}
	return NULL;
}

static int write_commits(struct cs_writer *writer, struct os_list *commits)
{
	const struct cs_commit *last = last_save(commits);
	int result = SQLITE_OK;
	while (result == SQLITE_OK && !os_list_is_empty(commits)) {
		struct cs_commit *commit = OS_LIST_ITEM(commits->next, commit, link);
		result = write_commit(writer, commit);
		if (result == SQLITE_OK) {
			os_list_remove(&commit->link);
			os_list_append(&writer->open, &commit->link);
			result = commit == last ? finish_transaction(writer) : SQLITE_OK;
		}
	}
	return result;
}

static void report(void *context)
{
	struct cs_writer *writer = context;
	if (writer->store != NULL) {
		cs_store_take_reports(writer->store);
	}
	cs_writer_release(writer);
}

/* Keeps what did not go through before what has come meanwhile: order is kept. */
static void put_back(struct cs_writer *writer, struct os_list *commits, int sqlite_result)
{
	os_error_set(&writer->error, cs_sqlite_status(sqlite_result),
		     "the changes could not be saved: %s", sqlite3_errmsg(writer->db));
	writer->has_error = true;
	move_all(commits, &writer->open);
	move_all(&writer->pending, &writer->open);
	move_all(&writer->open, &writer->pending);
}

void cs_writer_commit_pending(void *context)
{
	struct cs_writer *writer = context;
	struct os_list commits;
	os_list_init(&commits);
	pthread_mutex_lock(&writer->lock);
	move_all(&writer->pending, &commits);
	pthread_mutex_unlock(&writer->lock);
	if (os_list_is_empty(&commits)) {
		return;
	}
	struct cs_commit *first = OS_LIST_ITEM(commits.next, first, link);
	int64_t began_us = OS_TRACE_BEGIN();
	uint64_t outer = os_flow_set_current(first->flow);
	int result = write_commits(writer, &commits);
	OS_TRACE_END("core-services", "commit", began_us, result);
	pthread_mutex_lock(&writer->lock);
	if (result != SQLITE_OK) {
		put_back(writer, &commits, result);
	}
	bool has_news = result != SQLITE_OK || !os_list_is_empty(&writer->done);
	pthread_mutex_unlock(&writer->lock);
	if (result != SQLITE_OK && !sqlite3_get_autocommit(writer->db)) {
		run(writer, "ROLLBACK", &writer->rollback);
	}
	if (has_news) {
		atomic_fetch_add(&writer->references, 1);
		os_queue_async(os_queue_main(), report, writer);
	}
	os_flow_set_current(outer);
	if (writer->wal_pages >= CS_STORE_WAL_PAGES && sqlite3_get_autocommit(writer->db)) {
		sqlite3_wal_checkpoint_v2(writer->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
		writer->wal_pages = 0;
	}
}
