/* What the rest of core-os needs of a loop beyond os/loop.h: process.c, port.c, queue.c. */
#ifndef OS_LOOP_PRIVATE_H
#define OS_LOOP_PRIVATE_H

#include <os/loop.h>

/* Called on the loop's thread. A loop is awake when it is made; it becomes idle right before it
 * blocks, when everything that was due has run and the next deadline is known, and awake again
 * before it takes anything of what woke it. */
struct loop_hooks {
	void (*awake)(void *context);
	void (*idle)(void *context, int64_t next_deadline_us); /* device time of the next timer */
};
/* Calls awake at once, as the loop is. hooks NULL: nobody (idle is called if it was awake). */
void loop_set_hooks(struct os_loop *loop, const struct loop_hooks *hooks, void *context);
/* The hooks that keep this process's page (page.h): busy while awake, and the next deadline. */
void loop_report_to_page(struct os_loop *loop);

/* The clock was held, run, stepped or set by another process: timers are looked at again. Any
 * thread. Not needed when the loop's own thread did it, nor when a descriptor woke the loop. */
void os_loop_clock_changed(struct os_loop *loop);

/* The first loop of the process serves os_queue_main. What is posted while there is none waits for
 * the next one. Any thread. */
void loop_post_main(os_loop_fn fn, void *context);
/* True on the main loop's thread, and as long as there is no main loop. */
bool loop_is_main_thread(void);

#endif
