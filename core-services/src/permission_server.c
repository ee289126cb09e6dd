/* Permissions are settings of a domain that no client can name: "org.strata.notes/contacts". */
#include <cs/permission.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "services_private.h"

static const char *const s_resources[] = {"contacts",   "calendar", "photos",        "camera",
					  "microphone", "location", "notifications", "network"};
static const char *const s_answers[] = {
    [CS_PERMISSION_NOT_ASKED] = "not asked",
    [CS_PERMISSION_GRANTED] = "granted",
    [CS_PERMISSION_DENIED] = "denied",
};

const char *cs_permission_resource_at(size_t index)
{
	return index < OS_ARRAY_LEN(s_resources) ? s_resources[index] : NULL;
}

bool cs_permission_is_resource(const char *resource)
{
	for (size_t i = 0; i < OS_ARRAY_LEN(s_resources); i++) {
		if (strcmp(s_resources[i], resource) == 0) {
			return true;
		}
	}
	return false;
}

static enum cs_permission permission_of(const struct cs_setting_entry *entry)
{
	const char *text = entry == NULL ? NULL : cs_value_string(entry->value);
	for (unsigned i = 0; text != NULL && i < OS_ARRAY_LEN(s_answers); i++) {
		if (strcmp(text, s_answers[i]) == 0) {
			return (enum cs_permission)i;
		}
	}
	return CS_PERMISSION_NOT_ASKED;
}

static enum cs_permission look_up(struct cs_server *server, const char *app, const char *resource)
{
	char key[200];
	snprintf(key, sizeof(key), "%s/%s", app, resource);
	return permission_of(cs_domain_entry(
	    cs_settings_store_domain(server->settings, CS_PERMISSIONS_DOMAIN), key));
}

int cs_permission_handle_get(struct cs_client *client, struct os_message *message)
{
	const char *app = cs_client_app(client, os_message_read_text(message));
	const char *resource = os_message_read_text(message);
	if (app == NULL || !cs_permission_is_resource(resource)) {
		return os_port_reply_error(client->port, message, app == NULL ? -EPERM : -EINVAL);
	}
	struct os_message reply;
	os_message_init_reply(&reply, message);
	os_message_write_u32(&reply, look_up(client->server, app, resource));
	return os_port_reply(client->port, &reply);
}

static void did_become_durable(void *context, int status)
{
	cs_ticket_outcome(context, status,
			  status < 0 ? "the answer could not be written to the disk" : "");
}

int cs_permission_handle_set(struct cs_client *client, struct os_message *message)
{
	const char *app = os_message_read_text(message), *resource = os_message_read_text(message);
	uint32_t answer = os_message_read_u32(message);
	if (!cs_client_is_master(client)) {
		return cs_reply_outcome(client, message, -EPERM,
					"permissions may not be changed from here");
	}
	if (!cs_manifest_is_id(app) || !cs_permission_is_resource(resource) ||
	    answer >= OS_ARRAY_LEN(s_answers)) {
		return cs_reply_outcome(client, message, -EINVAL,
					"there is no such app, resource or answer");
	}
	char key[200];
	snprintf(key, sizeof(key), "%s/%s", app, resource);
	struct cs_value *value =
	    answer == CS_PERMISSION_NOT_ASKED ? NULL : cs_value_create_string(s_answers[answer]);
	struct cs_ticket *ticket = cs_ticket_create(client, message);
	int result =
	    cs_domain_set(cs_settings_store_domain(client->server->settings, CS_PERMISSIONS_DOMAIN),
			  key, value, did_become_durable, ticket);
	if (result < 0) {
		cs_ticket_outcome(ticket, result, "there are too many answers");
	}
	os_release(value);
	return 0;
}

int cs_permission_handle_list(struct cs_client *client, struct os_message *message)
{
	const char *app = cs_client_app(client, os_message_read_text(message));
	if (app == NULL) {
		return os_port_reply_error(client->port, message, -EPERM);
	}
	uint32_t count = 0;
	for (size_t i = 0; i < OS_ARRAY_LEN(s_resources); i++) {
		count += look_up(client->server, app, s_resources[i]) != CS_PERMISSION_NOT_ASKED;
	}
	struct os_message reply;
	os_message_init_reply(&reply, message);
	os_message_write_count(&reply, count);
	for (size_t i = 0; i < OS_ARRAY_LEN(s_resources); i++) {
		enum cs_permission answer = look_up(client->server, app, s_resources[i]);
		if (answer != CS_PERMISSION_NOT_ASKED) {
			os_message_write_text(&reply, s_resources[i]);
			os_message_write_u32(&reply, answer);
		}
	}
	return os_port_reply(client->port, &reply);
}

/* --- Telling ----------------------------------------------------------------------------------- */

static void send_permission(struct cs_client *client, const char *resource,
			    enum cs_permission answer)
{
	struct os_message message;
	cs_event_begin(&message, CS_SERVICES_PERMISSION);
	os_message_write_text(&message, resource);
	os_message_write_u32(&message, answer);
	os_port_send(client->port, &message);
}

int cs_permission_handle_watch(struct cs_client *client, struct os_message *message)
{
	const char *app = cs_client_app(client, "");
	client->watches_permissions = app != NULL;
	for (size_t i = 0; app != NULL && i < OS_ARRAY_LEN(s_resources); i++) {
		send_permission(client, s_resources[i],
				look_up(client->server, app, s_resources[i]));
	}
	struct os_message reply;
	os_message_init_reply(&reply, message);
	return os_port_reply(client->port, &reply);
}

void cs_permission_changed(struct cs_server *server, const char *key,
			   const struct cs_setting_entry *entry)
{
	const char *slash = strchr(key, '/');
	struct cs_client *client;
	os_list_for_each(client, &server->clients, link) {
		const char *app = cs_client_peer(client)->app;
		if (client->watches_permissions && slash != NULL &&
		    strlen(app) == (size_t)(slash - key) &&
		    strncmp(app, key, (size_t)(slash - key)) == 0) {
			send_permission(client, slash + 1, permission_of(entry));
		}
	}
}
