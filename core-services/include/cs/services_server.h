/* Services' server: the engine of strata-services, for its main() and for tests that have both ends
 * in one process.
 *
 *	const struct cs_server_options options = { .struct_size = sizeof(options), .loop = loop,
 *		.data = os_process_info()->container, .bundles = "/usr/share/strata/bundles",
 *		.delegate = &s_delegate, .context = self };
 *	int result = cs_server_create(&options, &server, &error);
 *	cs_server_add_client(server, fd, connection, peer);
 *
 * It owns settings/, bundles/ and containers/ of the device's data folder. A client that says what
 * its table does not allow is closed alone. Thread: the loop's. */
#ifndef CS_SERVICES_SERVER_H
#define CS_SERVICES_SERVER_H

#include <cs/base.h>
#include <os/port.h>
#include <os/supervisor.h>

struct cs_server;

struct cs_server_delegate {
	uint32_t struct_size;
	/* An app is there, or is there in another version: the supervisor has to know. */
	void (*publish)(void *context, const struct os_launch_record *record);
	void (*unpublish)(void *context, const char *app);
	/* Ends the app; `done` has to be called when it is gone. */
	void (*quit)(void *context, const char *app, void (*done)(void *done_context),
		     void *done_context);
	/* Something that the program should log: a bundle that was refused, a file set aside. */
	void (*notice)(void *context, const char *sentence);
};

struct cs_server_options {
	uint32_t struct_size;
	struct os_loop *loop;
	int data;            /* the device's data folder; not taken over */
	const char *bundles; /* folder of the bundles that come with the system; NULL: none */
	const struct cs_server_delegate *delegate;
	void *context;
};

/* Reads what is there and publishes all apps. */
CS_PUBLIC int cs_server_create(const struct cs_server_options *options,
			       struct cs_server **ret_server, struct os_error *ret_error);
/* Waits until all settings are durable. Returns NULL. */
CS_PUBLIC struct cs_server *cs_server_destroy(struct cs_server *server);
/* Takes fd over. */
CS_PUBLIC void cs_server_add_client(struct cs_server *server, int fd, uint64_t connection,
				    const struct os_peer *peer);

#endif
