/* F17: small files under /sys, also those that say nonsense. */
#include "sys_folder.h"

#include <errno.h>

#include "sysfs.h"

static void numbers_and_words_are_read(void **state)
{
	struct sys_folder sys;
	int64_t value = 7;
	char text[SYSFS_TEXT];
	sys_begin(&sys);
	sys_write(&sys, "a/number", "-255\n");
	sys_write(&sys, "a/word", "Not charging\n");
	assert_int_equal(sysfs_read_int(sys.folder, "a/number", &value), 0);
	assert_int_equal(value, -255);
	assert_int_equal(sysfs_read_text(sys.folder, "a/word", text), 0);
	assert_string_equal(text, "Not charging");
	assert_int_equal(sysfs_write_int(sys.folder, "a/number", 12), 0);
	assert_string_equal(sys_read(&sys, "a/number"), "12");
	sys_end(&sys);
}

static void nonsense_is_refused(void **state)
{
	static const char *const s_files[] = {
	    "", "\n", "12 34", "12x", "x", "99999999999999999999", "\x01\x02", "12\xff"};
	struct sys_folder sys;
	int64_t value = 7;
	char text[SYSFS_TEXT], longer[SYSFS_TEXT + 40];
	sys_begin(&sys);
	for (size_t i = 0; i < OS_ARRAY_LEN(s_files); i++) {
		sys_write(&sys, "file", s_files[i]);
		assert_int_equal(sysfs_read_int(sys.folder, "file", &value), -EINVAL);
	}
	memset(longer, '1', sizeof(longer));
	longer[sizeof(longer) - 1] = '\0';
	sys_write(&sys, "file", longer);
	assert_int_equal(sysfs_read_int(sys.folder, "file", &value), -EINVAL);
	sys_break(&sys, "file");
	assert_int_equal(sysfs_read_text(sys.folder, "file", text), -EISDIR);
	assert_int_equal(sysfs_write_int(sys.folder, "file", 1), -EISDIR);
	assert_int_equal(sysfs_read_text(sys.folder, "nothing", text), -ENOENT);
	assert_int_equal(value, 7);
	sys_end(&sys);
}

static bool note(void *context, const char *name)
{
	strcat(strcat(context, name), " ");
	return strcmp(name, "c") != 0;
}

static void entries_come_by_name_until_one_says_no(void **state)
{
	struct sys_folder sys;
	char names[256] = "";
	sys_begin(&sys);
	sys_write(&sys, "f/b", "");
	sys_write(&sys, "f/a", "");
	sys_write(&sys, "f/c", "");
	sys_write(&sys, "f/d", "");
	sys_write(&sys, "f/a_name_that_is_longer_than_any_device_has_had_until_now_so_left_out",
		  "");
	sysfs_each(sys.folder, "f", note, names);
	assert_string_equal(names, "a b c ");
	sysfs_each(sys.folder, "nothing", note, names);
	sysfs_each(sys.folder, "f/a", note, names);
	assert_string_equal(names, "a b c ");
	sys_end(&sys);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(numbers_and_words_are_read),
	    cmocka_unit_test(nonsense_is_refused),
	    cmocka_unit_test(entries_come_by_name_until_one_says_no),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
