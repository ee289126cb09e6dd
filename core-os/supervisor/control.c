/* The control socket accepts root, the device's user and whoever started it. What comes through it
 * is a tool: a command that may do what the person at the machine may. */
#include "supervisor.h"

#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include <os/file.h>

#define TOOL_ENTITLEMENTS "tool system shell"

static bool may_enter(int fd, int32_t *ret_pid)
{
	struct ucred peer;
	socklen_t size = sizeof(peer);
	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) < 0) {
		return false;
	}
	*ret_pid = peer.pid;
	return peer.uid == 0 || peer.uid == geteuid() || peer.uid == getuid();
}

static void send_welcome(struct client *client)
{
	struct os_message message;
	client_event(&message, OS_SUPERVISOR_WELCOME);
	os_message_write_u64(&message, client->peer.client);
	os_message_write_text(&message, client->peer.role);
	os_message_write_text(&message, client->peer.app);
	os_message_write_text(&message, client->peer.entitlements);
	os_message_write_text(&message, client->supervisor->options.text);
	os_message_write_u64(&message, client->connection);
	os_message_write_fd(&message, client->supervisor->clock_fd);
	for (int i = 0; i < 6; i++) {
		os_message_write_fd(&message, -1);
	}
	client_send(client, &message);
}

static void did_connect(void *context, int listen_fd, uint32_t events)
{
	struct supervisor *supervisor = context;
	int fd = accept4(listen_fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	if (fd < 0) {
		return;
	}
	struct os_peer peer = {.role = "tool", .entitlements = TOOL_ENTITLEMENTS};
	if (!may_enter(fd, &peer.pid)) {
		log_say(supervisor, 'W', "a stranger at the control socket was turned away");
		os_fd_close(fd);
		return;
	}
	send_welcome(client_create(supervisor, fd, &peer));
}

int control_open(struct supervisor *supervisor, int listen_fd)
{
	int is_listening = 0;
	socklen_t size = sizeof(is_listening);
	if (getsockopt(listen_fd, SOL_SOCKET, SO_ACCEPTCONN, &is_listening, &size) < 0) {
		return -errno;
	}
	if (!is_listening) {
		return -EINVAL;
	}
	os_fd_set_nonblocking(listen_fd, true);
	supervisor->listen_fd = listen_fd;
	supervisor->listen_source =
		os_loop_add_fd(supervisor->loop, listen_fd, OS_LOOP_READ, did_connect, supervisor);
	return 0;
}

void control_close(struct supervisor *supervisor)
{
	if (supervisor->listen_source != NULL) {
		supervisor->listen_source = os_source_remove(supervisor->listen_source);
	}
	supervisor->listen_fd = os_fd_close(supervisor->listen_fd);
}
