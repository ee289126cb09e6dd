/* Scene: ticks become frames. Touches first, then what the app moves by itself at the frame's
 * target time, then layout, layers and drawing, and one commit. Between ticks nothing is done but
 * to hear of downs, ups and keys; while nothing is marked no tick is asked for. */
#include "scene_private.h"

#include <os/memory.h>
#include <os/trace.h>
#include <string.h>
#include <ui/responder.h>

#include "view_controller_private.h"

#define MOST_STALLS 30

/* --- Frames ------------------------------------------------------------------------- */

void ui_scene_needs_tick(struct ui_scene *scene)
{
	if (!scene->in_frame && scene->configured && !scene->window->lacks_surfaces &&
	    !md_scene_tick_requested(scene->md)) {
		md_scene_request_tick(scene->md);
	}
}

static void ask_for_next(struct ui_scene *scene)
{
	/* Buffers that do not come back are waited for, not asked after sixty times a second. */
	bool stuck = scene->window->stalls > MOST_STALLS;
	if (scene->tickers.count > 0 || (ui_window_is_dirty(scene->window) && !stuck)) {
		ui_scene_needs_tick(scene);
	}
}

/* The first picture is whole: until there is memory for it, nothing is committed. */
static bool may_commit(const struct ui_scene *scene)
{
	return scene->root != NULL && (scene->shown || !scene->window->lacks_surfaces);
}

static void draw_frame(struct ui_scene *scene)
{
	struct ui_window *window = scene->window;
	int64_t began_us = OS_TRACE_BEGIN();
	ui_window_lay_out(window);
	UI_WORK_HOP(scene, "layout", began_us, (int64_t)window->counts.views_laid_out);
	began_us = OS_TRACE_BEGIN();
	ui_window_draw(window);
	UI_WORK_HOP(scene, "draw", began_us, (int64_t)window->counts.views_drawn);
}

static void run_frame(struct ui_scene *scene)
{
	/* The finger that this frame answers goes on with it. */
	uint64_t flow = os_flow_current();
	if (scene->work.flow != 0) {
		os_flow_set_current(scene->work.flow);
	}
	draw_frame(scene);
	if (may_commit(scene)) {
		scene->shown = true;
		md_scene_commit(scene->md);
		ui_work_end(&scene->work);
	}
	os_flow_set_current(flow);
}

static void run_tickers(struct ui_scene *scene, int64_t target_us)
{
	for (size_t i = 0; i < scene->tickers.count; i++) {
		struct ui_ticker ticker = *(struct ui_ticker *)os_array_at(&scene->tickers, i);
		int64_t began_us = OS_TRACE_BEGIN();
		ticker.fn(ticker.context, target_us);
		UI_WORK_HOP(scene, "ticker", began_us, (int64_t)i);
		/* It may have taken itself away. */
		if (i < scene->tickers.count) {
			const struct ui_ticker *at = os_array_at(&scene->tickers, i);
			i -= at->fn != ticker.fn || at->context != ticker.context ? 1 : 0;
		}
	}
}

static void scene_tick(void *context, const struct md_tick *tick)
{
	struct ui_scene *scene = context;
	struct ui_window *window = scene->window;
	scene->in_frame = true;
	scene->tick = *tick;
	window->counts.ticks++;
	ui_window_fire_deadlines(window, tick->target_us - tick->period_us);
	window->now_us = tick->target_us;
	ui_window_move_touches(window, tick->target_us - tick->period_us);
	run_tickers(scene, tick->target_us);
	run_frame(scene);
	scene->in_frame = false;
	ask_for_next(scene);
}

static void scene_configure(void *context, const struct md_scene_configuration *configuration)
{
	struct ui_scene *scene = context;
	struct ui_appearance appearance = {
	    .dark = configuration->dark,
	    .high_contrast = configuration->high_contrast,
	    .reduce_motion = configuration->reduce_motion,
	    .rtl = configuration->rtl,
	    .hardware_keyboard = configuration->hardware_keyboard,
	    .text_size = configuration->text_size,
	    .scale = configuration->scale,
	};
	if (scene->input == NULL) {
		/* Until a field takes the caret, who types is told that nobody hears. */
		static const char no_field[] = {MD_INPUT_FIELD, 0};
		md_scene_send_input(scene->md, no_field, sizeof(no_field));
	}
	scene->configured = true;
	scene->in_frame = true;
	if (ui_window_configure(scene->window, configuration->size, configuration->safe_area,
				&appearance) &&
	    scene->root != NULL) {
		controller_call_traits_changed(scene->root);
	}
	/* At once: the device may be waiting for it, and a scene that is not seen has no ticks. */
	run_frame(scene);
	scene->in_frame = false;
	ask_for_next(scene);
}

static void scene_surfaces_available(void *context)
{
	struct ui_scene *scene = context;
	if (!scene->window->lacks_surfaces && scene->window->stalls == 0) {
		return;
	}
	scene->window->lacks_surfaces = false;
	scene->window->stalls = 0;
	if (scene->shown) {
		ask_for_next(scene);
		return;
	}
	scene->in_frame = true;
	run_frame(scene);
	scene->in_frame = false;
	ask_for_next(scene);
}

/* --- Events ------------------------------------------------------------------------- */

static void scene_touches(void *context, const struct md_touch *touches, size_t count)
{
	struct ui_scene *scene = context;
	ui_window_touches(scene->window, touches, count);
}

static void scene_key(void *context, const struct md_key_event *event)
{
	struct ui_scene *scene = context;
	struct ui_window *window = scene->window;
	window->now_us = OS_MAX(window->now_us, event->time_us);
	struct ui_key_event key = {event->time_us, event->key,    event->modifiers,
				   event->down,    event->repeat, event->text};
	int64_t began_us = OS_TRACE_BEGIN();
	struct ui_view *view = ui_window_first_responder(window);
	bool done = view != NULL && ui_responder_key(view, &key);
	/* What lies in front of all hears of it first: an alert before the screen below. */
	for (int i = ui_view_child_count(window->root) - 1; i >= 0 && !done && view == NULL; i--) {
		if (i < ui_view_child_count(window->root)) {
			done = ui_responder_key(ui_view_child(window->root, i), &key);
		}
	}
	UI_WORK_HOP(scene, "key", began_us, event->key);
}

static void scene_scroll(void *context, struct md_point position, struct md_point by)
{
	struct ui_scene *scene = context;
	int64_t began_us = OS_TRACE_BEGIN();
	ui_window_scroll(scene->window, position, by);
	UI_WORK_HOP(scene, "scroll", began_us, 0);
}

static void scene_focus(void *context, bool focused)
{
	struct ui_scene *scene = context;
	scene->focused = focused;
	if (scene->input != NULL && scene->input->focus != NULL) {
		scene->input->focus(scene->input_context, focused);
	}
}

static void scene_presented(void *context, uint64_t frame, int64_t time_us)
{
	struct ui_scene *scene = context;
	if (scene->presented != NULL) {
		scene->presented(scene->presented_context, frame);
	}
}

static void scene_seen(void *context, bool seen)
{
	struct ui_scene *scene = context;
	if (scene->seen != NULL) {
		scene->seen(scene->seen_context, seen);
	}
}

static void scene_input(void *context, const void *bytes, size_t length, uint32_t serial)
{
	struct ui_scene *scene = context;
	if (scene->input != NULL) {
		scene->input->input(scene->input_context, bytes, length, serial);
	} else {
		md_scene_ack_input(scene->md, serial); /* no field is there to take it */
	}
}

static void scene_query(void *context, uint32_t serial, enum md_query query, const char *argument)
{
	ui_scene_query(context, serial, query, argument);
}

static void scene_lost(void *context)
{
	struct ui_scene *scene = context;
	ui_window_cancel_touches(scene->window);
}

static const struct md_scene_delegate s_delegate = {
    .struct_size = sizeof(s_delegate),
    .configure = scene_configure,
    .tick = scene_tick,
    .touches = scene_touches,
    .key = scene_key,
    .focus = scene_focus,
    .presented = scene_presented,
    .surfaces_available = scene_surfaces_available,
    .input = scene_input,
    .query = scene_query,
    .lost = scene_lost,
    .seen = scene_seen,
    .scroll = scene_scroll,
};

/* --- Life cycle --------------------------------------------------------------------- */

struct ui_scene *ui_scene_create(struct md_display_client *client, int role)
{
	struct ui_scene *scene = os_alloc(sizeof(*scene));
	os_array_init(&scene->tickers, sizeof(struct ui_ticker));
	scene->md = md_scene_create(client, (enum md_scene_role)role, &s_delegate, scene);
	scene->window = ui_window_create(scene);
	return scene;
}

struct ui_scene *ui_scene_release(struct ui_scene *scene)
{
	if (scene == NULL) {
		return NULL;
	}
	scene->in_frame = true; /* nothing asks for a tick any more */
	ui_scene_set_root(scene, NULL);
	scene->window = ui_window_destroy(scene->window);
	md_scene_release(scene->md);
	os_array_finish(&scene->tickers);
	os_free(scene);
	return NULL;
}

static void put_root(struct ui_scene *scene, struct ui_view_controller *root)
{
	controller_set_scene(root, scene);
	struct ui_view *view = ui_view_controller_view(root);
	ui_view_controller_begin_appearance(root, true);
	ui_view_insert(scene->window->root, os_retain(view), 0);
	ui_view_controller_end_appearance(root, false);
	if (scene->configured && !scene->in_frame && !scene->shown) {
		scene->in_frame = true;
		run_frame(scene);
		scene->in_frame = false;
		ask_for_next(scene);
	}
}

void ui_scene_set_root(struct ui_scene *scene, struct ui_view_controller *root)
{
	struct ui_view_controller *old = scene->root;
	scene->root = root;
	if (old != NULL) {
		ui_view_controller_begin_appearance(old, false);
		ui_view_remove(ui_view_controller_view(old));
		ui_view_controller_end_appearance(old, false);
		controller_set_scene(old, NULL);
		os_release(old);
	}
	if (root != NULL) {
		put_root(scene, root);
	}
}

/* --- Properties --------------------------------------------------------------------- */

struct ui_view_controller *ui_scene_root(const struct ui_scene *scene)
{
	return scene->root;
}

struct ui_window *ui_scene_window(const struct ui_scene *scene)
{
	return scene->window;
}

struct md_scene *ui_scene_md(const struct ui_scene *scene)
{
	return scene->md;
}

struct md_size ui_scene_size(const struct ui_scene *scene)
{
	return scene->window->size;
}

struct md_insets ui_scene_safe_area(const struct ui_scene *scene)
{
	return scene->window->safe_area;
}

const struct ui_appearance *ui_scene_appearance(const struct ui_scene *scene)
{
	return &scene->window->appearance;
}

static void tickers_changed(struct ui_scene *scene, size_t before)
{
	bool moved = before > 0, moves = scene->tickers.count > 0;
	if (moved != moves) {
		md_scene_set_moving(scene->md, moves);
	}
	if (moves) {
		ui_scene_needs_tick(scene);
	}
}

void ui_scene_add_ticker(struct ui_scene *scene, ui_tick_fn fn, void *context)
{
	size_t before = scene->tickers.count;
	*(struct ui_ticker *)os_array_append(&scene->tickers) = (struct ui_ticker){fn, context};
	tickers_changed(scene, before);
}

void ui_scene_remove_ticker(struct ui_scene *scene, ui_tick_fn fn, void *context)
{
	size_t before = scene->tickers.count;
	for (size_t i = 0; i < before; i++) {
		const struct ui_ticker *ticker = os_array_at(&scene->tickers, i);
		if (ticker->fn == fn && ticker->context == context) {
			os_array_remove(&scene->tickers, i, 1);
			tickers_changed(scene, before);
			return;
		}
	}
}

struct ui_scene_counts ui_scene_counts(const struct ui_scene *scene)
{
	return scene->window->counts;
}

void ui_scene_count_row(struct ui_scene *scene)
{
	scene->window->counts.rows_built++;
}

struct ui_work *ui_scene_work(struct ui_scene *scene)
{
	return &scene->work;
}

const struct md_tick *ui_scene_tick(const struct ui_scene *scene)
{
	return &scene->tick;
}

void ui_scene_set_input(struct ui_scene *scene, const struct ui_scene_input *input, void *context)
{
	scene->input = input;
	scene->input_context = context;
}

bool ui_scene_is_focused(const struct ui_scene *scene)
{
	return scene->focused;
}
