/* View controller: one screen of an app, and its life (UIViewController).
 *
 *	static struct ui_view *load(struct ui_view_controller *controller) { return notes_list_view(…); }
 *	static const struct ui_view_controller_class s_class = {
 *		.base = { .struct_size = sizeof(s_class), .name = "notes-list", .size = sizeof(struct notes_list),
 *			.super = &ui_view_controller_class.base, .finalize = finalize },
 *		.load = load, .will_appear = reload };
 *	struct ui_view_controller *list = ui_view_controller_create(&s_class);
 *	struct notes_list *state = ui_view_controller_state(list, &s_class);
 *
 * Order: load (first time the view is asked for), will_appear, did_appear, will_disappear,
 * did_disappear; in the right pairs when a transition is cancelled. Thread: main. */
#ifndef UI_VIEW_CONTROLLER_H
#define UI_VIEW_CONTROLLER_H

#include <ui/touch.h>
#include <ui/view.h>

struct cs_value;
struct ui_view_controller;

struct ui_view_controller_class {
	struct os_class base;
	struct ui_view *(*load)(struct ui_view_controller *controller); /* gives the reference */
	void (*did_load)(struct ui_view_controller *controller);
	void (*will_appear)(struct ui_view_controller *controller);
	void (*did_appear)(struct ui_view_controller *controller);
	void (*will_disappear)(struct ui_view_controller *controller);
	void (*did_disappear)(struct ui_view_controller *controller);
	void (*layout)(struct ui_view_controller *controller, struct md_rect bounds);
	void (*traits_changed)(struct ui_view_controller *controller);
	bool (*key)(struct ui_view_controller *controller, const struct ui_key_event *event);
	struct cs_value *(*save_state)(struct ui_view_controller *controller);
	void (*restore_state)(struct ui_view_controller *controller, const struct cs_value *state);
};

UI_PUBLIC extern const struct ui_view_controller_class ui_view_controller_class;
UI_PUBLIC struct ui_view_controller *ui_view_controller_create(const struct ui_view_controller_class *class);
UI_PUBLIC void *ui_view_controller_state(const struct ui_view_controller *controller,
                                         const struct ui_view_controller_class *class);
/* A screen that is just a view (taken). */
UI_PUBLIC struct ui_view_controller *ui_view_controller_create_with_view(struct ui_view *view, const char *title);

UI_PUBLIC struct ui_view *ui_view_controller_view(struct ui_view_controller *controller); /* loads it */
UI_PUBLIC bool ui_view_controller_is_visible(const struct ui_view_controller *controller);
UI_PUBLIC struct ui_view_controller *ui_view_controller_parent(const struct ui_view_controller *controller);
UI_PUBLIC struct ui_scene *ui_view_controller_scene(const struct ui_view_controller *controller);

/* What the navigation bar shows of it. */
UI_PUBLIC void ui_view_controller_set_title(struct ui_view_controller *controller, const char *title);
UI_PUBLIC const char *ui_view_controller_title(const struct ui_view_controller *controller);
UI_PUBLIC void ui_view_controller_set_large_title(struct ui_view_controller *controller, bool large);
/* Buttons of the bar, taken; NULL for none. */
UI_PUBLIC void ui_view_controller_set_bar_items(struct ui_view_controller *controller, struct ui_view *left,
                                                struct ui_view *right);

/* Gives the screen what its save_state once returned; before it is shown. */
UI_PUBLIC void ui_view_controller_restore(struct ui_view_controller *controller, const struct cs_value *state);

/* --- Containment ------------------------------------------------------------------------------------------ */

UI_PUBLIC void ui_view_controller_add_child(struct ui_view_controller *parent, struct ui_view_controller *child); /* taken */
UI_PUBLIC void ui_view_controller_remove_child(struct ui_view_controller *child);
/* For containers: begins and ends an appearance, so that the four calls come in pairs. */
UI_PUBLIC void ui_view_controller_begin_appearance(struct ui_view_controller *controller, bool appearing);
UI_PUBLIC void ui_view_controller_end_appearance(struct ui_view_controller *controller, bool cancelled);

#endif
