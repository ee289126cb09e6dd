/* Text layout: a text in a width, shaped, broken into lines, measured (NSLayoutManager, CTFrame).
 *
 * Immutable and shared. Layouts seen before are found again in a cache of the process, so making
 * the same label twice costs a look-up.
 *
 *	struct md_text_style style = { .font = body, .align = MD_ALIGN_NATURAL };
 *	struct md_text_layout *layout = md_text_layout_create("Hello", 5, &style, 200);
 *	struct md_size size = md_text_layout_size(layout);
 *	md_canvas_draw_text(canvas, layout, (struct md_point){16, 8}, color);
 *	md_text_layout_release(layout);
 *
 * Offsets are bytes into the UTF-8 text, at grapheme boundaries. Malformed UTF-8 is shown as U+FFFD.
 * Thread: any (a font map per thread). */
#ifndef MD_TEXT_LAYOUT_H
#define MD_TEXT_LAYOUT_H

#include <md/font.h>
#include <md/geometry.h>

enum md_text_align { MD_ALIGN_NATURAL, MD_ALIGN_LEFT, MD_ALIGN_CENTER, MD_ALIGN_RIGHT };
enum md_text_direction { MD_DIRECTION_AUTO, MD_DIRECTION_LTR, MD_DIRECTION_RTL };

struct md_text_style {
	struct md_font font;
	enum md_text_align align;
	enum md_text_direction direction;
	int max_lines;          /* 0: as many as there are; the last one ends in … when cut */
	double line_spacing;    /* points added between lines */
	bool single_paragraph;  /* newlines are shown as blanks */
};

struct md_text_layout;

/* width: points, or MD_UNBOUNDED for one line a paragraph. */
MD_PUBLIC struct md_text_layout *md_text_layout_create(const char *text, size_t length,
                                                       const struct md_text_style *style, double width);
MD_PUBLIC struct md_text_layout *md_text_layout_retain(struct md_text_layout *layout);
MD_PUBLIC struct md_text_layout *md_text_layout_release(struct md_text_layout *layout);

/* What is used of the width, and the height, rounded up to whole points. */
MD_PUBLIC struct md_size md_text_layout_size(const struct md_text_layout *layout);
MD_PUBLIC double md_text_layout_first_baseline(const struct md_text_layout *layout);
MD_PUBLIC double md_text_layout_last_baseline(const struct md_text_layout *layout);
MD_PUBLIC int md_text_layout_line_count(const struct md_text_layout *layout);
MD_PUBLIC bool md_text_layout_is_cut(const struct md_text_layout *layout);

/* --- For editing -------------------------------------------------------------------------------- */

/* The caret before the grapheme at offset: x, y and height are set, width is 0. */
MD_PUBLIC struct md_rect md_text_layout_caret(const struct md_text_layout *layout, size_t offset);
/* The offset nearest to a point, at a grapheme boundary. */
MD_PUBLIC size_t md_text_layout_offset_at(const struct md_text_layout *layout, struct md_point point);
/* The offset above (lines < 0) or below, at about the same x; x: in and out, < 0 to begin with. */
MD_PUBLIC size_t md_text_layout_offset_in_line(const struct md_text_layout *layout, size_t offset, int lines,
                                               double *x);
/* The offset one place to the right (step 1) or the left (-1) on the screen, in the same line, whatever
 * the directions of its text; false at the line's edge. */
MD_PUBLIC bool md_text_layout_offset_beside(const struct md_text_layout *layout, size_t offset, int step,
                                            size_t *ret_offset);
/* Whether the first paragraph reads from right to left. */
MD_PUBLIC bool md_text_layout_is_rtl(const struct md_text_layout *layout);
MD_PUBLIC void md_text_layout_line_range(const struct md_text_layout *layout, size_t offset, size_t *ret_start,
                                         size_t *ret_end);
/* Up to max rectangles that cover a range; returns how many. */
MD_PUBLIC int md_text_layout_range_rects(const struct md_text_layout *layout, size_t start, size_t end,
                                         struct md_rect *ret_rects, int max);

/* --- Text without a layout (md/text.h in iOS's words: NSString's ranges) ------------------------- */

/* The next or previous grapheme boundary from offset, the end of the next word or the beginning of
 * the previous one; offset itself at the ends. */
MD_PUBLIC size_t md_text_next_grapheme(const char *text, size_t length, size_t offset);
MD_PUBLIC size_t md_text_previous_grapheme(const char *text, size_t length, size_t offset);
MD_PUBLIC size_t md_text_next_word(const char *text, size_t length, size_t offset);
MD_PUBLIC size_t md_text_previous_word(const char *text, size_t length, size_t offset);

/* Layouts made and found in the cache since the process began: tests count them. */
struct md_text_counts { uint64_t created, cached; };
MD_PUBLIC struct md_text_counts md_text_counts(void);

#endif
