/* Alert card: what an alert shows: texts over buttons, side by side or stacked. Private.
 *
 * When there is no room for all of it the texts scroll and the buttons stay; at accessibility sizes,
 * where the buttons alone may be too much, all of it scrolls. */
#ifndef UI_SRC_ALERT_CARD_H
#define UI_SRC_ALERT_CARD_H

#include <ui/alert.h>

#define ALERT_BUTTONS 4

struct alert_card {
	struct ui_view *view; /* weak: a child of the alert's */
	struct ui_view *scroller, *content, *title,
	    *message;                           /* weak: below it; message may be NULL */
	struct ui_view *buttons[ALERT_BUTTONS]; /* weak; in the order they were given in */
	int button_count;
	int order[ALERT_BUTTONS]; /* indices of the buttons as they are read: cancel last */
	int cancel;               /* index of the one that cancels, -1: none */
	bool scrolls_all;
};

/* Makes the card's views inside parent. order and cancel are the caller's to set. */
void alert_card_build(struct alert_card *card, struct ui_view *parent, const char *title,
		      const char *message);
void alert_card_add_button(struct alert_card *card, struct ui_view *button); /* taken */
void alert_card_layout(struct alert_card *card,
		       struct md_rect room); /* what there is of the screen */

#endif
