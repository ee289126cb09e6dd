/* Options: what a device was started with, as key=value. The keeper gets them from the command as
 * arguments, and passes them on to the supervisor; the supervisor passes them to every process of
 * the system, one a line (struct os_process_info).
 *
 *	root=FOLDER      the installation (os/layout.h)         data=FOLDER    the device's data
 *	runtime=FOLDER   for the control socket                 device=NAME
 *	profile= orientation= display= renderer= headless=yes   for compositor and home
 *	walls=no         apps without their sandbox
 *	stages=a,b       boot these only (tests, early bring-up)
 *	program.NAME=PATH  another program for a role, "app" for apps (tests)
 *	boards=FOLDER    added by the supervisor: where the boards' modules are (os/board.h)
 *	board=yes        a board: no window, log lines to stderr for the journal, the boot's stages from
 *	                 power-on; kiosk=ID: its one app; vt=/dev/ttyN: its console's terminal;
 *	                 splash=no: none; again=yes: added by the keeper after a supervisor's death
 *	notify=SOCKET    keeper only: the service manager's
 *	report=FD        keeper only: where to say that the control socket listens, or why not */
#ifndef OS_OPTIONS_H
#define OS_OPTIONS_H

#include <os/base.h>

struct os_error;

struct options {
	char text[1024]; /* lines */
};

/* From a program's arguments, argv[0] left out. */
int options_init(struct options *options, int argc, char **argv, struct os_error *ret_error);
/* Copies the value of key into ret_value; false, and "", if it was not given. */
bool options_get(const struct options *options, const char *key, char *ret_value, size_t size);
/* Takes a key out. */
void options_remove(struct options *options, const char *key);
int options_add(struct options *options, const char *key, const char *value);
/* The lines that an app may know: nothing of the host. */
void options_for_app(const struct options *options, bool fresh, struct options *ret_options);

#endif
