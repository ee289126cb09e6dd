#include <cs/services_server.h>

#include <os/file.h>
#include <os/memory.h>
#include <os/status.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "services_private.h"

#define MAX_NOTICES 32

static const cs_handler s_handlers[CS_SERVICES_REQUESTS];

/* --- Clients ----------------------------------------------------------------------------------- */

const struct os_peer *cs_client_peer(const struct cs_client *client)
{
	return os_port_peer(client->port);
}

bool cs_client_is_master(const struct cs_client *client)
{
	const struct os_peer *peer = cs_client_peer(client);
	return os_peer_has(peer, "settings") || os_peer_has(peer, "tool");
}

const char *cs_client_app(const struct cs_client *client, const char *app)
{
	const char *own = cs_client_peer(client)->app;
	if (app[0] == '\0' || strcmp(app, own) == 0) {
		return own[0] == '\0' ? NULL : own;
	}
	return cs_client_is_master(client) && cs_manifest_is_id(app) ? app : NULL;
}

static void client_release(struct cs_client *client)
{
	if (--client->references == 0) {
		os_map_destroy(client->watching);
		os_free(client);
	}
}

static void client_hang_up(struct cs_client *client)
{
	os_list_remove(&client->link);
	os_port_close(client->port);
	client->port = os_port_release(client->port);
	client_release(client);
}

static int client_message(void *context, struct os_port *port, struct os_message *message)
{
	struct cs_client *client = context;
	return s_handlers[message->header.type](client, message);
}

static void client_closed(void *context, struct os_port *port, int reason)
{
	client_hang_up(context);
}

static const struct os_port_delegate s_client_delegate = {
    .struct_size = sizeof(struct os_port_delegate),
    .message = client_message,
    .closed = client_closed,
};

void cs_server_add_client(struct cs_server *server, int fd, uint64_t connection,
			  const struct os_peer *peer)
{
	struct cs_client *client = os_alloc(sizeof(*client));
	client->references = 1;
	client->server = server;
	client->watching = os_map_create(OS_MAP_STRINGS);
	client->port = os_port_create(server->loop, fd, &cs_services_interface, OS_PORT_SERVER,
				      &s_client_delegate, client);
	os_port_set_peer(client->port, peer);
	os_port_set_connection(client->port, connection);
	os_list_append(&server->clients, &client->link);
}

/* --- Replies ----------------------------------------------------------------------------------- */

int cs_reply_outcome(struct cs_client *client, const struct os_message *message, int status,
		     const char *sentence)
{
	struct os_message reply;
	os_message_init_reply(&reply, message);
	os_message_write_i32(&reply, status);
	os_message_write_text(&reply, sentence);
	return os_port_reply(client->port, &reply);
}

struct cs_ticket *cs_ticket_create(struct cs_client *client, const struct os_message *message)
{
	struct cs_ticket *ticket = os_alloc(sizeof(*ticket));
	ticket->client = client;
	ticket->index = message->header.type;
	ticket->serial = message->header.serial;
	client->references++;
	return ticket;
}

bool cs_ticket_begin(struct cs_ticket *ticket, struct os_message *reply)
{
	if (ticket->client->port == NULL) {
		return false;
	}
	os_message_init_late_reply(reply, &cs_services_interface.requests[ticket->index],
				   ticket->index, ticket->serial);
	return true;
}

void cs_ticket_destroy(struct cs_ticket *ticket)
{
	client_release(ticket->client);
	os_free(ticket);
}

void cs_ticket_send(struct cs_ticket *ticket, struct os_message *reply)
{
	os_port_reply(ticket->client->port, reply);
	cs_ticket_destroy(ticket);
}

void cs_ticket_outcome(struct cs_ticket *ticket, int status, const char *sentence)
{
	struct os_message reply;
	if (!cs_ticket_begin(ticket, &reply)) {
		cs_ticket_destroy(ticket);
		return;
	}
	os_message_write_i32(&reply, status);
	os_message_write_text(&reply, sentence);
	cs_ticket_send(ticket, &reply);
}

void cs_event_begin(struct os_message *message, enum cs_services_event event)
{
	os_message_init(message, &cs_services_interface.events[event], event);
}

/* --- Notices ----------------------------------------------------------------------------------- */

static void send_notice(struct cs_client *client, const struct cs_notice *notice)
{
	struct os_message message;
	cs_event_begin(&message, CS_SERVICES_NOTICE);
	os_message_write_u32(&message, notice->number);
	os_message_write_text(&message, notice->sentence);
	os_port_send(client->port, &message);
}

void cs_server_tell(struct cs_server *server, const char *sentence)
{
	if (server->delegate->notice != NULL) {
		server->delegate->notice(server->context, sentence);
	}
	if (server->notices.count >= MAX_NOTICES) {
		return;
	}
	struct cs_notice *notice = os_array_append(&server->notices);
	notice->number = ++server->notice_count;
	notice->sentence = os_strndup(sentence, 480);
	os_text_mend(notice->sentence);
	struct cs_client *client;
	os_list_for_each(client, &server->clients, link) {
		if (client->watches_notices) {
			send_notice(client, notice);
		}
	}
}

static int handle_watch_notices(struct cs_client *client, struct os_message *message)
{
	client->watches_notices = true;
	for (size_t i = 0; i < client->server->notices.count; i++) {
		send_notice(client, os_array_at(&client->server->notices, i));
	}
	struct os_message reply;
	os_message_init_reply(&reply, message);
	return os_port_reply(client->port, &reply);
}

static int handle_notice_seen(struct cs_client *client, struct os_message *message)
{
	uint32_t number = os_message_read_u32(message);
	struct os_array *notices = &client->server->notices;
	for (size_t i = 0; i < notices->count; i++) {
		struct cs_notice *notice = os_array_at(notices, i);
		if (notice->number == number) {
			os_free(notice->sentence);
			os_array_remove(notices, i, 1);
			break;
		}
	}
	return 0;
}

static const cs_handler s_handlers[CS_SERVICES_REQUESTS] = {
    [CS_SERVICES_SETTINGS_GET] = cs_settings_handle_get,
    [CS_SERVICES_SETTINGS_SET] = cs_settings_handle_set,
    [CS_SERVICES_SETTINGS_WATCH] = cs_settings_handle_watch,
    [CS_SERVICES_APPS] = cs_apps_handle_list,
    [CS_SERVICES_WATCH_APPS] = cs_apps_handle_watch,
    [CS_SERVICES_APP_ICON] = cs_apps_handle_icon,
    [CS_SERVICES_INSTALL] = cs_apps_handle_install,
    [CS_SERVICES_UNINSTALL] = cs_apps_handle_uninstall,
    [CS_SERVICES_STORAGE] = cs_apps_handle_storage,
    [CS_SERVICES_ERASE] = cs_apps_handle_erase,
    [CS_SERVICES_PERMISSION_GET] = cs_permission_handle_get,
    [CS_SERVICES_PERMISSION_SET] = cs_permission_handle_set,
    [CS_SERVICES_PERMISSION_LIST] = cs_permission_handle_list,
    [CS_SERVICES_PERMISSION_WATCH] = cs_permission_handle_watch,
    [CS_SERVICES_WATCH_NOTICES] = handle_watch_notices,
    [CS_SERVICES_NOTICE_SEEN] = handle_notice_seen,
};

/* --- Life cycle -------------------------------------------------------------------------------- */

int cs_server_create(const struct cs_server_options *options, struct cs_server **ret_server,
		     struct os_error *ret_error)
{
	int data = fcntl(options->data, F_DUPFD_CLOEXEC, 3);
	if (data < 0) {
		return os_error_set(ret_error, -errno, "the data folder: %s", strerror(errno));
	}
	struct cs_server *server = os_alloc(sizeof(*server));
	server->delegate = options->delegate;
	server->context = options->context;
	server->loop = options->loop;
	server->data = data;
	os_list_init(&server->clients);
	os_array_init(&server->notices, sizeof(struct cs_notice));
	cs_settings_server_init(server);
	cs_apps_server_init(server, options->bundles);
	*ret_server = server;
	return 0;
}

struct cs_server *cs_server_destroy(struct cs_server *server)
{
	if (server == NULL) {
		return NULL;
	}
	struct cs_client *client, *after;
	os_list_for_each_safe(client, after, &server->clients, link) {
		client_hang_up(client);
	}
	cs_apps_server_finish(server);
	cs_settings_store_destroy(server->settings);
	for (size_t i = 0; i < server->notices.count; i++) {
		os_free(((struct cs_notice *)os_array_at(&server->notices, i))->sentence);
	}
	os_array_finish(&server->notices);
	os_fd_close(server->data);
	os_free(server);
	return NULL;
}
