/* A line in an app's hands: edges from a pipe as the kernel writes them, a serial line over a pty, an
 * address of a bus, and what goes wrong with each. */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/gpio.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include <os/clock.h>

#include "hardware_private.h"
#include "lines_kernel.h"

static struct {
	struct os_loop *loop;
	struct os_hardware *line;
	int edges, lost;
	bool active, close_at_once;
	int64_t time_us;
	char heard[64];
	size_t length;
} s;

static void did_edge(void *context, struct os_hardware *line, bool active, int64_t time_us)
{
	s.edges++;
	s.active = active;
	s.time_us = time_us;
	if (s.close_at_once) {
		s.line = os_hardware_close(line);
	}
}

static void did_receive(void *context, struct os_hardware *line, const void *bytes, size_t length)
{
	memcpy(s.heard + s.length, bytes, length);
	s.length += length;
}

static void did_lose(void *context, struct os_hardware *line, int status)
{
	s.lost = status;
}

static const struct os_hardware_delegate s_delegate = {
	.struct_size = sizeof(s_delegate), .edge = did_edge, .received = did_receive, .lost = did_lose};

static int set_up(void **state)
{
	memset(&s, 0, sizeof(s));
	lines_kernel_begin();
	s.loop = os_loop_create();
	s.line = hardware_create("line", &s_delegate, NULL);
	return 0;
}

static int tear_down(void **state)
{
	os_hardware_close(s.line);
	os_loop_release(s.loop);
	lines_kernel_end();
	return 0;
}

static void adopt_input(void)
{
	hardware_adopt(s.line, s.loop, OS_HARDWARE_GPIO_INPUT, fcntl(g_kernel.pipe[0], F_DUPFD_CLOEXEC, 3));
}

static void write_edges(size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct gpio_v2_line_event event = {
			.timestamp_ns = 5000000 + i * 1000,
			.id = i % 2 == 0 ? GPIO_V2_LINE_EVENT_RISING_EDGE : GPIO_V2_LINE_EVENT_FALLING_EDGE};
		assert_int_equal(write(g_kernel.pipe[1], &event, sizeof(event)), sizeof(event));
	}
}

static void nothing_can_be_done_with_a_line_that_is_not_there(void **state)
{
	struct os_i2c_transfer transfer = {.write = "x", .write_length = 1};
	assert_false(os_hardware_is_open(s.line));
	assert_false(os_hardware_is_open(NULL));
	assert_int_equal(os_gpio_set(s.line, true), -ENOTCONN);
	assert_int_equal(os_gpio_get(s.line), -ENOTCONN);
	assert_int_equal(os_i2c_transfer(s.line, &transfer), -ENOTCONN);
	assert_int_equal(os_serial_write(s.line, "x", 1), -ENOTCONN);
	assert_null(os_hardware_open("line", &s_delegate, NULL)); /* this process has no supervisor */
	assert_null(os_hardware_close(NULL));
}

static void an_output_is_set_and_read(void **state)
{
	hardware_adopt(s.line, s.loop, OS_HARDWARE_GPIO_OUTPUT, fcntl(g_kernel.pipe[0], F_DUPFD_CLOEXEC, 3));
	assert_int_equal(os_gpio_set(s.line, true), 0);
	assert_true(g_kernel.level);
	assert_int_equal(os_gpio_get(s.line), 1);
	assert_int_equal(os_gpio_set(s.line, false), 0);
	assert_int_equal(os_gpio_get(s.line), 0);
	assert_int_equal(os_serial_write(s.line, "x", 1), -ENOTSUP);
	assert_int_equal(os_hardware_retry(s.line), -EALREADY);
	assert_int_equal(os_hardware_kind(s.line), OS_HARDWARE_GPIO_OUTPUT);
}

static void edges_come_in_order_with_the_kernels_time(void **state)
{
	adopt_input();
	assert_int_equal(os_gpio_set(s.line, true), -ENOTSUP);
	write_edges(21); /* more than one turn takes */
	while (s.edges < 21) {
		assert_true(os_loop_iterate(s.loop, OS_US_PER_S) > 0);
	}
	assert_true(s.active);
	assert_true(s.time_us == os_clock_from_monotonic_us(5000 + 20));
}

static void a_line_may_be_closed_by_who_hears_of_it(void **state)
{
	adopt_input();
	s.close_at_once = true;
	write_edges(5);
	os_loop_iterate(s.loop, OS_US_PER_S);
	assert_int_equal(s.edges, 1);
	assert_null(s.line);
}

static void half_an_edge_is_none(void **state)
{
	adopt_input();
	assert_int_equal(write(g_kernel.pipe[1], "\1\2\3", 3), 3);
	os_loop_iterate(s.loop, OS_US_PER_S);
	assert_int_equal(s.edges, 0);
	assert_true(os_hardware_is_open(s.line));
}

static void a_chip_that_goes_is_told(void **state)
{
	adopt_input();
	close(g_kernel.pipe[1]);
	g_kernel.pipe[1] = -1;
	os_loop_iterate(s.loop, OS_US_PER_S);
	assert_int_equal(s.lost, -ENODEV);
	assert_int_equal(os_gpio_get(s.line), -ENOTCONN);
}

/* --- Serial ------------------------------------------------------------------------------------------ */

static int adopt_port(void)
{
	struct termios terminal;
	int master = posix_openpt(O_RDWR | O_NOCTTY);
	assert_true(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0);
	int fd = open(ptsname(master), O_RDWR | O_NOCTTY | O_CLOEXEC);
	assert_int_equal(tcgetattr(fd, &terminal), 0);
	cfmakeraw(&terminal);
	assert_int_equal(tcsetattr(fd, TCSANOW, &terminal), 0);
	hardware_adopt(s.line, s.loop, OS_HARDWARE_SERIAL, fd);
	return master;
}

static void a_port_is_read_and_written_on_the_loop(void **state)
{
	int master = adopt_port();
	assert_int_equal(write(master, "21.5\n", 5), 5);
	while (s.length < 5) {
		assert_true(os_loop_iterate(s.loop, OS_US_PER_S) > 0);
	}
	assert_memory_equal(s.heard, "21.5\n", 5);
	assert_int_equal(os_serial_write(s.line, "go\n", 3), 0);
	char bytes[8];
	assert_int_equal(read(master, bytes, sizeof(bytes)), 3);
	assert_memory_equal(bytes, "go\n", 3);
	close(master);
	while (s.lost == 0) {
		assert_true(os_loop_iterate(s.loop, OS_US_PER_S) > 0);
	}
	assert_false(os_hardware_is_open(s.line));
}

static void a_slow_port_gets_everything_in_order(void **state)
{
	int master = adopt_port();
	static uint8_t sent[60000], got[60000];
	size_t length = 0;
	for (size_t i = 0; i < sizeof(sent); i++) {
		sent[i] = (uint8_t)(i * 7 + i / 251);
	}
	assert_int_equal(os_serial_write(s.line, sent, sizeof(sent)), 0);
	assert_int_equal(os_serial_write(s.line, sent, sizeof(sent)), -ENOBUFS);
	while (length < sizeof(got)) {
		ssize_t n = read(master, got + length, sizeof(got) - length);
		assert_true(n > 0);
		length += (size_t)n;
		os_loop_iterate(s.loop, 0);
	}
	assert_memory_equal(got, sent, sizeof(got));
	close(master);
}

/* --- I2C ---------------------------------------------------------------------------------------------- */

static void a_register_is_read_in_one_transaction(void **state)
{
	uint8_t which = 0x10, value[2] = {0};
	struct os_i2c_transfer transfer = {&which, 1, value, 2};
	hardware_adopt(s.line, s.loop, OS_HARDWARE_I2C, open("/dev/null", O_RDWR | O_CLOEXEC));
	memcpy(g_kernel.bytes, "\0\x12\x34", 3);
	assert_int_equal(os_i2c_transfer(s.line, &transfer), 0);
	assert_true(g_kernel.reads);
	assert_int_equal(g_kernel.command, 0x10);
	assert_int_equal(value[0], 0x12);
	assert_int_equal(value[1], 0x34);
	transfer = (struct os_i2c_transfer){.write = "\x01\xaa\xbb", .write_length = 3};
	assert_int_equal(os_i2c_transfer(s.line, &transfer), 0);
	assert_int_equal(g_kernel.command, 0x01);
	assert_memory_equal(g_kernel.bytes, "\x02\xaa\xbb", 3);
}

static void an_adapter_without_blocks_is_written_and_read_plainly(void **state)
{
	uint8_t value[2];
	struct os_i2c_transfer transfer = {"\x10", 1, value, 2};
	g_kernel.no_blocks = true;
	hardware_adopt(s.line, s.loop, OS_HARDWARE_I2C, open("/dev/null", O_RDWR | O_CLOEXEC));
	assert_int_equal(os_i2c_transfer(s.line, &transfer), -EIO); /* nothing comes from there */
	transfer = (struct os_i2c_transfer){.write = "\x10", .write_length = 1};
	assert_int_equal(os_i2c_transfer(s.line, &transfer), 0);
	transfer.write_length = OS_I2C_MAX_BYTES + 1;
	assert_int_equal(os_i2c_transfer(s.line, &transfer), -EMSGSIZE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nothing_can_be_done_with_a_line_that_is_not_there),
		TEST(an_output_is_set_and_read),
		TEST(edges_come_in_order_with_the_kernels_time),
		TEST(a_line_may_be_closed_by_who_hears_of_it),
		TEST(half_an_edge_is_none),
		TEST(a_chip_that_goes_is_told),
		TEST(a_port_is_read_and_written_on_the_loop),
		TEST(a_slow_port_gets_everything_in_order),
		TEST(a_register_is_read_in_one_transaction),
		TEST(an_adapter_without_blocks_is_written_and_read_plainly),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
