/* Accessibility: what a screen reader, a finger script and a test see of a view (UIAccessibility).
 *
 * No mirrored tree: elements are built when somebody asks. A view describes itself in its class's
 * `accessibility`; ui_view_set_label says it better than a class can. Roles are COMMAND.md's. */
#ifndef UI_ACCESSIBILITY_H
#define UI_ACCESSIBILITY_H

#include <ui/base.h>

struct os_buffer;
struct ui_scene;
struct ui_view;

enum ui_role {
	UI_ROLE_NONE, /* not an element: its children stand in its place */
	UI_ROLE_SCENE, UI_ROLE_WINDOW, UI_ROLE_BAR, UI_ROLE_BUTTON, UI_ROLE_LINK, UI_ROLE_TEXT, UI_ROLE_HEADING,
	UI_ROLE_IMAGE, UI_ROLE_FIELD, UI_ROLE_SECURE_FIELD, UI_ROLE_SEARCH_FIELD, UI_ROLE_SWITCH, UI_ROLE_SLIDER,
	UI_ROLE_STEPPER, UI_ROLE_SEGMENTED, UI_ROLE_PICKER, UI_ROLE_PROGRESS, UI_ROLE_LIST, UI_ROLE_CELL, UI_ROLE_GRID,
	UI_ROLE_TAB, UI_ROLE_TAB_BAR, UI_ROLE_SHEET, UI_ROLE_ALERT, UI_ROLE_MENU, UI_ROLE_MENU_ITEM,
	UI_ROLE_PAGE_CONTROL, UI_ROLE_KEYBOARD, UI_ROLE_KEY, UI_ROLE_WEB, UI_ROLE_CANVAS, UI_ROLE_OTHER,
	UI_ROLES
};

struct ui_accessibility {
	enum ui_role role;
	const char *label, *value;     /* lent until the next call; NULL: none */
	const char *texts[8];          /* of a cell: what it shows, in order */
	int text_count;
	bool enabled, selected, focused;
	bool leaf;                     /* its children are not asked */
	const char *actions[6];        /* "activate", "increment", "decrement", "delete", … */
	int action_count;
	struct md_rect frame;          /* of accessibility_child: in the view's coordinates */
};

UI_PUBLIC const char *ui_role_name(enum ui_role role);
/* Appends the tree of a scene as JSON (COMMAND.md, `tree --json`), frames in the scene's points. */
UI_PUBLIC void ui_accessibility_write_tree(struct ui_scene *scene, struct os_buffer *json);

#endif
