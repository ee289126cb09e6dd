/* usage: frames_watch DEVICE
 *
 * Prints what every frame of a device shows of its moving layers, a line for each value, and a bare
 * line for a frame in which none moves:
 *
 *	FRAME TARGET-US [CLIENT LAYER PROPERTY VALUE VALUE VALUE VALUE]
 *
 * Lines that it takes: `drag X Y X Y MS` feeds a finger that is dragged and let go (and steps no
 * clock, as the command's does), `quit` ends it once everything before was printed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <md/device_interface.h>
#include <md/layer.h>
#include <os/status.h>
#include <os/interface.h>
#include <os/layout.h>
#include <os/loop.h>
#include <os/process.h>
#include <os/touch_input.h>

#define TIMEOUT_US (15 * OS_US_PER_S)
#define SAMPLE_US 8000
#define SAMPLES_MAX 512

struct watch {
	struct os_loop *loop;
	struct os_port *port;
};

static int fail(const char *what, int status)
{
	fprintf(stderr, "frames_watch: %s: %s\n", what, os_status_text(status));
	return 1;
}

/* --- Frames --------------------------------------------------------------------------------------- */

static int did_receive(void *context, struct os_port *port, struct os_message *message)
{
	unsigned long long frame = os_message_read_u64(message);
	long long target_us = os_message_read_i64(message);
	uint32_t count = os_message_read_count(message);
	if (count == 0) {
		printf("%llu %lld\n", frame, target_us);
	}
	for (uint32_t i = 0; i < count; i++) {
		unsigned layer = os_message_read_u32(message);
		unsigned property = os_message_read_u32(message);
		unsigned long long client = os_message_read_u64(message);
		printf("%llu %lld %llu %u %u", frame, target_us, client, layer, property);
		for (int k = 0; k < MD_ANIMATION_VALUES; k++) {
			printf(" %.9g", os_message_read_double(message));
		}
		printf("\n");
	}
	return 0;
}

static void did_close(void *context, struct os_port *port, int reason)
{
	struct watch *watch = context;
	os_loop_stop(watch->loop, fail("the compositor is gone", reason));
}

static void did_lose(void *context)
{
}

static void did_fail(void *context, int status, struct os_message *reply)
{
	struct watch *watch = context;
	if (status < 0) {
		os_loop_stop(watch->loop, fail("a finger was not delivered", status));
	}
}

static void did_end(void *context, int status, struct os_message *reply)
{
	struct watch *watch = context;
	os_loop_stop(watch->loop, status < 0 ? fail("it did not end", status) : 0);
}

static void ask_for_frames(struct watch *watch, bool wanted, os_port_reply_fn fn)
{
	struct os_message message;
	os_message_init(&message, &md_device_interface.requests[MD_DEVICE_FRAMES], MD_DEVICE_FRAMES);
	os_message_write_bool(&message, wanted);
	os_port_call(watch->port, &message, TIMEOUT_US, fn, watch);
}

/* --- Orders --------------------------------------------------------------------------------------- */

static void write_sample(struct os_message *message, int64_t at_us, enum os_touch_phase phase,
                         const double at[2])
{
	os_message_write_i64(message, at_us);
	os_message_write_i32(message, 0);
	os_message_write_u32(message, phase);
	os_message_write_double(message, at[0]);
	os_message_write_double(message, at[1]);
}

static void drag(struct watch *watch, const double line[4], int duration_ms)
{
	int64_t duration_us = duration_ms * OS_US_PER_MS;
	int moves = (int)OS_CLAMP(duration_us / SAMPLE_US, 1, SAMPLES_MAX - 2);
	struct os_message message;
	os_message_init(&message, &md_device_interface.requests[MD_DEVICE_FEED], MD_DEVICE_FEED);
	os_message_write_count(&message, (uint32_t)moves + 2);
	write_sample(&message, 0, OS_TOUCH_DOWN, line);
	for (int i = 1; i <= moves; i++) {
		double part = (double)i / moves;
		double at[2] = {line[0] + (line[2] - line[0]) * part, line[1] + (line[3] - line[1]) * part};
		write_sample(&message, duration_us * i / moves, OS_TOUCH_MOVE, at);
	}
	write_sample(&message, duration_us, OS_TOUCH_UP, &line[2]);
	os_port_call(watch->port, &message, 20 * TIMEOUT_US, did_fail, watch);
}

static void did_read(void *context, int fd, uint32_t events)
{
	struct watch *watch = context;
	char text[256];
	ssize_t length = read(fd, text, sizeof(text) - 1);
	text[OS_MAX(length, 0)] = '\0';
	double line[4];
	int duration_ms;
	if (sscanf(text, "drag %lf %lf %lf %lf %d", &line[0], &line[1], &line[2], &line[3],
	           &duration_ms) == 5) {
		drag(watch, line, duration_ms);
	} else {
		/* Its answer comes after all frames before it. */
		ask_for_frames(watch, false, did_end);
	}
}

static int find_socket(const char *device, char *ret_path)
{
	char data[OS_LAYOUT_MAX], runtime[OS_LAYOUT_MAX];
	int result = os_layout_data(getenv("STRATA_HOME"), getenv("HOME"), device, data);
	if (result == 0) {
		result = os_layout_runtime(data, getenv("XDG_RUNTIME_DIR"), runtime);
	}
	return result < 0 ? result : os_layout_socket(runtime, ret_path);
}

int main(int argc, char **argv)
{
	static const struct os_process_delegate s_process = {.struct_size = sizeof(s_process),
	                                                     .lost = did_lose};
	static const struct os_port_delegate s_port = {
		.struct_size = sizeof(s_port), .message = did_receive, .closed = did_close};
	if (argc != 2) {
		fprintf(stderr, "usage: frames_watch DEVICE\n");
		return 2;
	}
	struct watch watch = {.loop = os_loop_create()};
	char socket[OS_LAYOUT_MAX];
	int result = find_socket(argv[1], socket);
	if (result == 0) {
		result = os_process_connect_tool(watch.loop, socket, &s_process, NULL);
	}
	uint64_t connection = 0;
	int fd = result < 0 ? result : os_process_introduce_wait("compositor", TIMEOUT_US, &connection);
	if (fd < 0) {
		return fail(argv[1], fd);
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	watch.port = os_port_create(watch.loop, fd, &md_device_interface, OS_PORT_CLIENT, &s_port, &watch);
	os_port_set_connection(watch.port, connection);
	ask_for_frames(&watch, true, did_fail);
	printf("watches\n");
	struct os_source *source = os_loop_add_fd(watch.loop, STDIN_FILENO, OS_LOOP_READ, did_read, &watch);
	int code = os_loop_run(watch.loop);
	os_source_remove(source);
	os_port_close(watch.port);
	os_port_release(watch.port);
	os_loop_release(watch.loop);
	return code;
}
