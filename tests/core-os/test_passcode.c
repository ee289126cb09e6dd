/* The kiosk's passcode (F142): a hash with its costs, right and wrong, damaged files. */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <os/file.h>
#include <os/passcode.h>
#include <os/path.h>

#include "supervisor.h"

static char s_path[] = "/tmp/strata-test-XXXXXX";
static int s_folder = -1;

static int make_folder(void **state)
{
	assert_non_null(mkdtemp(s_path));
	s_folder = open(s_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return s_folder < 0 ? -1 : 0;
}

static int remove_folder(void **state)
{
	os_passcode_remove(s_folder);
	close(s_folder);
	return rmdir(s_path);
}

static void write_file(const char *text)
{
	assert_int_equal(os_file_write_atomic(s_folder, OS_PASSCODE_FILE, text, strlen(text)), 0);
}

static void four_to_twelve_digits(void **state)
{
	assert_true(os_passcode_is_valid("0000"));
	assert_true(os_passcode_is_valid("123456789012"));
	assert_false(os_passcode_is_valid(""));
	assert_false(os_passcode_is_valid("123"));
	assert_false(os_passcode_is_valid("1234567890123"));
	assert_false(os_passcode_is_valid("12a4"));
	assert_int_equal(os_passcode_write(s_folder, "12a4"), -EINVAL);
	assert_false(os_passcode_is_set(s_folder));
}

static void right_and_wrong(void **state)
{
	assert_int_equal(os_passcode_check(s_folder, "2718"), -ENOENT);
	assert_int_equal(os_passcode_write(s_folder, "2718"), 0);
	assert_true(os_passcode_is_set(s_folder));
	assert_int_equal(os_passcode_check(s_folder, "2718"), 0);
	assert_int_equal(os_passcode_check(s_folder, "2719"), -EACCES);
	assert_int_equal(os_passcode_check(s_folder, ""), -EACCES);
	assert_int_equal(os_passcode_write(s_folder, "31415926"), 0);
	assert_int_equal(os_passcode_check(s_folder, "2718"), -EACCES);
	assert_int_equal(os_passcode_check(s_folder, "31415926"), 0);
}

static void the_file_has_the_hash_and_its_costs_alone(void **state)
{
	struct os_buffer bytes = {0};
	struct stat info;
	assert_int_equal(os_passcode_write(s_folder, "27182818"), 0);
	assert_int_equal(os_file_read(s_folder, OS_PASSCODE_FILE, 512, &bytes), 0);
	os_buffer_add_char(&bytes, '\0');
	assert_ptr_equal(strstr(bytes.bytes, "$argon2id$v=19$m=19456,t=2,p=1$"), bytes.bytes);
	assert_null(strstr(bytes.bytes, "27182818"));
	os_buffer_finish(&bytes);
	assert_int_equal(fstatat(s_folder, OS_PASSCODE_FILE, &info, 0), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
}

static void a_damaged_file_lets_nobody_out(void **state)
{
	static const char *const texts[] = {
		"", "2718", "$argon2id$", "$argon2id$v=19$m=19456,t=2,p=1$",
		"$argon2id$v=19$m=4194304,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$AAAA",
		"$argon2i$v=19$m=8,t=3,p=1$c29tZXNhbHRzb21lc2FsdA$AAAA"};
	char longer[700];
	for (size_t i = 0; i < OS_ARRAY_LEN(texts); i++) {
		write_file(texts[i]);
		assert_int_equal(os_passcode_check(s_folder, "2718"), -EBADMSG);
	}
	memset(longer, 'a', sizeof(longer));
	longer[sizeof(longer) - 1] = '\0';
	write_file(longer);
	assert_int_equal(os_passcode_check(s_folder, "2718"), -EBADMSG);
	assert_int_equal(os_passcode_remove(s_folder), 0);
	assert_int_equal(os_passcode_remove(s_folder), 0);
	assert_false(os_passcode_is_set(s_folder));
}

static void the_wait_grows(void **state)
{
	const int64_t s = OS_US_PER_S;
	assert_int_equal(passcode_wait_us(0), 0);
	assert_int_equal(passcode_wait_us(2), 0);
	assert_int_equal(passcode_wait_us(3), 5 * s);
	assert_int_equal(passcode_wait_us(4), 10 * s);
	assert_int_equal(passcode_wait_us(8), 160 * s);
	assert_int_equal(passcode_wait_us(9), 300 * s);
	assert_int_equal(passcode_wait_us(1000000), 300 * s);
}

static void what_was_typed_is_overwritten(void **state)
{
	char code[8] = "2718";
	os_passcode_forget(code, sizeof(code));
	for (size_t i = 0; i < sizeof(code); i++) {
		assert_int_equal(code[i], 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(four_to_twelve_digits),
		cmocka_unit_test(right_and_wrong),
		cmocka_unit_test(the_file_has_the_hash_and_its_costs_alone),
		cmocka_unit_test(a_damaged_file_lets_nobody_out),
		cmocka_unit_test(the_wait_grows),
		cmocka_unit_test(what_was_typed_is_overwritten),
	};
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
