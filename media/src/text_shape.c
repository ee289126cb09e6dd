#include "text_layout_private.h"

#include <math.h>
#include <string.h>

#include <os/memory.h>

#include "font_map.h"

#define ELLIPSIS "\xe2\x80\xa6"

static PangoDirection base_direction(const struct md_text_style *style)
{
	return style->direction == MD_DIRECTION_RTL ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR;
}

static PangoLayout *make(const struct md_text_layout *layout)
{
	const struct md_text_style *style = &layout->style;
	PangoLayout *shaped = pango_layout_new(md_font_map_context(base_direction(style)));
	PangoFontDescription *description = md_font_map_describe(style->font);
	pango_layout_set_font_description(shaped, description);
	pango_font_description_free(description);
	pango_layout_set_auto_dir(shaped, style->direction == MD_DIRECTION_AUTO);
	pango_layout_set_wrap(shaped, PANGO_WRAP_WORD_CHAR);
	if (style->line_spacing != 0) {
		pango_layout_set_spacing(shaped, (int)(style->line_spacing * PANGO_SCALE));
	}
	pango_layout_set_text(shaped, layout->text.bytes, (int)layout->text.length);
	return shaped;
}

/* Looking for line breaks costs half as much again as the shaping of a label does. So what probably
 * fits is laid out without a width first. */
static bool probably_fits(const struct md_text_layout *layout)
{
	return (double)layout->text.length * layout->style.font.size * 0.5 < layout->width;
}

static void bound(const struct md_text_layout *layout, PangoLayout *shaped)
{
	int width = (int)floor(layout->width * PANGO_SCALE);
	if (layout->width >= MD_UNBOUNDED) {
		return;
	}
	if (probably_fits(layout)) {
		int natural;
		pango_layout_get_size(shaped, &natural, NULL);
		if (natural <= width) {
			return;
		}
	}
	pango_layout_set_width(shaped, width);
}

/* The bottom of a line, in pango's units. */
static int line_bottom(PangoLayout *shaped, int index)
{
	PangoLayoutIter *iter = pango_layout_get_iter(shaped);
	for (int i = 0; i < index; i++) {
		pango_layout_iter_next_line(iter);
	}
	PangoRectangle logical;
	pango_layout_iter_get_line_extents(iter, NULL, &logical);
	pango_layout_iter_free(iter);
	return logical.y + logical.height;
}

/* Ends the text in … at the last line there may be. Pango does so inside the last paragraph it is
 * given; so the paragraphs after the one that holds the line go, and if that one fits, it gets a
 * … of its own, which moves letters away where there is no room. */
static void cut(const struct md_text_layout *layout, PangoLayout *shaped)
{
	int max = layout->style.max_lines;
	const PangoLayoutLine *last = pango_layout_get_line_readonly(shaped, max - 1);
	const PangoLayoutLine *after = pango_layout_get_line_readonly(shaped, max);
	size_t start = (size_t)last->start_index;
	int end = 0;
	int next = 0;
	pango_find_paragraph_boundary(layout->text.bytes + start,
				      (int)(layout->text.length - start), &end, &next);
	size_t length = start + (size_t)end;
	bool paragraph_fits = after->is_paragraph_start;

	char *text = os_alloc_array(length + sizeof(ELLIPSIS), 1);
	memcpy(text, layout->text.bytes, length);
	if (paragraph_fits) {
		memcpy(text + length, ELLIPSIS, sizeof(ELLIPSIS));
		length += sizeof(ELLIPSIS) - 1;
	}
	bool one_paragraph = pango_layout_get_line_readonly(shaped, 0)->start_index == 0 &&
			     memchr(text, '\n', length) == NULL;
	int height = one_paragraph ? -max : line_bottom(shaped, max - 1) + 1;
	pango_layout_set_text(shaped, text, (int)length);
	if (layout->width < MD_UNBOUNDED) {
		pango_layout_set_width(shaped, (int)floor(layout->width * PANGO_SCALE));
	}
	pango_layout_set_height(shaped, height);
	pango_layout_set_ellipsize(shaped, PANGO_ELLIPSIZE_END);
	os_free(text);
}

PangoLayout *md_text_shape(const struct md_text_layout *layout, bool *ret_cut)
{
	PangoLayout *shaped = make(layout);
	bound(layout, shaped);
	int max = layout->style.max_lines;
	*ret_cut = max > 0 && pango_layout_get_line_count(shaped) > max;
	if (*ret_cut) {
		cut(layout, shaped);
	}
	return shaped;
}

/* --- Extraction ------------------------------------------------------------------------------------ */

static double points(int units)
{
	return (double)units / PANGO_SCALE;
}

static void count(struct md_text_layout *layout, PangoLayout *shaped)
{
	for (GSList *at = pango_layout_get_lines_readonly(shaped); at != NULL; at = at->next) {
		const PangoLayoutLine *line = at->data;
		layout->line_count++;
		for (GSList *run = line->runs; run != NULL; run = run->next) {
			layout->run_count++;
			layout->glyph_count +=
			    (uint32_t)((PangoGlyphItem *)run->data)->glyphs->num_glyphs;
		}
	}
	layout->lines = os_alloc_array(layout->line_count, sizeof(*layout->lines));
	layout->runs = os_alloc_array(layout->run_count, sizeof(*layout->runs));
	layout->glyphs = os_alloc_array(layout->glyph_count, sizeof(*layout->glyphs));
	layout->line_count = layout->run_count = layout->glyph_count = 0;
}

/* Adds the run's glyphs from x on, in points from the line's left end; returns the run's width. */
static double extract_run(struct md_text_layout *layout, const PangoGlyphItem *item, double x,
			  double baseline)
{
	struct md_text_run *run = &layout->runs[layout->run_count++];
	cairo_scaled_font_t *font =
	    pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(item->item->analysis.font));
	run->font = cairo_scaled_font_reference(font);
	run->first_glyph = layout->glyph_count;
	int advance = item->start_x_offset;
	for (int i = 0; i < item->glyphs->num_glyphs; i++) {
		const PangoGlyphInfo *info = &item->glyphs->glyphs[i];
		if (info->glyph != PANGO_GLYPH_EMPTY) {
			/* What no font has is shown by the font's own sign for it, glyph 0. */
			bool unknown = (info->glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0;
			layout->glyphs[layout->glyph_count++] = (cairo_glyph_t){
			    .index = unknown ? 0 : info->glyph,
			    .x = x + points(advance + info->geometry.x_offset),
			    .y = baseline + points(info->geometry.y_offset - item->y_offset),
			};
		}
		advance += info->geometry.width;
	}
	run->glyph_count = layout->glyph_count - run->first_glyph;
	return points(advance + item->end_x_offset);
}

static double line_x(const struct md_text_layout *layout, const PangoLayoutLine *line, double width,
		     double box)
{
	bool rtl = line->resolved_dir == PANGO_DIRECTION_RTL;
	switch (layout->style.align) {
	case MD_ALIGN_LEFT:
		return 0;
	case MD_ALIGN_CENTER:
		return (box - width) / 2;
	case MD_ALIGN_RIGHT:
		return box - width;
	case MD_ALIGN_NATURAL:
		break;
	}
	return rtl ? box - width : 0;
}

static void extract_line(struct md_text_layout *layout, PangoLayoutIter *iter, double box)
{
	const PangoLayoutLine *line = pango_layout_iter_get_line_readonly(iter);
	PangoRectangle logical;
	pango_layout_iter_get_line_extents(iter, NULL, &logical);
	struct md_text_line *ours = &layout->lines[layout->line_count++];
	*ours = (struct md_text_line){
	    .start = OS_MIN((size_t)line->start_index, layout->text.length),
	    .end = OS_MIN((size_t)(line->start_index + line->length), layout->text.length),
	    .y = points(logical.y),
	    .width = points(logical.width),
	    .height = points(logical.height),
	    .baseline = points(pango_layout_iter_get_baseline(iter)),
	    .first_run = layout->run_count,
	    .ends_paragraph = true,
	    .rtl = line->resolved_dir == PANGO_DIRECTION_RTL,
	};
	if (!line->is_paragraph_start && layout->line_count > 1) {
		layout->lines[layout->line_count - 2].ends_paragraph = false;
	}
	ours->x = line_x(layout, line, ours->width, box);
	double x = ours->x;
	for (GSList *at = line->runs; at != NULL; at = at->next) {
		x += extract_run(layout, at->data, x, ours->baseline);
	}
	ours->run_count = layout->run_count - ours->first_run;
}

void md_text_shape_extract(struct md_text_layout *layout, PangoLayout *shaped)
{
	count(layout, shaped);
	PangoRectangle logical;
	pango_layout_get_extents(shaped, NULL, &logical);
	layout->size = (struct md_size){ceil(points(logical.width)), ceil(points(logical.height))};
	double box = layout->width < MD_UNBOUNDED ? layout->width : points(logical.width);
	PangoLayoutIter *iter = pango_layout_get_iter(shaped);
	do {
		extract_line(layout, iter, box);
	} while (pango_layout_iter_next_line(iter));
	pango_layout_iter_free(iter);
}
