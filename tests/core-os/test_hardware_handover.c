/* The board's lines on a real device of processes: a serial line goes from the supervisor to the app
 * behind its walls, works there, is gone with the app, and is there again for the next one. What is not
 * in the record, or not on the board, is told and ends nobody. */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <os/clock.h>
#include <os/message.h>
#include <os/sandbox.h>

#include "device/child.h"
#include "device/device.h"
#include "device/lines.h"

/* A folder of devices, with a pty for a serial port. */
struct board {
	char folder[64], option[96];
	int master, slave; /* the slave is kept open, so that the pty lives on when an app ends */
};

static void board_begin(struct board *board)
{
	char path[96];
	snprintf(board->folder, sizeof(board->folder), "/tmp/strata-board-XXXXXX");
	assert_non_null(mkdtemp(board->folder));
	board->master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	assert_true(board->master >= 0 && grantpt(board->master) == 0 && unlockpt(board->master) == 0);
	board->slave = open(ptsname(board->master), O_RDWR | O_NOCTTY | O_CLOEXEC);
	snprintf(path, sizeof(path), "%s/ttyS0", board->folder);
	assert_int_equal(symlink(ptsname(board->master), path), 0);
	snprintf(board->option, sizeof(board->option), "devices=%s", board->folder);
}

/* A port that one app has had to itself is somebody else's again. */
static void board_free_port(struct board *board)
{
	assert_int_equal(ioctl(board->slave, TIOCNXCL), 0);
}

static void board_end(struct board *board)
{
	char path[96];
	snprintf(path, sizeof(path), "%s/ttyS0", board->folder);
	unlink(path);
	rmdir(board->folder);
	close(board->slave);
	close(board->master);
}

static void read_until(struct board *board, const char *wanted)
{
	char text[512] = "";
	size_t length = 0;
	while (strstr(text, wanted) == NULL) {
		struct pollfd fd = {board->master, POLLIN, 0};
		if (poll(&fd, 1, (int)(DEVICE_PATIENCE_US / 1000)) != 1) {
			fail_msg("no \"%s\" in \"%s\"", wanted, text);
		}
		ssize_t n = read(board->master, text + length, sizeof(text) - 1 - length);
		assert_true(n > 0);
		length += (size_t)n;
		text[length] = '\0';
	}
	assert_string_equal(text, wanted);
}

static void start(struct device *device, struct board *board, const char *walls)
{
	char text[512];
	const char *const extra[] = {board->option, walls, NULL};
	board_begin(board);
	device_start(device, extra);
	assert_string_equal(device->report, "ok");
	device_connect(device);
	if (device_wait_booted(device, text, sizeof(text)) != 0) {
		fail_msg("boot: %s", text);
	}
}

static void hand_over(const char *walls)
{
	struct device device;
	struct board board;
	start(&device, &board, walls);
	assert_true(device_launch(&device, LINES_APP) > 0);
	read_until(&board, LINES_SAID);
	assert_int_equal(write(board.master, "22.5\n", 5), 5);
	read_until(&board, "22.5\n");
	pid_t first = device_pid(&device, LINES_APP, NULL);
	assert_true(first > 0);
	assert_int_equal(device_quit(&device, LINES_APP, true), 0);
	device_await_state(&device, LINES_APP, OS_APP_NOT_RUNNING);
	board_free_port(&board);
	assert_true(device_launch(&device, LINES_APP) > 0);
	read_until(&board, LINES_SAID);
	assert_true(device_pid(&device, LINES_APP, NULL) != first);
	assert_int_equal(device_stop(&device), 0);
	board_end(&board);
}

static void a_line_is_handed_over_and_given_back(void **state)
{
	hand_over("walls=no");
}

static void a_line_is_handed_over_behind_walls(void **state)
{
	struct os_sandbox_probe probe;
	if (!os_sandbox_probe(&probe)) {
		print_message("left out: %s\n", probe.sentence);
		return;
	}
	hand_over(NULL);
}

/* Who is no app has no lines: a tool, and so anybody at the control socket. */
static void a_tool_gets_no_line(void **state)
{
	struct device device;
	struct board board;
	struct os_message message, reply;
	start(&device, &board, "walls=no");
	device_begin(&message, OS_SUPERVISOR_HARDWARE);
	os_message_write_text(&message, "port");
	assert_int_equal(device_call(&device, &message, &reply), -EPERM);
	assert_int_equal(device_stop(&device), 0);
	board_end(&board);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_is_handed_over_and_given_back),
		cmocka_unit_test(a_line_is_handed_over_behind_walls),
		cmocka_unit_test(a_tool_gets_no_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
