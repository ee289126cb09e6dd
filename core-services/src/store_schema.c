/* Tables and versions: makes the file fit the model, or says why it cannot. */
#include <cs/model.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "store_private.h"

static bool is_name(const char *name)
{
	size_t length = name == NULL ? 0 : strlen(name);
	return length > 0 && length <= 48 &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == length &&
	       (name[0] < '0' || name[0] > '9') && strncmp(name, "sqlite_", 7) != 0 &&
	       strncmp(name, "strata_", 7) != 0 && strcmp(name, "id") != 0;
}

static int check_entity(const struct cs_entity *entity, struct os_error *ret_error)
{
	if (!is_name(entity->name) || entity->attribute_count < 1 || entity->attribute_count > 60) {
		return os_error_set(
		    ret_error, -EINVAL,
		    "entity \"%s\": expected a lower-case name and 1 to 60 attributes",
		    entity->name == NULL ? "" : entity->name);
	}
	for (uint32_t i = 0; i < entity->attribute_count; i++) {
		const struct cs_attribute *attribute = &entity->attributes[i];
		if (!is_name(attribute->name)) {
			return os_error_set(ret_error, -EINVAL,
					    "entity %s: attribute %u: expected a lower-case name",
					    entity->name, i);
		}
		bool relation = attribute->kind == CS_RELATION;
		if (relation != (attribute->destination != NULL) ||
		    ((attribute->flags & CS_ATTRIBUTE_INDEXED_FOLDED) &&
		     attribute->kind != CS_TEXT)) {
			return os_error_set(
			    ret_error, -EINVAL,
			    "entity %s: attribute %s: flags or destination do not fit its kind",
			    entity->name, attribute->name);
		}
	}
	return 0;
}

int cs_model_check(const struct cs_model *model, struct os_error *ret_error)
{
	if (model->version < 1 || model->entity_count > 64) {
		return os_error_set(ret_error, -EINVAL,
				    "model: expected a version from 1 and at most 64 entities");
	}
	for (uint32_t i = 0; i < model->entity_count; i++) {
		int result = check_entity(model->entities[i], ret_error);
		if (result < 0) {
			return result;
		}
	}
	return 0;
}

static const char *column_type(const struct cs_attribute *attribute)
{
	switch (attribute->kind) {
	case CS_REAL:
		return "REAL";
	case CS_TEXT:
		return "TEXT";
	case CS_BYTES:
		return "BLOB";
	default:
		return "INTEGER";
	}
}

static void add_column_text(const struct cs_attribute *attribute, struct os_buffer *sql)
{
	const char *type = column_type(attribute);
	const char *nothing = attribute->kind == CS_TEXT    ? "''"
			      : attribute->kind == CS_BYTES ? "x''"
							    : "0";
	os_buffer_printf(sql, "\"%s\" %s NOT NULL DEFAULT %s", attribute->name, type, nothing);
}

static void add_index_text(const struct cs_entity *entity, struct os_buffer *sql)
{
	for (uint32_t i = 0; i < entity->attribute_count; i++) {
		const struct cs_attribute *attribute = &entity->attributes[i];
		if (attribute->flags & CS_ATTRIBUTE_INDEXED ||
		    attribute->flags & CS_ATTRIBUTE_CASCADES) {
			os_buffer_printf(
			    sql, "CREATE INDEX IF NOT EXISTS \"%s.%s\" ON \"%s\"(\"%s\");",
			    entity->name, attribute->name, entity->name, attribute->name);
		}
		if (attribute->flags & CS_ATTRIBUTE_INDEXED_FOLDED) {
			os_buffer_printf(sql,
					 "CREATE INDEX IF NOT EXISTS \"%s.%s.folded\" ON "
					 "\"%s\"(\"%s\" COLLATE cs_fold);",
					 entity->name, attribute->name, entity->name,
					 attribute->name);
		}
	}
}

static void add_table_text(const struct cs_entity *entity, struct os_buffer *sql)
{
	os_buffer_printf(sql, "CREATE TABLE \"%s\"(id INTEGER PRIMARY KEY", entity->name);
	for (uint32_t i = 0; i < entity->attribute_count; i++) {
		os_buffer_add_text(sql, ",");
		add_column_text(&entity->attributes[i], sql);
	}
	os_buffer_add_text(sql, ");");
}

static int find_attribute(const struct cs_entity *entity, const char *name)
{
	for (uint32_t i = 0; name != NULL && i < entity->attribute_count; i++) {
		if (strcmp(entity->attributes[i].name, name) == 0) {
			return (int)i;
		}
	}
	return -1;
}

/* Reads which attributes the table has. Returns how many columns there are, 0 for no table. */
static int read_columns(sqlite3 *db, const struct cs_entity *entity, const char *file,
			uint64_t *ret_present, struct os_error *ret_error)
{
	char sql[96];
	snprintf(sql, sizeof(sql), "PRAGMA table_info(\"%s\")", entity->name);
	sqlite3_stmt *statement;
	int result = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
	if (result != SQLITE_OK) {
		return cs_sqlite_status(result);
	}
	int columns = 0, status = 0;
	while (status == 0 && (result = sqlite3_step(statement)) == SQLITE_ROW) {
		columns++;
		int at = find_attribute(entity, (const char *)sqlite3_column_text(statement, 1));
		const char *type = (const char *)sqlite3_column_text(statement, 2);
		if (at >= 0 &&
		    (type == NULL || strcmp(type, column_type(&entity->attributes[at])) != 0)) {
			status = os_error_set(
			    ret_error, -ENOTSUP, "%s: %s.%s is kept as %s, expected %s", file,
			    entity->name, entity->attributes[at].name,
			    type == NULL ? "nothing" : type, column_type(&entity->attributes[at]));
		} else if (at >= 0) {
			*ret_present |= UINT64_C(1) << at;
		}
	}
	sqlite3_finalize(statement);
	if (status == 0 && result != SQLITE_DONE) {
		status = cs_sqlite_status(result);
	}
	return status < 0 ? status : columns;
}

/* Appends what turns the file's table into the entity's; nothing if it fits. */
static int add_entity_text(sqlite3 *db, const struct cs_entity *entity, const char *file,
			   struct os_buffer *sql, struct os_error *ret_error)
{
	uint64_t present = 0;
	int columns = read_columns(db, entity, file, &present, ret_error);
	if (columns < 0) {
		return columns;
	}
	if (columns == 0) {
		add_table_text(entity, sql);
		return 0;
	}
	for (uint32_t i = 0; i < entity->attribute_count; i++) {
		if ((present >> i & 1) == 0) {
			os_buffer_printf(sql, "ALTER TABLE \"%s\" ADD COLUMN ", entity->name);
			add_column_text(&entity->attributes[i], sql);
			os_buffer_add_text(sql, ";");
		}
	}
	return 0;
}

static int change_schema(sqlite3 *db, const struct cs_model *model, struct os_buffer *changes)
{
	struct os_buffer sql = {0};
	os_buffer_add_text(&sql, "BEGIN IMMEDIATE;");
	os_buffer_add_text(&sql, os_buffer_text(changes));
	for (uint32_t i = 0; i < model->entity_count; i++) {
		add_index_text(model->entities[i], &sql);
	}
	os_buffer_add_text(&sql, "CREATE TABLE IF NOT EXISTS strata_meta(key TEXT PRIMARY KEY, "
				 "value INTEGER) WITHOUT ROWID;");
	os_buffer_printf(&sql, "PRAGMA user_version=%d;COMMIT;", model->version);
	int result =
	    sql.failed || changes->failed ? -ENOMEM : cs_sqlite_exec(db, os_buffer_text(&sql));
	if (result < 0) {
		sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
	}
	os_buffer_finish(&sql);
	return result;
}

int cs_schema_prepare(sqlite3 *db, const struct cs_model *model, const char *file,
		      struct os_error *ret_error)
{
	int64_t version = 0;
	int result = cs_sqlite_int(db, "PRAGMA user_version", &version);
	if (result < 0) {
		return os_error_set(ret_error, result, "%s: %s", file, sqlite3_errmsg(db));
	}
	if (version > model->version) {
		/* Not even its -wal is touched: the newer app will want it as it left it. */
		sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
		return os_error_set(ret_error, -ENOTSUP,
				    "%s was written by a newer version of this app: it has version "
				    "%lld of the data, "
				    "expected at most %d. It was left as it is.",
				    file, (long long)version, model->version);
	}
	/* Already so, unless the file is new: one read. */
	result = cs_sqlite_exec(db, "PRAGMA journal_mode=WAL");
	struct os_buffer changes = {0};
	if (ret_error != NULL) {
		ret_error->text[0] = '\0';
	}
	for (uint32_t i = 0; result == 0 && i < model->entity_count; i++) {
		result = add_entity_text(db, model->entities[i], file, &changes, ret_error);
	}
	int64_t has_meta = 0;
	if (result == 0) {
		result = cs_sqlite_int(
		    db, "SELECT count(*) FROM sqlite_master WHERE name='strata_meta'", &has_meta);
	}
	if (result == 0 && (changes.length > 0 || version < model->version || has_meta == 0)) {
		result = change_schema(db, model, &changes);
	}
	os_buffer_finish(&changes);
	if (result < 0 && (ret_error == NULL || ret_error->text[0] == '\0')) {
		os_error_set(ret_error, result, "%s: %s", file, sqlite3_errmsg(db));
	}
	return result;
}

int cs_schema_next_id(sqlite3 *db, const struct cs_model *model, int64_t *ret_id)
{
	int64_t next = 1, value = 0;
	int result = cs_sqlite_int(db, "SELECT value FROM strata_meta WHERE key='next_id'", &value);
	if (result < 0 && result != -ENOENT) {
		return result;
	}
	next = OS_MAX(next, value);
	for (uint32_t i = 0; i < model->entity_count; i++) {
		char sql[96];
		snprintf(sql, sizeof(sql), "SELECT max(id) FROM \"%s\"", model->entities[i]->name);
		value = 0;
		result = cs_sqlite_int(db, sql, &value);
		if (result < 0) {
			return result;
		}
		next = OS_MAX(next, value < INT64_MAX ? value + 1 : value);
	}
	*ret_id = next;
	return 0;
}
