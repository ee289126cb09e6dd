/* Appearance: semantic colours, text styles, and the traits they depend on (UITraitCollection).
 *
 * Colours are named for what they are for; each has a light, dark and high-contrast value (FEEL.md:
 * 4.5:1 for text, 3:1 for symbols). Text styles are named too, and follow the text-size setting.
 *
 *	struct md_color color = ui_view_resolve_color(view, UI_COLOR_SECONDARY_LABEL);
 *	struct md_font font = ui_font_for_style(UI_TEXT_BODY, ui_scene_appearance(scene)->text_size);
 */
#ifndef UI_APPEARANCE_H
#define UI_APPEARANCE_H

#include <md/font.h>
#include <ui/base.h>

enum ui_color {
	UI_COLOR_NONE, UI_COLOR_CLEAR,
	UI_COLOR_BACKGROUND, UI_COLOR_GROUPED_BACKGROUND, UI_COLOR_GROUPED, /* the cards on it */
	UI_COLOR_LABEL, UI_COLOR_SECONDARY_LABEL, UI_COLOR_TERTIARY_LABEL, UI_COLOR_PLACEHOLDER,
	UI_COLOR_SEPARATOR, UI_COLOR_FILL, UI_COLOR_PRESSED, UI_COLOR_SELECTION,
	UI_COLOR_BAR, UI_COLOR_TINT, UI_COLOR_ON_TINT, UI_COLOR_DESTRUCTIVE, UI_COLOR_POSITIVE,
	UI_COLOR_DIMMING, UI_COLOR_ALERT, UI_COLOR_WHITE, UI_COLOR_BLACK,
	UI_COLORS
};

enum ui_text_style {
	UI_TEXT_LARGE_TITLE, UI_TEXT_TITLE1, UI_TEXT_TITLE2, UI_TEXT_TITLE3, UI_TEXT_HEADLINE, UI_TEXT_BODY,
	UI_TEXT_CALLOUT, UI_TEXT_SUBHEAD, UI_TEXT_FOOTNOTE, UI_TEXT_CAPTION1, UI_TEXT_CAPTION2,
	UI_TEXT_BAR_TITLE, /* a headline that stops growing at xxxl */
	UI_TEXT_BAR_ITEM,  /* a body that does: buttons in bars */
	UI_TEXT_BAR_LARGE_TITLE,
	UI_TEXT_STYLES
};

struct ui_appearance {
	bool dark, high_contrast, reduce_motion, rtl, hardware_keyboard;
	int text_size; /* 0 xs … 3 l (the default) … 6 xxxl, 7 ax1 … 11 ax5 */
	double scale;  /* pixels a point */
};

UI_PUBLIC struct md_color ui_color_value(enum ui_color color, const struct ui_appearance *appearance);
UI_PUBLIC struct md_font ui_font_for_style(enum ui_text_style style, int text_size);
/* The body size at that setting, points: 14 15 16 17 19 21 23 28 33 40 47 53. */
UI_PUBLIC double ui_body_size(int text_size);
/* A row's least height: 44 for one line, 60 for two, grown with the text. */
UI_PUBLIC double ui_row_height(int lines, int text_size);

#endif
