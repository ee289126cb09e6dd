#include <assert.h>
#include <errno.h>
#include <os/loop.h>
#include <os/memory.h>
#include <sys/epoll.h>

#include "loop_state.h"

static uint32_t to_epoll(uint32_t events)
{
	uint32_t result = 0;
	result |= (events & OS_LOOP_READ) != 0 ? EPOLLIN : 0;
	result |= (events & OS_LOOP_WRITE) != 0 ? EPOLLOUT : 0;
	result |= (events & OS_LOOP_HANGUP) != 0 ? EPOLLRDHUP : 0;
	return result;
}

int loop_add_internal_fd(struct os_loop *loop, int fd, void *tag)
{
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = tag};
	return epoll_ctl(loop->epoll_fd, EPOLL_CTL_ADD, fd, &event);
}

/* A source that asks for nothing is out of the set: in it, a hang-up would be told for ever. */
static int update(struct os_source *source, uint32_t events)
{
	if (source->events == events) {
		return 0;
	}
	struct epoll_event event = {.events = to_epoll(events), .data.ptr = source};
	int operation = events == 0 ? EPOLL_CTL_DEL : EPOLL_CTL_MOD;
	if (source->events == 0) {
		operation = EPOLL_CTL_ADD;
	}
	int result = epoll_ctl(source->loop->epoll_fd, operation, source->fd, &event);
	source->events = events;
	return result < 0 ? -errno : 0;
}

struct os_source *os_loop_add_fd(struct os_loop *loop, int fd, uint32_t events, os_source_fn fn,
				 void *context)
{
	assert(loop_is_own_thread(loop) && fn != NULL);
	struct os_source *source = os_alloc(sizeof(*source));
	source->loop = loop;
	source->fd = fd;
	source->fn = fn;
	source->context = context;
	if (update(source, events) < 0) {
		assert(errno == EPERM && "not open, or in this loop already");
		os_free(source);
		return NULL; /* a regular file is always ready: there is nothing to wait for */
	}
	os_loop_retain(loop);
	return source;
}

void os_source_set_events(struct os_source *source, uint32_t events)
{
	assert(!source->removed);
	update(source, events);
}

struct os_source *os_source_remove(struct os_source *source)
{
	if (source == NULL) {
		return NULL;
	}
	struct os_loop *loop = source->loop;
	assert(!source->removed && loop_is_own_thread(loop));
	update(source, 0);
	source->removed = true;
	if (loop->depth > 0) {
		os_list_append(&loop->dead, &source->link);
	} else {
		os_free(source);
	}
	os_loop_release(loop);
	return NULL;
}

int loop_dispatch_source(struct os_source *source, uint32_t epoll_events)
{
	bool hangup = (epoll_events & (EPOLLHUP | EPOLLERR | EPOLLRDHUP)) != 0;
	uint32_t events = hangup ? OS_LOOP_HANGUP : 0;
	/* Who reads until the end finds the hang-up by reading. */
	events |= (epoll_events & EPOLLIN) != 0 || hangup ? source->events & OS_LOOP_READ : 0;
	events |= (epoll_events & EPOLLOUT) != 0 ? source->events & OS_LOOP_WRITE : 0;
	if (source->removed || source->events == 0 || events == 0) {
		return 0;
	}
	source->fn(source->context, source->fd, events);
	return 1;
}

void loop_free_dead_sources(struct os_loop *loop)
{
	struct os_source *source, *after;
	os_list_for_each_safe(source, after, &loop->dead, link) {
		os_list_remove(&source->link);
		os_free(source);
	}
}
