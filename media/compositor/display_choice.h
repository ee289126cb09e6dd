/* Display choice: what a device shows itself on. Private to the program.
 *
 *	struct display_wishes wishes = {.display = os_process_option("display"), …};
 *	display_choose(&wishes, &probe, &choice)
 *	for each of choice.tries, until one opens: board, driver, renderer, mode
 *
 *	--display given ──────────────────────────────▶ that
 *	--headless ───────────────────────────────────▶ offscreen
 *	a card with a screen ─────────────────────────▶ kmsdrm if a real GPU draws there, else dumb
 *	a card without one, or a board's service ─────▶ dumb: in memory, until a screen is plugged in
 *	nothing ──────────────────────────────────────▶ offscreen
 *
 * The command asks for "window" by itself where there is a desktop. */
#ifndef DISPLAY_CHOICE_H
#define DISPLAY_CHOICE_H

#include <os/display.h>
#include <os/status.h>

struct display_wishes {
	const char *display, *renderer, *profile; /* NULL or "": not said */
	bool headless, is_board;
};

struct display_try {
	const char *board, *driver, *renderer;
};

struct display_choice {
	struct display_try tries[2];
	int count;
	struct os_display_mode mode; /* a size of 0 is the panel's own */
	char why[240];
};

/* True if the answer depends on which cards there are: then probe must be filled. */
bool display_choice_needs_probe(const struct display_wishes *wishes);
/* The machine's own screen, without a desktop. */
bool display_is_panel(const char *driver);
/* -EINVAL with a sentence for a profile that is none. */
int display_choose(const struct display_wishes *wishes, const struct os_display_probe *probe,
		   struct display_choice *ret_choice, struct os_error *ret_error);

#endif
