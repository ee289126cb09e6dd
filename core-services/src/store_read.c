/* The reader: statements that are kept prepared, and rows made from their columns. */
#include <cs/strings.h>

#include <os/memory.h>

#include <errno.h>
#include <string.h>

#include "store_private.h"

/* --- Kept statements --------------------------------------------------------------------------- */

static void forget(struct cs_store *store, struct cs_cached_statement *cached)
{
	os_list_remove(&cached->link);
	os_map_set(store->statements, cached->sql, NULL);
	sqlite3_finalize(cached->statement);
	os_free(cached->sql);
	os_free(cached);
}

void cs_store_forget_statements(struct cs_store *store)
{
	struct cs_cached_statement *cached, *after;
	os_list_for_each_safe(cached, after, &store->statement_order, link) {
		forget(store, cached);
	}
}

int cs_store_statement(struct cs_store *store, const char *sql, sqlite3_stmt **ret_statement)
{
	struct cs_cached_statement *cached = os_map_get(store->statements, sql);
	if (cached == NULL) {
		sqlite3_stmt *statement;
		store->prepared++;
		int result = sqlite3_prepare_v3(store->reader, sql, -1, SQLITE_PREPARE_PERSISTENT,
						&statement, NULL);
		if (result != SQLITE_OK) {
			return cs_store_read_error(store, result);
		}
		cached = os_alloc(sizeof(*cached));
		cached->statement = statement;
		cached->sql = os_strdup(sql);
		os_map_set(store->statements, sql, cached);
		if (os_map_count(store->statements) > CS_STORE_STATEMENTS) {
			forget(store, OS_CONTAINER_OF(store->statement_order.prev,
						      struct cs_cached_statement, link));
		}
	} else {
		os_list_remove(&cached->link);
	}
	os_list_prepend(&store->statement_order, &cached->link);
	*ret_statement = cached->statement;
	return 0;
}

void cs_store_bind(sqlite3_stmt *statement, const struct os_array *bindings)
{
	for (size_t i = 0; i < bindings->count; i++) {
		const struct cs_binding *binding = os_array_at(bindings, i);
		if (binding->kind == CS_BIND_INT) {
			sqlite3_bind_int64(statement, (int)i + 1, binding->integer);
		} else if (binding->kind == CS_BIND_REAL) {
			sqlite3_bind_double(statement, (int)i + 1, binding->real);
		} else {
			sqlite3_bind_text(statement, (int)i + 1, binding->text, -1, SQLITE_STATIC);
		}
	}
}

void cs_store_done_with(sqlite3_stmt *statement)
{
	sqlite3_reset(statement);
	sqlite3_clear_bindings(statement);
}

/* --- Rows from columns ------------------------------------------------------------------------- */

/* A file is not believed: text that is not UTF-8 gets question marks. False: there is no memory; an
 * empty value must not take the place of the real one, since rows are written back whole. */
static bool read_blob(sqlite3_stmt *statement, int column, bool is_text, struct cs_blob **ret_blob)
{
	*ret_blob = NULL;
	const void *bytes = is_text ? (const void *)sqlite3_column_text(statement, column)
				    : sqlite3_column_blob(statement, column);
	size_t length = (size_t)sqlite3_column_bytes(statement, column);
	if (bytes == NULL || length == 0) {
		return sqlite3_errcode(sqlite3_db_handle(statement)) != SQLITE_NOMEM;
	}
	struct cs_blob *blob = cs_blob_create(bytes, length);
	*ret_blob = blob;
	if (blob == NULL || !is_text || cs_text_is_utf8(blob->bytes, length)) {
		return blob != NULL;
	}
	for (size_t i = 0; i < length; i++) {
		if ((unsigned char)blob->bytes[i] >= 0x80 || blob->bytes[i] == '\0') {
			blob->bytes[i] = '?';
		}
	}
	return true;
}

bool cs_store_read_slot(sqlite3_stmt *statement, int column, enum cs_attribute_kind kind,
			union cs_slot *slot)
{
	switch (kind) {
	case CS_REAL:
		slot->real = sqlite3_column_double(statement, column);
		break;
	case CS_TEXT:
	case CS_BYTES:
		return read_blob(statement, column, kind == CS_TEXT, &slot->blob);
	default:
		slot->integer = sqlite3_column_int64(statement, column);
		break;
	}
	return true;
}

static int prepare_get(struct cs_store *store, struct cs_entity_state *state)
{
	struct os_buffer sql = {0};
	for (uint32_t i = 0; i < state->entity->attribute_count; i++) {
		os_buffer_printf(&sql, "%s\"%s\"", i == 0 ? "SELECT " : ",",
				 state->entity->attributes[i].name);
	}
	os_buffer_printf(&sql, " FROM \"%s\" WHERE id=?1", state->entity->name);
	store->prepared++;
	int result = sql.failed ? SQLITE_NOMEM
				: sqlite3_prepare_v3(store->reader, os_buffer_text(&sql), -1,
						     SQLITE_PREPARE_PERSISTENT, &state->get, NULL);
	os_buffer_finish(&sql);
	return result;
}

struct cs_row *cs_store_read_row(struct cs_store *store, uint32_t entity_index, int64_t id)
{
	struct cs_entity_state *state = &store->entities[entity_index];
	int result = state->get == NULL ? prepare_get(store, state) : SQLITE_OK;
	if (result != SQLITE_OK) {
		cs_store_read_error(store, result);
		return NULL;
	}
	sqlite3_bind_int64(state->get, 1, id);
	result = sqlite3_step(state->get);
	struct cs_row *row = NULL;
	if (result == SQLITE_ROW) {
		row = cs_row_create(state->entity);
		bool whole = true;
		for (uint32_t i = 0; i < state->entity->attribute_count; i++) {
			whole &= cs_store_read_slot(
			    state->get, (int)i, state->entity->attributes[i].kind, &row->slots[i]);
		}
		if (!whole) {
			cs_row_release(row);
			row = NULL;
		}
	} else if (result != SQLITE_DONE) {
		cs_store_read_error(store, result);
	}
	sqlite3_reset(state->get);
	return row;
}
