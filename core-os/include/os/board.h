/* Board: the doors through which a machine's hardware is reached.
 *
 * A board is a module, libstrata-board-NAME.so, that exports one const table and uses only os_. It
 * is opened through core-os and linked by nobody. A door that a board does not have is NULL.
 *
 *	struct os_error error;
 *	const struct os_board *board = os_board_open("sdl", &error);
 *	board->display->open(&options, &s_display_events, self, &display);
 *
 * core-os/include/os: display.h, touch_input.h, key_input.h, power.h, gpu.h say what a door promises.
 * Later doors (audio, sensors) are appended. */
#ifndef OS_BOARD_H
#define OS_BOARD_H

#include <os/display.h>
#include <os/gpu.h>
#include <os/key_input.h>
#include <os/power.h>
#include <os/touch_input.h>

struct os_error;

struct os_board {
	uint32_t struct_size;
	const char *name;
	const struct os_display_door *display;
	const struct os_touch_door *touch;
	const struct os_key_door *key;
	const struct os_gpu_door *gpu;
	const struct os_power_door *power;
};

/* What a board module exports under the name "strata_board". */
#define OS_BOARD_SYMBOL "strata_board"

/* Loads the module from a folder, the one that the supervisor passes as the option "boards", or in a
 * build tree from the board's own folder in it. NULL with a sentence when it is not there. */
OS_PUBLIC const struct os_board *os_board_open(const char *folder, const char *name, struct os_error *ret_error);

#endif
