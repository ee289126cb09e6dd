/* The fence: opening connections as the store wants them, and sqlite's results in our words. */
#include <cs/strings.h>

#include <errno.h>
#include <string.h>

#include "store_private.h"

int cs_sqlite_status(int sqlite_result)
{
	switch (sqlite_result & 0xff) {
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE:
		return 0;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return -EUCLEAN;
	case SQLITE_FULL:
		return -ENOSPC;
	case SQLITE_NOMEM:
		return -ENOMEM;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return -EBUSY;
	case SQLITE_READONLY:
		return -EROFS;
	case SQLITE_PERM:
	case SQLITE_AUTH:
	case SQLITE_CANTOPEN:
		return -EACCES;
	case SQLITE_TOOBIG:
		return -EFBIG;
	case SQLITE_ERROR:
	case SQLITE_SCHEMA:
	case SQLITE_MISMATCH:
	case SQLITE_CONSTRAINT:
	case SQLITE_RANGE:
		return -EINVAL;
	default:
		return -EIO;
	}
}

static int collate_folded(void *context, int a_length, const void *a, int b_length, const void *b)
{
	return cs_text_compare_folded_of(a, (size_t)a_length, b, (size_t)b_length);
}

static void contains_folded(sqlite3_context *context, int count, sqlite3_value **values)
{
	const char *text = (const char *)sqlite3_value_text(values[0]);
	const char *part = (const char *)sqlite3_value_text(values[1]);
	sqlite3_result_int(context,
			   text != NULL && part != NULL && cs_text_contains_folded(text, part));
}

int cs_sqlite_exec(sqlite3 *db, const char *sql)
{
	return cs_sqlite_status(sqlite3_exec(db, sql, NULL, NULL, NULL));
}

int cs_sqlite_int(sqlite3 *db, const char *sql, int64_t *ret_value)
{
	sqlite3_stmt *statement;
	int result = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
	if (result != SQLITE_OK) {
		return cs_sqlite_status(result);
	}
	result = sqlite3_step(statement);
	if (result == SQLITE_ROW) {
		*ret_value = sqlite3_column_int64(statement, 0);
	}
	sqlite3_finalize(statement);
	return result == SQLITE_ROW    ? 0
	       : result == SQLITE_DONE ? -ENOENT
				       : cs_sqlite_status(result);
}

/* What a file says about itself is not believed: no functions or tables of its schema's own
 * choosing, checks on every page. */
static int set_up(sqlite3 *db, bool reader)
{
	sqlite3_busy_timeout(db, 2000);
	sqlite3_limit(db, SQLITE_LIMIT_LENGTH, CS_STORE_MAX_BYTES + (1 << 20));
	sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	sqlite3_create_collation(db, "cs_fold", SQLITE_UTF8, NULL, collate_folded);
	sqlite3_create_function(db, "cs_contains", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL,
				contains_folded, NULL, NULL);
	return cs_sqlite_exec(
	    db, reader ? "PRAGMA cell_size_check=1;PRAGMA temp_store=2;PRAGMA cache_size=-512;"
			 "PRAGMA query_only=1;"
		       : "PRAGMA cell_size_check=1;PRAGMA temp_store=2;PRAGMA cache_size=-1024;"
			 "PRAGMA synchronous=FULL;");
}

int cs_sqlite_open(const char *path, bool reader, sqlite3 **ret_db)
{
	sqlite3 *db;
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (reader ? 0 : SQLITE_OPEN_CREATE);
	int result = cs_sqlite_status(sqlite3_open_v2(path, &db, flags, NULL));
	if (result == 0) {
		result = set_up(db, reader);
	}
	if (result < 0) {
		sqlite3_close(db);
		return result;
	}
	*ret_db = db;
	return 0;
}
