/* What a device is started with: key=value, and nothing of the host for apps. */
#include "test.h"

#include <errno.h>

#include <os/status.h>

#include "options.h"

static char *s_arguments[] = {"strata-keeper", "root=/r", "profile=800x480@1:120", "device=one",
                              "walls=no"};

static void keys_have_values(void **state)
{
	struct options options;
	char value[64];
	assert_int_equal(options_init(&options, 5, s_arguments, NULL), 0);
	assert_true(options_get(&options, "profile", value, sizeof(value)));
	assert_string_equal(value, "800x480@1:120");
	assert_false(options_get(&options, "prof", value, sizeof(value)));
	assert_string_equal(value, "");
	assert_int_equal(options_add(&options, "root", "/other"), 0);
	options_get(&options, "root", value, sizeof(value));
	assert_string_equal(value, "/other");
	options_remove(&options, "profile");
	options_remove(&options, "profile");
	assert_false(options_get(&options, "profile", value, sizeof(value)));
	assert_true(options_get(&options, "walls", value, sizeof(value)));
}

static void what_is_no_option_is_named(void **state)
{
	char *wrong[] = {"x", "nonsense"}, *lines[] = {"x", "a=b\nc=d"}, *empty[] = {"x", "=b"};
	struct options options;
	struct os_error error;
	assert_int_equal(options_init(&options, 2, wrong, &error), -EINVAL);
	assert_string_equal(error.text, "\"nonsense\" is not key=value");
	assert_int_equal(options_init(&options, 2, lines, &error), -EINVAL);
	assert_int_equal(options_init(&options, 2, empty, &error), -EINVAL);
	char longer[1100] = "data=";
	memset(longer + 5, 'x', sizeof(longer) - 6);
	longer[sizeof(longer) - 1] = '\0';
	char *too_long[] = {"x", longer};
	assert_int_equal(options_init(&options, 2, too_long, &error), -E2BIG);
}

static void apps_learn_nothing_of_the_host(void **state)
{
	struct options options, shown;
	assert_int_equal(options_init(&options, 5, s_arguments, NULL), 0);
	options_for_app(&options, true, &shown);
	assert_string_equal(shown.text, "device=one\nprofile=800x480@1:120\nwalls=no\nfresh=yes\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_have_values),
		cmocka_unit_test(what_is_no_option_is_named),
		cmocka_unit_test(apps_learn_nothing_of_the_host),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
