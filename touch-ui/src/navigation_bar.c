#include "navigation_bar.h"

#include <ui/view_class.h>

struct navigation_bar {
	struct ui_view *line; /* weak: a child; seen while content is under the bar */
};

static const struct ui_view_class s_bar_class;

static void bar_layout(struct ui_view *view, struct md_rect bounds)
{
	struct navigation_bar *bar = ui_view_state(view, &s_bar_class);
	for (int i = 0; i < ui_view_child_count(view); i++) {
		struct ui_view *child = ui_view_child(view, i);
		if (child != bar->line) {
			ui_view_set_frame(child, bounds);
		}
	}
	double hair = 1 / ui_view_appearance(view)->scale;
	ui_view_set_frame(bar->line, (struct md_rect){0, bounds.height - hair, bounds.width, hair});
}

static void bar_accessibility(struct ui_view *view, struct ui_accessibility *ret_element)
{
	ret_element->role = UI_ROLE_BAR;
	ret_element->enabled = true;
}

static void bar_init(struct os_object *object)
{
	struct ui_view *view = (struct ui_view *)object;
	struct navigation_bar *bar = os_object_state(object, &s_bar_class.base);
	bar->line = ui_view_create();
	ui_view_set_background(bar->line, UI_COLOR_SEPARATOR);
	ui_view_set_layered(bar->line, true);
	ui_view_set_hidden(bar->line, true);
	ui_view_add(view, bar->line);
	ui_view_set_background(view, UI_COLOR_BAR);
	ui_view_set_layered(view, true);
	ui_view_set_clips(view, true);
}

static const struct ui_view_class s_bar_class = {
	.base = {.struct_size = sizeof(s_bar_class),
	         .name = "navigation-bar",
	         .size = sizeof(struct navigation_bar),
	         .super = &ui_view_class.base,
	         .init = bar_init},
	.layout = bar_layout,
	.accessibility = bar_accessibility,
};

struct ui_view *navigation_bar_create(void)
{
	return ui_view_create_of_class(&s_bar_class);
}

double navigation_bar_height(struct ui_view *bar, const struct ui_view *page)
{
	int text_size = OS_MIN(ui_view_appearance(bar)->text_size, 6); /* bar titles stop at xxxl */
	double grown = OS_MAX(ui_body_size(text_size) - 17, 0);
	double height = NAVIGATION_BAR_HEIGHT + grown;
	return navigation_page_is_large(page) ? height + NAVIGATION_LARGE_HEIGHT + grown : height;
}

void navigation_bar_set_collapse(struct ui_view *view, struct ui_view *page, double collapse)
{
	struct navigation_bar *bar = ui_view_state(view, &s_bar_class);
	double large = navigation_page_is_large(page) ? navigation_bar_height(view, page) - NAVIGATION_BAR_HEIGHT : 0;
	ui_view_set_hidden(bar->line, collapse <= large);
}
