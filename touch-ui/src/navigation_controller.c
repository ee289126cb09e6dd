#include <ui/navigation_controller.h>

#include <linux/input-event-codes.h>

#include <cs/value.h>
#include <os/memory.h>

#include "navigation_bar.h"
#include "navigation_private.h"
#include "scroll_view_private.h"
#include "view_controller_private.h"

static const struct ui_view_controller_class s_navigation_class;

struct navigation *navigation_of(const struct ui_view_controller *controller)
{
	return os_object_state(controller, &s_navigation_class.base);
}

/* --- The view: pages below, bar above ------------------------------------------------------------ */

struct navigation_view {
	struct navigation *navigation; /* weak: its controller owns the view */
};

static const struct ui_view_class s_view_class;

/* The scroller under the bar, by which a large title collapses. */
static struct ui_view *find_scroller(struct ui_view *view)
{
	if (ui_view_try_state(view, &ui_scroll_view_class) != NULL) {
		return view;
	}
	for (int i = 0; i < ui_view_child_count(view); i++) {
		struct ui_view *child = ui_view_child(view, i);
		if (ui_view_try_state(child, &ui_scroll_view_class) != NULL) {
			return child;
		}
	}
	return NULL;
}

static double collapse_of(const struct navigation_entry *entry, struct ui_view *bar)
{
	struct ui_view *scroller = find_scroller(ui_view_controller_view(entry->controller));
	if (scroller == NULL) {
		return 0;
	}
	double height = navigation_bar_height(bar, entry->page) + ui_view_safe_area(bar).top;
	return OS_MAX(ui_scroll_view_offset(scroller).y + height, 0);
}

static void layout_bar(struct navigation *navigation, double width)
{
	const struct navigation_entry *entry = navigation_shown(navigation);
	double full = navigation_bar_height(navigation->bar, entry->page);
	double large = navigation_page_is_large(entry->page) ? full - NAVIGATION_BAR_HEIGHT : 0;
	double collapse = collapse_of(entry, navigation->bar);
	double height = full - OS_MIN(collapse, large) + ui_view_safe_area(navigation->bar).top;
	ui_view_set_frame(navigation->bar, (struct md_rect){0, 0, width, height});
	navigation_bar_set_collapse(navigation->bar, entry->page, collapse);
}

static void entry_layout(struct navigation *navigation, const struct navigation_entry *entry, struct md_rect bounds)
{
	struct ui_view *view = ui_view_controller_view(entry->controller);
	double covered = navigation_bar_height(navigation->bar, entry->page);
	ui_view_set_frame(view, bounds);
	ui_view_set_additional_safe_area(view, (struct md_insets){covered, 0, 0, 0});
	controller_call_layout(entry->controller, bounds);
}

static void view_layout(struct ui_view *view, struct md_rect bounds)
{
	struct navigation_view *state = ui_view_state(view, &s_view_class);
	struct navigation *navigation = state->navigation;
	if (navigation->stack.count == 0) {
		return;
	}
	if (navigation->transition.state != NAVIGATION_STILL) {
		entry_layout(navigation, &navigation->transition.back, bounds);
		entry_layout(navigation, &navigation->transition.front, bounds);
	} else {
		entry_layout(navigation, navigation_shown(navigation), bounds);
	}
	layout_bar(navigation, bounds.width);
}

static const struct ui_view_class s_view_class = {
	.base = {.struct_size = sizeof(s_view_class),
	         .name = "navigation-view",
	         .size = sizeof(struct navigation_view),
	         .super = &ui_view_class.base},
	.layout = view_layout,
};

static void navigation_did_scroll(void *context, struct ui_view *scroller)
{
	struct navigation *navigation = context;
	layout_bar(navigation, ui_view_bounds(navigation->view).width);
}

/* --- Stack ------------------------------------------------------------------------------------------ */

struct navigation_entry *navigation_entry_at(const struct navigation *navigation, size_t index)
{
	return os_array_at(&navigation->stack, index);
}

struct navigation_entry *navigation_shown(const struct navigation *navigation)
{
	return navigation_entry_at(navigation, navigation->stack.count - 1);
}

static void navigation_watch_scroller(struct navigation *navigation, const struct navigation_entry *entry, bool watch)
{
	struct ui_view *scroller = find_scroller(ui_view_controller_view(entry->controller));
	if (scroller != NULL) {
		scroll_view_set_observer(scroller, watch ? navigation_did_scroll : NULL, navigation);
	}
}

static void go_back(void *context)
{
	struct navigation *navigation = context;
	ui_navigation_controller_pop(navigation->controller, true);
}

static void bar_changed(void *context, struct ui_view_controller *controller)
{
	struct navigation *navigation = context;
	for (size_t i = 0; i < navigation->stack.count; i++) {
		const struct navigation_entry *entry = navigation_entry_at(navigation, i);
		if (entry->controller == controller) {
			navigation_page_update(entry->page);
			ui_view_set_needs_layout(navigation->view);
		}
	}
}

static struct navigation_entry *append(struct navigation *navigation, struct ui_view_controller *controller)
{
	const char *back_title = navigation->stack.count == 0
	                             ? NULL
	                             : ui_view_controller_title(navigation_shown(navigation)->controller);
	ui_view_controller_add_child(navigation->controller, controller);
	controller_part(controller)->observer = (struct controller_observer){bar_changed, navigation};
	struct navigation_page_options options = {controller, back_title, go_back, navigation};
	struct navigation_entry *entry = os_array_append(&navigation->stack);
	entry->controller = controller;
	entry->page = navigation_page_create(&options);
	return entry;
}

void navigation_show_entry(struct navigation *navigation, const struct navigation_entry *entry, bool in_front)
{
	struct ui_view *view = ui_view_controller_view(entry->controller);
	if (ui_view_parent(view) == NULL) {
		ui_view_insert(navigation->pages, os_retain(view), in_front ? -1 : 0);
		ui_view_add(navigation->bar, os_retain(entry->page));
	}
	ui_view_set_layered(view, true);
	entry_layout(navigation, entry, ui_view_bounds(navigation->view));
	navigation_watch_scroller(navigation, entry, true);
	ui_view_set_needs_layout(navigation->view);
}

void navigation_hide_entry(struct navigation *navigation, const struct navigation_entry *entry)
{
	struct ui_view *view = ui_view_controller_view(entry->controller);
	navigation_watch_scroller(navigation, entry, false);
	ui_view_remove(view);
	ui_view_remove(entry->page);
}

void navigation_drop_last(struct navigation *navigation)
{
	struct navigation_entry entry = *navigation_shown(navigation);
	os_array_remove(&navigation->stack, navigation->stack.count - 1, 1);
	controller_part(entry.controller)->observer = (struct controller_observer){0};
	os_release(entry.page);
	ui_view_controller_remove_child(entry.controller);
}

/* --- Class -------------------------------------------------------------------------------------------- */

static struct ui_view *navigation_load(struct ui_view_controller *controller)
{
	return os_retain(navigation_of(controller)->view);
}

static void forward_appearance(struct ui_view_controller *controller, bool appearing, bool begins)
{
	struct navigation *navigation = navigation_of(controller);
	navigation_finish(navigation);
	struct ui_view_controller *top = navigation_shown(navigation)->controller;
	if (begins) {
		ui_view_controller_begin_appearance(top, appearing);
	} else {
		ui_view_controller_end_appearance(top, false);
	}
}

static void navigation_will_appear(struct ui_view_controller *controller)
{
	forward_appearance(controller, true, true);
}

static void navigation_did_appear(struct ui_view_controller *controller)
{
	forward_appearance(controller, true, false);
}

static void navigation_will_disappear(struct ui_view_controller *controller)
{
	forward_appearance(controller, false, true);
}

static void navigation_did_disappear(struct ui_view_controller *controller)
{
	forward_appearance(controller, false, false);
}

static bool navigation_key(struct ui_view_controller *controller, const struct ui_key_event *event)
{
	struct navigation *navigation = navigation_of(controller);
	if (controller_call_key(navigation_shown(navigation)->controller, event)) {
		return true;
	}
	/* The hardware's back key is the bar's back button. */
	if (event->key != KEY_BACK || navigation->stack.count < 2) {
		return false;
	}
	if (event->down && !event->repeat) {
		ui_navigation_controller_pop(controller, true);
	}
	return true;
}

static void navigation_init(struct os_object *object)
{
	struct ui_view_controller *controller = (struct ui_view_controller *)object;
	struct navigation *navigation = os_object_state(object, &s_navigation_class.base);
	navigation->controller = controller;
	os_array_init(&navigation->stack, sizeof(struct navigation_entry));
	navigation->view = ui_view_create_of_class(&s_view_class);
	((struct navigation_view *)ui_view_state(navigation->view, &s_view_class))->navigation = navigation;
	ui_view_set_background(navigation->view, UI_COLOR_BACKGROUND);
	ui_view_set_clips(navigation->view, true);
	navigation->pages = navigation->view;
	navigation->bar = navigation_bar_create();
	ui_view_add(navigation->view, navigation->bar);
	navigation_transition_init(navigation);
}

static void navigation_finalize(struct os_object *object)
{
	struct navigation *navigation = os_object_state(object, &s_navigation_class.base);
	navigation_finish(navigation);
	for (size_t i = 0; i < navigation->stack.count; i++) {
		struct navigation_entry *entry = navigation_entry_at(navigation, i);
		navigation_watch_scroller(navigation, entry, false);
		controller_part(entry->controller)->observer = (struct controller_observer){0};
		os_release(entry->page);
	}
	os_array_finish(&navigation->stack);
	os_release(navigation->view);
}

static const struct ui_view_controller_class s_navigation_class = {
	.base = {.struct_size = sizeof(s_navigation_class),
	         .name = "navigation-controller",
	         .size = sizeof(struct navigation),
	         .super = &ui_view_controller_class.base,
	         .init = navigation_init,
	         .finalize = navigation_finalize},
	.load = navigation_load,
	.will_appear = navigation_will_appear,
	.did_appear = navigation_did_appear,
	.will_disappear = navigation_will_disappear,
	.did_disappear = navigation_did_disappear,
	.key = navigation_key,
	.save_state = ui_navigation_controller_save,
};

/* --- For users ----------------------------------------------------------------------------------------- */

struct ui_view_controller *ui_navigation_controller_create(struct ui_view_controller *root)
{
	struct ui_view_controller *controller = ui_view_controller_create(&s_navigation_class);
	struct navigation *navigation = navigation_of(controller);
	struct navigation_entry entry = *append(navigation, root);
	navigation_show_entry(navigation, &entry, false);
	return controller;
}

void ui_navigation_controller_push(struct ui_view_controller *controller, struct ui_view_controller *screen,
                                   bool animated)
{
	struct navigation *navigation = navigation_of(controller);
	navigation_finish(navigation);
	append(navigation, screen);
	struct navigation_entry *front = navigation_shown(navigation);
	navigation_begin(navigation, *front, *navigation_entry_at(navigation, navigation->stack.count - 2), false);
	navigation_settle(navigation, false, animated ? NAVIGATION_PUSH : NAVIGATION_AT_ONCE, 0);
}

void ui_navigation_controller_pop(struct ui_view_controller *controller, bool animated)
{
	struct navigation *navigation = navigation_of(controller);
	navigation_finish(navigation);
	if (navigation->stack.count < 2) {
		return;
	}
	struct navigation_entry front = *navigation_shown(navigation);
	navigation_begin(navigation, front, *navigation_entry_at(navigation, navigation->stack.count - 2), true);
	navigation_settle(navigation, true, animated ? NAVIGATION_PUSH : NAVIGATION_AT_ONCE, 0);
}

void ui_navigation_controller_pop_to_root(struct ui_view_controller *controller, bool animated)
{
	struct navigation *navigation = navigation_of(controller);
	navigation_finish(navigation);
	/* The screens between are never seen: they leave the stack before the one on top moves. */
	while (navigation->stack.count > 2) {
		struct navigation_entry between = *navigation_entry_at(navigation, navigation->stack.count - 2);
		os_array_remove(&navigation->stack, navigation->stack.count - 2, 1);
		controller_part(between.controller)->observer = (struct controller_observer){0};
		os_release(between.page);
		ui_view_controller_remove_child(between.controller);
	}
	ui_navigation_controller_pop(controller, animated);
}

int ui_navigation_controller_depth(const struct ui_view_controller *controller)
{
	const struct navigation *navigation = navigation_of(controller);
	return (int)navigation->stack.count - navigation_is_leaving(navigation);
}

struct ui_view_controller *ui_navigation_controller_top(const struct ui_view_controller *controller)
{
	const struct navigation *navigation = navigation_of(controller);
	size_t index = (size_t)ui_navigation_controller_depth(controller) - 1;
	return navigation_entry_at(navigation, index)->controller;
}

struct ui_view_controller *ui_view_controller_navigation(const struct ui_view_controller *controller)
{
	struct ui_view_controller *at = ui_view_controller_parent(controller);
	while (at != NULL && !os_object_is(at, &s_navigation_class.base)) {
		at = ui_view_controller_parent(at);
	}
	return at;
}

struct cs_value *ui_navigation_controller_save(struct ui_view_controller *controller)
{
	const struct navigation *navigation = navigation_of(controller);
	struct cs_builder *builder = cs_builder_create();
	cs_builder_begin_array(builder);
	for (int i = 0; i < ui_navigation_controller_depth(controller); i++) {
		struct ui_view_controller *screen = navigation_entry_at(navigation, (size_t)i)->controller;
		struct cs_value *state = controller_call_save(screen);
		cs_builder_begin_dictionary(builder);
		cs_builder_key(builder, "screen");
		cs_builder_string(builder, os_object_class(screen)->name);
		if (state != NULL) {
			cs_builder_key(builder, "state");
			cs_builder_value(builder, state);
		}
		cs_builder_end(builder);
		os_release(state);
	}
	cs_builder_end(builder);
	return cs_builder_finish(builder);
}
