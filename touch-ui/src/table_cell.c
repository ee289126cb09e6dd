/* A cell draws its own texts: one surface, one draw, and no views that a fling would have to make. */
#include <ui/table_cell.h>

#include <string.h>

#include <md/canvas.h>
#include <os/memory.h>
#include <ui/view_class.h>

#include "table_cell_private.h"

#define MARGIN 16.0
#define GAP 12.0
#define BADGE 30.0 /* the coloured square behind a row's symbol */
#define ACCESSORY 14.0
#define WRAPPED_LINES 3
#define PADDING 10.0
#define CARD_CORNER 10.0 /* FEEL.md, Corners */

struct cell {
	enum ui_cell_look look;
	enum ui_cell_accessory accessory;
	char *title, *detail, *symbol;
	enum ui_color badge;
	struct ui_view *control, *content; /* weak: children */
	bool destructive, pressed, selected, last, rounds_top, rounds_bottom;
	enum ui_color background;
};

static const struct ui_view_class s_cell_class;

static struct cell *cell_of(const struct ui_view *view)
{
	return ui_view_state(view, &s_cell_class);
}

/* The accessibility sizes are too large for one line: rows grow instead of cutting words off. */
static bool wraps(const struct ui_view *view)
{
	return ui_view_appearance(view)->text_size > 6;
}

static struct md_text_layout *create_layout(const struct ui_view *view, const char *text, enum ui_text_style style,
                                            double width)
{
	struct md_text_style how = {
		.font = ui_font_for_style(style, ui_view_appearance(view)->text_size),
		.max_lines = wraps(view) ? WRAPPED_LINES : 1,
		.single_paragraph = true,
	};
	return md_text_layout_create(text, strlen(text), &how, OS_MAX(width, 1));
}

/* The part of the bounds that texts may use, with leading and trailing things taken off. */
static struct md_rect text_area(const struct ui_view *view)
{
	const struct cell *cell = cell_of(view);
	struct md_rect bounds = ui_view_bounds(view);
	double leading = MARGIN + (cell->symbol != NULL ? BADGE + GAP : 0);
	double trailing = MARGIN;
	if (cell->accessory != UI_CELL_NONE) {
		trailing += ACCESSORY + 6;
	}
	if (cell->control != NULL) {
		trailing += ui_view_frame(cell->control).width + GAP;
	}
	bool rtl = ui_view_appearance(view)->rtl;
	double left = rtl ? trailing : leading;
	return (struct md_rect){bounds.x + left, bounds.y, OS_MAX(bounds.width - leading - trailing, 1), bounds.height};
}

static struct md_rect leading_rect(const struct ui_view *view, double from_edge, double side)
{
	struct md_rect bounds = ui_view_bounds(view);
	bool rtl = ui_view_appearance(view)->rtl;
	double x = rtl ? bounds.x + bounds.width - from_edge - side : bounds.x + from_edge;
	struct md_rect rect = {x, bounds.y + (bounds.height - side) / 2, side, side};
	return md_rect_snap(rect, ui_view_appearance(view)->scale);
}

static void draw_badge(struct ui_view *view, struct md_canvas *canvas)
{
	const struct cell *cell = cell_of(view);
	struct md_rect square = leading_rect(view, MARGIN, BADGE);
	if (cell->badge == UI_COLOR_NONE || cell->badge == UI_COLOR_CLEAR) {
		md_canvas_draw_symbol(canvas, cell->symbol, md_rect_inset(square, (struct md_insets){4, 4, 4, 4}),
		                      ui_view_resolve_color(view, UI_COLOR_TINT));
		return;
	}
	md_canvas_fill_rounded_rect(canvas, square, 7, ui_view_resolve_color(view, cell->badge));
	md_canvas_draw_symbol(canvas, cell->symbol, md_rect_inset(square, (struct md_insets){6, 6, 6, 6}),
	                      MD_COLOR_WHITE);
}

static void draw_accessory(struct ui_view *view, struct md_canvas *canvas)
{
	const struct cell *cell = cell_of(view);
	if (cell->accessory == UI_CELL_NONE) {
		return;
	}
	bool rtl = ui_view_appearance(view)->rtl;
	double width = ui_view_bounds(view).width;
	struct md_rect at = leading_rect(view, width - MARGIN - ACCESSORY, ACCESSORY);
	bool check = cell->accessory == UI_CELL_CHECK;
	const char *symbol = check ? "check-lg" : rtl ? "chevron-left" : "chevron-right";
	md_canvas_draw_symbol(canvas, symbol, at,
	                      ui_view_resolve_color(view, check ? UI_COLOR_TINT : UI_COLOR_TERTIARY_LABEL));
}

static void draw_line(struct ui_view *view, struct md_canvas *canvas, const struct md_text_layout *layout,
                      struct md_rect area, enum ui_color color)
{
	struct md_point origin = {area.x, md_snap(area.y, ui_view_appearance(view)->scale)};
	if (ui_view_appearance(view)->rtl) {
		origin.x = area.x + area.width - md_text_layout_size(layout).width;
	}
	md_canvas_draw_text(canvas, layout, origin, ui_view_resolve_color(view, color));
}

static void draw_subtitle(struct ui_view *view, struct md_canvas *canvas, struct md_rect area)
{
	const struct cell *cell = cell_of(view);
	struct md_text_layout *title = create_layout(view, cell->title, UI_TEXT_BODY, area.width);
	struct md_text_layout *detail =
		cell->detail != NULL ? create_layout(view, cell->detail, UI_TEXT_SUBHEAD, area.width) : NULL;
	double title_height = md_text_layout_size(title).height;
	double height = title_height + (detail != NULL ? 2 + md_text_layout_size(detail).height : 0);
	struct md_rect line = area;
	line.y += (area.height - height) / 2;
	draw_line(view, canvas, title, line, cell->destructive ? UI_COLOR_DESTRUCTIVE : UI_COLOR_LABEL);
	if (detail != NULL) {
		line.y += title_height + 2;
		draw_line(view, canvas, detail, line, UI_COLOR_SECONDARY_LABEL);
	}
	md_text_layout_release(title);
	md_text_layout_release(detail);
}

/* Side by side if both fit, else one under the other: nothing is cut off by large text. */
static bool fits_side_by_side(const struct ui_view *view, double width)
{
	const struct cell *cell = cell_of(view);
	struct md_text_layout *title = create_layout(view, cell->title, UI_TEXT_BODY, MD_UNBOUNDED);
	struct md_text_layout *detail = create_layout(view, cell->detail, UI_TEXT_BODY, MD_UNBOUNDED);
	double needed = md_text_layout_size(title).width + GAP + md_text_layout_size(detail).width;
	md_text_layout_release(title);
	md_text_layout_release(detail);
	return needed <= width;
}

static void draw_value(struct ui_view *view, struct md_canvas *canvas, struct md_rect area)
{
	const struct cell *cell = cell_of(view);
	bool rtl = ui_view_appearance(view)->rtl;
	struct md_text_layout *title = create_layout(view, cell->title, UI_TEXT_BODY, area.width);
	struct md_text_layout *detail = create_layout(view, cell->detail, UI_TEXT_BODY, area.width);
	struct md_size title_size = md_text_layout_size(title), detail_size = md_text_layout_size(detail);
	double y = area.y + (area.height - title_size.height) / 2;
	double end = area.x + area.width;
	struct md_rect first = {rtl ? end - title_size.width : area.x, y, title_size.width, 0};
	struct md_rect second = {rtl ? area.x : end - detail_size.width, y, detail_size.width, 0};
	draw_line(view, canvas, title, first, cell->destructive ? UI_COLOR_DESTRUCTIVE : UI_COLOR_LABEL);
	draw_line(view, canvas, detail, second, UI_COLOR_SECONDARY_LABEL);
	md_text_layout_release(title);
	md_text_layout_release(detail);
}

static void draw_separator(struct ui_view *view, struct md_canvas *canvas)
{
	struct md_rect bounds = ui_view_bounds(view);
	struct md_rect area = text_area(view);
	double hair = 1 / ui_view_appearance(view)->scale;
	bool rtl = ui_view_appearance(view)->rtl;
	double from = rtl ? bounds.x : area.x;
	double to = rtl ? area.x + area.width : bounds.x + bounds.width;
	struct md_rect line = {from, bounds.y + bounds.height - hair, to - from, hair};
	md_canvas_fill_rect(canvas, line, ui_view_resolve_color(view, UI_COLOR_SEPARATOR));
}

/* A card's corners are drawn, not clipped: the row stays one opaque surface. */
static void fill_background(struct ui_view *view, struct md_canvas *canvas, struct md_rect bounds)
{
	const struct cell *cell = cell_of(view);
	struct md_rect card = bounds;
	bool rounds = cell->rounds_top || cell->rounds_bottom;
	if (rounds) {
		md_canvas_fill_rect(canvas, bounds, ui_view_resolve_color(view, UI_COLOR_GROUPED_BACKGROUND));
		card.y -= cell->rounds_top ? 0 : 2 * CARD_CORNER;
		card.height = bounds.y + bounds.height + (cell->rounds_bottom ? 0 : 2 * CARD_CORNER) - card.y;
	}
	double radius = rounds ? CARD_CORNER : 0;
	md_canvas_save(canvas);
	md_canvas_clip_rect(canvas, bounds);
	md_canvas_fill_rounded_rect(canvas, card, radius, ui_view_resolve_color(view, cell->background));
	if (cell->pressed || cell->selected) {
		md_canvas_fill_rounded_rect(canvas, card, radius, ui_view_resolve_color(view, UI_COLOR_PRESSED));
	}
	md_canvas_restore(canvas);
}

static void cell_draw(struct ui_view *view, struct md_canvas *canvas, struct md_rect dirty)
{
	const struct cell *cell = cell_of(view);
	struct md_rect bounds = ui_view_bounds(view);
	fill_background(view, canvas, bounds);
	if (cell->symbol != NULL) {
		draw_badge(view, canvas);
	}
	struct md_rect area = text_area(view);
	bool beside = cell->look == UI_CELL_VALUE && cell->detail != NULL && fits_side_by_side(view, area.width);
	if (beside) {
		draw_value(view, canvas, area);
	} else if (cell->title != NULL) {
		draw_subtitle(view, canvas, area);
	}
	draw_accessory(view, canvas);
	if (!cell->last) {
		draw_separator(view, canvas);
	}
}

/* A control that is as wide as it may be (a slider) has the row to itself, or half of it beside a
 * title. */
static struct md_size control_size(const struct ui_view *view, double width, double height)
{
	const struct cell *cell = cell_of(view);
	double room = OS_MAX((width - 2 * MARGIN) / (cell->title != NULL ? 2 : 1), 1);
	return ui_view_size_that_fits(cell->control, (struct md_size){room, height});
}

static void cell_layout(struct ui_view *view, struct md_rect bounds)
{
	const struct cell *cell = cell_of(view);
	if (cell->content != NULL) {
		ui_view_set_frame(cell->content, bounds);
	}
	if (cell->control != NULL) {
		struct md_size size = control_size(view, bounds.width, bounds.height);
		double x = ui_view_appearance(view)->rtl ? MARGIN : bounds.width - MARGIN - size.width;
		double y = md_snap((bounds.height - size.height) / 2, ui_view_appearance(view)->scale);
		ui_view_set_frame(cell->control, (struct md_rect){bounds.x + x, bounds.y + y, size.width, size.height});
	}
}

/* What is left of a width for texts; the same sum as in text_area, before there are bounds. */
static double text_width(struct ui_view *view, double width)
{
	const struct cell *cell = cell_of(view);
	double around = 2 * MARGIN + (cell->symbol != NULL ? BADGE + GAP : 0);
	around += cell->accessory != UI_CELL_NONE ? ACCESSORY + 6 : 0;
	if (cell->control != NULL) {
		around += control_size(view, width, MD_UNBOUNDED).width + GAP;
	}
	return OS_MAX(width - around, 1);
}

static double text_height(const struct ui_view *view, const char *text, enum ui_text_style style, double width)
{
	if (text == NULL) {
		return 0;
	}
	struct md_text_layout *layout = create_layout(view, text, style, width);
	double height = md_text_layout_size(layout).height;
	md_text_layout_release(layout);
	return height;
}

static struct md_size cell_size_that_fits(struct ui_view *view, struct md_size proposal)
{
	const struct cell *cell = cell_of(view);
	int text_size = ui_view_appearance(view)->text_size;
	double width = text_width(view, proposal.width);
	bool one_line = cell->detail == NULL;
	if (!one_line && cell->look == UI_CELL_VALUE) {
		one_line = fits_side_by_side(view, width);
	}
	double height = ui_row_height(one_line ? 1 : 2, text_size);
	if (wraps(view)) {
		double texts = text_height(view, cell->title, UI_TEXT_BODY, width);
		texts += one_line ? 0 : 2 + text_height(view, cell->detail, UI_TEXT_SUBHEAD, width);
		height = OS_MAX(height, texts + 2 * PADDING);
	}
	return (struct md_size){proposal.width, height};
}

static void cell_accessibility(struct ui_view *view, struct ui_accessibility *ret_element)
{
	const struct cell *cell = cell_of(view);
	ret_element->role = UI_ROLE_CELL;
	ret_element->enabled = true;
	ret_element->selected = cell->selected || cell->accessory == UI_CELL_CHECK;
	if (cell->title != NULL) {
		ret_element->texts[ret_element->text_count++] = cell->title;
	}
	if (cell->detail != NULL) {
		ret_element->texts[ret_element->text_count++] = cell->detail;
	}
	ret_element->actions[ret_element->action_count++] = "activate";
}

static void cell_finalize(struct os_object *object)
{
	struct cell *cell = os_object_state(object, &s_cell_class.base);
	os_free(cell->title);
	os_free(cell->detail);
	os_free(cell->symbol);
}

static void cell_traits_changed(struct ui_view *view)
{
	ui_view_invalidate_size(view);
	ui_view_set_needs_layout(view);
	ui_view_set_needs_draw(view);
}

static const struct ui_view_class s_cell_class = {
	.base = {.struct_size = sizeof(s_cell_class),
	         .name = "table-cell",
	         .size = sizeof(struct cell),
	         .super = &ui_view_class.base,
	         .finalize = cell_finalize},
	.layout = cell_layout,
	.draw = cell_draw,
	.size_that_fits = cell_size_that_fits,
	.accessibility = cell_accessibility,
	.traits_changed = cell_traits_changed,
};

struct ui_view *ui_table_cell_create(enum ui_cell_look look)
{
	struct ui_view *view = ui_view_create_of_class(&s_cell_class);
	cell_of(view)->look = look;
	cell_of(view)->background = UI_COLOR_BACKGROUND;
	ui_view_set_layered(view, true);
	ui_view_set_opaque(view, true);
	return view;
}

bool table_cell_is(const struct ui_view *view)
{
	return ui_view_try_state(view, &s_cell_class) != NULL;
}

static void replace(struct ui_view *view, char **place, const char *next)
{
	bool same = next == NULL ? *place == NULL : *place != NULL && strcmp(*place, next) == 0;
	if (same) {
		return;
	}
	char *copy = os_strdup(next);
	os_free(*place);
	*place = copy;
	cell_traits_changed(view);
}

void ui_table_cell_set_text(struct ui_view *view, const char *title, const char *detail)
{
	replace(view, &cell_of(view)->title, title);
	replace(view, &cell_of(view)->detail, detail);
}

void ui_table_cell_set_symbol(struct ui_view *view, const char *symbol, enum ui_color background)
{
	replace(view, &cell_of(view)->symbol, symbol);
	if (cell_of(view)->badge != background) {
		cell_of(view)->badge = background;
		ui_view_set_needs_draw(view);
	}
}

void ui_table_cell_set_accessory(struct ui_view *view, enum ui_cell_accessory accessory)
{
	if (cell_of(view)->accessory != accessory) {
		cell_of(view)->accessory = accessory;
		ui_view_set_needs_draw(view);
	}
}

void ui_table_cell_set_control(struct ui_view *view, struct ui_view *control)
{
	struct cell *cell = cell_of(view);
	if (cell->control != NULL) {
		ui_view_remove(cell->control);
	}
	cell->control = control;
	if (control != NULL) {
		ui_view_add(view, control);
	}
	ui_view_set_needs_layout(view);
}

void ui_table_cell_set_destructive(struct ui_view *view, bool destructive)
{
	if (cell_of(view)->destructive != destructive) {
		cell_of(view)->destructive = destructive;
		ui_view_set_needs_draw(view);
	}
}

struct ui_view *ui_table_cell_control(const struct ui_view *view)
{
	return cell_of(view)->control;
}

struct ui_view *ui_table_cell_content(struct ui_view *view)
{
	struct cell *cell = cell_of(view);
	if (cell->content == NULL) {
		cell->content = ui_view_create();
		ui_view_insert(view, cell->content, 0);
	}
	return cell->content;
}

static void set_flag(struct ui_view *view, bool *flag, bool value)
{
	if (*flag != value) {
		*flag = value;
		ui_view_set_needs_draw(view);
	}
}

void table_cell_set_pressed(struct ui_view *view, bool pressed)
{
	set_flag(view, &cell_of(view)->pressed, pressed);
}

void table_cell_set_selected(struct ui_view *view, bool selected)
{
	set_flag(view, &cell_of(view)->selected, selected);
}

void table_cell_set_last(struct ui_view *view, bool last)
{
	set_flag(view, &cell_of(view)->last, last);
}

void table_cell_set_background(struct ui_view *view, enum ui_color background)
{
	if (cell_of(view)->background != background) {
		cell_of(view)->background = background;
		ui_view_set_needs_draw(view);
	}
}

void table_cell_set_corners(struct ui_view *view, bool top, bool bottom)
{
	set_flag(view, &cell_of(view)->rounds_top, top);
	set_flag(view, &cell_of(view)->rounds_bottom, bottom);
}
