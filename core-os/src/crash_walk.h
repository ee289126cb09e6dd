/* A record, read: threads, modules, and the frames of each thread. */
#ifndef CRASH_WALK_H
#define CRASH_WALK_H

#include "crash_cfi.h"
#include "crash_elf.h"
#include "crash_record.h"

#define WALK_THREADS_MAX 8
#define WALK_MODULES_MAX 256
#define WALK_STACKS_MAX 128
#define WALK_FRAMES_MAX 64
#define WALK_PATH_MAX 512

struct walk_module {
	struct crash_module range;
	char path[WALK_PATH_MAX]; /* on the host */
	struct crash_elf elf;
	bool opened, changed; /* the file is not the one that ran */
};

struct walk_frame {
	uint64_t pc;
	struct walk_module *module; /* NULL = unknown */
	uint64_t address; /* as the module's file counts; of the call, not of the return */
	char function[128], place[256];
};

struct walk_thread {
	struct crash_thread start;
	size_t first_stack, stack_count;
	struct walk_frame frames[WALK_FRAMES_MAX];
	size_t frame_count;
};

struct walk_stack {
	uint64_t address;
	const uint8_t *bytes;
	size_t length;
};

struct walk {
	struct crash_header header;
	bool damaged;
	struct walk_thread threads[WALK_THREADS_MAX];
	struct walk_module modules[WALK_MODULES_MAX];
	struct walk_stack stacks[WALK_STACKS_MAX];
	size_t thread_count, module_count, stack_count;
};

/* bytes has to stay. NULL if it is no record at all. */
struct walk *walk_create(const struct crash_view *view, const struct os_crash_place *places,
			 size_t place_count);
struct walk *walk_release(struct walk *walk);
/* Fills function and place of all frames: by addr2line, else by the symbol tables. */
void walk_name(struct walk *walk);
/* The host's name of a path that the process knew. */
void walk_translate(const char *path, const struct os_crash_place *places, size_t place_count,
		    char *ret_path, size_t size);

#endif
