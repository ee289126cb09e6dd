#include <os/board.h>

#include <dlfcn.h>
#include <errno.h>
#include <os/memory.h>
#include <os/status.h>
#include <string.h>
#include <unistd.h>

#define NAME_CHARACTERS "abcdefghijklmnopqrstuvwxyz0123456789-"

/* Installed, all modules are in one folder; in a build tree each is in that of its board. */
static char *find_module(const char *folder, const char *name)
{
	char *path = os_format("%s/libstrata-board-%s.so", folder, name);
	if (access(path, F_OK) == 0) {
		return path;
	}
	os_free(path);
	return os_format("%s/%s/libstrata-board-%s.so", folder, name, name);
}

/* A module stays loaded: what it gave out may be used until the process ends. */
const struct os_board *os_board_open(const char *folder, const char *name,
				     struct os_error *ret_error)
{
	if (name[0] == '\0' || name[strspn(name, NAME_CHARACTERS)] != '\0') {
		os_error_set(ret_error, -EINVAL, "\"%s\" is not the name of a board", name);
		return NULL;
	}
	char *path = find_module(folder, name);
	const struct os_board *board = NULL;
	void *module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (module == NULL) {
		os_error_set(ret_error, -ENOENT, "board %s cannot be loaded: %s", name, dlerror());
	} else {
		board = dlsym(module, OS_BOARD_SYMBOL);
		if (board == NULL || board->struct_size < sizeof(struct os_board)) {
			os_error_set(ret_error, -ENOEXEC, "%s: no board of this version in it",
				     path);
			board = NULL;
		}
	}
	os_free(path);
	return board;
}
