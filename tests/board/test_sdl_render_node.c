/* Whether there is a GPU: a folder without one, and nodes that are none. F115 */
#include "test.h"

#include <sys/stat.h>

#include "render_node.h"
#include "test_folder.h"

static void what_is_no_node_is_no_gpu(void **state)
{
	char folder[64], driver[32] = "";
	assert_false(render_node_find("/nowhere/dri", driver, sizeof(driver)));
	int root = test_folder_create(folder);
	assert_false(render_node_find(folder, driver, sizeof(driver)));
	test_folder_write(root, "renderD128", "not a device");
	test_folder_write(root, "card0", "nor this");
	assert_int_equal(mkfifoat(root, "renderD129", 0600), 0);
	assert_int_equal(mkdirat(root, "renderD130", 0700), 0);
	assert_false(render_node_find(folder, driver, sizeof(driver)));
	test_folder_destroy(root, folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_no_node_is_no_gpu)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
