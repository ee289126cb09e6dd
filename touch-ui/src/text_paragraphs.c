#include "text_paragraphs.h"

#include <math.h>
#include <string.h>

/* Before it is laid out a letter is taken to be as wide as half its size, as Inter's are. */
#define GUESSED_LETTER 0.5

static struct text_paragraph *item_at(const struct text_paragraphs *paragraphs, size_t index)
{
	return os_array_at(&paragraphs->items, index);
}

static double guessed_height(const struct text_paragraphs *paragraphs, size_t bytes)
{
	double letter = OS_MAX(paragraphs->style.font.size * GUESSED_LETTER, 1);
	double lines = ceil((double)bytes * letter / OS_MAX(paragraphs->width, letter));
	return OS_MAX(lines, 1) * paragraphs->line_height;
}

void text_paragraphs_init(struct text_paragraphs *paragraphs)
{
	*paragraphs = (struct text_paragraphs){.width = MD_UNBOUNDED};
	os_array_init(&paragraphs->items, sizeof(struct text_paragraph));
	os_array_append(&paragraphs->items);
}

static void forget(struct text_paragraphs *paragraphs, struct text_paragraph *item)
{
	item->layout = md_text_layout_release(item->layout);
	item->measured = false;
	item->height = guessed_height(paragraphs, item->length);
}

void text_paragraphs_finish(struct text_paragraphs *paragraphs)
{
	for (size_t i = 0; i < paragraphs->items.count; i++) {
		md_text_layout_release(item_at(paragraphs, i)->layout);
	}
	os_array_finish(&paragraphs->items);
}

void text_paragraphs_set_style(struct text_paragraphs *paragraphs,
			       const struct md_text_style *style, double width, bool rtl)
{
	bool same = md_font_equal(paragraphs->style.font, style->font) && paragraphs->rtl == rtl &&
		    paragraphs->style.align == style->align && paragraphs->width == width;
	if (same) {
		return;
	}
	paragraphs->style = *style;
	paragraphs->width = width;
	paragraphs->rtl = rtl;
	paragraphs->line_height = ceil(md_font_metrics(style->font).line_height);
	for (size_t i = 0; i < paragraphs->items.count; i++) {
		forget(paragraphs, item_at(paragraphs, i));
	}
}

/* --- Where things are ------------------------------------------------------------------------- */

double text_paragraphs_height(const struct text_paragraphs *paragraphs)
{
	double height = 0;
	for (size_t i = 0; i < paragraphs->items.count; i++) {
		height += item_at(paragraphs, i)->height;
	}
	return height;
}

bool text_paragraphs_advance(const struct text_paragraphs *paragraphs, struct text_place *place)
{
	if (place->index + 1 >= paragraphs->items.count) {
		return false;
	}
	const struct text_paragraph *item = item_at(paragraphs, place->index);
	place->start += item->length;
	place->y += item->height;
	place->index++;
	return true;
}

struct text_place text_paragraphs_at_offset(const struct text_paragraphs *paragraphs, size_t offset)
{
	struct text_place place = {0};
	while (offset >= place.start + item_at(paragraphs, place.index)->length) {
		if (!text_paragraphs_advance(paragraphs, &place)) {
			break;
		}
	}
	return place;
}

struct text_place text_paragraphs_at_y(const struct text_paragraphs *paragraphs, double y)
{
	struct text_place place = {0};
	while (y >= place.y + item_at(paragraphs, place.index)->height) {
		if (!text_paragraphs_advance(paragraphs, &place)) {
			break;
		}
	}
	return place;
}

/* --- Changes ---------------------------------------------------------------------------------- */

static bool is_continuation(char byte)
{
	return ((unsigned char)byte & 0xc0) == 0x80;
}

/* How many of the bytes make the next paragraph, or piece of one. */
static size_t split(const char *text, size_t length)
{
	const char *newline = memchr(text, '\n', OS_MIN(length, TEXT_PARAGRAPH_BYTES));
	if (newline != NULL) {
		return (size_t)(newline - text) + 1;
	}
	if (length <= TEXT_PARAGRAPH_BYTES) {
		return length;
	}
	const char *blank = memrchr(text + TEXT_PARAGRAPH_BYTES / 2, ' ', TEXT_PARAGRAPH_BYTES / 2);
	if (blank != NULL) {
		return (size_t)(blank - text) + 1;
	}
	size_t end = md_text_previous_grapheme(text, length, TEXT_PARAGRAPH_BYTES);
	while (end > 0 && is_continuation(text[end])) {
		end--;
	}
	return end > 0 ? end : TEXT_PARAGRAPH_BYTES;
}

static void remove_items(struct text_paragraphs *paragraphs, size_t index, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		md_text_layout_release(item_at(paragraphs, index + i)->layout);
	}
	os_array_remove(&paragraphs->items, index, count);
}

static void insert_item(struct text_paragraphs *paragraphs, size_t index, size_t length)
{
	struct text_paragraph *item = os_array_insert(&paragraphs->items, index);
	item->length = length;
	item->height = guessed_height(paragraphs, length);
}

void text_paragraphs_changed(struct text_paragraphs *paragraphs, const char *text, size_t at,
			     size_t removed, size_t inserted)
{
	struct text_place first = text_paragraphs_at_offset(paragraphs, at);
	struct text_place last = first;
	while (at + removed >= last.start + item_at(paragraphs, last.index)->length) {
		if (!text_paragraphs_advance(paragraphs, &last)) {
			break;
		}
	}
	size_t count = last.index - first.index + 1;
	size_t old = last.start + item_at(paragraphs, last.index)->length - first.start;
	bool reaches_end = last.index + 1 == paragraphs->items.count;
	remove_items(paragraphs, first.index, count);
	const char *begin = text + first.start;
	size_t length = old - removed + inserted;
	size_t index = first.index;
	size_t done = 0;
	while (done < length) {
		size_t part = split(begin + done, length - done);
		insert_item(paragraphs, index++, part);
		done += part;
	}
	/* Behind the last newline there is a paragraph, too. */
	if (reaches_end && (length == 0 || begin[length - 1] == '\n')) {
		insert_item(paragraphs, index, 0);
	}
}

/* --- Layouts ---------------------------------------------------------------------------------- */

static bool ends_in_newline(const char *text, size_t length)
{
	return length > 0 && text[length - 1] == '\n';
}

const struct md_text_layout *text_paragraphs_layout(struct text_paragraphs *paragraphs,
						    const char *text, struct text_place place)
{
	struct text_paragraph *item = item_at(paragraphs, place.index);
	if (item->layout == NULL) {
		const char *begin = text + place.start;
		size_t length = item->length - (ends_in_newline(begin, item->length) ? 1 : 0);
		struct md_text_style style = paragraphs->style;
		style.direction =
		    paragraphs->rtl && length == 0 ? MD_DIRECTION_RTL : MD_DIRECTION_AUTO;
		item->layout = md_text_layout_create(begin, length, &style, paragraphs->width);
		item->height = md_text_layout_size(item->layout).height;
		item->measured = true;
	}
	return item->layout;
}

double text_paragraphs_item_height(const struct text_paragraphs *paragraphs,
				   struct text_place place)
{
	return item_at(paragraphs, place.index)->height;
}

double text_paragraphs_lay_out(struct text_paragraphs *paragraphs, const char *text, double top,
			       double bottom)
{
	double margin = bottom - top;
	double changed = MD_UNBOUNDED;
	struct text_place place = {0};
	do {
		struct text_paragraph *item = item_at(paragraphs, place.index);
		double guessed = item->height;
		if (place.y < bottom && place.y + item->height > top) {
			text_paragraphs_layout(paragraphs, text, place);
		} else if (place.y > bottom + margin || place.y + item->height < top - margin) {
			item->layout = md_text_layout_release(item->layout);
		}
		if (item->height != guessed && changed == MD_UNBOUNDED) {
			changed = place.y;
		}
	} while (text_paragraphs_advance(paragraphs, &place));
	return changed;
}

/* --- Carets ----------------------------------------------------------------------------------- */

struct md_rect text_paragraphs_caret(struct text_paragraphs *paragraphs, const char *text,
				     size_t offset)
{
	struct text_place place = text_paragraphs_at_offset(paragraphs, offset);
	const struct md_text_layout *layout = text_paragraphs_layout(paragraphs, text, place);
	return md_rect_offset(md_text_layout_caret(layout, offset - place.start), 0, place.y);
}

/* Behind a piece that has no newline is the beginning of the next one: not there, please. */
static size_t in_place(const struct text_paragraphs *paragraphs, const char *text,
		       struct text_place place, size_t offset)
{
	const struct text_paragraph *item = item_at(paragraphs, place.index);
	bool is_last = place.index + 1 == paragraphs->items.count;
	if (offset == item->length && !is_last) {
		offset = md_text_previous_grapheme(text + place.start, item->length, offset);
	}
	return place.start + offset;
}

size_t text_paragraphs_offset_at(struct text_paragraphs *paragraphs, const char *text,
				 struct md_point point)
{
	struct text_place place = text_paragraphs_at_y(paragraphs, point.y);
	const struct md_text_layout *layout = text_paragraphs_layout(paragraphs, text, place);
	size_t offset =
	    md_text_layout_offset_at(layout, (struct md_point){point.x, point.y - place.y});
	return in_place(paragraphs, text, place, offset);
}

static bool step_back(const struct text_paragraphs *paragraphs, struct text_place *place)
{
	if (place->index == 0) {
		return false;
	}
	place->index--;
	place->start -= item_at(paragraphs, place->index)->length;
	return true;
}

size_t text_paragraphs_move_line(struct text_paragraphs *paragraphs, const char *text,
				 size_t offset, int lines, double *x)
{
	struct text_place place = text_paragraphs_at_offset(paragraphs, offset);
	const struct md_text_layout *layout = text_paragraphs_layout(paragraphs, text, place);
	struct md_rect caret = md_text_layout_caret(layout, offset - place.start);
	if (*x < 0) {
		*x = caret.x;
	}
	double height = md_text_layout_size(layout).height;
	bool at_edge = lines < 0 ? caret.y < 1 : caret.y + caret.height > height - 1;
	if (!at_edge) {
		size_t to = md_text_layout_offset_in_line(layout, offset - place.start, lines, x);
		return in_place(paragraphs, text, place, to);
	}
	bool is_there =
	    lines < 0 ? step_back(paragraphs, &place) : text_paragraphs_advance(paragraphs, &place);
	if (!is_there) {
		return lines < 0 ? 0 : place.start + item_at(paragraphs, place.index)->length;
	}
	layout = text_paragraphs_layout(paragraphs, text, place);
	double y = lines < 0 ? md_text_layout_size(layout).height - 1 : 0;
	return in_place(paragraphs, text, place,
			md_text_layout_offset_at(layout, (struct md_point){*x, y}));
}

size_t text_paragraphs_move_beside(struct text_paragraphs *paragraphs, const char *text,
				   size_t offset, int step)
{
	struct text_place place = text_paragraphs_at_offset(paragraphs, offset);
	const struct md_text_layout *layout = text_paragraphs_layout(paragraphs, text, place);
	size_t to;
	if (md_text_layout_offset_beside(layout, offset - place.start, step, &to)) {
		return in_place(paragraphs, text, place, to);
	}
	/* Over the edge: on in reading order. */
	size_t start, end;
	text_paragraphs_line(paragraphs, text, offset, &start, &end);
	bool forward = (step > 0) != md_text_layout_is_rtl(layout);
	size_t length = place.start + item_at(paragraphs, place.index)->length;
	if (forward && end == length) {
		bool is_last = place.index + 1 == paragraphs->items.count;
		return is_last ? offset : end;
	}
	if (!forward && start == 0) {
		return offset;
	}
	return forward ? md_text_next_grapheme(text, length, end)
		       : md_text_previous_grapheme(text, length, start);
}

void text_paragraphs_line(struct text_paragraphs *paragraphs, const char *text, size_t offset,
			  size_t *ret_start, size_t *ret_end)
{
	struct text_place place = text_paragraphs_at_offset(paragraphs, offset);
	const struct md_text_layout *layout = text_paragraphs_layout(paragraphs, text, place);
	md_text_layout_line_range(layout, offset - place.start, ret_start, ret_end);
	*ret_start += place.start;
	*ret_end += place.start;
	/* Where a line was broken its end is where the next one begins: the caret stays in this one. */
	struct md_rect caret = text_paragraphs_caret(paragraphs, text, *ret_start);
	struct md_rect end = text_paragraphs_caret(paragraphs, text, *ret_end);
	if (*ret_end > *ret_start && end.y > caret.y) {
		*ret_end = md_text_previous_grapheme(text, *ret_end, *ret_end);
	}
}
