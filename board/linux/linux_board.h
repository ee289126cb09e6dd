/* Linux board: a board without a desktop. Private.
 *
 * Each door is a file of its own beside this one and stands in board.c's table. Nothing here asks
 * what machine it is: what is found under /sys and /dev decides. */
#ifndef LINUX_BOARD_H
#define LINUX_BOARD_H

#include <os/board.h>

extern const struct os_display_door linux_display_door;
extern const struct os_touch_door linux_touch_door;
extern const struct os_key_door linux_key_door;

#endif
