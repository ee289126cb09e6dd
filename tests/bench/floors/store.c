/* Floors of the object store: sqlite3 alone, prepared statements, in WAL. */
#include <sqlite3.h>
#include <stdlib.h>

#include "objects.h"
#include "work.h"

static sqlite3 *s_database;
static sqlite3_stmt *s_insert, *s_select;
static int s_number;

static void run(const char *sql)
{
	char *error = NULL;
	if (sqlite3_exec(s_database, sql, NULL, NULL, &error) != SQLITE_OK) {
		bench_fail(error);
	}
}

static void open_database(const char *file, const char *synchronous)
{
	char path[320];
	snprintf(path, sizeof(path), "%s/%s", bench_folder(), file);
	if (sqlite3_open(path, &s_database) != SQLITE_OK) {
		bench_fail(path);
	}
	run("PRAGMA journal_mode=WAL");
	run(synchronous);
	run("CREATE TABLE object(id INTEGER PRIMARY KEY, kind INTEGER, name TEXT, data BLOB, "
	    "weight REAL)");
	sqlite3_prepare_v2(s_database, "INSERT INTO object VALUES(?,?,?,?,?)", -1, &s_insert, NULL);
	sqlite3_prepare_v2(s_database, "SELECT kind, name, data, weight FROM object WHERE id=?", -1,
			   &s_select, NULL);
}

static void prepare_save(void)
{
	open_database("save.sqlite", "PRAGMA synchronous=NORMAL");
}

static void prepare_durable(void)
{
	open_database("durable.sqlite", "PRAGMA synchronous=FULL");
}

static void insert(int number)
{
	struct object_values values;
	object_values_init(&values, number);
	sqlite3_bind_int64(s_insert, 1, number + 1);
	sqlite3_bind_int(s_insert, 2, values.kind);
	sqlite3_bind_text(s_insert, 3, values.name, -1, SQLITE_TRANSIENT);
	sqlite3_bind_blob(s_insert, 4, values.data, sizeof(values.data), SQLITE_TRANSIENT);
	sqlite3_bind_double(s_insert, 5, values.weight);
	if (sqlite3_step(s_insert) != SQLITE_DONE) {
		bench_fail(sqlite3_errmsg(s_database));
	}
	sqlite3_reset(s_insert);
}

static double measure_each(int turns)
{
	double *times = malloc((size_t)turns * sizeof(double));
	for (int i = 0; i < turns; i++) {
		double began_us = bench_real_us();
		insert(s_number++);
		times[i] = bench_real_us() - began_us;
	}
	double median_us = bench_median(times, turns);
	free(times);
	return median_us;
}

static void prepare_get(void)
{
	open_database("get.sqlite", "PRAGMA synchronous=FULL");
	run("BEGIN");
	for (int i = 0; i < OBJECTS_STORED; i++) {
		insert(i);
	}
	run("COMMIT");
}

static void get_turn(int number)
{
	sqlite3_bind_int64(s_select, 1, 1 + bench_shuffle(number, OBJECTS_STORED));
	if (sqlite3_step(s_select) != SQLITE_ROW || sqlite3_column_text(s_select, 1)[0] != 'O' ||
	    sqlite3_column_blob(s_select, 2) == NULL) {
		bench_fail("an object is not there");
	}
	sqlite3_reset(s_select);
}

static double measure_batch(int turns)
{
	static int s_files;
	char file[32];
	snprintf(file, sizeof(file), "batch-%d.sqlite", s_files++);
	open_database(file, "PRAGMA synchronous=FULL");
	double began_us = bench_real_us();
	run("BEGIN");
	for (int i = 0; i < turns; i++) {
		insert(i);
	}
	run("COMMIT");
	double took_us = bench_real_us() - began_us;
	sqlite3_finalize(s_insert);
	sqlite3_finalize(s_select);
	sqlite3_close(s_database);
	return took_us / turns;
}

int main(void)
{
	static const struct bench_work s_works[] = {
	    {.name = "store-save", .prepare = prepare_save, .measure = measure_each},
	    {.name = "store-durable", .prepare = prepare_durable, .measure = measure_each},
	    {.name = "store-get", .prepare = prepare_get, .turn = get_turn},
	    {.name = "store-batch", .measure = measure_batch},
	};
	return bench_serve(s_works, sizeof(s_works) / sizeof(s_works[0]));
}
