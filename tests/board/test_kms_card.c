/* F115 F123: which card and connector, in folders made as the kernel makes them. */
#include "sys_folder.h"

#include <errno.h>

#include "edid_made.h"
#include "kms.h"

static void add_card(const struct sys_folder *sys, int number, const char *driver)
{
	char path[96], target[96];
	snprintf(path, sizeof(path), "card%d/device/driver", number);
	snprintf(target, sizeof(target), "../../../../bus/platform/drivers/%s", driver);
	sys_link(sys, path, target);
}

static void add_connector(const struct sys_folder *sys, const char *name, const char *status,
			  const char *modes)
{
	char path[96];
	snprintf(path, sizeof(path), "%s/status", name);
	sys_write(sys, path, status);
	snprintf(path, sizeof(path), "%s/modes", name);
	sys_write(sys, path, modes);
}

/* As on a Pi 5: the GPU has no connectors, the panel and the sockets are two cards. */
static void make_pi5(const struct sys_folder *sys)
{
	add_card(sys, 0, "v3d");
	add_card(sys, 1, "drm-rp1-dsi");
	add_card(sys, 2, "vc4-drm");
	sys_write(sys, "renderD128/dev", "226:128\n");
	sys_write(sys, "version", "drm 1.1.0 20060810\n");
	add_connector(sys, "card1-DSI-1", "connected\n", "720x1280\n");
	add_connector(sys, "card2-HDMI-A-1", "connected\n", "1920x1080\n1280x720\n");
	add_connector(sys, "card2-HDMI-A-2", "disconnected\n", "");
	add_connector(sys, "card2-Writeback-1", "unknown\n", "");
}

static void the_panel_comes_before_the_sockets(void **state)
{
	struct sys_folder sys;
	struct kms_choice choice;
	sys_begin(&sys);
	make_pi5(&sys);
	assert_int_equal(kms_choose(sys.path, NULL, &choice), 1);
	assert_string_equal(choice.card, "card1");
	assert_string_equal(choice.connector, "DSI-1");
	assert_string_equal(choice.driver, "drm-rp1-dsi");
	assert_string_equal(choice.text, "card1 (drm-rp1-dsi) DSI-1, the first screen of 4 connectors "
					 "on 3 cards");
	/* The panel's cable is out: the socket that has a screen. */
	sys_write(&sys, "card1-DSI-1/status", "disconnected\n");
	assert_int_equal(kms_choose(sys.path, NULL, &choice), 1);
	assert_string_equal(choice.connector, "HDMI-A-1");
	sys_write(&sys, "card2-HDMI-A-1/status", "disconnected\n");
	sys_write(&sys, "card2-HDMI-A-2/status", "connected\n");
	assert_int_equal(kms_choose(sys.path, NULL, &choice), 1);
	assert_string_equal(choice.connector, "HDMI-A-2");
	assert_string_equal(choice.text,
			    "card2 (vc4-drm) HDMI-A-2, the only screen of 4 connectors on 3 cards");
	sys_end(&sys);
}

static void a_card_may_be_named(void **state)
{
	struct sys_folder sys;
	struct kms_choice choice;
	sys_begin(&sys);
	make_pi5(&sys);
	assert_int_equal(kms_choose(sys.path, "card2", &choice), 1);
	assert_string_equal(choice.connector, "HDMI-A-1");
	assert_int_equal(kms_choose(sys.path, "card0", &choice), -ENODEV);
	assert_string_equal(choice.text,
			    "3 graphics cards, none with a connector for a screen: not card0");
	assert_int_equal(kms_choose(sys.path, "card7", &choice), -ENODEV);
	assert_int_equal(kms_choose(sys.path, "../../etc", &choice), -ENODEV);
	sys_end(&sys);
}

static void nothing_connected_is_a_card_all_the_same(void **state)
{
	struct sys_folder sys;
	struct kms_choice choice;
	sys_begin(&sys);
	add_card(&sys, 0, "vc4-drm");
	add_connector(&sys, "card0-HDMI-A-1", "disconnected\n", "");
	add_connector(&sys, "card0-HDMI-A-2", "unknown\n", "");
	add_connector(&sys, "card0-Composite-1", "connected\n", "720x480i\n");
	assert_int_equal(kms_choose(sys.path, NULL, &choice), 0);
	assert_string_equal(choice.card, "card0");
	assert_string_equal(choice.connector, "");
	assert_string_equal(choice.text,
			    "card0 (vc4-drm): nothing is connected to any of 3 connectors");
	/* A panel that cannot be asked has modes when it is there. */
	sys_write(&sys, "card0-HDMI-A-2/modes", "800x480\n");
	assert_int_equal(kms_choose(sys.path, NULL, &choice), 1);
	assert_string_equal(choice.connector, "HDMI-A-2");
	sys_end(&sys);
}

static void machines_without_screens_have_none(void **state)
{
	struct sys_folder sys;
	struct kms_choice choice;
	sys_begin(&sys);
	assert_int_equal(kms_choose(sys.path, NULL, &choice), -ENODEV);
	assert_string_equal(choice.text, "0 graphics cards, none with a connector for a screen");
	add_card(&sys, 0, "v3d");
	assert_int_equal(kms_choose(sys.path, NULL, &choice), -ENODEV);
	add_connector(&sys, "card0-Writeback-1", "unknown\n", "");
	assert_int_equal(kms_choose(sys.path, NULL, &choice), -ENODEV);
	sys_end(&sys);
	assert_int_equal(kms_choose("/nowhere/at/all", NULL, &choice), -ENODEV);
	assert_string_equal(choice.text, "/nowhere/at/all: No such file or directory");
}

/* Names that no kernel makes, status files that cannot be read or never end. */
static void folders_that_lie_are_passed_over(void **state)
{
	struct sys_folder sys;
	struct kms_choice choice;
	char longest[512];
	sys_begin(&sys);
	add_connector(&sys, "card-1", "connected\n", "1x1\n");
	add_connector(&sys, "card99999999999999999999-DSI-1", "connected\n", "1x1\n");
	add_connector(&sys, "card0-a-name-that-is-longer-than-any-connector", "connected\n", "1x1\n");
	add_connector(&sys, "card0x", "connected\n", "1x1\n");
	assert_int_equal(kms_choose(sys.path, NULL, &choice), -ENODEV);
	memset(longest, 'c', sizeof(longest));
	longest[sizeof(longest) - 1] = '\0';
	add_connector(&sys, "card0-DSI-1", longest, longest);
	sys_make_folders(&sys, "card0-DSI-2/");
	sys_break(&sys, "card0-DSI-2/status");
	sys_make_folders(&sys, "card0-DSI-3/");
	sys_break(&sys, "card0-DSI-3/status");
	assert_int_equal(kms_choose(sys.path, NULL, &choice), 0);
	assert_string_equal(choice.driver, "");
	sys_end(&sys);
}

static void the_edid_is_the_connectors(void **state)
{
	struct sys_folder sys;
	struct kms_choice choice;
	uint8_t bytes[EDID_BYTES], read_back[256];
	struct kms_edid edid;
	sys_begin(&sys);
	make_pi5(&sys);
	assert_int_equal(kms_choose(sys.path, NULL, &choice), 1);
	assert_int_equal(kms_read_edid(sys.path, &choice, read_back, sizeof(read_back)), -ENOENT);
	edid_make(bytes);
	sys_write(&sys, "card1-DSI-1/edid", "");
	assert_int_equal(kms_read_edid(sys.path, &choice, read_back, sizeof(read_back)), 0);
	int fd = openat(sys.folder, "card1-DSI-1/edid", O_WRONLY | O_CLOEXEC);
	assert_int_equal(write(fd, bytes, sizeof(bytes)), sizeof(bytes));
	close(fd);
	assert_int_equal(kms_read_edid(sys.path, &choice, read_back, sizeof(read_back)), EDID_BYTES);
	assert_int_equal(kms_edid_parse(read_back, EDID_BYTES, &edid, NULL), 0);
	assert_int_equal(kms_read_edid(sys.path, &choice, read_back, 64), 64);
	sys_end(&sys);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_panel_comes_before_the_sockets),
	    cmocka_unit_test(a_card_may_be_named),
	    cmocka_unit_test(nothing_connected_is_a_card_all_the_same),
	    cmocka_unit_test(machines_without_screens_have_none),
	    cmocka_unit_test(folders_that_lie_are_passed_over),
	    cmocka_unit_test(the_edid_is_the_connectors),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
