/* A view's own part, for the files of this folder: view.c and its neighbours. */
#ifndef UI_VIEW_PRIVATE_H
#define UI_VIEW_PRIVATE_H

#include <md/layer.h>
#include <os/array.h>
#include <ui/view_class.h>

#include "class_function.h"

struct view_layer;

/* What has to be done on the next tick, for a view itself; shifted by UI_DIRTY_BELOW, for something
 * below it. If a view has a below bit, so have all its ancestors (but see `laying_out`). */
enum {
	UI_DIRTY_LAYOUT = 1 << 0, /* its layout function is to be called */
	UI_DIRTY_LAYER = 1 << 1,  /* what the compositor knows of it, or which views have layers */
	UI_DIRTY_DRAW = 1 << 2,   /* it has a layer, and damage or another visible part */
	UI_DIRTY_ALL = 7,
	UI_DIRTY_BELOW = 4,       /* bits to shift by */
};

#define UI_SIZE_CACHE 3

struct view_size_entry {
	struct md_size proposal, size;
};

struct view {
	/* tree */
	struct ui_view *parent;                /* weak: it retains us */
	struct os_array children;              /* of struct ui_view *, retained, back to front */
	struct ui_window *window;              /* weak: it retains the root of the tree */
	struct ui_view_controller *controller; /* weak: whose view this is; it retains us */
	uint32_t number;
	/* geometry */
	struct md_rect frame;
	struct md_point offset;
	struct md_transform transform;
	struct md_insets extra_safe_area;
	bool scrolls; /* its children move by the offset, each with a layer of its own */
	/* looks */
	enum ui_color background, border_color, tint;
	bool has_background_rgb, shadow, hidden, clips, opaque, layered, secure;
	struct md_color background_rgb;
	double corner_radius, border_width, opacity, dim, backdrop_blur;
	uint64_t host;
	bool host_is_interactive, host_is_snapshot;
	/* layout */
	unsigned dirty;
	bool laying_out, measuring;
	bool size_was_asked, size_depends_on_children;
	int size_count;
	struct view_size_entry sizes[UI_SIZE_CACHE];
	struct md_size fixed_size;
	double grow, space_after; /* in a stack; space_after < 0: the stack's spacing */
	/* layers (view_layer.h) */
	/* covers_layer: it lies over a layer of its ancestor's */
	bool wants_layer, layered_below, covers_layer;
	int animation_count;
	struct view_layer *layer; /* NULL: it draws into its nearest ancestor that has one */
	/* fingers, names */
	bool disabled, takes_taps;
	struct os_array gestures; /* of struct ui_gesture *, retained */
	char *label, *tag;
};

static inline struct view *view_part(const struct ui_view *view)
{
	return os_object_state(view, &ui_view_class.base);
}

static inline const struct os_class *view_class_of(const struct ui_view *view)
{
	return os_object_class(view);
}

/* view_class.c: what the view's class says, or its ancestors. */
void ui_view_call_layout(struct ui_view *view, struct md_rect bounds);
/* false: none */
bool ui_view_call_draw(struct ui_view *view, struct md_canvas *canvas, struct md_rect dirty);
bool ui_view_has_draw(const struct ui_view *view);
bool ui_view_has_size(const struct ui_view *view);
struct md_size ui_view_call_size(struct ui_view *view, struct md_size proposal);
double ui_view_call_baseline(struct ui_view *view, bool last);
struct ui_view *ui_view_call_hit_test(struct ui_view *view, struct md_point point);
bool ui_view_has_touches(const struct ui_view *view);
void ui_view_call_touches(struct ui_view *view, enum ui_touch_phase phase, struct ui_touch *touch);
bool ui_view_call_key(struct ui_view *view, const struct ui_key_event *event);
bool ui_view_call_command(struct ui_view *view, const char *action, bool only_ask);
void ui_view_call_moved(struct ui_view *view, struct ui_window *window);
void ui_view_call_traits_changed(struct ui_view *view);
void ui_view_call_accessibility(struct ui_view *view, struct ui_accessibility *ret_element);
bool ui_view_call_accessibility_child(struct ui_view *view, int index,
                                      struct ui_accessibility *ret_element);
bool ui_view_call_action(struct ui_view *view, const char *action);
bool ui_view_call_can_focus(struct ui_view *view);
void ui_view_call_focus(struct ui_view *view, bool focused);
void ui_view_call_child_size_changed(struct ui_view *view, struct ui_view *child);
bool ui_view_call_reveal(struct ui_view *view, struct md_rect rect);

/* view.c */
struct ui_view *ui_view_child_at(const struct view *part, size_t index);
/* Called by the window for its root, and for what is added below it. */
void ui_view_move_to_window(struct ui_view *view, struct ui_window *window);
void ui_view_send_traits_changed(struct ui_view *view); /* to it and all below */

/* view_dirty.c */
void ui_view_mark(struct ui_view *view, unsigned what); /* UI_DIRTY_… */
/* the below bits of view and its ancestors */
void ui_view_mark_up(struct ui_view *view, unsigned below);

/* view_geometry.c */
void ui_view_safe_area_changed(struct ui_view *root);
struct md_affine ui_view_to_parent(const struct ui_view *view, bool presented);
double ui_view_scale(const struct ui_view *view); /* pixels a point */

/* view_layout.c */
void ui_view_children_changed(struct ui_view *view);

/* view_draw.c */
/* Something of rect (the view's coordinates) has to be drawn again. */
void ui_view_damage(struct ui_view *view, struct md_rect rect);
/* The same for all that view and the views below it that have no layer cover. */
void ui_view_damage_all(struct ui_view *view);
void ui_view_damage_shape(struct ui_view *view); /* the same, unless it has a layer of its own */
void ui_view_damage_moved(struct ui_view *view, bool resized); /* its frame is a new one */
bool ui_view_paints(const struct ui_view *view); /* background, border or a draw function */
struct md_color ui_view_background_color(const struct ui_view *view);

/* view_layer.c */
void ui_view_drop_layer(struct ui_view *view);

/* hit_test.c */
struct ui_view *ui_view_default_hit_test(struct ui_view *view, struct md_point point);

/* view_animation.c: called by a setter before it changes the model, inside ui_animate. */
void ui_animation_will_change(struct ui_view *view, enum md_layer_property property);

#endif
