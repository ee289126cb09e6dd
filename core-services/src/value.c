#include <cs/value.h>

#include <os/memory.h>

#include <assert.h>
#include <math.h>
#include <string.h>

#include "value_private.h"

static void value_finalize(struct os_object *object);

const struct os_class cs_value_class = {
    .struct_size = sizeof(struct os_class),
    .flags = OS_CLASS_SHARED,
    .name = "value",
    .size = sizeof(struct cs_value_body),
    .finalize = value_finalize,
};

static struct cs_value_body *body_of(const struct cs_value *value)
{
	return value == NULL ? NULL : os_object_state(value, &cs_value_class);
}

static void value_finalize(struct os_object *object)
{
	struct cs_value_body *body = os_object_state(object, &cs_value_class);
	if (body->kind == CS_VALUE_STRING) {
		os_free(body->string);
	}
	for (size_t i = 0; i < body->count; i++) {
		os_release(body->items[i]);
		if (body->keys != NULL) {
			os_free(body->keys[i]);
		}
	}
	os_free(body->items);
	os_free(body->keys);
}

struct cs_value *cs_value_create_kind(enum cs_value_kind kind, struct cs_value_body **ret_body)
{
	struct cs_value *value = os_object_create(&cs_value_class);
	struct cs_value_body *body = os_object_state(value, &cs_value_class);
	body->kind = kind;
	*ret_body = body;
	return value;
}

struct cs_value *cs_value_create_null(void)
{
	struct cs_value_body *body;
	return cs_value_create_kind(CS_VALUE_NULL, &body);
}

struct cs_value *cs_value_create_bool(bool flag)
{
	struct cs_value_body *body;
	struct cs_value *value = cs_value_create_kind(CS_VALUE_BOOL, &body);
	body->flag = flag;
	return value;
}

struct cs_value *cs_value_create_int(int64_t integer)
{
	struct cs_value_body *body;
	struct cs_value *value = cs_value_create_kind(CS_VALUE_INT, &body);
	body->integer = integer;
	return value;
}

struct cs_value *cs_value_create_double(double real)
{
	assert(isfinite(real));
	struct cs_value_body *body;
	struct cs_value *value = cs_value_create_kind(CS_VALUE_DOUBLE, &body);
	body->real = real;
	return value;
}

struct cs_value *cs_value_create_string_of(const char *bytes, size_t length)
{
	char *copy = os_try_alloc(length + 1);
	if (copy == NULL) {
		return NULL;
	}
	if (length > 0) {
		memcpy(copy, bytes, length);
	}
	struct cs_value_body *body;
	struct cs_value *value = cs_value_create_kind(CS_VALUE_STRING, &body);
	body->string = copy;
	return value;
}

struct cs_value *cs_value_create_string(const char *text)
{
	return cs_value_create_string_of(text, strlen(text));
}

/* --- Reading ----------------------------------------------------------------------------------- */

enum cs_value_kind cs_value_kind(const struct cs_value *value)
{
	return value == NULL ? CS_VALUE_NULL : body_of(value)->kind;
}

const char *cs_value_kind_name(enum cs_value_kind kind)
{
	static const char *const s_names[] = {
	    [CS_VALUE_NULL] = "null",
	    [CS_VALUE_BOOL] = "true or false",
	    [CS_VALUE_INT] = "a whole number",
	    [CS_VALUE_DOUBLE] = "a number",
	    [CS_VALUE_STRING] = "a string",
	    [CS_VALUE_ARRAY] = "an array",
	    [CS_VALUE_DICTIONARY] = "an object",
	};
	return s_names[kind];
}

bool cs_value_bool(const struct cs_value *value, bool otherwise)
{
	return cs_value_kind(value) == CS_VALUE_BOOL ? body_of(value)->flag : otherwise;
}

int64_t cs_value_int(const struct cs_value *value, int64_t otherwise)
{
	return cs_value_kind(value) == CS_VALUE_INT ? body_of(value)->integer : otherwise;
}

double cs_value_double(const struct cs_value *value, double otherwise)
{
	if (cs_value_kind(value) == CS_VALUE_INT) {
		return (double)body_of(value)->integer;
	}
	return cs_value_kind(value) == CS_VALUE_DOUBLE ? body_of(value)->real : otherwise;
}

const char *cs_value_string(const struct cs_value *value)
{
	return cs_value_kind(value) == CS_VALUE_STRING ? body_of(value)->string : NULL;
}

size_t cs_value_count(const struct cs_value *value)
{
	return value == NULL ? 0 : body_of(value)->count;
}

struct cs_value *cs_value_at(const struct cs_value *value, size_t index)
{
	return index < cs_value_count(value) ? body_of(value)->items[index] : NULL;
}

const char *cs_value_key_at(const struct cs_value *value, size_t index)
{
	if (cs_value_kind(value) != CS_VALUE_DICTIONARY || index >= cs_value_count(value)) {
		return NULL;
	}
	return body_of(value)->keys[index];
}

struct cs_value *cs_value_get(const struct cs_value *value, const char *key)
{
	if (cs_value_kind(value) != CS_VALUE_DICTIONARY) {
		return NULL;
	}
	const struct cs_value_body *body = body_of(value);
	size_t low = 0, high = body->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(key, body->keys[middle]);
		if (order == 0) {
			return body->items[middle];
		}
		if (order < 0) {
			high = middle;
		} else {
			low = middle + 1;
		}
	}
	return NULL;
}

static bool equal_parts(const struct cs_value_body *a, const struct cs_value_body *b)
{
	if (a->count != b->count) {
		return false;
	}
	for (size_t i = 0; i < a->count; i++) {
		if (a->keys != NULL && strcmp(a->keys[i], b->keys[i]) != 0) {
			return false;
		}
		if (!cs_value_equal(a->items[i], b->items[i])) {
			return false;
		}
	}
	return true;
}

bool cs_value_equal(const struct cs_value *a, const struct cs_value *b)
{
	if (a == b) {
		return true;
	}
	if (cs_value_kind(a) != cs_value_kind(b)) {
		return false;
	}
	switch (cs_value_kind(a)) {
	case CS_VALUE_NULL:
		return true;
	case CS_VALUE_BOOL:
		return body_of(a)->flag == body_of(b)->flag;
	case CS_VALUE_INT:
		return body_of(a)->integer == body_of(b)->integer;
	case CS_VALUE_DOUBLE:
		return body_of(a)->real == body_of(b)->real;
	case CS_VALUE_STRING:
		return strcmp(body_of(a)->string, body_of(b)->string) == 0;
	case CS_VALUE_ARRAY:
	case CS_VALUE_DICTIONARY:
		return equal_parts(body_of(a), body_of(b));
	}
	return false;
}
