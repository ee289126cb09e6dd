/* Layout: names and short paths. */
#include "test.h"

#include <errno.h>
#include <sys/un.h>

#include <os/layout.h>

static char s_path[OS_LAYOUT_MAX];

static void device_names(void **state)
{
	assert_true(os_layout_is_device_name("default"));
	assert_true(os_layout_is_device_name("a-1_b.c"));
	const char *const wrong[] = {"", ".", "..", ".hidden", "a/b", "caf\xc3\xa9", "a b"};
	for (size_t i = 0; i < OS_ARRAY_LEN(wrong); i++) {
		assert_false(os_layout_is_device_name(wrong[i]));
	}
}

static void data_lies_where_the_environment_says(void **state)
{
	assert_int_equal(os_layout_data("/s", "/home/me", "one", s_path), 0);
	assert_string_equal(s_path, "/s/one");
	assert_int_equal(os_layout_data(NULL, "/home/me", "one", s_path), 0);
	assert_string_equal(s_path, "/home/me/.local/share/strata/one");
	assert_int_equal(os_layout_data(NULL, NULL, "one", s_path), -ENOENT);
	assert_int_equal(os_layout_data("/s", NULL, "../x", s_path), -EINVAL);
}

static void sockets_fit_their_address(void **state)
{
	char longer[300], other[OS_LAYOUT_MAX];
	memset(longer, 'x', sizeof(longer));
	longer[0] = '/';
	longer[sizeof(longer) - 1] = '\0';
	assert_int_equal(os_layout_runtime("/s/one", longer, s_path), 0);
	assert_int_equal(strncmp(s_path, "/tmp/strata-", 12), 0);
	assert_int_equal(os_layout_runtime("/s/two", NULL, other), 0);
	assert_string_not_equal(s_path, other);
	assert_int_equal(os_layout_runtime("/s/one", "/run/user/1000", s_path), 0);
	assert_int_equal(strncmp(s_path, "/run/user/1000/strata-", 22), 0);
	assert_int_equal(os_layout_socket(s_path, other), 0);
	assert_true(strlen(other) < sizeof(((struct sockaddr_un *)NULL)->sun_path));
}

static void the_root_is_found_from_a_program_inside(void **state)
{
	assert_int_equal(os_layout_find_root("/nowhere/at/all", s_path), -ENOENT);
	assert_int_equal(os_layout_program("/", "strata-keeper", s_path), -ENOENT);
	assert_int_equal(os_layout_program("/", "sh", s_path), -ENOENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(device_names),
		cmocka_unit_test(data_lies_where_the_environment_says),
		cmocka_unit_test(sockets_fit_their_address),
		cmocka_unit_test(the_root_is_found_from_a_program_inside),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
