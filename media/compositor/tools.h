/* Tools: commands and tests at work on the device, by md_device_interface. Private.
 *
 * Most answers come later: once a finger has been played, a picture drawn, an app asked. A
 * `pending` is such an owed answer; it outlives its tool, and then goes nowhere. */
#ifndef COMPOSITOR_TOOLS_H
#define COMPOSITOR_TOOLS_H

#include <os/list.h>
#include <os/port.h>
#include <os/timer.h>

#include <md/scene_interface.h>

struct md_compositor;
struct scene;

struct tool {
	struct os_list link; /* md_compositor.tools */
	struct md_compositor *compositor;
	struct os_port *port;
	struct os_list pendings; /* pending.link */
	bool watches_frames, pauses_input;
	struct view *view; /* NULL: it does not watch the screen; tool_view.c */
};

struct tools_state {
	bool watches_frames;    /* any tool does */
	uint64_t fed, played;   /* samples of the script board so far */
	struct os_list feeds;   /* feed.link: answers owed when they are played */
	struct os_list typings; /* typing.link */
	struct os_list turns;   /* pending.wait_link: orientation to come */
	int64_t active_us;      /* when something last happened */
	uint64_t last_touch_flow;
};

struct pending {
	struct os_list link;      /* tool.pendings */
	struct os_list wait_link; /* of who answers it */
	struct tool *tool;        /* NULL: it has gone */
	uint32_t index, serial;
	int fd; /* a file that came with the request, -1: none */
};

void tools_init(struct md_compositor *compositor);
void tools_finish(struct md_compositor *compositor);
void tool_create(struct md_compositor *compositor, int fd, uint64_t connection,
		 const struct os_peer *peer);

/* --- Owed answers ----------------------------------------------------------------------------- */

struct pending *pending_create(struct tool *tool, const struct os_message *request, int fd);
void pending_begin(const struct pending *pending, struct os_message *ret_reply);
/* Both end it. */
void pending_send(struct pending *pending, struct os_message *reply);
void pending_fail(struct pending *pending, int status);
/* The same with an empty answer; and at once, for a request that owes nothing. */
void pending_done(struct pending *pending);
int tool_reply_empty(struct tool *tool, const struct os_message *request);

/* --- What happens elsewhere ------------------------------------------------------------------- */

void tools_samples_played(struct md_compositor *compositor, size_t count);
void tools_input_taken(struct scene *scene, uint32_t serial);
/* Text under way to this scene, or to any (NULL), does not arrive. */
void tools_end_typing(struct md_compositor *compositor, const struct scene *scene);
void tools_turned(struct md_compositor *compositor);
void tools_scene_went(struct md_compositor *compositor, struct scene *scene);
void tools_frame_presented(struct md_compositor *compositor, uint64_t frame, int64_t target_us);
void tools_note_activity(struct md_compositor *compositor);

/* --- Questions to scenes, queries.c ----------------------------------------------------------- */

/* status: 0, -ETIMEDOUT (500 ms of real time) or -EPIPE. */
typedef void (*query_fn)(void *context, int status, const char *bytes, size_t length);
void query_ask(struct scene *scene, enum md_query what, const char *argument, query_fn fn,
	       void *context);
int query_answered(struct scene *scene, struct os_message *message);
void queries_end(struct scene *scene);

/* --- The longer requests ---------------------------------------------------------------------- */

int tool_feed(struct tool *tool, struct os_message *message); /* tool_input.c */
int tool_key(struct tool *tool, struct os_message *message);
int tool_type(struct tool *tool, struct os_message *message);
int tool_tree(struct tool *tool, struct os_message *message);   /* tool_tree.c */
int tool_action(struct tool *tool, struct os_message *message); /* tool_ask.c */
int tool_scroll_to(struct tool *tool, struct os_message *message);
int tool_hit(struct tool *tool, struct os_message *message);
int tool_settled(struct tool *tool, struct os_message *message);    /* tool_settled.c */
int tool_screenshot(struct tool *tool, struct os_message *message);
int tool_screenshot_shown(struct tool *tool, struct os_message *message); /* tool_screenshot.c */
int tool_display(struct tool *tool, struct os_message *message);    /* tool_display.c */
int tool_view(struct tool *tool, struct os_message *message); /* tool_view.c */
int tool_view_next(struct tool *tool, struct os_message *message);
void tool_end_view(struct tool *tool);
struct md_frame_list;
/* A frame was presented: what differs goes to who watches, once the new one is the one shown. */
void views_note_frame(struct md_compositor *compositor, const struct md_frame_list *before,
		      const struct md_frame_list *now);
void views_frame_presented(struct md_compositor *compositor);

/* Visible scenes, front to back: the keyboard, the one with the focus, others, the shell. */
#define TOOL_SCENES_MAX 32
int tool_visible_scenes(struct md_compositor *compositor,
			struct scene *ret_scenes[TOOL_SCENES_MAX]);

#endif
