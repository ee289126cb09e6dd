#include <os/board.h>

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <os/layout.h>
#include <os/status.h>

/* A name that may be part of a file's: letters, digits and '-'. */
static bool is_name(const char *name)
{
	size_t length = strlen(name);
	return length > 0 && length < 32 &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

static int boards_folder(const char *folder, char *ret_folder)
{
	char root[OS_LAYOUT_MAX];
	if (folder != NULL && folder[0] != '\0') {
		int length = snprintf(ret_folder, OS_LAYOUT_MAX, "%s", folder);
		return length < OS_LAYOUT_MAX ? 0 : -ENAMETOOLONG;
	}
	int result = os_layout_find_root("/proc/self/exe", root);
	return result < 0 ? result : os_layout_boards(root, ret_folder);
}

const struct os_board *os_board_open(const char *folder, const char *name, struct os_error *ret_error)
{
	char place[OS_LAYOUT_MAX], path[OS_LAYOUT_MAX + 64];
	if (!is_name(name)) {
		os_error_set(ret_error, -EINVAL, "\"%s\" cannot be the name of a board", name);
		return NULL;
	}
	int result = boards_folder(folder, place);
	if (result < 0) {
		os_error_set(ret_error, result, "the folder of boards: %s", os_status_text(result));
		return NULL;
	}
	snprintf(path, sizeof(path), "%s/libstrata-board-%s.so", place, name);
	void *module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (module == NULL) {
		os_error_set(ret_error, -ENOENT, "board %s: %s", name, dlerror());
		return NULL;
	}
	const struct os_board *board = dlsym(module, OS_BOARD_SYMBOL);
	if (board == NULL || board->struct_size < sizeof(uint32_t) + sizeof(char *)) {
		os_error_set(ret_error, -ENOEXEC, "%s exports no \"" OS_BOARD_SYMBOL "\"", path);
		dlclose(module);
		return NULL;
	}
	/* It stays for the process's life: SDL and its like do not survive being unloaded. */
	return board;
}
