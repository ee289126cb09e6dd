/* Plays the role that it is started as. Services publish one app, the compositor ticks 60 times a
 * second of device time, and everybody says hello to services again and again. An app of the id
 * org.test.crash ends by a fault, org.test.deaf does not end when it is asked to. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <os/clock.h>
#include <os/connection.h>
#include <os/log.h>
#include <os/message.h>
#include <os/process.h>
#include <os/timer.h>

#include "child.h"
#include "lines.h"

static struct {
	struct os_loop *loop;
	struct os_timer *frame;
	struct os_connection *services;
	uint64_t frames, last_client;
	uint32_t hellos;
	char hellos_of[128]; /* each with a blank behind it */
	struct os_port *clients[32];
} s_child;

/* --- As a service ---------------------------------------------------------------------------------------- */

static void answer_ask(struct os_port *port, const struct os_message *message)
{
	struct os_message reply;
	os_message_init_reply(&reply, message);
	os_message_write_i32(&reply, (int32_t)getpid());
	os_message_write_u64(&reply, s_child.frames);
	os_message_write_u32(&reply, s_child.hellos);
	os_message_write_u64(&reply, s_child.last_client);
	os_message_write_text(&reply, s_child.hellos_of);
	os_message_write_i64(&reply, os_clock_now_us());
	os_port_reply(port, &reply);
}

static void note_hello(const char *name)
{
	size_t used = strlen(s_child.hellos_of);
	snprintf(s_child.hellos_of + used, sizeof(s_child.hellos_of) - used, "%s ", name);
}

static int did_receive(void *context, struct os_port *port, struct os_message *message)
{
	struct os_message reply;
	switch (message->header.type) {
	case CHILD_ASK:
		answer_ask(port, message);
		return 0;
	case CHILD_HELLO:
		s_child.hellos++;
		s_child.last_client = os_port_peer(port)->client;
		note_hello(os_message_read_text(message));
		return 0;
	case CHILD_BUSY:
		if (os_message_read_bool(message)) {
			os_process_begin_busy();
		} else {
			os_process_end_busy();
		}
		break;
	default:
		os_log_info("child", "%s", os_message_read_text(message));
		break;
	}
	os_message_init_reply(&reply, message);
	return os_port_reply(port, &reply);
}

static void did_close(void *context, struct os_port *port, int reason)
{
	for (size_t i = 0; i < OS_ARRAY_LEN(s_child.clients); i++) {
		if (s_child.clients[i] == port) {
			s_child.clients[i] = os_port_release(port);
			return;
		}
	}
}

static const struct os_port_delegate s_port_delegate = {
	.struct_size = sizeof(struct os_port_delegate), .message = did_receive, .closed = did_close};

static void introduced(void *context, int fd, uint64_t connection, const struct os_peer *peer)
{
	for (size_t i = 0; i < OS_ARRAY_LEN(s_child.clients); i++) {
		if (s_child.clients[i] == NULL) {
			struct os_port *port = os_port_create(s_child.loop, fd, &s_child_interface,
			                                      OS_PORT_SERVER, &s_port_delegate, NULL);
			os_port_set_peer(port, peer);
			os_port_set_connection(port, connection);
			s_child.clients[i] = port;
			return;
		}
	}
	close(fd);
}

/* --- As a client ----------------------------------------------------------------------------------------- */

static const char *own_name(void)
{
	const struct os_process_info *info = os_process_info();
	return info->app[0] != '\0' ? info->app : info->role;
}

static void connected(void *context, struct os_port *port, bool again)
{
	struct os_message message;
	os_message_init(&message, &s_child_requests[CHILD_HELLO], CHILD_HELLO);
	os_message_write_text(&message, own_name());
	os_port_send(port, &message);
}

static int services_said(void *context, struct os_port *port, struct os_message *message)
{
	return 0;
}

static const struct os_connection_delegate s_connection_delegate = {
	.struct_size = sizeof(struct os_connection_delegate),
	.connected = connected,
	.message = services_said,
};

/* --- By role ---------------------------------------------------------------------------------------------- */

static void publish(const char *app)
{
	struct os_launch_record record = {.memory_bytes = 0};
	struct os_message message;
	snprintf(record.app, sizeof(record.app), "%s", app);
	snprintf(record.name, sizeof(record.name), "Test");
	snprintf(record.bundle, sizeof(record.bundle), "/usr/share");
	snprintf(record.container, sizeof(record.container), "%s/containers/%s",
	         os_process_option("data"), app);
	if (strcmp(app, LINES_APP) == 0) {
		lines_fill_record(&record);
	}
	os_message_init(&message, &os_supervisor_interface.requests[OS_SUPERVISOR_PUBLISH],
	                OS_SUPERVISOR_PUBLISH);
	os_launch_record_write(&record, &message);
	os_port_send(os_process_port(), &message);
}

static void did_tick(void *context, int64_t now_us)
{
	s_child.frames++;
	os_timer_set(s_child.frame, now_us + CHILD_FRAME_US);
}

static void be_compositor(void)
{
	s_child.frame = os_timer_create(s_child.loop, OS_TIMER_DEVICE, OS_LOOP_MODE_COMMON, did_tick, NULL);
	os_timer_set_after(s_child.frame, CHILD_FRAME_US);
}

static void crash(void *context)
{
	abort();
}

static void terminate(void *context, int64_t left_us)
{
	if (strcmp(own_name(), "org.test.deaf") != 0) {
		os_loop_stop(s_child.loop, 0);
	}
}

static const struct os_process_delegate s_delegate = {
	.struct_size = sizeof(struct os_process_delegate),
	.introduced = introduced,
	.terminate = terminate,
};

int main(void)
{
	s_child.loop = os_loop_create();
	if (os_process_start(s_child.loop, &s_delegate, NULL) < 0) {
		return 1;
	}
	const char *role = os_process_info()->role;
	if (strcmp(role, "services") == 0) {
		publish(CHILD_APP);
		publish("org.test.crash");
		publish("org.test.deaf");
		publish(LINES_APP);
	} else {
		s_child.services = os_connection_create("services", &s_child_interface,
		                                        &s_connection_delegate, NULL);
	}
	if (strcmp(role, "compositor") == 0) {
		be_compositor();
	}
	if (strcmp(own_name(), "org.test.crash") == 0) {
		os_loop_defer(s_child.loop, OS_LOOP_MODE_COMMON, crash, NULL);
	}
	if (strcmp(own_name(), LINES_APP) == 0) {
		lines_begin();
	}
	os_process_ready();
	return os_loop_run(s_child.loop);
}
