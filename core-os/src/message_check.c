/* The door: bytes from another process become a message here, or are refused whole. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <os/file.h>
#include <os/status.h>

#include "message_private.h"
#include "signature.h"
#include "utf8.h"

#define LEAST_STATUS -4095 /* the kernel's MAX_ERRNO */

struct check {
	const char *bytes;
	size_t at, length;
	uint32_t fds_wanted;
	const char *fault; /* what was wrong, NULL while nothing is */
};

static bool take(struct check *check, void *value, size_t size)
{
	if (check->length - check->at < size) {
		check->fault = "it ends too early";
		return false;
	}
	memcpy(value, check->bytes + check->at, size);
	check->at += size;
	return true;
}

static bool check_flag(struct check *check, uint32_t *ret_value)
{
	uint8_t byte;
	if (!take(check, &byte, 1)) {
		return false;
	}
	if (byte > 1) {
		check->fault = "a bool that is neither";
	}
	*ret_value = byte;
	return check->fault == NULL;
}

static bool check_double(struct check *check)
{
	double value;
	if (take(check, &value, sizeof(value)) && !isfinite(value)) {
		check->fault = "a number that is not finite";
	}
	return check->fault == NULL;
}

static bool check_sized(struct check *check, const struct signature_item *item)
{
	uint32_t length;
	if (!take(check, &length, sizeof(length))) {
		return false;
	}
	bool is_text = item->kind == 's';
	if (length > item->bound) {
		check->fault = is_text ? "text over its bound" : "bytes over their bound";
		return false;
	}
	if (check->length - check->at < (size_t)length + is_text) {
		check->fault = "it ends too early";
		return false;
	}
	const char *bytes = check->bytes + check->at;
	check->at += (size_t)length + is_text;
	if (is_text && (bytes[length] != '\0' || memchr(bytes, '\0', length) != NULL)) {
		check->fault = "text with a NUL inside or none behind";
	} else if (is_text && !utf8_is_valid(bytes, length)) {
		check->fault = "text that is not UTF-8";
	}
	return check->fault == NULL;
}

static bool check_scalar(struct check *check, const struct signature_item *item)
{
	char skipped[8];
	uint32_t flag = 0;
	switch (item->kind) {
	case 'b':
		return check_flag(check, &flag);
	case 'i':
	case 'u':
		return take(check, skipped, 4);
	case 'x':
	case 't':
		return take(check, skipped, 8);
	case 'd':
		return check_double(check);
	case 'h':
		check->fds_wanted++;
		return true;
	case 'H':
		if (!check_flag(check, &flag)) {
			return false;
		}
		check->fds_wanted += flag;
		return true;
	default:
		return check_sized(check, item);
	}
}

static bool check_array(struct check *check, const struct signature_item *array)
{
	uint32_t count;
	if (!take(check, &count, sizeof(count))) {
		return false;
	}
	if (count > array->bound) {
		check->fault = "more elements than allowed";
		return false;
	}
	for (uint32_t i = 0; i < count; i++) {
		struct signature_item item;
		for (const char *at = array->inner; signature_next(at, &item) > 0; at = item.next) {
			if (!check_scalar(check, &item)) {
				return false;
			}
		}
	}
	return true;
}

static void check_values(struct check *check, const char *signature)
{
	struct signature_item item;
	for (const char *at = signature; signature_next(at, &item) > 0; at = item.next) {
		bool good = item.kind == 'a' ? check_array(check, &item) : check_scalar(check, &item);
		if (!good) {
			return;
		}
	}
	if (check->at != check->length) {
		check->fault = "bytes behind the last value";
	}
}

static const char *header_fault(const struct os_message *message)
{
	const struct os_message_header *header = &message->header;
	bool is_reply = (header->type & OS_MESSAGE_REPLY_BIT) != 0;
	if (header->size != message->bytes.length) {
		return "its size is not what its header says";
	}
	if (is_reply && (message->type->reply == NULL || header->serial == 0)) {
		return "a reply to what has none";
	}
	if (!is_reply && message->type->reply == NULL && header->serial != 0) {
		return "a serial where no reply is due";
	}
	if (header->status > 0 || header->status < LEAST_STATUS || (!is_reply && header->status != 0)) {
		return "an unknown status";
	}
	return NULL;
}

static const struct os_message_type *find_type(const struct os_interface *interface,
                                               bool from_client, uint32_t wire_type)
{
	bool is_reply = (wire_type & OS_MESSAGE_REPLY_BIT) != 0;
	uint32_t index = wire_type & ~OS_MESSAGE_REPLY_BIT;
	bool is_request = from_client != is_reply; /* replies run against their table's direction */
	uint32_t count = is_request ? interface->request_count : interface->event_count;
	const struct os_message_type *types = is_request ? interface->requests : interface->events;
	return index < count && types[index].name != NULL ? &types[index] : NULL;
}

int message_check(const struct os_interface *interface, bool from_client,
                  struct os_message *message, struct os_error *ret_error)
{
	size_t length = message->bytes.length;
	if (length < sizeof(message->header) || length > OS_MESSAGE_MAX_BYTES) {
		return os_error_set(ret_error, -EBADMSG, "%s: a message of %zu bytes", interface->name,
		                    length);
	}
	memcpy(&message->header, message->bytes.bytes, sizeof(message->header));
	message->type = find_type(interface, from_client, message->header.type);
	if (message->type == NULL) {
		return os_error_set(ret_error, -EBADMSG, "%s: no message has the number %u",
		                    interface->name, message->header.type & ~OS_MESSAGE_REPLY_BIT);
	}
	bool is_reply = (message->header.type & OS_MESSAGE_REPLY_BIT) != 0;
	message->signature = is_reply ? message->type->reply : message->type->signature;
	message->signature = message->signature == NULL ? "" : message->signature;
	struct check check = {.bytes = message->bytes.bytes,
	                      .at = sizeof(message->header),
	                      .length = length,
	                      .fault = header_fault(message)};
	if (check.fault == NULL) {
		check_values(&check, message->header.status < 0 ? "" : message->signature);
	}
	if (check.fault == NULL && check.fds_wanted != message->fd_count) {
		check.fault = "another number of descriptors than its signature has";
	}
	if (check.fault != NULL) {
		return os_error_set(ret_error, -EBADMSG, "%s.%s: %s, at byte %zu", interface->name,
		                    message->type->name, check.fault, check.at);
	}
	message_rewind(message);
	return 0;
}

int os_message_decode(const struct os_interface *interface, bool from_client, const void *bytes,
                      size_t length, const int *fds, uint32_t fd_count,
                      struct os_message *message, struct os_error *ret_error)
{
	memset(message, 0, sizeof(*message));
	for (uint32_t i = 0; i < fd_count; i++) {
		if (message->fd_count < OS_MESSAGE_MAX_FDS) {
			message->fds[message->fd_count++] = fds[i];
		} else {
			os_fd_close(fds[i]);
		}
	}
	int result = -EBADMSG;
	if (fd_count > OS_MESSAGE_MAX_FDS || length > OS_MESSAGE_MAX_BYTES) {
		os_error_set(ret_error, result, "%s: a message of %zu bytes and %u descriptors",
		             interface->name, length, fd_count);
	} else {
		os_buffer_add(&message->bytes, bytes, length);
		result = message_check(interface, from_client, message, ret_error);
	}
	if (result < 0) {
		os_message_finish(message);
	}
	return result;
}
