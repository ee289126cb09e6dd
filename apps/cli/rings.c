#include "rings.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <os/file.h>
#include <os/memory.h>
#include <os/supervisor.h>

#include "session.h"

#define MAX_PROCESSES 256

int rings_add_process(struct rings *rings, int pid, const char *name)
{
	rings->processes = os_realloc_array(rings->processes, (size_t)rings->process_count + 1,
					    sizeof(struct ring_process));
	struct ring_process *process = &rings->processes[rings->process_count];
	process->pid = pid;
	snprintf(process->name, sizeof(process->name), "%s", name);
	return rings->process_count++;
}

void rings_add(struct rings *rings, int process, const struct os_trace_event *event)
{
	if (rings->count == rings->capacity) {
		rings->capacity = rings->capacity ? rings->capacity * 2 : 1024;
		rings->records =
		    os_realloc_array(rings->records, rings->capacity, sizeof(struct ring_record));
	}
	rings->records[rings->count++] = (struct ring_record){*event, process};
}

static void did_read(void *context, const struct os_trace_event *event)
{
	struct rings *rings = context;
	rings_add(rings, rings->process_count - 1, event);
}

static int by_time(const void *a, const void *b)
{
	const struct os_trace_event *one = &((const struct ring_record *)a)->event;
	const struct os_trace_event *other = &((const struct ring_record *)b)->event;
	if (one->real_us != other->real_us) {
		return one->real_us < other->real_us ? -1 : 1;
	}
	return one->duration_us > other->duration_us ? -1 : one->duration_us < other->duration_us;
}

void rings_sort(struct rings *rings)
{
	if (rings->count > 0) {
		qsort(rings->records, rings->count, sizeof(struct ring_record), by_time);
	}
}

void rings_finish(struct rings *rings)
{
	os_free(rings->processes);
	os_free(rings->records);
	*rings = (struct rings){0};
}

/* Reads the index-th process's ring. Returns how many there are, or -ENOENT behind the last. */
static int read_ring(struct cli *cli, uint32_t index, struct rings *rings)
{
	struct os_message message, reply;
	cli_begin(&message, CLI_SUPERVISOR, OS_SUPERVISOR_RINGS);
	os_message_write_u32(&message, index);
	int result = cli_call(cli, CLI_SUPERVISOR, &message, &reply);
	if (result < 0) {
		return result;
	}
	uint32_t count = os_message_read_u32(&reply);
	int pid = os_message_read_i32(&reply);
	const char *role = os_message_read_text(&reply);
	const char *app = os_message_read_text(&reply);
	int fd = os_message_take_fd(&reply);
	rings_add_process(rings, pid, app[0] ? app : role);
	if (fd >= 0) {
		/* A ring that is damaged is that process's loss, not the others'. */
		os_trace_read_ring(fd, did_read, rings);
	}
	os_fd_close(fd);
	os_message_finish(&reply);
	return (int)OS_MIN(count, MAX_PROCESSES);
}

int rings_read(struct cli *cli, struct rings *ret_rings)
{
	struct rings rings = {0};
	int count = 1;
	for (uint32_t i = 0; (int)i < count; i++) {
		count = read_ring(cli, i, &rings);
	}
	if (count < 0 && count != -ENOENT) {
		rings_finish(&rings);
		return count;
	}
	rings_sort(&rings);
	*ret_rings = rings;
	return 0;
}
