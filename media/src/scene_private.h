/* Scene and display client, for their own files, layers and surfaces. */
#ifndef MD_SCENE_PRIVATE_H
#define MD_SCENE_PRIVATE_H

#include <os/array.h>
#include <os/connection.h>
#include <os/list.h>
#include <os/timer.h>
#include <os/touch_input.h>

#include <md/calibration.h>
#include <md/scene.h>
#include <md/shell.h>

#include "arena.h"

/* Commits of which the compositor may still say that they were late. */
#define MD_COMMITS_REMEMBERED 8

struct md_display_client {
	struct os_loop *loop;
	struct os_connection *connection;
	struct os_port *port;    /* lent; NULL while the compositor is away */
	struct os_list scenes;   /* md_scene.link */
	struct os_list surfaces; /* md_surface.link */
	struct md_arenas arenas;
	struct os_timer *rest; /* second buffers go */
	uint32_t last_scene, last_layer;
	uint64_t bytes_drawn;
};

struct md_live_touch {
	bool down, edge;
	struct md_point position;
	uint64_t flow;
};

struct md_scene {
	struct md_display_client *client;
	struct os_list link; /* md_display_client.scenes */
	uint32_t id;
	enum md_scene_role role;
	const struct md_scene_delegate *delegate;
	void *context;
	uint64_t token;
	struct md_layer *root;
	struct os_list layers;       /* md_layer.link: all that were made for this scene */
	struct os_list dirty;        /* md_layer.dirty_link */
	struct os_array dead_layers; /* uint32_t: gone, but the compositor has them */
	struct os_buffer ops;

	struct md_scene_configuration configuration;
	uint32_t acknowledged; /* configure serial */
	bool configured;

	struct md_tick tick;        /* the last one */
	bool tick_asked, tick_open; /* requested; delivered and not answered */
	uint64_t flow;              /* of what was last heard and not yet answered by a commit */
	bool moving, defers_edges, keeps_on, unseen;
	struct md_live_touch touches[OS_TOUCH_FINGERS];

	uint32_t commit_serial;
	struct {
		uint32_t serial;
		int64_t begin_us;
	} commits[MD_COMMITS_REMEMBERED];
	struct md_scene_counts counts;

	struct {
		const struct md_calibration_delegate *delegate; /* NULL: does not watch */
		void *context;
		char id[128]; /* of the device that is tried; "": none */
		double matrix[6];
	} calibration;
	struct {
		const struct md_shell_delegate *delegate; /* NULL: not the shell */
		void *context;
		double edges[4];
		uint64_t active;
		bool active_set, safe_area_set;
		struct md_insets safe_area;
		int hold_fingers;
		int64_t hold_us, rest_us; /* 0: not asked for */
	} shell;
};

/* scene.c, scene_events.c, shell.c: tells the compositor what the scene is, whole. */
void md_scene_replay(struct md_scene *scene);
int md_scene_handle(struct md_scene *scene, struct os_message *message);
void md_scene_answer_tick(void *context); /* deferred after each tick */
void md_scene_cancel_touches(struct md_scene *scene);
void md_scene_set_seen(struct md_scene *scene, bool seen); /* tells the delegate if it is news */
void md_shell_replay(struct md_scene *scene);
void md_calibration_replay(struct md_scene *scene);
void md_calibration_handle(struct md_scene *scene, struct os_message *message);
int md_shell_handle(struct md_scene *scene, struct os_message *message);
/* An empty message of this type for the scene: its id is written. */
void md_scene_message(const struct md_scene *scene, enum md_scene_request type,
		      struct os_message *ret_message);
void md_scene_post(const struct md_scene *scene, struct os_message *message);

/* Takes fd as its line from now on, when the one before is lost: what a supervisor does for
 * others. */
void md_display_client_use_fd(struct md_display_client *client, int fd);
/* Second buffers are looked at again then. */
void md_display_client_rest_at(struct md_display_client *client, int64_t at_us);

#endif
