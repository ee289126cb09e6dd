/* The objects in memory by id: a table of chains through the objects themselves, so that finding,
 * adding and removing one allocate nothing. Ids are the store's own, counted upwards. */
#include <os/memory.h>

#include "store_private.h"

#define FIRST_BUCKETS 64

static size_t bucket_of(const struct cs_object_table *table, int64_t id)
{
	/* Neighbours stay neighbours: ids are counted upwards, and mixing them would only miss caches. */
	return (size_t)id & (table->size - 1);
}

static void resize(struct cs_object_table *table, size_t size)
{
	struct cs_object_body **old = table->buckets;
	size_t old_size = table->size;
	table->buckets = os_alloc_array(size, sizeof(*table->buckets));
	table->size = size;
	for (size_t i = 0; i < old_size; i++) {
		for (struct cs_object_body *body = old[i], *next; body != NULL; body = next) {
			next = body->table_next;
			size_t at = bucket_of(table, body->id);
			body->table_next = table->buckets[at];
			table->buckets[at] = body;
		}
	}
	os_free(old);
}

void cs_object_table_init(struct cs_object_table *table)
{
	resize(table, FIRST_BUCKETS);
}

void cs_object_table_finish(struct cs_object_table *table)
{
	os_free(table->buckets);
}

struct cs_object_body *cs_object_table_find(const struct cs_object_table *table, int64_t id)
{
	struct cs_object_body *body = table->buckets[bucket_of(table, id)];
	while (body != NULL && body->id != id) {
		body = body->table_next;
	}
	return body;
}

void cs_object_table_add(struct cs_object_table *table, struct cs_object_body *body)
{
	if (table->count >= table->size) {
		resize(table, table->size * 2);
	}
	size_t at = bucket_of(table, body->id);
	body->table_next = table->buckets[at];
	table->buckets[at] = body;
	body->in_table = true;
	table->count++;
}

void cs_object_table_remove(struct cs_object_table *table, struct cs_object_body *body)
{
	if (!body->in_table) {
		return;
	}
	struct cs_object_body **place = &table->buckets[bucket_of(table, body->id)];
	while (*place != body) {
		place = &(*place)->table_next;
	}
	*place = body->table_next;
	body->in_table = false;
	table->count--;
	if (table->size > FIRST_BUCKETS && table->count < table->size / 8) {
		resize(table, table->size / 2);
	}
}

void cs_object_table_clear(struct cs_object_table *table)
{
	for (size_t i = 0; i < table->size; i++) {
		for (struct cs_object_body *body = table->buckets[i]; body != NULL;
		     body = body->table_next) {
			body->store = NULL;
			body->in_table = false;
		}
		table->buckets[i] = NULL;
	}
	table->count = 0;
}
