#include "test.h"
#include "test_folder.h"

#include <errno.h>
#include <stdio.h>

#include "store_private.h"

static void results_are_translated(void **state)
{
	assert_int_equal(cs_sqlite_status(SQLITE_OK), 0);
	assert_int_equal(cs_sqlite_status(SQLITE_ROW), 0);
	assert_int_equal(cs_sqlite_status(SQLITE_CORRUPT_INDEX), -EUCLEAN);
	assert_int_equal(cs_sqlite_status(SQLITE_NOTADB), -EUCLEAN);
	assert_int_equal(cs_sqlite_status(SQLITE_FULL), -ENOSPC);
	assert_int_equal(cs_sqlite_status(SQLITE_IOERR_FSYNC), -EIO);
	assert_int_equal(cs_sqlite_status(SQLITE_BUSY_SNAPSHOT), -EBUSY);
	for (int i = 1; i < 30; i++) {
		assert_true(cs_sqlite_status(i) < 0);
	}
}

static void a_connection_knows_our_order(void **state)
{
	char path[64], file[80];
	int folder = test_folder_create(path);
	snprintf(file, sizeof(file), "%s/x.sqlite", path);
	sqlite3 *db, *reader;
	int64_t value = 0;
	assert_int_equal(cs_sqlite_open(file, true, &reader), -EACCES);
	assert_int_equal(cs_sqlite_open(file, false, &db), 0);
	assert_int_equal(cs_sqlite_int(db, "SELECT 'Äpfel' = 'äPFEL' COLLATE cs_fold", &value), 0);
	assert_int_equal(value, 1);
	assert_int_equal(
	    cs_sqlite_int(db, "SELECT cs_contains('Buy MILK', 'milk') + cs_contains(NULL, 'x')",
			  &value),
	    0);
	assert_int_equal(value, 1);
	assert_int_equal(cs_sqlite_int(db, "PRAGMA synchronous", &value), 0);
	assert_int_equal(value, 2);
	assert_int_equal(cs_sqlite_exec(db, "CREATE TABLE t(a)"), 0);
	assert_int_equal(cs_sqlite_int(db, "SELECT a FROM t", &value), -ENOENT);
	assert_int_equal(cs_sqlite_int(db, "SELECT nothing", &value), -EINVAL);
	assert_int_equal(cs_sqlite_open(file, true, &reader), 0);
	assert_int_equal(cs_sqlite_exec(reader, "INSERT INTO t VALUES(1)"), -EROFS);
	sqlite3_close(reader);
	sqlite3_close(db);
	test_folder_destroy(folder, path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(results_are_translated),
	    cmocka_unit_test(a_connection_knows_our_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
