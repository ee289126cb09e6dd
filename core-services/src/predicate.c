#include <cs/predicate.h>

#include <os/memory.h>

#include <assert.h>
#include <math.h>
#include <string.h>

#include "predicate_private.h"

static void predicate_finalize(struct os_object *object)
{
	struct cs_predicate_body *body = os_object_state(object, &cs_predicate_class);
	os_free(body->text);
	os_release(body->left);
	os_release(body->right);
}

const struct os_class cs_predicate_class = {
    .struct_size = sizeof(struct os_class),
    .flags = OS_CLASS_SHARED,
    .name = "predicate",
    .size = sizeof(struct cs_predicate_body),
    .finalize = predicate_finalize,
};

const struct cs_predicate_body *cs_predicate_body(const struct cs_predicate *predicate)
{
	return os_object_state(predicate, &cs_predicate_class);
}

static struct cs_predicate *create(enum cs_predicate_kind kind, uint32_t attribute,
				   enum cs_comparison comparison,
				   struct cs_predicate_body **ret_body)
{
	struct cs_predicate *predicate = os_object_create(&cs_predicate_class);
	struct cs_predicate_body *body = os_object_state(predicate, &cs_predicate_class);
	body->kind = kind;
	body->attribute = attribute;
	body->comparison = comparison;
	*ret_body = body;
	return predicate;
}

struct cs_predicate *cs_predicate_int(uint32_t attribute, enum cs_comparison comparison,
				      int64_t value)
{
	assert(comparison <= CS_GREATER_EQUAL);
	struct cs_predicate_body *body;
	struct cs_predicate *predicate = create(CS_PREDICATE_INT, attribute, comparison, &body);
	body->integer = value;
	return predicate;
}

struct cs_predicate *cs_predicate_id(enum cs_comparison comparison, int64_t id)
{
	return cs_predicate_int(CS_PREDICATE_OF_ID, comparison, id);
}

struct cs_predicate *cs_predicate_real(uint32_t attribute, enum cs_comparison comparison,
				       double value)
{
	assert(comparison <= CS_GREATER_EQUAL && !isnan(value));
	struct cs_predicate_body *body;
	struct cs_predicate *predicate = create(CS_PREDICATE_REAL, attribute, comparison, &body);
	body->real = value;
	return predicate;
}

struct cs_predicate *cs_predicate_text(uint32_t attribute, enum cs_comparison comparison,
				       const char *text, enum cs_text_options options)
{
	size_t length = strlen(text);
	/* Beside the text, the text with a byte above all characters: the end of its range. */
	char *copy = os_try_alloc(2 * length + 3);
	if (copy == NULL) {
		return NULL;
	}
	memcpy(copy, text, length + 1);
	memcpy(copy + length + 1, text, length + 1);
	copy[2 * length + 1] = (char)0xff;
	copy[2 * length + 2] = '\0';
	struct cs_predicate_body *body;
	struct cs_predicate *predicate = create(CS_PREDICATE_TEXT, attribute, comparison, &body);
	body->text = copy;
	body->range_end = copy + length + 1;
	body->folded = options == CS_FOLDED;
	return predicate;
}

static struct cs_predicate *join(enum cs_predicate_kind kind, struct cs_predicate *a,
				 struct cs_predicate *b)
{
	if (a == NULL || b == NULL) {
		return a == NULL ? b : a;
	}
	struct cs_predicate_body *body;
	struct cs_predicate *predicate = create(kind, 0, CS_EQUAL, &body);
	body->left = a;
	body->right = b;
	body->depth = 1 + OS_MAX(cs_predicate_body(a)->depth, cs_predicate_body(b)->depth);
	assert(body->depth <= 32);
	return predicate;
}

struct cs_predicate *cs_predicate_and(struct cs_predicate *a, struct cs_predicate *b)
{
	return join(CS_PREDICATE_AND, a, b);
}

struct cs_predicate *cs_predicate_or(struct cs_predicate *a, struct cs_predicate *b)
{
	return join(CS_PREDICATE_OR, a, b);
}

struct cs_predicate *cs_predicate_not(struct cs_predicate *a)
{
	if (a == NULL) {
		return NULL;
	}
	struct cs_predicate_body *body;
	struct cs_predicate *predicate = create(CS_PREDICATE_NOT, 0, CS_EQUAL, &body);
	body->left = a;
	body->depth = 1 + cs_predicate_body(a)->depth;
	assert(body->depth <= 32);
	return predicate;
}
