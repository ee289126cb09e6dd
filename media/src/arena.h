/* Arenas: the memory that the compositor gave this process, mapped once and divided up. Private.
 *
 * An arena is a sealed chunk. A range is a piece of one, found first-fit; it stays until its owner
 * has let go of it and the compositor does not show it any more.
 *
 *	struct md_range *range = md_arenas_take(&client->arenas, bytes);   NULL: more was asked for
 *	memset(md_range_memory(range), 0, bytes);
 *	range->held = true;                committed; cleared when it is released
 *	md_range_drop(range);                          freed now or when released
 */
#ifndef MD_ARENA_H
#define MD_ARENA_H

#include <os/list.h>
#include <os/port.h>

struct md_arena {
	struct os_list link;   /* md_arenas.list */
	struct os_list ranges; /* md_range.link, by offset */
	struct md_arenas *arenas;
	uint32_t id, bytes;
	int fd;
	uint8_t *memory;
};

struct md_range {
	struct os_list link; /* md_arena.ranges */
	struct md_arena *arena;
	uint32_t offset, bytes;
	bool held;  /* the compositor shows it */
	bool owned; /* by a surface */
};

struct md_arenas {
	struct os_list list;  /* md_arena.link */
	struct os_port *port; /* lent; NULL while the compositor is away */
	uint32_t last_id, wanted;
	bool asked, refused; /* a request is under way; the last one was refused */
	bool short_of;       /* somebody could not have a range */
	int64_t used, given;
};

void md_arenas_init(struct md_arenas *arenas);
void md_arenas_finish(struct md_arenas *arenas);
struct md_range *md_arenas_take(struct md_arenas *arenas, uint32_t bytes);
void md_range_drop(struct md_range *range);
void *md_range_memory(const struct md_range *range);

/* What the compositor says. Takes fd (-1: refused). Both return true if somebody should try
 * again. */
bool md_arenas_given(struct md_arenas *arenas, uint32_t id, int fd, uint32_t bytes);
bool md_arenas_released(struct md_arenas *arenas, uint32_t arena, uint32_t offset);
/* A new compositor: hands all descriptors back; nothing is held any more. */
void md_arenas_replay(struct md_arenas *arenas, struct os_port *port);
/* Gives arenas back that nobody uses, but for the last one. */
void md_arenas_trim(struct md_arenas *arenas);

#endif
