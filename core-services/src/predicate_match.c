/* A predicate and an order, on rows in memory: the same answers as predicate_sql.c gets from
 * sqlite, which a test compares on random rows. */
#include <cs/strings.h>

#include <errno.h>
#include <string.h>

#include "predicate_private.h"
#include "store_private.h"

static bool holds(enum cs_comparison comparison, int order)
{
	switch (comparison) {
	case CS_EQUAL:
		return order == 0;
	case CS_NOT_EQUAL:
		return order != 0;
	case CS_LESS:
		return order < 0;
	case CS_LESS_EQUAL:
		return order <= 0;
	case CS_GREATER:
		return order > 0;
	case CS_GREATER_EQUAL:
		return order >= 0;
	default:
		return false;
	}
}

static bool text_matches(const struct cs_predicate_body *body, const char *text)
{
	if (body->comparison == CS_CONTAINS) {
		return body->folded ? cs_text_contains_folded(text, body->text)
				    : strstr(text, body->text) != NULL;
	}
	if (body->comparison == CS_BEGINS_WITH) {
		return body->folded ? cs_text_begins_folded(text, body->text)
				    : strncmp(text, body->text, strlen(body->text)) == 0;
	}
	int order =
	    body->folded ? cs_text_compare_folded(text, body->text) : strcmp(text, body->text);
	return holds(body->comparison, order);
}

bool cs_predicate_matches(const struct cs_predicate *predicate, const struct cs_row *row,
			  int64_t id)
{
	if (predicate == NULL) {
		return true;
	}
	const struct cs_predicate_body *body = cs_predicate_body(predicate);
	switch (body->kind) {
	case CS_PREDICATE_AND:
		return cs_predicate_matches(body->left, row, id) &&
		       cs_predicate_matches(body->right, row, id);
	case CS_PREDICATE_OR:
		return cs_predicate_matches(body->left, row, id) ||
		       cs_predicate_matches(body->right, row, id);
	case CS_PREDICATE_NOT:
		return !cs_predicate_matches(body->left, row, id);
	case CS_PREDICATE_TEXT:
		return text_matches(body, cs_row_text(row, body->attribute));
	case CS_PREDICATE_REAL: {
		double real = row->slots[body->attribute].real;
		return holds(body->comparison, (real > body->real) - (real < body->real));
	}
	case CS_PREDICATE_INT: {
		int64_t value = body->attribute == CS_PREDICATE_OF_ID
				    ? id
				    : row->slots[body->attribute].integer;
		return holds(body->comparison, (value > body->integer) - (value < body->integer));
	}
	}
	return false;
}

/* --- Order ------------------------------------------------------------------------------------- */

int cs_sort_check(const struct cs_fetch *fetch)
{
	if (fetch->sort_count > 4 || fetch->limit < 0 || fetch->offset < 0) {
		return -EINVAL;
	}
	for (uint32_t i = 0; i < fetch->sort_count; i++) {
		const struct cs_sort *sort = &fetch->sorts[i];
		if (sort->attribute >= fetch->entity->attribute_count) {
			return -EINVAL;
		}
		enum cs_attribute_kind kind = fetch->entity->attributes[sort->attribute].kind;
		if (kind == CS_BYTES || (sort->folded && kind != CS_TEXT)) {
			return -EINVAL;
		}
	}
	return 0;
}

static int compare_values(const struct cs_sort *sort, const struct cs_row *a,
			  const struct cs_row *b)
{
	const union cs_slot *x = &a->slots[sort->attribute], *y = &b->slots[sort->attribute];
	switch (a->entity->attributes[sort->attribute].kind) {
	case CS_REAL:
		return (x->real > y->real) - (x->real < y->real);
	case CS_TEXT: {
		const char *left = cs_row_text(a, sort->attribute),
			   *right = cs_row_text(b, sort->attribute);
		return sort->folded ? cs_text_compare_folded(left, right) : strcmp(left, right);
	}
	default:
		return (x->integer > y->integer) - (x->integer < y->integer);
	}
}

int cs_sort_compare(const struct cs_fetch *fetch, const struct cs_row *a, int64_t a_id,
		    const struct cs_row *b, int64_t b_id)
{
	bool descending = false;
	for (uint32_t i = 0; i < fetch->sort_count; i++) {
		descending = fetch->sorts[i].descending;
		int order = compare_values(&fetch->sorts[i], a, b);
		if (order != 0) {
			return descending ? -order : order;
		}
	}
	/* By id in the last sort's direction, so that one walk through an index gives the order. */
	int order = (a_id > b_id) - (a_id < b_id);
	return descending ? -order : order;
}
