/* Where carets stand in a layout: one for each grapheme and one for each paragraph's end. */
#include "text_layout_private.h"

#include <math.h>
#include <pthread.h>

#include <os/memory.h>

static pthread_mutex_t s_lock = PTHREAD_MUTEX_INITIALIZER;

struct edges {
	double left, right;
	bool rtl;
};

struct builder {
	const struct md_text_layout *layout;
	const char *text;          /* pango's: the clean text, or as much of it as is shown */
	const PangoLogAttr *attrs; /* of all its characters */
	struct md_text_carets *carets;
	struct edges *edges; /* of each character of the line at hand */
	int *widths;         /* the same of a run */
};

static void add(struct builder *builder, size_t clean_offset, size_t line, struct edges edges)
{
	builder->carets->at[builder->carets->count++] = (struct md_text_caret){
	    .offset = (uint32_t)md_clean_text_to_original(&builder->layout->text, clean_offset),
	    .line = (uint32_t)line,
	    .left = (float)edges.left,
	    .right = (float)edges.right,
	    .rtl = edges.rtl,
	};
}

/* Fills the edges of each character of a run that begins at x; returns where it ends. */
static double run_edges(struct builder *builder, PangoGlyphItem *item, int line_start, double x)
{
	int count = item->item->num_chars;
	bool rtl = item->item->analysis.level % 2 == 1;
	long first = g_utf8_strlen(builder->text + line_start, item->item->offset - line_start);
	pango_glyph_item_get_logical_widths(item, builder->text, builder->widths);
	double left = x;
	int sum = 0;
	for (int i = 0; i < count; i++) {
		int at = rtl ? count - 1 - i : i;
		sum += builder->widths[at];
		double right = x + (double)sum / PANGO_SCALE;
		builder->edges[first + at] = (struct edges){left, right, rtl};
		left = right;
	}
	return left;
}

/* Adds the carets of a line; `character` is the number of its first character in the text. */
static void add_line(struct builder *builder, const PangoLayoutLine *line, size_t index,
		     long character)
{
	const struct md_text_line *ours = &builder->layout->lines[index];
	double x = ours->x;
	for (GSList *run = line->runs; run != NULL; run = run->next) {
		x = run_edges(builder, run->data, line->start_index, x);
	}
	const char *start = builder->text + line->start_index;
	long count = g_utf8_strlen(start, line->length);
	bool line_rtl = line->resolved_dir == PANGO_DIRECTION_RTL;
	struct edges last = {ours->x + (line_rtl ? ours->width : 0), 0, line_rtl};
	last.right = last.left;
	const char *at = start;
	for (long i = 0; i < count; i++, at = g_utf8_next_char(at)) {
		struct edges cell = builder->edges[i];
		if (builder->attrs[character + i].is_cursor_position || i == 0) {
			add(builder, (size_t)(at - builder->text), index, cell);
		} else {
			struct md_text_caret *caret =
			    &builder->carets->at[builder->carets->count - 1];
			caret->left = (float)fmin(caret->left, cell.left);
			caret->right = (float)fmax(caret->right, cell.right);
		}
		last = cell;
	}
	if (ours->ends_paragraph) {
		double edge = count == 0 || last.rtl ? last.left : last.right;
		add(builder, ours->end, index, (struct edges){edge, edge, last.rtl});
	}
}

static struct md_text_carets *build(const struct md_text_layout *layout)
{
	bool cut;
	PangoLayout *shaped = md_text_shape(layout, &cut);
	int attr_count = 0;
	struct builder builder = {.layout = layout, .text = pango_layout_get_text(shaped)};
	builder.attrs = pango_layout_get_log_attrs_readonly(shaped, &attr_count);
	size_t most = (size_t)attr_count + layout->line_count + 1;
	builder.carets = os_alloc(sizeof(*builder.carets) + most * sizeof(builder.carets->at[0]));
	builder.edges = os_alloc_array(most, sizeof(*builder.edges));
	builder.widths = os_alloc_array(most, sizeof(*builder.widths));
	size_t index = 0;
	int byte = 0;
	long character = 0;
	for (GSList *at = pango_layout_get_lines_readonly(shaped); at != NULL;
	     at = at->next, index++) {
		const PangoLayoutLine *line = at->data;
		character += g_utf8_strlen(builder.text + byte, line->start_index - byte);
		byte = line->start_index;
		add_line(&builder, line, index, character);
	}
	os_free(builder.edges);
	os_free(builder.widths);
	g_object_unref(shaped);
	return builder.carets;
}

const struct md_text_carets *md_text_carets(const struct md_text_layout *layout)
{
	/* Made late, and the same whoever makes them: the layout stays immutable to all who look. */
	struct md_text_layout *writable = (struct md_text_layout *)layout;
	struct md_text_carets *carets = atomic_load(&writable->carets);
	if (carets != NULL) {
		return carets;
	}
	pthread_mutex_lock(&s_lock);
	carets = atomic_load(&writable->carets);
	if (carets == NULL) {
		carets = build(layout);
		atomic_store(&writable->carets, carets);
	}
	pthread_mutex_unlock(&s_lock);
	return carets;
}

/* --- Questions ---------------------------------------------------------------------------------------- */

static double leading(const struct md_text_caret *caret)
{
	return caret->rtl ? caret->right : caret->left;
}

/* The last caret at or before an offset. */
static size_t find(const struct md_text_carets *carets, size_t offset)
{
	size_t low = 0;
	size_t high = carets->count;
	while (high - low > 1) {
		size_t middle = (low + high) / 2;
		if (carets->at[middle].offset <= offset) {
			low = middle;
		} else {
			high = middle;
		}
	}
	return low;
}

/* The caret of a line that is nearest to x. */
static size_t nearest_in_line(const struct md_text_carets *carets, uint32_t line, double x)
{
	size_t best = carets->count - 1;
	double best_distance = INFINITY;
	for (size_t i = 0; i < carets->count; i++) {
		double distance = fabs(leading(&carets->at[i]) - x);
		if (carets->at[i].line == line && distance < best_distance) {
			best = i;
			best_distance = distance;
		}
	}
	return best;
}

struct md_rect md_text_layout_caret(const struct md_text_layout *layout, size_t offset)
{
	const struct md_text_carets *carets = md_text_carets(layout);
	const struct md_text_caret *caret = &carets->at[find(carets, offset)];
	const struct md_text_line *line = &layout->lines[caret->line];
	/* As high as the text's own font, also where a fallback font makes the line higher. */
	struct md_font_metrics metrics = md_font_metrics(layout->style.font);
	return (struct md_rect){leading(caret), line->baseline - metrics.ascent, 0,
				metrics.ascent + metrics.descent};
}

size_t md_text_layout_offset_at(const struct md_text_layout *layout, struct md_point point)
{
	const struct md_text_carets *carets = md_text_carets(layout);
	uint32_t line = 0;
	while (line + 1 < layout->line_count && point.y >= layout->lines[line + 1].y) {
		line++;
	}
	return carets->at[nearest_in_line(carets, line, point.x)].offset;
}

size_t md_text_layout_offset_in_line(const struct md_text_layout *layout, size_t offset, int lines,
				     double *x)
{
	const struct md_text_carets *carets = md_text_carets(layout);
	const struct md_text_caret *caret = &carets->at[find(carets, offset)];
	if (*x < 0) {
		*x = leading(caret);
	}
	int64_t line = (int64_t)caret->line + lines;
	if (line < 0) {
		return 0;
	}
	if (line >= layout->line_count) {
		return layout->text.original_length;
	}
	return carets->at[nearest_in_line(carets, (uint32_t)line, *x)].offset;
}

/* Whether a stands before b on the screen, from left to right; those at one place in their own order. */
static bool is_left_of(const struct md_text_caret *a, const struct md_text_caret *b)
{
	return leading(a) != leading(b) ? leading(a) < leading(b) : a->offset < b->offset;
}

bool md_text_layout_offset_beside(const struct md_text_layout *layout, size_t offset, int step,
				  size_t *ret_offset)
{
	const struct md_text_carets *carets = md_text_carets(layout);
	const struct md_text_caret *here = &carets->at[find(carets, offset)];
	const struct md_text_caret *best = NULL;
	for (size_t i = 0; i < carets->count; i++) {
		const struct md_text_caret *caret = &carets->at[i];
		bool beyond = step > 0 ? is_left_of(here, caret) : is_left_of(caret, here);
		bool nearer =
		    best == NULL || (step > 0 ? is_left_of(caret, best) : is_left_of(best, caret));
		if (caret->line == here->line && beyond && nearer) {
			best = caret;
		}
	}
	if (best != NULL) {
		*ret_offset = best->offset;
	}
	return best != NULL;
}

bool md_text_layout_is_rtl(const struct md_text_layout *layout)
{
	return layout->lines[0].rtl;
}

void md_text_layout_line_range(const struct md_text_layout *layout, size_t offset,
			       size_t *ret_start, size_t *ret_end)
{
	const struct md_text_carets *carets = md_text_carets(layout);
	const struct md_text_line *line = &layout->lines[carets->at[find(carets, offset)].line];
	*ret_start = md_clean_text_to_original(&layout->text, line->start);
	*ret_end = md_clean_text_to_original(&layout->text, line->end);
}

/* Makes the last rectangle longer if the caret's cell touches it in the same line. */
static bool joins(struct md_rect *rect, const struct md_text_line *line,
		  const struct md_text_caret *caret)
{
	double right = rect->x + rect->width;
	if (rect->y != line->y || caret->left > right + 0.01 || caret->right < rect->x - 0.01) {
		return false;
	}
	double left = fmin(rect->x, caret->left);
	rect->width = fmax(right, caret->right) - left;
	rect->x = left;
	return true;
}

int md_text_layout_range_rects(const struct md_text_layout *layout, size_t start, size_t end,
			       struct md_rect *ret_rects, int max)
{
	const struct md_text_carets *carets = md_text_carets(layout);
	int count = 0;
	for (size_t i = find(carets, start); i < carets->count && carets->at[i].offset < end; i++) {
		const struct md_text_caret *caret = &carets->at[i];
		const struct md_text_line *line = &layout->lines[caret->line];
		if (caret->right <= caret->left ||
		    (count > 0 && joins(&ret_rects[count - 1], line, caret))) {
			continue;
		}
		if (count == max) {
			break;
		}
		ret_rects[count++] = (struct md_rect){caret->left, line->y,
						      caret->right - caret->left, line->height};
	}
	return count;
}
