/* The compositor's insides: what its files share. Private.
 *
 * Reading order: memory.h (pixels), node.h (layers), client.h (who speaks), transaction.h (what
 * they change), frame_clock.h (when), frame_build.c (what a frame shows), display.h (the other
 * thread), input.h (fingers and keys), power.h and idle.h (how light it is), configure.h, tools.h. Thread: the loop's, but for
 * display.c. */
#ifndef COMPOSITOR_PRIVATE_H
#define COMPOSITOR_PRIVATE_H

#include <md/compositor.h>
#include <os/array.h>
#include <os/list.h>
#include <os/map.h>
#include <os/timer.h>

#include "calibration.h"
#include "client.h"
#include "configure.h"
#include "display.h"
#include "frame_clock.h"
#include "idle.h"
#include "input.h"
#include "input_devices.h"
#include "input_doors.h"
#include "shell_watch.h"
#include "power.h"
#include "pointer.h"
#include "tools.h"

#define SNAPSHOTS_MAX 12
#define EDGES 4
#define COMPOSITOR_WHY 640

struct snapshot {
	uint64_t token;
	struct md_texture *texture;
	uint64_t content;
};

struct md_compositor {
	struct os_loop *loop;
	const struct os_board *board, *script_board;
	struct os_display_mode mode; /* of the panel */
	struct md_size screen;       /* points, as it is held */
	struct md_affine to_px;      /* points of the screen to pixels of the panel */
	struct os_list clients;      /* client.link */
	struct os_list scenes;       /* scene.link, in order of appearing */
	struct os_list tools;        /* tool.link */
	uint64_t last_key, last_transaction;

	struct display *display;
	struct frame_clock clock;
	struct frames frames;
	struct os_list animated; /* node.animated_link */
	struct os_array done;    /* struct ended: animations to tell of once the frame was shown */

	struct {
		struct scene *scene; /* NULL: none, then scenes lie over one another */
		struct scene
		    *old;        /* of a shell that has gone: shown until the new one has a frame */
		uint64_t active; /* token of the scene with the focus, 0: the shell */
		struct scene *focused; /* that was told so */
		double edges[EDGES];
		struct md_insets safe_area;
	} shell;
	struct shell_watch watch;
	struct os_timer *away; /* the shell's tree stays until then */

	struct settings settings;
	struct change change;
	struct input input;
	struct input_doors input_doors;
	struct input_devices input_devices;
	struct pointer pointer;
	struct calibration calibration;
	struct power power;
	struct idle idle;
	struct snapshot snapshots[SNAPSHOTS_MAX];
	uint64_t snapshots_made;
	struct tools_state tool;
	struct md_compositor_counts counts;
	char why[COMPOSITOR_WHY]; /* this display and no other; "" = nothing to say */
	bool lost; /* the display was closed */
	void (*lost_fn)(void *context, const char *why);
	void *lost_context;
};

/* The scene that is in front for a person: the one with keys, text and `foreground`. */
struct scene *compositor_focused(struct md_compositor *compositor);
void compositor_update_focus(struct md_compositor *compositor);
/* The scene that has this token, or NULL. */
struct scene *compositor_scene(struct md_compositor *compositor, uint64_t token);
/* From the screen's root: the shell's scene, or all scenes; calls fn back to front. */
bool compositor_is_top(const struct md_compositor *compositor, const struct scene *scene);
/* Where the panel's pixels are for an orientation; sets screen and to_px. */
void compositor_set_geometry(struct md_compositor *compositor, int orientation);

/* snapshot.c */
void snapshot_take(struct md_compositor *compositor, struct scene *scene);
struct snapshot *snapshot_find(struct md_compositor *compositor, uint64_t token);
void snapshots_finish(struct md_compositor *compositor);

/* hit.c: the scene under a point of the screen, and where that is in it; NULL: none. */
struct scene *hit_scene(struct md_compositor *compositor, struct md_point point,
			struct md_point *ret_point);
/* The point in a scene's own points, wherever it was last shown. */
struct md_point hit_convert(const struct scene *scene, struct md_point screen_point);

#endif
