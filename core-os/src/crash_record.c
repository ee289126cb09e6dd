/* Everything here but the reading runs in a signal handler: no allocation, no stdio, no locks. */
#include "crash_record.h"

#include <elf.h>
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#define PAGE_BYTES 4096

/* --- Writing ------------------------------------------------------------------------------------------ */

static void put(struct crash_writer *writer, const void *bytes, size_t length)
{
	if (writer->full || writer->at + length > OS_CRASH_RECORD_BYTES) {
		writer->full = true;
		return;
	}
	ssize_t n = pwrite(writer->fd, bytes, length, (off_t)writer->at);
	writer->full = n != (ssize_t)length;
	writer->at += length;
}

void crash_write_begin(struct crash_writer *writer, int fd, const struct crash_header *header)
{
	*writer = (struct crash_writer){.fd = fd};
	put(writer, header, sizeof(*header));
}

void crash_write_chunk(struct crash_writer *writer, uint32_t type, const void *head,
		       size_t head_length, const void *body, size_t body_length)
{
	static const char padding[8] = {0};
	struct crash_chunk chunk = {type, (uint32_t)(head_length + body_length)};
	uint64_t end = writer->at + sizeof(chunk) + ((chunk.length + 7u) & ~7u);
	if (end + sizeof(chunk) > OS_CRASH_RECORD_BYTES) {
		return; /* leave it out whole; the end still fits */
	}
	put(writer, &chunk, sizeof(chunk));
	put(writer, head, head_length);
	put(writer, body, body_length);
	put(writer, padding, -chunk.length & 7u);
}

void crash_write_end(struct crash_writer *writer)
{
	struct crash_chunk chunk = {CRASH_END, 0};
	put(writer, &chunk, sizeof(chunk));
}

int crash_memory_read(int memory_fd, uint64_t address, void *bytes, size_t length)
{
	return pread(memory_fd, bytes, length, (off_t)address) == (ssize_t)length ? 0 : -EFAULT;
}

void crash_write_stack(struct crash_writer *writer, int memory_fd, uint64_t address, size_t limit)
{
	char bytes[PAGE_BYTES];
	const uint64_t end = address + limit;
	bool begun = false;
	/* The red zone below the stack pointer belongs to it (x86_64). Where the stack ran over, its end is
	 * in the guard pages: the stack begins some pages above. */
	address -= OS_MIN(address, 128u);
	for (int tries = 0; address < end && (begun || tries < 4); tries++) {
		size_t length = OS_MIN(PAGE_BYTES - address % PAGE_BYTES, end - address);
		if (crash_memory_read(memory_fd, address, bytes, length) == 0) {
			crash_write_chunk(writer, CRASH_STACK, &address, sizeof(address), bytes,
					  length);
			begun = true;
		} else if (begun) {
			return;
		}
		address += length;
	}
}

/* --- Modules --------------------------------------------------------------------------------------------- */

struct line {
	uint64_t start, end, offset;
	bool executable;
	const char *path;
	size_t path_length;
};

static const char *parse_hex(const char *at, const char *end, uint64_t *ret_value)
{
	uint64_t value = 0;
	for (; at < end; at++) {
		int digit = *at >= '0' && *at <= '9'   ? *at - '0'
			    : *at >= 'a' && *at <= 'f' ? *at - 'a' + 10
						       : -1;
		if (digit < 0) {
			break;
		}
		value = value * 16 + (uint64_t)digit;
	}
	*ret_value = value;
	return at;
}

static const char *skip_word(const char *at, const char *end)
{
	while (at < end && *at != ' ') {
		at++;
	}
	while (at < end && *at == ' ') {
		at++;
	}
	return at;
}

/* "START-END PERM OFFSET DEVICE INODE   PATH" (proc(5)); false for what is no file. */
static bool parse_line(const char *at, const char *end, struct line *line)
{
	at = parse_hex(at, end, &line->start);
	at = parse_hex(at < end ? at + 1 : end, end, &line->end);
	at = skip_word(at, end);
	line->executable = end - at > 4 && at[2] == 'x';
	at = skip_word(at, end);
	at = parse_hex(at, end, &line->offset);
	at = skip_word(at, end);
	at = skip_word(at, end);
	at = skip_word(at, end);
	line->path = at;
	line->path_length = (size_t)(end - at);
	return line->path_length > 0 && line->path_length < PATH_MAX && (*at == '/' || *at == '[');
}

/* The note is where the program headers at `base` say. */
static void read_build_id(int memory_fd, uint64_t base, struct crash_module *module)
{
	Elf64_Ehdr header;
	if (crash_memory_read(memory_fd, base, &header, sizeof(header)) < 0 ||
	    memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 ||
	    header.e_phentsize != sizeof(Elf64_Phdr)) {
		return;
	}
	for (unsigned i = 0; i < OS_MIN(header.e_phnum, 32u) && module->build_id_length == 0; i++) {
		Elf64_Phdr segment;
		uint8_t note[512];
		if (crash_memory_read(memory_fd, base + header.e_phoff + i * sizeof(segment),
				      &segment, sizeof(segment)) < 0) {
			return;
		}
		size_t length = OS_MIN(segment.p_memsz, sizeof(note));
		if (segment.p_type != PT_NOTE ||
		    crash_memory_read(memory_fd, base + segment.p_vaddr, note, length) < 0) {
			continue;
		}
		for (size_t at = 0; at + 16 <= length;) {
			uint32_t sizes[3];
			memcpy(sizes, note + at, sizeof(sizes));
			size_t name = (sizes[0] + 3u) & ~3u, body = at + 12 + name;
			if (sizes[2] == NT_GNU_BUILD_ID && sizes[0] == 4 &&
			    sizes[1] <= CRASH_BUILD_ID_MAX && body + sizes[1] <= length) {
				module->build_id_length = sizes[1];
				memcpy(module->build_id, note + body, sizes[1]);
				return;
			}
			at = body + ((sizes[1] + 3u) & ~(size_t)3);
		}
	}
}

struct scan {
	struct crash_writer *writer;
	int memory_fd;
	uint64_t base; /* of the file whose lines are being read: where its first byte is */
};

static void take_line(struct scan *scan, const char *at, const char *end)
{
	struct line line;
	if (!parse_line(at, end, &line)) {
		return;
	}
	if (line.offset == 0) {
		scan->base = line.start;
	}
	if (line.executable) {
		struct crash_module module = {
		    .start = line.start, .end = line.end, .offset = line.offset};
		read_build_id(scan->memory_fd, scan->base, &module);
		crash_write_chunk(scan->writer, CRASH_MODULE, &module, sizeof(module), line.path,
				  line.path_length);
	}
}

void crash_write_modules(struct crash_writer *writer, int maps_fd, int memory_fd)
{
	char text[8192];
	size_t length = 0;
	struct scan scan = {.writer = writer, .memory_fd = memory_fd};
	ssize_t n;
	while ((n = read(maps_fd, text + length, sizeof(text) - length)) > 0) {
		length += (size_t)n;
		size_t at = 0;
		const char *newline;
		while ((newline = memchr(text + at, '\n', length - at)) != NULL) {
			take_line(&scan, text + at, newline);
			at = (size_t)(newline - text) + 1;
		}
		memmove(text, text + at, length - at);
		length -= at;
		if (length == sizeof(text)) {
			length = 0; /* no line is that long */
		}
	}
}

/* --- Reading ----------------------------------------------------------------------------------------------- */

bool crash_next_chunk(const struct crash_view *view, size_t *at, uint32_t *ret_type,
		      const uint8_t **ret_payload, size_t *ret_length, bool *ret_damaged)
{
	struct crash_chunk chunk;
	size_t start = *at == 0 ? sizeof(struct crash_header) : *at;
	*ret_damaged = true;
	if (start > view->length || view->length - start < sizeof(chunk)) {
		return false;
	}
	memcpy(&chunk, view->bytes + start, sizeof(chunk));
	start += sizeof(chunk);
	if (chunk.length > view->length - start) {
		return false;
	}
	*ret_damaged = false;
	if (chunk.type == CRASH_END) {
		return false;
	}
	*ret_type = chunk.type;
	*ret_payload = view->bytes + start;
	*ret_length = chunk.length;
	*at = OS_MIN(start + ((chunk.length + 7u) & ~(size_t)7), view->length);
	return true;
}
