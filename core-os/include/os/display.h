/* Display door: gives pixels to draw into, takes damage, says when it was really shown.
 *
 *	door->open(&options, &events, context, &display)
 *	door->begin(display, &buffer)        draw the damage of the last `age` frames into buffer
 *	door->submit(display, n, rects, count)
 *	… events->presented(context, n, time) …
 *
 * The door is asynchronous: submit returns before the frame is shown, and begin answers -EAGAIN
 * until there is a buffer. Every function is called on one thread, the compositor's display thread,
 * and every event is made on it, from inside `dispatch`. Buffers are x8r8g8b8, premultiplied,
 * in pixels. Times are device time (os_clock_from_monotonic_us). */
#ifndef OS_DISPLAY_H
#define OS_DISPLAY_H

#include <os/base.h>

struct os_error;

struct os_rect_px {
	int32_t x, y, width, height;
};

struct os_display_mode {
	int32_t width_px, height_px;
	double scale;          /* pixels per point */
	int32_t rate_mhz;      /* frames in 1000 s: 60000 is 60 Hz */
	bool has_phase;        /* a real vertical blank; false: a frame may start whenever it is asked for */
	int32_t width_mm, height_mm; /* of the panel; 0 = not known */
	bool is_absent;        /* there is no screen yet: pictures go to memory until one comes */
};

struct os_display_options {
	uint32_t struct_size;
	const char *driver;    /* "window", "offscreen", "kmsdrm", "dumb" */
	const char *title;     /* of a window */
	struct os_display_mode wanted; /* size 0: the panel's own; a scale of 0: from the panel's size */
	const char *card;      /* "card1", or NULL: the board looks for one with a screen */
	/* "soft", "gpu" (also one played by the CPU), or NULL: a real GPU or nothing on "kmsdrm", which
	 * answers -ENODEV without one; soft on the others. */
	const char *renderer;
	struct os_error *error; /* gets a sentence when open fails; NULL: not wanted */
	const char *cards;     /* the folder where cards are looked for; NULL: /sys/class/drm */
};

/* What a machine has for a driver, before anything is opened. */
struct os_display_probe {
	bool has_card;         /* something that a screen can be plugged into */
	bool has_screen;       /* and one is */
	char text[240];        /* what was found, a part of a sentence */
};

struct os_display_buffer {
	uint32_t *pixels;
	int32_t stride;        /* bytes */
	int32_t width_px, height_px;
	int32_t age;           /* frames since this buffer was shown: 1 = holds the last one, 0 = unknown */
};

struct os_display_events {
	uint32_t struct_size;
	void (*presented)(void *context, uint64_t frame, int64_t time_us);
	void (*mode)(void *context, const struct os_display_mode *mode);
	void (*lost)(void *context, const char *why); /* closed by the person, unplugged */
	void (*expose)(void *context);                /* show the last picture again, whole */
};

struct os_display; /* the board's own */

struct os_display_door {
	uint32_t struct_size;
	int (*open)(const struct os_display_options *options, const struct os_display_events *events,
	            void *context, struct os_display **ret_display);
	void (*close)(struct os_display *display);
	void (*get_mode)(struct os_display *display, struct os_display_mode *ret_mode);
	int (*begin)(struct os_display *display, struct os_display_buffer *ret_buffer);
	int (*submit)(struct os_display *display, uint64_t frame, const struct os_rect_px *damage, size_t count);
	/* A descriptor that becomes readable when dispatch has something to do; -1 = none. */
	int (*get_fd)(struct os_display *display);
	/* Handles what is there, makes the events, flushes, and never waits. Called after every other
	 * call and before every sleep. */
	void (*dispatch)(struct os_display *display);
	/* Switches the panel off or on (DPMS); the picture stays. NULL: cannot. */
	int (*set_power)(struct os_display *display, bool on);
	/* One sentence for `strata doctor`: what was chosen, and why. NULL: nothing to choose. */
	void (*describe)(struct os_display *display, char *ret_text, size_t size);
	/* What there is for options->driver, without showing anything. NULL: the driver needs nothing. */
	int (*probe)(const struct os_display_options *options, struct os_display_probe *ret_probe);
};

#endif
