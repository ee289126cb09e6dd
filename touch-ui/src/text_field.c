/* One line of text, edited. What is seen of it may be other than what is kept (bullets); offsets of
 * the two are turned into each other here. */
#include <ui/text_field.h>

#include <math.h>
#include <string.h>

#include <ui/gesture.h>

#include "control_private.h"
#include "text_draw.h"
#include "text_editor.h"

#define MIN_TARGET 44.0 /* points (FEEL.md, Look) */
#define PADDING 12.0
#define CORNER 10.0
#define RING 2.0
#define DEFAULT_WIDTH 240.0
#define DEFAULT_LIMIT 65536
#define BULLET "\xe2\x80\xa2"

struct text_field {
	struct text_editor editor;
	char *placeholder;
	double scroll;           /* of a text that is wider than the field */
	struct os_buffer hidden; /* bullets, when secure */
};

static struct text_field *field_of(const struct ui_view *view)
{
	return ui_view_state(view, &text_field_class.base);
}

/* --- What is seen ----------------------------------------------------------------------------- */

static size_t to_shown(const struct text_field *field, size_t offset)
{
	const struct text_buffer *buffer = &field->editor.buffer;
	if (!field->editor.traits.secure) {
		return offset;
	}
	size_t count = 0;
	for (size_t at = 0; at < offset; at = text_buffer_next(buffer, TEXT_GRAPHEME, at)) {
		count++;
	}
	return count * strlen(BULLET);
}

static size_t from_shown(const struct text_field *field, size_t shown)
{
	const struct text_buffer *buffer = &field->editor.buffer;
	if (!field->editor.traits.secure) {
		return shown;
	}
	size_t at = 0;
	for (size_t count = shown / strlen(BULLET); count > 0; count--) {
		at = text_buffer_next(buffer, TEXT_GRAPHEME, at);
	}
	return at;
}

static const char *shown_text(struct text_field *field)
{
	if (!field->editor.traits.secure) {
		return text_buffer_text(&field->editor.buffer);
	}
	os_buffer_clear(&field->hidden);
	size_t bytes = to_shown(field, text_buffer_length(&field->editor.buffer));
	for (size_t i = 0; i < bytes; i += strlen(BULLET)) {
		os_buffer_add_text(&field->hidden, BULLET);
	}
	return os_buffer_text(&field->hidden);
}

/* The process's layout cache makes asking again cheap, so a field keeps none of its own. */
static struct md_text_layout *create_layout(const struct ui_view *view, const char *text,
					    double width)
{
	const struct ui_appearance *appearance = ui_view_appearance(view);
	struct md_text_style style = {
	    .font = ui_font_for_style(UI_TEXT_BODY, appearance->text_size),
	    .direction = text[0] == '\0' && appearance->rtl ? MD_DIRECTION_RTL : MD_DIRECTION_AUTO,
	    .max_lines = 1,
	    .single_paragraph = true,
	};
	return md_text_layout_create(text, strlen(text), &style, width);
}

static struct md_text_layout *create_text_layout(const struct ui_view *view)
{
	return create_layout(view, shown_text(field_of(view)), MD_UNBOUNDED);
}

static struct md_rect inner(const struct ui_view *view)
{
	return md_rect_inset(ui_view_bounds(view), (struct md_insets){0, PADDING, 0, PADDING});
}

/* Where the layout's top left corner is. */
static struct md_point origin(const struct ui_view *view, const struct md_text_layout *layout)
{
	struct md_rect box = inner(view);
	struct md_size size = md_text_layout_size(layout);
	double scale = ui_view_appearance(view)->scale;
	double spare = box.width - size.width;
	double x = box.x - field_of(view)->scroll;
	if (spare >= 0) {
		x = box.x + (md_text_layout_is_rtl(layout) ? spare : 0);
	}
	return (struct md_point){md_snap(x, scale),
				 md_snap(box.y + (box.height - size.height) / 2, scale)};
}

/* Scrolls the least way to where the caret is seen; a field without it shows where the text begins. */
static void scroll_to_caret(struct ui_view *view, const struct md_text_layout *layout, double x)
{
	struct text_field *field = field_of(view);
	double room = inner(view).width;
	double most = md_text_layout_size(layout).width + TEXT_CARET_WIDTH - room;
	double scroll = field->scroll;
	if (!ui_view_is_first_responder(view)) {
		scroll = md_text_layout_is_rtl(layout) ? most : 0;
	} else {
		scroll =
		    OS_CLAMP(scroll, x - room + TEXT_CARET_WIDTH, OS_MAX(x - TEXT_CARET_WIDTH, 0));
	}
	scroll = md_snap(OS_CLAMP(scroll, 0, OS_MAX(most, 0)), ui_view_appearance(view)->scale);
	if (scroll != field->scroll) {
		field->scroll = scroll;
		ui_view_set_needs_draw(view);
	}
}

static void field_layout(struct ui_view *view, struct md_rect bounds)
{
	struct text_field *field = field_of(view);
	struct md_text_layout *layout = create_text_layout(view);
	struct md_rect caret =
	    md_text_layout_caret(layout, to_shown(field, field->editor.buffer.caret));
	scroll_to_caret(view, layout, caret.x);
	struct md_point at = origin(view, layout);
	text_caret_place(&field->editor.caret, md_rect_offset(caret, at.x, at.y));
	md_text_layout_release(layout);
}

/* --- Drawing ---------------------------------------------------------------------------------- */

static void draw_box(const struct ui_view *view, struct md_canvas *canvas)
{
	struct md_rect bounds = ui_view_bounds(view);
	md_canvas_fill_rounded_rect(canvas, bounds, CORNER,
				    ui_view_resolve_color(view, UI_COLOR_FILL));
	if (ui_view_is_first_responder(view)) {
		md_canvas_stroke_rounded_rect(canvas, bounds, CORNER, RING,
					      ui_view_resolve_color(view, UI_COLOR_TINT));
	}
}

static void draw_text(struct ui_view *view, struct md_canvas *canvas)
{
	struct text_field *field = field_of(view);
	struct md_text_layout *layout = create_text_layout(view);
	struct md_point at = origin(view, layout);
	struct text_range selection = text_buffer_selection(&field->editor.buffer);
	if (selection.end > selection.start && ui_view_is_first_responder(view)) {
		struct text_range shown = {to_shown(field, selection.start),
					   to_shown(field, selection.end)};
		text_draw_range(canvas, layout, shown, at,
				ui_view_resolve_color(view, UI_COLOR_SELECTION));
	}
	struct text_range marked = field->editor.buffer.marked;
	if (marked.end > marked.start) {
		struct text_range shown = {to_shown(field, marked.start),
					   to_shown(field, marked.end)};
		text_draw_range(canvas, layout, shown, at,
				ui_view_resolve_color(view, UI_COLOR_PRESSED));
	}
	bool disabled = ui_control_is_disabled(view);
	enum ui_color color = disabled ? UI_COLOR_TERTIARY_LABEL : UI_COLOR_LABEL;
	md_canvas_draw_text(canvas, layout, at, ui_view_resolve_color(view, color));
	md_text_layout_release(layout);
}

static void draw_placeholder(struct ui_view *view, struct md_canvas *canvas)
{
	struct md_rect box = inner(view);
	struct md_text_layout *layout = create_layout(view, field_of(view)->placeholder, box.width);
	struct md_size size = md_text_layout_size(layout);
	struct md_point at = {box.x, md_snap(box.y + (box.height - size.height) / 2,
					     ui_view_appearance(view)->scale)};
	md_canvas_draw_text(canvas, layout, at, ui_view_resolve_color(view, UI_COLOR_PLACEHOLDER));
	md_text_layout_release(layout);
}

static void field_draw(struct ui_view *view, struct md_canvas *canvas, struct md_rect dirty)
{
	draw_box(view, canvas);
	md_canvas_save(canvas);
	md_canvas_clip_rect(canvas,
			    md_rect_inset(ui_view_bounds(view),
					  (struct md_insets){0, PADDING - 2, 0, PADDING - 2}));
	if (text_buffer_length(&field_of(view)->editor.buffer) > 0) {
		draw_text(view, canvas);
	} else {
		draw_placeholder(view, canvas);
	}
	md_canvas_restore(canvas);
}

static struct md_size field_size_that_fits(struct ui_view *view, struct md_size proposal)
{
	struct md_font font = ui_font_for_style(UI_TEXT_BODY, ui_view_appearance(view)->text_size);
	double height = ceil(md_font_metrics(font).line_height) + 2 * PADDING;
	double width = proposal.width < MD_UNBOUNDED ? proposal.width : DEFAULT_WIDTH;
	return (struct md_size){width, OS_MAX(height, MIN_TARGET)};
}

static double field_baseline(struct ui_view *view, bool last)
{
	struct md_text_layout *layout = create_text_layout(view);
	double baseline = origin(view, layout).y + md_text_layout_first_baseline(layout);
	md_text_layout_release(layout);
	return baseline;
}

/* --- Editing ---------------------------------------------------------------------------------- */

static size_t field_move(struct ui_view *view, size_t offset, enum text_key key, double *x)
{
	struct text_field *field = field_of(view);
	if (key != TEXT_KEY_LEFT && key != TEXT_KEY_RIGHT) {
		bool to_start =
		    key == TEXT_KEY_UP || key == TEXT_KEY_PAGE_UP || key == TEXT_KEY_LINE_START;
		return to_start ? 0 : text_buffer_length(&field->editor.buffer);
	}
	struct md_text_layout *layout = create_text_layout(view);
	size_t to = to_shown(field, offset);
	md_text_layout_offset_beside(layout, to, key == TEXT_KEY_RIGHT ? 1 : -1, &to);
	md_text_layout_release(layout);
	return from_shown(field, to);
}

static bool field_is_rtl(struct ui_view *view, size_t offset)
{
	struct md_text_layout *layout = create_text_layout(view);
	bool is_rtl = md_text_layout_is_rtl(layout);
	md_text_layout_release(layout);
	return is_rtl;
}

static void field_changed(struct ui_view *view, bool text, struct text_range before)
{
	ui_view_set_needs_layout(view);
	ui_view_set_needs_draw(view);
}

static const struct text_editor_class s_editor = {
    .move = field_move,
    .is_rtl = field_is_rtl,
    .changed = field_changed,
};

static void did_tap(void *context, struct ui_gesture *tap)
{
	struct ui_view *view = context;
	struct text_field *field = field_of(view);
	struct md_text_layout *layout = create_text_layout(view);
	struct md_point at = origin(view, layout);
	struct md_point point = ui_gesture_position(tap, view);
	size_t shown =
	    md_text_layout_offset_at(layout, (struct md_point){point.x - at.x, point.y - at.y});
	md_text_layout_release(layout);
	text_editor_tapped(&field->editor, from_shown(field, shown), 1);
}

static void did_double_tap(void *context, struct ui_gesture *tap)
{
	struct text_field *field = field_of(context);
	if (field->editor.traits.secure) {
		text_editor_command(&field->editor, "select-all",
				    false); /* where words are is a secret, too */
	} else {
		text_editor_tapped(&field->editor, field->editor.buffer.caret, 2);
	}
}

/* --- The class -------------------------------------------------------------------------------- */

static bool field_key(struct ui_view *view, const struct ui_key_event *event)
{
	return text_editor_key(&field_of(view)->editor, event);
}

static bool field_command(struct ui_view *view, const char *action, bool only_ask)
{
	return text_editor_command(&field_of(view)->editor, action, only_ask);
}

static void field_focus(struct ui_view *view, bool focused)
{
	text_editor_focus(&field_of(view)->editor, focused);
}

static bool field_perform_action(struct ui_view *view, const char *action)
{
	return strcmp(action, "activate") == 0 && !ui_control_is_disabled(view) &&
	       ui_view_become_first_responder(view);
}

static void field_accessibility(struct ui_view *view, struct ui_accessibility *ret_element)
{
	struct text_field *field = field_of(view);
	control_describe(view, ret_element);
	ret_element->role = field->editor.traits.secure ? UI_ROLE_SECURE_FIELD : UI_ROLE_FIELD;
	ret_element->label = field->placeholder;
	ret_element->value = shown_text(field);
}

static void field_traits_changed(struct ui_view *view)
{
	ui_view_invalidate_size(view);
	field_changed(view, false, (struct text_range){0, 0});
}

static void field_state_changed(struct ui_view *view)
{
	if (ui_control_is_disabled(view)) {
		ui_view_resign_first_responder(view);
	}
	ui_view_set_needs_draw(view);
}

/* Taps are all that a field does with fingers: it is not pressed like a button. */
static void field_touches(struct ui_view *view, enum ui_touch_phase phase,
			  struct ui_touch *const *touches, int count)
{
}

static void field_init(struct os_object *object)
{
	struct ui_view *view = (struct ui_view *)object;
	struct text_field *field = os_object_state(object, &text_field_class.base.base);
	struct text_editor_options options = {
	    .class = &s_editor, .caret_parent = view, .limit = DEFAULT_LIMIT};
	text_editor_init(&field->editor, view, &options);
	ui_view_set_clips(view, true);
	ui_view_add_gesture(view, ui_tap_create(1, did_tap, view));
	ui_view_add_gesture(view, ui_tap_create(2, did_double_tap, view));
}

static void field_finalize(struct os_object *object)
{
	struct text_field *field = os_object_state(object, &text_field_class.base.base);
	text_editor_finish(&field->editor);
	os_buffer_finish(&field->hidden);
	os_free(field->placeholder);
}

const struct ui_control_class text_field_class = {
    .base = {.base = {.struct_size = sizeof(text_field_class),
		      .name = "text-field",
		      .size = sizeof(struct text_field),
		      .super = &ui_control_class.base.base,
		      .init = field_init,
		      .finalize = field_finalize},
	     .layout = field_layout,
	     .draw = field_draw,
	     .size_that_fits = field_size_that_fits,
	     .baseline = field_baseline,
	     .touches = field_touches,
	     .key = field_key,
	     .command = field_command,
	     .focus = field_focus,
	     .accessibility = field_accessibility,
	     .perform_action = field_perform_action,
	     .traits_changed = field_traits_changed},
    .state_changed = field_state_changed,
};

struct ui_view *ui_text_field_create(const char *placeholder)
{
	struct ui_view *view = ui_view_create_of_class(&text_field_class.base);
	field_of(view)->placeholder = os_strdup(placeholder != NULL ? placeholder : "");
	return view;
}

void ui_text_field_set_text(struct ui_view *view, const char *text)
{
	text_editor_set_text(&field_of(view)->editor, text);
}

const char *ui_text_field_text(const struct ui_view *view)
{
	return text_buffer_text(&field_of(view)->editor.buffer);
}

void ui_text_field_set_traits(struct ui_view *view, const struct ui_input_traits *traits)
{
	text_editor_set_traits(&field_of(view)->editor, traits);
	field_changed(view, true, (struct text_range){0, 0});
}

void ui_text_field_set_limit(struct ui_view *view, size_t bytes)
{
	field_of(view)->editor.buffer.options.limit = bytes;
}
