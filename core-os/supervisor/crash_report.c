#include "crash_report.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <os/crash.h>
#include <os/file.h>

#include "supervisor.h"

#define PLACES 8

int crash_report_write(const struct crash_report *report, const char *stacks)
{
	struct os_buffer text = {0};
	os_buffer_add_text(&text, os_buffer_text(&report->head));
	os_buffer_add_text(&text, stacks == NULL ? "" : stacks);
	os_buffer_add_text(&text, os_buffer_text(&report->tail));
	int result = os_file_write_atomic(report->folder_fd, report->name, os_buffer_text(&text),
	                                  text.length);
	os_buffer_finish(&text);
	return result;
}

/* --- Where things are that the process knew by other names ------------------------------------------- */

struct places {
	struct os_crash_place list[PLACES];
	char paths[PLACES][OS_LAYOUT_MAX], inside[PLACES][64];
	size_t count;
};

static void add_place(struct places *places, const char *inside, const char *host)
{
	size_t at = places->count++;
	snprintf(places->inside[at], sizeof(places->inside[at]), "%s", inside);
	snprintf(places->paths[at], sizeof(places->paths[at]), "%s", host);
	places->list[at] = (struct os_crash_place){places->inside[at], places->paths[at]};
}

static void find_places(const struct task *task, struct places *places)
{
	static const char *const layers[] = {"core-os", "core-services", "media", "touch-ui"};
	struct supervisor *supervisor = task->supervisor;
	const struct os_launch_record *record =
		task->app != NULL ? &task->app->record : &task->service->record;
	char root[OS_LAYOUT_MAX], path[OS_LAYOUT_MAX], inside[64];
	places->count = 0;
	if (task->child == NULL || !supervisor_has_walls(supervisor)) {
		return;
	}
	options_get(&supervisor->options, "root", root, sizeof(root));
	if (launch_find_program(supervisor, task_role(task), "strata-app", path) == 0) {
		snprintf(inside, sizeof(inside), "/strata/bin/%.40s", strrchr(path, '/') + 1);
		add_place(places, inside, path);
	}
	for (size_t i = 0; i < OS_ARRAY_LEN(layers); i++) {
		if (os_layout_library(root, layers[i], path) == 0) {
			snprintf(inside, sizeof(inside), "/strata/lib/%.40s", strrchr(path, '/') + 1);
			add_place(places, inside, path);
		}
	}
	add_place(places, "/app", record->bundle);
}

/* --- In a process of its own ------------------------------------------------------------------------------ */

/* Keeps nothing of the supervisor's but the two that it needs: an end of a port that lived on here
 * would hide from the other end that the first is gone. */
static void describe(struct crash_report *report, const struct places *places)
{
	int folder_fd = fcntl(report->folder_fd, F_DUPFD, 100);
	int record_fd = fcntl(report->record_fd, F_DUPFD, 100);
	dup2(folder_fd, 3);
	dup2(record_fd, 4);
	close_range(5, ~0u, 0);
	report->folder_fd = 3;
	report->record_fd = 4;
	struct os_buffer stacks = {0};
	int result = os_crash_describe(4, places->list, places->count, &stacks);
	if (result >= 0 || stacks.length > 0) {
		crash_report_write(report, os_buffer_text(&stacks));
	}
}

/* The process that does it is nobody's child but the keeper's, which reaps it. */
void crash_report_describe_later(const struct crash_report *report, const struct task *task)
{
	if (!os_crash_has_record(report->record_fd)) {
		return;
	}
	struct places places;
	struct crash_report own = *report;
	find_places(task, &places);
	pid_t between = fork();
	if (between == 0) {
		if (fork() == 0) {
			describe(&own, &places);
		}
		_exit(0);
	}
	if (between > 0) {
		waitpid(between, NULL, 0);
	}
}
