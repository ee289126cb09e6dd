#include <cs/store.h>
#include <cs/strings.h>

#include <os/memory.h>

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <string.h>

#include "store_private.h"

static void object_finalize(struct os_object *object);

const struct os_class cs_object_class = {
	.struct_size = sizeof(struct os_class),
	.name = "stored object",
	.size = sizeof(struct cs_object_body),
	.finalize = object_finalize,
};

struct cs_object_body *cs_object_body(const struct cs_object *object)
{
	return os_object_state(object, &cs_object_class);
}

static void object_finalize(struct os_object *object)
{
	struct cs_object_body *body = os_object_state(object, &cs_object_class);
	if (body->store != NULL && os_map_get_number(body->store->objects, (uint64_t)body->id) == body) {
		os_map_set_number(body->store->objects, (uint64_t)body->id, NULL);
	}
	cs_row_release(body->row);
}

/* Takes row over. */
struct cs_object_body *cs_object_make(struct cs_store *store, uint32_t entity_index, int64_t id, struct cs_row *row)
{
	struct os_object *object = os_object_create(&cs_object_class);
	struct cs_object_body *body = os_object_state(object, &cs_object_class);
	body->object = object;
	body->store = store;
	body->entity = store->entities[entity_index].entity;
	body->entity_index = entity_index;
	body->id = id;
	body->row = row;
	os_map_set_number(store->objects, (uint64_t)id, body);
	return body;
}

struct cs_row *cs_object_row(struct cs_object_body *body)
{
	if (body->row == NULL && body->store != NULL && !body->deleted) {
		body->row = cs_store_read_row(body->store, body->entity_index, body->id);
	}
	return body->row;
}

int64_t cs_object_id(const struct cs_object *object)
{
	return cs_object_body(object)->id;
}

const struct cs_entity *cs_object_entity(const struct cs_object *object)
{
	return cs_object_body(object)->entity;
}

struct cs_store *cs_object_store(const struct cs_object *object)
{
	return cs_object_body(object)->store;
}

bool cs_object_is_deleted(const struct cs_object *object)
{
	return cs_object_body(object)->deleted;
}

/* --- Reading ----------------------------------------------------------------------------------- */

static const union cs_slot *slot_of(const struct cs_object *object, uint32_t attribute)
{
	static const union cs_slot s_nothing;
	struct cs_object_body *body = cs_object_body(object);
	assert(attribute < body->entity->attribute_count);
	const struct cs_row *row = cs_object_row(body);
	return row == NULL ? &s_nothing : &row->slots[attribute];
}

static enum cs_attribute_kind kind_of(const struct cs_object *object, uint32_t attribute)
{
	return cs_object_body(object)->entity->attributes[attribute].kind;
}

int64_t cs_object_int(const struct cs_object *object, uint32_t attribute)
{
	int64_t value = slot_of(object, attribute)->integer;
	assert(kind_of(object, attribute) != CS_REAL && !cs_attribute_is_blob(
		&cs_object_body(object)->entity->attributes[attribute]));
	return value;
}

bool cs_object_bool(const struct cs_object *object, uint32_t attribute)
{
	return cs_object_int(object, attribute) != 0;
}

double cs_object_real(const struct cs_object *object, uint32_t attribute)
{
	double value = slot_of(object, attribute)->real;
	assert(kind_of(object, attribute) == CS_REAL);
	return value;
}

const char *cs_object_text(const struct cs_object *object, uint32_t attribute)
{
	const struct cs_blob *blob = slot_of(object, attribute)->blob;
	assert(kind_of(object, attribute) == CS_TEXT);
	return blob == NULL ? "" : blob->bytes;
}

const void *cs_object_bytes(const struct cs_object *object, uint32_t attribute, size_t *ret_length)
{
	const struct cs_blob *blob = slot_of(object, attribute)->blob;
	assert(cs_attribute_is_blob(&cs_object_body(object)->entity->attributes[attribute]));
	*ret_length = blob == NULL ? 0 : blob->length;
	return blob == NULL ? "" : blob->bytes;
}

struct cs_object *cs_object_relation(const struct cs_object *object, uint32_t attribute)
{
	struct cs_object_body *body = cs_object_body(object);
	int64_t id = cs_object_int(object, attribute);
	if (id == 0 || body->store == NULL) {
		return NULL;
	}
	return cs_store_object(body->store, body->entity->attributes[attribute].destination, id);
}

/* --- Writing ----------------------------------------------------------------------------------- */

/* The row, this object's alone: a commit that is under way keeps the one before. NULL: nothing to
 * write to. */
static struct cs_row *writable_row(struct cs_object_body *body)
{
	struct cs_row *row = body->deleted || body->store == NULL ? NULL : cs_object_row(body);
	if (row != NULL && atomic_load_explicit(&row->references, memory_order_acquire) > 1) {
		body->row = cs_row_copy(row);
		cs_row_release(row);
	}
	return row == NULL ? NULL : body->row;
}

void cs_object_set_int(struct cs_object *object, uint32_t attribute, int64_t value)
{
	if (cs_object_int(object, attribute) == value) {
		return;
	}
	struct cs_object_body *body = cs_object_body(object);
	struct cs_row *row = writable_row(body);
	if (row != NULL) {
		row->slots[attribute].integer = value;
		cs_store_note(body->store, body, CS_DIRTY_UPDATE);
	}
}

void cs_object_set_bool(struct cs_object *object, uint32_t attribute, bool value)
{
	cs_object_set_int(object, attribute, value);
}

void cs_object_set_relation(struct cs_object *object, uint32_t attribute, const struct cs_object *target)
{
	assert(target == NULL || cs_object_entity(target) == cs_object_entity(object)->attributes[attribute].destination);
	cs_object_set_int(object, attribute, target == NULL ? 0 : cs_object_id(target));
}

void cs_object_set_real(struct cs_object *object, uint32_t attribute, double value)
{
	assert(!isnan(value));
	if (cs_object_real(object, attribute) == value) {
		return;
	}
	struct cs_object_body *body = cs_object_body(object);
	struct cs_row *row = writable_row(body);
	if (row != NULL) {
		row->slots[attribute].real = value;
		cs_store_note(body->store, body, CS_DIRTY_UPDATE);
	}
}

int cs_object_set_bytes(struct cs_object *object, uint32_t attribute, const void *bytes, size_t length)
{
	size_t before_length;
	const void *before = cs_object_bytes(object, attribute, &before_length);
	if (before_length == length && memcmp(before, bytes, length) == 0) {
		return 0;
	}
	struct cs_object_body *body = cs_object_body(object);
	struct cs_blob *blob = NULL;
	if (length > 0) {
		blob = cs_blob_create(bytes, length);
		if (blob == NULL) {
			return -ENOMEM;
		}
	}
	struct cs_row *row = writable_row(body);
	if (row == NULL) {
		cs_blob_release(blob);
		return 0;
	}
	cs_blob_release(row->slots[attribute].blob);
	row->slots[attribute].blob = blob;
	cs_store_note(body->store, body, CS_DIRTY_UPDATE);
	return 0;
}

int cs_object_set_text(struct cs_object *object, uint32_t attribute, const char *text)
{
	assert(kind_of(object, attribute) == CS_TEXT);
	size_t length = strlen(text);
	if (!cs_text_is_utf8(text, length)) {
		return -EILSEQ;
	}
	return cs_object_set_bytes(object, attribute, text, length);
}

/* --- Deleting ---------------------------------------------------------------------------------- */

/* Appends the ids of all objects that point to this one and go with it. */
static void add_cascade(struct cs_object_body *body, struct os_array *doomed)
{
	struct cs_store *store = body->store;
	for (uint32_t e = 0; e < store->config.model->entity_count; e++) {
		const struct cs_entity *entity = store->config.model->entities[e];
		for (uint32_t a = 0; a < entity->attribute_count; a++) {
			if (!(entity->attributes[a].flags & CS_ATTRIBUTE_CASCADES) ||
			    entity->attributes[a].destination != body->entity) {
				continue;
			}
			struct cs_predicate *points_here = cs_predicate_int(a, CS_EQUAL, body->id);
			struct cs_fetch fetch = {.struct_size = sizeof(fetch), .entity = entity, .predicate = points_here};
			struct os_array ids;
			os_array_init(&ids, sizeof(int64_t));
			cs_store_fetch_ids(store, &fetch, &ids);
			for (size_t i = 0; i < ids.count; i++) {
				struct cs_object *object = cs_store_object(store, entity, *(int64_t *)os_array_at(&ids, i));
				if (object != NULL) {
					os_array_append_ptr(doomed, os_retain(object));
				}
			}
			os_array_finish(&ids);
			os_release(points_here);
		}
	}
}

void cs_object_delete(struct cs_object *object)
{
	struct os_array doomed;
	os_array_init(&doomed, sizeof(void *));
	os_array_append_ptr(&doomed, os_retain(object));
	for (size_t i = 0; i < doomed.count; i++) {
		struct cs_object_body *body = cs_object_body(os_array_ptr_at(&doomed, i));
		if (!body->deleted && body->store != NULL) {
			body->deleted = true;
			cs_store_note(body->store, body, CS_DIRTY_DELETE);
			add_cascade(body, &doomed);
		}
		os_release(body->object);
	}
	os_array_finish(&doomed);
}
