/* The text view's own part, for its three files: text_view.c (the class), text_view_layout.c (what is
 * where, and what has to be drawn again) and text_view_draw.c. Private.
 *
 * A text view is a control with a scroller in it; in that a canvas as high as the text, drawn in
 * strips, with the caret on it. Column coordinates (text_paragraphs.h) begin at the canvas's margins. */
#ifndef UI_SRC_TEXT_VIEW_PRIVATE_H
#define UI_SRC_TEXT_VIEW_PRIVATE_H

#include <ui/text_view.h>

#include "text_editor.h"
#include "text_paragraphs.h"

#define TEXT_VIEW_MARGIN_X 16.0 /* FEEL.md, Look */
#define TEXT_VIEW_MARGIN_Y 12.0

struct text_view {
	struct text_editor editor;
	struct text_paragraphs paragraphs;
	struct ui_view *scroller, *canvas; /* weak: the view retains the one, that the other */
	char *placeholder;
	enum ui_text_style style;
	bool reveals;  /* the next layout scrolls to the caret */
	double height; /* of the column, as of the last layout */
	double dirty_top,
	    dirty_bottom;         /* of the column: to be drawn again; top ≥ bottom: nothing */
	struct text_range edited; /* bytes that are new since the last layout; end 0: none */
};

struct text_view *text_view_of(const struct ui_view *view);

/* text_view_layout.c */
void text_view_layout(struct ui_view *view, struct md_rect bounds);
void text_view_apply_style(struct ui_view *view, double width);
/* The buffer's report of a change. */
void text_view_text_changed(void *view, size_t at, size_t removed, size_t inserted);
void text_view_damage_range(struct ui_view *view, struct text_range range); /* of bytes */
void text_view_damage_all(struct ui_view *view);

/* text_view_draw.c */
struct ui_view *text_view_canvas_create(struct ui_view *text_view);

#endif
