#include <cs/store.h>

#include <os/file.h>
#include <os/memory.h>
#include <os/path.h>

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store_private.h"

#define CHECK_ALWAYS_BYTES (256 << 10) /* a file up to this size is checked whole at every open */
#define CHECK_UNCLEAN_BYTES (8 << 20)  /* and up to this one after a kill */

uint32_t cs_store_entity_index(const struct cs_store *store, const struct cs_entity *entity)
{
	for (uint32_t i = 0; i < store->config.model->entity_count; i++) {
		if (store->config.model->entities[i] == entity) {
			return i;
		}
	}
	assert(!"the store's model does not have this entity");
	return 0;
}

/* --- Opening ----------------------------------------------------------------------------------- */

static char *side_name(const struct cs_store *store, const char *suffix)
{
	return os_format("%s%s", store->config.file, suffix);
}

static bool side_exists(const struct cs_store *store, const char *suffix)
{
	char *name = side_name(store, suffix);
	bool exists = os_path_exists(store->config.folder, name);
	os_free(name);
	return exists;
}

/* A damaged page may lie anywhere; small files are read whole, larger ones when there is a reason. */
static int check_file(struct cs_store *store, sqlite3 *db, bool unclean)
{
	struct stat info = {0};
	fstatat(store->config.folder, store->config.file, &info, 0);
	bool marked = side_exists(store, ".check");
	if (!marked && info.st_size > (unclean ? CHECK_UNCLEAN_BYTES : CHECK_ALWAYS_BYTES)) {
		return 0;
	}
	sqlite3_stmt *statement;
	int result = sqlite3_prepare_v2(db, "PRAGMA quick_check(1)", -1, &statement, NULL);
	if (result != SQLITE_OK) {
		return cs_sqlite_status(result);
	}
	result = sqlite3_step(statement);
	const char *text =
	    result == SQLITE_ROW ? (const char *)sqlite3_column_text(statement, 0) : NULL;
	int status = text != NULL && strcmp(text, "ok") == 0 ? 0 : -EUCLEAN;
	if (result != SQLITE_ROW && cs_sqlite_status(result) != -EUCLEAN &&
	    cs_sqlite_status(result) < 0) {
		status = cs_sqlite_status(result);
	}
	sqlite3_finalize(statement);
	if (marked && status == 0) {
		char *mark = side_name(store, ".check");
		os_path_remove(store->config.folder, mark);
		os_free(mark);
	}
	return status;
}

/* Opens both connections and makes the file fit the model. */
static int open_file(struct cs_store *store, struct os_error *ret_error)
{
	bool unclean = side_exists(store, "-wal");
	sqlite3 *writer = NULL;
	int result = cs_sqlite_open(store->config.path, false, &writer);
	if (result < 0) {
		return os_error_set(ret_error, result, "%s: %s", store->config.path,
				    os_status_text(result));
	}
	result = check_file(store, writer, unclean);
	if (result < 0) {
		os_error_set(ret_error, result, "%s: %s", store->config.file,
			     sqlite3_errmsg(writer));
	} else {
		result =
		    cs_schema_prepare(writer, store->config.model, store->config.file, ret_error);
	}
	if (result == 0) {
		result = cs_schema_next_id(writer, store->config.model, &store->next_id);
		if (result == 0) {
			result = cs_sqlite_open(store->config.path, true, &store->reader);
		}
		if (result < 0) {
			os_error_set(ret_error, result, "%s: %s", store->config.file,
				     os_status_text(result));
		}
	}
	if (result < 0) {
		sqlite3_close(writer);
		return result;
	}
	store->writer = cs_writer_create(writer, store->config.model);
	store->writer->store = store;
	return 0;
}

/* Keeps a damaged file, with the -wal that belongs to it, under a name with a date. */
static int set_aside(struct cs_store *store)
{
	char *kept = NULL;
	int result = os_file_set_aside(store->config.folder, store->config.file, &kept);
	if (result < 0) {
		return result;
	}
	char *wal = side_name(store, "-wal"), *kept_wal = os_format("%s-wal", kept);
	char *shm = side_name(store, "-shm"), *mark = side_name(store, ".check");
	os_path_rename(store->config.folder, wal, kept_wal);
	os_path_remove(store->config.folder, shm);
	os_path_remove(store->config.folder, mark);
	char sentence[300];
	snprintf(sentence, sizeof(sentence),
		 "%s was damaged and could not be read. It was kept as %s; "
		 "a new, empty one was begun.",
		 store->config.file, kept);
	if (store->config.delegate != NULL && store->config.delegate->set_aside != NULL) {
		store->config.delegate->set_aside(store->config.context, sentence);
	}
	os_free(mark);
	os_free(shm);
	os_free(kept_wal);
	os_free(wal);
	os_free(kept);
	return 0;
}

static void autosave_fired(void *context, int64_t now_us)
{
	cs_store_save(context);
}

static struct cs_store *store_create(const struct cs_store_options *options, char *path)
{
	struct cs_store *store = os_alloc(sizeof(*store));
	store->config.model = options->model;
	store->config.delegate = options->delegate;
	store->config.context = options->context;
	store->config.autosave_us =
	    options->autosave_us == 0 ? CS_STORE_AUTOSAVE_US : options->autosave_us;
	store->config.file = os_strdup(options->file == NULL ? "store.sqlite" : options->file);
	store->config.path = os_path_join(path, store->config.file);
	store->config.folder = fcntl(options->folder, F_DUPFD_CLOEXEC, 3);
	store->entities = os_alloc_array(options->model->entity_count, sizeof(*store->entities));
	for (uint32_t i = 0; i < options->model->entity_count; i++) {
		store->entities[i].entity = options->model->entities[i];
		os_list_init(&store->entities[i].overlay);
	}
	cs_object_table_init(&store->objects);
	store->statements = os_map_create(OS_MAP_STRINGS);
	os_list_init(&store->statement_order);
	os_list_init(&store->cache);
	os_array_init(&store->dirty, sizeof(void *));
	os_array_init(&store->noted, sizeof(struct cs_change));
	os_signal_init(&store->changed);
	store->turn = 1;
	return store;
}

static void store_free(struct cs_store *store)
{
	os_signal_finish(&store->changed);
	os_array_finish(&store->dirty);
	os_array_finish(&store->noted);
	os_map_destroy(store->statements);
	cs_object_table_finish(&store->objects);
	os_fd_close(store->config.folder);
	os_free(store->entities);
	os_free(store->config.file);
	os_free(store->config.path);
	os_free(store);
}

int cs_store_open(const struct cs_store_options *options, struct cs_store **ret_store,
		  struct os_error *ret_error)
{
	int result = cs_model_check(options->model, ret_error);
	if (result < 0) {
		return result;
	}
	char *path = cs_folder_copy_path(options->folder);
	if (path == NULL) {
		return os_error_set(ret_error, -ENOENT,
				    "the store's folder has no path that this process can open");
	}
	struct cs_store *store = store_create(options, path);
	os_free(path);
	result = open_file(store, ret_error);
	if (result == -EUCLEAN) {
		result = set_aside(store);
		result = result < 0 ? result : open_file(store, ret_error);
	}
	if (result < 0) {
		store_free(store);
		return result;
	}
	store->queue = os_queue_create("store", OS_QUEUE_SERIAL, OS_QUEUE_USER_INITIATED);
	store->loop = os_loop_current();
	if (store->loop != NULL && store->config.autosave_us > 0) {
		store->autosave = os_timer_create(store->loop, OS_TIMER_DEVICE, OS_LOOP_MODE_COMMON,
						  autosave_fired, store);
	}
	*ret_store = store;
	return 0;
}

/* --- Closing ----------------------------------------------------------------------------------- */

static void let_go_of_objects(struct cs_store *store)
{
	struct cs_object_body *body, *after;
	for (uint32_t i = 0; i < store->config.model->entity_count; i++) {
		os_list_for_each_safe(body, after, &store->entities[i].overlay, overlay_link) {
			cs_store_leave_overlay(store, body);
		}
	}
	cs_store_trim(store);
	cs_object_table_clear(&store->objects);
}

struct cs_store *cs_store_close(struct cs_store *store)
{
	if (store == NULL) {
		return NULL;
	}
	cs_store_flush(store, NULL);
	store->autosave = os_timer_release(store->autosave);
	cs_store_cancel_process(store);
	let_go_of_objects(store);
	store->queue = os_queue_release(store->queue);
	for (uint32_t i = 0; i < store->config.model->entity_count; i++) {
		sqlite3_finalize(store->entities[i].get);
	}
	cs_store_forget_statements(store);
	sqlite3_close(store->reader);
	store->writer->store = NULL;
	cs_writer_close(store->writer); /* the last connection: takes the -wal along */
	cs_writer_release(store->writer);
	store_free(store);
	return NULL;
}
