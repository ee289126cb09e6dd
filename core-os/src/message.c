#include <os/message.h>

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <os/file.h>
#include <os/trace.h>

#include "message_private.h"
#include "signature.h"
#include "utf8.h"

static void begin(struct os_message *message, const struct os_message_type *type,
                  const char *signature)
{
	memset(message, 0, sizeof(*message));
	message->type = type;
	message->signature = signature == NULL ? "" : signature;
	message->next = message->signature;
	message->bytes.limit = OS_MESSAGE_MAX_BYTES;
	message->header.flow = os_flow_current();
	os_buffer_add(&message->bytes, &message->header, sizeof(message->header));
}

void os_message_init(struct os_message *message, const struct os_message_type *type, uint32_t index)
{
	begin(message, type, type->signature);
	message->header.type = index;
}

void os_message_init_reply(struct os_message *message, const struct os_message *request)
{
	os_message_init_late_reply(message, request->type, request->header.type,
	                           request->header.serial);
	message->header.flow = request->header.flow;
}

void os_message_init_late_reply(struct os_message *message, const struct os_message_type *type,
                                uint32_t index, uint32_t serial)
{
	assert(type->reply != NULL);
	begin(message, type, type->reply);
	message->header.type = index | OS_MESSAGE_REPLY_BIT;
	message->header.serial = serial;
}

void os_message_finish(struct os_message *message)
{
	for (uint32_t i = 0; i < message->fd_count; i++) {
		os_fd_close(message->fds[i]);
	}
	message->fd_count = 0;
	os_buffer_finish(&message->bytes);
}

/* --- Where it is in its signature ----------------------------------------------------------- */

static OS_NORETURN void wrong_type(const struct os_message *message, char kind)
{
	fprintf(stderr, "message %s: '%c' where the signature \"%s\" has \"%s\"\n",
	        message->type->name, kind, message->signature, message->next);
	abort();
}

uint32_t message_expect(struct os_message *message, char kind)
{
	struct signature_item item;
	if (signature_next(message->next, &item) <= 0 || item.kind != kind) {
		wrong_type(message, kind);
	}
	message->next = item.next;
	if (*message->next == ')') {
		message->array_left--;
		message->next = message->array_left > 0 ? message->array_start : message->next + 1;
	}
	return item.bound;
}

static void enter_array(struct os_message *message, uint32_t count, bool check)
{
	struct signature_item item;
	if (signature_next(message->next, &item) <= 0 || item.kind != 'a') {
		wrong_type(message, 'a');
	}
	if (check && count > item.bound) {
		fprintf(stderr, "message %s: %u elements where \"%s\" allows %u\n", message->type->name,
		        count, message->signature, item.bound);
		abort();
	}
	message->array_start = item.inner;
	message->array_left = count;
	message->next = count > 0 ? item.inner : item.next;
}

void message_rewind(struct os_message *message)
{
	message->at = sizeof(struct os_message_header);
	message->next = message->header.status < 0 ? "" : message->signature;
	message->fd_next = 0;
	message->array_left = 0;
}

int message_seal(struct os_message *message)
{
	if (message->header.status == 0 && *message->next != '\0' && !message->bytes.failed) {
		wrong_type(message, '\0');
	}
	if (message->bytes.failed) {
		return -EINVAL;
	}
	message->header.size = (uint32_t)message->bytes.length;
	memcpy(message->bytes.bytes, &message->header, sizeof(message->header));
	return 0;
}

/* --- Writing ---------------------------------------------------------------------------------- */

static void write_plain(struct os_message *message, char kind, const void *value, size_t size)
{
	message_expect(message, kind);
	os_buffer_add(&message->bytes, value, size);
}

void os_message_write_bool(struct os_message *message, bool value)
{
	uint8_t byte = value;
	write_plain(message, 'b', &byte, 1);
}

void os_message_write_i32(struct os_message *message, int32_t value)
{
	write_plain(message, 'i', &value, sizeof(value));
}

void os_message_write_u32(struct os_message *message, uint32_t value)
{
	write_plain(message, 'u', &value, sizeof(value));
}

void os_message_write_i64(struct os_message *message, int64_t value)
{
	write_plain(message, 'x', &value, sizeof(value));
}

void os_message_write_u64(struct os_message *message, uint64_t value)
{
	write_plain(message, 't', &value, sizeof(value));
}

void os_message_write_double(struct os_message *message, double value)
{
	write_plain(message, 'd', &value, sizeof(value));
	message->bytes.failed |= !isfinite(value);
}

static void write_sized(struct os_message *message, const void *bytes, size_t length)
{
	uint32_t count = (uint32_t)length;
	os_buffer_add(&message->bytes, &count, sizeof(count));
	os_buffer_add(&message->bytes, bytes, length);
}

void os_message_write_text(struct os_message *message, const char *text)
{
	uint32_t bound = message_expect(message, 's');
	text = text == NULL ? "" : text;
	size_t length = strlen(text);
	if (length > bound || !utf8_is_valid(text, length)) {
		message->bytes.failed = true;
		return;
	}
	write_sized(message, text, length);
	os_buffer_add(&message->bytes, "", 1);
}

void os_message_write_bytes(struct os_message *message, const void *bytes, size_t length)
{
	uint32_t bound = message_expect(message, 'y');
	if (length > bound) {
		message->bytes.failed = true;
		return;
	}
	write_sized(message, bytes, length);
}

void os_message_write_fd(struct os_message *message, int fd)
{
	struct signature_item item;
	bool optional = signature_next(message->next, &item) > 0 && item.kind == 'H';
	message_expect(message, optional ? 'H' : 'h');
	if (optional) {
		uint8_t there = fd >= 0;
		os_buffer_add(&message->bytes, &there, 1);
		if (!there) {
			return;
		}
	}
	int copy = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	if (copy < 0 || message->fd_count == OS_MESSAGE_MAX_FDS) {
		os_fd_close(copy);
		message->bytes.failed = true;
		return;
	}
	message->fds[message->fd_count++] = copy;
}

void os_message_write_count(struct os_message *message, uint32_t count)
{
	enter_array(message, count, true);
	os_buffer_add(&message->bytes, &count, sizeof(count));
}

size_t os_message_room(const struct os_message *message)
{
	return message->bytes.failed ? 0 : OS_MESSAGE_MAX_BYTES - message->bytes.length;
}

/* --- Reading ---------------------------------------------------------------------------------- */

static void read_plain(struct os_message *message, char kind, void *value, size_t size)
{
	message_expect(message, kind);
	assert(message->at + size <= message->bytes.length);
	memcpy(value, message->bytes.bytes + message->at, size);
	message->at += size;
}

bool os_message_read_bool(struct os_message *message)
{
	uint8_t value;
	read_plain(message, 'b', &value, sizeof(value));
	return value != 0;
}

int32_t os_message_read_i32(struct os_message *message)
{
	int32_t value;
	read_plain(message, 'i', &value, sizeof(value));
	return value;
}

uint32_t os_message_read_u32(struct os_message *message)
{
	uint32_t value;
	read_plain(message, 'u', &value, sizeof(value));
	return value;
}

int64_t os_message_read_i64(struct os_message *message)
{
	int64_t value;
	read_plain(message, 'x', &value, sizeof(value));
	return value;
}

uint64_t os_message_read_u64(struct os_message *message)
{
	uint64_t value;
	read_plain(message, 't', &value, sizeof(value));
	return value;
}

double os_message_read_double(struct os_message *message)
{
	double value;
	read_plain(message, 'd', &value, sizeof(value));
	return value;
}

const char *os_message_read_text(struct os_message *message)
{
	uint32_t length;
	read_plain(message, 's', &length, sizeof(length));
	const char *text = message->bytes.bytes + message->at;
	message->at += (size_t)length + 1;
	return text;
}

void message_read_into(struct os_message *message, char *field, size_t size)
{
	const char *text = os_message_read_text(message);
	size_t length = strlen(text);
	assert(length < size);
	memcpy(field, text, length + 1);
}

const void *os_message_read_bytes(struct os_message *message, size_t *ret_length)
{
	uint32_t length;
	read_plain(message, 'y', &length, sizeof(length));
	const void *bytes = message->bytes.bytes + message->at;
	message->at += length;
	*ret_length = length;
	return bytes;
}

int os_message_take_fd(struct os_message *message)
{
	struct signature_item item;
	if (signature_next(message->next, &item) > 0 && item.kind == 'H') {
		uint8_t there;
		read_plain(message, 'H', &there, 1);
		if (!there) {
			return -1;
		}
	} else {
		message_expect(message, 'h');
	}
	int fd = message->fds[message->fd_next];
	message->fds[message->fd_next++] = -1;
	return fd;
}

uint32_t os_message_read_count(struct os_message *message)
{
	uint32_t count;
	assert(message->at + sizeof(count) <= message->bytes.length);
	memcpy(&count, message->bytes.bytes + message->at, sizeof(count));
	message->at += sizeof(count);
	enter_array(message, count, false);
	return count;
}
