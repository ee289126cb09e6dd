/* Scene: a process's window onto the display (UIWindowScene): its root layer, its size, its frames.
 *
 *	struct md_display_client *client = md_display_client_create(NULL);     one a process
 *	struct md_scene *scene = md_scene_create(client, MD_SCENE_APP, &s_delegate, self);
 *	… delegate.configure: lay out at the new size, then md_scene_commit …
 *	md_scene_request_tick(scene);                 delegate.tick comes once
 *
 * A frame: tick(n, T) with the interval's touches before it; the app evaluates physics at T, lays
 * out, draws, and commits at most once before the latch. See CONTRACTS.md, "A frame".
 * If the compositor dies the client connects again and replays layers, arenas and animations; live
 * touches are cancelled first. Thread: main. */
#ifndef MD_SCENE_H
#define MD_SCENE_H

#include <md/layer.h>
#include <md/scene_interface.h>

struct md_display_client;
struct md_scene;
struct os_loop;

struct md_scene_configuration {
	uint32_t serial;
	struct md_size size;         /* points */
	double scale;                /* pixels a point */
	struct md_insets safe_area;
	int orientation;             /* 0, 90, 180, 270 */
	bool dark, high_contrast, reduce_motion, rtl, hardware_keyboard;
	bool walls_missing;          /* apps run without their sandbox: home says so in the status bar */
	int text_size;               /* 0…11: xs … ax5, index of COMMAND.md's list; 3 is the default */
	double rate_hz;
	enum md_transition transition;
};

struct md_touch {
	int64_t time_us;
	int finger;
	enum md_touch_phase phase;
	struct md_point position;    /* points of the scene */
	double radius;               /* points, 0 unknown */
	uint64_t flow;
	bool edge;                   /* began in a system edge zone */
};

struct md_key_event {
	int64_t time_us;
	uint32_t key, modifiers;     /* os/key_input.h */
	bool down, repeat;
	const char *text;            /* UTF-8, lent */
};

struct md_tick {
	uint64_t frame;
	int64_t target_us;           /* T(n): when it is on the screen, device time */
	int64_t latch_us;            /* L(n): commits after this go into the next frame */
	int64_t period_us;
};

struct md_scene_delegate {
	uint32_t struct_size;
	void (*configure)(void *context, const struct md_scene_configuration *configuration);
	void (*tick)(void *context, const struct md_tick *tick);
	void (*touches)(void *context, const struct md_touch *touches, size_t count);
	void (*key)(void *context, const struct md_key_event *event);
	void (*focus)(void *context, bool focused);        /* keys and text go here from now on */
	void (*presented)(void *context, uint64_t frame, int64_t time_us);
	void (*surfaces_available)(void *context);
	/* Text through the input-method door (ui/input_method.h): bytes of one ordered channel, the
	 * first one says what they are (MD_INPUT_TEXT and others). */
	void (*input)(void *context, const void *bytes, size_t length, uint32_t serial);
	/* A question about the accessible tree or the views: JSON or an action; answer with
	 * md_scene_answer(serial). */
	void (*query)(void *context, uint32_t serial, enum md_query query, const char *argument);
	void (*lost)(void *context);
	/* The screen has gone dark, and nobody sees the scene whatever it shows; or it is light again.
	 * Ticks that were asked for come then. */
	void (*seen)(void *context, bool seen);
	/* A mouse's wheel over this scene: what lies below a point of it is to move by so many points. */
	void (*scroll)(void *context, struct md_point position, struct md_point by);
};

/* --- Connection ------------------------------------------------------------------------------------ */

/* Connects by the supervisor (os/process.h); in tests, create_with_fd on a pair's end. */
MD_PUBLIC struct md_display_client *md_display_client_create(struct os_loop *loop);
MD_PUBLIC struct md_display_client *md_display_client_create_with_fd(struct os_loop *loop, int fd);
MD_PUBLIC struct md_display_client *md_display_client_release(struct md_display_client *client);

/* --- Life cycle ------------------------------------------------------------------------------------- */

MD_PUBLIC struct md_scene *md_scene_create(struct md_display_client *client, enum md_scene_role role,
                                           const struct md_scene_delegate *delegate, void *context);
MD_PUBLIC struct md_scene *md_scene_release(struct md_scene *scene);
MD_PUBLIC struct md_layer *md_scene_root(struct md_scene *scene); /* lends; as large as the scene */
MD_PUBLIC const struct md_scene_configuration *md_scene_configuration(const struct md_scene *scene);
MD_PUBLIC uint64_t md_scene_token(const struct md_scene *scene); /* to give to a host; 0 until known */

/* --- Frames ------------------------------------------------------------------------------------------ */

MD_PUBLIC void md_scene_request_tick(struct md_scene *scene);
MD_PUBLIC bool md_scene_tick_requested(const struct md_scene *scene);
/* Sends what changed as one transaction aimed at the present tick's T; acknowledges configure
 * serials up to the one last delivered. Does nothing when nothing changed and none is pending. */
MD_PUBLIC void md_scene_commit(struct md_scene *scene);
/* Answers a query: bytes of any length are split. */
MD_PUBLIC void md_scene_answer(struct md_scene *scene, uint32_t serial, const void *bytes, size_t length);
/* Sends bytes into the input channel's other direction (the field's state). */
MD_PUBLIC void md_scene_send_input(struct md_scene *scene, const void *bytes, size_t length);
MD_PUBLIC void md_scene_ack_input(struct md_scene *scene, uint32_t serial); /* `type` returns then */
/* Says whether views are dirty or something moves here by the app's own doing (scrolling), for `settle`. */
MD_PUBLIC void md_scene_set_moving(struct md_scene *scene, bool moving);
/* Touches in system edge zones are asked for twice while this is set. */
MD_PUBLIC void md_scene_set_defers_edges(struct md_scene *scene, bool defers);

/* The screen does not grow dim or dark while this scene is in front (video, a clock). */
MD_PUBLIC void md_scene_set_keeps_on(struct md_scene *scene, bool keeps_on);

struct md_scene_counts { uint64_t ticks, commits, bytes_sent, bytes_drawn, late; };
MD_PUBLIC struct md_scene_counts md_scene_counts(const struct md_scene *scene);

#endif
