/* Window: holds the root view; one frame's layout, layers and drawing; what leaves it. */
#include "window_private.h"

#include <md/scene.h>
#include <os/log.h>
#include <os/memory.h>
#include <stdlib.h>

#include "view_layer.h"

/* The root controller's view and whatever lies over it fill the window, unless they were placed. */
static void root_layout(struct ui_view *view, struct md_rect bounds)
{
	for (int i = 0; i < ui_view_child_count(view); i++) {
		struct ui_view *child = ui_view_child(view, i);
		if (view_part(child)->controller != NULL) {
			ui_view_set_frame(child, bounds);
		}
	}
}

static const struct ui_view_class s_root_class = {
    .base = {.struct_size = sizeof(s_root_class), .name = "window", .super = &ui_view_class.base},
    .layout = root_layout,
};

/* --- Life cycle --------------------------------------------------------------------- */

static void deadline_passed(void *context, int64_t now_us)
{
	ui_window_fire_deadlines(context, now_us);
}

struct ui_window *ui_window_create(struct ui_scene *scene)
{
	struct ui_window *window = os_alloc(sizeof(*window));
	window->scene = scene;
	window->appearance = (struct ui_appearance){.text_size = 3, .scale = 1};
	os_array_init(&window->animations, sizeof(struct pending_animation *));
	ui_arena_init(&window->arena);
	if (os_loop_current() != NULL) {
		window->timer = os_timer_create(os_loop_current(), OS_TIMER_DEVICE,
						OS_LOOP_MODE_COMMON, deadline_passed, window);
	}
	window->root = ui_view_create_of_class(&s_root_class);
	ui_view_set_background(window->root, UI_COLOR_BACKGROUND);
	ui_view_move_to_window(window->root, window);
	return window;
}

struct ui_window *ui_window_destroy(struct ui_window *window)
{
	ui_window_cancel_touches(window);
	ui_view_move_to_window(window->root, NULL);
	window->root = os_release(window->root);
	ui_animations_cancel(window, NULL);
	ui_arena_finish(&window->arena);
	os_array_finish(&window->animations);
	os_weak_finish(&window->first_responder);
	os_timer_release(window->timer);
	os_free(window);
	return NULL;
}

static bool same_appearance(const struct ui_appearance *a, const struct ui_appearance *b)
{
	return a->dark == b->dark && a->high_contrast == b->high_contrast &&
	       a->reduce_motion == b->reduce_motion && a->rtl == b->rtl &&
	       a->hardware_keyboard == b->hardware_keyboard && a->text_size == b->text_size &&
	       a->scale == b->scale;
}

static bool same_insets(struct md_insets a, struct md_insets b)
{
	return a.top == b.top && a.left == b.left && a.bottom == b.bottom && a.right == b.right;
}

bool ui_window_configure(struct ui_window *window, struct md_size size, struct md_insets safe_area,
			 const struct ui_appearance *appearance)
{
	bool other_safe_area = !same_insets(window->safe_area, safe_area);
	bool other_traits = !same_appearance(&window->appearance, appearance);
	bool other_scale = window->appearance.scale != appearance->scale;
	window->size = size;
	window->safe_area = safe_area;
	window->appearance = *appearance;
	ui_view_set_frame(window->root, (struct md_rect){0, 0, size.width, size.height});
	if (other_scale) {
		ui_layers_drop_surfaces(window->root);
	}
	if (other_traits) {
		ui_view_send_traits_changed(window->root);
	} else if (other_safe_area) {
		ui_view_safe_area_changed(window->root);
	}
	return other_traits;
}

/* --- A frame ------------------------------------------------------------------------ */

void ui_window_needs_tick(struct ui_window *window)
{
	window->needs_tick = true;
	if (window->scene != NULL) {
		ui_scene_needs_tick(window->scene);
	}
}

bool ui_window_is_dirty(const struct ui_window *window)
{
	return view_part(window->root)->dirty != 0;
}

void ui_window_lay_out(struct ui_window *window)
{
	ui_view_layout_if_needed(window->root);
}

void ui_window_draw(struct ui_window *window)
{
	if (ui_window_md(window) == NULL) {
		return;
	}
	int stalls = window->stalls;
	window->lacks_surfaces = false;
	ui_layers_sync(window->root);
	ui_animations_start(window);
	window->drawing = true;
	ui_layers_draw(window->root);
	window->drawing = false;
	if (window->stalls == stalls) {
		window->stalls = 0;
	}
}

void ui_window_lacks_surfaces(struct ui_window *window)
{
	window->lacks_surfaces = true;
}

void ui_window_stalls(struct ui_window *window)
{
	window->stalls++;
}

void ui_window_assert_not_drawing(const struct ui_window *window, const struct ui_view *view)
{
	if (window->drawing) {
		os_log_error("draw", "drawing may not invalidate layout: %s %u",
			     ui_view_class_name(view), ui_view_number(view));
		abort();
	}
}

/* --- What leaves -------------------------------------------------------------------- */

void ui_window_view_leaves(struct ui_window *window, struct ui_view *view)
{
	struct view *part = view_part(view);
	if (os_weak_get(&window->first_responder) == view) {
		ui_view_resign_first_responder(view);
	}
	ui_window_touches_leave(window, view);
	for (size_t i = 0; i < part->gestures.count; i++) {
		ui_gesture_leave(os_array_ptr_at(&part->gestures, i));
	}
	ui_animations_cancel(window, view);
}

/* --- What is one for all views ------------------------------------------------------ */

struct ui_view *ui_window_view(const struct ui_window *window)
{
	return window->root;
}

struct ui_scene *ui_window_scene(const struct ui_window *window)
{
	return window->scene;
}

struct md_size ui_window_size(const struct ui_window *window)
{
	return window->size;
}

struct md_insets ui_window_safe_area(const struct ui_window *window)
{
	return window->safe_area;
}

const struct ui_appearance *ui_window_appearance(const struct ui_window *window)
{
	return &window->appearance;
}

int64_t ui_window_now_us(const struct ui_window *window)
{
	return window->now_us;
}

struct ui_scene_counts *ui_window_counts(struct ui_window *window)
{
	return &window->counts;
}

struct md_scene *ui_window_md(const struct ui_window *window)
{
	return window->scene != NULL ? ui_scene_md(window->scene) : NULL;
}

struct md_layer *ui_window_root_layer(const struct ui_window *window)
{
	return md_scene_root(ui_window_md(window));
}
