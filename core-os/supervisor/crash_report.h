/* Crash report: one file in crashes/. It is there at once, with what is known; the stacks follow,
 * from a process of their own, since naming functions may take a second. */
#ifndef OS_CRASH_REPORT_H
#define OS_CRASH_REPORT_H

#include <os/buffer.h>

struct task;

struct crash_report {
	int folder_fd, record_fd;
	char name[200];
	struct os_buffer head, tail;
};

/* stacks may be NULL. */
int crash_report_write(const struct crash_report *report, const char *stacks);
void crash_report_describe_later(const struct crash_report *report, const struct task *task);

#endif
