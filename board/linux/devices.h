/* Devices: one libinput for fingers, the pointer and keys, opened by the first door and closed by
 * the last. Private.
 *
 *	devices_join(&s_listener, self)                what is there is told with the loop's next turn
 *	devices_get_fd()                               each door has a duplicate of its own
 *	devices_dispatch()                             whoever calls it, all listeners hear their part
 *	devices_leave(self)
 *
 * Nodes are opened by the rights of the process's groups and grabbed (EVIOCGRAB), so that neither
 * the console nor anybody else in this process reads a key or a finger twice. A grab that fails is
 * a line in the log. Thread: the one of the doors, one for all. */
#ifndef LINUX_DEVICES_H
#define LINUX_DEVICES_H

#include <libinput.h>

#include <os/list.h>

#include "linux_board.h"

struct device {
	struct os_list link;
	struct libinput_device *libinput;
	char name[80];  /* printable, whatever the device calls itself */
	char id[128];   /* device_id.h */
	char base_id[96];
	int fd;         /* lent, -1: not known */
	bool has_fingers, has_pointer, has_keys, has_letters;
	void *panel;    /* the touch door's part */
};

struct devices_listener {
	void (*added)(void *context, struct device *device);
	void (*removed)(void *context, struct device *device);
	void (*event)(void *context, struct device *device, struct libinput_event *event);
	void (*idle)(void *context);  /* all that was readable has been told */
	void (*slept)(void *context); /* the machine was suspended: nothing is down any more */
};

/* -ENODEV, -ENOMEM: there is no udev or no seat. */
int devices_join(const struct devices_listener *listener, void *context);
void devices_leave(void *context);
/* A descriptor of the caller's own; negative: -Exxx. */
int devices_copy_fd(void);
void devices_dispatch(void);
/* All devices go, as if unplugged, and come back. -EIO: not all of them. */
int devices_pause(bool paused);
struct os_list *devices_list(void); /* struct device.link */
/* An event's time, of CLOCK_MONOTONIC. What libinput makes up itself may have none: then it is now. */
int64_t devices_time_us(uint64_t event_us);

#endif
