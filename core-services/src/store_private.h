/* What the store's files share. sqlite stays behind this header: none of it passes <cs/store.h>.
 *
 * Two connections: the reader belongs to the main thread, the writer to the store's queue. What has
 * changed and is not known to be in the file yet is the overlay: its objects are left out of what
 * the reader says and judged in memory instead, so it does not matter what of it the reader sees
 * already.
 *
 *	object changed → dirty ─ save → in flight (a commit holds its row) ─ durable → clean
 *	                   ↑                    │ changed again: the row is copied first
 *	                   └────────────────────┘ */
#ifndef CS_STORE_PRIVATE_H
#define CS_STORE_PRIVATE_H

#include <cs/store.h>

#include <os/buffer.h>
#include <os/list.h>
#include <os/map.h>
#include <os/queue.h>
#include <os/timer.h>

#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>

#define CS_STORE_CACHE 256      /* objects kept to be quick */
#define CS_STORE_STATEMENTS 32  /* fetches kept prepared */
#define CS_STORE_PART 2048      /* so many changes of one save go to the queue beforehand */
#define CS_STORE_WAL_PAGES 1000 /* from here on the -wal is copied into the file, after `saved` */
#define CS_STORE_AUTOSAVE_US (150 * OS_US_PER_MS)
#define CS_STORE_AUTOSAVE_LATEST_US (1 * OS_US_PER_S)
#define CS_STORE_MAX_BYTES (64 << 20) /* of one text */

/* --- Rows: values, shared between the object and commits, not written while shared -------------- */

struct cs_blob {
	atomic_uint references;
	uint32_t length;
	char bytes[]; /* and a NUL */
};

union cs_slot {
	int64_t integer;
	double real;
	struct cs_blob *blob; /* NULL: "" or no bytes */
};

struct cs_row {
	atomic_uint references;
	const struct cs_entity *entity;
	union cs_slot slots[];
};

struct cs_blob *cs_blob_create(const void *bytes, size_t length); /* NULL: no memory */
void cs_blob_release(struct cs_blob *blob);
struct cs_row *cs_row_create(const struct cs_entity *entity);
struct cs_row *cs_row_retain(struct cs_row *row);
struct cs_row *cs_row_copy(const struct cs_row *row);
void cs_row_release(struct cs_row *row);
const char *cs_row_text(const struct cs_row *row, uint32_t attribute);
bool cs_attribute_is_blob(const struct cs_attribute *attribute);

/* --- Objects ----------------------------------------------------------------------------------- */

enum cs_dirt { CS_CLEAN, CS_DIRTY_INSERT, CS_DIRTY_UPDATE, CS_DIRTY_DELETE, CS_DIRTY_DROPPED };

struct cs_object_body {
	struct os_object *object; /* whose body this is */
	struct cs_store *store;   /* NULL after close */
	const struct cs_entity *entity;
	int64_t id;
	struct cs_row *row;          /* NULL: a fault, read when asked for */
	struct os_list cache_link;   /* cs_store.cache, most recent first; holds a reference */
	struct os_list overlay_link; /* cs_entity_state.overlay; holds a reference */
	struct cs_object_body *table_next; /* cs_object_table's chain */
	uint32_t entity_index;
	uint32_t in_flight; /* commits that carry it */
	enum cs_dirt dirt;
	bool cached, overlaid, deleted, in_table;
	uint64_t noted_turn; /* if it is cs_store.turn, noted_at is its place in cs_store.noted */
	size_t noted_at;
};

extern const struct os_class cs_object_class;
static inline struct cs_object_body *cs_object_body(const struct cs_object *object)
{
	return os_object_state(object, &cs_object_class);
}
struct cs_object_body *cs_object_make(struct cs_store *store, uint32_t entity_index, int64_t id,
				      struct cs_row *row);
/* The row, read if need be; NULL if there is none. */
struct cs_row *cs_object_row(struct cs_object_body *body);

struct cs_object_table {
	struct cs_object_body **buckets; /* chains by table_next; no references */
	size_t size, count;              /* size is a power of two */
};
void cs_object_table_init(struct cs_object_table *table);
void cs_object_table_finish(struct cs_object_table *table);
struct cs_object_body *cs_object_table_find(const struct cs_object_table *table, int64_t id);
void cs_object_table_add(struct cs_object_table *table, struct cs_object_body *body);
void cs_object_table_remove(struct cs_object_table *table, struct cs_object_body *body);
/* Takes all out, which then have no store. */
void cs_object_table_clear(struct cs_object_table *table);

/* --- The writer: what the queue works with ------------------------------------------------------ */

struct cs_commit_change {
	struct cs_object_body *body; /* main thread only; the overlay holds it */
	struct cs_row *row;          /* NULL for a delete */
	int64_t id;
	uint32_t entity_index;
	enum cs_dirt dirt;
};

struct cs_commit {
	struct os_list link; /* cs_writer.pending, .open or .done */
	uint64_t revision, flow;
	int64_t next_id; /* written when something is deleted, so that no id comes twice */
	bool has_deletes;
	bool is_part; /* of a save that is still to come; its revision is 0 */
	size_t count;
	struct cs_commit_change changes[];
};

struct cs_writer_statements {
	sqlite3_stmt *insert, *update, *remove;
};

struct cs_writer {
	atomic_uint references; /* the store and each report under way to the main queue */
	sqlite3 *db;
	const struct cs_model *model;
	struct cs_writer_statements *statements; /* for each entity */
	sqlite3_stmt *begin, *commit, *rollback, *next_id;
	unsigned prepared; /* statements prepared so far */
	int wal_pages;
	struct os_list open;  /* the queue's: written in the open transaction */
	pthread_mutex_t lock; /* of what follows */
	struct os_list pending, done;
	struct os_error error; /* of the last commit; status 0: it worked */
	bool has_error;        /* not told yet */
	/* main thread */
	struct cs_store *store; /* NULL once it is closed */
};

struct cs_writer *cs_writer_create(sqlite3 *db, const struct cs_model *model);
void cs_writer_release(struct cs_writer *writer);
void cs_writer_close(struct cs_writer *writer); /* finalizes and closes the connection */
void cs_writer_commit_pending(void *writer);    /* on the queue */
int cs_writer_take_error(struct cs_writer *writer, struct os_error *ret_error);

/* --- The store --------------------------------------------------------------------------------- */

struct cs_entity_state {
	const struct cs_entity *entity;
	sqlite3_stmt *get;      /* one row by id, on the reader */
	struct os_list overlay; /* cs_object_body.overlay_link */
	size_t overlay_count;
};

struct cs_cached_statement {
	struct os_list link; /* cs_store.statement_order */
	sqlite3_stmt *statement;
	char *sql;
};

struct cs_store {
	struct {
		const struct cs_model *model;
		const struct cs_store_delegate *delegate;
		void *context;
		int64_t autosave_us;
		char *file, *path; /* in the folder; as sqlite opens it */
		int folder;
	} config;
	sqlite3 *reader;
	struct cs_writer *writer;
	struct os_queue *queue;
	struct os_loop *loop; /* may be NULL: then nothing happens by itself */
	struct os_timer *autosave;
	struct cs_entity_state *entities; /* as in the model */
	struct cs_object_table objects;   /* by id; holds no reference */
	struct os_list cache;
	size_t cache_count;
	struct os_map *statements; /* struct cs_cached_statement by SQL */
	struct os_list statement_order;
	struct os_array dirty; /* struct cs_object_body *, changed since the last save */
	struct os_array noted; /* struct cs_change, not told yet; id 0: nothing after all */
	struct os_signal changed;
	uint64_t turn; /* of telling */
	uint64_t revision, durable;
	uint64_t flow; /* of the write that gathers; 0: none */
	int64_t next_id, first_change_us;
	unsigned prepared;
	bool process_deferred, damage_told;
	bool has_parts; /* of the next save, with the writer already */
};

uint32_t cs_store_entity_index(const struct cs_store *store, const struct cs_entity *entity);
void cs_store_touch(struct cs_store *store,
		    struct cs_object_body *body); /* most recently asked for */
void cs_store_note(struct cs_store *store, struct cs_object_body *body, enum cs_dirt dirt);
void cs_store_cancel_process(
    struct cs_store *store); /* the telling that waits for the turn's end */
void cs_store_leave_overlay(struct cs_store *store, struct cs_object_body *body);
void cs_store_send_part(struct cs_store *store);
void cs_store_take_reports(struct cs_store *store);
/* A kept statement, reset and without values. It must be reset after use. */
int cs_store_statement(struct cs_store *store, const char *sql, sqlite3_stmt **ret_statement);
struct cs_row *cs_store_read_row(struct cs_store *store, uint32_t entity_index, int64_t id);
/* False: not enough memory. */
bool cs_store_read_slot(sqlite3_stmt *statement, int column, enum cs_attribute_kind kind,
			union cs_slot *slot);
void cs_store_bind(sqlite3_stmt *statement,
		   const struct os_array *bindings); /* struct cs_binding */
void cs_store_done_with(sqlite3_stmt *statement);
void cs_store_forget_statements(struct cs_store *store);
/* Translates and, if the file is damaged, tells the app once and has it checked at the next open. */
int cs_store_read_error(struct cs_store *store, int sqlite_result);

/* --- sqlite ------------------------------------------------------------------------------------- */

int cs_sqlite_status(int sqlite_result); /* 0 or -Exxx; damaged is -EUCLEAN */
int cs_sqlite_open(const char *path, bool reader, sqlite3 **ret_db);
int cs_sqlite_exec(sqlite3 *db, const char *sql);
int cs_sqlite_int(sqlite3 *db, const char *sql, int64_t *ret_value);
int cs_schema_prepare(sqlite3 *db, const struct cs_model *model, const char *file,
		      struct os_error *ret_error);
int cs_schema_next_id(sqlite3 *db, const struct cs_model *model, int64_t *ret_id);
/* The path under which this process can open a folder of which it has the descriptor. */
char *cs_folder_copy_path(int folder);

/* --- Predicates and order ------------------------------------------------------------------------ */

struct cs_binding {
	enum { CS_BIND_INT, CS_BIND_REAL, CS_BIND_TEXT } kind;
	int64_t integer;
	double real;
	const char *text;
};

/* Appends an expression and what its question marks stand for. */
int cs_predicate_sql(const struct cs_predicate *predicate, const struct cs_entity *entity,
		     struct os_buffer *sql, struct os_array *bindings);
bool cs_predicate_matches(const struct cs_predicate *predicate, const struct cs_row *row,
			  int64_t id);
int cs_sort_check(const struct cs_fetch *fetch);
/* Orders two objects as the fetch does: by its sorts, then by id. */
int cs_sort_compare(const struct cs_fetch *fetch, const struct cs_row *a, int64_t a_id,
		    const struct cs_row *b, int64_t b_id);

#endif
