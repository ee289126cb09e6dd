/* The app's side of a line:
 *
 *	closed ──open──▸ asked ──status 0──▸ open ──unplugged──▸ lost
 *	                  ▴  └──-Exxx──▸ refused ──┐              │
 *	                  └───────── retry ────────┴──────────────┘ */
#include "hardware_private.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <os/clock.h>
#include <os/file.h>
#include <os/memory.h>
#include <os/process.h>
#include <os/status.h>

#define ANSWER_WITHIN_US (10 * OS_US_PER_S)

struct os_hardware *hardware_create(const char *name, const struct os_hardware_delegate *delegate,
                                    void *context)
{
	struct os_hardware *line = os_alloc(sizeof(*line));
	memcpy(&line->delegate, delegate, OS_MIN((size_t)delegate->struct_size, sizeof(line->delegate)));
	line->context = context;
	line->fd = -1;
	snprintf(line->name, sizeof(line->name), "%s", name);
	return line;
}

static void drop(struct os_hardware *line)
{
	if (line->source != NULL) {
		line->source = os_source_remove(line->source);
	}
	line->fd = os_fd_close(line->fd);
	os_buffer_clear(&line->unsent);
}

void hardware_lose(struct os_hardware *line, int status)
{
	drop(line);
	if (line->delegate.lost != NULL) {
		line->delegate.lost(line->context, line, status);
	}
}

static void did_get_ready(void *context, int fd, uint32_t events)
{
	struct os_hardware *line = context;
	if (line->kind == OS_HARDWARE_SERIAL) {
		hardware_serial_ready(line, events);
	} else {
		hardware_gpio_ready(line);
	}
}

void hardware_adopt(struct os_hardware *line, struct os_loop *loop, uint32_t kind, int fd)
{
	line->kind = kind;
	line->fd = fd;
	line->loop = loop;
	if (kind == OS_HARDWARE_GPIO_INPUT || kind == OS_HARDWARE_SERIAL) {
		os_fd_set_nonblocking(fd, true);
		line->source = os_loop_add_fd(loop, fd, OS_LOOP_READ, did_get_ready, line);
	}
}

/* --- Asking ------------------------------------------------------------------------------------------ */

static void did_answer(void *context, int status, struct os_message *reply)
{
	struct os_hardware *line = context;
	const char *sentence = "";
	line->asked = false;
	if (reply != NULL) {
		status = os_message_read_i32(reply);
		uint32_t kind = os_message_read_u32(reply);
		sentence = os_message_read_text(reply);
		int fd = os_message_take_fd(reply);
		if (status == 0 && fd >= 0 && kind > 0 && kind < OS_HARDWARE_KINDS) {
			hardware_adopt(line, os_process_loop(), kind, fd);
		} else {
			os_fd_close(fd);
			status = status < 0 ? status : -EPROTO;
		}
	}
	if (status < 0 && sentence[0] == '\0') {
		sentence = os_status_text(status);
	}
	if (line->delegate.opened != NULL) {
		line->delegate.opened(line->context, line, status, sentence);
	}
}

static int ask(struct os_hardware *line)
{
	struct os_message message;
	os_message_init(&message, &os_supervisor_interface.requests[OS_SUPERVISOR_HARDWARE],
	                OS_SUPERVISOR_HARDWARE);
	os_message_write_text(&message, line->name);
	line->asked = true;
	return os_port_call(os_process_port(), &message, ANSWER_WITHIN_US, did_answer, line);
}

struct os_hardware *os_hardware_open(const char *name, const struct os_hardware_delegate *delegate,
                                     void *context)
{
	if (os_process_port() == NULL) {
		return NULL;
	}
	struct os_hardware *line = hardware_create(name, delegate, context);
	return ask(line) < 0 ? os_hardware_close(line) : line;
}

int os_hardware_retry(struct os_hardware *line)
{
	return line->asked || line->fd >= 0 ? -EALREADY : ask(line);
}

struct os_hardware *os_hardware_close(struct os_hardware *line)
{
	if (line != NULL) {
		if (line->asked) {
			os_port_forget_calls(os_process_port(), line);
		}
		if (line->gone != NULL) {
			*line->gone = NULL;
		}
		drop(line);
		os_buffer_finish(&line->unsent);
		os_free(line);
	}
	return NULL;
}

bool os_hardware_is_open(const struct os_hardware *line)
{
	return line != NULL && line->fd >= 0;
}

enum os_hardware_kind os_hardware_kind(const struct os_hardware *line)
{
	return (enum os_hardware_kind)line->kind;
}
