#include "crash_elf.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_BYTES_MAX (512 * 1024 * 1024)

/* `count` things of `size` bytes at an offset, or NULL. */
static const void *at(const struct crash_elf *elf, uint64_t offset, uint64_t count, size_t size)
{
	if (offset > elf->length || count > (elf->length - offset) / size) {
		return NULL;
	}
	return elf->bytes + offset;
}

static bool get_section(const struct crash_elf *elf, unsigned index, Elf64_Shdr *ret_section)
{
	Elf64_Ehdr header;
	memcpy(&header, elf->bytes, sizeof(header));
	const void *section = at(elf, header.e_shoff + (uint64_t)index * sizeof(*ret_section), 1,
				 sizeof(*ret_section));
	if (header.e_shentsize != sizeof(*ret_section) || index >= header.e_shnum ||
	    section == NULL) {
		return false;
	}
	memcpy(ret_section, section, sizeof(*ret_section));
	return true;
}

static bool get_segment(const struct crash_elf *elf, unsigned index, Elf64_Phdr *ret_segment)
{
	Elf64_Ehdr header;
	memcpy(&header, elf->bytes, sizeof(header));
	const void *segment = at(elf, header.e_phoff + (uint64_t)index * sizeof(*ret_segment), 1,
				 sizeof(*ret_segment));
	if (header.e_phentsize != sizeof(*ret_segment) || index >= header.e_phnum ||
	    segment == NULL) {
		return false;
	}
	memcpy(ret_segment, segment, sizeof(*ret_segment));
	return true;
}

static const char *get_text(const struct crash_elf *elf, const Elf64_Shdr *strings, uint64_t offset)
{
	const char *text = at(elf, strings->sh_offset, strings->sh_size, 1);
	if (text == NULL || offset >= strings->sh_size ||
	    memchr(text + offset, '\0', strings->sh_size - offset) == NULL) {
		return NULL;
	}
	return text + offset;
}

static void find_frames(struct crash_elf *elf)
{
	Elf64_Ehdr header;
	Elf64_Shdr names, section;
	memcpy(&header, elf->bytes, sizeof(header));
	if (!get_section(elf, header.e_shstrndx, &names)) {
		return;
	}
	for (unsigned i = 0; get_section(elf, i, &section); i++) {
		const char *name = get_text(elf, &names, section.sh_name);
		if (name != NULL && strcmp(name, ".eh_frame") == 0 &&
		    section.sh_type != SHT_NOBITS) {
			elf->frames = at(elf, section.sh_offset, section.sh_size, 1);
			elf->frames_length = elf->frames != NULL ? section.sh_size : 0;
			elf->frames_address = section.sh_addr;
			return;
		}
	}
}

int crash_elf_open(struct crash_elf *elf, const char *path)
{
	memset(elf, 0, sizeof(*elf));
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat status;
	if (fd < 0 || fstat(fd, &status) < 0) {
		int result = -errno;
		if (fd >= 0) {
			close(fd);
		}
		return result;
	}
	void *bytes = MAP_FAILED;
	if (S_ISREG(status.st_mode) && status.st_size >= (off_t)sizeof(Elf64_Ehdr) &&
	    status.st_size < FILE_BYTES_MAX) {
		bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	}
	close(fd);
	if (bytes == MAP_FAILED) {
		return -EINVAL;
	}
	elf->bytes = bytes;
	elf->length = (size_t)status.st_size;
	if (memcmp(elf->bytes, ELFMAG, SELFMAG) != 0 || elf->bytes[EI_CLASS] != ELFCLASS64 ||
	    elf->bytes[EI_DATA] != ELFDATA2LSB) {
		crash_elf_close(elf);
		return -EINVAL;
	}
	find_frames(elf);
	return 0;
}

void crash_elf_close(struct crash_elf *elf)
{
	if (elf->bytes != NULL) {
		munmap((void *)(uintptr_t)elf->bytes, elf->length);
	}
	memset(elf, 0, sizeof(*elf));
}

uint64_t crash_elf_address(const struct crash_elf *elf, uint64_t file_offset)
{
	Elf64_Phdr segment;
	for (unsigned i = 0; get_segment(elf, i, &segment); i++) {
		if (segment.p_type == PT_LOAD && file_offset >= segment.p_offset &&
		    file_offset - segment.p_offset < segment.p_filesz) {
			return file_offset - segment.p_offset + segment.p_vaddr;
		}
	}
	return 0;
}

static bool note_has_id(const uint8_t *note, size_t length, const uint8_t *id, size_t id_length)
{
	for (size_t i = 0; i + 12 <= length;) {
		uint32_t sizes[3];
		memcpy(sizes, note + i, sizeof(sizes));
		uint64_t body = i + 12 + (((uint64_t)sizes[0] + 3) & ~3ull);
		if (sizes[2] == NT_GNU_BUILD_ID && sizes[1] == id_length &&
		    body + id_length <= length) {
			return memcmp(note + body, id, id_length) == 0;
		}
		uint64_t next = body + (((uint64_t)sizes[1] + 3) & ~3ull);
		if (next > length) {
			return false;
		}
		i = (size_t)next;
	}
	return false;
}

bool crash_elf_has_build_id(const struct crash_elf *elf, const uint8_t *id, size_t length)
{
	Elf64_Phdr segment;
	for (unsigned i = 0; get_segment(elf, i, &segment); i++) {
		const uint8_t *note = at(elf, segment.p_offset, segment.p_filesz, 1);
		if (segment.p_type == PT_NOTE && note != NULL &&
		    note_has_id(note, segment.p_filesz, id, length)) {
			return true;
		}
	}
	return false;
}

static const char *find_in_table(const struct crash_elf *elf, const Elf64_Shdr *table,
				 uint64_t address)
{
	Elf64_Shdr strings;
	uint64_t count = table->sh_size / sizeof(Elf64_Sym);
	const uint8_t *symbols = at(elf, table->sh_offset, count, sizeof(Elf64_Sym));
	if (symbols == NULL || !get_section(elf, table->sh_link, &strings)) {
		return NULL;
	}
	for (uint64_t i = 0; i < count; i++) {
		Elf64_Sym symbol;
		memcpy(&symbol, symbols + i * sizeof(symbol), sizeof(symbol));
		unsigned type = ELF64_ST_TYPE(symbol.st_info);
		if ((type == STT_FUNC || type == STT_GNU_IFUNC) && symbol.st_shndx != SHN_UNDEF &&
		    address >= symbol.st_value && address - symbol.st_value < symbol.st_size) {
			return get_text(elf, &strings, symbol.st_name);
		}
	}
	return NULL;
}

const char *crash_elf_function(const struct crash_elf *elf, uint64_t address)
{
	const char *name = NULL;
	Elf64_Shdr section;
	for (unsigned i = 0; name == NULL && get_section(elf, i, &section); i++) {
		if (section.sh_type == SHT_SYMTAB || section.sh_type == SHT_DYNSYM) {
			name = find_in_table(elf, &section, address);
		}
	}
	return name;
}
