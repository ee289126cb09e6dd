/* Databases that are none: set aside under a name with a date, the user told, never overwritten. */
#include "notes_model.h"

#include <errno.h>
#include <dirent.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/stat.h>

static int count_kept(const char *path)
{
	DIR *folder = opendir(path);
	int count = 0;
	struct dirent *entry;
	while ((entry = readdir(folder)) != NULL) {
		count += strncmp(entry->d_name, "store.sqlite.damaged-", 21) == 0;
	}
	closedir(folder);
	return count;
}

static void overwrite(struct test_store *test, const char *name, off_t at, const void *bytes,
		      size_t length)
{
	int fd = openat(test->folder, name, O_WRONLY | O_CREAT, 0644);
	assert_int_equal(pwrite(fd, bytes, length, at), (ssize_t)length);
	close(fd);
}

static void make_notes(struct test_store *test, int count)
{
	for (int i = 0; i < count; i++) {
		test_note(test,
			  "a note with some text in it, so that there are several pages of them",
			  i);
	}
	assert_int_equal(cs_store_flush(test->store, NULL), 0);
	test->store = cs_store_close(test->store);
	os_loop_iterate(test->loop, 0);
}

static void check_set_aside(struct test_store *test)
{
	assert_int_equal(test_store_open(test, &test_model), 0);
	assert_int_equal(test->asides, 1);
	assert_non_null(strstr(test->sentence, "store.sqlite was damaged"));
	assert_non_null(strstr(test->sentence, "store.sqlite.damaged-"));
	assert_int_equal(count_kept(test->path), 1);
	const struct cs_fetch all = {.struct_size = sizeof(all), .entity = &test_note_entity};
	assert_int_equal(cs_store_count(test->store, &all), 0);
	test_note(test, "life goes on", 1);
	assert_int_equal(cs_store_flush(test->store, NULL), 0);
}

static void garbage_is_set_aside(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	test.store = cs_store_close(test.store);
	test_folder_write(test.folder, "store.sqlite",
			  "this was never a database, and it is long enough to be looked "
			  "at as one: more than a hundred bytes of plain English text.");
	check_set_aside(&test);
	test_store_teardown(&test);
}

static void a_truncated_file_is_set_aside(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	make_notes(&test, 500);
	struct stat info;
	fstatat(test.folder, "store.sqlite", &info, 0);
	char path[100];
	snprintf(path, sizeof(path), "%s/store.sqlite", test.path);
	assert_int_equal(truncate(path, info.st_size / 2), 0);
	check_set_aside(&test);
	test_store_teardown(&test);
}

static void a_damaged_page_is_set_aside(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	make_notes(&test, 500);
	char junk[4096];
	memset(junk, 0xa5, sizeof(junk));
	overwrite(&test, "store.sqlite", 5 * 4096, junk, sizeof(junk));
	check_set_aside(&test);
	test_store_teardown(&test);
}

/* Too large to be read whole at every start: found when it is read, and then set aside next time. */
static void damage_found_while_reading_is_told(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	make_notes(&test, 6000);
	struct stat info;
	fstatat(test.folder, "store.sqlite", &info, 0);
	assert_true(info.st_size > 300 << 10);
	char junk[4096];
	memset(junk, 0xa5, sizeof(junk));
	for (off_t at = 20 * 4096; at < 60 * 4096;
	     at += 4096) { /* not the ends, which opening reads */
		overwrite(&test, "store.sqlite", at, junk, sizeof(junk));
	}
	assert_int_equal(test_store_open(&test, &test_model), 0);
	struct os_array ids;
	os_array_init(&ids, sizeof(int64_t));
	struct cs_predicate *stars = cs_predicate_int(NOTE_STARS, CS_GREATER_EQUAL, 0);
	const struct cs_fetch all = {
	    .struct_size = sizeof(all), .entity = &test_note_entity, .predicate = stars};
	assert_int_equal(cs_store_fetch_ids(test.store, &all, &ids), -EUCLEAN);
	while (test.failed == 0) {
		os_loop_iterate(test.loop, OS_NEVER);
	}
	assert_int_equal(test.error.status, -EUCLEAN);
	assert_non_null(strstr(test.error.text, "is damaged"));
	assert_true(os_path_exists(test.folder, "store.sqlite.check"));
	os_array_finish(&ids);
	os_release(stars);
	cs_store_close(test.store);
	os_loop_iterate(test.loop, 0);
	check_set_aside(&test);
	assert_false(os_path_exists(test.folder, "store.sqlite.check"));
	test_store_teardown(&test);
}

/* Values of the wrong kind, text that is none, triggers, views: read without harm. */
static void a_file_is_not_believed(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	int64_t id = cs_object_id(test_note(&test, "x", 1));
	test.store = cs_store_close(test.store);
	sqlite3 *db;
	char path[100];
	snprintf(path, sizeof(path), "%s/store.sqlite", test.path);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	sqlite3_exec(
	    db,
	    "DROP INDEX \"note.text.folded\";"
	    "UPDATE note SET text=CAST(x'61ff62' AS TEXT), stars='many', weight='heavy', data=5, "
	    "pinned=77;"
	    "CREATE TRIGGER boom BEFORE UPDATE ON note BEGIN DELETE FROM note; END;"
	    "CREATE TRIGGER bang BEFORE INSERT ON folder BEGIN SELECT RAISE(ABORT, 'no'); END;",
	    NULL, NULL, NULL);
	sqlite3_close(db);
	assert_int_equal(test_store_open(&test, &test_model), 0);
	struct cs_object *note = cs_store_object(test.store, &test_note_entity, id);
	assert_string_equal(cs_object_text(note, NOTE_TEXT), "a?b");
	assert_int_equal(cs_object_int(note, NOTE_STARS), 0);
	assert_true(cs_object_bool(note, NOTE_PINNED));
	cs_object_set_int(note, NOTE_STARS, 3);
	cs_store_insert(test.store, &test_folder_entity);
	assert_int_equal(cs_store_flush(test.store, NULL), 0);
	test_store_reopen(&test);
	assert_int_equal(
	    cs_object_int(cs_store_object(test.store, &test_note_entity, id), NOTE_STARS), 3);
	test_store_teardown(&test);
}

static void an_empty_file_is_a_new_one(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	test.store = cs_store_close(test.store);
	test_folder_write(test.folder, "store.sqlite", "");
	assert_int_equal(test_store_open(&test, &test_model), 0);
	assert_int_equal(test.asides, 0);
	test_store_teardown(&test);
}

/* Every page of a small file spoilt, one after the other: no crash, an answer or a set-aside. */
static void any_spoilt_page_is_survived(void **state)
{
	struct test_store test;
	test_store_setup(&test);
	make_notes(&test, 60);
	char good[64 << 10], junk[512];
	int fd = openat(test.folder, "store.sqlite", O_RDONLY);
	ssize_t length = read(fd, good, sizeof(good));
	close(fd);
	assert_true(length > 8192 && length < (ssize_t)sizeof(good));
	for (off_t at = 0; at < length; at += 1531) {
		memset(junk, (int)(at * 7 + 1), sizeof(junk));
		char path[100];
		snprintf(path, sizeof(path), "%s/store.sqlite", test.path);
		unlink(path);
		overwrite(&test, "store.sqlite", 0, good, (size_t)length);
		overwrite(&test, "store.sqlite", at, junk, sizeof(junk));
		if (test_store_open(&test, &test_model) == 0) {
			const struct cs_fetch all = {.struct_size = sizeof(all),
						     .entity = &test_note_entity};
			cs_store_count(test.store, &all);
			cs_store_first(test.store, &all);
			test_note(&test, "more", 1);
			cs_store_flush(test.store, NULL);
			test.store = cs_store_close(test.store);
		}
		os_loop_iterate(test.loop, 0);
	}
	test_store_teardown(&test);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(garbage_is_set_aside),
	    cmocka_unit_test(a_truncated_file_is_set_aside),
	    cmocka_unit_test(a_damaged_page_is_set_aside),
	    cmocka_unit_test(damage_found_while_reading_is_told),
	    cmocka_unit_test(a_file_is_not_believed),
	    cmocka_unit_test(an_empty_file_is_a_new_one),
	    cmocka_unit_test(any_spoilt_page_is_survived),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
