/* The navigation controller's bar, and the part of it that belongs to one screen. Private.
 *
 * Each screen in the stack has a page in the bar (back button, items, title, large title); while
 * screens move, two pages fade into each other. */
#ifndef UI_SRC_NAVIGATION_BAR_H
#define UI_SRC_NAVIGATION_BAR_H

#include <ui/view_controller.h>

#define NAVIGATION_BAR_HEIGHT 44.0
#define NAVIGATION_LARGE_HEIGHT 52.0

struct ui_view *navigation_bar_create(void);
/* Height without the safe area: 44, grown with the text; with a large title 52 more. */
double navigation_bar_height(struct ui_view *bar, const struct ui_view *page);
/* How much of the large title has been scrolled away, in points. */
void navigation_bar_set_collapse(struct ui_view *bar, struct ui_view *page, double collapse);

struct navigation_page_options {
	struct ui_view_controller *controller; /* whose title and items; weak */
	const char *back_title;                /* NULL: no back button */
	void (*back)(void *context);
	void *context;
};
struct ui_view *navigation_page_create(const struct navigation_page_options *options);
void navigation_page_update(struct ui_view *page); /* title or items have changed */
bool navigation_page_is_large(const struct ui_view *page);

#endif
