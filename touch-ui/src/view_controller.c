/* A screen's life:
 *
 *	hidden ──begin(true)──→ appearing ──end──→ visible ──begin(false)──→ disappearing ──end──→ hidden
 *	            ↑               │ begin(false): will_disappear                │ begin(true): will_appear
 *	            └── end ── disappearing ←┘                 appearing ←────────┘
 *
 * Each will_ is followed by exactly one did_ of the way that the transition ended. */
#include <string.h>

#include <os/memory.h>

#include "class_function.h"
#include "view_controller_private.h"
#include "view_private.h"

struct controller *controller_part(const struct ui_view_controller *controller)
{
	return os_object_state(controller, &ui_view_controller_class.base);
}

static void controller_init(struct os_object *object)
{
	struct controller *part = os_object_state(object, &ui_view_controller_class.base);
	os_array_init(&part->children, sizeof(void *));
}

static void controller_finalize(struct os_object *object)
{
	struct controller *part = os_object_state(object, &ui_view_controller_class.base);
	for (size_t i = 0; i < part->children.count; i++) {
		struct ui_view_controller *child = os_array_ptr_at(&part->children, i);
		controller_part(child)->parent = NULL;
		os_release(child);
	}
	os_array_finish(&part->children);
	if (part->view != NULL) {
		view_part(part->view)->controller = NULL;
		ui_view_remove(part->view);
		os_release(part->view);
	}
	os_release(part->bar_left);
	os_release(part->bar_right);
	os_free(part->title);
}

const struct ui_view_controller_class ui_view_controller_class = {
	.base = {.struct_size = sizeof(ui_view_controller_class),
	         .name = "view-controller",
	         .size = sizeof(struct controller),
	         .init = controller_init,
	         .finalize = controller_finalize},
};

/* The member of the nearest class that has it, NULL if none does. */
#define FIND(controller, member)                                                                                       \
	((__typeof__(((struct ui_view_controller_class *)NULL)->member))ui_class_function(                             \
		os_object_class(controller), offsetof(struct ui_view_controller_class, member)))

typedef void (*life_fn)(struct ui_view_controller *controller);

static struct ui_view *load_nothing(void)
{
	struct ui_view *view = ui_view_create();
	ui_view_set_background(view, UI_COLOR_BACKGROUND);
	return view;
}

struct ui_view *ui_view_controller_view(struct ui_view_controller *controller)
{
	struct controller *part = controller_part(controller);
	if (part->view != NULL) {
		return part->view;
	}
	struct ui_view *(*load)(struct ui_view_controller *) = FIND(controller, load);
	part->view = load != NULL ? load(controller) : load_nothing();
	view_part(part->view)->controller = controller;
	life_fn did_load = FIND(controller, did_load);
	if (did_load != NULL) {
		did_load(controller);
	}
	return part->view;
}

struct ui_view_controller *ui_view_controller_create(const struct ui_view_controller_class *class)
{
	return os_object_create(&class->base);
}

void *ui_view_controller_state(const struct ui_view_controller *controller,
                               const struct ui_view_controller_class *class)
{
	return os_object_state(controller, &class->base);
}

struct ui_view_controller *ui_view_controller_create_with_view(struct ui_view *view, const char *title)
{
	struct ui_view_controller *controller = ui_view_controller_create(&ui_view_controller_class);
	controller_part(controller)->view = view;
	view_part(view)->controller = controller;
	ui_view_controller_set_title(controller, title);
	return controller;
}

bool ui_view_controller_is_visible(const struct ui_view_controller *controller)
{
	return controller_part(controller)->appearance == CONTROLLER_VISIBLE;
}

struct ui_view_controller *ui_view_controller_parent(const struct ui_view_controller *controller)
{
	return controller_part(controller)->parent;
}

struct ui_scene *ui_view_controller_scene(const struct ui_view_controller *controller)
{
	const struct controller *part = controller_part(controller);
	while (part->parent != NULL) {
		part = controller_part(part->parent);
	}
	return part->scene;
}

void controller_set_scene(struct ui_view_controller *controller, struct ui_scene *scene)
{
	controller_part(controller)->scene = scene;
}

/* --- What the bar shows ---------------------------------------------------------------------------- */

static void bar_changed(struct ui_view_controller *controller)
{
	const struct controller_observer *observer = &controller_part(controller)->observer;
	if (observer->bar_changed != NULL) {
		observer->bar_changed(observer->context, controller);
	}
}

void ui_view_controller_set_title(struct ui_view_controller *controller, const char *title)
{
	struct controller *part = controller_part(controller);
	if (title != NULL && part->title != NULL && strcmp(title, part->title) == 0) {
		return;
	}
	char *copy = os_strdup(title);
	os_free(part->title);
	part->title = copy;
	bar_changed(controller);
}

const char *ui_view_controller_title(const struct ui_view_controller *controller)
{
	const char *title = controller_part(controller)->title;
	return title != NULL ? title : "";
}

void ui_view_controller_set_large_title(struct ui_view_controller *controller, bool large)
{
	controller_part(controller)->large_title = large;
	bar_changed(controller);
}

void ui_view_controller_set_bar_items(struct ui_view_controller *controller, struct ui_view *left,
                                      struct ui_view *right)
{
	struct controller *part = controller_part(controller);
	struct ui_view *old_left = part->bar_left, *old_right = part->bar_right;
	part->bar_left = left;
	part->bar_right = right;
	bar_changed(controller);
	os_release(old_left);
	os_release(old_right);
}

/* --- Containment ------------------------------------------------------------------------------------ */

void ui_view_controller_add_child(struct ui_view_controller *parent, struct ui_view_controller *child)
{
	os_array_append_ptr(&controller_part(parent)->children, child);
	controller_part(child)->parent = parent;
}

void ui_view_controller_remove_child(struct ui_view_controller *child)
{
	struct ui_view_controller *parent = controller_part(child)->parent;
	if (parent == NULL) {
		return;
	}
	struct os_array *children = &controller_part(parent)->children;
	for (size_t i = 0; i < children->count; i++) {
		if (os_array_ptr_at(children, i) == child) {
			os_array_remove(children, i, 1);
			controller_part(child)->parent = NULL;
			os_release(child);
			return;
		}
	}
}

void ui_view_controller_begin_appearance(struct ui_view_controller *controller, bool appearing)
{
	struct controller *part = controller_part(controller);
	bool is_in = part->appearance == CONTROLLER_APPEARING || part->appearance == CONTROLLER_VISIBLE;
	if (is_in == appearing) {
		return;
	}
	if (appearing) {
		ui_view_controller_view(controller);
	}
	part->appearance = appearing ? CONTROLLER_APPEARING : CONTROLLER_DISAPPEARING;
	life_fn will = appearing ? FIND(controller, will_appear) : FIND(controller, will_disappear);
	if (will != NULL) {
		will(controller);
	}
}

void ui_view_controller_end_appearance(struct ui_view_controller *controller, bool cancelled)
{
	struct controller *part = controller_part(controller);
	if (cancelled) {
		ui_view_controller_begin_appearance(controller, part->appearance == CONTROLLER_DISAPPEARING);
	}
	if (part->appearance != CONTROLLER_APPEARING && part->appearance != CONTROLLER_DISAPPEARING) {
		return;
	}
	bool appeared = part->appearance == CONTROLLER_APPEARING;
	part->appearance = appeared ? CONTROLLER_VISIBLE : CONTROLLER_HIDDEN;
	life_fn did = appeared ? FIND(controller, did_appear) : FIND(controller, did_disappear);
	if (did != NULL) {
		did(controller);
	}
}

/* --- Calls of the class ------------------------------------------------------------------------------- */

void controller_call_layout(struct ui_view_controller *controller, struct md_rect bounds)
{
	void (*layout)(struct ui_view_controller *, struct md_rect) = FIND(controller, layout);
	if (layout != NULL) {
		layout(controller, bounds);
	}
}

void controller_call_traits_changed(struct ui_view_controller *controller)
{
	life_fn traits_changed = FIND(controller, traits_changed);
	if (traits_changed != NULL) {
		traits_changed(controller);
	}
	const struct os_array *children = &controller_part(controller)->children;
	for (size_t i = 0; i < children->count; i++) {
		controller_call_traits_changed(os_array_ptr_at(children, i));
	}
}

bool controller_call_key(struct ui_view_controller *controller, const struct ui_key_event *event)
{
	bool (*key)(struct ui_view_controller *, const struct ui_key_event *) = FIND(controller, key);
	return key != NULL && key(controller, event);
}

struct cs_value *controller_call_save(struct ui_view_controller *controller)
{
	struct cs_value *(*save)(struct ui_view_controller *) = FIND(controller, save_state);
	return save != NULL ? save(controller) : NULL;
}

void ui_view_controller_restore(struct ui_view_controller *controller, const struct cs_value *state)
{
	void (*restore)(struct ui_view_controller *, const struct cs_value *) = FIND(controller, restore_state);
	if (restore != NULL) {
		restore(controller, state);
	}
}
