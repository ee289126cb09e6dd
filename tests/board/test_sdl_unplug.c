/* A screen that is taken away: only what the kernel says counts, and then only of our connector. F115 */
#include "test.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test_folder.h"
#include "unplug.h"

static const char s_other[] = "add@/devices/usb1/1-1";
static const char s_drm[] = "change@/devices/platform/gpu/drm/card0\0HOTPLUG=1";

static void nothing_is_gone_unless_the_kernel_says_so(void **state)
{
	int pair[2];
	char folder[64];
	struct unplug unplug = {.fd = -1};
	int root = test_folder_create(folder);
	mkdirat(root, "card0-DSI-1", 0755);
	test_folder_write(root, "card0-DSI-1/status", "connected\n");
	unplug_watch(&unplug, folder, "card0", "DSI-1");
	/* In the place of the kernel's socket, one that the test has the other end of. */
	if (unplug.fd >= 0) {
		close(unplug.fd);
	}
	assert_int_equal(
	    socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair), 0);
	unplug.fd = pair[0];
	assert_false(unplug_happened(&unplug));
	assert_int_equal(write(pair[1], s_drm, sizeof(s_drm)), sizeof(s_drm));
	assert_false(unplug_happened(&unplug));
	test_folder_write(root, "card0-DSI-1/status", "disconnected\n");
	assert_false(unplug_happened(&unplug));
	assert_int_equal(write(pair[1], s_other, sizeof(s_other)), sizeof(s_other));
	assert_false(unplug_happened(&unplug));
	assert_int_equal(write(pair[1], s_drm, sizeof(s_drm)), sizeof(s_drm));
	assert_true(unplug_happened(&unplug));
	/* The whole card goes. */
	unlinkat(root, "card0-DSI-1/status", 0);
	assert_int_equal(write(pair[1], s_drm, sizeof(s_drm)), sizeof(s_drm));
	assert_true(unplug_happened(&unplug));
	unplug_finish(&unplug);
	assert_int_equal(unplug.fd, -1);
	close(pair[1]);
	test_folder_destroy(root, folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(nothing_is_gone_unless_the_kernel_says_so),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
