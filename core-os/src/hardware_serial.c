#include "hardware_private.h"

#include <errno.h>
#include <termios.h>
#include <unistd.h>

#define MAX_UNSENT (64 << 10)

unsigned hardware_speed(int32_t bits_a_second)
{
	static const struct {
		int32_t bits_a_second;
		unsigned speed;
	} speeds[] = {
		{300, B300},       {600, B600},       {1200, B1200},     {2400, B2400},     {4800, B4800},
		{9600, B9600},     {19200, B19200},   {38400, B38400},   {57600, B57600},   {115200, B115200},
		{230400, B230400}, {460800, B460800}, {921600, B921600},
	};
	for (size_t i = 0; i < OS_ARRAY_LEN(speeds); i++) {
		if (speeds[i].bits_a_second == bits_a_second) {
			return speeds[i].speed;
		}
	}
	return 0;
}

static void read_bytes(struct os_hardware *line)
{
	char bytes[4096];
	ssize_t length = read(line->fd, bytes, sizeof(bytes));
	if (length > 0) {
		if (line->delegate.received != NULL) {
			line->delegate.received(line->context, line, bytes, (size_t)length);
		}
	} else if (length == 0 || (errno != EAGAIN && errno != EINTR)) {
		hardware_lose(line, length == 0 ? -ENODEV : -errno);
	}
}

static int send_unsent(struct os_hardware *line)
{
	while (line->unsent.length > 0) {
		ssize_t sent = write(line->fd, line->unsent.bytes, line->unsent.length);
		if (sent < 0 && errno == EINTR) {
			continue;
		}
		if (sent < 0) {
			return errno == EAGAIN ? 0 : -errno;
		}
		os_buffer_remove(&line->unsent, 0, (size_t)sent);
	}
	return 0;
}

static void update_events(struct os_hardware *line)
{
	os_source_set_events(line->source,
	                     OS_LOOP_READ | (line->unsent.length > 0 ? OS_LOOP_WRITE : 0));
}

void hardware_serial_ready(struct os_hardware *line, uint32_t events)
{
	if ((events & OS_LOOP_WRITE) != 0) {
		int result = send_unsent(line);
		if (result < 0) {
			hardware_lose(line, result);
			return;
		}
		update_events(line);
	}
	if ((events & (OS_LOOP_READ | OS_LOOP_HANGUP)) != 0) {
		read_bytes(line);
	}
}

int os_serial_write(struct os_hardware *line, const void *bytes, size_t length)
{
	if (line->fd < 0) {
		return -ENOTCONN;
	}
	if (line->kind != OS_HARDWARE_SERIAL) {
		return -ENOTSUP;
	}
	if (length > MAX_UNSENT || line->unsent.length > MAX_UNSENT - length) {
		return -ENOBUFS;
	}
	os_buffer_add(&line->unsent, bytes, length);
	int result = send_unsent(line); /* a failure is told by `lost` as well, when the loop sees it */
	update_events(line);
	return result;
}
