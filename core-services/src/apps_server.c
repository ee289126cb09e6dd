#include <cs/apps.h>

#include <os/file.h>
#include <os/memory.h>
#include <os/path.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "services_private.h"

#define APPS_A_MESSAGE 32 /* as the interface says */

static void bundle_refused(void *context, const char *sentence)
{
	cs_server_tell(context, sentence);
}

void cs_apps_server_init(struct cs_server *server, const char *system)
{
	os_list_init(&server->installs);
	server->disk = os_queue_create("bundles", OS_QUEUE_SERIAL, OS_QUEUE_UTILITY);
	cs_bundle_list_init(&server->bundles, server->data,
			    system == NULL ? NULL : os_strdup(system));
	server->bundles.refused = bundle_refused;
	server->bundles.context = server;
	cs_bundle_list_scan(&server->bundles);
	struct cs_bundle *bundle;
	os_list_for_each(bundle, &server->bundles.bundles, link) {
		cs_apps_publish(server, bundle->manifest.id);
	}
}

/* What is there now, or that it is gone. */
void cs_apps_publish(struct cs_server *server, const char *id)
{
	struct cs_bundle *bundle = cs_bundle_list_find(&server->bundles, id);
	if (bundle == NULL) {
		server->delegate->unpublish(server->context, id);
		return;
	}
	struct os_launch_record record;
	int result = cs_bundle_list_record(&server->bundles, bundle, &record);
	if (result < 0) {
		char *sentence =
		    os_format("%s cannot be used: %s", bundle->path, os_status_text(result));
		cs_server_tell(server, sentence);
		os_free(sentence);
		return;
	}
	server->delegate->publish(server->context, &record);
}

void cs_apps_changed(struct cs_server *server)
{
	server->apps_changes++;
	struct cs_client *client;
	os_list_for_each(client, &server->clients, link) {
		if (client->watches_apps) {
			struct os_message message;
			cs_event_begin(&message, CS_SERVICES_APPS_CHANGED);
			os_message_write_u32(&message, server->apps_changes);
			os_port_send(client->port, &message);
		}
	}
}

/* --- Questions --------------------------------------------------------------------------------- */

static void write_app(const struct cs_bundle *bundle, struct os_message *reply)
{
	struct os_buffer hardware = {0};
	cs_bundle_write_hardware(&bundle->manifest, &hardware);
	os_message_write_text(reply, bundle->manifest.id);
	os_message_write_text(reply, bundle->manifest.name);
	os_message_write_text(reply, bundle->manifest.version);
	os_message_write_bool(reply, bundle->origin == CS_BUNDLE_OF_SYSTEM);
	os_message_write_text(reply, os_buffer_text(&hardware));
	os_buffer_finish(&hardware);
}

int cs_apps_handle_list(struct cs_client *client, struct os_message *message)
{
	const struct cs_bundle_list *list = &client->server->bundles;
	uint32_t from = os_message_read_u32(message),
		 total = (uint32_t)os_list_count(&list->bundles);
	uint32_t count = from >= total ? 0 : OS_MIN(total - from, APPS_A_MESSAGE), at = 0;
	struct os_message reply;
	os_message_init_reply(&reply, message);
	os_message_write_u32(&reply, total);
	os_message_write_count(&reply, count);
	struct cs_bundle *bundle;
	os_list_for_each(bundle, &list->bundles, link) {
		if (at >= from && at < from + count) {
			write_app(bundle, &reply);
		}
		at++;
	}
	return os_port_reply(client->port, &reply);
}

int cs_apps_handle_watch(struct cs_client *client, struct os_message *message)
{
	client->watches_apps = true;
	struct os_message reply;
	os_message_init_reply(&reply, message);
	return os_port_reply(client->port, &reply);
}

int cs_apps_handle_icon(struct cs_client *client, struct os_message *message)
{
	const struct cs_bundle *bundle =
	    cs_bundle_list_find(&client->server->bundles, os_message_read_text(message));
	int result = bundle == NULL || bundle->manifest.icon[0] == '\0' ? -ENOENT : 0, icon = -1;
	if (result == 0) {
		int folder = open(bundle->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		result = icon =
		    folder < 0 ? -errno : os_path_open(folder, bundle->manifest.icon, O_RDONLY, 0);
		os_fd_close(folder);
	}
	if (result < 0) {
		return os_port_reply_error(client->port, message, result);
	}
	struct os_message reply;
	os_message_init_reply(&reply, message);
	os_message_write_fd(&reply, icon);
	close(icon);
	return os_port_reply(client->port, &reply);
}

/* --- Storage: counted on the queue, since an app may have as many files as it likes ------------- */

struct count {
	struct cs_ticket *ticket;
	int data;     /* the server's, which waits for its queue before it ends */
	char *bundle; /* its folder */
	struct os_launch_record record;
	int64_t data_bytes, bundle_bytes;
};

/* A bundle's folder has the name of its id. */
static int64_t size_of_bundle(const struct count *count)
{
	const char *id = count->record.app;
	char *parent = os_strndup(count->bundle, strlen(count->bundle) - strlen(id));
	int folder = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int64_t size = folder < 0 ? 0 : os_path_tree_size(folder, id);
	os_fd_close(folder);
	os_free(parent);
	return OS_MAX(size, 0);
}

static int reply_storage(struct os_port *port, struct os_message *reply, int status,
			 const struct count *count)
{
	os_message_write_i32(reply, status);
	os_message_write_text(reply, status == -ENOENT ? "there is no such app"
				     : status < 0      ? os_status_text(status)
						       : "");
	os_message_write_i64(reply, count == NULL ? 0 : count->data_bytes);
	os_message_write_i64(reply, count == NULL ? 0 : count->bundle_bytes);
	os_message_write_text(reply, count == NULL ? "" : count->record.container);
	return os_port_reply(port, reply);
}

static void did_count(void *context)
{
	struct count *count = context;
	struct os_message reply;
	if (cs_ticket_begin(count->ticket, &reply)) {
		reply_storage(count->ticket->client->port, &reply, 0, count);
	}
	cs_ticket_destroy(count->ticket);
	os_free(count->bundle);
	os_free(count);
}

static void count_job(void *context)
{
	struct count *count = context;
	char path[160];
	snprintf(path, sizeof(path), "containers/%s", count->record.app);
	int64_t size = os_path_tree_size(count->data, path);
	count->data_bytes = OS_MAX(size, 0);
	count->bundle_bytes = size_of_bundle(count);
	os_queue_async(os_queue_main(), did_count, count);
}

int cs_apps_handle_storage(struct cs_client *client, struct os_message *message)
{
	struct cs_server *server = client->server;
	const struct cs_bundle *bundle =
	    cs_bundle_list_find(&server->bundles, os_message_read_text(message));
	struct os_launch_record record = {0};
	int result =
	    bundle == NULL ? -ENOENT : cs_bundle_list_record(&server->bundles, bundle, &record);
	if (result < 0) {
		struct os_message reply;
		os_message_init_reply(&reply, message);
		return reply_storage(client->port, &reply, result, NULL);
	}
	struct count *count = os_alloc(sizeof(*count));
	count->ticket = cs_ticket_create(client, message);
	count->data = server->data;
	count->bundle = os_strdup(bundle->path);
	count->record = record;
	os_queue_async(server->disk, count_job, count);
	return 0;
}

/* --- Uninstalling and erasing: when the app has ended ------------------------------------------- */

struct removal {
	struct cs_server *server;
	struct cs_ticket *ticket;
	char id[128];
	bool bundle, data;
};

static int remove_now(struct removal *removal)
{
	struct cs_server *server = removal->server;
	int result = removal->bundle ? cs_bundle_list_remove(&server->bundles, removal->id) : 0;
	if (result == 0 && removal->data) {
		char prefix[160];
		snprintf(prefix, sizeof(prefix), "%s/", removal->id);
		result = cs_bundle_list_erase(&server->bundles, removal->id);
		cs_domain_clear(cs_settings_store_domain(server->settings, removal->id), "");
		cs_domain_clear(cs_settings_store_domain(server->settings, CS_PERMISSIONS_DOMAIN),
				prefix);
	}
	return result;
}

static void app_has_ended(void *context)
{
	struct removal *removal = context;
	int result = remove_now(removal);
	if (removal->bundle) {
		cs_bundle_list_scan(&removal->server->bundles);
	}
	cs_apps_publish(removal->server, removal->id); /* erasing made a new container */
	cs_apps_changed(removal->server);
	cs_ticket_outcome(removal->ticket, result, result < 0 ? os_status_text(result) : "");
	os_free(removal);
}

static int begin_removal(struct cs_client *client, struct os_message *message, const char *id,
			 bool bundle, bool data)
{
	struct removal *removal = os_alloc(sizeof(*removal));
	removal->server = client->server;
	removal->ticket = cs_ticket_create(client, message);
	removal->bundle = bundle;
	removal->data = data;
	snprintf(removal->id, sizeof(removal->id), "%s", id);
	client->server->delegate->quit(client->server->context, removal->id, app_has_ended,
				       removal);
	return 0;
}

int cs_apps_handle_uninstall(struct cs_client *client, struct os_message *message)
{
	const char *id = os_message_read_text(message);
	bool erase = os_message_read_bool(message);
	const struct cs_bundle *bundle = cs_bundle_list_find(&client->server->bundles, id);
	if (bundle == NULL) {
		return cs_reply_outcome(client, message, -ENOENT, "there is no such app");
	}
	if (bundle->origin == CS_BUNDLE_OF_SYSTEM) {
		return cs_reply_outcome(client, message, -EPERM,
					"this app came with the system and stays");
	}
	return begin_removal(client, message, id, true, erase);
}

int cs_apps_handle_erase(struct cs_client *client, struct os_message *message)
{
	const char *id = os_message_read_text(message);
	if (cs_bundle_list_find(&client->server->bundles, id) == NULL) {
		return cs_reply_outcome(client, message, -ENOENT, "there is no such app");
	}
	return begin_removal(client, message, id, false, true);
}
