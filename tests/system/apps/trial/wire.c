#include "wire.h"

#include <errno.h>
#include <os/os.h>
#include <poll.h>
#include <stdarg.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define HEADER 24 /* type, size, flow, serial, status */
#define MOST_FDS 64
#define PATIENCE_MS 1000

/* --- Bytes -------------------------------------------------------------------------------------------- */

static size_t add(uint8_t *bytes, size_t at, const void *value, size_t size)
{
	memcpy(bytes + at, value, size);
	return at + size;
}

static size_t write_message(uint8_t *bytes, uint32_t type, const char *values, va_list list)
{
	size_t at = HEADER;
	memset(bytes, 0, HEADER);
	for (; *values != '\0'; values++) {
		if (*values == 'u') {
			uint32_t value = va_arg(list, uint32_t);
			at = add(bytes, at, &value, sizeof(value));
		} else if (*values == 't') {
			uint64_t value = va_arg(list, uint64_t);
			at = add(bytes, at, &value, sizeof(value));
		} else if (*values == 'd') {
			double value = va_arg(list, double);
			at = add(bytes, at, &value, sizeof(value));
		} else {
			uint8_t value = (uint8_t)va_arg(list, int);
			at = add(bytes, at, &value, sizeof(value));
		}
	}
	uint32_t size = (uint32_t)at;
	memcpy(bytes, &type, sizeof(type));
	memcpy(bytes + sizeof(type), &size, sizeof(size));
	return at;
}

/* --- The connection ------------------------------------------------------------------------------------- */

int wire_open(struct wire *wire)
{
	*wire = (struct wire){.fd = os_process_introduce_wait("compositor", 5 * OS_US_PER_S, NULL)};
	return wire->fd < 0 ? wire->fd : 0;
}

void wire_close(struct wire *wire)
{
	os_fd_close(wire->fd);
}

int wire_send_raw(struct wire *wire, const void *bytes, size_t length, const int *fds, int fd_count)
{
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(sizeof(int) * MOST_FDS)];
	} control = {0};
	struct iovec part = {(void *)bytes, length};
	struct msghdr packet = {.msg_iov = &part, .msg_iovlen = 1};
	if (fd_count > 0) {
		packet.msg_control = &control;
		packet.msg_controllen = CMSG_SPACE(sizeof(int) * (size_t)fd_count);
		control.header = (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof(int) * (size_t)fd_count),
		                                  .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
		memcpy(CMSG_DATA(&control.header), fds, sizeof(int) * (size_t)fd_count);
	}
	/* The socket does not block: what does not fit waits here, as a patient enemy would. */
	ssize_t sent;
	while ((sent = sendmsg(wire->fd, &packet, MSG_NOSIGNAL)) < 0 && errno == EAGAIN) {
		struct pollfd poll_fd = {.fd = wire->fd, .events = POLLOUT};
		if (poll(&poll_fd, 1, PATIENCE_MS) <= 0) {
			return -ETIMEDOUT;
		}
	}
	return sent < 0 ? -errno : 0;
}

void wire_send(struct wire *wire, uint32_t type, const char *values, ...)
{
	uint8_t bytes[HEADER + 256];
	va_list list;
	va_start(list, values);
	size_t length = write_message(bytes, type, values, list);
	va_end(list);
	wire_send_raw(wire, bytes, length, NULL, 0);
}

bool wire_was_closed(struct wire *wire)
{
	static uint8_t bytes[65536];
	struct pollfd poll_fd = {.fd = wire->fd, .events = POLLIN};
	while (poll(&poll_fd, 1, PATIENCE_MS) > 0) {
		ssize_t got = recv(wire->fd, bytes, sizeof(bytes), MSG_DONTWAIT);
		if (got == 0 || (got < 0 && errno != EAGAIN)) {
			return true;
		}
	}
	return false;
}

/* --- Words that several attacks begin with ----------------------------------------------------------------- */

void wire_scene(struct wire *wire)
{
	wire_send(wire, MD_SCENE_CREATE, "uuub", WIRE_SCENE, (uint32_t)MD_SCENE_APP, WIRE_ROOT, 0);
}

void wire_op(struct wire *wire, enum wire_op op, const char *values, ...)
{
	uint8_t bytes[HEADER + 256];
	va_list list;
	va_start(list, values);
	size_t length = write_message(bytes, op, values, list);
	va_end(list);
	if (wire->ops_length + length <= sizeof(wire->ops)) {
		wire->ops_length = add(wire->ops, wire->ops_length, bytes, length);
	}
}

void wire_commit(struct wire *wire)
{
	static uint8_t bytes[HEADER + 4 + sizeof(wire->ops)];
	uint32_t type = MD_SCENE_OPS, length = (uint32_t)wire->ops_length, size = HEADER + 4 + length;
	wire_send(wire, MD_SCENE_BEGIN, "u", WIRE_SCENE);
	memset(bytes, 0, HEADER);
	memcpy(bytes, &type, sizeof(type));
	memcpy(bytes + 4, &size, sizeof(size));
	memcpy(bytes + HEADER, &length, sizeof(length));
	memcpy(bytes + HEADER + 4, wire->ops, length);
	wire_send_raw(wire, bytes, size, NULL, 0);
	wire->ops_length = 0;
	wire_send(wire, MD_SCENE_COMMIT, "uuttu", WIRE_SCENE, 1u, UINT64_C(0), UINT64_C(0), 0u);
}

int wire_arena(struct wire *wire, uint32_t id, uint32_t bytes)
{
	wire_send(wire, MD_SCENE_ARENA, "uu", id, bytes);
	struct pollfd poll_fd = {.fd = wire->fd, .events = POLLIN};
	while (poll(&poll_fd, 1, PATIENCE_MS) > 0) {
		union {
			struct cmsghdr header;
			char bytes[CMSG_SPACE(sizeof(int))];
		} control = {0};
		uint32_t words[64];
		struct iovec part = {words, sizeof(words)};
		struct msghdr packet = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control,
		                        .msg_controllen = sizeof(control)};
		if (recvmsg(wire->fd, &packet, MSG_DONTWAIT) <= 0) {
			return -1;
		}
		if (words[0] == MD_SCENE_ARENA_GIVEN) {
			int fd = -1;
			if (packet.msg_controllen >= CMSG_LEN(sizeof(int))) {
				memcpy(&fd, CMSG_DATA(&control.header), sizeof(fd));
			}
			return fd;
		}
	}
	return -1;
}
