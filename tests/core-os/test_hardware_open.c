/* The supervisor opens one line, one address, one port, and says plainly why it cannot. */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/gpio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <termios.h>
#include <unistd.h>

#include "hardware_open.h"
#include "lines_kernel.h"

static struct os_error s_error;

static int set_up(void **state)
{
	lines_kernel_begin();
	return 0;
}

static int tear_down(void **state)
{
	lines_kernel_end();
	return 0;
}

static int open_entry(struct os_hardware_entry entry)
{
	struct hardware_wish wish = {g_kernel.folder, "org.strata.a-long-id-that-is-cut-somewhere", &entry};
	s_error = (struct os_error){.text = ""};
	return hardware_open(&wish, &s_error);
}

static void refused(struct os_hardware_entry entry, int status, const char *sentence)
{
	assert_int_equal(open_entry(entry), status);
	assert_string_equal(s_error.text, sentence);
}

static void a_line_is_found_by_its_name(void **state)
{
	int fd = open_entry((struct os_hardware_entry){
		.kind = OS_HARDWARE_GPIO_OUTPUT, .name = "relay", .line = "GPIO17", .number = -1,
		.flags = OS_HARDWARE_ACTIVE_LOW});
	assert_true(fd >= 0);
	assert_int_equal(g_kernel.requests, 1);
	assert_int_equal(g_kernel.offset, 17);
	assert_true(g_kernel.flags == (GPIO_V2_LINE_FLAG_OUTPUT | GPIO_V2_LINE_FLAG_ACTIVE_LOW));
	assert_string_equal(g_kernel.consumer, "org.strata.a-long-id-that-is-cu");
	assert_int_equal(fcntl(fd, F_GETFD), FD_CLOEXEC);
	close(fd);
}

static void a_line_is_found_by_its_number_on_a_chip(void **state)
{
	static const char *const names[] = {"gpiochip2", "expander"};
	for (size_t i = 0; i < OS_ARRAY_LEN(names); i++) {
		struct os_hardware_entry entry = {
			.kind = OS_HARDWARE_GPIO_INPUT, .name = "door", .number = 3,
			.flags = OS_HARDWARE_FALLING | OS_HARDWARE_PULL_UP};
		snprintf(entry.device, sizeof(entry.device), "%s", names[i]);
		int fd = open_entry(entry);
		assert_true(fd >= 0);
		assert_int_equal(g_kernel.offset, 3);
		assert_true(g_kernel.flags == (GPIO_V2_LINE_FLAG_INPUT | GPIO_V2_LINE_FLAG_EDGE_FALLING |
		                               GPIO_V2_LINE_FLAG_BIAS_PULL_UP));
		close(fd);
	}
}

static void a_line_that_cannot_be_had_is_named(void **state)
{
	struct os_hardware_entry entry = {.kind = OS_HARDWARE_GPIO_OUTPUT, .name = "relay", .number = 5};
	snprintf(entry.device, sizeof(entry.device), "gpiochip0");
	refused(entry, -EBUSY, "line 5 of gpiochip0 is used by spi0 CS0");
	entry.number = 28;
	refused(entry, -ENOENT, "this board has no line 28 of gpiochip0");
	snprintf(entry.device, sizeof(entry.device), "gpiochip1");
	refused(entry, -ENODEV, "this board has no GPIO chip gpiochip1");
	entry.device[0] = '\0';
	snprintf(entry.line, sizeof(entry.line), "GPIO99");
	refused(entry, -ENOENT, "this board has no line GPIO99");
	unlinkat(g_kernel.folder, "gpiochip0", 0);
	unlinkat(g_kernel.folder, "gpiochip2", 0);
	refused(entry, -ENODEV, "this board has no GPIO");
}

static void an_address_is_set_before_the_bus_is_handed_over(void **state)
{
	struct os_hardware_entry entry = {.kind = OS_HARDWARE_I2C, .name = "meter", .number = 1, .value = 0x48};
	int fd = open_entry(entry);
	assert_true(fd >= 0);
	assert_int_equal(g_kernel.address, 0x48);
	close(fd);
	g_kernel.address_busy = true;
	refused(entry, -EBUSY, "address 0x48 of i2c-1 is used by a driver of the kernel");
	entry.number = 2;
	refused(entry, -ENOENT, "this board has no i2c-2");
	unlinkat(g_kernel.folder, "i2c-1", 0);
	close(openat(g_kernel.folder, "i2c-1", O_CREAT | O_RDWR, 0600));
	entry.number = 1;
	refused(entry, -ENODEV, "this board has no i2c-1"); /* a file is no bus */
}

static void a_port_is_raw_and_for_one_alone(void **state)
{
	struct os_hardware_entry entry = {.kind = OS_HARDWARE_SERIAL, .name = "scale", .device = "ttyS0",
	                                  .value = 19200};
	struct termios terminal;
	refused(entry, -ENOENT, "this board has no ttyS0");
	int master = posix_openpt(O_RDWR | O_NOCTTY);
	assert_true(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0);
	assert_int_equal(symlinkat(ptsname(master), g_kernel.folder, "ttyS0"), 0);
	int fd = open_entry(entry);
	assert_true(fd >= 0);
	assert_int_equal(tcgetattr(fd, &terminal), 0);
	assert_int_equal(cfgetispeed(&terminal), B19200);
	assert_int_equal(cfgetospeed(&terminal), B19200);
	assert_int_equal(terminal.c_lflag & (ECHO | ICANON | ISIG), 0);
	assert_int_equal(terminal.c_oflag & OPOST, 0);
	int exclusive = 0;
	assert_int_equal(syscall(SYS_ioctl, fd, TIOCGEXCL, &exclusive), 0);
	assert_int_equal(exclusive, 1);
	assert_int_equal(write(fd, "a\n", 2), 2);
	char bytes[8];
	assert_int_equal(read(master, bytes, sizeof(bytes)), 2); /* no \r added */
	close(fd);
	close(master);
}

static void what_nobody_could_have_granted_is_not_opened(void **state)
{
	refused((struct os_hardware_entry){.kind = OS_HARDWARE_SERIAL, .name = "x", .device = "mem",
	                                   .value = 9600},
	        -EINVAL, "expected a serial port such as \"serial0\" or \"ttyUSB0\"");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_line_is_found_by_its_name),
		TEST(a_line_is_found_by_its_number_on_a_chip),
		TEST(a_line_that_cannot_be_had_is_named),
		TEST(an_address_is_set_before_the_bus_is_handed_over),
		TEST(a_port_is_raw_and_for_one_alone),
		TEST(what_nobody_could_have_granted_is_not_opened),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
