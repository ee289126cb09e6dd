/* Shell watch: many fingers held, or nobody there, told to the shell. Private; drawn in its .c file. */
#ifndef COMPOSITOR_SHELL_WATCH_H
#define COMPOSITOR_SHELL_WATCH_H

#include <os/timer.h>
#include <os/touch_input.h>

#include <md/geometry.h>

struct md_compositor;
struct os_message;

#define SHELL_WATCH_LONGEST_US (3600 * OS_US_PER_S)

enum hold { HOLD_UP, HOLD_HOLDING, HOLD_DONE };

struct shell_watch {
	int fingers;      /* 0: holds are not looked for */
	int64_t hold_us, rest_us; /* rest 0: nobody wants to know */
	enum hold hold;
	int count;        /* fingers down, the last time */
	struct md_point places[OS_TOUCH_FINGERS]; /* where they were when the hold began */
	struct os_timer *hold_timer, *rest_timer; /* device time */
};

void shell_watch_init(struct md_compositor *compositor);
void shell_watch_finish(struct md_compositor *compositor);
/* Another shell, which has not asked for anything yet. */
void shell_watch_none(struct md_compositor *compositor);
int shell_watch_set_hold(struct md_compositor *compositor, struct os_message *message);
int shell_watch_set_rest(struct md_compositor *compositor, struct os_message *message);
/* After each batch of samples; after anything else that a person does. */
void shell_watch_touches(struct md_compositor *compositor);
void shell_watch_activity(struct md_compositor *compositor);

#endif
