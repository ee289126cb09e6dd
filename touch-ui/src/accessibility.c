/* The accessible tree as JSON: COMMAND.md, `tree --json`. Nothing is kept: elements are made while
 * the views are walked. `shown` is the part of `frame` that is not clipped away. */
#include <ui/accessibility.h>

#include <os/buffer.h>
#include <string.h>

#include "element.h"
#include "scene_private.h"
#include "json_text.h"

static const char *const s_roles[UI_ROLES] = {
    [UI_ROLE_NONE] = "other",
    [UI_ROLE_SCENE] = "scene",
    [UI_ROLE_WINDOW] = "window",
    [UI_ROLE_BAR] = "bar",
    [UI_ROLE_BUTTON] = "button",
    [UI_ROLE_LINK] = "link",
    [UI_ROLE_TEXT] = "text",
    [UI_ROLE_HEADING] = "heading",
    [UI_ROLE_IMAGE] = "image",
    [UI_ROLE_FIELD] = "field",
    [UI_ROLE_SECURE_FIELD] = "secure-field",
    [UI_ROLE_SEARCH_FIELD] = "search-field",
    [UI_ROLE_SWITCH] = "switch",
    [UI_ROLE_SLIDER] = "slider",
    [UI_ROLE_STEPPER] = "stepper",
    [UI_ROLE_SEGMENTED] = "segmented",
    [UI_ROLE_PICKER] = "picker",
    [UI_ROLE_PROGRESS] = "progress",
    [UI_ROLE_LIST] = "list",
    [UI_ROLE_CELL] = "cell",
    [UI_ROLE_GRID] = "grid",
    [UI_ROLE_TAB] = "tab",
    [UI_ROLE_TAB_BAR] = "tab-bar",
    [UI_ROLE_SHEET] = "sheet",
    [UI_ROLE_ALERT] = "alert",
    [UI_ROLE_MENU] = "menu",
    [UI_ROLE_MENU_ITEM] = "menu-item",
    [UI_ROLE_PAGE_CONTROL] = "page-control",
    [UI_ROLE_KEYBOARD] = "keyboard",
    [UI_ROLE_KEY] = "key",
    [UI_ROLE_WEB] = "web",
    [UI_ROLE_CANVAS] = "canvas",
    [UI_ROLE_OTHER] = "other",
};

const char *ui_role_name(enum ui_role role)
{
	return role < UI_ROLES ? s_roles[role] : "other";
}

struct writer {
	struct os_buffer *json;
	const char *app;
};

static void write_list(struct os_buffer *json, const char *name, const char *const *texts,
		       int count)
{
	os_buffer_printf(json, ",\"%s\":[", name);
	for (int i = 0; i < count; i++) {
		os_buffer_add_text(json, i > 0 ? "," : "");
		ui_json_text(json, texts[i]);
	}
	os_buffer_add_text(json, "]");
}

static void write_text(struct os_buffer *json, const char *name, const char *text)
{
	os_buffer_printf(json, ",\"%s\":", name);
	ui_json_text(json, text != NULL ? text : "");
}

/* The node without its children and its closing brace. */
static void write_element(struct writer *writer, const struct element *element)
{
	struct os_buffer *json = writer->json;
	const struct ui_accessibility *is = &element->is;
	char id[128];
	ui_element_id(element, id, sizeof(id));
	os_buffer_add_text(json, "{\"id\":");
	ui_json_text(json, id);
	write_text(json, "app", writer->app);
	write_text(json, "role", ui_role_name(is->role));
	write_text(json, "label", is->label);
	write_text(json, "value", is->value);
	write_list(json, "texts", is->texts, is->text_count);
	os_buffer_add_text(json, ",\"traits\":[]");
	os_buffer_printf(json, ",\"enabled\":%s,\"selected\":%s,\"focused\":%s,\"visible\":%s",
			 element->enabled_here ? "true" : "false", is->selected ? "true" : "false",
			 is->focused ? "true" : "false",
			 md_rect_is_empty(element->shown) ? "false" : "true");
	ui_json_rect(json, "frame", element->frame);
	ui_json_rect(json, "shown", element->shown);
	write_list(json, "actions", is->actions, is->action_count);
	os_buffer_add_text(json, ",\"children\":[");
}

static void separate(struct os_buffer *json)
{
	if (json->length > 0 && json->bytes[json->length - 1] != '[') {
		os_buffer_add_text(json, ",");
	}
}

static void write_view(struct writer *writer, struct ui_view *view)
{
	const struct view *part = view_part(view);
	if (part->hidden || part->opacity < 0.01) {
		return;
	}
	struct element element, child;
	bool is_element = ui_element_make(view, ui_element_clip(view), &element);
	if (is_element) {
		separate(writer->json);
		write_element(writer, &element);
	}
	for (int i = 0; is_element && ui_element_make_child(&element, i, &child); i++) {
		separate(writer->json);
		write_element(writer, &child);
		os_buffer_add_text(writer->json, "]}");
	}
	for (size_t i = part->children.count; i-- > 0 && !(is_element && element.is.leaf);) {
		write_view(writer, ui_view_child_at(part, i));
	}
	if (is_element) {
		os_buffer_add_text(writer->json, "]}");
	}
}

void ui_accessibility_write_tree(struct ui_scene *scene, struct os_buffer *json)
{
	struct writer writer = {json, scene->app};
	struct md_size size = ui_scene_size(scene);
	struct element element = {.view = scene->window->root, .child = -1, .enabled_here = true};
	element.is.role = UI_ROLE_SCENE;
	element.frame = element.shown = (struct md_rect){0, 0, size.width, size.height};
	write_element(&writer, &element);
	const struct view *root = view_part(scene->window->root);
	for (size_t i = root->children.count; i-- > 0;) {
		write_view(&writer, ui_view_child_at(root, i));
	}
	os_buffer_add_text(json, "]}");
}
