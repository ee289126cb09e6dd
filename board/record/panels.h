/* Panels: the touchscreens among /dev/input/event*, as the kernel describes them. Private to
 * strata-record-touch. */
#ifndef RECORD_PANELS_H
#define RECORD_PANELS_H

#include <stdbool.h>
#include <stddef.h>

#include <linux/input.h>

#define PANELS_MAX 32
#define PANEL_NODE 300 /* a path below /dev/input */

struct found_panel {
	char node[PANEL_NODE], name[128];
};

struct found_panels {
	struct found_panel list[PANELS_MAX];
	size_t count;
	size_t nodes, refused;      /* event nodes there are, and those that may not be read */
	char refused_node[PANEL_NODE]; /* the first of them */
};

/* Looks through a folder, /dev/input. 0, or -Exxx when it cannot be read. */
int panels_find(const char *folder, struct found_panels *ret_panels);
/* Whether a descriptor's device sends touches: several fingers; or one, by places and BTN_TOUCH. */
bool panel_is_touchscreen(int fd);

#endif
