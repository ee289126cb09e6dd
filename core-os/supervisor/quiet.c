/* Whether all processes have come to rest: nothing sent that was not handled, nobody busy, no
 * deadline due, no wake-up unanswered. Two equal readings, one after the other, prove it (Mattern's
 * four counters): a message that was on its way during the first would differ in the second.
 *
 * Counts belong to connections, and only those count whose both ends are in the pages read: a tool
 * has no page, and a process that is left out has none here. */
#include "supervisor.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <os/clock.h>
#include <os/memory.h>

struct count {
	uint64_t id, sent, handled;
	struct task *task; /* NULL: the supervisor */
};

struct reading {
	struct os_array counts; /* struct count, by id */
	struct os_array pages;  /* struct page_copy */
	struct busy_task *busy;
	size_t busy_count, most;
};

static void add_busy(struct reading *reading, struct task *task, const char *what)
{
	for (size_t i = 0; i < reading->busy_count; i++) {
		if (reading->busy[i].task == task) {
			return;
		}
	}
	if (reading->busy_count < reading->most) {
		reading->busy[reading->busy_count++] = (struct busy_task){task, what};
	}
}

/* Stopped by a signal from outside, as a test or a debugger does. */
static bool is_stopped(pid_t pid)
{
	char path[64], text[512];
	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
	if (fd >= 0) {
		close(fd);
	}
	if (length <= 0) {
		return false;
	}
	text[length] = '\0';
	const char *behind_name = strrchr(text, ')');
	return behind_name != NULL && (behind_name[2] == 'T' || behind_name[2] == 't');
}

static bool is_left_out(const struct task *task, const char *free_app)
{
	bool is_free = free_app[0] != '\0' &&
	               (strcmp(task_app(task), free_app) == 0 || strcmp(task_role(task), free_app) == 0);
	bool thorough = task->supervisor->step.thorough;
	return is_free || task->stopped || (thorough && task->runs && is_stopped(task->pid));
}

/* --- One reading ------------------------------------------------------------------------------------------- */

static void add_counts(struct reading *reading, struct task *task, const struct page_copy *page)
{
	for (uint32_t i = 0; i < page->connection_count; i++) {
		struct count *count = os_array_append(&reading->counts);
		count->id = page->connections[i].id;
		count->sent = page->connections[i].sent;
		count->handled = page->connections[i].handled;
		count->task = task;
	}
}

static bool lists(const struct page_copy *page, uint64_t connection)
{
	for (uint32_t i = 0; i < page->connection_count; i++) {
		if (page->connections[i].id == connection) {
			return true;
		}
	}
	return false;
}

static void read_task(struct reading *reading, struct task *task)
{
	struct page_copy *page = os_array_append(&reading->pages);
	page_read(task->page, page);
	add_counts(reading, task, page);
	if (task->client == NULL || !lists(page, task->client->connection)) {
		add_busy(reading, task, "starting");
	} else if (page->busy > 0) {
		add_busy(reading, task, "busy");
	} else if (page->wakes != task->wakes) {
		add_busy(reading, task, "not awake yet");
	} else if (page->next_deadline_us <= os_clock_now_us()) {
		add_busy(reading, task, "a timer is due");
	}
}

static int by_id(const void *a, const void *b)
{
	uint64_t one = ((const struct count *)a)->id, other = ((const struct count *)b)->id;
	return one < other ? -1 : one > other;
}

static void compare_ends(struct reading *reading)
{
	struct count *counts = reading->counts.items;
	size_t count = reading->counts.count;
	if (count > 0) {
		qsort(counts, count, sizeof(*counts), by_id);
	}
	for (size_t i = 0; i + 1 < count; i++) {
		struct count *one = &counts[i], *other = &counts[i + 1];
		if (one->id != other->id) {
			continue;
		}
		struct task *behind = one->sent != other->handled ? other->task : one->task;
		if (one->sent != other->handled || other->sent != one->handled) {
			add_busy(reading, behind != NULL ? behind : one->task != NULL ? one->task : other->task,
			         "a message is not handled yet");
		}
	}
}

static void read_all(struct supervisor *supervisor, const char *free_app, struct reading *reading)
{
	struct page_copy own;
	struct task *task;
	os_array_clear(&reading->counts);
	os_array_clear(&reading->pages);
	reading->busy_count = 0;
	os_list_for_each(task, &supervisor->tasks, link) {
		if (!is_left_out(task, free_app)) {
			read_task(reading, task);
		}
	}
	page_read(page_own(), &own); /* its own loop is awake, as it is reading */
	add_counts(reading, NULL, &own);
	compare_ends(reading);
}

static bool are_equal(const struct reading *a, const struct reading *b)
{
	return a->pages.count == b->pages.count &&
	       (a->pages.count == 0 ||
	        memcmp(a->pages.items, b->pages.items, a->pages.count * sizeof(struct page_copy)) == 0);
}

size_t quiet_find_busy(struct supervisor *supervisor, const char *free_app,
                       struct busy_task *ret_busy, size_t most)
{
	struct reading readings[2];
	size_t result = 0;
	for (int i = 0; i < 2; i++) {
		os_array_init(&readings[i].counts, sizeof(struct count));
		os_array_init(&readings[i].pages, sizeof(struct page_copy));
		readings[i].busy = ret_busy;
		readings[i].most = most;
	}
	read_all(supervisor, free_app, &readings[0]);
	result = readings[0].busy_count;
	if (result == 0) {
		read_all(supervisor, free_app, &readings[1]);
		result = readings[1].busy_count;
		if (result == 0 && !are_equal(&readings[0], &readings[1])) {
			ret_busy[0] = (struct busy_task){NULL, "a message is on its way"};
			result = 1;
		}
	}
	for (int i = 0; i < 2; i++) {
		os_array_finish(&readings[i].counts);
		os_array_finish(&readings[i].pages);
	}
	return result;
}

int64_t quiet_next_deadline_us(struct supervisor *supervisor, const char *free_app)
{
	int64_t earliest_us = os_loop_next_deadline_us(supervisor->loop);
	struct task *task;
	os_list_for_each(task, &supervisor->tasks, link) {
		struct page_copy page;
		if (!is_left_out(task, free_app)) {
			page_read(task->page, &page);
			earliest_us = OS_MIN(earliest_us, page.next_deadline_us);
		}
	}
	return earliest_us;
}

void quiet_wake_all(struct supervisor *supervisor)
{
	struct task *task;
	const uint64_t one = 1;
	os_list_for_each(task, &supervisor->tasks, link) {
		if (write(task->wake_fd, &one, sizeof(one)) == sizeof(one)) {
			task->wakes++;
		}
	}
}
