/* Which card has a screen, by folders made as /sys/class/drm is: a Pi 5's three cards, nonsense, and
 * a screen that is taken away. F16 */
#include "test.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <os/status.h>

#include "card.h"
#include "test_folder.h"

static void add(int root, const char *name, const char *status)
{
	char file[96];
	snprintf(file, sizeof(file), "%s/status", name);
	mkdirat(root, name, 0755);
	if (status != NULL) {
		test_folder_write(root, file, status);
	}
}

static void the_connected_one_is_found(void **state)
{
	char folder[64];
	int root = test_folder_create(folder);
	struct card card;
	struct os_error error;
	add(root, "card0", NULL);
	add(root, "card0-DSI-1", "disconnected\n");
	add(root, "card1", NULL);
	add(root, "card1-HDMI-A-1", "disconnected\n");
	add(root, "card1-HDMI-A-2", "connected\n");
	add(root, "card1-Writeback-1", "unknown\n");
	add(root, "renderD128", NULL);
	add(root, "version", NULL);
	assert_int_equal(card_find(&card, folder, NULL, &error), 0);
	assert_string_equal(card.name, "card1");
	assert_string_equal(card.connector, "HDMI-A-2");
	assert_int_equal(card.number, 1);
	assert_int_equal(card_find(&card, folder, "card0", &error), -ENODEV);
	assert_non_null(strstr(error.text, "card0"));
	test_folder_destroy(root, folder);
}

static void what_lies_is_passed_over(void **state)
{
	char folder[64];
	int root = test_folder_create(folder);
	struct card card;
	struct os_error error;
	assert_int_equal(card_find(&card, "/nowhere/drm", NULL, &error), -ENODEV);
	assert_int_equal(card_find(&card, folder, NULL, &error), -ENODEV);
	add(root, "card-1-HDMI-A-1", "connected\n");
	add(root, "card4000000000-HDMI-A-1", "connected\n");
	add(root, "card2-", "connected\n");
	add(root, "card3-DP-1", NULL);
	add(root, "card4-DP-1", "");
	add(root, "card5-DP-1", "maybe\n");
	assert_int_equal(card_find(&card, folder, NULL, &error), -ENODEV);
	test_folder_destroy(root, folder);
}

static void nothing_is_gone_unless_the_kernel_says_so(void **state)
{
	int pair[2];
	char folder[64];
	int root = test_folder_create(folder);
	struct card card;
	struct os_error error;
	add(root, "card0-DSI-1", "connected\n");
	assert_int_equal(card_find(&card, folder, NULL, &error), 0);
	assert_false(card_is_gone(&card, folder));
	assert_int_equal(
	    socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair), 0);
	card.fd = pair[0];
	static const char s_other[] = "add@/devices/usb1/1-1";
	static const char s_drm[] = "change@/devices/platform/gpu/drm/card0\0HOTPLUG=1";
	assert_int_equal(write(pair[1], s_other, sizeof(s_other)), sizeof(s_other));
	assert_false(card_is_gone(&card, folder));
	assert_int_equal(write(pair[1], s_drm, sizeof(s_drm)), sizeof(s_drm));
	assert_false(card_is_gone(&card, folder));
	add(root, "card0-DSI-1", "disconnected\n");
	assert_false(card_is_gone(&card, folder));
	assert_int_equal(write(pair[1], s_drm, sizeof(s_drm)), sizeof(s_drm));
	assert_true(card_is_gone(&card, folder));
	card_unwatch(&card);
	assert_int_equal(card.fd, -1);
	close(pair[1]);
	test_folder_destroy(root, folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_connected_one_is_found),
	    cmocka_unit_test(what_lies_is_passed_over),
	    cmocka_unit_test(nothing_is_gone_unless_the_kernel_says_so),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
