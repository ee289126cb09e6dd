#include "crash_walk.h"

#include <os/memory.h>
#include <stdio.h>
#include <string.h>

/* --- Reading the record ----------------------------------------------------------------------------------- */

void walk_translate(const char *path, const struct os_crash_place *places, size_t place_count,
		    char *ret_path, size_t size)
{
	for (size_t i = 0; i < place_count; i++) {
		size_t length = strlen(places[i].inside);
		if (strncmp(path, places[i].inside, length) == 0 &&
		    (path[length] == '\0' || path[length] == '/') && strstr(path, "/../") == NULL) {
			snprintf(ret_path, size, "%s%s", places[i].host, path + length);
			return;
		}
	}
	snprintf(ret_path, size, "%s", path);
}

static void take_thread(struct walk *walk, const uint8_t *payload, size_t length)
{
	if (walk->thread_count < WALK_THREADS_MAX && length == sizeof(struct crash_thread)) {
		struct walk_thread *thread = &walk->threads[walk->thread_count++];
		memcpy(&thread->start, payload, length);
		thread->start.name[sizeof(thread->start.name) - 1] = '\0';
		thread->first_stack = walk->stack_count;
	}
}

static void take_stack(struct walk *walk, const uint8_t *payload, size_t length)
{
	if (walk->thread_count > 0 && walk->stack_count < WALK_STACKS_MAX &&
	    length > sizeof(uint64_t)) {
		struct walk_stack *stack = &walk->stacks[walk->stack_count++];
		memcpy(&stack->address, payload, sizeof(stack->address));
		stack->bytes = payload + sizeof(stack->address);
		stack->length = length - sizeof(stack->address);
		walk->threads[walk->thread_count - 1].stack_count++;
	}
}

static void take_module(struct walk *walk, const uint8_t *payload, size_t length,
			const struct os_crash_place *places, size_t place_count)
{
	char path[WALK_PATH_MAX];
	if (walk->module_count == WALK_MODULES_MAX || length <= sizeof(struct crash_module) ||
	    length - sizeof(struct crash_module) >= sizeof(path)) {
		return;
	}
	struct walk_module *module = &walk->modules[walk->module_count++];
	memcpy(&module->range, payload, sizeof(module->range));
	module->range.build_id_length = OS_MIN(module->range.build_id_length, CRASH_BUILD_ID_MAX);
	size_t path_length = length - sizeof(module->range);
	memcpy(path, payload + sizeof(module->range), path_length);
	path[path_length] = '\0';
	for (char *c = path; *c != '\0'; c++) {
		*c = (unsigned char)*c < ' ' ? '?' : *c; /* it is printed, line by line */
	}
	walk_translate(path, places, place_count, module->path, sizeof(module->path));
}

static bool read_record(struct walk *walk, const struct crash_view *view,
			const struct os_crash_place *places, size_t place_count)
{
	if (view->length < sizeof(walk->header)) {
		return false;
	}
	memcpy(&walk->header, view->bytes, sizeof(walk->header));
	if (walk->header.magic != CRASH_MAGIC || walk->header.version != CRASH_VERSION ||
	    walk->header.registers != CRASH_REGISTERS) {
		return false;
	}
	size_t at = 0, length;
	uint32_t type;
	const uint8_t *payload;
	while (crash_next_chunk(view, &at, &type, &payload, &length, &walk->damaged)) {
		if (type == CRASH_THREAD) {
			take_thread(walk, payload, length);
		} else if (type == CRASH_STACK) {
			take_stack(walk, payload, length);
		} else if (type == CRASH_MODULE) {
			take_module(walk, payload, length, places, place_count);
		}
	}
	return true;
}

/* --- Walking ---------------------------------------------------------------------------------------------------- */

struct reader {
	const struct walk *walk;
	const struct walk_thread *thread;
};

static bool read_word(const void *context, uint64_t address, uint64_t *ret_word)
{
	const struct reader *reader = context;
	const struct walk_stack *stacks = &reader->walk->stacks[reader->thread->first_stack];
	uint8_t *word = (uint8_t *)ret_word;
	size_t have = 0;
	/* A word may lie across two pieces. */
	for (size_t i = 0; i < reader->thread->stack_count && have < 8; i++) {
		uint64_t at = address + have - stacks[i].address;
		if (at < stacks[i].length) {
			size_t part = OS_MIN(8 - have, stacks[i].length - at);
			memcpy(word + have, stacks[i].bytes + at, part);
			have += part;
		}
	}
	return have == 8;
}

static struct walk_module *find_module(struct walk *walk, uint64_t pc)
{
	for (size_t i = 0; i < walk->module_count; i++) {
		if (pc >= walk->modules[i].range.start && pc < walk->modules[i].range.end) {
			return &walk->modules[i];
		}
	}
	return NULL;
}

static const struct crash_elf *open_module(struct walk_module *module)
{
	if (!module->opened) {
		module->opened = true;
		if (module->path[0] == '/' && crash_elf_open(&module->elf, module->path) == 0 &&
		    module->range.build_id_length > 0 &&
		    !crash_elf_has_build_id(&module->elf, module->range.build_id,
					    module->range.build_id_length)) {
			module->changed = true;
			crash_elf_close(&module->elf);
		}
	}
	return module->elf.bytes != NULL ? &module->elf : NULL;
}

static void add_frame(struct walk *walk, struct walk_thread *thread,
		      const struct crash_frame *frame)
{
	/* A return address is behind its call, which may be the last instruction of its function. */
	uint64_t pc = frame->is_exact ? frame->pc : frame->pc - 1;
	struct walk_frame *out = &thread->frames[thread->frame_count++];
	*out = (struct walk_frame){.pc = frame->pc, .module = find_module(walk, pc)};
	if (out->module != NULL) {
		uint64_t offset = pc - out->module->range.start + out->module->range.offset;
		const struct crash_elf *elf = open_module(out->module);
		out->address = elf != NULL ? crash_elf_address(elf, offset) : offset;
	}
}

/* Without a table: a call into nothing has left its return address on top of the stack or in the link
 * register; elsewhere the frame pointer may be one. */
static bool step_without_table(struct crash_frame *frame, const struct crash_stack *stack,
			       bool first)
{
	uint64_t *sp = &frame->registers[CRASH_STACK_POINTER],
		 *fp = &frame->registers[CRASH_FRAME_POINTER];
	uint64_t next_fp, pc;
	if (first && CRASH_RETURN == 16) {
		if (!stack->read(stack->context, *sp, &frame->pc)) {
			return false;
		}
		*sp += 8;
	} else if (first) {
		frame->pc = frame->registers[CRASH_RETURN];
	} else {
		if (*fp <= *sp || !stack->read(stack->context, *fp, &next_fp) ||
		    !stack->read(stack->context, *fp + 8, &pc)) {
			return false;
		}
		*sp = *fp + 16;
		*fp = next_fp;
		frame->pc = pc;
	}
	frame->is_exact = false;
	return true;
}

static void walk_thread(struct walk *walk, struct walk_thread *thread)
{
	struct crash_frame frame = {.pc = thread->start.pc, .is_exact = true};
	memcpy(frame.registers, thread->start.registers, sizeof(frame.registers));
	struct reader reader = {walk, thread};
	const struct crash_stack stack = {read_word, &reader};
	bool going = true;
	while (going && thread->frame_count < WALK_FRAMES_MAX) {
		if (frame.pc == 0 && thread->frame_count > 0) {
			return;
		}
		add_frame(walk, thread, &frame);
		const struct walk_frame *last = &thread->frames[thread->frame_count - 1];
		const struct crash_elf *elf =
		    last->module != NULL ? open_module(last->module) : NULL;
		going = elf != NULL && crash_cfi_step(elf, last->address, &stack, &frame);
		if (!going && (elf == NULL || thread->frame_count == 1)) {
			going = step_without_table(&frame, &stack, thread->frame_count == 1);
		}
		/* The top bits may be a signature (aarch64). */
		frame.pc &= 0x0000ffffffffffffull;
	}
}

struct walk *walk_create(const struct crash_view *view, const struct os_crash_place *places,
			 size_t place_count)
{
	struct walk *walk = os_alloc(sizeof(*walk));
	if (!read_record(walk, view, places, place_count)) {
		return walk_release(walk);
	}
	for (size_t i = 0; i < walk->thread_count; i++) {
		walk_thread(walk, &walk->threads[i]);
	}
	return walk;
}

struct walk *walk_release(struct walk *walk)
{
	if (walk != NULL) {
		for (size_t i = 0; i < walk->module_count; i++) {
			crash_elf_close(&walk->modules[i].elf);
		}
		os_free(walk);
	}
	return NULL;
}
