#include <cs/bundle.h>

#include <os/buffer.h>
#include <os/file.h>
#include <os/path.h>

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#if defined(__x86_64__)
#define OWN_MACHINE EM_X86_64
#elif defined(__aarch64__)
#define OWN_MACHINE EM_AARCH64
#elif defined(__arm__)
#define OWN_MACHINE EM_ARM
#else
#define OWN_MACHINE EM_NONE
#endif

#define OWN_CLASS (sizeof(void *) == 8 ? ELFCLASS64 : ELFCLASS32)

/* e_type and e_machine lie at the same place in both classes. */
static bool is_own_module(const Elf32_Ehdr *header, size_t length)
{
	return length >= sizeof(*header) && memcmp(header->e_ident, ELFMAG, SELFMAG) == 0 &&
	       header->e_ident[EI_CLASS] == OWN_CLASS && header->e_ident[EI_DATA] == ELFDATA2LSB &&
	       header->e_type == ET_DYN && header->e_machine == OWN_MACHINE;
}

int cs_bundle_check_module(int folder, const char *path, struct os_error *ret_error)
{
	int fd = os_path_open(folder, path, O_RDONLY | O_NONBLOCK, 0);
	if (fd < 0) {
		return os_error_set(ret_error, fd, "%s: the module that the manifest names: %s",
				    path, os_status_text(fd));
	}
	Elf32_Ehdr header;
	struct stat info;
	bool is_file = fstat(fd, &info) == 0 && S_ISREG(info.st_mode);
	ssize_t length = is_file ? pread(fd, &header, sizeof(header), 0) : -1;
	close(fd);
	if (length < 0 || !is_own_module(&header, (size_t)length)) {
		return os_error_set(ret_error, -ENOEXEC,
				    "%s: expected a shared library for this machine's processor",
				    path);
	}
	return 0;
}

static int check_icon(int folder, const char *path, struct os_error *ret_error)
{
	int fd = os_path_open(folder, path, O_RDONLY | O_NONBLOCK, 0);
	struct stat info;
	bool good =
	    fd >= 0 && fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_size <= 4 << 20;
	os_fd_close(fd);
	return good ? 0
		    : os_error_set(ret_error, -ENOENT,
				   "%s: expected the icon that the manifest names, a file of at "
				   "most 4 MB",
				   path);
}

int cs_bundle_check(int folder, enum cs_bundle_origin origin, struct cs_manifest *ret_manifest,
		    struct os_error *ret_error)
{
	struct os_buffer bytes = {0};
	int result = os_file_read(folder, "manifest.json", CS_MANIFEST_MAX_BYTES, &bytes);
	if (result < 0) {
		os_buffer_finish(&bytes);
		return os_error_set(ret_error, result, "manifest.json: %s", os_status_text(result));
	}
	struct cs_manifest manifest;
	result = cs_manifest_parse(os_buffer_text(&bytes), bytes.length, "manifest.json", origin,
				   &manifest, ret_error);
	os_buffer_finish(&bytes);
	if (result < 0) {
		return result;
	}
	result = cs_bundle_check_module(folder, manifest.module, ret_error);
	if (result == 0 && manifest.icon[0] != '\0') {
		result = check_icon(folder, manifest.icon, ret_error);
	}
	if (result < 0) {
		cs_manifest_finish(&manifest);
		return result;
	}
	*ret_manifest = manifest;
	return 0;
}
