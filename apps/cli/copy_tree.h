/* Copying folders of small files. */
#ifndef CLI_COPY_TREE_H
#define CLI_COPY_TREE_H

#include <os/buffer.h>

#define COPY_TREE_MAX_FILE (64u << 20)

struct copy_tree_rules {
	/* False leaves the entry out. */
	bool (*wanted)(void *context, const char *name);
	/* Changes a file's name (the caller of copy_tree frees what it returns) and its bytes; NULL for
	 * neither. */
	char *(*rename)(void *context, const char *name);
	void (*change)(void *context, const char *name, struct os_buffer *bytes);
	void *context;
};

/* Copies what is in `from` into `to`, which is made; existing files are replaced. Links and special
 * files are left out. 0 or -Exxx. */
int copy_tree(const char *from, const char *to, const struct copy_tree_rules *rules);

#endif
