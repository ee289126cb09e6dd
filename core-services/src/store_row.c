#include <os/memory.h>

#include <string.h>

#include "store_private.h"

struct cs_blob *cs_blob_create(const void *bytes, size_t length)
{
	struct cs_blob *blob =
	    length > CS_STORE_MAX_BYTES ? NULL : os_try_alloc(sizeof(*blob) + length + 1);
	if (blob == NULL) {
		return NULL;
	}
	atomic_init(&blob->references, 1);
	blob->length = (uint32_t)length;
	memcpy(blob->bytes, bytes, length);
	return blob;
}

void cs_blob_release(struct cs_blob *blob)
{
	if (blob != NULL &&
	    atomic_fetch_sub_explicit(&blob->references, 1, memory_order_acq_rel) == 1) {
		os_free(blob);
	}
}

bool cs_attribute_is_blob(const struct cs_attribute *attribute)
{
	return attribute->kind == CS_TEXT || attribute->kind == CS_BYTES;
}

struct cs_row *cs_row_create(const struct cs_entity *entity)
{
	struct cs_row *row =
	    os_alloc(sizeof(*row) + entity->attribute_count * sizeof(row->slots[0]));
	atomic_init(&row->references, 1);
	row->entity = entity;
	return row;
}

struct cs_row *cs_row_retain(struct cs_row *row)
{
	if (row != NULL) {
		atomic_fetch_add_explicit(&row->references, 1, memory_order_relaxed);
	}
	return row;
}

struct cs_row *cs_row_copy(const struct cs_row *row)
{
	struct cs_row *copy = cs_row_create(row->entity);
	for (uint32_t i = 0; i < row->entity->attribute_count; i++) {
		copy->slots[i] = row->slots[i];
		if (cs_attribute_is_blob(&row->entity->attributes[i]) &&
		    copy->slots[i].blob != NULL) {
			atomic_fetch_add_explicit(&copy->slots[i].blob->references, 1,
						  memory_order_relaxed);
		}
	}
	return copy;
}

void cs_row_release(struct cs_row *row)
{
	if (row == NULL ||
	    atomic_fetch_sub_explicit(&row->references, 1, memory_order_acq_rel) != 1) {
		return;
	}
	for (uint32_t i = 0; i < row->entity->attribute_count; i++) {
		if (cs_attribute_is_blob(&row->entity->attributes[i])) {
			cs_blob_release(row->slots[i].blob);
		}
	}
	os_free(row);
}

const char *cs_row_text(const struct cs_row *row, uint32_t attribute)
{
	const struct cs_blob *blob = row->slots[attribute].blob;
	return blob == NULL ? "" : blob->bytes;
}
