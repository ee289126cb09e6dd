/* Queues: work handed to other threads, in order or side by side (Grand Central Dispatch).
 *
 *	struct os_queue *disk = os_queue_create("disk", OS_QUEUE_SERIAL, OS_QUEUE_UTILITY);
 *	os_queue_async(disk, write_it, job);            returns at once
 *	os_queue_async(os_queue_main(), show_it, job);  back on the main loop
 *	os_queue_release(disk);                         what was queued still runs
 *
 * Serial: one after the other, each sees what the one before wrote. Concurrent: up to as many at
 * once as there are cores. Threads are made when first needed and end after 10 s without work.
 * A process with queued work counts as busy for the clock's step.
 * Thread: any. Work functions get the context only; ownership travels with it, and so does the flow
 * (os/trace.h) of who asked. What is queued to main while there is no main loop waits for one. */
#ifndef OS_QUEUE_H
#define OS_QUEUE_H

#include <os/loop.h>

enum os_queue_kind { OS_QUEUE_SERIAL, OS_QUEUE_CONCURRENT };
enum os_queue_quality { OS_QUEUE_USER_INITIATED, OS_QUEUE_UTILITY, OS_QUEUE_BACKGROUND };

struct os_queue;
struct os_group;

OS_PUBLIC struct os_queue *os_queue_create(const char *name, enum os_queue_kind kind,
                                           enum os_queue_quality quality);
OS_PUBLIC struct os_queue *os_queue_retain(struct os_queue *queue);
OS_PUBLIC struct os_queue *os_queue_release(struct os_queue *queue);
/* The queue served by the first loop that the process made. Lends. */
OS_PUBLIC struct os_queue *os_queue_main(void);

OS_PUBLIC void os_queue_async(struct os_queue *queue, os_loop_fn fn, void *context);
/* Runs fn there and returns when it has run. Asserts on the queue it is called from. */
OS_PUBLIC void os_queue_sync(struct os_queue *queue, os_loop_fn fn, void *context);
OS_PUBLIC bool os_queue_is_current(const struct os_queue *queue);

/* A group counts work and tells when all of it is done. */
OS_PUBLIC struct os_group *os_group_create(void);
OS_PUBLIC struct os_group *os_group_release(struct os_group *group);
OS_PUBLIC void os_group_async(struct os_group *group, struct os_queue *queue, os_loop_fn fn, void *context);
OS_PUBLIC void os_group_notify(struct os_group *group, struct os_queue *queue, os_loop_fn fn, void *context);
OS_PUBLIC void os_group_wait(struct os_group *group);

/* Asserts in debug builds that this is the main thread (the one of the first loop). */
OS_PUBLIC void os_assert_main_thread(void);

#endif
