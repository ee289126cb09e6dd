/* What the parts of strata-services share. */
#ifndef CS_SERVICES_PRIVATE_H
#define CS_SERVICES_PRIVATE_H

#include <cs/services_interface.h>
#include <cs/services_server.h>
#include <os/array.h>
#include <os/list.h>
#include <os/map.h>
#include <os/queue.h>

#include "bundle_private.h"
#include "settings_store.h"

#define CS_PERMISSIONS_DOMAIN "permissions" /* no app's id: those have a '.' */

struct cs_notice {
	uint32_t number;
	char *sentence;
};

struct cs_server {
	const struct cs_server_delegate *delegate;
	void *context;
	struct os_loop *loop;
	int data;
	struct os_list clients;  /* struct cs_client.link */
	struct os_array notices; /* struct cs_notice, not seen yet */
	uint32_t notice_count, apps_changes;
	struct cs_settings_store *settings;
	struct cs_bundle_list bundles;
	struct os_queue *disk;   /* where bundles are copied */
	struct os_list installs; /* struct install.link */
	uint32_t installs_made;
};

struct cs_client {
	struct os_list link; /* cs_server.clients */
	unsigned references; /* the server's, while it is connected, and each late reply's */
	struct cs_server *server;
	struct os_port *port;    /* NULL: hung up */
	struct os_map *watching; /* names of settings domains */
	bool watches_apps, watches_permissions, watches_notices;
};

const struct os_peer *cs_client_peer(const struct cs_client *client);
/* "settings" or the person's tool. */
bool cs_client_is_master(const struct cs_client *client);
/* The app whose data is meant: "" is the client's own; NULL: it has none, or may not. */
const char *cs_client_app(const struct cs_client *client, const char *app);

/* Handlers of requests, called with a message that fits its table and whose sender has what the row
 * needs. A negative value closes the client. */
typedef int (*cs_handler)(struct cs_client *client, struct os_message *message);
int cs_reply_outcome(struct cs_client *client, const struct os_message *message, int status,
		     const char *sentence);

/* A reply that comes later: the client may be gone by then. */
struct cs_ticket {
	struct cs_client *client;
	uint32_t index, serial;
};
struct cs_ticket *cs_ticket_create(struct cs_client *client, const struct os_message *message);
/* Begins the reply; false: nobody is there any more. */
bool cs_ticket_begin(struct cs_ticket *ticket, struct os_message *reply);
/* Sends it and frees the ticket. */
void cs_ticket_send(struct cs_ticket *ticket, struct os_message *reply);
/* For replies of status and sentence alone. Frees the ticket. */
void cs_ticket_outcome(struct cs_ticket *ticket, int status, const char *sentence);
void cs_ticket_destroy(struct cs_ticket *ticket);

/* Begins an event, to be sent by os_port_send. */
void cs_event_begin(struct os_message *message, enum cs_services_event event);
void cs_server_tell(struct cs_server *server, const char *sentence); /* the user, and the log */

int cs_settings_handle_get(struct cs_client *client, struct os_message *message);
int cs_settings_handle_set(struct cs_client *client, struct os_message *message);
int cs_settings_handle_watch(struct cs_client *client, struct os_message *message);
void cs_settings_server_init(struct cs_server *server);
bool cs_settings_is_key(const char *key);

int cs_apps_handle_list(struct cs_client *client, struct os_message *message);
int cs_apps_handle_watch(struct cs_client *client, struct os_message *message);
int cs_apps_handle_icon(struct cs_client *client, struct os_message *message);
int cs_apps_handle_install(struct cs_client *client, struct os_message *message);
int cs_apps_handle_uninstall(struct cs_client *client, struct os_message *message);
int cs_apps_handle_storage(struct cs_client *client, struct os_message *message);
int cs_apps_handle_erase(struct cs_client *client, struct os_message *message);
void cs_apps_server_init(struct cs_server *server, const char *system);
void cs_apps_server_finish(struct cs_server *server);
void cs_apps_publish(struct cs_server *server, const char *id);
void cs_apps_changed(struct cs_server *server);

int cs_permission_handle_get(struct cs_client *client, struct os_message *message);
int cs_permission_handle_set(struct cs_client *client, struct os_message *message);
int cs_permission_handle_list(struct cs_client *client, struct os_message *message);
int cs_permission_handle_watch(struct cs_client *client, struct os_message *message);
void cs_permission_changed(struct cs_server *server, const char *key,
			   const struct cs_setting_entry *entry);

#endif
