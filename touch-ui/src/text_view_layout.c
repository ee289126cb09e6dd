/* Layout of a text view: only what is seen is measured; what was guessed wrong above it moves the
 * offset along, so that nothing jumps; what changed is drawn again and nothing else. */
#include <math.h>

#include "scroll_view_private.h"
#include "text_view_private.h"
#include "view_private.h"

/* Strips of pixels reach beyond the screen by less than this (view_contents.c). */
#define AHEAD 300.0
/* The canvas grows by this much, so that a new line does not make new surfaces of all strips. */
#define STEP 512.0
#define NOTHING MD_UNBOUNDED

static void damage(struct text_view *self, double top, double bottom)
{
	self->dirty_top = OS_MIN(self->dirty_top, top);
	self->dirty_bottom = OS_MAX(self->dirty_bottom, bottom);
}

void text_view_damage_all(struct ui_view *view)
{
	damage(text_view_of(view), -NOTHING, NOTHING);
	ui_view_set_needs_layout(view);
}

void text_view_damage_range(struct ui_view *view, struct text_range range)
{
	struct text_view *self = text_view_of(view);
	struct text_place first = text_paragraphs_at_offset(&self->paragraphs, range.start);
	struct text_place last = text_paragraphs_at_offset(&self->paragraphs, range.end);
	damage(self, first.y, last.y + text_paragraphs_item_height(&self->paragraphs, last));
}

void text_view_text_changed(void *view, size_t at, size_t removed, size_t inserted)
{
	struct text_view *self = text_view_of(view);
	struct text_paragraphs *paragraphs = &self->paragraphs;
	size_t length = text_buffer_length(&self->editor.buffer);
	bool is_all = length == inserted || length == 0; /* the placeholder comes or goes */
	damage(self, is_all ? -NOTHING : text_paragraphs_at_offset(paragraphs, at).y,
	       is_all ? NOTHING : -NOTHING);
	text_paragraphs_changed(paragraphs, text_buffer_text(&self->editor.buffer), at, removed,
				inserted);
	bool is_first = self->edited.end == 0;
	self->edited.start = is_first ? at : OS_MIN(self->edited.start, at);
	self->edited.end = is_first ? at + inserted + 1 : (size_t)-1;
}

/* An edited paragraph as high as before is drawn alone; else all below it moves. */
static void damage_edited(struct text_view *self, double old_height)
{
	if (self->edited.end == 0) {
		return;
	}
	size_t length = text_buffer_length(&self->editor.buffer);
	size_t end = OS_MIN(self->edited.end - 1, length);
	struct text_place last = text_paragraphs_at_offset(&self->paragraphs, end);
	bool is_same = text_paragraphs_height(&self->paragraphs) == old_height &&
		       self->edited.end != (size_t)-1;
	double bottom = last.y + text_paragraphs_item_height(&self->paragraphs, last);
	damage(self, NOTHING, is_same ? bottom : NOTHING);
	self->edited = (struct text_range){0, 0};
}

static void flush_damage(struct text_view *self)
{
	if (self->dirty_top < self->dirty_bottom) {
		struct md_rect bounds = ui_view_bounds(self->canvas);
		double top = OS_MAX(self->dirty_top + TEXT_VIEW_MARGIN_Y, 0);
		double bottom = OS_MIN(self->dirty_bottom + TEXT_VIEW_MARGIN_Y, bounds.height);
		/* Letters may reach a little out of their lines. */
		struct md_rect rect = {0, floor(top) - 2, bounds.width,
				       ceil(bottom) - floor(top) + 4};
		ui_view_set_needs_draw_rect(self->canvas, md_rect_intersect(rect, bounds));
	}
	self->dirty_top = NOTHING;
	self->dirty_bottom = -NOTHING;
}

void text_view_apply_style(struct ui_view *view, double width)
{
	struct text_view *self = text_view_of(view);
	const struct ui_appearance *appearance = ui_view_appearance(view);
	struct md_text_style style = {.font =
					  ui_font_for_style(self->style, appearance->text_size)};
	double column = OS_MAX(width - 2 * TEXT_VIEW_MARGIN_X, 1);
	text_paragraphs_set_style(&self->paragraphs, &style, column, appearance->rtl);
}

/* Measures what is seen. The first line on the screen stays where it is. */
static void measure(struct text_view *self, double top, double height)
{
	const char *text = text_buffer_text(&self->editor.buffer);
	struct text_paragraphs *paragraphs = &self->paragraphs;
	struct text_place anchor = text_paragraphs_at_y(paragraphs, OS_MAX(top, 0));
	double changed =
	    text_paragraphs_lay_out(paragraphs, text, top - AHEAD, top + height + AHEAD);
	if (changed < NOTHING) {
		damage(self, changed, NOTHING);
	}
	struct text_place place = {0};
	while (place.index < anchor.index && text_paragraphs_advance(paragraphs, &place)) {
	}
	bool edited = self->edited.end != 0 && self->edited.start <= place.start;
	if (place.y != anchor.y && !edited) {
		scroll_view_shift(self->scroller, place.y - anchor.y);
	}
}

/* Where the caret is, with its paragraph measured. */
static struct md_rect caret_rect(struct text_view *self)
{
	const char *text = text_buffer_text(&self->editor.buffer);
	struct text_paragraphs *paragraphs = &self->paragraphs;
	struct text_place place = text_paragraphs_at_offset(paragraphs, self->editor.buffer.caret);
	double guessed = text_paragraphs_item_height(paragraphs, place);
	struct md_rect rect = text_paragraphs_caret(paragraphs, text, self->editor.buffer.caret);
	if (text_paragraphs_item_height(paragraphs, place) != guessed) {
		damage(self, place.y, NOTHING);
	}
	return md_rect_offset(rect, TEXT_VIEW_MARGIN_X, TEXT_VIEW_MARGIN_Y);
}

static void size_canvas(struct text_view *self, struct md_rect bounds)
{
	double content = self->height + 2 * TEXT_VIEW_MARGIN_Y;
	double height = ceil(OS_MAX(content, bounds.height) / STEP) * STEP;
	ui_view_set_frame(self->canvas, (struct md_rect){0, 0, bounds.width, height});
	ui_scroll_view_set_content_size(self->scroller, (struct md_size){bounds.width, content});
	scroll_view_layout(self->scroller, ui_view_bounds(self->scroller));
}

/* The caret's line, clear of the bars that cover the scroller, and of its edge by a margin. */
static void reveal(struct text_view *self, struct md_rect caret)
{
	struct md_insets safe = ui_view_safe_area(self->scroller);
	struct md_rect rect = {0, caret.y - safe.top - TEXT_VIEW_MARGIN_Y, 1,
			       caret.height + safe.top + safe.bottom + 2 * TEXT_VIEW_MARGIN_Y};
	ui_scroll_view_show(self->scroller, rect, false);
}

void text_view_layout(struct ui_view *view, struct md_rect bounds)
{
	struct text_view *self = text_view_of(view);
	ui_view_set_frame(self->scroller, bounds);
	/* Its strips are opaque then: scrolling is copying, not blending. */
	ui_view_set_background_rgb(self->canvas, ui_view_background_color(view));
	text_view_apply_style(view, bounds.width);
	bool focused = ui_view_is_first_responder(view);
	if (focused && self->reveals) {
		caret_rect(self);
	}
	measure(self, ui_scroll_view_offset(self->scroller).y - TEXT_VIEW_MARGIN_Y, bounds.height);
	struct md_rect caret = focused ? caret_rect(self) : (struct md_rect){0, 0, 0, 0};
	damage_edited(self, self->height);
	self->height = text_paragraphs_height(&self->paragraphs);
	size_canvas(self, bounds);
	if (focused) {
		text_caret_place(&self->editor.caret, caret);
		if (self->reveals) {
			reveal(self, caret);
		}
		self->reveals = false;
	}
	flush_damage(self);
}
