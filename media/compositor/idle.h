/* Idle: nobody touches the screen, so it grows dim, and then dark. Private.
 *
 *	         dim-after                blank-after
 *	AWAKE ──────────────▶ DIMMED ──────────────────▶ DARK
 *	  ▲ ▲                   │                          │
 *	  │ └─ touch, key, tool ┘                          │
 *	  ├──── the power key, a touch, a key, a tool ─────┘
 *	  └──── the power key, let go within 1.5 s ───────▶ DARK, from anywhere
 *
 * The touch or key that wakes a dark screen is nobody's, until that finger or key is lifted: who
 * cannot see a button does not mean to press it. On a dimmed one, which can be seen, it goes its way.
 * While it is dark no frame begins, nobody is ticked and nothing is composited; scenes are told that
 * they are not seen, and animations are where they would be when it is light again.
 *
 * Both times are counted from the last touch, in seconds of the device's clock; 0 is never, and a
 * blank-after that is not later than dim-after leaves dimming out. "auto": never where the picture is
 * in a window or in memory; 30 s and 60 s on a panel with a battery, which a hand puts down; 5 and
 * 15 minutes on one with a plug, which hangs on a wall. The timer is set once and looks, when it
 * fires, whether it was early: a touch costs no system call.
 *
 * The scene in front may keep the screen on (video, a clock): then nothing here is timed at all. */
#ifndef COMPOSITOR_IDLE_H
#define COMPOSITOR_IDLE_H

#include <os/key_input.h>
#include <os/timer.h>
#include <os/touch_input.h>

struct md_compositor;
struct scene;

enum idle_state { IDLE_AWAKE, IDLE_DIMMED, IDLE_DARK };

#define IDLE_AUTO (-1)
#define IDLE_KEYS 8

struct idle {
	struct {
		bool is_panel;          /* a screen of the machine's own: "auto" has times */
		int64_t dim_s, blank_s; /* IDLE_AUTO, 0 never */
	} config;
	enum idle_state state;
	bool was_kept_on;
	int64_t active_us; /* the last time that somebody was there */
	struct os_timer *timer;
	struct os_timer *press;        /* set while the power key is down: it becomes a long one */
	uint32_t swallowed[IDLE_KEYS]; /* keys that are down and nobody's */
};

void idle_init(struct md_compositor *compositor);
void idle_finish(struct md_compositor *compositor);
/* "90", "0", "auto" of display.dim-after and display.blank-after. */
void idle_set_times(struct md_compositor *compositor, const char *dim, const char *blank);
/* Who is in front, what keeps the screen on, or what "auto" means has changed. */
void idle_rules_changed(struct md_compositor *compositor);

/* Somebody is there: lights the screen if it is dim or dark. */
void idle_activity(struct md_compositor *compositor);
/* The same for one sample, which is nobody's if this says true. */
bool idle_takes_touch(struct md_compositor *compositor, const struct os_touch_sample *sample);
bool idle_takes_key(struct md_compositor *compositor, const struct os_key_sample *sample);
void idle_go_dark(struct md_compositor *compositor);

bool idle_is_dark(const struct md_compositor *compositor);
/* While dark no frame is begun, but for the black one that makes it so on some displays. */
bool idle_holds_frames(const struct md_compositor *compositor);
/* The black picture is on its way. */
void idle_did_latch(struct md_compositor *compositor);
const char *idle_word(const struct md_compositor *compositor); /* "on", "dimmed", "off" */

#endif
