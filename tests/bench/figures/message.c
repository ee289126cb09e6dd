/* Figure of messages: 64 bytes to another process and back, by ports on loops. */
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <os/clock.h>
#include <os/memory.h>
#include <os/port.h>
#include <os/status.h>

#include "work.h"

#define BYTES 64

static const struct os_message_type s_requests[] = {{"echo", "y64", .reply = "y64"}};
static const struct os_interface s_interface = {.struct_size = sizeof(s_interface),
						.name = "echo",
						.version = 1,
						.requests = s_requests,
						.request_count = 1};

static struct os_loop *s_loop;
static struct os_port *s_port;
static bool s_answered;

static int answer(void *context, struct os_port *port, struct os_message *request)
{
	size_t length;
	const void *bytes = os_message_read_bytes(request, &length);
	struct os_message reply;
	os_message_init_reply(&reply, request);
	os_message_write_bytes(&reply, bytes, length);
	return os_port_reply(port, &reply);
}

static void went(void *context, struct os_port *port, int reason)
{
	os_loop_stop(s_loop, 0);
}

static const struct os_port_delegate s_delegate = {
    .struct_size = sizeof(s_delegate), .message = answer, .closed = went};

static void serve(int fd)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	bench_pin(0);
	s_loop = os_loop_create();
	os_port_create(s_loop, fd, &s_interface, OS_PORT_SERVER, &s_delegate, NULL);
	_exit(os_loop_run(s_loop));
}

static void prepare(void)
{
	int fds[2];
	if (os_port_pair(fds) < 0) {
		bench_fail("os_port_pair");
	}
	if (fork() == 0) {
		close(fds[0]);
		serve(fds[1]);
	}
	close(fds[1]);
	bench_pin(1);
	s_loop = os_loop_create();
	s_port = os_port_create(s_loop, fds[0], &s_interface, OS_PORT_CLIENT, &s_delegate, NULL);
}

static void did_answer(void *context, int status, struct os_message *reply)
{
	if (status < 0) {
		bench_fail(os_status_text(status));
	}
	s_answered = true;
}

static void echo(void)
{
	static const char s_bytes[BYTES];
	struct os_message message;
	os_message_init(&message, &s_requests[0], 0);
	os_message_write_bytes(&message, s_bytes, sizeof(s_bytes));
	s_answered = false;
	os_port_call(s_port, &message, OS_US_PER_S, did_answer, NULL);
	while (!s_answered) {
		os_loop_iterate(s_loop, OS_NEVER);
	}
}

static double measure(int turns)
{
	double *times = os_alloc_array((size_t)turns, sizeof(double));
	for (int i = 0; i < turns; i++) {
		double began_us = bench_real_us();
		echo();
		times[i] = bench_real_us() - began_us;
	}
	double median_us = bench_median(times, turns);
	os_free(times);
	return median_us;
}

int main(void)
{
	static const struct bench_work s_works[] = {
	    {.name = "message", .prepare = prepare, .measure = measure}};
	return bench_serve(s_works, OS_ARRAY_LEN(s_works));
}
