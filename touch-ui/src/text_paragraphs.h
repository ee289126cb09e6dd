/* Text paragraphs: a long text as a column of layouts, so that a key lays out one paragraph and a
 * screen a few of them, however long the text is. Private.
 *
 *	struct text_paragraphs paragraphs;
 *	text_paragraphs_init(&paragraphs);
 *	text_paragraphs_set_style(&paragraphs, &style, 300);
 *	text_paragraphs_changed(&paragraphs, text, length, 0, 0, length);
 *	text_paragraphs_lay_out(&paragraphs, text, 0, 480);            what is seen
 *	struct md_rect caret = text_paragraphs_caret(&paragraphs, text, offset);
 *
 * A paragraph ends behind its newline; the last one has none and may be empty. One that is longer
 * than TEXT_PARAGRAPH_BYTES is broken into pieces, each of which begins a line. Heights are estimates
 * until a paragraph was laid out. The text is the caller's: the same at every call, but for what
 * text_paragraphs_changed was told. Offsets are bytes of it; x and y points of the column. */
#ifndef UI_SRC_TEXT_PARAGRAPHS_H
#define UI_SRC_TEXT_PARAGRAPHS_H

#include <md/text_layout.h>
#include <os/array.h>

#define TEXT_PARAGRAPH_BYTES ((size_t)4096)

struct text_paragraph {
	size_t length; /* bytes, with its newline */
	double height;
	bool measured;                 /* height is no estimate */
	struct md_text_layout *layout; /* NULL: not near the screen */
};

struct text_paragraphs {
	struct md_text_style style;
	double width, line_height;
	bool rtl;              /* what has no direction of its own goes from right to left */
	struct os_array items; /* struct text_paragraph; never empty */
};

/* Where a paragraph is. */
struct text_place {
	size_t index, start; /* start: its first byte */
	double y;
};

void text_paragraphs_init(struct text_paragraphs *paragraphs);
void text_paragraphs_finish(struct text_paragraphs *paragraphs);
/* Forgets all layouts when something is new. */
void text_paragraphs_set_style(struct text_paragraphs *paragraphs,
			       const struct md_text_style *style, double width, bool rtl);
/* `removed` bytes at `at` gave way to `inserted` ones; text is the new one. */
void text_paragraphs_changed(struct text_paragraphs *paragraphs, const char *text, size_t at,
			     size_t removed, size_t inserted);

double text_paragraphs_height(const struct text_paragraphs *paragraphs);
struct text_place text_paragraphs_at_offset(const struct text_paragraphs *paragraphs,
					    size_t offset);
struct text_place text_paragraphs_at_y(const struct text_paragraphs *paragraphs, double y);
bool text_paragraphs_advance(const struct text_paragraphs *paragraphs,
			     struct text_place *place); /* to the next */
/* The paragraph's layout, made if need be. Lends, until the next call that changes something. */
const struct md_text_layout *text_paragraphs_layout(struct text_paragraphs *paragraphs,
						    const char *text, struct text_place place);
double text_paragraphs_item_height(const struct text_paragraphs *paragraphs,
				   struct text_place place);
/* Lays out what lies between top and bottom, drops layouts that are far from it. Returns y of the first
 * paragraph whose height was guessed wrong, MD_UNBOUNDED if there was none. */
double text_paragraphs_lay_out(struct text_paragraphs *paragraphs, const char *text, double top,
			       double bottom);

/* --- Carets: these lay out the paragraph they are about --------------------------------------- */

struct md_rect text_paragraphs_caret(struct text_paragraphs *paragraphs, const char *text,
				     size_t offset);
size_t text_paragraphs_offset_at(struct text_paragraphs *paragraphs, const char *text,
				 struct md_point point);
/* A line up or down; x is kept from one call to the next, < 0 to begin with. */
size_t text_paragraphs_move_line(struct text_paragraphs *paragraphs, const char *text,
				 size_t offset, int lines, double *x);
/* To the right (step 1) or the left (-1) on the screen; past a line's edge into the next or last line. */
size_t text_paragraphs_move_beside(struct text_paragraphs *paragraphs, const char *text,
				   size_t offset, int step);
/* First and last offset of the line. */
void text_paragraphs_line(struct text_paragraphs *paragraphs, const char *text, size_t offset,
			  size_t *ret_start, size_t *ret_end);

#endif
