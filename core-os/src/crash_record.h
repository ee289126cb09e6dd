/* The record: a header, then chunks, as they were written. Little endian, 64 bit, like the machines
 * that Strata runs on.
 *
 *	struct crash_header
 *	{ struct crash_chunk, payload, padding to 8 }…        until a chunk of type CRASH_END
 *
 *	CRASH_THREAD   struct crash_thread, then the chunks of its stack
 *	CRASH_STACK    uint64_t address, bytes
 *	CRASH_MODULE   struct crash_module, path without NUL
 */
#ifndef CRASH_RECORD_H
#define CRASH_RECORD_H

#include <os/base.h>
#include <os/crash.h>

#define CRASH_MAGIC 0x48535243u
#define CRASH_VERSION 1u
#define CRASH_BUILD_ID_MAX 20

/* Registers by their DWARF numbers; the program counter behind them. */
#if defined(__x86_64__)
#define CRASH_REGISTERS 17
#define CRASH_FRAME_POINTER 6
#define CRASH_STACK_POINTER 7
#define CRASH_RETURN 16
#elif defined(__aarch64__)
#define CRASH_REGISTERS 33
#define CRASH_FRAME_POINTER 29
#define CRASH_STACK_POINTER 31
#define CRASH_RETURN 30
#else
#error "crash records know x86_64 and aarch64"
#endif

enum crash_kind { CRASH_SIGNAL = 1, CRASH_HANG };
enum crash_chunk_type { CRASH_END, CRASH_THREAD, CRASH_STACK, CRASH_MODULE };

struct crash_header {
	uint32_t magic, version, kind;
	int32_t signal_number, code;
	uint32_t registers; /* CRASH_REGISTERS of the writer */
	uint64_t address;
};

struct crash_chunk {
	uint32_t type, length; /* of the payload, without padding */
};

struct crash_thread {
	int32_t tid;
	uint32_t reserved;
	char name[16];
	uint64_t pc;
	uint64_t registers[CRASH_REGISTERS];
};

/* One executable mapping. */
struct crash_module {
	uint64_t start, end, offset; /* offset in the file */
	uint32_t build_id_length;
	uint8_t build_id[CRASH_BUILD_ID_MAX];
};

/* --- Writing: async-signal-safe ------------------------------------------------------------------- */

struct crash_writer {
	int fd;
	uint64_t at;
	bool full;
};

void crash_write_begin(struct crash_writer *writer, int fd, const struct crash_header *header);
void crash_write_chunk(struct crash_writer *writer, uint32_t type, const void *head,
		       size_t head_length, const void *body, size_t body_length);
void crash_write_end(struct crash_writer *writer);

/* Copies bytes of the process whose /proc/PID/mem is open as fd: 0 or -EFAULT, never a fault. */
int crash_memory_read(int memory_fd, uint64_t address, void *bytes, size_t length);
/* The stack from the stack pointer on, as far as there is one, at most so many bytes. */
void crash_write_stack(struct crash_writer *writer, int memory_fd, uint64_t address, size_t limit);
/* All executable mappings named in the maps file, with the build ids that are in the memory. */
void crash_write_modules(struct crash_writer *writer, int maps_fd, int memory_fd);

/* --- Reading: nothing is trusted ------------------------------------------------------------------- */

struct crash_view {
	const uint8_t *bytes;
	size_t length;
};

/* Steps to the next chunk; *at begins with 0. False at the end; *ret_damaged then says whether the end
 * was one. */
bool crash_next_chunk(const struct crash_view *view, size_t *at, uint32_t *ret_type,
		      const uint8_t **ret_payload, size_t *ret_length, bool *ret_damaged);

#endif
