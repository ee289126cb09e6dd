/* The display door's insides. Private.
 *
 *	        a screen is found                      no screen, or the card went
 *	absent ───────────────────▶ output (KMS) ────────────────────────────▶ absent
 *	 pictures go to memory        pictures go to the panel                 pictures go to memory
 *
 * A frame is under way from submit until presented: for an output until its flip, else until the
 * pace timer, so that nothing runs faster without a screen than with one. */
#ifndef LINUX_DISPLAY_H
#define LINUX_DISPLAY_H

#include "output.h"

struct udev;
struct udev_monitor;

enum display_flight {
	DISPLAY_IDLE,
	DISPLAY_IS_SHOWN, /* the next dispatch tells */
	DISPLAY_FLIPS,    /* the output tells when; the pace timer only if it never does */
	DISPLAY_IS_PACED  /* the pace timer tells */
};

struct os_display {
	const struct os_display_events *events;
	void *context;
	struct os_display_options options; /* its texts are copies */
	struct os_display_mode mode;
	struct output *output;  /* NULL: absent */
	bool is_off;            /* DPMS, also of a screen to come */

	uint32_t *memory;       /* where pictures go without an output */
	bool memory_is_drawn;
	enum display_flight flight;
	uint64_t frame;         /* the one under way */
	int64_t shown_us;       /* when it was, if it is */
	int64_t paced_us;       /* when the last one was shown */

	int epoll, pace, retry; /* descriptors; those behind epoll: monitor, card, both timers */
	struct udev *udev;
	struct udev_monitor *monitor;
	int failure;            /* of the last submit, told with the next dispatch; 0 = none */
	bool look;              /* something was plugged, or is to be tried again */
	int64_t patience_us;    /* until it is tried again */
	char text[480];         /* what was chosen, and why; or why there is none */
};

/* display_watch.c: timers, and what is plugged in and out. */
int display_watch_open(struct os_display *display);
void display_watch_close(struct os_display *display);
/* Takes what has come: true if the card's descriptor has something or was hung up. */
bool display_watch_take(struct os_display *display, bool *ret_paced, bool *ret_hung_up);
void display_watch_card(struct os_display *display, int fd);
void display_set_timer(int timer, int64_t in_us); /* 0: off */

#endif
