/* A predicate as SQL. Names come from const tables, values are bound: nothing of a user's is ever
 * part of the text. */
#include <os/array.h>
#include <os/buffer.h>

#include <errno.h>
#include <string.h>

#include "predicate_private.h"
#include "store_private.h"

static void add_int(struct os_array *bindings, int64_t value)
{
	struct cs_binding *binding = os_array_append(bindings);
	binding->kind = CS_BIND_INT;
	binding->integer = value;
}

static void add_text(struct os_array *bindings, const char *text)
{
	struct cs_binding *binding = os_array_append(bindings);
	binding->kind = CS_BIND_TEXT;
	binding->text = text;
}

static const char *operator_of(enum cs_comparison comparison)
{
	static const char *const s_operators[] = {
	    [CS_EQUAL] = "=",       [CS_NOT_EQUAL] = "<>", [CS_LESS] = "<",
	    [CS_LESS_EQUAL] = "<=", [CS_GREATER] = ">",    [CS_GREATER_EQUAL] = ">=",
	};
	return s_operators[comparison];
}

static bool fits(const struct cs_predicate_body *body, const struct cs_entity *entity)
{
	if (body->attribute == CS_PREDICATE_OF_ID) {
		return body->kind == CS_PREDICATE_INT;
	}
	if (body->attribute >= entity->attribute_count) {
		return false;
	}
	switch (entity->attributes[body->attribute].kind) {
	case CS_REAL:
		return body->kind == CS_PREDICATE_REAL;
	case CS_TEXT:
		return body->kind == CS_PREDICATE_TEXT;
	case CS_BYTES:
		return false;
	default:
		return body->kind == CS_PREDICATE_INT;
	}
}

static void text_sql(const struct cs_predicate_body *body, const char *column,
		     struct os_buffer *sql, struct os_array *bindings)
{
	const char *collation = body->folded ? " COLLATE cs_fold" : "";
	switch (body->comparison) {
	case CS_CONTAINS:
		os_buffer_printf(sql, body->folded ? "cs_contains(\"%s\",?)" : "instr(\"%s\",?)>0",
				 column);
		add_text(bindings, body->text);
		break;
	case CS_BEGINS_WITH:
		os_buffer_printf(sql, "(\"%s\">=?%s AND \"%s\"<?%s)", column, collation, column,
				 collation);
		add_text(bindings, body->text);
		add_text(bindings, body->range_end);
		break;
	default:
		os_buffer_printf(sql, "\"%s\"%s?%s", column, operator_of(body->comparison),
				 collation);
		add_text(bindings, body->text);
		break;
	}
}

static int comparison_sql(const struct cs_predicate_body *body, const struct cs_entity *entity,
			  struct os_buffer *sql, struct os_array *bindings)
{
	if (!fits(body, entity)) {
		return -EINVAL;
	}
	const char *column =
	    body->attribute == CS_PREDICATE_OF_ID ? "id" : entity->attributes[body->attribute].name;
	if (body->kind == CS_PREDICATE_TEXT) {
		text_sql(body, column, sql, bindings);
		return 0;
	}
	os_buffer_printf(sql, "\"%s\"%s?", column, operator_of(body->comparison));
	if (body->kind == CS_PREDICATE_INT) {
		add_int(bindings, body->integer);
	} else {
		struct cs_binding *binding = os_array_append(bindings);
		binding->kind = CS_BIND_REAL;
		binding->real = body->real;
	}
	return 0;
}

int cs_predicate_sql(const struct cs_predicate *predicate, const struct cs_entity *entity,
		     struct os_buffer *sql, struct os_array *bindings)
{
	if (predicate == NULL) {
		os_buffer_add_text(sql, "1");
		return 0;
	}
	const struct cs_predicate_body *body = cs_predicate_body(predicate);
	if (body->kind < CS_PREDICATE_AND) {
		return comparison_sql(body, entity, sql, bindings);
	}
	os_buffer_add_text(sql, body->kind == CS_PREDICATE_NOT ? "NOT(" : "(");
	int result = cs_predicate_sql(body->left, entity, sql, bindings);
	if (result == 0 && body->right != NULL) {
		os_buffer_add_text(sql, body->kind == CS_PREDICATE_AND ? " AND " : " OR ");
		result = cs_predicate_sql(body->right, entity, sql, bindings);
	}
	os_buffer_add_char(sql, ')');
	return result;
}
