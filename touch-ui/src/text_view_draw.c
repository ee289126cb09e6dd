/* The text view's canvas: draws the paragraphs that meet what is dirty. */
#include <string.h>

#include "text_draw.h"
#include "text_view_private.h"

#define EMPTY_LINE_WIDTH 8.0 /* of a selected line without letters */

struct text_canvas {
	struct ui_view *text_view; /* weak: it owns us */
};

static const struct ui_view_class s_canvas_class;

/* The part of a range of the text that is in the paragraph, counted from its beginning. */
static struct text_range inside(struct text_range range, size_t start, size_t length)
{
	size_t from = OS_CLAMP(range.start, start, start + length);
	size_t to = OS_CLAMP(range.end, start, start + length);
	return (struct text_range){from - start, to - start};
}

struct pen {
	struct md_canvas *canvas;
	struct md_color label, selection, marked;
	struct text_range selected;
};

static void draw_paragraph(struct text_view *self, const struct pen *pen, struct text_place place)
{
	const char *text = text_buffer_text(&self->editor.buffer);
	const struct md_text_layout *layout =
	    text_paragraphs_layout(&self->paragraphs, text, place);
	struct md_point at = {TEXT_VIEW_MARGIN_X, TEXT_VIEW_MARGIN_Y + place.y};
	struct text_place next = place;
	size_t end = text_buffer_length(&self->editor.buffer);
	if (text_paragraphs_advance(&self->paragraphs, &next)) {
		end = next.start;
	}
	struct text_range selected = inside(pen->selected, place.start, end - place.start);
	if (selected.end > selected.start) {
		text_draw_range(pen->canvas, layout, selected, at, pen->selection);
		if (text[place.start] == '\n') {
			double x = md_text_layout_caret(layout, 0).x;
			x -= md_text_layout_is_rtl(layout) ? EMPTY_LINE_WIDTH : 0;
			struct md_rect line = {at.x + x, at.y, EMPTY_LINE_WIDTH,
					       md_text_layout_size(layout).height};
			md_canvas_fill_rect(pen->canvas, line, pen->selection);
		}
	}
	struct text_range marked =
	    inside(self->editor.buffer.marked, place.start, end - place.start);
	if (marked.end > marked.start) {
		text_draw_range(pen->canvas, layout, marked, at, pen->marked);
	}
	md_canvas_draw_text(pen->canvas, layout, at, pen->label);
}

static void draw_placeholder(struct text_view *self, struct ui_view *view, struct md_canvas *canvas)
{
	const struct ui_appearance *appearance = ui_view_appearance(view);
	struct md_text_style style = {.font =
					  ui_font_for_style(self->style, appearance->text_size)};
	double width = ui_view_bounds(view).width - 2 * TEXT_VIEW_MARGIN_X;
	struct md_text_layout *layout = md_text_layout_create(
	    self->placeholder, strlen(self->placeholder), &style, OS_MAX(width, 1));
	md_canvas_draw_text(canvas, layout,
			    (struct md_point){TEXT_VIEW_MARGIN_X, TEXT_VIEW_MARGIN_Y},
			    ui_view_resolve_color(view, UI_COLOR_PLACEHOLDER));
	md_text_layout_release(layout);
}

static void canvas_draw(struct ui_view *view, struct md_canvas *canvas, struct md_rect dirty)
{
	const struct text_canvas *state = ui_view_state(view, &s_canvas_class);
	struct ui_view *text_view = state->text_view;
	struct text_view *self = text_view_of(text_view);
	if (text_buffer_length(&self->editor.buffer) == 0) {
		draw_placeholder(self, view, canvas);
		return;
	}
	bool disabled = ui_control_is_disabled(text_view);
	struct pen pen = {
	    .canvas = canvas,
	    .label =
		ui_view_resolve_color(view, disabled ? UI_COLOR_TERTIARY_LABEL : UI_COLOR_LABEL),
	    .selection = ui_view_resolve_color(view, UI_COLOR_SELECTION),
	    .marked = ui_view_resolve_color(view, UI_COLOR_PRESSED),
	};
	if (ui_view_is_first_responder(text_view)) {
		pen.selected = text_buffer_selection(&self->editor.buffer);
	}
	double bottom = dirty.y + dirty.height - TEXT_VIEW_MARGIN_Y;
	struct text_place place =
	    text_paragraphs_at_y(&self->paragraphs, dirty.y - TEXT_VIEW_MARGIN_Y);
	do {
		draw_paragraph(self, &pen, place);
	} while (text_paragraphs_advance(&self->paragraphs, &place) && place.y < bottom);
}

static const struct ui_view_class s_canvas_class = {
    .base = {.struct_size = sizeof(s_canvas_class),
	     .name = "text-canvas",
	     .size = sizeof(struct text_canvas),
	     .super = &ui_view_class.base},
    .draw = canvas_draw,
};

struct ui_view *text_view_canvas_create(struct ui_view *text_view)
{
	struct ui_view *view = ui_view_create_of_class(&s_canvas_class);
	struct text_canvas *state = ui_view_state(view, &s_canvas_class);
	state->text_view = text_view;
	return view;
}
