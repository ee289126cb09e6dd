#include <cs/services.h>

#include <os/array.h>
#include <os/connection.h>
#include <os/list.h>
#include <os/memory.h>

#include <errno.h>
#include <string.h>

#define MAX_WAITING 64
#define REPLY_TIMEOUT_US (60 * OS_US_PER_S) /* an install copies files */

struct waiting {
	struct os_list link; /* cs_services.waiting */
	struct os_message message;
	os_port_reply_fn fn;
	void *context;
};

struct cs_services {
	struct os_connection *connection;
	struct os_list waiting; /* asked while the line was down */
	size_t waiting_count;
	struct os_signal connected;
	struct os_signal events[CS_SERVICES_EVENTS];
	bool watches[CS_SERVICES_REQUESTS];
};

static int send_call(struct os_port *port, struct os_message *message, os_port_reply_fn fn,
		     void *context)
{
	if (message->type->reply == NULL) {
		return os_port_send(port, message);
	}
	return os_port_call(port, message, REPLY_TIMEOUT_US, fn, context);
}

/* --- The line ---------------------------------------------------------------------------------- */

static void did_watch(void *context, int status, struct os_message *reply)
{
}

static int send_watch(struct os_port *port, enum cs_services_request request)
{
	struct os_message message;
	cs_services_begin(&message, request);
	return send_call(port, &message, did_watch, NULL);
}

static void did_connect(void *context, struct os_port *port, bool again)
{
	struct cs_services *services = context;
	os_signal_emit(&services->connected, &again);
	for (unsigned i = 0; i < CS_SERVICES_REQUESTS; i++) {
		if (services->watches[i]) {
			send_watch(port, i);
		}
	}
	struct waiting *waiting, *after;
	os_list_for_each_safe(waiting, after, &services->waiting, link) {
		os_list_remove(&waiting->link);
		services->waiting_count--;
		send_call(port, &waiting->message, waiting->fn, waiting->context);
		os_free(waiting);
	}
}

static int did_receive(void *context, struct os_port *port, struct os_message *message)
{
	struct cs_services *services = context;
	os_signal_emit(&services->events[message->header.type], message);
	return 0;
}

static const struct os_connection_delegate s_delegate = {
    .struct_size = sizeof(struct os_connection_delegate),
    .connected = did_connect,
    .message = did_receive,
};

static struct cs_services *create(void)
{
	struct cs_services *services = os_alloc(sizeof(*services));
	os_list_init(&services->waiting);
	os_signal_init(&services->connected);
	for (size_t i = 0; i < CS_SERVICES_EVENTS; i++) {
		os_signal_init(&services->events[i]);
	}
	return services;
}

struct cs_services *cs_services_create(void)
{
	struct cs_services *services = create();
	services->connection =
	    os_connection_create("services", &cs_services_interface, &s_delegate, services);
	return services;
}

struct cs_services *cs_services_create_with_fd(struct os_loop *loop, int fd)
{
	struct cs_services *services = create();
	services->connection =
	    os_connection_create_with_fd(loop, fd, &cs_services_interface, &s_delegate, services);
	return services;
}

static void end_unanswered(struct waiting *waiting)
{
	if (waiting->fn != NULL) {
		waiting->fn(waiting->context, -EPIPE, NULL);
	}
	os_free(waiting);
}

struct cs_services *cs_services_destroy(struct cs_services *services)
{
	if (services == NULL) {
		return NULL;
	}
	struct waiting *waiting, *after;
	os_list_for_each_safe(waiting, after, &services->waiting, link) {
		os_list_remove(&waiting->link);
		os_message_finish(&waiting->message);
		end_unanswered(waiting);
	}
	struct os_port *port = os_connection_port(services->connection);
	if (port != NULL) {
		os_port_close(port);
	}
	os_connection_release(services->connection);
	os_signal_finish(&services->connected);
	for (size_t i = 0; i < CS_SERVICES_EVENTS; i++) {
		os_signal_finish(&services->events[i]);
	}
	os_free(services);
	return NULL;
}

bool cs_services_is_connected(const struct cs_services *services)
{
	return os_connection_port(services->connection) != NULL;
}

struct os_signal *cs_services_connected(struct cs_services *services)
{
	return &services->connected;
}

struct os_signal *cs_services_event(struct cs_services *services, enum cs_services_event event)
{
	return &services->events[event];
}

/* --- Asking ------------------------------------------------------------------------------------ */

void cs_services_begin(struct os_message *message, enum cs_services_request request)
{
	os_message_init(message, &cs_services_interface.requests[request], request);
}

int cs_services_call(struct cs_services *services, struct os_message *message, os_port_reply_fn fn,
		     void *context)
{
	struct os_port *port = os_connection_port(services->connection);
	if (port != NULL) {
		return send_call(port, message, fn, context);
	}
	if (services->waiting_count >= MAX_WAITING) {
		os_message_finish(message);
		return -ENOBUFS;
	}
	struct waiting *waiting = os_alloc(sizeof(*waiting));
	waiting->message = *message;
	memset(message, 0, sizeof(*message));
	waiting->fn = fn;
	waiting->context = context;
	os_list_append(&services->waiting, &waiting->link);
	services->waiting_count++;
	return 0;
}

int cs_services_watch(struct cs_services *services, enum cs_services_request request)
{
	if (services->watches[request]) {
		return 0;
	}
	services->watches[request] = true;
	struct os_port *port = os_connection_port(services->connection);
	return port == NULL ? 0 : send_watch(port, request);
}

void cs_services_forget(struct cs_services *services, void *context)
{
	struct waiting *waiting, *after;
	os_list_for_each_safe(waiting, after, &services->waiting, link) {
		if (waiting->context == context) {
			os_list_remove(&waiting->link);
			services->waiting_count--;
			os_message_finish(&waiting->message);
			os_free(waiting);
		}
	}
	struct os_port *port = os_connection_port(services->connection);
	if (port != NULL) {
		os_port_forget_calls(port, context);
	}
}
