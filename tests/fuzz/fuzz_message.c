/* Bytes from another process, whatever it is: each is refused, or is a message that reads, prints
 * and has the same bytes as before. Input: interface, direction, descriptors, then the message. */
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <os/message.h>
#include <os/status.h>

#include "message_tables.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

#define HEAD 3

/* Reads each value as a handler would. */
static void read_all(struct os_message *message)
{
	size_t size;
	while (*message->next != '\0') {
		switch (*message->next) {
		case 'b':
			os_message_read_bool(message);
			break;
		case 'i':
			os_message_read_i32(message);
			break;
		case 'u':
			os_message_read_u32(message);
			break;
		case 'x':
			os_message_read_i64(message);
			break;
		case 't':
			os_message_read_u64(message);
			break;
		case 'd':
			os_message_read_double(message);
			break;
		case 's':
			size = strlen(os_message_read_text(message));
			break;
		case 'y':
			os_message_read_bytes(message, &size);
			break;
		case 'a':
			os_message_read_count(message);
			break;
		default:
			close(os_message_take_fd(message));
			break;
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	if (length < HEAD + sizeof(struct os_message_header) || length - HEAD > OS_MESSAGE_MAX_BYTES) {
		return 0;
	}
	const struct os_interface *interface = s_interfaces[bytes[0] % OS_ARRAY_LEN(s_interfaces)];
	bool from_client = bytes[1] & 1;
	int fds[4];
	uint32_t fd_count = bytes[2] % 4;
	for (uint32_t i = 0; i < fd_count; i++) {
		fds[i] = open("/dev/null", O_RDONLY | O_CLOEXEC);
	}
	size_t size = length - HEAD;
	char *copy = malloc(size); /* exactly as long, so that a byte too many is seen */
	memcpy(copy, bytes + HEAD, size);
	struct os_message_header header;
	memcpy(&header, copy, sizeof(header));
	header.size = (uint32_t)size;
	memcpy(copy, &header, sizeof(header));
	struct os_message message;
	struct os_error error;
	if (os_message_decode(interface, from_client, copy, size, fds, fd_count, &message, &error) >= 0) {
		struct os_buffer text = {0};
		os_message_print(interface, from_client, &message, &text);
		if (message.bytes.length != size || memcmp(message.bytes.bytes, copy, size) != 0) {
			abort();
		}
		read_all(&message);
		os_buffer_finish(&text);
		os_message_finish(&message);
	}
	free(copy);
	return 0;
}
