/* Queries: what the compositor asks a scene on behalf of tools. Answers are texts; "" is "done". */
#include <os/buffer.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "element.h"
#include "json_text.h"
#include "scene_private.h"
#include "view_layer.h"

#define PAGES 4000 /* scrolled at most, looking for a label */

/* --- Finding elements --------------------------------------------------------------- */

struct search {
	const char *id, *name;
	struct ui_view *within; /* NULL: anywhere */
	struct element found;
	bool is_found;
};

static bool look_at(void *context, const struct element *element)
{
	struct search *search = context;
	char id[128];
	ui_element_id(element, id, sizeof(id));
	bool fits = (search->id == NULL || strcmp(search->id, id) == 0) &&
		    (search->name == NULL || ui_element_is_called(element, search->name));
	if (fits) {
		search->found = *element;
		search->is_found = true;
	}
	return !fits;
}

static bool find(struct ui_scene *scene, struct search *search)
{
	search->is_found = false;
	struct ui_view *from = search->within != NULL ? search->within : scene->window->root;
	ui_element_each(from, look_at, search);
	return search->is_found;
}

/* --- Actions ------------------------------------------------------------------------ */

static bool tap(struct ui_view *view)
{
	const struct view *part = view_part(view);
	for (size_t i = 0; i < part->gestures.count; i++) {
		struct ui_gesture *gesture = os_array_ptr_at(&part->gestures, i);
		if (ui_gesture_is_tap(gesture) && ui_tap_count(gesture) == 1) {
			return ui_gesture_perform(gesture);
		}
	}
	return false;
}

static void answer_action(struct ui_scene *scene, const char *argument, struct os_buffer *answer)
{
	const char *blank = strchr(argument, ' ');
	if (blank == NULL) {
		os_buffer_add_text(answer, "expected an id and an action");
		return;
	}
	char id[128];
	snprintf(id, sizeof(id), "%.*s", (int)(blank - argument), argument);
	struct search search = {.id = id};
	if (!find(scene, &search)) {
		os_buffer_printf(answer, "there is no element %s", id);
		return;
	}
	struct ui_view *view = search.found.view;
	const char *action = blank + 1;
	if (!search.found.enabled_here) {
		os_buffer_add_text(answer, "it is disabled");
	} else if (!ui_view_call_action(view, action) &&
		   !(strcmp(action, "activate") == 0 && tap(view))) {
		os_buffer_printf(answer, "it cannot do \"%s\"", action);
	}
}

/* --- Scrolling ---------------------------------------------------------------------- */

static void reveal(const struct element *element)
{
	for (struct ui_view *at = ui_view_parent(element->view); at != NULL;
	     at = ui_view_parent(at)) {
		struct md_rect box = ui_view_bounds(element->view);
		if (element->child >= 0) {
			box = element->is.frame;
		}
		ui_view_call_reveal(at, ui_view_convert_rect(element->view, box, at));
	}
}

static struct ui_view *find_scroller(struct ui_view *view)
{
	const struct view *part = view_part(view);
	if (part->hidden) {
		return NULL;
	}
	if (part->scrolls) {
		return view;
	}
	for (size_t i = part->children.count; i-- > 0;) {
		struct ui_view *found = find_scroller(ui_view_child_at(part, i));
		if (found != NULL) {
			return found;
		}
	}
	return NULL;
}

/* Moves the scroller to y, as far as it goes; rows are built. False if it was there already. */
static bool scroll_to(struct ui_scene *scene, struct ui_view *scroller, double y)
{
	struct md_point before = ui_view_content_offset(scroller);
	struct md_rect bounds = ui_view_bounds(scroller);
	ui_view_call_reveal(scroller, (struct md_rect){bounds.x, y, 1, bounds.height});
	ui_window_lay_out(scene->window);
	return ui_view_content_offset(scroller).y != before.y;
}

/* Pages through a list, since rows that are not visible do not exist. */
static bool page_to(struct ui_scene *scene, struct ui_view *scroller, struct search *search)
{
	search->within = scroller;
	if (find(scene, search)) {
		return true;
	}
	scroll_to(scene, scroller, -MD_UNBOUNDED / 2);
	for (int page = 0; page < PAGES; page++) {
		if (find(scene, search)) {
			return true;
		}
		struct md_rect bounds = ui_view_bounds(scroller);
		if (!scroll_to(scene, scroller, bounds.y + bounds.height * 0.9)) {
			return find(scene, search);
		}
	}
	return false;
}

static void answer_scroll_to(struct ui_scene *scene, const char *argument, struct os_buffer *answer)
{
	const char *blank = strchr(argument, ' ');
	if (blank == NULL) {
		os_buffer_add_text(answer, "expected a list's id, or -, and a label");
		return;
	}
	char id[128];
	snprintf(id, sizeof(id), "%.*s", (int)(blank - argument), argument);
	struct search list = {.id = id};
	struct search search = {.name = blank + 1};
	struct ui_view *within = NULL;
	if (strcmp(id, "-") != 0) {
		if (!find(scene, &list)) {
			os_buffer_printf(answer, "there is no list %s", id);
			return;
		}
		within = list.found.view;
	} else if (find(scene, &search)) {
		reveal(&search.found);
		return;
	}
	struct ui_view *scroller = find_scroller(within != NULL ? within : scene->window->root);
	if (scroller == NULL || !page_to(scene, scroller, &search)) {
		os_buffer_printf(answer, "there is no \"%s\" in it", blank + 1);
		return;
	}
	reveal(&search.found);
}

/* --- Hits --------------------------------------------------------------------------- */

static void answer_hit(struct ui_scene *scene, const char *argument, struct os_buffer *answer)
{
	char *end;
	struct md_point point = {strtod(argument, &end), 0};
	point.y = strtod(end, NULL);
	struct element element, child;
	struct ui_view *view = ui_view_hit_test(scene->window->root, point);
	while (view != NULL && !ui_element_make(view, ui_element_clip(view), &element)) {
		view = ui_view_parent(view);
	}
	if (view == NULL) {
		return;
	}
	for (int i = 0; ui_element_make_child(&element, i, &child); i++) {
		if (md_rect_contains(child.frame, point)) {
			element = child;
			break;
		}
	}
	char id[128];
	ui_element_id(&element, id, sizeof(id));
	os_buffer_add_text(answer, id);
}

/* --- Views -------------------------------------------------------------------------- */

static void write_views(struct ui_view *view, struct os_buffer *json)
{
	const struct view *part = view_part(view);
	os_buffer_printf(json, "{\"number\":%u,\"class\":", part->number);
	ui_json_text(json, ui_view_class_name(view));
	ui_json_rect(json, "frame", ui_view_convert_rect(view, ui_view_bounds(view), NULL));
	os_buffer_printf(json, ",\"layer\":%u,\"surfaces\":%zu,\"hidden\":%s,\"children\":[",
			 part->layer != NULL ? md_layer_id(part->layer->layer) : 0,
			 part->layer != NULL ? part->layer->tiles.count : 0,
			 part->hidden ? "true" : "false");
	for (size_t i = 0; i < part->children.count; i++) {
		os_buffer_add_text(json, i > 0 ? "," : "");
		write_views(ui_view_child_at(part, i), json);
	}
	os_buffer_add_text(json, "]}");
}

static void answer_settled(struct ui_scene *scene, struct os_buffer *answer)
{
	if (scene->tickers.count > 0) {
		os_buffer_add_text(answer, "something scrolls or moves by itself");
	} else if (ui_window_is_dirty(scene->window)) {
		os_buffer_add_text(answer, "views wait to be laid out or drawn");
	}
}

/* --- All of them -------------------------------------------------------------------- */

void ui_scene_query(struct ui_scene *scene, uint32_t serial, enum md_query query,
		    const char *argument)
{
	struct os_buffer answer = {0};
	if (query != MD_QUERY_SETTLED) {
		ui_window_lay_out(scene->window); /* what is told is what will be seen */
	}
	switch (query) {
	case MD_QUERY_TREE:
		ui_accessibility_write_tree(scene, &answer);
		break;
	case MD_QUERY_VIEWS:
		write_views(scene->window->root, &answer);
		break;
	case MD_QUERY_ACTION:
		answer_action(scene, argument, &answer);
		break;
	case MD_QUERY_SCROLL_TO:
		answer_scroll_to(scene, argument, &answer);
		break;
	case MD_QUERY_SETTLED:
		answer_settled(scene, &answer);
		break;
	case MD_QUERY_HIT:
		answer_hit(scene, argument, &answer);
		break;
	}
	md_scene_answer(scene->md, serial, os_buffer_text(&answer), answer.length);
	os_buffer_finish(&answer);
}
