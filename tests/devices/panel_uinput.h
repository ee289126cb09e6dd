/* Panel by uinput: a device with a panel's name, ids and axes, as far as a kernel lets one be made.
 *
 *	int fd = panel_uinput_plug(&panel_ft5x06);          -errno: /dev/uinput says no
 *	panel_uinput_play(fd, events, count);                at the pace of their times
 *	panel_uinput_unplug(fd);
 */
#ifndef TEST_PANEL_UINPUT_H
#define TEST_PANEL_UINPUT_H

#include <linux/input.h>

#include "devices.h"

int panel_uinput_plug(const struct touch_panel *panel);
/* Writes all, each report when its time has come since the first one's; 0 or -errno. The kernel
 * writes its own times into them. */
int panel_uinput_play(int fd, const struct input_event *events, size_t count);
void panel_uinput_unplug(int fd);

#endif
