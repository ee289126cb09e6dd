#include <os/queue.h>

#include <assert.h>
#include <os/list.h>
#include <os/memory.h>
#include <pthread.h>

struct os_group {
	size_t refs; /* the owner's, and one for each work */
	size_t count;
	pthread_mutex_t lock;
	pthread_cond_t all_done;
	struct os_list notices; /* notice.link */
};

struct notice {
	struct os_list link;
	struct os_queue *queue; /* retained */
	os_loop_fn fn;
	void *context;
};

struct group_work {
	struct os_group *group; /* retained */
	os_loop_fn fn;
	void *context;
};

struct os_group *os_group_create(void)
{
	struct os_group *group = os_alloc(sizeof(*group));
	group->refs = 1;
	pthread_mutex_init(&group->lock, NULL);
	pthread_cond_init(&group->all_done, NULL);
	os_list_init(&group->notices);
	return group;
}

struct os_group *os_group_release(struct os_group *group)
{
	if (group == NULL) {
		return NULL;
	}
	pthread_mutex_lock(&group->lock);
	assert(group->refs > 0);
	bool last = --group->refs == 0;
	pthread_mutex_unlock(&group->lock);
	if (last) {
		assert(group->count == 0 && os_list_is_empty(&group->notices));
		pthread_mutex_destroy(&group->lock);
		pthread_cond_destroy(&group->all_done);
		os_free(group);
	}
	return NULL;
}

static void give_notices(struct os_list *notices)
{
	struct notice *notice, *after;
	os_list_for_each_safe(notice, after, notices, link) {
		os_list_remove(&notice->link);
		os_queue_async(notice->queue, notice->fn, notice->context);
		os_queue_release(notice->queue);
		os_free(notice);
	}
}

static void leave(struct os_group *group)
{
	struct os_list notices;
	os_list_init(&notices);
	pthread_mutex_lock(&group->lock);
	group->count--;
	while (group->count == 0 && !os_list_is_empty(&group->notices)) {
		struct os_list *link = group->notices.next;
		os_list_remove(link);
		os_list_append(&notices, link);
	}
	if (group->count == 0) {
		pthread_cond_broadcast(&group->all_done);
	}
	pthread_mutex_unlock(&group->lock);
	give_notices(&notices);
	os_group_release(group);
}

static void run_group_work(void *context)
{
	struct group_work *work = context;
	work->fn(work->context);
	leave(work->group);
	os_free(work);
}

void os_group_async(struct os_group *group, struct os_queue *queue, os_loop_fn fn, void *context)
{
	struct group_work *work = os_alloc(sizeof(*work));
	work->group = group;
	work->fn = fn;
	work->context = context;
	pthread_mutex_lock(&group->lock);
	group->refs++;
	group->count++;
	pthread_mutex_unlock(&group->lock);
	os_queue_async(queue, run_group_work, work);
}

void os_group_notify(struct os_group *group, struct os_queue *queue, os_loop_fn fn, void *context)
{
	pthread_mutex_lock(&group->lock);
	bool done = group->count == 0;
	if (!done) {
		struct notice *notice = os_alloc(sizeof(*notice));
		notice->queue = os_queue_retain(queue);
		notice->fn = fn;
		notice->context = context;
		os_list_append(&group->notices, &notice->link);
	}
	pthread_mutex_unlock(&group->lock);
	if (done) {
		os_queue_async(queue, fn, context);
	}
}

void os_group_wait(struct os_group *group)
{
	pthread_mutex_lock(&group->lock);
	while (group->count > 0) {
		pthread_cond_wait(&group->all_done, &group->lock);
	}
	pthread_mutex_unlock(&group->lock);
}
