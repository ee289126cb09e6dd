/* /etc/strata/board.conf: what a board boots with (F120, F142); a wrong line is named, never guessed. */
#include "test.h"

#include <errno.h>
#include <unistd.h>

#include <os/board_config.h>
#include <os/status.h>

static int parse(const char *text, struct os_board_config *config, struct os_error *error)
{
	return os_board_config_parse(text, strlen(text), "board.conf", config, error);
}

static void nothing_is_a_board_with_home(void **state)
{
	struct os_board_config config;
	struct os_error error;
	assert_int_equal(parse("", &config, &error), 0);
	assert_string_equal(config.app, "");
	assert_string_equal(config.device, "default");
	assert_string_equal(config.home, "/var/lib/strata");
	assert_string_equal(config.runtime, "/run/strata");
	assert_string_equal(config.display, "");
	assert_true(config.splash);
	assert_true(config.walls);
	assert_int_equal(os_board_config_read("/nowhere/board.conf", &config, &error), -ENOENT);
	assert_string_equal(config.home, "/var/lib/strata");
	assert_int_equal(os_board_config_read("/etc", &config, &error), -EISDIR);
}

static void all_keys_are_read(void **state)
{
	struct os_board_config config;
	struct os_error error = {.text = ""};
	int result = parse("# a board\n\n app = org.strata.panel # an appliance\r\ndevice=wall\n"
	                   "home=/srv/strata\nruntime=/run/x\nprofile=720x1280@1.6:50\n"
	                   "orientation=270\ndisplay=dumb\nrenderer=soft\nvt=/dev/tty7\nsplash=no\n"
	                   "walls=no",
	                   &config, &error);
	assert_string_equal(error.text, "");
	assert_int_equal(result, 0);
	assert_string_equal(config.app, "org.strata.panel");
	assert_string_equal(config.device, "wall");
	assert_string_equal(config.home, "/srv/strata");
	assert_string_equal(config.runtime, "/run/x");
	assert_string_equal(config.profile, "720x1280@1.6:50");
	assert_string_equal(config.orientation, "270");
	assert_string_equal(config.display, "dumb");
	assert_string_equal(config.renderer, "soft");
	assert_string_equal(config.vt, "/dev/tty7");
	assert_false(config.splash);
	assert_false(config.walls);
}

static void a_wrong_line_is_named(void **state)
{
	static const struct {
		const char *text, *sentence;
	} rows[] = {
		{"app=org.a.b\naap=x\n", "board.conf:2: there is no key \"aap\""},
		{"display=dumb\n\ndisplay=dumb", "board.conf:3: display is there twice"},
		{"hello", "board.conf:1: \"hello\" is not key=value"},
		{"=x", "board.conf:1: there is no key \"\""},
		{"app=", "board.conf:1: app is \"\", expected an app's id, like org.strata.panel"},
		{"app=../x", "board.conf:1: app is \"../x\", expected an app's id, like org.strata.panel"},
		{"orientation=45", "board.conf:1: orientation is \"45\", expected 0, 90, 180 or 270"},
		{"vt=/dev/tty0", "board.conf:1: vt is \"/dev/tty0\", expected /dev/tty1 to /dev/tty99"},
		{"vt=/dev/ttyS0", "board.conf:1: vt is \"/dev/ttyS0\", expected /dev/tty1 to /dev/tty99"},
		{"vt=/dev", "board.conf:1: vt is \"/dev\", expected /dev/tty1 to /dev/tty99"},
		{"splash=on", "board.conf:1: splash is \"on\", expected yes or no"},
		{"home=strata", "board.conf:1: home is \"strata\", expected a whole path"},
		{"profile=1x1@1", "board.conf:1: profile is \"1x1@1\", expected phone, pi7, pi-touch2, "
		                  "tablet or WxH@S[:HZ]"},
		{"profile=nanxnan@nan", "board.conf:1: profile is \"nanxnan@nan\", expected phone, pi7, "
		                        "pi-touch2, tablet or WxH@S[:HZ]"},
	};
	for (size_t i = 0; i < OS_ARRAY_LEN(rows); i++) {
		struct os_board_config config = {.app = "as it was"};
		struct os_error error = {.text = ""};
		assert_int_equal(parse(rows[i].text, &config, &error), -EINVAL);
		assert_string_equal(error.text, rows[i].sentence);
		assert_string_equal(config.app, "as it was");
	}
}

static void bytes_are_no_lines(void **state)
{
	struct os_board_config config;
	struct os_error error;
	char longer[600];
	memset(longer, 'a', sizeof(longer));
	assert_int_equal(os_board_config_parse("a\0b", 3, "x", &config, &error), -EINVAL);
	assert_int_equal(os_board_config_parse(longer, sizeof(longer), "x", &config, &error), -EINVAL);
	assert_string_equal(error.text, "x:1: this is no line of text");
	assert_int_equal(parse("app=\xff.\xfe", &config, NULL), -EINVAL);
}

static void a_file_is_read(void **state)
{
	char path[] = "/tmp/strata-test-XXXXXX";
	struct os_board_config config;
	struct os_error error;
	int fd = mkstemp(path);
	assert_true(write(fd, "app=org.strata.panel\n", 21) == 21);
	assert_int_equal(os_board_config_read(path, &config, &error), 0);
	assert_string_equal(config.app, "org.strata.panel");
	assert_int_equal(ftruncate(fd, OS_BOARD_CONFIG_MOST + 1), 0);
	assert_int_equal(os_board_config_read(path, &config, &error), -EFBIG);
	close(fd);
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_a_board_with_home),
		cmocka_unit_test(all_keys_are_read),
		cmocka_unit_test(a_wrong_line_is_named),
		cmocka_unit_test(bytes_are_no_lines),
		cmocka_unit_test(a_file_is_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
