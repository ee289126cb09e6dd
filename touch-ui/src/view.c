/* Views: life cycle, tree, and coming to and leaving a window. */
#include "view_private.h"

#include <assert.h>
#include <os/memory.h>
#include <string.h>
#include <ui/gesture.h>

#include "gesture_private.h"
#include "window_private.h"

/* Numbers views for as long as the process lives: with the open animation (view_animation.c) this
 * is the library's one piece of state of its own. */
static uint32_t s_last_number;

/* --- Life cycle --------------------------------------------------------------------- */

static void view_init(struct os_object *object)
{
	struct view *part = view_part((struct ui_view *)object);
	os_array_init(&part->children, sizeof(struct ui_view *));
	os_array_init(&part->gestures, sizeof(struct ui_gesture *));
	part->number = ++s_last_number;
	part->transform = MD_TRANSFORM_IDENTITY;
	part->opacity = 1;
	part->space_after = -1;
	part->dirty = UI_DIRTY_LAYOUT | UI_DIRTY_LAYER;
}

static void view_finalize(struct os_object *object)
{
	struct view *part = view_part((struct ui_view *)object);
	assert(part->window == NULL && part->layer == NULL);
	for (size_t i = 0; i < part->children.count; i++) {
		struct ui_view *child = ui_view_child_at(part, i);
		view_part(child)->parent = NULL;
		os_release(child);
	}
	for (size_t i = 0; i < part->gestures.count; i++) {
		struct ui_gesture *gesture = os_array_ptr_at(&part->gestures, i);
		ui_gesture_set_view(gesture, NULL);
		os_release(gesture);
	}
	os_array_finish(&part->children);
	os_array_finish(&part->gestures);
	os_free(part->label);
	os_free(part->tag);
}

const struct ui_view_class ui_view_class = {
    .base = {.struct_size = sizeof(struct ui_view_class),
	     .name = "view",
	     .size = sizeof(struct view),
	     .init = view_init,
	     .finalize = view_finalize},
    .hit_test = ui_view_default_hit_test,
};

struct ui_view *ui_view_create_of_class(const struct ui_view_class *class)
{
	assert(os_class_inherits(&class->base, &ui_view_class.base));
	return os_object_create(&class->base);
}

struct ui_view *ui_view_create(void)
{
	return ui_view_create_of_class(&ui_view_class);
}

void *ui_view_state(const struct ui_view *view, const struct ui_view_class *class)
{
	return os_object_state(view, &class->base);
}

void *ui_view_try_state(const struct ui_view *view, const struct ui_view_class *class)
{
	return os_object_try_state(view, &class->base);
}

const char *ui_view_class_name(const struct ui_view *view)
{
	return os_object_class(view)->name;
}

uint32_t ui_view_number(const struct ui_view *view)
{
	return view_part(view)->number;
}

/* --- Tree --------------------------------------------------------------------------- */

struct ui_view *ui_view_child_at(const struct view *part, size_t index)
{
	return os_array_ptr_at(&part->children, index);
}

struct ui_view *ui_view_parent(const struct ui_view *view)
{
	return view_part(view)->parent;
}

int ui_view_child_count(const struct ui_view *view)
{
	return (int)view_part(view)->children.count;
}

struct ui_view *ui_view_child(const struct ui_view *view, int index)
{
	return ui_view_child_at(view_part(view), (size_t)index);
}

bool ui_view_is_descendant(const struct ui_view *view, const struct ui_view *of)
{
	while (view != NULL && view != of) {
		view = view_part(view)->parent;
	}
	return view != NULL;
}

struct ui_window *ui_view_window(const struct ui_view *view)
{
	return view_part(view)->window;
}

struct ui_scene *ui_view_scene(const struct ui_view *view)
{
	const struct view *part = view_part(view);
	return part->window != NULL ? ui_window_scene(part->window) : NULL;
}

static size_t index_of(const struct view *parent, const struct ui_view *child)
{
	size_t index = 0;
	while (ui_view_child_at(parent, index) != child) {
		index++;
	}
	return index;
}

void ui_view_insert(struct ui_view *parent, struct ui_view *child, int index)
{
	struct view *parent_part = view_part(parent);
	struct view *part = view_part(child);
	assert(!ui_view_is_descendant(parent, child) && "a view cannot hold itself");
	if (part->parent != NULL) {
		os_retain(child); /* the old parent's reference goes */
		ui_view_remove(child);
	}
	size_t count = parent_part->children.count;
	size_t at = index < 0 ? count : OS_MIN((size_t)index, count);
	*(struct ui_view **)os_array_insert(&parent_part->children, at) = child;
	part->parent = parent;
	ui_view_mark_up(parent, (part->dirty & UI_DIRTY_ALL) << UI_DIRTY_BELOW);
	ui_view_mark_up(parent, part->dirty & (UI_DIRTY_ALL << UI_DIRTY_BELOW));
	ui_view_mark(parent, UI_DIRTY_LAYER);
	if (parent_part->window != NULL) {
		ui_view_move_to_window(child, parent_part->window);
		ui_view_damage_all(child);
	}
	ui_view_children_changed(parent);
}

void ui_view_add(struct ui_view *parent, struct ui_view *child)
{
	ui_view_insert(parent, child, -1);
}

static void detach(struct ui_view *view, struct ui_view *parent)
{
	struct view *part = view_part(view), *parent_part = view_part(parent);
	os_array_remove(&parent_part->children, index_of(parent_part, view), 1);
	part->parent = NULL;
	ui_view_mark(parent, UI_DIRTY_LAYER);
	ui_view_children_changed(parent);
	os_release(view);
}

void ui_view_remove(struct ui_view *view)
{
	struct view *part = view_part(view);
	struct ui_view *parent = part->parent;
	if (parent == NULL) {
		return;
	}
	os_retain(view);
	if (part->window != NULL) {
		ui_view_damage_shape(view);
		ui_view_move_to_window(view, NULL);
	}
	/* Somebody who was told may have taken it away already. */
	if (part->parent == parent) {
		detach(view, parent);
	}
	os_release(view);
}

/* --- Windows ------------------------------------------------------------------------ */

static void leave(struct ui_view *view, struct ui_window *window)
{
	struct view *part = view_part(view);
	ui_window_view_leaves(window, view);
	ui_view_drop_layer(view);
	part->window = NULL;
	part->animation_count = 0;
	part->covers_layer = false;
	part->dirty |= UI_DIRTY_LAYER | UI_DIRTY_LAYER << UI_DIRTY_BELOW;
}

void ui_view_move_to_window(struct ui_view *view, struct ui_window *window)
{
	struct view *part = view_part(view);
	if (part->window == window) {
		return;
	}
	os_retain(view);
	if (part->window != NULL) {
		leave(view, part->window);
	}
	part->window = window;
	if (window != NULL) {
		/* What has been drawn or measured without a window was for a plain light screen. */
		ui_view_mark(view, UI_DIRTY_LAYER);
		part->size_count = 0;
		ui_view_call_traits_changed(view);
	}
	ui_view_call_moved(view, window);
	/* Those who are told may change the tree: look again each time. */
	for (size_t i = 0; i < part->children.count && part->window == window; i++) {
		struct ui_view *child = ui_view_child_at(part, i);
		ui_view_move_to_window(child, window);
		if (i >= part->children.count || ui_view_child_at(part, i) != child) {
			i = (size_t)-1; /* those that have been there return at once */
		}
	}
	os_release(view);
}

void ui_view_send_traits_changed(struct ui_view *view)
{
	struct view *part = view_part(view);
	os_retain(view);
	part->size_count = 0;
	part->size_was_asked = false;
	ui_view_mark(view, UI_DIRTY_LAYOUT | UI_DIRTY_LAYER);
	ui_view_call_traits_changed(view);
	for (size_t i = 0; i < part->children.count; i++) {
		ui_view_send_traits_changed(ui_view_child_at(part, i));
	}
	if (part->layer != NULL) {
		ui_view_damage_all(view);
	}
	os_release(view);
}

/* --- Names -------------------------------------------------------------------------- */

static void set_text(char **place, const char *text)
{
	char *copy = os_strdup(text);
	os_free(*place);
	*place = copy;
}

void ui_view_set_label(struct ui_view *view, const char *label)
{
	set_text(&view_part(view)->label, label);
}

void ui_view_set_tag(struct ui_view *view, const char *tag)
{
	set_text(&view_part(view)->tag, tag);
}

/* --- Fingers ------------------------------------------------------------------------ */

void ui_view_set_enabled(struct ui_view *view, bool enabled)
{
	view_part(view)->disabled = !enabled;
}

bool ui_view_is_enabled(const struct ui_view *view)
{
	return !view_part(view)->disabled;
}

void ui_view_set_takes_taps(struct ui_view *view, bool takes)
{
	view_part(view)->takes_taps = takes;
}

void ui_view_add_gesture(struct ui_view *view, struct ui_gesture *gesture)
{
	assert(ui_gesture_view(gesture) == NULL && "a gesture belongs to one view");
	os_array_append_ptr(&view_part(view)->gestures, gesture);
	ui_gesture_set_view(gesture, view);
}

void ui_view_remove_gesture(struct ui_view *view, struct ui_gesture *gesture)
{
	struct view *part = view_part(view);
	for (size_t i = 0; i < part->gestures.count; i++) {
		if (os_array_ptr_at(&part->gestures, i) == gesture) {
			os_array_remove(&part->gestures, i, 1);
			ui_gesture_set_view(gesture, NULL); /* cancels it */
			os_release(gesture);
			return;
		}
	}
}
