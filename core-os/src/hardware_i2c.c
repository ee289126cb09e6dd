/* One address of a bus. The supervisor has set it on the descriptor, and the filter lets no call
 * through that could name another one: I2C_SMBUS, read and write use what was set, I2C_RDWR does not. */
#include "hardware_private.h"

#include <errno.h>
#include <linux/i2c-dev.h>
#include <linux/i2c.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static int smbus(int fd, bool reads, uint8_t command, uint32_t size, union i2c_smbus_data *data)
{
	struct i2c_smbus_ioctl_data call = {.read_write = reads ? I2C_SMBUS_READ : I2C_SMBUS_WRITE,
	                                    .command = command,
	                                    .size = size,
	                                    .data = data};
	return ioctl(fd, I2C_SMBUS, &call) < 0 ? -errno : 0;
}

/* A register, then what is in it, without a stop between. */
static int read_register(int fd, uint8_t which, void *bytes, size_t length)
{
	union i2c_smbus_data data = {.block = {(uint8_t)length}};
	int result = smbus(fd, true, which, I2C_SMBUS_I2C_BLOCK_DATA, &data);
	if (result == 0 && data.block[0] != length) {
		result = -EIO; /* the device gave fewer */
	}
	if (result == 0) {
		memcpy(bytes, data.block + 1, length);
	}
	return result;
}

static int write_register(int fd, const uint8_t *bytes, size_t length)
{
	union i2c_smbus_data data = {.block = {(uint8_t)(length - 1)}};
	memcpy(data.block + 1, bytes + 1, length - 1);
	return smbus(fd, false, bytes[0], I2C_SMBUS_I2C_BLOCK_DATA, &data);
}

static int plain_write(int fd, const void *bytes, size_t length)
{
	ssize_t written = write(fd, bytes, length);
	return written < 0 ? -errno : (size_t)written == length ? 0 : -EIO;
}

static int plain_read(int fd, void *bytes, size_t length)
{
	ssize_t got = read(fd, bytes, length);
	return got < 0 ? -errno : (size_t)got == length ? 0 : -EIO;
}

static bool can(int fd, unsigned long wanted)
{
	unsigned long has = 0;
	return ioctl(fd, I2C_FUNCS, &has) == 0 && (has & wanted) == wanted;
}

static int run(int fd, const struct os_i2c_transfer *transfer)
{
	const uint8_t *bytes = transfer->write;
	size_t writes = transfer->write_length, reads = transfer->read_length;
	if (writes == 1 && reads > 0 && reads <= I2C_SMBUS_BLOCK_MAX &&
	    can(fd, I2C_FUNC_SMBUS_READ_I2C_BLOCK)) {
		return read_register(fd, bytes[0], transfer->read, reads);
	}
	if (reads == 0 && writes > 1 && writes <= 1 + I2C_SMBUS_BLOCK_MAX &&
	    can(fd, I2C_FUNC_SMBUS_WRITE_I2C_BLOCK)) {
		return write_register(fd, bytes, writes);
	}
	int result = writes > 0 ? plain_write(fd, bytes, writes) : 0;
	return result == 0 && reads > 0 ? plain_read(fd, transfer->read, reads) : result;
}

int os_i2c_transfer(struct os_hardware *line, const struct os_i2c_transfer *transfer)
{
	if (line->fd < 0) {
		return -ENOTCONN;
	}
	if (line->kind != OS_HARDWARE_I2C) {
		return -ENOTSUP;
	}
	if (transfer->write_length > OS_I2C_MAX_BYTES || transfer->read_length > OS_I2C_MAX_BYTES) {
		return -EMSGSIZE;
	}
	return run(line->fd, transfer);
}
