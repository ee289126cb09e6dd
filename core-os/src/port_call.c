#include <errno.h>

#include <os/clock.h>
#include <os/memory.h>

#include "port_private.h"

struct port_call {
	struct os_list link; /* os_port.calls */
	uint32_t serial, index;
	int64_t began_us, deadline_us; /* real time */
	os_port_reply_fn fn;           /* NULL: forgotten */
	void *context;
};

static uint32_t next_serial(struct os_port *port)
{
	port->last_serial += port->last_serial == UINT32_MAX ? 2 : 1; /* 0 is for no reply */
	return port->last_serial;
}

static int64_t deadline_after(int64_t timeout_us)
{
	int64_t now_us = os_clock_real_us();
	return timeout_us >= OS_NEVER - now_us ? OS_NEVER : now_us + timeout_us;
}

static void end_call(struct port_call *call, int status, struct os_message *reply)
{
	os_list_remove(&call->link);
	if (call->fn != NULL) {
		call->fn(call->context, status, reply);
	}
	os_free(call);
}

/* --- Time-outs -------------------------------------------------------------------------------------- */

static void set_timer(struct os_port *port);

static struct port_call *first_overdue(struct os_port *port, int64_t now_us)
{
	struct port_call *call;
	os_list_for_each(call, &port->calls, link) {
		if (call->deadline_us <= now_us) {
			return call;
		}
	}
	return NULL;
}

static void did_time_out(void *context, int64_t now_us)
{
	struct os_port *port = os_port_retain(context);
	struct port_call *call;
	while ((call = first_overdue(port, os_clock_real_us())) != NULL) {
		end_call(call, -ETIMEDOUT, NULL); /* any of the calls may be gone after this */
	}
	set_timer(port);
	os_port_release(port);
}

static void set_timer(struct os_port *port)
{
	int64_t earliest_us = OS_NEVER;
	struct port_call *call;
	os_list_for_each(call, &port->calls, link) {
		earliest_us = OS_MIN(earliest_us, call->deadline_us);
	}
	if (earliest_us == OS_NEVER) {
		if (port->call_timer != NULL) {
			os_timer_cancel(port->call_timer);
		}
		return;
	}
	if (port->call_timer == NULL) {
		port->call_timer = os_timer_create(port->loop, OS_TIMER_REAL, OS_LOOP_MODE_COMMON,
		                                   did_time_out, port);
	}
	os_timer_set(port->call_timer, earliest_us);
}

/* --- Calls ---------------------------------------------------------------------------------------------- */

int os_port_call(struct os_port *port, struct os_message *message, int64_t timeout_us,
                 os_port_reply_fn fn, void *context)
{
	uint32_t index = message->header.type;
	uint32_t serial = next_serial(port);
	message->header.serial = serial;
	int result = os_port_send(port, message);
	if (result < 0) {
		return result;
	}
	struct port_call *call = os_alloc(sizeof(*call));
	call->serial = serial;
	call->index = index;
	call->began_us = os_clock_real_us();
	call->deadline_us = deadline_after(timeout_us);
	call->fn = fn;
	call->context = context;
	os_list_append(&port->calls, &call->link);
	if (call->deadline_us != OS_NEVER) {
		set_timer(port);
	}
	return 0;
}

void port_answer_call(struct os_port *port, struct os_message *reply)
{
	uint32_t index = reply->header.type & ~OS_MESSAGE_REPLY_BIT;
	struct port_call *call;
	os_list_for_each(call, &port->calls, link) {
		if (call->serial == reply->header.serial && call->index == index) {
			int status = reply->header.status;
			bool had_deadline = call->deadline_us != OS_NEVER;
			end_call(call, status, status < 0 ? NULL : reply);
			if (had_deadline) {
				set_timer(port);
			}
			return;
		}
	}
	/* Nobody waits for it any more: it came after its time-out. */
}

void port_end_calls(struct os_port *port, int status)
{
	while (!os_list_is_empty(&port->calls)) {
		end_call(OS_CONTAINER_OF(port->calls.next, struct port_call, link), status, NULL);
	}
	if (port->call_timer != NULL) {
		os_timer_cancel(port->call_timer);
	}
}

/* Their answers are still waited for, since the watchdog counts them. */
void os_port_forget_calls(struct os_port *port, void *context)
{
	struct port_call *call;
	os_list_for_each(call, &port->calls, link) {
		if (call->context == context) {
			call->fn = NULL;
		}
	}
}

int64_t os_port_oldest_call_age_us(const struct os_port *port)
{
	if (os_list_is_empty(&port->calls)) {
		return 0;
	}
	const struct port_call *oldest =
		OS_CONTAINER_OF(port->calls.next, struct port_call, link);
	return os_clock_real_us() - oldest->began_us;
}

static bool is_answer(const struct os_message *message, uint32_t index, uint32_t serial)
{
	return message->header.type == (index | OS_MESSAGE_REPLY_BIT) &&
	       message->header.serial == serial;
}

int os_port_call_wait(struct os_port *port, struct os_message *message, int64_t timeout_us,
                      struct os_message *ret_reply)
{
	uint32_t index = message->header.type;
	uint32_t serial = next_serial(port);
	int64_t deadline_us = deadline_after(timeout_us);
	message->header.serial = serial;
	int result = os_port_send(port, message);
	while (result >= 0) {
		struct os_message next;
		result = port_wait(port, deadline_us, &next);
		if (result < 0) {
			break;
		}
		if (is_answer(&next, index, serial)) {
			port_count_handled(port);
			result = next.header.status;
			if (result < 0) {
				os_message_finish(&next);
				break;
			}
			*ret_reply = next;
			port_watch(port);
			return 0;
		}
		result = port_keep_waiting(port, &next);
		if (result < 0) {
			os_message_finish(&next);
		}
	}
	port_watch(port);
	if (result == -EBADMSG) {
		port_fail(port, result);
	}
	return result;
}
