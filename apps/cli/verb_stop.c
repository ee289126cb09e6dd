#include <errno.h>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <os/clock.h>
#include <os/memory.h>
#include <os/supervisor.h>

#include "cli.h"
#include "facts.h"
#include "session.h"
#include "stop.h"

#define GONE_TIMEOUT_US (10 * OS_US_PER_S)
#define STOP_TIMEOUT_US (20 * OS_US_PER_S)

/* Waits until the processes behind these descriptors have ended; returns how many have not. */
static int wait_until_gone(struct pollfd *processes, int count)
{
	int64_t deadline_us = os_clock_real_us() + GONE_TIMEOUT_US;
	int left = count;
	while (left > 0 && os_clock_real_us() < deadline_us) {
		poll(processes, (nfds_t)count,
		     (int)((deadline_us - os_clock_real_us()) / 1000 + 1));
		for (int i = 0; i < count; i++) {
			if (processes[i].fd >= 0 && processes[i].revents) {
				close(processes[i].fd);
				processes[i].fd = -1;
				left--;
			}
		}
	}
	return left;
}

int cli_stop(struct cli *cli)
{
	struct cli_facts *facts = os_alloc(sizeof(*facts));
	int result = cli_ask_facts(cli, facts);
	if (result < 0) {
		os_free(facts);
		return cli_call_failed(cli, "stop", result);
	}
	struct pollfd *processes =
	    os_alloc_array((size_t)facts->process_count + 1, sizeof(*processes));
	int count = 0;
	for (int i = 0; i < facts->process_count; i++) {
		int fd = (int)syscall(SYS_pidfd_open, facts->processes[i].pid, 0);
		if (fd >= 0) {
			processes[count++] = (struct pollfd){.fd = fd, .events = POLLIN};
		}
	}
	os_free(facts);
	struct os_message message, reply;
	cli_begin(&message, CLI_SUPERVISOR, OS_SUPERVISOR_STOP);
	result = cli_call_within(cli, CLI_SUPERVISOR, &message, STOP_TIMEOUT_US, &reply);
	if (result == 0) {
		os_message_finish(&reply);
	}
	/* A supervisor that hung up on us has stopped as well. */
	int code = CLI_DONE;
	if (result < 0 && result != -EPIPE) {
		code = cli_call_failed(cli, "stop", result);
	}
	int left = wait_until_gone(processes, count);
	if (left > 0 && code == CLI_DONE) {
		code = cli_fail(CLI_FAILED, "%d processes of the device are still there", left);
	}
	os_free(processes);
	return code;
}

const struct cli_verb cli_verb_stop = {
    .name = "stop",
    .arguments = "",
    .summary = "stops the device; returns when all its processes are gone",
    .least = 0,
    .most = 0,
    .run = cli_stop};
