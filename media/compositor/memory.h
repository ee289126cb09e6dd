/* Memory: the arenas that clients draw into, and the buffers in them that are shown. Private.
 *
 * An arena is made here, sealed SHRINK GROW SEAL before it is passed on, and mapped read-only; so
 * no client can take its pages away under the compositor, or make it pay for more than its
 * budget. A buffer is a picture in an arena; it is released to its client when no layer and no
 * frame list shows it any more. Nothing is ever decided from what is in there.
 *
 *	struct buffer *buffer = buffer_get(&client->memory, &place);      NULL: not inside an arena
 *	buffer_retain(buffer);                                            a layer shows it
 *	buffer_release(buffer);                                           and later does not
 */
#ifndef COMPOSITOR_MEMORY_H
#define COMPOSITOR_MEMORY_H

#include <os/array.h>
#include <os/list.h>

#include "frame_list.h"

struct buffer_place {
	uint32_t arena, offset, width, height, stride;
	bool opaque;
};

/* A mapping; it stays while a buffer or the client has it. */
struct arena {
	struct os_list link; /* memory.arenas; not linked once the client has dropped it */
	uint32_t id;
	int references;
	uint8_t *bytes;
	size_t size;
};

struct buffer {
	struct os_list link;   /* memory.buffers */
	struct memory *memory; /* weak: NULL once the client has gone */
	struct arena *arena;
	struct buffer_place place;
	struct md_texture
	    *texture; /* ours while layers show it; freed with the last frame list's */
	int layers;
};

struct released {
	uint32_t arena, offset;
};

struct memory {
	struct os_list arenas, buffers;
	size_t used, budget; /* bytes of arenas */
	size_t chunk;
	struct os_array released; /* struct released, not told yet */
};

void memory_init(struct memory *memory, size_t screen_bytes, int screens);
void memory_finish(struct memory *memory);
/* A new arena of at least this size: its descriptor (the caller closes), or -Exxx. */
int memory_give(struct memory *memory, uint32_t id, size_t bytes, size_t *ret_size);
/* After a restart: takes one back, if it is sealed. fd is not taken over. */
int memory_take_back(struct memory *memory, uint32_t id, int fd);
int memory_drop(struct memory *memory, uint32_t id);

/* The buffer of this place, new or known, or NULL when it does not lie in an arena. Not
 * retained. */
struct buffer *buffer_get(struct memory *memory, const struct buffer_place *place);
void buffer_retain(struct buffer *buffer);
void buffer_release(struct buffer *buffer);

#endif
