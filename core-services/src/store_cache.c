/* Which objects are in memory, and since when: the cache, the overlay, what is told. */
#include <os/clock.h>
#include <os/memory.h>
#include <os/trace.h>

#include <errno.h>
#include <string.h>

#include "store_private.h"

/* --- The cache --------------------------------------------------------------------------------- */

static void uncache(struct cs_store *store, struct cs_object_body *body)
{
	os_list_remove(&body->cache_link);
	body->cached = false;
	store->cache_count--;
	os_release(body->object);
}

void cs_store_touch(struct cs_store *store, struct cs_object_body *body)
{
	if (body->cached) {
		os_list_remove(&body->cache_link);
	} else {
		os_retain(body->object);
		body->cached = true;
		store->cache_count++;
	}
	os_list_prepend(&store->cache, &body->cache_link);
	if (store->cache_count > CS_STORE_CACHE) {
		uncache(store,
			OS_CONTAINER_OF(store->cache.prev, struct cs_object_body, cache_link));
	}
}

void cs_store_trim(struct cs_store *store)
{
	struct cs_object_body *body, *after;
	os_list_for_each_safe(body, after, &store->cache, cache_link) {
		uncache(store, body);
	}
	cs_store_forget_statements(store);
	sqlite3_db_release_memory(store->reader);
}

/* --- The overlay ------------------------------------------------------------------------------- */

static void enter_overlay(struct cs_store *store, struct cs_object_body *body)
{
	if (!body->overlaid) {
		body->overlaid = true;
		os_list_append(&store->entities[body->entity_index].overlay, &body->overlay_link);
		store->entities[body->entity_index].overlay_count++;
		os_retain(body->object);
	}
}

void cs_store_leave_overlay(struct cs_store *store, struct cs_object_body *body)
{
	if (body->overlaid) {
		body->overlaid = false;
		os_list_remove(&body->overlay_link);
		store->entities[body->entity_index].overlay_count--;
		if (body->deleted) {
			cs_object_table_remove(&store->objects, body);
		}
		os_release(body->object);
	}
}

/* --- What is told ------------------------------------------------------------------------------ */

static void process_deferred(void *context)
{
	cs_store_process_changes(context);
}

void cs_store_cancel_process(struct cs_store *store)
{
	if (store->process_deferred) {
		os_loop_cancel_deferred(store->loop, process_deferred, store);
		store->process_deferred = false;
	}
}

static void note_change(struct cs_store *store, struct cs_object_body *body,
			enum cs_change_kind kind)
{
	if (body->noted_turn != store->turn) {
		body->noted_turn = store->turn;
		body->noted_at = store->noted.count;
		struct cs_change *change = os_array_append(&store->noted);
		*change = (struct cs_change){body->entity, body->id, kind};
		return;
	}
	struct cs_change *change = os_array_at(&store->noted, body->noted_at);
	if (kind == CS_DELETED && change->kind == CS_INSERTED) {
		change->id = 0;
	} else if (kind == CS_DELETED) {
		change->kind = CS_DELETED;
	}
}

static enum cs_dirt next_dirt(enum cs_dirt now, enum cs_dirt change)
{
	if (change == CS_DIRTY_DELETE) {
		return now == CS_DIRTY_INSERT ? CS_DIRTY_DROPPED : CS_DIRTY_DELETE;
	}
	return now == CS_CLEAN ? change : now;
}

void cs_store_note(struct cs_store *store, struct cs_object_body *body, enum cs_dirt dirt)
{
	if (body->dirt == CS_DIRTY_INSERT && dirt == CS_DIRTY_UPDATE &&
	    body->noted_turn == store->turn) {
		return; /* a new object is being filled in */
	}
	if (store->flow == 0) {
		store->flow = os_flow_create(OS_FLOW_WRITE);
		OS_TRACE_AT("core-services", "change", store->flow, os_clock_real_us(), 0,
			    body->id);
	}
	if (body->dirt == CS_CLEAN && store->dirty.count >= CS_STORE_PART) {
		cs_store_send_part(store);
	}
	if (body->dirt == CS_CLEAN) {
		os_array_append_ptr(&store->dirty, body);
		enter_overlay(store, body);
	}
	body->dirt = next_dirt(body->dirt, dirt);
	note_change(store, body,
		    dirt == CS_DIRTY_INSERT   ? CS_INSERTED
		    : dirt == CS_DIRTY_UPDATE ? CS_UPDATED
					      : CS_DELETED);
	if (!store->process_deferred && store->loop != NULL) {
		store->process_deferred = true;
		os_loop_defer(store->loop, OS_LOOP_MODE_COMMON, process_deferred, store);
	}
}

/* 150 ms after the last change, but not for ever later while they keep coming. */
static void arm_autosave(struct cs_store *store)
{
	if (store->autosave == NULL || !cs_store_has_changes(store)) {
		return;
	}
	int64_t now_us = os_clock_now_us();
	if (store->first_change_us == 0) {
		store->first_change_us = now_us;
	}
	int64_t latest_us = store->first_change_us + CS_STORE_AUTOSAVE_LATEST_US;
	os_timer_set(store->autosave, OS_MIN(now_us + store->config.autosave_us, latest_us));
}

void cs_store_process_changes(struct cs_store *store)
{
	cs_store_cancel_process(store);
	arm_autosave(store);
	if (store->noted.count == 0) {
		return;
	}
	/* Listeners may change more: that is the next turn's. */
	struct os_array told = store->noted;
	os_array_init(&store->noted, sizeof(struct cs_change));
	store->turn++;
	struct cs_change *changes = told.items;
	size_t kept = 0;
	for (size_t i = 0; i < told.count; i++) {
		if (changes[i].id != 0) {
			changes[kept++] = changes[i];
		}
	}
	struct cs_change_set set = {changes, kept};
	if (kept > 0) {
		os_signal_emit(&store->changed, &set);
	}
	os_array_finish(&told);
}

struct os_signal *cs_store_changed(struct cs_store *store)
{
	return &store->changed;
}

struct cs_object *cs_store_insert(struct cs_store *store, const struct cs_entity *entity)
{
	uint32_t index = cs_store_entity_index(store, entity);
	struct cs_object_body *body =
	    cs_object_make(store, index, store->next_id++, cs_row_create(entity));
	cs_store_note(store, body, CS_DIRTY_INSERT);
	cs_store_touch(store, body);
	os_release(body->object); /* the overlay has it */
	return (struct cs_object *)body->object;
}

struct cs_object *cs_store_object(struct cs_store *store, const struct cs_entity *entity,
				  int64_t id)
{
	uint32_t index = cs_store_entity_index(store, entity);
	struct cs_object_body *body = cs_object_table_find(&store->objects, id);
	if (body != NULL) {
		if (body->deleted || body->entity_index != index || cs_object_row(body) == NULL) {
			return NULL;
		}
		cs_store_touch(store, body);
		return (struct cs_object *)body->object;
	}
	struct cs_row *row = cs_store_read_row(store, index, id);
	if (row == NULL) {
		return NULL;
	}
	body = cs_object_make(store, index, id, row);
	cs_store_touch(store, body);
	os_release(body->object); /* the cache has it */
	return (struct cs_object *)body->object;
}
