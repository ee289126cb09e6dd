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

static void object_finalize(struct os_object *object)
{
	struct cs_object_body *body = os_object_state(object, &cs_object_class);
	if (body->store != NULL) {
		cs_object_table_remove(&body->store->objects, body);
	}
	cs_row_release(body->row);
}

/* Takes row over. */
struct cs_object_body *cs_object_make(struct cs_store *store, uint32_t entity_index, int64_t id,
				      struct cs_row *row)
{
	struct os_object *object = os_object_create(&cs_object_class);
	struct cs_object_body *body = os_object_state(object, &cs_object_class);
	body->object = object;
	body->store = store;
	body->entity = store->entities[entity_index].entity;
	body->entity_index = entity_index;
	body->id = id;
	body->row = row;
	cs_object_table_add(&store->objects, body);
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

static const union cs_slot *slot_of(struct cs_object_body *body, uint32_t attribute)
{
	static const union cs_slot s_nothing;
	assert(attribute < body->entity->attribute_count);
	const struct cs_row *row = cs_object_row(body);
	return row == NULL ? &s_nothing : &row->slots[attribute];
}

static const struct cs_attribute *attribute_of(const struct cs_object_body *body,
					       uint32_t attribute)
{
	return &body->entity->attributes[attribute];
}

static int64_t int_of(struct cs_object_body *body, uint32_t attribute)
{
	int64_t value = slot_of(body, attribute)->integer;
	assert(attribute_of(body, attribute)->kind != CS_REAL &&
	       !cs_attribute_is_blob(attribute_of(body, attribute)));
	return value;
}

int64_t cs_object_int(const struct cs_object *object, uint32_t attribute)
{
	return int_of(cs_object_body(object), attribute);
}

bool cs_object_bool(const struct cs_object *object, uint32_t attribute)
{
	return cs_object_int(object, attribute) != 0;
}

double cs_object_real(const struct cs_object *object, uint32_t attribute)
{
	struct cs_object_body *body = cs_object_body(object);
	double value = slot_of(body, attribute)->real;
	assert(attribute_of(body, attribute)->kind == CS_REAL);
	return value;
}

const char *cs_object_text(const struct cs_object *object, uint32_t attribute)
{
	struct cs_object_body *body = cs_object_body(object);
	const struct cs_blob *blob = slot_of(body, attribute)->blob;
	assert(attribute_of(body, attribute)->kind == CS_TEXT);
	return blob == NULL ? "" : blob->bytes;
}

const void *cs_object_bytes(const struct cs_object *object, uint32_t attribute, size_t *ret_length)
{
	struct cs_object_body *body = cs_object_body(object);
	const struct cs_blob *blob = slot_of(body, attribute)->blob;
	assert(cs_attribute_is_blob(attribute_of(body, attribute)));
	*ret_length = blob == NULL ? 0 : blob->length;
	return blob == NULL ? "" : blob->bytes;
}

struct cs_object *cs_object_relation(const struct cs_object *object, uint32_t attribute)
{
	struct cs_object_body *body = cs_object_body(object);
	int64_t id = int_of(body, attribute);
	if (id == 0 || body->store == NULL) {
		return NULL;
	}
	return cs_store_object(body->store, attribute_of(body, attribute)->destination, id);
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
	struct cs_object_body *body = cs_object_body(object);
	struct cs_row *row = int_of(body, attribute) == value ? NULL : writable_row(body);
	if (row != NULL) {
		row->slots[attribute].integer = value;
		cs_store_note(body->store, body, CS_DIRTY_UPDATE);
	}
}

void cs_object_set_bool(struct cs_object *object, uint32_t attribute, bool value)
{
	cs_object_set_int(object, attribute, value);
}

void cs_object_set_relation(struct cs_object *object, uint32_t attribute,
			    const struct cs_object *target)
{
	assert(target == NULL || cs_object_entity(target) ==
				     cs_object_entity(object)->attributes[attribute].destination);
	cs_object_set_int(object, attribute, target == NULL ? 0 : cs_object_id(target));
}

void cs_object_set_real(struct cs_object *object, uint32_t attribute, double value)
{
	struct cs_object_body *body = cs_object_body(object);
	assert(!isnan(value) && attribute_of(body, attribute)->kind == CS_REAL);
	struct cs_row *row = slot_of(body, attribute)->real == value ? NULL : writable_row(body);
	if (row != NULL) {
		row->slots[attribute].real = value;
		cs_store_note(body->store, body, CS_DIRTY_UPDATE);
	}
}

static bool has_bytes(const struct cs_blob *blob, const void *bytes, size_t length)
{
	size_t own_length = blob == NULL ? 0 : blob->length;
	return own_length == length && (length == 0 || memcmp(blob->bytes, bytes, length) == 0);
}

int cs_object_set_bytes(struct cs_object *object, uint32_t attribute, const void *bytes,
			size_t length)
{
	struct cs_object_body *body = cs_object_body(object);
	assert(cs_attribute_is_blob(attribute_of(body, attribute)));
	if (has_bytes(slot_of(body, attribute)->blob, bytes, length)) {
		return 0;
	}
	struct cs_row *row = writable_row(body);
	if (row == NULL) {
		return 0;
	}
	struct cs_blob *blob = length > 0 ? cs_blob_create(bytes, length) : NULL;
	if (length > 0 && blob == NULL) {
		return -ENOMEM;
	}
	cs_blob_release(row->slots[attribute].blob);
	row->slots[attribute].blob = blob;
	cs_store_note(body->store, body, CS_DIRTY_UPDATE);
	return 0;
}

int cs_object_set_text(struct cs_object *object, uint32_t attribute, const char *text)
{
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
			struct cs_fetch fetch = {.struct_size = sizeof(fetch),
						 .entity = entity,
						 .predicate = points_here};
			struct os_array ids;
			os_array_init(&ids, sizeof(int64_t));
			cs_store_fetch_ids(store, &fetch, &ids);
			for (size_t i = 0; i < ids.count; i++) {
				struct cs_object *object = cs_store_object(
				    store, entity, *(int64_t *)os_array_at(&ids, i));
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
