/* Frame clock: when frames begin, are latched and are due. Private.
 *
 *	V(n)            L(n)           T(n) = V(n+1)
 *	 │ ticks go out   │ latch: what was committed, animations at T(n), damage → display thread
 *
 * It runs only while somebody needs frames. On a display without a phase of its own the first need
 * begins a frame at once. On one with real vertical blanks every V is one of them: the next that
 * follows from when the last picture was shown, so that the clock follows the panel's and a need
 * on an idle display waits for it. */
#ifndef COMPOSITOR_FRAME_CLOCK_H
#define COMPOSITOR_FRAME_CLOCK_H

#include <os/array.h>
#include <os/timer.h>

#include <md/animation.h>

#include "frame_list.h"

struct md_compositor;
struct scene;

struct frame_clock {
	struct os_timer *vblank, *latch, *ends;
	double period_us;
	uint64_t frame;    /* n of the frame that has begun last */
	int64_t begin_us;  /* V(n) */
	int64_t origin_us; /* V of the first frame since it rested; the others lie on its grid */
	uint64_t since;    /* frames since that one */
	int64_t blank_us;  /* the last vertical blank known, 0 = none, or the display has no phase */
	bool open;         /* begun and not latched */
	bool needed;       /* something changed that the next frame has to show */
};

/* A value of a layer that moved in a frame, for tools that watch. */
struct moved {
	uint32_t layer, property;
	uint64_t client;
	double value[MD_ANIMATION_VALUES];
};

struct frames {
	struct md_frame_list *shown;  /* what the display has, or is about to */
	struct md_frame_list *flying; /* at the display thread */
	struct md_frame_list *spare[2];
	bool whole;            /* the next frame is drawn whole */
	bool frozen;           /* the picture stays (configure.h) */
	struct os_array flows; /* uint64_t: touches that the flying frame shows */
	struct os_array told;  /* struct told: commits to confirm once it was shown */
	struct os_array moved; /* struct moved: of the flying frame */
	int64_t latched_real_us;
	uint64_t walk; /* number of the last walk over the tree */
};

struct told {
	uint64_t token;
	uint32_t serial;
	bool wanted;      /* even if it was in time */
	int64_t begin_us; /* what its animations began with */
};

/* An animation that has ended. */
struct ended {
	uint64_t token;
	uint32_t layer;
	char key[MD_ANIMATION_KEY];
	int64_t begin_us;
	bool finished;
};

void frame_clock_init(struct md_compositor *compositor);
void frame_clock_finish(struct md_compositor *compositor);
/* Something is to be shown: makes sure that a frame comes. */
void frame_clock_need(struct md_compositor *compositor);
/* The screen has gone dark: a frame that has begun is not latched any more. */
void frame_clock_rest(struct md_compositor *compositor);
/* Somebody wants a tick, and nothing is to be shown yet. */
void frame_clock_tick(struct md_compositor *compositor);
bool frame_clock_wants_tick(const struct scene *scene);
/* A frame was on the screen at that time: a vertical blank, where the display has some. */
void frame_clock_presented(struct md_compositor *compositor, int64_t time_us);
/* The display's mode is another one. */
void frame_clock_set_rate(struct md_compositor *compositor);
/* When what changes now will be on the screen. */
int64_t frame_clock_target_us(const struct md_compositor *compositor);
/* frames.c: takes in what was committed and shows the screen at target_us. */
void frames_init(struct frames *frames);
void frames_finish(struct frames *frames);
void frames_latch(struct md_compositor *compositor, int64_t target_us);
/* The display has shown the flying frame. */
void frames_presented(struct md_compositor *compositor, uint64_t frame, int64_t time_us);

/* A list of what is on the screen, the caller's. */
struct md_frame_list *frames_copy_shown(struct md_compositor *compositor);

/* frame_build.c: fills list with the screen at target_us. */
void frame_build(struct md_compositor *compositor, struct md_frame_list *list, int64_t target_us);
/* One scene's tree alone, at a scale of pixels a point, secure layers blanked. */
void frame_build_scene(struct md_compositor *compositor, struct md_frame_list *list,
		       struct scene *scene, double scale);

/* animator.c: shown = model with animations at target_us; ended ones go to compositor->done. */
void animator_run(struct md_compositor *compositor, int64_t target_us);
/* True while a visible layer moves; finite: leave out endless ones. */
bool animator_is_moving(const struct md_compositor *compositor, bool finite);
void animator_send_done(struct md_compositor *compositor);

#endif
