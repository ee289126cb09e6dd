#include "memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <os/file.h>
#include <os/memory.h>

#define SEALS (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL)
#define ARENAS_MAX 64
#define BUFFERS_MAX 1024
#define LARGEST_PX 16384u
#define GRAIN ((size_t)64 << 10)

void memory_init(struct memory *memory, size_t screen_bytes, int screens)
{
	*memory = (struct memory){0};
	os_list_init(&memory->arenas);
	os_list_init(&memory->buffers);
	os_array_init(&memory->released, sizeof(struct released));
	/* A quarter more than the bare pixels, since surfaces do not fill arenas to the last
	 * byte. */
	memory->chunk = (screen_bytes + screen_bytes / 4 + GRAIN - 1) / GRAIN * GRAIN;
	memory->budget = memory->chunk * (size_t)screens;
}

static void arena_release(struct arena *arena)
{
	if (--arena->references == 0) {
		munmap(arena->bytes, arena->size);
		os_free(arena);
	}
}

static void arena_unlink(struct memory *memory, struct arena *arena)
{
	os_list_remove(&arena->link);
	memory->used -= arena->size;
	arena_release(arena);
}

/* The last frame list has let go of it: the client may write there again. */
static void buffer_done(void *context)
{
	struct buffer *buffer = context;
	if (buffer->memory != NULL) {
		struct released *released = os_array_append(&buffer->memory->released);
		*released = (struct released){buffer->place.arena, buffer->place.offset};
		os_list_remove(&buffer->link);
	}
	arena_release(buffer->arena);
	os_free(buffer);
}

void memory_finish(struct memory *memory)
{
	struct buffer *buffer, *next;
	os_list_for_each_safe(buffer, next, &memory->buffers, link) {
		buffer->memory = NULL;
		os_list_remove(&buffer->link);
		if (buffer->texture == NULL) {
			buffer_done(buffer);
		}
	}
	struct arena *arena, *after;
	os_list_for_each_safe(arena, after, &memory->arenas, link) {
		arena_unlink(memory, arena);
	}
	os_array_finish(&memory->released);
}

static struct arena *find_arena(const struct memory *memory, uint32_t id)
{
	struct arena *arena;
	os_list_for_each(arena, &memory->arenas, link) {
		if (arena->id == id) {
			return arena;
		}
	}
	return NULL;
}

static int add(struct memory *memory, uint32_t id, int fd, size_t size)
{
	if (find_arena(memory, id) != NULL || os_list_count(&memory->arenas) >= ARENAS_MAX) {
		return -EINVAL;
	}
	if (size == 0 || size > memory->budget - memory->used) {
		return -ENOBUFS;
	}
	void *bytes = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
	if (bytes == MAP_FAILED) {
		return -errno;
	}
	struct arena *arena = os_alloc(sizeof(*arena));
	*arena = (struct arena){.id = id, .references = 1, .bytes = bytes, .size = size};
	os_list_append(&memory->arenas, &arena->link);
	memory->used += size;
	return 0;
}

int memory_give(struct memory *memory, uint32_t id, size_t bytes, size_t *ret_size)
{
	size_t size = OS_MAX((bytes + GRAIN - 1) / GRAIN * GRAIN, memory->chunk);
	if (size > memory->budget - memory->used && bytes < memory->budget - memory->used) {
		size = memory->budget - memory->used;
	}
	int fd = memfd_create("strata-arena", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (fd < 0) {
		return -errno;
	}
	int result =
	    ftruncate(fd, (off_t)size) < 0 || fcntl(fd, F_ADD_SEALS, SEALS) < 0 ? -errno : 0;
	if (result == 0) {
		result = add(memory, id, fd, size);
	}
	if (result < 0) {
		os_fd_close(fd);
		return result;
	}
	*ret_size = size;
	return fd;
}

int memory_take_back(struct memory *memory, uint32_t id, int fd)
{
	/* The seals first: without them the size says nothing, it could change right after. */
	int seals = fcntl(fd, F_GET_SEALS);
	if (seals < 0 || (seals & SEALS) != SEALS) {
		return -EPERM;
	}
	struct stat info;
	if (fstat(fd, &info) < 0 || info.st_size <= 0) {
		return -EINVAL;
	}
	return add(memory, id, fd, (size_t)info.st_size);
}

int memory_drop(struct memory *memory, uint32_t id)
{
	struct arena *arena = find_arena(memory, id);
	if (arena == NULL) {
		return -EINVAL;
	}
	arena_unlink(memory, arena);
	return 0;
}

/* --- Buffers ---------------------------------------------------------------------------------- */

static bool is_inside(const struct arena *arena, const struct buffer_place *place)
{
	if (place->width == 0 || place->height == 0 || place->width > LARGEST_PX ||
	    place->height > LARGEST_PX) {
		return false;
	}
	if (place->stride % 4 != 0 || place->offset % 4 != 0 || place->stride < place->width * 4 ||
	    place->stride > LARGEST_PX * 8) {
		return false;
	}
	uint64_t end = (uint64_t)place->offset + (uint64_t)place->stride * place->height;
	return end <= arena->size;
}

static bool is_same(const struct buffer_place *a, const struct buffer_place *b)
{
	return a->arena == b->arena && a->offset == b->offset && a->width == b->width &&
	       a->height == b->height && a->stride == b->stride && a->opaque == b->opaque;
}

struct buffer *buffer_get(struct memory *memory, const struct buffer_place *place)
{
	struct buffer *buffer;
	int count = 0;
	os_list_for_each(buffer, &memory->buffers, link) {
		if (is_same(&buffer->place, place)) {
			return buffer;
		}
		count++;
	}
	struct arena *arena = find_arena(memory, place->arena);
	if (arena == NULL || !is_inside(arena, place) || count >= BUFFERS_MAX) {
		return NULL;
	}
	buffer = os_alloc(sizeof(*buffer));
	*buffer = (struct buffer){.memory = memory, .arena = arena, .place = *place};
	arena->references++;
	os_list_append(&memory->buffers, &buffer->link);
	return buffer;
}

void buffer_retain(struct buffer *buffer)
{
	if (buffer == NULL || buffer->layers++ > 0) {
		return;
	}
	if (buffer->texture != NULL) {
		/* No layer showed it, but a frame list still does. */
		md_texture_retain(buffer->texture);
		return;
	}
	const struct buffer_place *place = &buffer->place;
	const struct md_pixels pixels = {(uint32_t *)(void *)(buffer->arena->bytes + place->offset),
					 (int)place->width, (int)place->height, (int)place->stride,
					 place->opaque};
	buffer->texture = md_texture_create(pixels, buffer_done, buffer);
}

void buffer_release(struct buffer *buffer)
{
	if (buffer != NULL && --buffer->layers == 0) {
		md_texture_release(buffer->texture);
	}
}
