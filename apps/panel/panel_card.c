#include "panel.h"

#include <stdio.h>
#include <string.h>

#include <ui/control_class.h>

#define SYMBOL 28.0
#define WARNING "exclamation-triangle"

/* A tap anywhere on the card is one on its switch. */
static void did_tap(void *context, struct ui_gesture *gesture)
{
	struct panel_card *card = context;
	if (!ui_control_is_disabled(card->knob)) {
		ui_switch_set_on(card->knob, !ui_switch_is_on(card->knob), true);
		ui_control_send(card->knob, UI_CONTROL_VALUE_CHANGED);
	}
}

static struct ui_view *create_words(struct panel_card *card)
{
	struct ui_view *words = ui_stack_create(UI_STACK_VERTICAL, 2);
	card->title = ui_label_create(card->name);
	ui_label_set_style(card->title, UI_TEXT_HEADLINE);
	card->status = ui_label_create("");
	ui_label_set_style(card->status, UI_TEXT_SUBHEAD);
	ui_label_set_color(card->status, UI_COLOR_SECONDARY_LABEL);
	ui_label_set_lines(card->status, 0);
	ui_view_add(words, card->title);
	ui_view_add(words, card->status);
	ui_stack_set_grow(words, 1);
	return words;
}

static struct ui_view *create_row(struct panel_card *card, const struct panel_card_options *options)
{
	struct ui_view *row = ui_stack_create(UI_STACK_HORIZONTAL, 16);
	ui_stack_set_align(row, UI_ALIGN_CENTER);
	card->symbol = ui_symbol_view_create(options->symbol, SYMBOL, UI_COLOR_TINT);
	ui_view_add(row, card->symbol);
	ui_view_add(row, create_words(card));
	if (options->toggled != NULL) {
		card->knob = ui_switch_create(false);
		ui_view_set_label(card->knob, options->name);
		ui_control_set_disabled(card->knob, true);
		ui_control_add_action(card->knob, UI_CONTROL_VALUE_CHANGED, options->toggled, options->context);
		ui_view_add(row, card->knob);
		ui_view_add_gesture(row, ui_tap_create(1, did_tap, card));
	}
	return row;
}

struct ui_view *panel_card_begin(struct panel_card *card, const struct panel_card_options *options)
{
	*card = (struct panel_card){.name = options->name,
	                            .on_symbol = options->symbol,
	                            .on = options->on,
	                            .off = options->off};
	card->view = ui_stack_create(UI_STACK_VERTICAL, 12);
	ui_stack_set_insets(card->view, (struct md_insets){20, 20, 20, 20});
	ui_view_set_background(card->view, UI_COLOR_GROUPED);
	ui_view_set_corner_radius(card->view, 14);
	ui_view_add(card->view, create_row(card, options));
	card->again = ui_button_create("Try again", UI_BUTTON_TINTED);
	ui_control_add_action(card->again, UI_CONTROL_TAPPED, options->retried, options->context);
	ui_view_set_hidden(card->again, true);
	ui_view_add(card->view, card->again);
	return card->view;
}

/* True if they are other words now. */
static bool show_words(struct panel_card *card, const struct panel_line *line)
{
	char text[600];
	if (line->there) {
		snprintf(text, sizeof(text), "%s", line->on ? card->on : card->off);
	} else if (line->answered) {
		snprintf(text, sizeof(text), "Not connected: %s.", line->sentence);
	} else {
		snprintf(text, sizeof(text), "Looking for it …");
	}
	if (strcmp(ui_label_text(card->status), text) == 0) {
		return false;
	}
	ui_label_set_text(card->status, text);
	return true;
}

bool panel_card_show(struct panel_card *card, const struct panel_line *line)
{
	bool missing = line->answered && !line->there;
	if (!show_words(card, line)) {
		return false; /* the words tell all there is to show */
	}
	ui_image_view_set_symbol(card->symbol, missing ? WARNING : card->on_symbol);
	ui_view_set_hidden(card->again, !missing);
	if (card->knob != NULL) {
		ui_switch_set_on(card->knob, line->on, true);
		ui_control_set_disabled(card->knob, !line->there);
		ui_view_set_hidden(card->knob, missing); /* there is nothing to switch */
	}
	ui_view_invalidate_size(card->status);
	return true;
}
