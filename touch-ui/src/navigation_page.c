#include <math.h>
#include <string.h>

#include <ui/button.h>
#include <ui/label.h>
#include <ui/view_class.h>

#include "navigation_bar.h"
#include "view_controller_private.h"

#define EDGE 8.0
#define MARGIN 16.0
#define GAP 8.0
#define LONGEST_BACK 120.0 /* a longer title of the screen below leaves only the arrow */

struct page {
	struct ui_view_controller *controller; /* weak: the stack retains it and drops the page first */
	struct ui_view *back, *title, *large, *left, *right; /* weak: children; NULL: none */
	void (*go_back)(void *context);
	void *context;
};

static const struct ui_view_class s_page_class;

static struct page *page_of(const struct ui_view *view)
{
	return ui_view_state(view, &s_page_class);
}

static void did_tap_back(void *context, struct ui_view *button)
{
	struct page *page = page_of(context);
	page->go_back(page->context);
}

bool navigation_page_is_large(const struct ui_view *view)
{
	return controller_part(page_of(view)->controller)->large_title;
}

static void replace_item(struct ui_view *view, struct ui_view **place, struct ui_view *item)
{
	if (*place == item) {
		return;
	}
	if (*place != NULL && ui_view_parent(*place) == view) {
		ui_view_remove(*place);
	}
	*place = item;
	if (item != NULL) {
		ui_view_add(view, os_retain(item));
	}
}

void navigation_page_update(struct ui_view *view)
{
	struct page *page = page_of(view);
	const struct controller *controller = controller_part(page->controller);
	const char *title = ui_view_controller_title(page->controller);
	ui_label_set_text(page->title, title);
	ui_label_set_text(page->large, title);
	replace_item(view, &page->left, controller->bar_left);
	replace_item(view, &page->right, controller->bar_right);
	ui_view_set_hidden(page->large, !controller->large_title);
	ui_view_set_needs_layout(view);
}

/* From the leading edge, mirrored where text runs from the right. */
static struct md_rect mirrored(const struct ui_view *view, struct md_rect rect)
{
	if (ui_view_appearance(view)->rtl) {
		rect.x = ui_view_bounds(view).width - rect.x - rect.width;
	}
	return rect;
}

static double place_item(struct ui_view *view, struct ui_view *item, double from, struct md_rect row, bool trailing)
{
	if (item == NULL) {
		return from;
	}
	struct md_size size = ui_view_size_that_fits(item, (struct md_size){row.width / 2, row.height});
	double x = trailing ? row.width - from - size.width : from;
	double y = row.y + (row.height - size.height) / 2;
	ui_view_set_frame(item, mirrored(view, (struct md_rect){x, y, size.width, size.height}));
	return from + size.width + GAP;
}

/* In the middle of the bar if that leaves the items alone, else in the middle of what is left. */
static void place_title(struct ui_view *view, struct md_rect row, double leading, double trailing)
{
	struct page *page = page_of(view);
	double room = OS_MAX(row.width - leading - trailing, 1);
	struct md_size size = ui_view_size_that_fits(page->title, (struct md_size){room, row.height});
	double width = OS_MIN(size.width, room);
	double x = OS_CLAMP((row.width - width) / 2, leading, OS_MAX(row.width - trailing - width, leading));
	struct md_rect frame = {x, row.y + (row.height - size.height) / 2, width, size.height};
	ui_view_set_frame(page->title, md_rect_snap(mirrored(view, frame), ui_view_appearance(view)->scale));
}

/* The bar gets lower as the content scrolls: the large title slides up behind the row and fades, and
 * the small one comes. */
static void place_large(struct ui_view *view, struct md_rect bounds, struct md_rect row)
{
	struct page *page = page_of(view);
	double full = navigation_bar_height(view, view);
	double large_height = full - row.height;
	double shown = OS_CLAMP(bounds.height - row.y - row.height, 0, large_height);
	struct md_size size =
		ui_view_size_that_fits(page->large, (struct md_size){bounds.width - 2 * MARGIN, large_height});
	double y = row.y + row.height + shown - large_height + (large_height - size.height) / 2;
	double width = OS_MIN(size.width, bounds.width - 2 * MARGIN);
	ui_view_set_frame(page->large, mirrored(view, (struct md_rect){MARGIN, md_snap(y, 1), width, size.height}));
	double visible = large_height > 0 ? shown / large_height : 0;
	ui_view_set_opacity(page->large, OS_CLAMP(visible * 2 - 0.6, 0, 1));
	ui_view_set_opacity(page->title, OS_CLAMP(1 - visible * 3, 0, 1));
}

static void page_layout(struct ui_view *view, struct md_rect bounds)
{
	struct page *page = page_of(view);
	double top = ui_view_safe_area(view).top;
	bool large = navigation_page_is_large(view);
	double row_height = NAVIGATION_BAR_HEIGHT;
	if (!large) {
		row_height = OS_MAX(navigation_bar_height(view, view), NAVIGATION_BAR_HEIGHT);
	} else {
		row_height += OS_MAX(ui_body_size(OS_MIN(ui_view_appearance(view)->text_size, 6)) - 17, 0);
	}
	struct md_rect row = {0, top, bounds.width, row_height};
	double leading = place_item(view, page->back, page->back != NULL ? EDGE : EDGE, row, false);
	leading = place_item(view, page->left, leading, row, false);
	double trailing = place_item(view, page->right, EDGE, row, true);
	place_title(view, row, leading, trailing);
	if (large) {
		place_large(view, bounds, row);
	} else {
		ui_view_set_opacity(page->title, 1);
	}
}

/* The arrow points to where the screen below is. */
static void page_traits_changed(struct ui_view *view)
{
	struct page *page = page_of(view);
	if (page->back != NULL) {
		ui_button_set_symbol(page->back, ui_view_appearance(view)->rtl ? "chevron-right" : "chevron-left");
	}
	ui_view_set_needs_layout(view);
}

static void page_accessibility(struct ui_view *view, struct ui_accessibility *ret_element)
{
	ret_element->role = UI_ROLE_NONE;
}

static const struct ui_view_class s_page_class = {
	.base = {.struct_size = sizeof(s_page_class),
	         .name = "navigation-page",
	         .size = sizeof(struct page),
	         .super = &ui_view_class.base},
	.layout = page_layout,
	.traits_changed = page_traits_changed,
	.accessibility = page_accessibility,
};

static struct ui_view *create_back(const char *title, struct ui_view *page)
{
	bool fits = title[0] != '\0';
	if (fits) {
		struct ui_view *probe = ui_label_create(title);
		fits = ui_view_size_that_fits(probe, (struct md_size){MD_UNBOUNDED, MD_UNBOUNDED}).width <= LONGEST_BACK;
		os_release(probe);
	}
	struct ui_view *back = ui_button_create(fits ? title : NULL, UI_BUTTON_PLAIN);
	ui_button_set_style(back, UI_TEXT_BAR_ITEM);
	ui_button_set_symbol(back, "chevron-left");
	ui_view_set_label(back, "Back");
	ui_control_add_action(back, UI_CONTROL_TAPPED, did_tap_back, page);
	return back;
}

struct ui_view *navigation_page_create(const struct navigation_page_options *options)
{
	struct ui_view *view = ui_view_create_of_class(&s_page_class);
	struct page *page = page_of(view);
	page->controller = options->controller;
	page->go_back = options->back;
	page->context = options->context;
	page->title = ui_label_create("");
	ui_label_set_style(page->title, UI_TEXT_BAR_TITLE);
	ui_view_add(view, page->title);
	page->large = ui_label_create("");
	ui_label_set_style(page->large, UI_TEXT_BAR_LARGE_TITLE);
	ui_view_add(view, page->large);
	if (options->back_title != NULL) {
		page->back = create_back(options->back_title, view);
		ui_view_add(view, page->back);
	}
	ui_view_set_layered(view, true);
	navigation_page_update(view);
	return view;
}
