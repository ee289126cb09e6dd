/* Whatever clients say to strata-services in whatever order: it goes on serving. The input chooses
 * requests and their values, so that every message fits its table and reaches its handler; messages
 * that do not are fuzz_message.c's. */
#include <fcntl.h>
#include <ftw.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cs/services.h>
#include <cs/services_server.h>
#include <cs/strings.h>

#include <os/loop.h>
#include <os/memory.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static struct {
	struct os_loop *loop;
	struct cs_server *server;
	struct cs_services *clients[3];
	int data;
	char path[64];
} s_fuzz;

struct input {
	const uint8_t *at, *end;
};

/* --- The world around ---------------------------------------------------------------------------- */

static void publish(void *context, const struct os_launch_record *record)
{
}

static void unpublish(void *context, const char *app)
{
}

static void quit(void *context, const char *app, void (*done)(void *done_context),
		 void *done_context)
{
	done(done_context);
}

static const struct cs_server_delegate s_delegate = {sizeof(s_delegate), publish, unpublish, quit,
						     NULL};

static const struct {
	const char *app, *entitlements;
} s_peers[] = {{"org.strata.notes", ""},
	       {"org.strata.settings", "settings system"},
	       {"", "tool system shell"}};

static struct cs_services *connect_client(size_t index)
{
	int fds[2];
	if (os_port_pair(fds) < 0) {
		abort();
	}
	struct os_peer peer = {.client = index + 1, .pid = 1};
	snprintf(peer.app, sizeof(peer.app), "%s", s_peers[index].app);
	snprintf(peer.entitlements, sizeof(peer.entitlements), "%s", s_peers[index].entitlements);
	cs_server_add_client(s_fuzz.server, fds[0], index + 1, &peer);
	return cs_services_create_with_fd(s_fuzz.loop, fds[1]);
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *at)
{
	return remove(path);
}

static void finish(void)
{
	for (size_t i = 0; i < 3; i++) {
		cs_services_destroy(s_fuzz.clients[i]);
	}
	cs_server_destroy(s_fuzz.server);
	while (os_loop_iterate(s_fuzz.loop, 0) > 0) {
	}
	os_loop_release(s_fuzz.loop);
	close(s_fuzz.data);
	nftw(s_fuzz.path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* In memory where there is a place for that: what is fuzzed is not the disk. */
static void start(void)
{
	strcpy(s_fuzz.path, access("/dev/shm", W_OK) == 0 ? "/dev/shm/strata-fuzz-XXXXXX"
							  : "/tmp/strata-fuzz-XXXXXX");
	if (mkdtemp(s_fuzz.path) == NULL) {
		abort();
	}
	s_fuzz.data = open(s_fuzz.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	s_fuzz.loop = os_loop_create();
	const struct cs_server_options options = {.struct_size = sizeof(options),
						  .loop = s_fuzz.loop,
						  .data = s_fuzz.data,
						  .delegate = &s_delegate};
	if (cs_server_create(&options, &s_fuzz.server, NULL) < 0) {
		abort();
	}
	for (size_t i = 0; i < 3; i++) {
		s_fuzz.clients[i] = connect_client(i);
	}
	atexit(finish);
}

/* --- From bytes to messages ----------------------------------------------------------------------- */

static uint8_t next_byte(struct input *input)
{
	return input->at < input->end ? *input->at++ : 0;
}

static size_t bound_of(const char *type)
{
	return type[1] >= '0' && type[1] <= '9' ? (size_t)atol(type + 1) : 1024;
}

static void write_text(struct input *input, struct os_message *message)
{
	static const char *const s_words[] = {
	    "",
	    "device",
	    "org.strata.notes",
	    "org.strata.settings",
	    "look",
	    "\"dark\"",
	    "\"x\"",
	    "true",
	    "{}",
	    "[[1.5]]",
	    "../device",
	    "permissions",
	    "contacts",
	    "a.b",
	    "text-size",
	    "\"xl\"",
	    "{\"a\":",
	    "org.strata.notes/contacts",
	};
	uint8_t which = next_byte(input);
	size_t bound = bound_of(message->next);
	char own[64] = "";
	size_t length =
	    OS_MIN(OS_MIN((size_t)(which >> 3), bound), (size_t)(input->end - input->at));
	memcpy(own, input->at, length);
	const char *word = s_words[which % OS_ARRAY_LEN(s_words)];
	if (which >= 128 && cs_text_is_utf8(own, length)) {
		input->at += length;
		word = own;
	}
	os_message_write_text(message, strlen(word) <= bound ? word : "");
}

static void write_values(struct input *input, struct os_message *message)
{
	while (*message->next != '\0') {
		switch (*message->next) {
		case 'b':
			os_message_write_bool(message, next_byte(input) & 1);
			break;
		case 'u':
			os_message_write_u32(message, next_byte(input));
			break;
		case 'x':
			os_message_write_i64(message, (int8_t)next_byte(input));
			break;
		case 't':
			os_message_write_u64(message, next_byte(input));
			break;
		case 's':
			write_text(input, message);
			break;
		case 'h':
			os_message_write_fd(message, s_fuzz.data);
			break;
		default:
			abort(); /* no request of this table has another type */
		}
	}
}

static void did_answer(void *context, int status, struct os_message *reply)
{
}

static void settle(void)
{
	while (os_loop_iterate(s_fuzz.loop, 0) > 0) {
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	if (s_fuzz.loop == NULL) {
		start();
	}
	struct input input = {bytes, bytes + length};
	for (int i = 0; i < 64 && input.at < input.end; i++) {
		uint8_t head = next_byte(&input);
		size_t who = (head >> 5) % 3;
		if (!cs_services_is_connected(s_fuzz.clients[who])) {
			cs_services_destroy(
			    s_fuzz.clients[who]); /* closed for an entitlement that it lacks */
			s_fuzz.clients[who] = connect_client(who);
		}
		struct os_message message;
		cs_services_begin(&message, head % CS_SERVICES_REQUESTS);
		write_values(&input, &message);
		cs_services_call(s_fuzz.clients[who], &message, did_answer, NULL);
		settle();
	}
	settle();
	return 0;
}
