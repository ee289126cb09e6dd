/* Stage: the compositor's engine and some apps in one process on one loop, with time held.
 *
 *	struct stage stage;
 *	stage_init(&stage, 1);                                1 buffer in the fake display, 480×800
 *	struct actor *app = stage_add(&stage, "org.strata.a", "app", "");
 *	stage_step_frames(&stage, 3);
 *	md_layer_set_background(md_scene_root(app->scene), red);
 *	md_scene_commit(app->scene);
 *	stage_step_frames(&stage, 2);
 *	assert_int_equal(fake_board_pixel(stage.board, 10, 10), 0xff0000);
 *	stage_finish(&stage);
 *
 * An actor records what it is told. Its hooks may be NULL. */
#ifndef STAGE_H
#define STAGE_H

#include <md/compositor.h>
#include <md/device_interface.h>
#include <md/scene.h>
#include <md/shell.h>
#include <md/surface.h>
#include <os/connection.h>
#include <os/loop.h>

#include "fake_board.h"

#define STAGE_TOUCHES 512
#define STAGE_PERIOD_US 16667

struct stage {
	const char *driver;
	struct os_loop *loop;
	struct fake_board *board;
	const struct os_board *input_board; /* NULL: none */
	int orientation;
	struct md_compositor *compositor;
	uint64_t last_client;
};

struct actor {
	struct stage *stage;
	char app[64], role[16], entitlements[64];
	uint64_t client_number;
	int fd; /* its end of the connection, the client's */
	struct md_display_client *client;
	struct md_scene *scene;
	void (*on_configure)(struct actor *actor);
	void (*on_tick)(struct actor *actor, const struct md_tick *tick);
	void (*on_touches)(struct actor *actor);
	void (*on_scroll)(void *actor, struct md_point position, struct md_point by);
	bool commits_not; /* leaves configures unanswered */
	void *context;

	int configures, ticks, focuses, keys, lost, available, presents, inputs;
	bool focused, unseen;
	struct md_tick tick;
	struct md_touch touches[STAGE_TOUCHES];
	int touch_count;
	uint64_t presented_frame;
	int64_t presented_us;
	struct md_key_event key;
	char key_text[32], input[256], answer[1024];
	/* The shell's. */
	struct {
		uint64_t token;
		char app[64];
	} appeared[16];
	int appeared_count, ready, went, edges, system_keys, powers, holds, rests;
	uint32_t system_key;
	struct md_power power;
	uint64_t last_ready, last_went;
	struct md_point edge_start;
};

void stage_init(struct stage *stage, int buffers);
void stage_init_mode(struct stage *stage, int buffers, struct os_display_mode mode);
/* With a board for fingers beside the display, and the panel turned: 0, 90, 180, 270. */
void stage_init_input(struct stage *stage, const struct os_board *input_board, int orientation);
void stage_init_panel(struct stage *stage, const struct os_board *input_board, struct os_display_mode mode);
/* On a board that was made before, as the display of this driver; it takes the board. */
void stage_init_board(struct stage *stage, struct fake_board *board, const char *driver);
void stage_finish(struct stage *stage);
void stage_step_us(struct stage *stage, int64_t us);
void stage_step_frames(struct stage *stage, int frames);
/* role "app" or "home"; entitlements as a peer has them. A scene with a white background. */
struct actor *stage_add(struct stage *stage, const char *app, const char *role,
			const char *entitlements);
struct actor *stage_add_scene(struct stage *stage, const char *app, const char *role,
			      const char *entitlements, enum md_scene_role scene_role);
void stage_remove(struct actor *actor);
/* Its process dies: the connection hangs up without a word. The actor is still to be removed. */
void stage_kill(struct actor *actor);
/* The compositor dies, and another one takes its place. */
void stage_new_compositor(struct stage *stage);
/* The descriptor of another connection for the actor, as a supervisor would make it. */
int stage_introduce(struct actor *actor);
/* A tool's end. */
struct os_connection *stage_tool(struct stage *stage);
/* Sends a request and steps frames until the reply is there: its status. ret_reply may be NULL. */
int stage_call(struct stage *stage, struct os_connection *tool, struct os_message *request,
	       struct os_message *ret_reply);

#endif
