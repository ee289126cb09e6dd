#include "test.h"

#include <errno.h>
#include <os/status.h>
#include <stdio.h>

static void an_error_is_a_sentence(void **state)
{
	struct os_error error;
	assert_int_equal(os_error_set(&error, -EINVAL, "%s:%d: no", "a.json", 3), -EINVAL);
	assert_int_equal(error.status, -EINVAL);
	assert_string_equal(error.text, "a.json:3: no");
	assert_int_equal(os_error_set(NULL, -EPERM, "unread"), -EPERM);
}

static void a_long_one_is_cut(void **state)
{
	char text[2000];
	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	struct os_error error;
	os_error_set(&error, -EINVAL, "%s", text);
	assert_int_equal(strlen(error.text), sizeof(error.text) - 1);
}

static void it_is_text_whatever_was_said(void **state)
{
	struct os_error error;
	os_error_set(&error, -ENOENT, "%s is not there", "caf\xe9.png");
	assert_string_equal(error.text, "caf?.png is not there");
	char text[sizeof(error.text) + 3];
	memset(text, 'x', sizeof(text));
	snprintf(text + sizeof(error.text) - 2, 4, "\xe2\x82\xac"); /* one byte of it has room */
	os_error_set(&error, -EINVAL, "%s", text);
	assert_string_equal(error.text + sizeof(error.text) - 3, "x?");
}

static void statuses_have_words(void **state)
{
	assert_string_equal(os_status_text(-ENOENT), "No such file or directory");
	assert_string_equal(os_status_text(ENOENT), "No such file or directory");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_error_is_a_sentence),
	    cmocka_unit_test(a_long_one_is_cut),
	    cmocka_unit_test(it_is_text_whatever_was_said),
	    cmocka_unit_test(statuses_have_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
