/* Makes the corpus of fuzz_message.c: one whole message for each row of each table, and one for
 * each reply. usage: message_corpus FOLDER */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <os/file.h>
#include <os/message.h>

#include "message_tables.h"

/* Writes something of each type; two elements into each array. */
static void write_all(struct os_message *message)
{
	while (*message->next != '\0') {
		switch (*message->next) {
		case 'b':
			os_message_write_bool(message, true);
			break;
		case 'i':
			os_message_write_i32(message, -1);
			break;
		case 'u':
			os_message_write_u32(message, 2);
			break;
		case 'x':
			os_message_write_i64(message, 3);
			break;
		case 't':
			os_message_write_u64(message, 4);
			break;
		case 'd':
			os_message_write_double(message, 0.5);
			break;
		case 's':
			os_message_write_text(message, "a");
			break;
		case 'y':
			os_message_write_bytes(message, "b", 1);
			break;
		case 'a':
			os_message_write_count(message, 1);
			break;
		default:
			os_message_write_fd(message, 0);
			break;
		}
	}
}

static void save(const char *folder, size_t interface, bool from_client, struct os_message *message,
                 const char *kind)
{
	char path[1024];
	snprintf(path, sizeof(path), "%s/%zu-%s-%s", folder, interface, message->type->name, kind);
	FILE *file = fopen(path, "wb");
	if (file != NULL) {
		message->header.size = (uint32_t)message->bytes.length;
		memcpy(message->bytes.bytes, &message->header, sizeof(message->header));
		const char head[] = {(char)interface, (char)from_client, (char)message->fd_count};
		fwrite(head, sizeof(head), 1, file);
		fwrite(message->bytes.bytes, message->bytes.length, 1, file);
		fclose(file);
	}
	os_message_finish(message);
}

static void save_table(const char *folder, size_t interface, bool requests)
{
	const struct os_interface *table = s_interfaces[interface];
	const struct os_message_type *types = requests ? table->requests : table->events;
	uint32_t count = requests ? table->request_count : table->event_count;
	for (uint32_t i = 0; i < count; i++) {
		struct os_message message;
		if (types[i].name == NULL) {
			continue;
		}
		os_message_init(&message, &types[i], i);
		write_all(&message);
		save(folder, interface, requests, &message, requests ? "request" : "event");
		if (types[i].reply != NULL) {
			os_message_init_late_reply(&message, &types[i], i, 1);
			write_all(&message);
			save(folder, interface, !requests, &message, "reply");
		}
	}
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		return 2;
	}
	mkdir(argv[1], 0755);
	for (size_t i = 0; i < OS_ARRAY_LEN(s_interfaces); i++) {
		save_table(argv[1], i, true);
		save_table(argv[1], i, false);
	}
	return 0;
}
