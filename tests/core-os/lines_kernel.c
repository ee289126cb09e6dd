#include "lines_kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/gpio.h>
#include <linux/i2c-dev.h>
#include <linux/i2c.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

struct lines_kernel g_kernel;

static const char *const s_chips[] = {"gpiochip0", NULL, "gpiochip2"};

void lines_kernel_begin(void)
{
	memset(&g_kernel, 0, sizeof(g_kernel));
	snprintf(g_kernel.path, sizeof(g_kernel.path), "/tmp/strata-lines-XXXXXX");
	if (mkdtemp(g_kernel.path) == NULL || pipe(g_kernel.pipe) < 0) {
		abort();
	}
	g_kernel.folder = open(g_kernel.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	for (int i = 0; i < 3; i++) {
		if (s_chips[i] != NULL) {
			close(openat(g_kernel.folder, s_chips[i], O_CREAT | O_RDWR, 0600));
		}
	}
	/* A bus is a character device; this one takes and gives nothing by itself. */
	if (symlinkat("/dev/null", g_kernel.folder, "i2c-1") < 0) {
		abort();
	}
}

void lines_kernel_end(void)
{
	for (int i = 0; i < 3; i++) {
		if (s_chips[i] != NULL) {
			unlinkat(g_kernel.folder, s_chips[i], 0);
		}
	}
	unlinkat(g_kernel.folder, "i2c-1", 0);
	unlinkat(g_kernel.folder, "ttyS0", 0);
	close(g_kernel.folder);
	close(g_kernel.pipe[0]);
	close(g_kernel.pipe[1]);
	rmdir(g_kernel.path);
}

/* The number of the chip whose file this is, -1. */
static int chip_of(int fd)
{
	struct stat info, chip;
	for (int i = 0; i < 3 && fstat(fd, &info) == 0; i++) {
		if (s_chips[i] != NULL && fstatat(g_kernel.folder, s_chips[i], &chip, 0) == 0 &&
		    chip.st_ino == info.st_ino && chip.st_dev == info.st_dev) {
			return i;
		}
	}
	return -1;
}

static int fail(int error)
{
	errno = error;
	return -1;
}

static int tell_chip(int chip, struct gpiochip_info *info)
{
	memset(info, 0, sizeof(*info));
	snprintf(info->name, sizeof(info->name), "%s", s_chips[chip]);
	snprintf(info->label, sizeof(info->label), "%s", chip == 0 ? "pinctrl-test" : "expander");
	info->lines = chip == 0 ? 28 : 4;
	return 0;
}

static bool is_used(int chip, uint32_t offset)
{
	return chip == 0 && offset == 5;
}

static int tell_line(int chip, struct gpio_v2_line_info *info)
{
	uint32_t offset = info->offset;
	memset(info, 0, sizeof(*info));
	info->offset = offset;
	if (offset >= (chip == 0 ? 28u : 4u)) {
		return fail(EINVAL);
	}
	if (chip == 0) {
		snprintf(info->name, sizeof(info->name), "GPIO%u", offset);
	}
	if (is_used(chip, offset)) {
		info->flags = GPIO_V2_LINE_FLAG_USED;
		snprintf(info->consumer, sizeof(info->consumer), "spi0 CS0");
	}
	return 0;
}

static int give_line(int chip, struct gpio_v2_line_request *request)
{
	if (request->num_lines != 1 || is_used(chip, request->offsets[0])) {
		return fail(request->num_lines != 1 ? EINVAL : EBUSY);
	}
	g_kernel.requests++;
	g_kernel.offset = request->offsets[0];
	g_kernel.flags = request->config.flags;
	memcpy(g_kernel.consumer, request->consumer, sizeof(g_kernel.consumer));
	request->fd = fcntl(g_kernel.pipe[0], F_DUPFD_CLOEXEC, 3);
	return 0;
}

static int call_bus(const struct i2c_smbus_ioctl_data *call)
{
	g_kernel.command = call->command;
	g_kernel.reads = call->read_write == I2C_SMBUS_READ;
	if (g_kernel.reads) {
		memcpy(call->data->block + 1, g_kernel.bytes + 1, call->data->block[0]);
	} else {
		memcpy(g_kernel.bytes, call->data->block, sizeof(g_kernel.bytes));
	}
	return 0;
}

int ioctl(int fd, unsigned long request, ...)
{
	va_list arguments;
	va_start(arguments, request);
	void *data = va_arg(arguments, void *);
	va_end(arguments);
	int chip = chip_of(fd);
	struct gpio_v2_line_values *values = data;
	switch (request) {
	case GPIO_GET_CHIPINFO_IOCTL:
		return chip < 0 ? fail(ENOTTY) : tell_chip(chip, data);
	case GPIO_V2_GET_LINEINFO_IOCTL:
		return chip < 0 ? fail(ENOTTY) : tell_line(chip, data);
	case GPIO_V2_GET_LINE_IOCTL:
		return chip < 0 ? fail(ENOTTY) : give_line(chip, data);
	case GPIO_V2_LINE_SET_VALUES_IOCTL:
		g_kernel.level = (values->bits & values->mask & 1) != 0;
		return 0;
	case GPIO_V2_LINE_GET_VALUES_IOCTL:
		values->bits = g_kernel.level;
		return 0;
	case I2C_SLAVE:
		g_kernel.address = (long)(intptr_t)data;
		return g_kernel.address_busy ? fail(EBUSY) : 0;
	case I2C_FUNCS:
		*(unsigned long *)data = g_kernel.no_blocks ? 0 : I2C_FUNC_SMBUS_I2C_BLOCK;
		return 0;
	case I2C_SMBUS:
		return call_bus(data);
	default:
		return (int)syscall(SYS_ioctl, fd, request, data);
	}
}
