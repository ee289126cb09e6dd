/* Installing: the bundle is copied and checked on a queue, under a name that no scan sees; then the
 * app is ended, if it runs, and the folders change places. */
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

struct install {
	struct os_list link;      /* cs_server.installs */
	struct cs_server *server; /* NULL: it has ended meanwhile */
	struct cs_ticket *ticket;
	const struct cs_bundle_list *bundles; /* the server's; for the queue, which ends before it */
	int from, data;
	char folder[64]; /* in bundles/ */
	struct cs_manifest manifest;
	struct os_error error;
	int status;
};

static void finish(struct install *install)
{
	struct os_message reply;
	if (cs_ticket_begin(install->ticket, &reply)) {
		os_message_write_i32(&reply, install->status);
		os_message_write_text(&reply, install->status < 0 ? install->error.text : "");
		os_message_write_text(&reply, install->manifest.id);
		os_message_write_text(&reply, install->manifest.name);
		os_message_write_text(&reply, install->manifest.version);
		cs_ticket_send(install->ticket, &reply);
	} else {
		cs_ticket_destroy(install->ticket);
	}
	cs_manifest_finish(&install->manifest);
	os_list_remove(&install->link);
	os_fd_close(install->from);
	os_free(install);
}

static void drop_copy(const struct install *install, int data)
{
	char path[96];
	snprintf(path, sizeof(path), "bundles/%s", install->folder);
	os_path_remove(data, path);
}

static void app_has_ended(void *context)
{
	struct install *install = context;
	struct cs_server *server = install->server;
	if (server == NULL) {
		finish(install);
		return;
	}
	install->status =
	    cs_bundle_list_switch(&server->bundles, install->folder, install->manifest.id);
	if (install->status < 0) {
		os_error_set(&install->error, install->status,
			     "the bundle could not be put in its place: %s",
			     os_status_text(install->status));
		drop_copy(install, server->data);
	}
	cs_bundle_list_scan(&server->bundles);
	cs_apps_publish(server, install->manifest.id);
	cs_apps_changed(server);
	finish(install);
}

static void did_copy(void *context)
{
	struct install *install = context;
	if (install->server == NULL || install->status < 0) {
		finish(install);
		return;
	}
	install->server->delegate->quit(install->server->context, install->manifest.id,
					app_has_ended, install);
}

static int copy_and_check(struct install *install)
{
	char path[96];
	snprintf(path, sizeof(path), "bundles/%s", install->folder);
	int result =
	    cs_bundle_check(install->from, CS_BUNDLE_OF_USER, &install->manifest, &install->error);
	if (result < 0) {
		return result; /* nothing was copied for nothing */
	}
	cs_manifest_finish(&install->manifest);
	os_path_remove(install->data, path);
	int into = os_path_open_folder(install->data, path, true);
	if (into < 0) {
		return os_error_set(&install->error, into, "%s: %s", path, os_status_text(into));
	}
	result = cs_bundle_copy(install->from, into, &install->error);
	if (result == 0) {
		/* What counts is what was copied, whatever has happened to the original since. */
		result =
		    cs_bundle_check(into, CS_BUNDLE_OF_USER, &install->manifest, &install->error);
	}
	os_fd_close(into);
	if (result == 0 && cs_bundle_list_is_reserved(install->bundles, install->manifest.id)) {
		result = os_error_set(&install->error, -EPERM,
				      "manifest.json: id: %s is a part of the system",
				      install->manifest.id);
	}
	if (result < 0) {
		drop_copy(install, install->data);
	}
	return result;
}

static void copy_job(void *context)
{
	struct install *install = context;
	install->status = copy_and_check(install);
	os_queue_async(os_queue_main(), did_copy, install);
}

int cs_apps_handle_install(struct cs_client *client, struct os_message *message)
{
	struct cs_server *server = client->server;
	struct install *install = os_alloc(sizeof(*install));
	install->server = server;
	install->ticket = cs_ticket_create(client, message);
	install->from = os_message_take_fd(message);
	install->data = server->data;
	install->bundles = &server->bundles;
	snprintf(install->folder, sizeof(install->folder), ".new-%u", ++server->installs_made);
	os_list_append(&server->installs, &install->link);
	os_queue_async(server->disk, copy_job, install);
	return 0;
}

static void nothing(void *context)
{
}

void cs_apps_server_finish(struct cs_server *server)
{
	os_queue_sync(server->disk, nothing, NULL);
	struct install *install, *after;
	os_list_for_each_safe(install, after, &server->installs, link) {
		os_list_remove(&install->link);
		install->server = NULL;
		drop_copy(install, server->data);
	}
	os_queue_release(server->disk);
	os_free((char *)server->bundles.system);
	cs_bundle_list_finish(&server->bundles);
}
