#include "element.h"

#include <stdio.h>
#include <string.h>

#include "window_private.h"

#define NOT_SEEN 0.01

/* --- What a view says of itself ----------------------------------------------------- */

static bool has_tap(const struct view *part)
{
	for (size_t i = 0; i < part->gestures.count; i++) {
		if (ui_gesture_is_tap(os_array_ptr_at(&part->gestures, i))) {
			return true;
		}
	}
	return false;
}

static void describe(struct ui_view *view, struct ui_accessibility *ret_is)
{
	const struct view *part = view_part(view);
	*ret_is = (struct ui_accessibility){.enabled = true};
	ui_view_call_accessibility(view, ret_is);
	if (part->label != NULL) {
		ret_is->label = part->label;
	}
	bool taps = has_tap(part);
	if (ret_is->role == UI_ROLE_NONE && part->label != NULL) {
		ret_is->role = taps ? UI_ROLE_BUTTON : UI_ROLE_OTHER;
	} else if (ret_is->role == UI_ROLE_CANVAS && taps) {
		ret_is->role = UI_ROLE_BUTTON;
	}
	if (taps && ret_is->role != UI_ROLE_NONE && ret_is->action_count == 0) {
		ret_is->actions[ret_is->action_count++] = "activate";
	}
	ret_is->focused |= ui_view_is_first_responder(view);
}

static bool is_seen(const struct view *part)
{
	return !part->hidden && part->opacity >= NOT_SEEN;
}

/* --- Texts of what is below --------------------------------------------------------- */

struct texts {
	struct element *element;
	size_t used;
};

static void add_text(struct texts *texts, const char *text)
{
	struct ui_accessibility *is = &texts->element->is;
	if (text == NULL || *text == '\0' || is->text_count == (int)OS_ARRAY_LEN(is->texts)) {
		return;
	}
	size_t length = strlen(text) + 1;
	if (texts->used + length > sizeof(texts->element->texts)) {
		return;
	}
	char *copy = texts->element->texts + texts->used;
	memcpy(copy, text, length);
	texts->used += length;
	is->texts[is->text_count++] = copy;
}

static void collect_texts(struct texts *texts, struct ui_view *view)
{
	const struct view *part = view_part(view);
	for (size_t i = 0; i < part->children.count; i++) {
		struct ui_view *child = ui_view_child_at(part, i);
		struct ui_accessibility is;
		if (!is_seen(view_part(child))) {
			continue;
		}
		describe(child, &is);
		if (is.role == UI_ROLE_TEXT || is.role == UI_ROLE_HEADING) {
			add_text(texts, is.label);
		} else if (is.role == UI_ROLE_NONE) {
			collect_texts(texts, child);
		}
	}
}

static bool takes_texts_from_below(enum ui_role role)
{
	return role == UI_ROLE_CELL || role == UI_ROLE_BUTTON || role == UI_ROLE_LINK ||
	       role == UI_ROLE_TAB || role == UI_ROLE_MENU_ITEM;
}

static void join_texts(struct element *element)
{
	size_t used = 0;
	element->label[0] = '\0';
	for (int i = 0; i < element->is.text_count && used < sizeof(element->label); i++) {
		used += (size_t)snprintf(element->label + used, sizeof(element->label) - used,
					 "%s%s", i > 0 ? ", " : "", element->is.texts[i]);
	}
	if (element->is.text_count > 0) {
		element->is.label = element->label;
	}
}

/* --- Elements ----------------------------------------------------------------------- */

static bool is_enabled_here(const struct ui_view *view)
{
	for (; view != NULL; view = ui_view_parent(view)) {
		if (!ui_view_is_enabled(view)) {
			return false;
		}
	}
	return true;
}

struct md_rect ui_element_clip(const struct ui_view *view)
{
	const struct ui_window *window = ui_view_window(view);
	struct md_size size = ui_window_size(window);
	struct md_rect clip = {0, 0, size.width, size.height};
	for (const struct ui_view *at = ui_view_parent(view); at != NULL; at = ui_view_parent(at)) {
		const struct view *part = view_part(at);
		if (part->clips || part->scrolls) {
			struct md_rect box = ui_view_convert_rect(at, ui_view_bounds(at), NULL);
			clip = md_rect_intersect(clip, box);
		}
	}
	return clip;
}

bool ui_element_make(struct ui_view *view, struct md_rect clip, struct element *ret_element)
{
	*ret_element = (struct element){.view = view, .child = -1};
	describe(view, &ret_element->is);
	if (ret_element->is.role == UI_ROLE_NONE) {
		return false;
	}
	ret_element->frame = ui_view_convert_rect(view, ui_view_bounds(view), NULL);
	ret_element->shown = md_rect_intersect(ret_element->frame, clip);
	ret_element->enabled_here = ret_element->is.enabled && is_enabled_here(view);
	if (ret_element->is.text_count == 0 && takes_texts_from_below(ret_element->is.role)) {
		struct texts texts = {ret_element, 0};
		collect_texts(&texts, view);
	}
	if (ret_element->is.label == NULL) {
		join_texts(ret_element);
	}
	return true;
}

bool ui_element_make_child(const struct element *parent, int index, struct element *ret_element)
{
	*ret_element = (struct element){.view = parent->view, .child = index};
	ret_element->is = (struct ui_accessibility){.enabled = true};
	if (!ui_view_call_accessibility_child(parent->view, index, &ret_element->is)) {
		return false;
	}
	struct md_rect clip = parent->shown;
	ret_element->frame = ui_view_convert_rect(parent->view, ret_element->is.frame, NULL);
	ret_element->shown = md_rect_intersect(ret_element->frame, clip);
	ret_element->enabled_here = ret_element->is.enabled && is_enabled_here(parent->view);
	return true;
}

void ui_element_id(const struct element *element, char *ret_id, size_t size)
{
	const struct view *part = view_part(element->view);
	char own[64];
	snprintf(own, sizeof(own), "%u", part->number);
	const char *name = part->tag != NULL ? part->tag : own;
	if (element->child >= 0) {
		snprintf(ret_id, size, "%s.%d", name, element->child);
	} else {
		snprintf(ret_id, size, "%s", name);
	}
}

static bool same(const char *text, const char *name)
{
	return text != NULL && strcmp(text, name) == 0;
}

bool ui_element_is_called(const struct element *element, const char *name)
{
	if (same(element->is.label, name) || same(element->is.value, name)) {
		return true;
	}
	for (int i = 0; i < element->is.text_count; i++) {
		if (same(element->is.texts[i], name)) {
			return true;
		}
	}
	return false;
}

/* --- Going through all -------------------------------------------------------------- */

static bool each_child_element(const struct element *parent, ui_element_fn fn, void *context)
{
	struct element child;
	for (int i = 0; ui_element_make_child(parent, i, &child); i++) {
		if (!fn(context, &child)) {
			return false;
		}
	}
	return true;
}

bool ui_element_each(struct ui_view *view, ui_element_fn fn, void *context)
{
	const struct view *part = view_part(view);
	if (!is_seen(part)) {
		return true;
	}
	struct element element;
	bool is_element = ui_element_make(view, ui_element_clip(view), &element);
	if (is_element && !fn(context, &element)) {
		return false;
	}
	if (!each_child_element(&element, fn, context)) {
		return false;
	}
	for (size_t i = part->children.count; i-- > 0 && !(is_element && element.is.leaf);) {
		if (!ui_element_each(ui_view_child_at(part, i), fn, context)) {
			return false;
		}
	}
	return true;
}
