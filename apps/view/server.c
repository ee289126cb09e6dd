/* The RFB server: libvncserver, whose sockets are read by the loop. It is asked nothing while no
 * socket has anything to say, so an idle view wakes nobody. */
#include "view.h"

#include <arpa/inet.h>
#include <errno.h>
#include <rfb/rfb.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <os/file.h>
#include <os/memory.h>

#define NOVNC "/usr/share/novnc"
#define BUTTON_LEFT 1

struct server {
	struct os_loop *loop;
	const struct server_delegate *delegate;
	void *context;
	rfbScreenInfoPtr screen;
	char password[16];
	char *passwords[2];
	int sockets; /* epoll: all of the library's, so that the loop has one */
	fd_set watched;
	struct os_source *source;
	int viewers;
	uint32_t *blank; /* before the first picture */
	char *web_folder;
};

/* --- Sockets ---------------------------------------------------------------------------------- */

static void want(fd_set *wanted, int fd)
{
	if (fd >= 0 && fd < FD_SETSIZE) {
		FD_SET(fd, wanted);
	}
}

static void collect(struct server *server, fd_set *wanted)
{
	rfbScreenInfoPtr screen = server->screen;
	FD_ZERO(wanted);
	want(wanted, screen->listenSock);
	want(wanted, screen->listen6Sock);
	want(wanted, screen->httpListenSock);
	want(wanted, screen->httpListen6Sock);
	want(wanted, screen->httpSock);
	rfbClientIteratorPtr clients = rfbGetClientIterator(screen);
	for (rfbClientPtr client = rfbClientIteratorNext(clients); client != NULL;
	     client = rfbClientIteratorNext(clients)) {
		want(wanted, client->onHold ? -1 : client->sock);
	}
	rfbReleaseClientIterator(clients);
}

/* A socket that was closed has left by itself; one of the same number may have come since, so what
 * is still wanted is added again and may be there already. */
static void watch_sockets(struct server *server)
{
	fd_set wanted;
	collect(server, &wanted);
	for (int fd = 0; fd < FD_SETSIZE; fd++) {
		struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
		if (FD_ISSET(fd, &wanted)) {
			epoll_ctl(server->sockets, EPOLL_CTL_ADD, fd, &event);
		} else if (FD_ISSET(fd, &server->watched)) {
			epoll_ctl(server->sockets, EPOLL_CTL_DEL, fd, NULL);
		}
	}
	server->watched = wanted;
}

static void process(struct server *server)
{
	/* TRUE: something was pending, and there may be more of it. */
	for (int turns = 0; turns < 16 && rfbProcessEvents(server->screen, 0); turns++) {
	}
	watch_sockets(server);
}

static void is_readable(void *context, int fd, uint32_t events)
{
	process(context);
}

/* --- What viewers do -------------------------------------------------------------------------- */

static struct server *server_of(rfbClientPtr client)
{
	return client->screen->screenData;
}

static void tell_viewers(struct server *server, int change)
{
	server->viewers += change;
	server->delegate->viewers(server->context, server->viewers);
}

static void viewer_went(rfbClientPtr client)
{
	if (client->clientData != NULL) {
		tell_viewers(server_of(client), -1);
	}
}

/* It waits for a picture that is of now: the last one may be of before everybody left. */
static enum rfbNewClientAction viewer_came(rfbClientPtr client)
{
	client->clientGoneHook = viewer_went;
	client->clientData = server_of(client);
	tell_viewers(server_of(client), 1);
	return RFB_CLIENT_ON_HOLD;
}

static void did_point(int buttons, int x, int y, rfbClientPtr client)
{
	struct server *server = server_of(client);
	server->delegate->pointer(server->context, (buttons & BUTTON_LEFT) != 0, x, y);
	rfbDefaultPtrAddEvent(buttons, x, y, client);
}

static void did_press(rfbBool down, rfbKeySym keysym, rfbClientPtr client)
{
	struct server *server = server_of(client);
	server->delegate->key(server->context, keysym, down);
}

/* --- Life cycle ------------------------------------------------------------------------------- */

static void say_nothing(const char *format, ...)
{
}

static void set_up(struct server *server, const struct server_options *options)
{
	rfbScreenInfoPtr screen = server->screen;
	screen->screenData = server;
	screen->desktopName = options->title;
	/* x8r8g8b8 as this machine has it. */
	screen->serverFormat.redShift = 16;
	screen->serverFormat.greenShift = 8;
	screen->serverFormat.blueShift = 0;
	/* This machine alone; from elsewhere through a tunnel, since VNC's password is weak. */
	screen->listenInterface = htonl(INADDR_LOOPBACK);
	screen->listen6Interface = (char *)"::1";
	screen->autoPort = FALSE;
	screen->port = options->port;
	screen->ipv6port = options->port;
	if (options->web_port > 0 && access(NOVNC, R_OK) == 0) {
		server->web_folder = os_strdup(NOVNC);
		screen->httpDir = server->web_folder;
		screen->httpPort = options->web_port;
		screen->http6Port = options->web_port;
		screen->httpEnableProxyConnect = FALSE;
	}
	snprintf(server->password, sizeof(server->password), "%s", options->password);
	server->passwords[0] = server->password;
	screen->authPasswdData = server->passwords;
	screen->passwordCheck = rfbCheckPasswordByList;
	screen->alwaysShared = TRUE;
	screen->permitFileTransfer = FALSE;
	screen->deferUpdateTime = 0;
	screen->cursor = NULL;
	screen->newClientHook = viewer_came;
	screen->ptrAddEvent = did_point;
	screen->kbdAddEvent = did_press;
}

struct server *server_create(struct os_loop *loop, const struct server_options *options,
			     const struct server_delegate *delegate, void *context,
			     struct os_error *ret_error)
{
	struct server *server = os_alloc(sizeof(*server));
	server->loop = loop;
	server->delegate = delegate;
	server->context = context;
	rfbLog = say_nothing;
	rfbErr = say_nothing;
	server->blank = os_alloc(16 * 16 * 4);
	server->screen = rfbGetScreen(NULL, NULL, 16, 16, 8, 3, 4);
	server->screen->frameBuffer = (char *)server->blank;
	set_up(server, options);
	server->sockets = epoll_create1(EPOLL_CLOEXEC);
	rfbInitServer(server->screen);
	if (server->screen->listenSock < 0) {
		os_error_set(ret_error, -EADDRINUSE,
			     "port %d of 127.0.0.1 is taken: choose another with --port",
			     options->port);
		return server_destroy(server);
	}
	if (server->web_folder != NULL && server->screen->httpListenSock < 0) {
		os_error_set(ret_error, -EADDRINUSE,
			     "port %d of 127.0.0.1 is taken: choose another with --web",
			     options->web_port);
		return server_destroy(server);
	}
	watch_sockets(server);
	server->source = os_loop_add_fd(loop, server->sockets, OS_LOOP_READ, is_readable, server);
	return server;
}

struct server *server_destroy(struct server *server)
{
	os_source_remove(server->source);
	rfbShutdownServer(server->screen, TRUE);
	rfbScreenCleanup(server->screen);
	os_fd_close(server->sockets);
	os_free(server->blank);
	os_free(server->web_folder);
	os_free(server);
	return NULL;
}

void server_set_picture(struct server *server, const struct picture *picture)
{
	rfbNewFramebuffer(server->screen, (char *)picture->upright, picture->width, picture->height, 8,
			  3, 4);
	server->screen->serverFormat.redShift = 16;
	server->screen->serverFormat.greenShift = 8;
	server->screen->serverFormat.blueShift = 0;
	process(server);
}

void server_let_in(struct server *server)
{
	rfbClientIteratorPtr clients = rfbGetClientIterator(server->screen);
	for (rfbClientPtr client = rfbClientIteratorNext(clients); client != NULL;
	     client = rfbClientIteratorNext(clients)) {
		if (client->onHold) {
			rfbStartOnHoldClient(client);
		}
	}
	rfbReleaseClientIterator(clients);
	process(server);
}

void server_changed(struct server *server, struct part part)
{
	if (part.width > 0 && part.height > 0) {
		rfbMarkRectAsModified(server->screen, part.x, part.y, part.x + part.width,
				      part.y + part.height);
		process(server);
	}
}
