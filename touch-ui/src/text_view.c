#include <math.h>
#include <string.h>

#include <ui/alert.h>
#include <ui/gesture.h>
#include <ui/scene.h>
#include <ui/scroll_view.h>
#include <ui/window.h>

#include "control_private.h"
#include "pasteboard.h"
#include "text_view_private.h"

#define DEFAULT_LIMIT ((size_t)1 << 20)
#define MIN_TARGET 44.0 /* points (FEEL.md, Look) */

struct text_view *text_view_of(const struct ui_view *view)
{
	return ui_view_state(view, &text_view_class.base);
}

/* --- Editing ---------------------------------------------------------------------------------- */

static size_t move_lines(struct text_view *self, size_t offset, int lines, double *x)
{
	const char *text = text_buffer_text(&self->editor.buffer);
	int step = lines < 0 ? -1 : 1;
	for (int i = 0; i != lines; i += step) {
		offset = text_paragraphs_move_line(&self->paragraphs, text, offset, step, x);
	}
	return offset;
}

static int page_lines(const struct text_view *self)
{
	double height = ui_view_bounds(self->scroller).height;
	return (int)OS_CLAMP(height / OS_MAX(self->paragraphs.line_height, 1) - 1, 1, 200);
}

static size_t view_move(struct ui_view *view, size_t offset, enum text_key key, double *x)
{
	struct text_view *self = text_view_of(view);
	const char *text = text_buffer_text(&self->editor.buffer);
	size_t start, end;
	switch (key) {
	case TEXT_KEY_LEFT:
	case TEXT_KEY_RIGHT:
		return text_paragraphs_move_beside(&self->paragraphs, text, offset,
						   key == TEXT_KEY_RIGHT ? 1 : -1);
	case TEXT_KEY_UP:
	case TEXT_KEY_DOWN:
		return move_lines(self, offset, key == TEXT_KEY_DOWN ? 1 : -1, x);
	case TEXT_KEY_PAGE_UP:
	case TEXT_KEY_PAGE_DOWN:
		return move_lines(self, offset,
				  key == TEXT_KEY_PAGE_DOWN ? page_lines(self) : -page_lines(self),
				  x);
	default:
		text_paragraphs_line(&self->paragraphs, text, offset, &start, &end);
		return key == TEXT_KEY_LINE_START ? start : end;
	}
}

static bool view_is_rtl(struct ui_view *view, size_t offset)
{
	struct text_view *self = text_view_of(view);
	struct text_place place = text_paragraphs_at_offset(&self->paragraphs, offset);
	const char *text = text_buffer_text(&self->editor.buffer);
	return md_text_layout_is_rtl(text_paragraphs_layout(&self->paragraphs, text, place));
}

static void view_changed(struct ui_view *view, bool text, struct text_range before)
{
	struct text_view *self = text_view_of(view);
	struct text_range now = text_buffer_selection(&self->editor.buffer);
	size_t length = text_buffer_length(&self->editor.buffer);
	if (now.end > now.start) {
		text_view_damage_range(view, now);
	}
	if (before.end > before.start) {
		text_view_damage_range(view, (struct text_range){OS_MIN(before.start, length),
								 OS_MIN(before.end, length)});
	}
	self->reveals = true;
	ui_view_set_needs_layout(view);
}

/* The alert has given the caret back to the text view that asked. */
static void paste_what_fits(void *context)
{
	struct ui_view *view = ui_window_first_responder(ui_scene_window(context));
	struct text_view *self =
	    view != NULL ? ui_view_try_state(view, &text_view_class.base) : NULL;
	if (self != NULL) {
		size_t length;
		const char *text = pasteboard_text(&length);
		text_editor_insert(&self->editor, text, length, true);
	}
}

static void view_too_long(struct ui_view *view, const char *text, size_t length)
{
	struct ui_scene *scene = ui_view_scene(view);
	if (scene == NULL || ui_scene_root(scene) == NULL) {
		text_editor_insert(&text_view_of(view)->editor, text, length, true);
		return;
	}
	struct ui_alert_button buttons[] = {
	    {"Cancel", UI_ALERT_CANCEL, NULL, NULL},
	    {"Paste the Beginning", UI_ALERT_DEFAULT, paste_what_fits, scene},
	};
	ui_alert_show(ui_scene_root(scene), "This text is too long",
		      "Only its beginning finds room here.", buttons, (int)OS_ARRAY_LEN(buttons));
}

static const struct text_editor_class s_editor = {
    .move = view_move,
    .is_rtl = view_is_rtl,
    .changed = view_changed,
    .too_long = view_too_long,
};

static void did_tap(void *context, struct ui_gesture *tap)
{
	struct text_view *self = text_view_of(context);
	struct md_point point = ui_gesture_position(tap, self->canvas);
	point.x -= TEXT_VIEW_MARGIN_X;
	point.y -= TEXT_VIEW_MARGIN_Y;
	const char *text = text_buffer_text(&self->editor.buffer);
	text_editor_tapped(&self->editor, text_paragraphs_offset_at(&self->paragraphs, text, point),
			   1);
}

static void did_double_tap(void *context, struct ui_gesture *tap)
{
	struct text_view *self = text_view_of(context);
	text_editor_tapped(&self->editor, self->editor.buffer.caret, 2);
}

/* What has come into sight is measured in the same frame. */
static void did_scroll(void *context, struct ui_view *scroller)
{
	ui_view_set_needs_layout(context);
}

static const struct ui_scroll_delegate s_scroll = {
    .struct_size = sizeof(s_scroll),
    .did_scroll = did_scroll,
};

/* --- The class -------------------------------------------------------------------------------- */

static struct md_size view_size_that_fits(struct ui_view *view, struct md_size proposal)
{
	struct text_view *self = text_view_of(view);
	if (proposal.height < MD_UNBOUNDED) {
		return proposal;
	}
	text_view_apply_style(view, proposal.width);
	double height = text_paragraphs_height(&self->paragraphs) + 2 * TEXT_VIEW_MARGIN_Y;
	return (struct md_size){proposal.width, OS_MAX(ceil(height), MIN_TARGET)};
}

static bool view_key(struct ui_view *view, const struct ui_key_event *event)
{
	return text_editor_key(&text_view_of(view)->editor, event);
}

static bool view_command(struct ui_view *view, const char *action, bool only_ask)
{
	return text_editor_command(&text_view_of(view)->editor, action, only_ask);
}

static void view_focus(struct ui_view *view, bool focused)
{
	text_editor_focus(&text_view_of(view)->editor, focused);
}

static bool view_perform_action(struct ui_view *view, const char *action)
{
	return strcmp(action, "activate") == 0 && !ui_control_is_disabled(view) &&
	       ui_view_become_first_responder(view);
}

static void view_accessibility(struct ui_view *view, struct ui_accessibility *ret_element)
{
	const struct text_view *self = text_view_of(view);
	control_describe(view, ret_element);
	ret_element->role = UI_ROLE_FIELD;
	ret_element->label = self->placeholder;
	ret_element->value = text_buffer_text(&self->editor.buffer);
}

static void view_traits_changed(struct ui_view *view)
{
	ui_view_invalidate_size(view);
	text_view_of(view)->reveals = true;
	text_view_damage_all(view);
}

static void view_state_changed(struct ui_view *view)
{
	if (ui_control_is_disabled(view)) {
		ui_view_resign_first_responder(view);
	}
	text_view_damage_all(view);
}

/* Taps and the scroller are all that it does with fingers: it is not pressed like a button. */
static void view_touches(struct ui_view *view, enum ui_touch_phase phase,
			 struct ui_touch *const *touches, int count)
{
}

static void view_init(struct os_object *object)
{
	struct ui_view *view = (struct ui_view *)object;
	struct text_view *self = os_object_state(object, &text_view_class.base.base);
	self->style = UI_TEXT_BODY;
	self->dirty_top = MD_UNBOUNDED;
	self->dirty_bottom = -MD_UNBOUNDED;
	text_paragraphs_init(&self->paragraphs);
	self->scroller = ui_scroll_view_create();
	self->canvas = text_view_canvas_create(view);
	struct text_editor_options options = {.class = &s_editor,
					      .caret_parent = self->canvas,
					      .limit = DEFAULT_LIMIT,
					      .changed = text_view_text_changed,
					      .multiline = true};
	text_editor_init(&self->editor, view, &options);
	ui_view_insert(self->scroller, self->canvas, 0);
	ui_view_add(view, self->scroller);
	ui_view_set_background(view, UI_COLOR_BACKGROUND);
	ui_scroll_view_set_delegate(self->scroller, &s_scroll, view);
	ui_view_add_gesture(view, ui_tap_create(1, did_tap, view));
	ui_view_add_gesture(view, ui_tap_create(2, did_double_tap, view));
}

static void view_finalize(struct os_object *object)
{
	struct text_view *self = os_object_state(object, &text_view_class.base.base);
	text_editor_finish(&self->editor);
	text_paragraphs_finish(&self->paragraphs);
	os_free(self->placeholder);
}

const struct ui_control_class text_view_class = {
    .base = {.base = {.struct_size = sizeof(text_view_class),
		      .name = "text-view",
		      .size = sizeof(struct text_view),
		      .super = &ui_control_class.base.base,
		      .init = view_init,
		      .finalize = view_finalize},
	     .layout = text_view_layout,
	     .size_that_fits = view_size_that_fits,
	     .touches = view_touches,
	     .key = view_key,
	     .command = view_command,
	     .focus = view_focus,
	     .accessibility = view_accessibility,
	     .perform_action = view_perform_action,
	     .traits_changed = view_traits_changed},
    .state_changed = view_state_changed,
};

struct ui_view *ui_text_view_create(const char *placeholder)
{
	struct ui_view *view = ui_view_create_of_class(&text_view_class.base);
	text_view_of(view)->placeholder = os_strdup(placeholder != NULL ? placeholder : "");
	return view;
}

void ui_text_view_set_text(struct ui_view *view, const char *text)
{
	text_editor_set_text(&text_view_of(view)->editor, text);
	text_view_damage_all(view);
}

const char *ui_text_view_text(const struct ui_view *view)
{
	return text_buffer_text(&text_view_of(view)->editor.buffer);
}

void ui_text_view_set_style(struct ui_view *view, enum ui_text_style style)
{
	text_view_of(view)->style = style;
	ui_view_invalidate_size(view);
	text_view_damage_all(view);
}

void ui_text_view_selection(const struct ui_view *view, size_t *ret_start, size_t *ret_end)
{
	struct text_range selection = text_buffer_selection(&text_view_of(view)->editor.buffer);
	*ret_start = selection.start;
	*ret_end = selection.end;
}

void ui_text_view_set_selection(struct ui_view *view, size_t start, size_t end)
{
	text_editor_select(&text_view_of(view)->editor, start, end);
}

void ui_text_view_set_limit(struct ui_view *view, size_t bytes)
{
	text_view_of(view)->editor.buffer.options.limit = bytes;
}
