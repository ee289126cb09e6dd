/* A program's file on the host, as far as a crash report needs it. The file may be an app's, so every
 * offset in it is checked. */
#ifndef CRASH_ELF_H
#define CRASH_ELF_H

#include <os/base.h>

struct crash_elf {
	const uint8_t *bytes;
	size_t length;
	/* its unwind tables: where they are in the file, and in memory relative to the file's own addresses */
	const uint8_t *frames;
	size_t frames_length;
	uint64_t frames_address;
};

/* -EINVAL if it is no 64-bit ELF file. */
int crash_elf_open(struct crash_elf *elf, const char *path);
void crash_elf_close(struct crash_elf *elf);
/* The address that the file gives to the byte at a file offset; 0 if it is not loaded. */
uint64_t crash_elf_address(const struct crash_elf *elf, uint64_t file_offset);
bool crash_elf_has_build_id(const struct crash_elf *elf, const uint8_t *id, size_t length);
/* The function around an address, from the symbol tables; NULL if none is. Lends. */
const char *crash_elf_function(const struct crash_elf *elf, uint64_t address);

#endif
