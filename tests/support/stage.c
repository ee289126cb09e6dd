#include "stage.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include <os/clock.h>
#include <os/memory.h>
#include <os/port.h>

/* --- What an actor is told -------------------------------------------------------------------- */

static void configure(void *context, const struct md_scene_configuration *configuration)
{
	struct actor *actor = context;
	actor->configures++;
	if (actor->on_configure != NULL) {
		actor->on_configure(actor);
	}
	if (!actor->commits_not) {
		md_scene_commit(actor->scene);
	}
}

static void tick(void *context, const struct md_tick *now)
{
	struct actor *actor = context;
	actor->ticks++;
	actor->tick = *now;
	if (actor->on_tick != NULL) {
		actor->on_tick(actor, now);
	}
}

static void touches(void *context, const struct md_touch *list, size_t count)
{
	struct actor *actor = context;
	for (size_t i = 0; i < count && actor->touch_count < STAGE_TOUCHES; i++) {
		actor->touches[actor->touch_count++] = list[i];
	}
	if (actor->on_touches != NULL) {
		actor->on_touches(actor);
	}
}

static void key(void *context, const struct md_key_event *event)
{
	struct actor *actor = context;
	actor->keys++;
	actor->key = *event;
	snprintf(actor->key_text, sizeof(actor->key_text), "%s", event->text);
}

static void focus(void *context, bool focused)
{
	struct actor *actor = context;
	actor->focuses++;
	actor->focused = focused;
}

static void presented(void *context, uint64_t frame, int64_t time_us)
{
	struct actor *actor = context;
	actor->presents++;
	actor->presented_frame = frame;
	actor->presented_us = time_us;
}

static void surfaces_available(void *context)
{
	struct actor *actor = context;
	actor->available++;
}

static void input(void *context, const void *bytes, size_t length, uint32_t serial)
{
	struct actor *actor = context;
	snprintf(actor->input, sizeof(actor->input), "%.*s", (int)length, (const char *)bytes);
	actor->inputs++;
	md_scene_ack_input(actor->scene, serial);
}

static void query(void *context, uint32_t serial, enum md_query what, const char *argument)
{
	struct actor *actor = context;
	md_scene_answer(actor->scene, serial, actor->answer,
			what == MD_QUERY_SETTLED ? 0 : strlen(actor->answer));
}

static void lost(void *context)
{
	struct actor *actor = context;
	actor->lost++;
}

static void seen(void *context, bool is_seen)
{
	struct actor *actor = context;
	actor->unseen = !is_seen;
}

static void scrolled(void *context, struct md_point position, struct md_point by)
{
	struct actor *actor = context;
	if (actor->on_scroll != NULL) {
		actor->on_scroll(actor, position, by);
	}
}

static const struct md_scene_delegate s_delegate = {
    .struct_size = sizeof(s_delegate),
    .configure = configure,
    .tick = tick,
    .touches = touches,
    .key = key,
    .focus = focus,
    .presented = presented,
    .surfaces_available = surfaces_available,
    .input = input,
    .query = query,
    .lost = lost,
    .seen = seen,
    .scroll = scrolled,
};

static void scene_appeared(void *context, uint64_t token, const char *app, int pid,
			   enum md_scene_role role)
{
	struct actor *actor = context;
	if (actor->appeared_count < 16) {
		actor->appeared[actor->appeared_count].token = token;
		snprintf(actor->appeared[actor->appeared_count++].app, 64, "%s", app);
	}
}

static void scene_ready(void *context, uint64_t token)
{
	struct actor *actor = context;
	actor->ready++;
	actor->last_ready = token;
}

static void scene_went(void *context, uint64_t token, const char *app)
{
	struct actor *actor = context;
	actor->went++;
	actor->last_went = token;
}

static void edge_began(void *context, int edge, int finger, struct md_point start)
{
	struct actor *actor = context;
	actor->edges++;
	actor->edge_start = start;
}

static void system_key(void *context, uint32_t code)
{
	struct actor *actor = context;
	actor->system_keys++;
	actor->system_key = code;
}

static void power_changed(void *context, const struct md_power *power)
{
	struct actor *actor = context;
	actor->powers++;
	actor->power = *power;
}

static void held(void *context)
{
	struct actor *actor = context;
	actor->holds++;
}

static void rested(void *context)
{
	struct actor *actor = context;
	actor->rests++;
}

static const struct md_shell_delegate s_shell_delegate = {
    .struct_size = sizeof(s_shell_delegate),
    .scene_appeared = scene_appeared,
    .scene_ready = scene_ready,
    .scene_went = scene_went,
    .edge_began = edge_began,
    .system_key = system_key,
    .held = held,
    .rested = rested,
    .power_changed = power_changed,
};

/* --- Stage ------------------------------------------------------------------------------------ */

static void make_compositor(struct stage *stage, struct os_display_mode mode)
{
	struct os_error error = {0};
	const struct os_board *board = fake_board_table(stage->board);
	const struct md_compositor_options options = {
	    .struct_size = sizeof(options),
	    .board = board,
	    .input_board = stage->input_board,
	    .script_board = board,
	    .driver = stage->driver != NULL ? stage->driver : "memory",
	    .mode = mode,
	    .orientation = stage->orientation};
	stage->compositor = md_compositor_create(stage->loop, &options, &error);
	assert(stage->compositor != NULL);
}

void stage_init_mode(struct stage *stage, int buffers, struct os_display_mode mode)
{
	memset(stage, 0, sizeof(*stage));
	os_clock_hold();
	stage->loop = os_loop_create();
	stage->board = fake_board_create(buffers);
	make_compositor(stage, mode);
}

void stage_init(struct stage *stage, int buffers)
{
	stage_init_mode(stage, buffers, (struct os_display_mode){480, 800, 1, 60000, false});
}

static void init_input(struct stage *stage, const struct os_board *input_board, struct os_display_mode mode,
		       int orientation)
{
	memset(stage, 0, sizeof(*stage));
	stage->input_board = input_board;
	stage->orientation = orientation;
	os_clock_hold();
	stage->loop = os_loop_create();
	stage->board = fake_board_create(1);
	make_compositor(stage, mode);
}

void stage_init_input(struct stage *stage, const struct os_board *input_board, int orientation)
{
	init_input(stage, input_board, (struct os_display_mode){480, 800, 1, 60000, false}, orientation);
}

void stage_init_panel(struct stage *stage, const struct os_board *input_board, struct os_display_mode mode)
{
	init_input(stage, input_board, mode, 0);
}

void stage_init_board(struct stage *stage, struct fake_board *board, const char *driver)
{
	memset(stage, 0, sizeof(*stage));
	stage->input_board = fake_board_table(board);
	stage->driver = driver;
	stage->board = board;
	os_clock_hold();
	stage->loop = os_loop_create();
	make_compositor(stage, (struct os_display_mode){480, 800, 1, 60000, false});
}

void stage_finish(struct stage *stage)
{
	md_compositor_release(stage->compositor);
	fake_board_destroy(stage->board);
	os_loop_release(stage->loop);
}

void stage_step_us(struct stage *stage, int64_t us)
{
	os_loop_step_to(stage->loop, os_clock_now_us() + us);
}

void stage_step_frames(struct stage *stage, int frames)
{
	stage_step_us(stage, (int64_t)frames * STAGE_PERIOD_US);
}

static int connect_peer(struct stage *stage, const char *app, const char *role,
			const char *entitlements, uint64_t client)
{
	int fds[2];
	int result = os_port_pair(fds);
	assert(result == 0);
	struct os_peer peer = {.client = client, .pid = 1};
	snprintf(peer.app, sizeof(peer.app), "%s", app);
	snprintf(peer.role, sizeof(peer.role), "%s", role);
	snprintf(peer.entitlements, sizeof(peer.entitlements), "%s", entitlements);
	md_compositor_add_client(stage->compositor, fds[1], 0, &peer);
	return fds[0];
}

struct actor *stage_add_scene(struct stage *stage, const char *app, const char *role,
			      const char *entitlements, enum md_scene_role scene_role)
{
	struct actor *actor = os_alloc(sizeof(*actor));
	actor->stage = stage;
	actor->client_number = ++stage->last_client;
	snprintf(actor->app, sizeof(actor->app), "%s", app);
	snprintf(actor->role, sizeof(actor->role), "%s", role);
	snprintf(actor->entitlements, sizeof(actor->entitlements), "%s", entitlements);
	strcpy(actor->answer,
	       "{\"id\":\"root\",\"role\":\"scene\",\"frame\":[0,0,480,800],\"children\":[]}");
	int fd = connect_peer(stage, app, role, entitlements, actor->client_number);
	actor->fd = fd;
	actor->client = md_display_client_create_with_fd(stage->loop, fd);
	actor->scene = md_scene_create(actor->client, scene_role, &s_delegate, actor);
	md_layer_set_background(md_scene_root(actor->scene), MD_COLOR_WHITE);
	if (scene_role == MD_SCENE_SHELL) {
		md_shell_attach(actor->scene, &s_shell_delegate, actor);
	}
	return actor;
}

struct actor *stage_add(struct stage *stage, const char *app, const char *role,
			const char *entitlements)
{
	bool shell = strcmp(role, "home") == 0;
	struct actor *actor =
	    stage_add_scene(stage, app, role, shell ? "system shell" : entitlements,
			    shell ? MD_SCENE_SHELL : MD_SCENE_APP);
	stage_step_frames(stage, 3);
	return actor;
}

void stage_kill(struct actor *actor)
{
	shutdown(actor->fd, SHUT_RDWR);
}

void stage_remove(struct actor *actor)
{
	md_display_client_release(actor->client);
	os_free(actor);
}

void stage_new_compositor(struct stage *stage)
{
	struct os_display_mode mode = fake_board_mode(stage->board);
	md_compositor_release(stage->compositor);
	stage_step_us(stage, 0);
	fake_board_destroy(stage->board);
	stage->board = fake_board_create(1);
	make_compositor(stage, mode);
}

int stage_introduce(struct actor *actor)
{
	actor->fd = connect_peer(actor->stage, actor->app, actor->role, actor->entitlements,
				 actor->client_number);
	return actor->fd;
}

/* --- Tools ------------------------------------------------------------------------------------ */

static int tool_message(void *context, struct os_port *port, struct os_message *message)
{
	return 0;
}

struct os_connection *stage_tool(struct stage *stage)
{
	static const struct os_connection_delegate s_tool_delegate = {
	    .struct_size = sizeof(s_tool_delegate), .message = tool_message};
	int fd = connect_peer(stage, "", "tool", "tool", ++stage->last_client);
	return os_connection_create_with_fd(stage->loop, fd, &md_device_interface, &s_tool_delegate,
					    stage);
}

struct call {
	bool done;
	int status;
	struct os_message *ret_reply;
};

static void did_answer(void *context, int status, struct os_message *reply)
{
	struct call *call = context;
	call->done = true;
	call->status = status;
	if (reply != NULL && call->ret_reply != NULL) {
		/* The reply is lent: its bytes are kept by taking them over. */
		*call->ret_reply = *reply;
		memset(&reply->bytes, 0, sizeof(reply->bytes));
		reply->fd_count = 0;
	}
}

int stage_call(struct stage *stage, struct os_connection *tool, struct os_message *request,
	       struct os_message *ret_reply)
{
	struct call call = {.ret_reply = ret_reply};
	os_port_call(os_connection_port(tool), request, OS_NEVER, did_answer, &call);
	for (int i = 0; i < 2000 && !call.done; i++) {
		stage_step_frames(stage, 1);
		os_loop_iterate(stage->loop, 1000);
	}
	return call.done ? call.status : -ETIMEDOUT;
}
