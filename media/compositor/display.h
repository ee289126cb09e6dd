/* Display: the thread that owns the display door. Private.
 *
 * It is fed immutable frame lists, draws them into the door's buffers, and answers on the loop
 * thread. Every call of the door, and of boards whose fingers come through their window, is made
 * there. From a call of show or render until its answer the process counts as busy. */
#ifndef COMPOSITOR_DISPLAY_H
#define COMPOSITOR_DISPLAY_H

#include <os/board.h>
#include <os/loop.h>
#include <os/status.h>

#include "rasterizer.h"

struct display;

struct display_answer {
	uint64_t frame;
	int64_t time_us;
	uint64_t pixels_composited, pixels_presented, layers_drawn, bytes_uploaded;
};

/* On the loop thread. */
struct display_delegate {
	void (*presented)(void *context, const struct display_answer *answer);
	void (*touch)(void *context, const struct os_touch_sample *samples, size_t count);
	void (*key)(void *context, const struct os_key_sample *sample);
	void (*mode)(void *context, const struct os_display_mode *mode);
	void (*lost)(void *context, const char *why);
	void (*expose)(void *context);
	/* The display's power could not be switched. */
	void (*refused)(void *context, int status);
};

typedef void (*display_rendered_fn)(void *context, uint32_t *pixels);

struct display_options {
	const struct os_board *board;
	const char *driver, *title;
	struct os_display_mode mode;
	const char *renderer; /* "soft", "gpu", NULL: what the doors offer */
};

/* Starts the thread and waits until the door is open. */
struct display *display_create(struct os_loop *loop, const struct display_options *options,
			       const struct display_delegate *delegate, void *context,
			       struct os_error *ret_error);
struct display *display_destroy(struct display *display);
void display_get_mode(const struct display *display, struct os_display_mode *ret_mode);
/* Shows a list, which must not change until it was presented; takes damage's boxes over. */
void display_show(struct display *display, const struct md_frame_list *list,
		  pixman_region32_t *damage);
/* Switches the panel on or off, after what was shown before. can_switch: whether the board can. */
bool display_can_switch(const struct display *display);
void display_switch(struct display *display, bool on);
/* Draws a list into new memory (os_free) and calls fn with it on the loop thread, NULL: no
 * memory. */
void display_render(struct display *display, struct md_frame_list *list, display_rendered_fn fn,
		    void *context);
/* The same by the renderer in use: what a GPU makes of it. Otherwise pictures are of `soft`. */
void display_render_shown(struct display *display, struct md_frame_list *list,
			  display_rendered_fn fn, void *context);
/* What is shown on, and why, in a sentence; fn is called on the loop thread. */
#define DISPLAY_TEXT 480
typedef void (*display_text_fn)(void *context, const char *text);
void display_ask_text(struct display *display, display_text_fn fn, void *context);

/* Draws the damage of a list into pixels of its size (rows without a gap), which stay the caller's,
 * as they must until fn was called. */
void display_render_into(struct display *display, struct md_frame_list *list, uint32_t *pixels,
			 const pixman_region32_t *damage, display_rendered_fn fn, void *context);

#endif
