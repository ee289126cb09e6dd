/* For tests: what a queue's threads do. */
#ifndef OS_QUEUE_PRIVATE_H
#define OS_QUEUE_PRIVATE_H

#include <os/queue.h>

void queue_set_linger_us(int64_t linger_us); /* of threads without work; for queues made later too */
size_t queue_thread_count(struct os_queue *queue);
/* Returns when no thread of this queue is left. */
void queue_wait_threads(struct os_queue *queue);

#endif
