/* Board configuration: what a board's device is started with, from /etc/strata/board.conf.
 *
 *	# lines of key=value; a # begins a comment, blanks around either are nothing
 *	app=org.strata.panel
 *	orientation=90
 *
 *	struct os_board_config config;
 *	result = os_board_config_read(OS_BOARD_CONFIG_PATH, &config, &error);
 *	if (result == -ENOENT) … config has the defaults: a board without the file is a board …
 *
 * Keys, all optional, each at most once:
 *	app          id of the one app of an appliance (a kiosk); none: home
 *	device       the device's name (default)
 *	home         folder of devices' data (/var/lib/strata)
 *	runtime      folder for the control socket (/run/strata)
 *	profile      phone, pi7, pi-touch2, tablet or WxH@S[:HZ]; none: what the panel says
 *	orientation  0, 90, 180 or 270; none: as set in Settings
 *	display      kmsdrm, dumb or offscreen; none: what is there decides
 *	renderer     soft or gpu; none: what is there decides
 *	vt           the console's terminal, /dev/ttyN; none: the one that standard input is
 *	splash, walls  yes (the default) or no
 *
 * A wrong line is an error that says FILE:LINE, since a board that starts as something else than
 * was written is worse than one that says why it does not. Thread: any. */
#ifndef OS_BOARD_CONFIG_H
#define OS_BOARD_CONFIG_H

#include <os/base.h>

struct os_error;

#define OS_BOARD_CONFIG_PATH "/etc/strata/board.conf"
#define OS_BOARD_CONFIG_MOST 16384 /* bytes of a file that is read at all */

struct os_board_config {
	char app[128], device[64]; /* "" is: none */
	char home[256], runtime[96];
	char profile[48], orientation[4], display[16], renderer[8];
	char vt[32];
	bool splash, walls;
};

OS_PUBLIC void os_board_config_init(struct os_board_config *ret_config);
/* name: what the error calls the file. -EINVAL; ret_config is set only on success. */
OS_PUBLIC int os_board_config_parse(const char *text, size_t length, const char *name,
                                    struct os_board_config *ret_config, struct os_error *ret_error);
/* -ENOENT: there is no such file, and ret_config has the defaults. Other errors leave it alone. */
OS_PUBLIC int os_board_config_read(const char *path, struct os_board_config *ret_config,
                                   struct os_error *ret_error);

#endif
