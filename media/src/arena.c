#include "arena.h"

#include <sys/mman.h>

#include <os/file.h>
#include <os/memory.h>

#include <md/scene_interface.h>

#define ALIGNMENT 64u /* of offsets: a cache line, so that two surfaces never share one */

void md_arenas_init(struct md_arenas *arenas)
{
	*arenas = (struct md_arenas){0};
	os_list_init(&arenas->list);
}

static void arena_destroy(struct md_arena *arena)
{
	struct md_range *range, *next;
	os_list_for_each_safe(range, next, &arena->ranges, link) {
		os_list_remove(&range->link);
		os_free(range);
	}
	os_list_remove(&arena->link);
	arena->arenas->given -= arena->bytes;
	munmap(arena->memory, arena->bytes);
	os_fd_close(arena->fd);
	os_free(arena);
}

void md_arenas_finish(struct md_arenas *arenas)
{
	struct md_arena *arena, *next;
	os_list_for_each_safe(arena, next, &arenas->list, link) {
		arena_destroy(arena);
	}
}

static void ask(struct md_arenas *arenas, uint32_t bytes)
{
	arenas->short_of = true;
	arenas->wanted = OS_MAX(arenas->wanted, bytes);
	if (arenas->asked || arenas->refused || arenas->port == NULL) {
		return;
	}
	arenas->asked = true;
	struct os_message message;
	os_message_init(&message, &md_scene_interface.requests[MD_SCENE_ARENA], MD_SCENE_ARENA);
	os_message_write_u32(&message, ++arenas->last_id);
	os_message_write_u32(&message, arenas->wanted);
	os_port_send(arenas->port, &message);
}

/* The first gap that is large enough; *ret_after is the link behind which the range goes. */
static bool find_gap(struct md_arena *arena, uint32_t bytes, uint32_t *ret_offset,
		     struct os_list **ret_after)
{
	uint32_t end = 0;
	struct os_list *after = &arena->ranges;
	const struct md_range *range;
	os_list_for_each(range, &arena->ranges, link) {
		if (range->offset - end >= bytes) {
			break;
		}
		end = range->offset + range->bytes;
		after = (struct os_list *)&range->link;
	}
	bool found = &range->link != &arena->ranges || arena->bytes - end >= bytes;
	*ret_offset = end;
	*ret_after = after;
	return found;
}

struct md_range *md_arenas_take(struct md_arenas *arenas, uint32_t bytes)
{
	bytes = (bytes + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
	struct md_arena *arena;
	os_list_for_each(arena, &arenas->list, link) {
		uint32_t offset;
		struct os_list *after;
		if (!find_gap(arena, bytes, &offset, &after)) {
			continue;
		}
		struct md_range *range = os_alloc(sizeof(*range));
		*range = (struct md_range){
		    .arena = arena, .offset = offset, .bytes = bytes, .owned = true};
		os_list_insert_after(after, &range->link);
		arenas->used += bytes;
		return range;
	}
	ask(arenas, bytes);
	return NULL;
}

static void range_free(struct md_range *range)
{
	struct md_arenas *arenas = range->arena->arenas;
	arenas->used -= range->bytes;
	arenas->refused = false;
	os_list_remove(&range->link);
	os_free(range);
}

void md_range_drop(struct md_range *range)
{
	range->owned = false;
	if (!range->held) {
		range_free(range);
	}
}

void *md_range_memory(const struct md_range *range)
{
	return range->arena->memory + range->offset;
}

static bool take_short(struct md_arenas *arenas)
{
	bool was = arenas->short_of;
	arenas->short_of = false;
	return was;
}

bool md_arenas_given(struct md_arenas *arenas, uint32_t id, int fd, uint32_t bytes)
{
	arenas->asked = false;
	arenas->wanted = 0;
	void *memory =
	    fd < 0 ? MAP_FAILED : mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (memory == MAP_FAILED) {
		os_fd_close(fd);
		arenas->refused = true;
		return false;
	}
	struct md_arena *arena = os_alloc(sizeof(*arena));
	*arena = (struct md_arena){
	    .arenas = arenas, .id = id, .bytes = bytes, .fd = fd, .memory = memory};
	os_list_init(&arena->ranges);
	os_list_append(&arenas->list, &arena->link);
	arenas->last_id = OS_MAX(arenas->last_id, id);
	arenas->given += bytes;
	return take_short(arenas);
}

static struct md_range *find_range(struct md_arenas *arenas, uint32_t id, uint32_t offset)
{
	struct md_arena *arena;
	os_list_for_each(arena, &arenas->list, link) {
		struct md_range *range;
		if (arena->id != id) {
			continue;
		}
		os_list_for_each(range, &arena->ranges, link) {
			if (range->offset == offset) {
				return range;
			}
		}
	}
	return NULL;
}

bool md_arenas_released(struct md_arenas *arenas, uint32_t arena, uint32_t offset)
{
	struct md_range *range = find_range(arenas, arena, offset);
	if (range == NULL) {
		return false;
	}
	range->held = false;
	if (!range->owned) {
		range_free(range);
	}
	return take_short(arenas);
}

void md_arenas_replay(struct md_arenas *arenas, struct os_port *port)
{
	arenas->port = port;
	arenas->asked = false;
	arenas->refused = false;
	struct md_arena *arena;
	os_list_for_each(arena, &arenas->list, link) {
		struct md_range *range, *next;
		os_list_for_each_safe(range, next, &arena->ranges, link) {
			range->held = false;
			if (!range->owned) {
				range_free(range);
			}
		}
		if (port != NULL) {
			struct os_message message;
			os_message_init(&message, &md_scene_interface.requests[MD_SCENE_ARENA_BACK],
					MD_SCENE_ARENA_BACK);
			os_message_write_u32(&message, arena->id);
			os_message_write_fd(&message, arena->fd);
			os_port_send(port, &message);
		}
	}
}

void md_arenas_trim(struct md_arenas *arenas)
{
	struct md_arena *arena, *next;
	os_list_for_each_safe(arena, next, &arenas->list, link) {
		bool last = arena->link.prev == &arenas->list && arena->link.next == &arenas->list;
		if (last || !os_list_is_empty(&arena->ranges) || arenas->port == NULL) {
			continue;
		}
		struct os_message message;
		os_message_init(&message, &md_scene_interface.requests[MD_SCENE_ARENA_DROP],
				MD_SCENE_ARENA_DROP);
		os_message_write_u32(&message, arena->id);
		os_port_send(arenas->port, &message);
		arena_destroy(arena);
		arenas->refused = false;
	}
}
