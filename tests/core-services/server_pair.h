/* Services and a client of theirs in one process, on one loop, with a data folder of their own. */
#ifndef SERVER_PAIR_H
#define SERVER_PAIR_H

#include "test.h"
#include "test_folder.h"

#include <cs/services.h>
#include <cs/services_server.h>

#include <os/loop.h>

#define PAIR_RECORDS 16

struct server_pair {
	char path[64], system_path[64];
	int folder, system;
	struct os_loop *loop;
	struct cs_server *server;
	struct cs_services *services; /* of the client added first */
	/* what the server wanted of the supervisor */
	struct os_launch_record published[PAIR_RECORDS];
	int published_count, unpublished_count, quits, notices;
	char unpublished[128], notice[500], quit[128];
	bool holds_quits; /* the app does not end by itself */
	void (*quit_done)(void *context);
	void *quit_context;
};

void server_pair_setup(struct server_pair *pair);
void server_pair_teardown(struct server_pair *pair);
void server_pair_start(struct server_pair *pair);
/* The server goes and comes back; clients have to be added again. */
void server_pair_restart(struct server_pair *pair);
/* Another client, to be destroyed before the pair. */
struct cs_services *server_pair_add(struct server_pair *pair, const char *app,
				    const char *entitlements);
int server_pair_add_fd(struct server_pair *pair, const char *app, const char *entitlements);
/* Turns the loop until the flag is set. */
void server_pair_wait(struct server_pair *pair, const int *flag);
/* Makes a bundle with that manifest (NULL: a good one for the id) and a module in a folder. */
void server_pair_make_bundle(int folder, const char *id, const char *manifest);

#endif
