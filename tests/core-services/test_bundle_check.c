#include "server_pair.h"

#include <cs/bundle.h>

#include <errno.h>
#include <sys/stat.h>

static int check(int folder, const char *id, struct os_error *error)
{
	struct cs_manifest manifest;
	int bundle = openat(folder, id, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int result = cs_bundle_check(bundle, CS_BUNDLE_OF_USER, &manifest, error);
	if (result == 0) {
		cs_manifest_finish(&manifest);
	}
	close(bundle);
	return result;
}

static void what_the_manifest_names_has_to_be_there(void **state)
{
	char path[64];
	int folder = test_folder_create(path);
	struct os_error error;
	server_pair_make_bundle(folder, "org.example.lamp", NULL);
	assert_int_equal(check(folder, "org.example.lamp", &error), 0);
	int bundle = openat(folder, "org.example.lamp", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	unlinkat(bundle, "icon.png", 0);
	assert_int_equal(check(folder, "org.example.lamp", &error), -ENOENT);
	assert_non_null(strstr(error.text, "icon.png: expected the icon"));
	unlinkat(bundle, "module.so", 0);
	assert_int_equal(check(folder, "org.example.lamp", &error), -ENOENT);
	assert_non_null(strstr(error.text, "module.so: the module"));
	assert_int_equal(mkdirat(bundle, "module.so", 0755), 0);
	assert_int_equal(check(folder, "org.example.lamp", &error), -ENOEXEC);
	unlinkat(bundle, "manifest.json", 0);
	assert_int_equal(check(folder, "org.example.lamp", &error), -ENOENT);
	assert_non_null(strstr(error.text, "manifest.json:"));
	close(bundle);
	test_folder_destroy(folder, path);
}

/* A module that is a link out of the bundle, a fifo, or for another machine. */
static void a_module_is_a_file_for_this_machine(void **state)
{
	char path[64];
	int folder = test_folder_create(path);
	struct os_error error;
	assert_int_equal(symlinkat("/proc/self/exe", folder, "link.so"), 0);
	assert_true(cs_bundle_check_module(folder, "link.so", &error) < 0);
	assert_int_equal(mkfifoat(folder, "pipe.so", 0644), 0);
	assert_int_equal(cs_bundle_check_module(folder, "pipe.so", &error), -ENOEXEC);
	server_pair_make_bundle(folder, "org.example.lamp", NULL);
	assert_int_equal(cs_bundle_check_module(folder, "org.example.lamp/module.so", &error), 0);
	int fd = openat(folder, "org.example.lamp/module.so", O_WRONLY);
	assert_int_equal(pwrite(fd, "\xf3", 1, 18), 1); /* RISC-V */
	close(fd);
	assert_int_equal(cs_bundle_check_module(folder, "org.example.lamp/module.so", &error),
			 -ENOEXEC);
	assert_non_null(strstr(error.text, "this machine's processor"));
	test_folder_destroy(folder, path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_the_manifest_names_has_to_be_there),
	    cmocka_unit_test(a_module_is_a_file_for_this_machine),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
