/* Text layout's inside. Private.
 *
 * A layout keeps what pango made of its text as plain glyphs and lines, not pango's own objects,
 * which belong to the font map of one thread. What editing needs on top (a caret for each
 * grapheme) is made when it is first asked for. */
#ifndef MD_TEXT_LAYOUT_PRIVATE_H
#define MD_TEXT_LAYOUT_PRIVATE_H

#include <pango/pangocairo.h>
#include <stdatomic.h>

#include <md/text_layout.h>
#include <os/list.h>

#include "clean_text.h"

struct md_text_run {
	cairo_scaled_font_t *font;
	uint32_t first_glyph, glyph_count;
};

struct md_text_line {
	size_t start, end;          /* bytes of the clean text, without the paragraph's end */
	double x, y, width, height; /* points */
	double baseline;
	uint32_t first_run, run_count;
	bool ends_paragraph, rtl;
};

struct md_text_caret {
	uint32_t offset; /* in the caller's bytes */
	uint32_t line;
	float left, right; /* the grapheme's edges; both the same at a line's end */
	bool rtl;
};

struct md_text_carets {
	size_t count;
	struct md_text_caret at[];
};

struct md_text_layout {
	atomic_int references;
	/* What it was asked for: the cache's key. */
	uint64_t hash;
	char *key;
	size_t key_length;
	struct md_text_style style;
	double width;

	struct md_clean_text text;
	struct md_size size;
	bool cut;
	struct md_text_line *lines;
	struct md_text_run *runs;
	cairo_glyph_t *glyphs;
	uint32_t line_count, run_count, glyph_count;
	_Atomic(struct md_text_carets *) carets;

	/* The cache's, under its lock. */
	struct os_list recent;
	struct md_text_layout *next_in_bucket;
};

/* --- text_shape.c: from pango's words to ours --------------------------------------------------- */

/* Lays the text out on this thread; the caller unrefs. */
PangoLayout *md_text_shape(const struct md_text_layout *layout, bool *ret_cut);
/* Fills lines, runs, glyphs and size. */
void md_text_shape_extract(struct md_text_layout *layout, PangoLayout *shaped);

/* --- text_cache.c --------------------------------------------------------------------------------- */

uint64_t md_text_cache_hash(const char *text, size_t length, const struct md_text_style *style,
			    double width);
/* A reference to the layout of this key, or NULL. */
struct md_text_layout *md_text_cache_find(uint64_t hash, const char *text, size_t length,
					  const struct md_text_style *style, double width);
void md_text_cache_add(struct md_text_layout *layout);
/* Tests: forgets all. */
void md_text_cache_clear(void);

/* --- text_caret.c --------------------------------------------------------------------------------- */

const struct md_text_carets *md_text_carets(const struct md_text_layout *layout);

#endif
