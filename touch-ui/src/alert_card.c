#include "alert_card.h"

#include <math.h>

#include <ui/label.h>
#include <ui/scroll_view.h>
#include <ui/view_class.h>

#include "alert_button.h"

#define WIDTH 270.0
#define CORNER 14.0 /* FEEL.md, Look */
#define MARGIN 16.0 /* of the card on the screen, and of its texts */
#define TOP 20.0
#define GAP 4.0
#define LEAST_TEXT 66.0 /* of the texts while they scroll: enough to see that they do */
#define ACCESSIBILITY 7 /* text sizes from ax1 on */
#define BODY 17.0       /* points: the size that WIDTH is for */

static struct ui_view *add_label(struct alert_card *card, const char *text,
				 enum ui_text_style style)
{
	struct ui_view *label = ui_label_create(text);
	ui_label_set_style(label, style);
	ui_label_set_align(label, MD_ALIGN_CENTER);
	ui_label_set_lines(label, 0);
	ui_view_add(card->content, label);
	return label;
}

void alert_card_build(struct alert_card *card, struct ui_view *parent, const char *title,
		      const char *message)
{
	*card = (struct alert_card){.view = ui_view_create()};
	ui_view_add(parent, card->view);
	card->scrolls_all = ui_view_appearance(parent)->text_size >= ACCESSIBILITY;
	ui_view_set_background(card->view, UI_COLOR_ALERT);
	ui_view_set_corner_radius(card->view, CORNER);
	ui_view_set_shadow(card->view, true);
	ui_view_set_layered(card->view, true);
	card->scroller = ui_scroll_view_create();
	card->content = ui_view_create();
	ui_view_add(card->scroller, card->content);
	ui_view_add(card->view, card->scroller);
	card->title = add_label(card, title, UI_TEXT_HEADLINE);
	ui_label_set_heading(card->title, true);
	if (message[0] != '\0') {
		card->message = add_label(card, message, UI_TEXT_SUBHEAD);
	}
}

void alert_card_add_button(struct alert_card *card, struct ui_view *button)
{
	card->buttons[card->button_count++] = button;
	ui_view_add(card->scrolls_all ? card->content : card->view, button);
}

/* Places title and message; returns the height they take. */
static double place_texts(struct alert_card *card, double width)
{
	double column = width - 2 * MARGIN;
	double y = TOP;
	struct ui_view *texts[] = {card->title, card->message};
	for (size_t i = 0; i < OS_ARRAY_LEN(texts) && texts[i] != NULL; i++) {
		double height =
		    ui_view_size_that_fits(texts[i], (struct md_size){column, MD_UNBOUNDED}).height;
		ui_view_set_frame(texts[i], (struct md_rect){MARGIN, y, column, height});
		y += height + GAP;
	}
	return y - GAP + TOP;
}

static bool fit_side_by_side(const struct alert_card *card, double width)
{
	return card->button_count == 2 &&
	       alert_button_natural_width(card->buttons[0]) <= width / 2 &&
	       alert_button_natural_width(card->buttons[1]) <= width / 2;
}

static double button_height(struct ui_view *button, double width)
{
	return ceil(ui_view_size_that_fits(button, (struct md_size){width, MD_UNBOUNDED}).height);
}

/* Side by side the one that cancels is read first. */
static void place_pair(struct alert_card *card, double width, double y, double height)
{
	bool rtl = ui_view_appearance(card->view)->rtl;
	bool cancels = card->order[1] == card->cancel;
	struct ui_view *first = card->buttons[card->order[cancels ? 1 : 0]];
	struct ui_view *second = card->buttons[card->order[cancels ? 0 : 1]];
	ui_view_set_frame(first, (struct md_rect){rtl ? width / 2 : 0, y, width / 2, height});
	ui_view_set_frame(second, (struct md_rect){rtl ? 0 : width / 2, y, width / 2, height});
	alert_button_set_side_line(first, false);
	alert_button_set_side_line(second, true);
}

/* Places the buttons from y on; returns the height they take. */
static double place_buttons(struct alert_card *card, double width, double y)
{
	if (fit_side_by_side(card, width)) {
		double height = OS_MAX(button_height(card->buttons[0], width / 2),
				       button_height(card->buttons[1], width / 2));
		place_pair(card, width, y, height);
		return height;
	}
	double at = y;
	for (int i = 0; i < card->button_count; i++) {
		struct ui_view *button = card->buttons[card->order[i]];
		double height = button_height(button, width);
		ui_view_set_frame(button, (struct md_rect){0, at, width, height});
		alert_button_set_side_line(button, false);
		at += height;
	}
	return at - y;
}

void alert_card_layout(struct alert_card *card, struct md_rect room)
{
	double body = ui_body_size(ui_view_appearance(card->view)->text_size);
	double width = OS_MIN(floor(WIDTH * OS_MAX(body / BODY, 1)), room.width - 2 * MARGIN);
	double most = room.height - 2 * MARGIN;
	double texts = place_texts(card, width);
	double buttons = place_buttons(card, width, 0);
	double shown = OS_MIN(texts, OS_MAX(most - buttons, LEAST_TEXT));
	double content = texts;
	if (card->scrolls_all) {
		place_buttons(card, width, texts);
		content = texts + buttons;
		shown = OS_MIN(content, most);
	} else {
		place_buttons(card, width, shown);
	}
	double height = card->scrolls_all ? shown : shown + buttons;
	double scale = ui_view_appearance(card->view)->scale;
	struct md_rect frame = {md_snap(room.x + (room.width - width) / 2, scale),
				md_snap(room.y + (room.height - height) / 2, scale), width, height};
	ui_view_set_frame(card->view, frame);
	ui_view_set_frame(card->scroller, (struct md_rect){0, 0, width, shown});
	ui_view_set_frame(card->content, (struct md_rect){0, 0, width, content});
	ui_scroll_view_set_content_size(card->scroller, (struct md_size){width, content});
}
