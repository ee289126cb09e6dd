/* Store: an app's objects, kept in one sqlite file in its container (Core Data in small).
 *
 *	const struct cs_store_options options = { .struct_size = sizeof(options),
 *		.folder = os_process_info()->container, .model = &s_model,
 *		.delegate = &s_delegate, .context = self };
 *	int result = cs_store_open(&options, &store, &error);
 *
 *	struct cs_object *note = cs_store_insert(store, &s_note);
 *	cs_object_set_text(note, NOTE_TEXT, "Milk");
 *	cs_object_set_int(note, NOTE_CHANGED, os_clock_wall_us());
 *	cs_store_save(store);                      … delegate's saved(), when it is durable
 *
 *	const struct cs_sort newest[] = {{.attribute = NOTE_CHANGED, .descending = true}};
 *	const struct cs_fetch fetch = { .struct_size = sizeof(fetch), .entity = &s_note,
 *		.sorts = newest, .sort_count = 1, .limit = 20 };
 *	struct cs_object *first = cs_store_first(store, &fetch);
 *
 * A change is in memory at once and every fetch sees it. save gives what has gathered to the
 * store's own queue, which commits it in one transaction with one fsync behind it. Left alone, the
 * store saves 150 ms after the last change, and not later than 1 s after the first.
 * Objects are lent: one is valid until 256 others have been asked for (more while it has changes);
 * os_retain keeps it longer. One object has one address. Thread: main. */
#ifndef CS_STORE_H
#define CS_STORE_H

#include <cs/model.h>
#include <cs/predicate.h>
#include <os/array.h>
#include <os/signal.h>

struct cs_store;
struct cs_object;

/* Called on the main loop, except for set_aside. Missing functions are not called. */
struct cs_store_delegate {
	uint32_t struct_size;
	/* All saves up to this revision would survive the plug being pulled now. */
	void (*saved)(void *context, struct cs_store *store, uint64_t revision);
	/* A commit did not work; the changes stay in memory and go with the next save. */
	void (*failed)(void *context, struct cs_store *store, const struct os_error *error);
	/* While opening: the file was damaged and is kept under another name, which the sentence says;
	 * the store begins empty. Tell the user. */
	void (*set_aside)(void *context, const char *sentence);
};

struct cs_store_options {
	uint32_t struct_size;
	int folder;       /* the container's descriptor; not taken over */
	const char *file; /* NULL: "store.sqlite" */
	const struct cs_model *model;
	const struct cs_store_delegate *delegate; /* may be NULL */
	void *context;
	int64_t autosave_us; /* after the last change; 0: 150 ms; negative: only when asked */
};

/* --- Life cycle -------------------------------------------------------------------------------- */

/* -ENOTSUP: the file is of a newer version and was left as it is. The error says what is wrong with
 * which file. */
CS_PUBLIC int cs_store_open(const struct cs_store_options *options, struct cs_store **ret_store,
			    struct os_error *ret_error);
/* Saves, waits until that is durable, closes; leaves no -wal. Objects kept longer keep their values
 * and are not written any more. Returns NULL. */
CS_PUBLIC struct cs_store *cs_store_close(struct cs_store *store);

/* Revision of this save, or of the last one if nothing has changed since. Never waits. */
CS_PUBLIC uint64_t cs_store_save(struct cs_store *store);
/* Saves and waits until it is durable: for the way into the background, and exits. */
CS_PUBLIC int cs_store_flush(struct cs_store *store, struct os_error *ret_error);
CS_PUBLIC bool cs_store_has_changes(const struct cs_store *store); /* not saved yet */
CS_PUBLIC uint64_t cs_store_durable_revision(const struct cs_store *store);
/* Drops what is in memory only to be quick: for memory warnings. */
CS_PUBLIC void cs_store_trim(struct cs_store *store);

/* --- Objects ----------------------------------------------------------------------------------- */

CS_PUBLIC struct cs_object *cs_store_insert(struct cs_store *store, const struct cs_entity *entity);
/* NULL if there is none with that id. */
CS_PUBLIC struct cs_object *cs_store_object(struct cs_store *store, const struct cs_entity *entity,
					    int64_t id);

CS_PUBLIC int64_t
cs_object_id(const struct cs_object *object); /* for ever the same, never used again */
CS_PUBLIC const struct cs_entity *cs_object_entity(const struct cs_object *object);
CS_PUBLIC struct cs_store *cs_object_store(const struct cs_object *object); /* NULL after close */
CS_PUBLIC void cs_object_delete(struct cs_object *object);                  /* and what cascades */
CS_PUBLIC bool cs_object_is_deleted(const struct cs_object *object);

/* Text and bytes are lent until the attribute is set or the object goes. */
CS_PUBLIC int64_t cs_object_int(const struct cs_object *object,
				uint32_t attribute); /* date, bool, relation too */
CS_PUBLIC bool cs_object_bool(const struct cs_object *object, uint32_t attribute);
CS_PUBLIC double cs_object_real(const struct cs_object *object, uint32_t attribute);
CS_PUBLIC const char *cs_object_text(const struct cs_object *object, uint32_t attribute);
CS_PUBLIC const void *cs_object_bytes(const struct cs_object *object, uint32_t attribute,
				      size_t *ret_length);
/* The object that a relation points to; NULL if none, or if it has gone. */
CS_PUBLIC struct cs_object *cs_object_relation(const struct cs_object *object, uint32_t attribute);

/* Setting the value that is there already is no change. */
CS_PUBLIC void cs_object_set_int(struct cs_object *object, uint32_t attribute, int64_t value);
CS_PUBLIC void cs_object_set_bool(struct cs_object *object, uint32_t attribute, bool value);
CS_PUBLIC void cs_object_set_real(struct cs_object *object, uint32_t attribute, double value);
/* -EILSEQ if it is not UTF-8, -ENOMEM. */
CS_PUBLIC int cs_object_set_text(struct cs_object *object, uint32_t attribute, const char *text);
CS_PUBLIC int cs_object_set_bytes(struct cs_object *object, uint32_t attribute, const void *bytes,
				  size_t length);
CS_PUBLIC void cs_object_set_relation(struct cs_object *object, uint32_t attribute,
				      const struct cs_object *target);

/* --- Fetching ---------------------------------------------------------------------------------- */

struct cs_sort {
	uint32_t attribute;
	bool descending;
	bool folded; /* text: without regard to case */
};

struct cs_fetch {
	uint32_t struct_size;
	const struct cs_entity *entity;
	const struct cs_predicate *predicate; /* NULL: all */
	const struct cs_sort
	    *sorts; /* at most 4; objects equal in all of them come in order of id */
	uint32_t sort_count;
	int64_t limit, offset; /* limit 0: no limit */
};

/* Appends int64_t ids. -EINVAL: the predicate or sort does not fit the entity; -EUCLEAN: damaged. */
CS_PUBLIC int cs_store_fetch_ids(struct cs_store *store, const struct cs_fetch *fetch,
				 struct os_array *ids);
CS_PUBLIC int64_t cs_store_count(struct cs_store *store,
				 const struct cs_fetch *fetch); /* or -Exxx */
CS_PUBLIC struct cs_object *cs_store_first(struct cs_store *store, const struct cs_fetch *fetch);

/* --- Changes ----------------------------------------------------------------------------------- */

enum cs_change_kind { CS_INSERTED, CS_UPDATED, CS_DELETED };

struct cs_change {
	const struct cs_entity *entity;
	int64_t id;
	enum cs_change_kind kind;
};
struct cs_change_set {
	const struct cs_change *changes; /* each object at most once */
	size_t count;
};
/* Emitted with a struct cs_change_set at the end of the loop's turn in which something changed, and
 * before a save: what the screen shows follows from it. */
CS_PUBLIC struct os_signal *cs_store_changed(struct cs_store *store);
/* Emits what has gathered now. */
CS_PUBLIC void cs_store_process_changes(struct cs_store *store);

#endif
