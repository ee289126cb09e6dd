#include "hardware_open.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/i2c-dev.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <os/file.h>

#include "hardware_private.h"

/* What the groups are called by which a device's user may open these, on Debian and its like. */
static const char *group_of(uint32_t kind)
{
	return kind == OS_HARDWARE_I2C ? "i2c" : kind == OS_HARDWARE_SERIAL ? "dialout" : "gpio";
}

static int fail_to_open(const struct hardware_wish *wish, const char *path, int status,
                        struct os_error *ret_error)
{
	if (status == -ENOENT || status == -ENXIO || status == -ENODEV) {
		return os_error_set(ret_error, status, "this board has no %s", path);
	}
	if (status == -EACCES || status == -EPERM) {
		return os_error_set(ret_error, status, "Strata's user may not open %s: is it in the group %s?",
		                    path, group_of(wish->entry->kind));
	}
	if (status == -EBUSY) {
		return os_error_set(ret_error, status, "%s is used by another program", path);
	}
	return os_error_set(ret_error, status, "%s: %s", path, os_status_text(status));
}

/* Only a character device: a manifest names no file. */
static int open_device(const struct hardware_wish *wish, const char *name, struct os_error *ret_error)
{
	struct stat info;
	int fd = openat(wish->devices, name, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	int result = fd < 0 ? -errno : fstat(fd, &info) < 0 ? -errno : 0;
	if (result == 0 && !S_ISCHR(info.st_mode)) {
		result = -ENODEV;
	}
	if (result < 0) {
		os_fd_close(fd);
		return fail_to_open(wish, name, result, ret_error);
	}
	return fd;
}

/* --- I2C ------------------------------------------------------------------------------------------------ */

static int open_address(const struct hardware_wish *wish, struct os_error *ret_error)
{
	const struct os_hardware_entry *entry = wish->entry;
	char name[32];
	snprintf(name, sizeof(name), "i2c-%d", entry->number);
	int fd = open_device(wish, name, ret_error);
	if (fd < 0) {
		return fd;
	}
	(void)os_fd_set_nonblocking(fd, false);
	if (ioctl(fd, I2C_SLAVE, (long)entry->value) < 0) {
		int result = -errno;
		close(fd);
		return result == -EBUSY
		           ? os_error_set(ret_error, result,
		                          "address 0x%02x of %s is used by a driver of the kernel",
		                          (unsigned)entry->value, name)
		           : fail_to_open(wish, name, result, ret_error);
	}
	return fd;
}

/* --- Serial --------------------------------------------------------------------------------------------- */

/* Bytes as they are, at that speed, for one program alone. */
static int set_terminal(int fd, int32_t bits_a_second)
{
	struct termios terminal;
	speed_t speed = hardware_speed(bits_a_second);
	if (ioctl(fd, TIOCEXCL) < 0 || tcgetattr(fd, &terminal) < 0) {
		return -errno;
	}
	cfmakeraw(&terminal);
	terminal.c_cflag |= CLOCAL | CREAD;
	terminal.c_cflag &= ~(tcflag_t)(CSTOPB | CRTSCTS | HUPCL);
	terminal.c_cc[VMIN] = 1;
	terminal.c_cc[VTIME] = 0;
	if (cfsetispeed(&terminal, speed) < 0 || cfsetospeed(&terminal, speed) < 0 ||
	    tcsetattr(fd, TCSANOW, &terminal) < 0) {
		return -errno;
	}
	(void)tcflush(fd, TCIOFLUSH); /* what came before is nobody's */
	return 0;
}

static int open_port(const struct hardware_wish *wish, struct os_error *ret_error)
{
	const struct os_hardware_entry *entry = wish->entry;
	int fd = open_device(wish, entry->device, ret_error);
	if (fd < 0) {
		return fd;
	}
	int result = set_terminal(fd, entry->value);
	if (result < 0) {
		close(fd);
		return os_error_set(ret_error, result, "%s cannot be set to %d bits a second: %s",
		                    entry->device, entry->value, os_status_text(result));
	}
	return fd;
}

int hardware_open(const struct hardware_wish *wish, struct os_error *ret_error)
{
	int result = os_hardware_check(wish->entry, ret_error);
	if (result < 0) {
		return result;
	}
	switch (wish->entry->kind) {
	case OS_HARDWARE_I2C:
		return open_address(wish, ret_error);
	case OS_HARDWARE_SERIAL:
		return open_port(wish, ret_error);
	default:
		return hardware_open_line(wish, ret_error);
	}
}
