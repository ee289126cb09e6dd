/* Display, for its two files: the thread with its doors (display.c), and the frames it draws
 * (display_frames.c). */
#ifndef COMPOSITOR_DISPLAY_PRIVATE_H
#define COMPOSITOR_DISPLAY_PRIVATE_H

#include <pthread.h>
#include <stdatomic.h>

#include "display.h"
#include "gpu_renderer.h"

#define DISPLAY_HISTORY 4

/* What the display thread is given, and what it hands back, as one object that goes both ways. */
struct job {
	struct display *display;
	const struct md_frame_list *list;
	struct md_frame_list *own_list; /* of a render */
	bool by_gpu;                    /* if there is one */
	pixman_region32_t damage;
	display_rendered_fn rendered;
	void *context;
	uint32_t *pixels;
	bool is_lent; /* the pixels */
};

struct display {
	struct os_loop *main_loop;
	const struct display_delegate *delegate;
	void *context;
	struct display_options options;
	pthread_t thread;

	/* The start, and then nothing more, is shared under the lock. */
	pthread_mutex_t lock;
	pthread_cond_t started;
	bool is_started;
	int start_result;
	struct os_error start_error;
	struct os_display_mode mode;

	/* The display thread's own. */
	struct os_loop *loop;
	struct os_display *door;
	struct os_touch *touch;
	struct os_key *key;
	struct os_source *source;
	struct md_rasterizer *rasterizer;
	struct os_gpu *gpu; /* NULL: frames are drawn by the rasterizer */
	struct md_gpu_renderer *gpu_renderer;
	struct job *waiting; /* for a buffer */
	pixman_region32_t history[DISPLAY_HISTORY];
	int history_at;
	struct display_answer answer; /* of the frame that was submitted */

	bool gone;         /* the loop thread's: nothing is to be told any more */
	_Atomic int notes; /* on their way to the loop thread */
};

/* Handles what the door has, and draws the waiting frame if there is a buffer for it. */
void display_dispatch(struct display *display);
void display_did_present(void *context, uint64_t frame, int64_t time_us);
void display_job_free(struct job *job);
/* From then on frames are drawn by the rasterizer. */
void display_close_gpu(struct display *display);

#endif
