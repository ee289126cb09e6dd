#include "test.h"
#include "test_folder.h"

#include <os/memory.h>

#include <stdio.h>
#include <sys/stat.h>

#include "store_private.h"

static void a_folders_path_leads_to_it(void **state)
{
	char path[64];
	int folder = test_folder_create(path);
	char *found = cs_folder_copy_path(folder);
	assert_string_equal(found, path);
	os_free(found);
	test_folder_destroy(folder, path);
}

/* A name that leads elsewhere by now, or nowhere, is not used. */
static void a_name_that_lies_is_refused(void **state)
{
	char path[64], other[80];
	int folder = test_folder_create(path);
	snprintf(other, sizeof(other), "%s-moved", path);
	assert_int_equal(rename(path, other), 0);
	assert_int_equal(mkdir(path, 0700), 0);
	char *found = cs_folder_copy_path(folder);
	assert_string_equal(found, other);
	os_free(found);
	assert_int_equal(rmdir(other), 0);
	assert_null(cs_folder_copy_path(folder));
	assert_null(cs_folder_copy_path(-1));
	test_folder_destroy(folder, path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_folders_path_leads_to_it),
	    cmocka_unit_test(a_name_that_lies_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
