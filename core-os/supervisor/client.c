#include "supervisor.h"

#include <errno.h>
#include <signal.h>

#include <os/memory.h>

#define TOOL_BOUND (4 << 20) /* all the lines so far fit */

/* A process that hung up, or said what does not fit, is of no use to the device any more. */
static void did_lose_task(struct client *client, int reason)
{
	struct task *task = client->task;
	task->client = NULL;
	if (reason != -EPIPE) {
		task_kill(task, reason == -EPERM ? "asked for what it may not have"
		                                 : "sent a message that does not fit");
	}
}

static void did_close(void *context, struct os_port *port, int reason)
{
	struct client *client = context;
	if (client->task != NULL) {
		did_lose_task(client, reason);
	}
	client_release(client);
}

static int did_receive(void *context, struct os_port *port, struct os_message *message)
{
	return requests_handle(context, message);
}

static const struct os_port_delegate s_delegate = {
	.struct_size = sizeof(struct os_port_delegate), .message = did_receive, .closed = did_close};

struct client *client_create(struct supervisor *supervisor, int fd, const struct os_peer *peer)
{
	struct client *client = os_alloc(sizeof(*client));
	client->supervisor = supervisor;
	client->peer = *peer;
	client->peer.client = supervisor_next_number(supervisor);
	client->connection = supervisor_next_number(supervisor);
	client->port = os_port_create(supervisor->loop, fd, &os_supervisor_interface, OS_PORT_SERVER,
	                              &s_delegate, client);
	os_port_set_peer(client->port, &client->peer);
	os_port_set_connection(client->port, client->connection);
	os_port_set_bound(client->port, TOOL_BOUND);
	os_list_append(&supervisor->clients, &client->link);
	return client;
}

struct client *client_release(struct client *client)
{
	if (client == NULL) {
		return NULL;
	}
	if (client->task != NULL) {
		client->task->client = NULL;
	}
	os_list_remove(&client->link);
	os_port_close(client->port);
	os_port_release(client->port);
	os_free(client);
	return NULL;
}

struct client *client_find(struct supervisor *supervisor, uint64_t number)
{
	struct client *client;
	os_list_for_each(client, &supervisor->clients, link) {
		if (client->peer.client == number) {
			return client;
		}
	}
	return NULL;
}

void client_event(struct os_message *message, enum os_supervisor_event event)
{
	os_message_init(message, &os_supervisor_interface.events[event], event);
}

int client_send(struct client *client, struct os_message *message)
{
	if (client == NULL) {
		os_message_finish(message);
		return -EPIPE;
	}
	return os_port_send(client->port, message);
}

/* --- Answers that are due later --------------------------------------------------------------------- */

void pending_add(struct os_list *list, struct client *client, const struct os_message *request)
{
	struct pending *pending = os_alloc(sizeof(*pending));
	pending->client = client->peer.client;
	pending->index = request->header.type;
	pending->serial = request->header.serial;
	os_list_append(list, &pending->link);
}

void pending_drop(struct pending *pending)
{
	os_list_remove(&pending->link);
	os_free(pending);
}

bool pending_begin_reply(struct supervisor *supervisor, struct pending *pending,
                         struct client **ret_client, struct os_message *ret_reply)
{
	struct client *client = client_find(supervisor, pending->client);
	uint32_t index = pending->index, serial = pending->serial;
	pending_drop(pending);
	if (client == NULL) {
		return false;
	}
	os_message_init_late_reply(ret_reply, &os_supervisor_interface.requests[index], index, serial);
	*ret_client = client;
	return true;
}

void pending_answer_all(struct supervisor *supervisor, struct os_list *list, int status)
{
	while (!os_list_is_empty(list)) {
		struct pending *pending = OS_CONTAINER_OF(list->next, struct pending, link);
		struct client *client;
		struct os_message reply;
		if (pending_begin_reply(supervisor, pending, &client, &reply)) {
			reply.header.status = status;
			os_port_reply(client->port, &reply);
		}
	}
}
