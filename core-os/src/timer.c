#include <os/timer.h>

#include <assert.h>
#include <os/clock.h>
#include <os/memory.h>

#include "loop_state.h"

#define NOT_IN_HEAP SIZE_MAX

struct os_timer {
	struct os_loop *loop; /* retained */
	enum os_timer_clock clock;
	enum os_loop_mode mode;
	os_timer_fn fn;
	void *context;
	int64_t deadline_us; /* OS_NEVER: not set */
	uint64_t sequence;
	size_t index;        /* in its heap, or NOT_IN_HEAP */
	struct os_list link; /* loop_timers.firing */
};

/* --- Heap: the children of i are 2i + 1 and 2i + 2 -------------------------------------------- */

static bool is_earlier(const struct os_timer *a, const struct os_timer *b)
{
	return a->deadline_us != b->deadline_us ? a->deadline_us < b->deadline_us
						: a->sequence < b->sequence;
}

static void put(struct timer_heap *heap, size_t index, struct os_timer *timer)
{
	heap->items[index] = timer;
	timer->index = index;
}

static void sift_up(struct timer_heap *heap, size_t index, struct os_timer *timer)
{
	while (index > 0 && is_earlier(timer, heap->items[(index - 1) / 2])) {
		put(heap, index, heap->items[(index - 1) / 2]);
		index = (index - 1) / 2;
	}
	put(heap, index, timer);
}

static void sift_down(struct timer_heap *heap, size_t index, struct os_timer *timer)
{
	for (size_t child = 2 * index + 1; child < heap->count; child = 2 * index + 1) {
		if (child + 1 < heap->count &&
		    is_earlier(heap->items[child + 1], heap->items[child])) {
			child++;
		}
		if (!is_earlier(heap->items[child], timer)) {
			break;
		}
		put(heap, index, heap->items[child]);
		index = child;
	}
	put(heap, index, timer);
}

static void heap_add(struct timer_heap *heap, struct os_timer *timer)
{
	if (heap->count == heap->capacity) {
		heap->capacity = heap->capacity > 0 ? heap->capacity * 2 : 16;
		heap->items =
		    os_realloc_array(heap->items, heap->capacity, sizeof(struct os_timer *));
	}
	heap->count++;
	sift_up(heap, heap->count - 1, timer);
}

static void heap_remove(struct timer_heap *heap, struct os_timer *timer)
{
	size_t index = timer->index;
	struct os_timer *last = heap->items[--heap->count];
	timer->index = NOT_IN_HEAP;
	if (last == timer) {
		return;
	}
	if (index > 0 && is_earlier(last, heap->items[(index - 1) / 2])) {
		sift_up(heap, index, last);
	} else {
		sift_down(heap, index, last);
	}
}

static struct timer_heap *heap_of(const struct os_timer *timer)
{
	return &timer->loop->timers.heaps[timer->clock][timer->mode];
}

/* --- A loop's timers -------------------------------------------------------------------------- */

void loop_timers_init(struct loop_timers *timers)
{
	*timers = (struct loop_timers){0};
	os_list_init(&timers->firing);
}

void loop_timers_finish(struct loop_timers *timers)
{
	for (int clock = 0; clock < 2; clock++) {
		for (int mode = 0; mode < 2; mode++) {
			assert(timers->heaps[clock][mode].count == 0);
			os_free(timers->heaps[clock][mode].items);
		}
	}
}

static struct timer_heap *earliest_heap(const struct loop_timers *timers, enum os_timer_clock clock,
					bool tracking)
{
	const struct timer_heap *common = &timers->heaps[clock][OS_LOOP_MODE_COMMON];
	const struct timer_heap *plain = &timers->heaps[clock][OS_LOOP_MODE_DEFAULT];
	bool plain_first = !tracking && plain->count > 0 &&
			   (common->count == 0 || is_earlier(plain->items[0], common->items[0]));
	const struct timer_heap *heap = plain_first ? plain : common;
	return heap->count > 0 ? (struct timer_heap *)heap : NULL;
}

int64_t loop_timers_next_us(const struct loop_timers *timers, enum os_timer_clock clock,
			    bool tracking)
{
	const struct timer_heap *heap = earliest_heap(timers, clock, tracking);
	return heap != NULL ? heap->items[0]->deadline_us : OS_NEVER;
}

/* Takes all that is due out of the heaps before any is called: one that sets itself anew, even to
 * a time that has passed, waits for the next turn, and descriptors are looked at in between. */
static void collect(struct loop_timers *timers, enum os_timer_clock clock, bool tracking,
		    int64_t now_us)
{
	struct timer_heap *heap = earliest_heap(timers, clock, tracking);
	while (heap != NULL && heap->items[0]->deadline_us <= now_us) {
		struct os_timer *timer = heap->items[0];
		heap_remove(heap, timer);
		os_list_append(&timers->firing, &timer->link);
		heap = earliest_heap(timers, clock, tracking);
	}
}

int loop_timers_fire(struct os_loop *loop, int64_t device_us, int64_t real_us)
{
	struct loop_timers *timers = &loop->timers;
	int calls = 0;
	collect(timers, OS_TIMER_DEVICE, loop->tracking > 0, device_us);
	collect(timers, OS_TIMER_REAL, loop->tracking > 0, real_us);
	while (!os_list_is_empty(&timers->firing)) {
		struct os_timer *timer =
		    OS_CONTAINER_OF(timers->firing.next, struct os_timer, link);
		os_list_remove(&timer->link);
		if (timer->mode == OS_LOOP_MODE_DEFAULT && loop->tracking > 0) {
			heap_add(heap_of(timer), timer); /* tracking began a moment ago */
			continue;
		}
		int64_t at_us = timer->deadline_us;
		timer->deadline_us = OS_NEVER;
		timer->fn(timer->context, at_us);
		calls++;
	}
	return calls;
}

/* --- Public ----------------------------------------------------------------------------------- */

struct os_timer *os_timer_create(struct os_loop *loop, enum os_timer_clock clock,
				 enum os_loop_mode mode, os_timer_fn fn, void *context)
{
	assert(loop_is_own_thread(loop) && fn != NULL);
	struct os_timer *timer = os_alloc(sizeof(*timer));
	timer->loop = os_loop_retain(loop);
	timer->clock = clock;
	timer->mode = mode;
	timer->fn = fn;
	timer->context = context;
	timer->deadline_us = OS_NEVER;
	timer->index = NOT_IN_HEAP;
	return timer;
}

struct os_timer *os_timer_release(struct os_timer *timer)
{
	if (timer != NULL) {
		os_timer_cancel(timer);
		os_loop_release(timer->loop);
		os_free(timer);
	}
	return NULL;
}

void os_timer_set(struct os_timer *timer, int64_t at_us)
{
	os_timer_cancel(timer);
	if (at_us == OS_NEVER) {
		return;
	}
	timer->deadline_us = at_us;
	timer->sequence = timer->loop->timers.sequence++;
	heap_add(heap_of(timer), timer);
}

void os_timer_set_after(struct os_timer *timer, int64_t delay_us)
{
	int64_t now_us = timer->clock == OS_TIMER_DEVICE ? os_clock_now_us() : os_clock_real_us();
	os_timer_set(timer, delay_us < OS_NEVER - now_us ? now_us + delay_us : OS_NEVER);
}

void os_timer_cancel(struct os_timer *timer)
{
	assert(loop_is_own_thread(timer->loop));
	if (timer->index != NOT_IN_HEAP) {
		heap_remove(heap_of(timer), timer);
	}
	os_list_remove(&timer->link);
	timer->deadline_us = OS_NEVER;
}

bool os_timer_is_set(const struct os_timer *timer)
{
	return timer->deadline_us != OS_NEVER;
}

int64_t os_timer_deadline_us(const struct os_timer *timer)
{
	return timer->deadline_us;
}
