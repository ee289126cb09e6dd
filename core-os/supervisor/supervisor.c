#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <os/clock.h>
#include <os/device.h>
#include <os/file.h>

#define LISTEN_FD 3

uint64_t supervisor_next_number(struct supervisor *supervisor)
{
	return ++supervisor->last_number;
}

bool supervisor_has_walls(const struct supervisor *supervisor)
{
	char value[8];
	return !options_get(&supervisor->options, "walls", value, sizeof(value)) ||
	       strcmp(value, "no") != 0;
}

static bool is_yes(const struct supervisor *supervisor, const char *key)
{
	char value[8];
	return options_get(&supervisor->options, key, value, sizeof(value)) &&
	       strcmp(value, "yes") == 0;
}

/* --- Life ----------------------------------------------------------------------------------------------- */

/* Descriptors in flight are counted per user against this; apps get a small limit of their own. */
static void raise_limits(void)
{
	struct rlimit limit;
	if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
		limit.rlim_cur = limit.rlim_max;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
}

static void did_get_signal(void *context, int fd, uint32_t events)
{
	struct supervisor *supervisor = context;
	struct signalfd_siginfo info;
	if (read(fd, &info, sizeof(info)) == sizeof(info)) {
		stop_begin(supervisor, 0);
	}
}

static void watch_signals(struct supervisor *supervisor)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	supervisor->signal_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	supervisor->signal_source = os_loop_add_fd(supervisor->loop, supervisor->signal_fd,
	                                           OS_LOOP_READ, did_get_signal, supervisor);
}

static int open_data(struct supervisor *supervisor, struct os_error *ret_error)
{
	char data[OS_LAYOUT_MAX];
	options_get(&supervisor->options, "data", data, sizeof(data));
	supervisor->data_fd = open(data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (supervisor->data_fd < 0) {
		return os_error_set(ret_error, -errno, "%s: %s", data, os_status_text(-errno));
	}
	/* Apps pass through it to what is theirs, and see no names on the way. */
	if (mkdirat(supervisor->data_fd, "containers", 0711) < 0 && errno != EEXIST) {
		return os_error_set(ret_error, -errno, "%s/containers: %s", data, os_status_text(-errno));
	}
	int result = crash_store_init(&supervisor->crashes, supervisor->data_fd, data);
	return result < 0 ? os_error_set(ret_error, result, "%s/crashes: %s", data,
	                                 os_status_text(result))
	                  : 0;
}

static int read_options(struct options *options, int argc, char **argv, struct os_error *ret_error)
{
	char root[OS_LAYOUT_MAX], boards[OS_LAYOUT_MAX];
	int result = options_init(options, argc, argv, ret_error);
	if (result < 0) {
		return result;
	}
	options_get(options, "root", root, sizeof(root));
	if (os_layout_boards(root, boards) < 0) {
		return 0; /* the compositor says what it misses */
	}
	result = options_add(options, "boards", boards);
	return result < 0 ? os_error_set(ret_error, result, "the options are too long in all") : 0;
}

static int init(struct supervisor *supervisor, int listen_fd, struct os_error *ret_error)
{
	supervisor->began_us = os_clock_real_us();
	supervisor->is_board = is_yes(supervisor, "board");
	supervisor->is_again = is_yes(supervisor, "again");
	supervisor->loop = os_loop_create();
	os_list_init(&supervisor->clients);
	os_list_init(&supervisor->tasks);
	os_list_init(&supervisor->boot.waits);
	os_list_init(&supervisor->stop.waits);
	supervisor->data_fd = supervisor->clock_fd = supervisor->listen_fd = -1;
	supervisor->crashes.folder_fd = -1;
	os_array_init(&supervisor->crashes.crashes, sizeof(struct crash));
	log_store_init(&supervisor->log);
	raise_limits();
	watch_signals(supervisor);
	apps_init(supervisor);
	services_init(supervisor);
	step_init(supervisor);
	kiosk_init(supervisor);
	int result = os_clock_create_page(&supervisor->clock_fd);
	if (result < 0) {
		return os_error_set(ret_error, result, "clock page: %s", os_status_text(result));
	}
	result = open_data(supervisor, ret_error);
	if (result < 0) {
		return result;
	}
	passcode_init(supervisor);
	result = control_open(supervisor, listen_fd);
	if (result < 0) {
		return os_error_set(ret_error, result,
		                    "descriptor 3 is no listening socket: start strata-keeper instead");
	}
	return 0;
}

static void finish(struct supervisor *supervisor)
{
	while (!os_list_is_empty(&supervisor->tasks)) {
		task_free(OS_CONTAINER_OF(supervisor->tasks.next, struct task, link));
	}
	splash_end(supervisor);
	splash_finish(supervisor);
	kiosk_finish(supervisor);
	passcode_finish(supervisor);
	step_finish(supervisor);
	services_finish(supervisor);
	apps_finish(supervisor);
	pending_answer_all(supervisor, &supervisor->stop.waits, -EPIPE);
	pending_answer_all(supervisor, &supervisor->boot.waits, -EPIPE);
	os_timer_release(supervisor->boot.patience);
	os_timer_release(supervisor->stop.deadline);
	control_close(supervisor);
	while (!os_list_is_empty(&supervisor->clients)) {
		client_release(OS_CONTAINER_OF(supervisor->clients.next, struct client, link));
	}
	os_source_remove(supervisor->signal_source);
	os_fd_close(supervisor->signal_fd);
	crash_store_finish(&supervisor->crashes);
	log_store_finish(&supervisor->log);
	os_fd_close(supervisor->data_fd);
	os_fd_close(supervisor->clock_fd);
	os_loop_release(supervisor->loop);
}

int os_supervisor_main(int argc, char **argv)
{
	static struct supervisor s_supervisor; /* one a process; large */
	struct supervisor *supervisor = &s_supervisor;
	struct os_error error;
	int exit_code = 1;
	if (read_options(&supervisor->options, argc, argv, &error) < 0) {
		fprintf(stderr, "strata-supervisor: %s\n", error.text);
		return 2;
	}
	if (init(supervisor, LISTEN_FD, &error) < 0) {
		fprintf(stderr, "strata-supervisor: %s\n", error.text);
	} else {
		splash_begin(supervisor);
		boot_begin(supervisor);
		exit_code = os_loop_run(supervisor->loop);
	}
	finish(supervisor);
	return exit_code;
}
