#include "test.h"

#include <errno.h>
#include <os/board.h>
#include <os/status.h>

static const char *s_folder; /* where the build put the modules */

static void a_board_is_its_table(void **state)
{
	struct os_error error;
	const struct os_board *board = os_board_open(s_folder, "empty", &error);
	assert_non_null(board);
	assert_string_equal(board->name, "empty");
	assert_null(board->display);
	assert_ptr_equal(os_board_open(s_folder, "empty", NULL), board);
}

static void what_cannot_be_opened_is_named(void **state)
{
	struct os_error error;
	assert_null(os_board_open(s_folder, "none", &error));
	assert_int_equal(error.status, -ENOENT);
	assert_non_null(strstr(error.text, "libstrata-board-none.so"));
	assert_null(os_board_open(s_folder, "old", &error));
	assert_int_equal(error.status, -ENOEXEC);
	assert_null(os_board_open(s_folder, "../empty", &error));
	assert_int_equal(error.status, -EINVAL);
	assert_null(os_board_open(s_folder, "", NULL));
}

int main(int count, char **words)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_board_is_its_table),
	    cmocka_unit_test(what_cannot_be_opened_is_named),
	};
	s_folder = count > 1 ? words[1] : ".";
	return cmocka_run_group_tests(tests, NULL, NULL);
}
