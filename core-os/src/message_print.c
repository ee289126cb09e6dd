#include <os/message.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <os/status.h>

#include "message_private.h"
#include "signature.h"

#define TEXT_SHOWN 60
#define ELEMENTS_SHOWN 4

static void print_text(struct os_buffer *text, const char *value)
{
	size_t length = strlen(value);
	size_t shown = length <= TEXT_SHOWN ? length : TEXT_SHOWN;
	while (shown < length && shown > 0 && (value[shown] & 0xc0) == 0x80) {
		shown--; /* not inside a character */
	}
	os_buffer_add_char(text, '"');
	for (size_t i = 0; i < shown; i++) {
		unsigned char c = (unsigned char)value[i];
		if (c == '"' || c == '\\') {
			os_buffer_printf(text, "\\%c", c);
		} else if (c < 0x20 || c == 0x7f) {
			os_buffer_printf(text, "\\x%02x", c);
		} else {
			os_buffer_add_char(text, (char)c);
		}
	}
	os_buffer_add_text(text, shown < length ? "…\"" : "\"");
}

static void print_bytes(struct os_buffer *text, struct os_message *message)
{
	size_t length;
	os_message_read_bytes(message, &length);
	os_buffer_printf(text, "<%zu bytes>", length);
}

static void print_fd(struct os_buffer *text, struct os_message *message, char kind)
{
	bool there = true;
	if (kind == 'H') {
		message_expect(message, 'H');
		there = message->bytes.bytes[message->at++] != 0;
	} else {
		message_expect(message, 'h');
	}
	os_buffer_add_text(text, there ? "<fd>" : "<no fd>");
}

static void print_scalar(struct os_buffer *text, struct os_message *message, char kind)
{
	switch (kind) {
	case 'b':
		os_buffer_add_text(text, os_message_read_bool(message) ? "true" : "false");
		return;
	case 'i':
		os_buffer_printf(text, "%" PRId32, os_message_read_i32(message));
		return;
	case 'u':
		os_buffer_printf(text, "%" PRIu32, os_message_read_u32(message));
		return;
	case 'x':
		os_buffer_printf(text, "%" PRId64, os_message_read_i64(message));
		return;
	case 't':
		os_buffer_printf(text, "%" PRIu64, os_message_read_u64(message));
		return;
	case 'd':
		os_buffer_printf(text, "%g", os_message_read_double(message));
		return;
	case 's':
		print_text(text, os_message_read_text(message));
		return;
	case 'y':
		print_bytes(text, message);
		return;
	default:
		print_fd(text, message, kind);
		return;
	}
}

/* Prints the first elements; all of them are read, since what follows lies behind them. */
static void print_array(struct os_buffer *text, struct os_message *message,
                        const struct signature_item *array)
{
	uint32_t count = os_message_read_count(message);
	struct os_buffer unseen = {0};
	os_buffer_add_char(text, '[');
	for (uint32_t i = 0; i < count; i++) {
		struct os_buffer *out = i < ELEMENTS_SHOWN ? text : &unseen;
		struct signature_item item;
		os_buffer_add_text(out, i == 0 ? "(" : ", (");
		for (const char *at = array->inner; signature_next(at, &item) > 0; at = item.next) {
			os_buffer_add_text(out, at == array->inner ? "" : ", ");
			print_scalar(out, message, item.kind);
		}
		os_buffer_add_char(out, ')');
		os_buffer_clear(&unseen);
	}
	if (count > ELEMENTS_SHOWN) {
		os_buffer_printf(text, ", … %" PRIu32 " in all", count);
	}
	os_buffer_add_char(text, ']');
	os_buffer_finish(&unseen);
}

void os_message_print(const struct os_interface *interface, bool from_client,
                      const struct os_message *message, struct os_buffer *text)
{
	struct os_message copy = *message; /* its place in the values moves; its memory is not owned */
	message_rewind(&copy);
	bool is_reply = (copy.header.type & OS_MESSAGE_REPLY_BIT) != 0;
	const char *arrow = is_reply ? " =" : from_client ? "" : "!";
	os_buffer_printf(text, "%s.%s%s", interface->name, copy.type->name, arrow);
	if (copy.header.status < 0) {
		os_buffer_printf(text, " error: %s", os_status_text(copy.header.status));
		return;
	}
	os_buffer_add_text(text, is_reply ? " (" : "(");
	struct signature_item item;
	bool first = true;
	for (const char *at = copy.signature; signature_next(at, &item) > 0; at = item.next) {
		os_buffer_add_text(text, first ? "" : ", ");
		first = false;
		if (item.kind == 'a') {
			print_array(text, &copy, &item);
		} else {
			print_scalar(text, &copy, item.kind);
		}
	}
	os_buffer_add_char(text, ')');
}
