/* Client: a process that shows something, and its scenes. Private.
 *
 * All that it says is hostile: the marshaller has checked types and bounds, these files check the
 * rest, and what does not hold closes this client only. */
#ifndef COMPOSITOR_CLIENT_H
#define COMPOSITOR_CLIENT_H

#include <os/map.h>
#include <os/port.h>
#include <os/touch_input.h>

#include <md/scene_interface.h>

#include "node.h"

#define CLIENT_SCENES_MAX 8
#define SCENE_MOVES_MAX 96
#define COMMITS_MAX 8

struct md_compositor;

struct client {
	struct os_list link; /* md_compositor.clients */
	struct md_compositor *compositor;
	struct os_port *port;
	struct os_map *nodes; /* by id */
	struct memory memory;
	int scene_count, animation_count;
	bool may_host, is_shell;
	struct scene *open;      /* whose transaction is being sent; NULL: none */
	struct os_buffer staged; /* its operations */
	uint32_t staged_ops;
	bool closing;
};

/* A sample on its way to an app. */
struct pending_touch {
	int64_t time_us;
	int finger;
	enum md_touch_phase phase;
	struct md_point position;
	double radius;
	uint64_t flow;
	bool edge;
};

struct scene {
	struct os_list link; /* md_compositor.scenes */
	struct md_compositor *compositor;
	struct client *client; /* NULL: it has gone, and the last tree stays for a while */
	uint32_t id;
	uint64_t token;
	enum md_scene_role role;
	struct node *root;
	bool wants_presented;
	bool ready;                 /* its first commit has been latched */
	uint64_t visited;           /* the frame in which it was last shown */
	struct md_affine to_screen; /* its points to the screen's, then */

	/* Ticks: at most one is unanswered. */
	bool tick_asked, tick_open, touched;
	uint64_t tick_frame;
	int64_t tick_sent_real_us;
	uint64_t tick_flow;

	/* Commits that the next frame takes in. */
	struct {
		uint32_t serial;
		int64_t target_us; /* 0: aimed at no frame */
		uint64_t flow;
	} commits[COMMITS_MAX];
	int commit_count;

	uint32_t configured, acknowledged; /* serials */
	int64_t configured_real_us;

	struct pending_touch moves[SCENE_MOVES_MAX];
	int move_count;
	int changes_sent; /* downs and ups since the last answered tick */
	uint32_t drowned; /* bits of fingers cancelled whole, since the app does not keep up */

	bool moving, defers_edges, keeps_on;
	bool watches_touch; /* is told of touch devices */
	int64_t edge_armed_us;  /* the first of two swipes was made then */
	int field;              /* 1: a field has the caret, 0: none has, -1: not said */
	struct os_list queries; /* query.link */
	uint32_t last_query, last_input;
};

struct client *client_create(struct md_compositor *compositor, int fd, uint64_t connection,
			     const struct os_peer *peer);
/* Lets go of all that it was, at once. */
void client_destroy(struct client *client);
/* Tells the client which buffers it may write again. */
void client_send_released(struct client *client);
struct scene *client_scene(struct client *client, uint32_t id); /* NULL: it has none */
struct node *client_node(const struct client *client, uint32_t id);

/* Messages for a scene: begin writes the scene's id. Nothing is sent to one that has gone. */
void scene_begin_event(const struct scene *scene, enum md_scene_event event,
		       struct os_message *ret_message);
void scene_send(const struct scene *scene, struct os_message *message);
int scene_create(struct client *client, struct os_message *message);
void scene_destroy(struct scene *scene);
const char *scene_app(const struct scene *scene);
bool scene_is_visible(const struct scene *scene);
/* Requests by the shell, in shell_requests.c. */
int client_shell_request(struct client *client, struct scene *scene, struct os_message *message);
void shell_tell_appeared(struct md_compositor *compositor, const struct scene *scene);
void shell_tell_ready(struct md_compositor *compositor, const struct scene *scene);
void shell_tell_went(struct md_compositor *compositor, const struct scene *scene);
void shell_tell_key(struct md_compositor *compositor, uint32_t key);
void shell_tell_power(struct md_compositor *compositor);
/* The shell's process has gone: its last tree stays for 2 s, or until another shell has a frame.
 * False when the compositor itself is going. */
bool shell_keep_for_a_while(struct md_compositor *compositor, struct scene *scene);
/* A scene's first commit has been latched. */
void shell_scene_ready(struct md_compositor *compositor, struct scene *scene);
void shell_away_is_over(void *context, int64_t now_us);

#endif
