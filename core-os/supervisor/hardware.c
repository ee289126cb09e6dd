/* Lines of the board for apps. An app asks by the name that its manifest gives a line; it gets a
 * descriptor of that line, which the supervisor does not keep: with the app's process it is gone. */
#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <os/file.h>

#include "hardware_open.h"

#define DEVICES "/dev"

bool hardware_is_sound(const struct os_launch_record *record)
{
	for (uint32_t i = 0; i < record->hardware_count; i++) {
		if (os_hardware_check(&record->hardware[i], NULL) < 0) {
			return false;
		}
	}
	return true;
}

static const struct os_hardware_entry *find(const struct os_launch_record *record, const char *name)
{
	for (uint32_t i = 0; i < record->hardware_count; i++) {
		if (strcmp(record->hardware[i].name, name) == 0) {
			return &record->hardware[i];
		}
	}
	return NULL;
}

/* A test's devices are in a folder of its own. */
static int open_devices(const struct supervisor *supervisor)
{
	char path[OS_LAYOUT_MAX];
	bool other = options_get(&supervisor->options, "devices", path, sizeof(path));
	int fd = open(other ? path : DEVICES, O_PATH | O_DIRECTORY | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

static int open_for(const struct supervisor *supervisor, const struct os_launch_record *record,
                    const struct os_hardware_entry *entry, struct os_error *error)
{
	int devices = open_devices(supervisor);
	if (devices < 0) {
		return os_error_set(error, devices, "%s: %s", DEVICES, os_status_text(devices));
	}
	struct hardware_wish wish = {.devices = devices, .user = record->app, .entry = entry};
	int fd = hardware_open(&wish, error);
	close(devices);
	return fd;
}

static int answer(struct client *client, const struct os_message *request, uint32_t kind, int fd,
                  const struct os_error *error)
{
	struct os_message reply;
	os_message_init_reply(&reply, request);
	os_message_write_i32(&reply, fd < 0 ? fd : 0);
	os_message_write_u32(&reply, kind);
	os_message_write_text(&reply, fd < 0 ? error->text : "");
	os_message_write_fd(&reply, fd < 0 ? -1 : fd);
	os_fd_close(fd < 0 ? -1 : fd);
	return os_port_reply(client->port, &reply);
}

int hardware_request(struct client *client, struct os_message *message)
{
	struct supervisor *supervisor = client->supervisor;
	const char *name = os_message_read_text(message);
	struct os_error error = {.text = ""};
	if (client->task == NULL || client->task->app == NULL) {
		return -EPERM;
	}
	if (os_port_unsent_bytes(client->port) > 0) {
		return -EAGAIN; /* descriptors are not heaped up for one that does not read its answers */
	}
	const struct os_launch_record *record = &client->task->app->record;
	const struct os_hardware_entry *entry = find(record, name);
	int fd = entry == NULL ? os_error_set(&error, -ENOENT, "the app's manifest names no \"%s\"", name)
	                       : open_for(supervisor, record, entry, &error);
	if (fd < 0) {
		os_text_mend(error.text);
		log_say(supervisor, 'W', "%s: %s: %s", record->name, name, error.text);
	}
	return answer(client, message, entry == NULL ? 0 : entry->kind, fd, &error);
}
