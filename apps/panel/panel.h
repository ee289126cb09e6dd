/* Panel: a dial that dims the display, a switch that drives a relay, an input that is watched. */
#ifndef PANEL_H
#define PANEL_H

#include <ui/ui.h>

#include "panel_model.h"

/* --- panel_card.c: something that is on or off, on a card of its own ------------------------------- */

struct panel_card {
	struct ui_view *view; /* weak, as all below: views retain each other */
	struct ui_view *symbol, *title, *status, *knob, *again;
	const char *name, *on_symbol, *on, *off;
};

struct panel_card_options {
	const char *name, *symbol; /* "Relay" */
	const char *on, *off;      /* what is said of its state */
	ui_action_fn toggled;      /* NULL: it is only looked at */
	ui_action_fn retried;
	void *context;
};

/* Returns the card's view, with a reference. */
struct ui_view *panel_card_begin(struct panel_card *card, const struct panel_card_options *options);
/* True if it looks different now. */
bool panel_card_show(struct panel_card *card, const struct panel_line *line);

/* --- panel_screen.c --------------------------------------------------------------------------------- */

struct panel {
	struct panel_model model;
	struct ui_view *screen, *scroller, *dial, *problem, *column; /* weak */
	struct panel_card relay, input;
};

struct ui_view_controller *panel_screen_create(struct panel *panel);
void panel_screen_show(struct panel *panel);

#endif
