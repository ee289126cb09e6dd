/* Input doors: the fingers, keys and power of a board that has descriptors of its own for them.
 * Private.
 *
 * They are opened and read on the loop thread, so that a slow picture holds no finger up. What a
 * window hears comes through display.h instead. */
#ifndef COMPOSITOR_INPUT_DOORS_H
#define COMPOSITOR_INPUT_DOORS_H

#include <os/board.h>
#include <os/loop.h>

struct md_compositor;

struct input_doors {
	const struct os_board *board; /* NULL: none */
	struct os_touch *touch;       /* each NULL: the board has none, or it could not be opened */
	struct os_key *key;
	struct os_power *power;
	bool has_keyboard; /* with letters */
	char layout[128];  /* "": the machine's own */
	struct os_source *touch_source, *key_source, *power_source;
	bool paused;
};

/* A door that cannot be opened is logged and left out. */
void input_doors_open(struct md_compositor *compositor, const struct os_board *board);
void input_doors_set_layout(struct md_compositor *compositor, const char *layout);
void input_doors_close(struct md_compositor *compositor);
/* Panels and keyboards are let go of, for another program; or taken again. */
void input_doors_pause(struct md_compositor *compositor, bool paused);

#endif
