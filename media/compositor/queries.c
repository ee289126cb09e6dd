/* Questions to an app about its views. They have 500 ms of real time, and nobody waits on them. */
#include <errno.h>

#include <os/memory.h>

#include "compositor_private.h"

#define TIMEOUT_US (500 * OS_US_PER_MS)
#define ANSWER_MAX ((size_t)4 << 20)

struct query {
	struct os_list link; /* scene.queries */
	uint32_t serial;
	struct os_timer *timer;
	struct os_buffer bytes;
	query_fn fn;
	void *context;
};

static void end(struct query *query, int status)
{
	os_list_remove(&query->link);
	query->fn(query->context, status, os_buffer_text(&query->bytes), query->bytes.length);
	os_timer_release(query->timer);
	os_buffer_finish(&query->bytes);
	os_free(query);
}

static void too_late(void *context, int64_t now_us)
{
	end(context, -ETIMEDOUT);
}

void query_ask(struct scene *scene, enum md_query what, const char *argument, query_fn fn,
	       void *context)
{
	struct query *query = os_alloc(sizeof(*query));
	query->serial = ++scene->last_query;
	query->fn = fn;
	query->context = context;
	query->bytes.limit = ANSWER_MAX;
	query->timer = os_timer_create(scene->compositor->loop, OS_TIMER_REAL, OS_LOOP_MODE_COMMON,
				       too_late, query);
	os_timer_set_after(query->timer, TIMEOUT_US);
	os_list_append(&scene->queries, &query->link);
	struct os_message message;
	scene_begin_event(scene, MD_SCENE_QUERY, &message);
	os_message_write_u32(&message, query->serial);
	os_message_write_u32(&message, what);
	os_message_write_text(&message, argument);
	scene_send(scene, &message);
}

int query_answered(struct scene *scene, struct os_message *message)
{
	uint32_t serial = os_message_read_u32(message);
	bool last = os_message_read_bool(message);
	size_t length;
	const void *bytes = os_message_read_bytes(message, &length);
	struct query *query;
	os_list_for_each(query, &scene->queries, link) {
		if (query->serial != serial) {
			continue;
		}
		os_buffer_add(&query->bytes, bytes, length);
		if (query->bytes.failed) {
			return -ENOBUFS;
		}
		if (last) {
			end(query, 0);
		}
		return 0;
	}
	return 0; /* too late: it was given up */
}

void queries_end(struct scene *scene)
{
	while (!os_list_is_empty(&scene->queries)) {
		end(OS_CONTAINER_OF(scene->queries.next, struct query, link), -EPIPE);
	}
}
