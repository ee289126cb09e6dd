/* Opening one line of the board, as the device's user. */
#ifndef OS_SUPERVISOR_HARDWARE_OPEN_H
#define OS_SUPERVISOR_HARDWARE_OPEN_H

#include <os/hardware.h>
#include <os/status.h>

struct hardware_wish {
	int devices;      /* folder: /dev */
	const char *user; /* an app's id: the kernel tells others who has the line */
	const struct os_hardware_entry *entry;
};

/* A descriptor for the entry and nothing else, close on exec; or -Exxx with a sentence. */
int hardware_open(const struct hardware_wish *wish, struct os_error *ret_error);
/* hardware_line.c: the descriptor of one GPIO line. */
int hardware_open_line(const struct hardware_wish *wish, struct os_error *ret_error);

#endif
