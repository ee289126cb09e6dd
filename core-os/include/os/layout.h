/* Layout: where the parts of an installation and of a device lie.
 *
 * An installation has a root: a build folder, or the prefix that it was installed to. What is asked
 * for by name is found in either.
 *
 *	char root[OS_LAYOUT_MAX], path[OS_LAYOUT_MAX];
 *	os_layout_find_root("/proc/self/exe", root);
 *	os_layout_program(root, "strata-keeper", path);
 *
 * A device has a data folder, and a folder for its control socket with a short path, since a
 * socket's may have 108 bytes: its name is a hash of the data folder's.
 *
 *	os_layout_data(getenv("STRATA_HOME"), getenv("HOME"), "default", data);
 *	os_layout_runtime(data, getenv("XDG_RUNTIME_DIR"), runtime);
 *	os_layout_socket(runtime, socket_path);
 *
 * Outputs are arrays of OS_LAYOUT_MAX bytes. Errors: -ENAMETOOLONG, -ENOENT, -EINVAL. Thread: any. */
#ifndef OS_LAYOUT_H
#define OS_LAYOUT_H

#include <os/base.h>

#define OS_LAYOUT_MAX 1024

/* --- An installation ---------------------------------------------------------------------------- */

/* The root that the program at `program` (a link is followed) belongs to. */
OS_PUBLIC int os_layout_find_root(const char *program, char *ret_root);
/* "strata-keeper", "strata-supervisor", "strata-services", "strata-compositor", "strata-sound",
 * "strata-app", "strata-splash". -ENOENT when it is not there. */
OS_PUBLIC int os_layout_program(const char *root, const char *name, char *ret_path);
/* The shared library of a layer: "core-os", "core-services", "media", "touch-ui". */
OS_PUBLIC int os_layout_library(const char *root, const char *layer, char *ret_path);
/* The folder of a bundle that comes with the system: "home", "keyboard", "notes", … */
OS_PUBLIC int os_layout_bundle(const char *root, const char *name, char *ret_path);
/* The folder that holds all of these bundles, and the one with the modules of boards. */
OS_PUBLIC int os_layout_bundles(const char *root, char *ret_path);
OS_PUBLIC int os_layout_boards(const char *root, char *ret_path);

/* --- A device ------------------------------------------------------------------------------------- */

/* True for a name that may be a device's: 1 to 63 letters, digits, '-', '_', '.', not led by '.'. */
OS_PUBLIC bool os_layout_is_device_name(const char *name);
/* strata_home and home are the environment's, either may be NULL. Absolute if they are. */
OS_PUBLIC int os_layout_data(const char *strata_home, const char *home, const char *device,
                             char *ret_path);
/* runtime_dir: $XDG_RUNTIME_DIR or NULL. A folder of the user's own below /tmp without one. */
OS_PUBLIC int os_layout_runtime(const char *data, const char *runtime_dir, char *ret_path);
OS_PUBLIC int os_layout_socket(const char *runtime, char *ret_path);

#endif
