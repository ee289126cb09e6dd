/* A view controller's own part, for containers of this folder. */
#ifndef UI_SRC_VIEW_CONTROLLER_PRIVATE_H
#define UI_SRC_VIEW_CONTROLLER_PRIVATE_H

#include <os/array.h>
#include <ui/view_controller.h>

enum controller_appearance { CONTROLLER_HIDDEN, CONTROLLER_APPEARING, CONTROLLER_VISIBLE, CONTROLLER_DISAPPEARING };

/* One who shows a controller's title and bar items: the navigation controller around it. */
struct controller_observer {
	void (*bar_changed)(void *context, struct ui_view_controller *controller);
	void *context;
};

struct controller {
	struct ui_view *view;              /* NULL until loaded; retained */
	struct ui_view_controller *parent; /* weak: it retains us */
	struct os_array children;          /* of struct ui_view_controller *, retained */
	struct ui_scene *scene;            /* weak: of a scene's root */
	enum controller_appearance appearance;
	char *title;
	bool large_title;
	struct ui_view *bar_left, *bar_right; /* retained; NULL none */
	struct controller_observer observer;
};

struct controller *controller_part(const struct ui_view_controller *controller);
void controller_set_scene(struct ui_view_controller *controller, struct ui_scene *scene); /* the scene's root */
void controller_call_layout(struct ui_view_controller *controller, struct md_rect bounds);
void controller_call_traits_changed(struct ui_view_controller *controller); /* it and its children */
bool controller_call_key(struct ui_view_controller *controller, const struct ui_key_event *event);
struct cs_value *controller_call_save(struct ui_view_controller *controller);

#endif
