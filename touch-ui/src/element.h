/* Element: one node of the accessible tree, made when it is asked for (accessibility.c). */
#ifndef UI_ELEMENT_H
#define UI_ELEMENT_H

#include <os/buffer.h>
#include <ui/accessibility.h>

#include "view_private.h"

struct element {
	struct ui_view *view;
	int child;         /* index of an element that is no view, -1 for the view itself */
	struct ui_accessibility is;
	struct md_rect frame, shown; /* of the window; shown: what of it is not clipped away */
	/* of views below, where the element has none of its own: is.texts point here */
	char texts[1024];
	char label[512];   /* those joined */
	bool enabled_here; /* neither it nor an ancestor is disabled */
};

/* False if view is no element: its children stand in its place. clip: of the window. */
bool ui_element_make(struct ui_view *view, struct md_rect clip, struct element *ret_element);
bool ui_element_make_child(const struct element *parent, int index, struct element *ret_element);
/* what its ancestors leave of the window */
struct md_rect ui_element_clip(const struct ui_view *view);
void ui_element_id(const struct element *element, char *ret_id, size_t size);
/* The label, the value, or the whole of one of the texts is `name`. */
bool ui_element_is_called(const struct element *element, const char *name);
/* Calls fn for each element below view, front to back within a parent, until it says false. */
typedef bool (*ui_element_fn)(void *context, const struct element *element);
bool ui_element_each(struct ui_view *view, ui_element_fn fn, void *context);

#endif
