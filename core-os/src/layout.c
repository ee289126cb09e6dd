#include <os/layout.h>

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

/* OS_LAYOUT_LIBDIR comes from the build: below a prefix, where its libraries are. */

static const struct {
	const char *name, *built;
} s_programs[] = {
	{"strata-keeper", "core-os/supervisor"},    {"strata-supervisor", "core-os/supervisor"},
	{"strata-services", "core-services/services"}, {"strata-compositor", "media/compositor"},
	{"strata-sound", "media/sound"},            {"strata-app", "apps/strata-app"},
	{"strata-view", "apps/view"},
	{"strata-splash", "board"},
	{"strata-record-touch", "board"},
};

static OS_PRINTF(2, 3) int set_path(char *ret_path, const char *format, ...)
{
	char path[OS_LAYOUT_MAX];
	va_list values;
	va_start(values, format);
	int length = vsnprintf(path, sizeof(path), format, values);
	va_end(values);
	if (length < 0 || length >= OS_LAYOUT_MAX) {
		return -ENAMETOOLONG;
	}
	memcpy(ret_path, path, (size_t)length + 1);
	return 0;
}

/* The first of two places where there is something. */
static int find(const char *root, const char *built, const char *installed, char *ret_path)
{
	char path[OS_LAYOUT_MAX];
	int result = set_path(path, "%s/%s", root, built);
	if (result == 0 && access(path, F_OK) == 0) {
		return set_path(ret_path, "%s", path);
	}
	result = set_path(path, "%s/%s", root, installed);
	if (result == 0 && access(path, F_OK) == 0) {
		return set_path(ret_path, "%s", path);
	}
	return result < 0 ? result : -ENOENT;
}

/* --- An installation ----------------------------------------------------------------------------- */

int os_layout_find_root(const char *program, char *ret_root)
{
	char path[PATH_MAX], found[OS_LAYOUT_MAX];
	if (realpath(program, path) == NULL) {
		return -errno;
	}
	for (char *slash = strrchr(path, '/'); slash != NULL; slash = strrchr(path, '/')) {
		*slash = '\0';
		if (os_layout_program(path, "strata-supervisor", found) == 0) {
			return set_path(ret_root, "%s", path);
		}
	}
	return -ENOENT;
}

int os_layout_program(const char *root, const char *name, char *ret_path)
{
	char built[128], installed[128];
	for (size_t i = 0; i < OS_ARRAY_LEN(s_programs); i++) {
		if (strcmp(s_programs[i].name, name) == 0) {
			snprintf(built, sizeof(built), "%s/%s", s_programs[i].built, name);
			snprintf(installed, sizeof(installed), "libexec/strata/%s", name);
			return find(root, built, installed, ret_path);
		}
	}
	return -ENOENT;
}

int os_layout_library(const char *root, const char *layer, char *ret_path)
{
	char built[128], installed[128];
	snprintf(built, sizeof(built), "%s/libstrata-%s.so.0", layer, layer);
	snprintf(installed, sizeof(installed), OS_LAYOUT_LIBDIR "/libstrata-%s.so.0", layer);
	return find(root, built, installed, ret_path);
}

int os_layout_bundle(const char *root, const char *name, char *ret_path)
{
	char built[128], installed[128];
	if (strlen(name) > 64 || strchr(name, '/') != NULL) {
		return -EINVAL;
	}
	snprintf(built, sizeof(built), "apps/bundles/org.strata.%s", name);
	snprintf(installed, sizeof(installed), OS_LAYOUT_LIBDIR "/strata/bundles/org.strata.%s", name);
	return find(root, built, installed, ret_path);
}

int os_layout_bundles(const char *root, char *ret_path)
{
	return find(root, "apps/bundles", OS_LAYOUT_LIBDIR "/strata/bundles", ret_path);
}

int os_layout_boards(const char *root, char *ret_path)
{
	return find(root, "board", OS_LAYOUT_LIBDIR "/strata", ret_path);
}

/* --- A device --------------------------------------------------------------------------------------- */

bool os_layout_is_device_name(const char *name)
{
	size_t length = strlen(name);
	const char *allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
	return length > 0 && length < 64 && name[0] != '.' && strspn(name, allowed) == length;
}

int os_layout_data(const char *strata_home, const char *home, const char *device, char *ret_path)
{
	if (!os_layout_is_device_name(device)) {
		return -EINVAL;
	}
	if (strata_home != NULL && strata_home[0] != '\0') {
		return set_path(ret_path, "%s/%s", strata_home, device);
	}
	if (home == NULL || home[0] == '\0') {
		return -ENOENT;
	}
	return set_path(ret_path, "%s/.local/share/strata/%s", home, device);
}

/* FNV-1a, 64 bit (Fowler, Noll, Vo). */
static uint64_t hash_text(const char *text)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	for (; *text != '\0'; text++) {
		hash = (hash ^ (uint8_t)*text) * UINT64_C(0x100000001b3);
	}
	return hash;
}

int os_layout_runtime(const char *data, const char *runtime_dir, char *ret_path)
{
	uint64_t hash = hash_text(data);
	const size_t own_part = sizeof("/strata-0123456789abcdef/control");
	if (runtime_dir != NULL && runtime_dir[0] == '/' &&
	    strlen(runtime_dir) + own_part <= sizeof(((struct sockaddr_un *)NULL)->sun_path)) {
		return set_path(ret_path, "%s/strata-%016" PRIx64, runtime_dir, hash);
	}
	return set_path(ret_path, "/tmp/strata-%u-%016" PRIx64, (unsigned)geteuid(), hash);
}

int os_layout_socket(const char *runtime, char *ret_path)
{
	return set_path(ret_path, "%s/control", runtime);
}
