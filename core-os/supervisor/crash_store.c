/* What is kept of processes that died: a file each in the device's crashes/ folder, the newest of
 * which are listed. A report is text:
 *
 *	app: org.strata.notes
 *	pid: 4711
 *	time: 2026-11-22T17:03:20Z 1795366999123456
 *	reason: segmentation fault
 *
 *	stopped by signal 11, segmentation fault, …      its stacks (os/crash.h), a moment later
 *	last lines: …                                    of its log */
#include "supervisor.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <os/clock.h>
#include <os/file.h>
#include <os/limits.h>
#include <os/memory.h>

#include "crash_report.h"
#include "utf8.h"

#define KEPT 64
#define REPORT_BYTES (1 << 20)

/* --- Why ------------------------------------------------------------------------------------------------------ */

static const char *signal_words(int number)
{
	switch (number) {
	case SIGSEGV:
		return "segmentation fault";
	case SIGBUS:
		return "bus error";
	case SIGABRT:
		return "it aborted";
	case SIGILL:
		return "illegal instruction";
	case SIGFPE:
		return "arithmetic error";
	case SIGKILL:
		return "killed";
	case SIGSYS:
		return "a forbidden system call";
	default:
		return "a signal";
	}
}

static bool used_too_much_memory(const struct task *task)
{
	const struct os_limits *limits = task->app == NULL ? NULL : task->app->limits;
	return limits != NULL && os_limits_count_memory_kills(limits) > 0;
}

const char *crash_reason(const struct task *task, int status, char *buffer, size_t size)
{
	if (task->blame != NULL) {
		return task->blame;
	}
	if (WIFSIGNALED(status)) {
		int number = WTERMSIG(status);
		if (number == SIGKILL && used_too_much_memory(task)) {
			return "it used more memory than it may";
		}
		if ((task->killed && number == SIGKILL) || (task->told_to_end && number == SIGTERM)) {
			return NULL;
		}
		snprintf(buffer, size, "%s (signal %d)", signal_words(number), number);
		return buffer;
	}
	int code = WEXITSTATUS(status);
	if (code == 0 || task->told_to_end) {
		return NULL;
	}
	snprintf(buffer, size, "it gave up with status %d", code);
	return buffer;
}

/* --- The list ---------------------------------------------------------------------------------------------------- */

static void remove_oldest(struct crash_store *store)
{
	while (store->crashes.count > KEPT) {
		struct crash *oldest = os_array_at(&store->crashes, 0);
		const char *name = strrchr(oldest->report, '/');
		if (name != NULL) {
			unlinkat(store->folder_fd, name + 1, 0);
		}
		os_array_remove(&store->crashes, 0, 1);
	}
}

static bool read_field(const char *text, const char *key, char *ret_value, size_t size)
{
	const char *at = strstr(text, key);
	if (at == NULL) {
		return false;
	}
	at += strlen(key);
	snprintf(ret_value, size, "%.*s", (int)OS_MIN(strcspn(at, "\n"), size - 1), at);
	return utf8_is_valid(ret_value, strlen(ret_value));
}

/* One that an earlier run left; a file that is no report is left alone. */
static void load(struct crash_store *store, const char *name)
{
	struct os_buffer bytes = {0};
	struct crash crash = {0};
	char pid[32], when[80];
	if (os_file_read(store->folder_fd, name, REPORT_BYTES, &bytes) >= 0 &&
	    read_field(os_buffer_text(&bytes), "app: ", crash.app, sizeof(crash.app)) &&
	    read_field(os_buffer_text(&bytes), "\npid: ", pid, sizeof(pid)) &&
	    read_field(os_buffer_text(&bytes), "\ntime: ", when, sizeof(when)) &&
	    read_field(os_buffer_text(&bytes), "\nreason: ", crash.reason, sizeof(crash.reason)) &&
	    strchr(when, ' ') != NULL) {
		crash.pid = atoi(pid);
		crash.wall_us = strtoll(strchr(when, ' '), NULL, 10);
		snprintf(crash.report, sizeof(crash.report), "%.300s/%.150s", store->folder, name);
		*(struct crash *)os_array_append(&store->crashes) = crash;
	}
	os_buffer_finish(&bytes);
}

static int is_report(const struct dirent *entry)
{
	size_t length = strlen(entry->d_name);
	return length > 4 && length < 150 && strcmp(entry->d_name + length - 4, ".txt") == 0;
}

int crash_store_init(struct crash_store *store, int data_fd, const char *data)
{
	struct dirent **entries = NULL;
	os_array_init(&store->crashes, sizeof(struct crash));
	snprintf(store->folder, sizeof(store->folder), "%s/crashes", data);
	if (mkdirat(data_fd, "crashes", 0700) < 0 && errno != EEXIST) {
		return -errno;
	}
	store->folder_fd = openat(data_fd, "crashes", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (store->folder_fd < 0) {
		return -errno;
	}
	int count = scandirat(store->folder_fd, ".", &entries, is_report, alphasort);
	for (int i = 0; i < count; i++) {
		load(store, entries[i]->d_name); /* names begin with their time: oldest first */
		free(entries[i]);
	}
	free(entries);
	remove_oldest(store);
	return 0;
}

void crash_store_finish(struct crash_store *store)
{
	os_array_finish(&store->crashes);
	store->folder_fd = os_fd_close(store->folder_fd);
}

/* --- A death ----------------------------------------------------------------------------------------------------------- */

static void format_time(int64_t wall_us, const char *format, char *text, size_t size)
{
	time_t seconds = (time_t)(wall_us / OS_US_PER_S);
	struct tm parts;
	gmtime_r(&seconds, &parts);
	strftime(text, size, format, &parts);
}

static void write_head(const struct crash *crash, struct os_buffer *text)
{
	char when[40];
	format_time(crash->wall_us, "%Y-%m-%dT%H:%M:%SZ", when, sizeof(when));
	os_buffer_printf(text, "app: %s\npid: %d\ntime: %s %" PRId64 "\nreason: %s\n\n", crash->app,
	                 crash->pid, when, crash->wall_us, crash->reason);
}

void crash_record(struct supervisor *supervisor, struct task *task, const char *reason)
{
	struct crash_store *store = &supervisor->crashes;
	struct crash *crash = os_array_append(&store->crashes);
	struct crash_report report = {.folder_fd = store->folder_fd, .record_fd = task->crash_fd};
	char when[40];
	crash->wall_us = os_clock_wall_us();
	crash->pid = (int32_t)task->pid;
	snprintf(crash->app, sizeof(crash->app), "%s",
	         task_app(task)[0] != '\0' ? task_app(task) : task_role(task));
	snprintf(crash->reason, sizeof(crash->reason), "%s", reason);
	format_time(crash->wall_us, "%Y-%m-%dT%H.%M.%S", when, sizeof(when));
	snprintf(report.name, sizeof(report.name), "%s.%06d-%.120s-%d.txt", when,
	         (int)(crash->wall_us % OS_US_PER_S), crash->app, crash->pid);
	snprintf(crash->report, sizeof(crash->report), "%.270s/%.199s", store->folder, report.name);
	write_head(crash, &report.head);
	os_buffer_add_text(&report.tail, "\nlast lines:\n");
	log_add_tail(supervisor, task->pid, &report.tail);
	if (crash_report_write(&report, NULL) < 0) {
		log_say(supervisor, 'E', "the crash report %s could not be written", report.name);
	}
	crash_report_describe_later(&report, task);
	os_buffer_finish(&report.head);
	os_buffer_finish(&report.tail);
	remove_oldest(store);
}
