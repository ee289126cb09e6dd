#include <cs/value.h>

#include <os/array.h>
#include <os/memory.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "value_private.h"

struct pair {
	char *key; /* NULL in an array */
	struct cs_value *value;
	size_t order; /* of insertion, so that a later key of the same name wins */
};

struct level {
	enum cs_value_kind kind;
	size_t first; /* of its pairs in cs_builder.pairs */
	char *key;    /* under which it goes into the level above */
};

struct cs_builder {
	struct os_array pairs;  /* struct pair, of all open levels */
	struct os_array levels; /* struct level */
	char *key;              /* for the value to come */
	struct cs_value *root;
	bool failed;
};

struct cs_builder *cs_builder_create(void)
{
	struct cs_builder *builder = os_alloc(sizeof(*builder));
	os_array_init(&builder->pairs, sizeof(struct pair));
	os_array_init(&builder->levels, sizeof(struct level));
	return builder;
}

/* Takes the reference over. NULL marks the whole as failed. */
static void put(struct cs_builder *builder, struct cs_value *value)
{
	if (value == NULL) {
		builder->failed = true;
		value = cs_value_create_null();
	}
	if (builder->levels.count == 0) {
		assert(builder->root == NULL);
		builder->root = value;
		return;
	}
	struct level *level = os_array_at(&builder->levels, builder->levels.count - 1);
	assert((level->kind == CS_VALUE_DICTIONARY) == (builder->key != NULL));
	struct pair *pair = os_array_append(&builder->pairs);
	pair->key = builder->key;
	pair->value = value;
	pair->order = builder->pairs.count;
	builder->key = NULL;
}

static void begin(struct cs_builder *builder, enum cs_value_kind kind)
{
	struct level *level = os_array_append(&builder->levels);
	level->kind = kind;
	level->first = builder->pairs.count;
	level->key = builder->key;
	builder->key = NULL;
}

void cs_builder_begin_array(struct cs_builder *builder)
{
	begin(builder, CS_VALUE_ARRAY);
}

void cs_builder_begin_dictionary(struct cs_builder *builder)
{
	begin(builder, CS_VALUE_DICTIONARY);
}

static int compare_pairs(const void *left, const void *right)
{
	const struct pair *a = left, *b = right;
	int order = strcmp(a->key, b->key);
	return order != 0 ? order : (a->order > b->order) - (a->order < b->order);
}

/* Sorts the pairs and drops all but the last of each key. Returns how many are left. */
static size_t sort_pairs(struct pair *pairs, size_t count)
{
	if (count > 1) {
		qsort(pairs, count, sizeof(*pairs), compare_pairs);
	}
	size_t kept = 0;
	for (size_t i = 0; i < count; i++) {
		if (i + 1 < count && strcmp(pairs[i].key, pairs[i + 1].key) == 0) {
			os_free(pairs[i].key);
			os_release(pairs[i].value);
			continue;
		}
		pairs[kept++] = pairs[i];
	}
	return kept;
}

void cs_builder_end(struct cs_builder *builder)
{
	assert(builder->levels.count > 0 && builder->key == NULL);
	struct level level =
	    *(struct level *)os_array_at(&builder->levels, builder->levels.count - 1);
	os_array_remove(&builder->levels, builder->levels.count - 1, 1);
	size_t count = builder->pairs.count - level.first, kept = count;
	struct pair *pairs = count > 0 ? os_array_at(&builder->pairs, level.first) : NULL;
	if (level.kind == CS_VALUE_DICTIONARY && count > 0) {
		kept = sort_pairs(pairs, count);
	}
	struct cs_value_body *body;
	struct cs_value *value = cs_value_create_kind(level.kind, &body);
	body->count = kept;
	body->items = os_alloc_array(kept + 1, sizeof(*body->items));
	body->keys =
	    level.kind == CS_VALUE_DICTIONARY ? os_alloc_array(kept + 1, sizeof(char *)) : NULL;
	for (size_t i = 0; i < kept; i++) {
		body->items[i] = pairs[i].value;
		if (body->keys != NULL) {
			body->keys[i] = pairs[i].key;
		}
	}
	if (count > 0) {
		os_array_remove(&builder->pairs, level.first, count);
	}
	builder->key = level.key;
	put(builder, value);
}

void cs_builder_key(struct cs_builder *builder, const char *key)
{
	assert(builder->key == NULL && builder->levels.count > 0);
	builder->key = os_strdup(key);
}

void cs_builder_bool(struct cs_builder *builder, bool value)
{
	put(builder, cs_value_create_bool(value));
}

void cs_builder_int(struct cs_builder *builder, int64_t value)
{
	put(builder, cs_value_create_int(value));
}

void cs_builder_double(struct cs_builder *builder, double value)
{
	put(builder, cs_value_create_double(value));
}

void cs_builder_string(struct cs_builder *builder, const char *text)
{
	put(builder, cs_value_create_string(text));
}

void cs_builder_value(struct cs_builder *builder, struct cs_value *value)
{
	put(builder, value == NULL ? cs_value_create_null() : os_retain(value));
}

struct cs_value *cs_builder_finish(struct cs_builder *builder)
{
	while (builder->levels.count > 0) {
		os_free(builder->key);
		builder->key = NULL;
		cs_builder_end(builder);
	}
	struct cs_value *value = builder->failed ? os_release(builder->root) : builder->root;
	os_free(builder->key);
	os_array_finish(&builder->pairs);
	os_array_finish(&builder->levels);
	os_free(builder);
	return value;
}
