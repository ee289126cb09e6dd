#include "panels.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <os/base.h>

#define BYTES(bits) (((bits) + 7) / 8)

static bool has(const unsigned char *bits, unsigned bit)
{
	return bits[bit / 8] >> bit % 8 & 1;
}

bool panel_is_touchscreen(int fd)
{
	unsigned char abs[BYTES(ABS_CNT)] = {0}, keys[BYTES(KEY_CNT)] = {0}, props[BYTES(INPUT_PROP_CNT)] = {0};
	ioctl(fd, EVIOCGBIT(EV_ABS, sizeof(abs)), abs);
	ioctl(fd, EVIOCGBIT(EV_KEY, sizeof(keys)), keys);
	ioctl(fd, EVIOCGPROP(sizeof(props)), props);
	bool places = has(abs, ABS_MT_POSITION_X) && has(abs, ABS_MT_POSITION_Y);
	bool single = has(abs, ABS_X) && has(abs, ABS_Y) && has(keys, BTN_TOUCH);
	bool is_pad = has(keys, BTN_TOOL_FINGER) && !has(props, INPUT_PROP_DIRECT); /* a laptop's */
	return (places || single) && !is_pad && !has(keys, BTN_TOOL_PEN) && !has(keys, BTN_STYLUS);
}

static int by_node(const void *a, const void *b)
{
	const struct found_panel *left = a, *right = b;
	return strverscmp(left->node, right->node);
}

static void look_at(struct found_panels *panels, const char *node)
{
	panels->nodes++;
	int fd = open(node, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0) {
		if ((errno == EACCES || errno == EPERM) && panels->refused++ == 0) {
			snprintf(panels->refused_node, sizeof(panels->refused_node), "%s", node);
		}
		return;
	}
	if (panel_is_touchscreen(fd) && panels->count < PANELS_MAX) {
		struct found_panel *panel = &panels->list[panels->count++];
		snprintf(panel->node, sizeof(panel->node), "%s", node);
		memset(panel->name, 0, sizeof(panel->name));
		ioctl(fd, EVIOCGNAME(sizeof(panel->name) - 1), panel->name);
	}
	close(fd);
}

int panels_find(const char *folder, struct found_panels *ret_panels)
{
	memset(ret_panels, 0, sizeof(*ret_panels));
	DIR *all = opendir(folder);
	if (all == NULL) {
		return -errno;
	}
	struct dirent *entry;
	while ((entry = readdir(all)) != NULL) {
		char node[PANEL_NODE];
		if (strncmp(entry->d_name, "event", 5) == 0 &&
		    snprintf(node, sizeof(node), "%s/%s", folder, entry->d_name) < (int)sizeof(node)) {
			look_at(ret_panels, node);
		}
	}
	closedir(all);
	qsort(ret_panels->list, ret_panels->count, sizeof(ret_panels->list[0]), by_node);
	return 0;
}
