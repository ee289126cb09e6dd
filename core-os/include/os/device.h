/* Device: the engines of the two processes that hold a device together. Their programs are this:
 *
 *	int main(int argc, char **argv)
 *	{
 *		return os_keeper_main(argc, argv);
 *	}
 *
 * The keeper is the small parent that stays: it holds the device's lock and its control socket,
 * starts the supervisor, and starts the device anew if the supervisor dies. Arguments are key=value
 * (core-os/supervisor/options.h says which); root, data and runtime must be there. report=FD names
 * an inherited descriptor to which the keeper writes one line as soon as tools can connect ("ok"),
 * or the sentence that says why they cannot. Exit status: 0 the device was stopped, 1 it could not
 * boot, 2 wrong arguments, 3 it runs already. */
#ifndef OS_DEVICE_H
#define OS_DEVICE_H

#include <os/base.h>

OS_PUBLIC int os_keeper_main(int argc, char **argv);
/* Descriptor 3 is the listening control socket. */
OS_PUBLIC int os_supervisor_main(int argc, char **argv);

#endif
