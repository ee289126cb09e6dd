#include <cs/settings.h>

#include <os/memory.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "services_private.h"

bool cs_settings_is_key(const char *key)
{
	size_t length = strlen(key);
	return length > 0 && length <= 64 &&
	       strspn(key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_") ==
		   length;
}

/* Settings of the device that an entitlement of its own opens to an app. */
static bool may_set(const struct cs_client *client, const char *key)
{
	static const struct {
		const char *entitlement, *key;
	} granted[] = {{"brightness", "display.brightness"}};
	for (size_t i = 0; i < OS_ARRAY_LEN(granted); i++) {
		if (strcmp(key, granted[i].key) == 0 &&
		    os_peer_has(os_port_peer(client->port), granted[i].entitlement)) {
			return true;
		}
	}
	return cs_client_is_master(client);
}

/* The real name of the domain that a client means; NULL: it may not have it. key: to be written. */
static const char *domain_name(const struct cs_client *client, const char *domain, const char *key)
{
	if (strcmp(domain, CS_DOMAIN_DEVICE) == 0) {
		return key == NULL || may_set(client, key) ? CS_DOMAIN_DEVICE : NULL;
	}
	return cs_client_app(client, domain);
}

/* --- Telling ----------------------------------------------------------------------------------- */

static void send_setting(struct cs_client *client, const char *domain, const char *key,
			 const struct cs_setting_entry *entry)
{
	char name[200];
	snprintf(name, sizeof(name), "%s/%s", domain, key);
	char *text = entry->value == NULL ? os_strdup("")
					  : cs_value_copy_text(entry->value, CS_WRITE_COMPACT);
	if (text == NULL) {
		return; /* no memory; "" would mean that it was removed */
	}
	struct os_message message;
	cs_event_begin(&message, CS_SERVICES_SETTING);
	os_message_write_text(&message, name);
	os_message_write_text(&message, text);
	os_message_write_u64(&message, entry->revision);
	os_port_send(client->port, &message);
	os_free(text);
}

static void did_change(void *context, const struct cs_domain *domain, const char *key,
		       const struct cs_setting_entry *entry)
{
	struct cs_server *server = context;
	if (strcmp(domain->name, CS_PERMISSIONS_DOMAIN) == 0) {
		cs_permission_changed(server, key, entry);
		return;
	}
	struct cs_client *client;
	os_list_for_each(client, &server->clients, link) {
		if (os_map_get(client->watching, domain->name) != NULL) {
			send_setting(client, domain->name, key, entry);
		}
	}
}

static void did_set_aside(void *context, const char *sentence)
{
	cs_server_tell(context, sentence);
}

void cs_settings_server_init(struct cs_server *server)
{
	static const struct cs_settings_store_delegate s_delegate = {did_change, did_set_aside};
	server->settings = cs_settings_store_create(server->data, &s_delegate, server);
	/* Read now, so that the user hears at once of a damaged file. */
	cs_settings_store_domain(server->settings, CS_DOMAIN_DEVICE);
	cs_settings_store_domain(server->settings, CS_PERMISSIONS_DOMAIN);
}

/* --- Requests ---------------------------------------------------------------------------------- */

static const struct cs_setting_entry *find(struct cs_client *client, const char *domain,
					   const char *key)
{
	struct cs_settings_store *store = client->server->settings;
	const char *name = domain_name(client, domain, NULL);
	const struct cs_setting_entry *entry =
	    name == NULL ? NULL : cs_domain_entry(cs_settings_store_domain(store, name), key);
	bool goes_on =
	    strcmp(domain, CS_DOMAIN_OWN) == 0 && (entry == NULL || entry->value == NULL);
	return goes_on ? cs_domain_entry(cs_settings_store_domain(store, CS_DOMAIN_DEVICE), key)
		       : entry;
}

int cs_settings_handle_get(struct cs_client *client, struct os_message *message)
{
	const char *domain = os_message_read_text(message), *key = os_message_read_text(message);
	const struct cs_setting_entry *entry = find(client, domain, key);
	bool there = entry != NULL && entry->value != NULL;
	char *text = there ? cs_value_copy_text(entry->value, CS_WRITE_COMPACT) : NULL;
	if (there && text == NULL) {
		return os_port_reply_error(client->port, message, -ENOMEM);
	}
	struct os_message reply;
	os_message_init_reply(&reply, message);
	os_message_write_bool(&reply, there);
	os_message_write_text(&reply, text);
	os_message_write_u64(&reply, entry == NULL ? 0 : entry->revision);
	os_free(text);
	return os_port_reply(client->port, &reply);
}

static int reply_to_set(struct cs_client *client, const struct os_message *message, int status,
			const char *sentence, uint64_t revision)
{
	struct os_message reply;
	os_message_init_reply(&reply, message);
	os_message_write_i32(&reply, status);
	os_message_write_text(&reply, sentence);
	os_message_write_u64(&reply, revision);
	return os_port_reply(client->port, &reply);
}

struct set {
	struct cs_ticket *ticket;
	uint64_t revision;
};

static void did_become_durable(void *context, int status)
{
	struct set *set = context;
	struct os_message reply;
	if (cs_ticket_begin(set->ticket, &reply)) {
		os_message_write_i32(&reply, status);
		os_message_write_text(
		    &reply, status < 0 ? "the settings could not be written to the disk" : "");
		os_message_write_u64(&reply, set->revision);
		cs_ticket_send(set->ticket, &reply);
	} else {
		cs_ticket_destroy(set->ticket);
	}
	os_free(set);
}

/* The value that the text stands for; NULL with status 0 for "", which removes. */
static int read_value(const char *name, const char *key, const char *text,
		      struct cs_value **ret_value, struct os_error *error)
{
	*ret_value = NULL;
	if (!cs_settings_is_key(key)) {
		return os_error_set(
		    error, -EINVAL,
		    "a setting's key has 1 to 64 letters, digits, '.', '-' and '_'");
	}
	if (text[0] == '\0') {
		return 0;
	}
	int result = cs_value_parse(text, strlen(text), key, ret_value, error);
	if (result == 0 && strcmp(name, CS_DOMAIN_DEVICE) == 0) {
		result = cs_setting_check(key, *ret_value, error);
	}
	if (result == 0) {
		char *written = cs_value_copy_text(*ret_value, CS_WRITE_COMPACT);
		if (written == NULL || strlen(written) > CS_SETTINGS_MAX_BYTES) {
			result = os_error_set(error, -EFBIG, "%s: expected at most %d bytes", key,
					      CS_SETTINGS_MAX_BYTES);
		}
		os_free(written);
	}
	if (result < 0) {
		*ret_value = os_release(*ret_value);
	}
	return result;
}

static int set_value(struct cs_client *client, struct os_message *message, struct cs_domain *domain,
		     const char *key, struct cs_value *value)
{
	struct set *set = os_alloc(sizeof(*set));
	set->ticket = cs_ticket_create(client, message);
	set->revision = domain->revision + 1;
	int result = cs_domain_set(domain, key, value, did_become_durable, set);
	if (result < 0) {
		cs_ticket_destroy(set->ticket);
		os_free(set);
		return reply_to_set(client, message, result, "there are too many settings", 0);
	}
	return 0;
}

int cs_settings_handle_set(struct cs_client *client, struct os_message *message)
{
	const char *domain = os_message_read_text(message), *key = os_message_read_text(message);
	const char *text = os_message_read_text(message);
	int64_t wanted = os_message_read_i64(message);
	const char *name = domain_name(client, domain, key);
	if (name == NULL) {
		return reply_to_set(client, message, -EPERM,
				    "these settings may not be changed from here", 0);
	}
	struct cs_value *value = NULL;
	struct os_error error;
	int result = read_value(name, key, text, &value, &error);
	if (result < 0) {
		return reply_to_set(client, message, result, error.text, 0);
	}
	struct cs_domain *store = cs_settings_store_domain(client->server->settings, name);
	const struct cs_setting_entry *entry = cs_domain_entry(store, key);
	uint64_t revision = entry == NULL ? 0 : entry->revision;
	if (wanted >= 0 && (uint64_t)wanted != revision) {
		os_release(value);
		return reply_to_set(client, message, -ESTALE,
				    "somebody else has changed this setting", revision);
	}
	result = set_value(client, message, store, key, value);
	os_release(value);
	return result;
}

int cs_settings_handle_watch(struct cs_client *client, struct os_message *message)
{
	const char *name = domain_name(client, os_message_read_text(message), NULL);
	uint64_t known = os_message_read_u64(message);
	if (name == NULL) {
		return reply_to_set(client, message, -EPERM,
				    "these settings may not be read from here", 0);
	}
	struct cs_domain *domain = cs_settings_store_domain(client->server->settings, name);
	os_map_set(client->watching, name, domain);
	struct os_map_cursor cursor = {0};
	while (os_map_next(domain->entries, &cursor)) {
		const struct cs_setting_entry *entry = cursor.value;
		if (entry->revision > known) {
			send_setting(client, name, cursor.key, entry);
		}
	}
	return reply_to_set(client, message, 0, "", domain->revision);
}
