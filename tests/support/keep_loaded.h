/* Keeps libraries loaded to the end, so that the leak checker can name those whose caches these are
 * (lsan.supp): Mesa's drivers are unloaded with the last display, and their leaks would be nobody's.
 *
 *	board->display->open(…);
 *	keep_loaded();
 */
#ifndef KEEP_LOADED_H
#define KEEP_LOADED_H

#include <dlfcn.h>
#include <link.h>

static inline int keep_one_loaded(struct dl_phdr_info *info, size_t size, void *context)
{
	char(*names)[256] = context;
	for (int i = 0; i < 200; i++) {
		if (names[i][0] == '\0' && info->dlpi_name[0] == '/') {
			snprintf(names[i], sizeof(names[i]), "%s", info->dlpi_name);
			break;
		}
	}
	return 0;
}

/* The names first: nothing may be opened while the loader's list is walked. */
static inline void keep_loaded(void)
{
	static char s_names[200][256];
	memset(s_names, 0, sizeof(s_names));
	dl_iterate_phdr(keep_one_loaded, s_names);
	for (int i = 0; i < 200 && s_names[i][0] != '\0'; i++) {
		dlopen(s_names[i], RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE);
	}
}

#endif
