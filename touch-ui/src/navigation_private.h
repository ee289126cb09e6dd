/* The navigation controller's own state, shared by its two files. Private. */
#ifndef UI_SRC_NAVIGATION_PRIVATE_H
#define UI_SRC_NAVIGATION_PRIVATE_H

#include <os/array.h>
#include <ui/gesture.h>
#include <ui/navigation_controller.h>

struct navigation_entry {
	struct ui_view_controller *controller; /* weak: a child of the navigation controller */
	struct ui_view *page;                  /* of the bar; retained */
};

enum navigation_state { NAVIGATION_STILL, NAVIGATION_SETTLING, NAVIGATION_DRAGGED };
enum navigation_motion { NAVIGATION_AT_ONCE, NAVIGATION_PUSH, NAVIGATION_RELEASE };

struct navigation {
	struct ui_view_controller *controller; /* weak: us */
	struct os_array stack;                 /* struct navigation_entry, bottom first */
	struct ui_view *view;                  /* retained */
	struct ui_view *pages, *bar;           /* weak: the view itself, and its child */
	struct {
		enum navigation_state state;
		struct navigation_entry front, back;
		bool leaving;      /* the front one is to go when it has settled */
		double x;          /* of the front page, points from its place, as last set */
		double drag_base;  /* x when the finger took hold */
		uint64_t number;   /* of this settling: a late "done" of an earlier one is not ours */
	} transition;
};

/* navigation_controller.c */
struct navigation *navigation_of(const struct ui_view_controller *controller);
struct navigation_entry *navigation_entry_at(const struct navigation *navigation, size_t index);
struct navigation_entry *navigation_shown(const struct navigation *navigation);
void navigation_show_entry(struct navigation *navigation, const struct navigation_entry *entry, bool in_front);
void navigation_hide_entry(struct navigation *navigation, const struct navigation_entry *entry);
void navigation_drop_last(struct navigation *navigation);

/* navigation_transition.c */
void navigation_transition_init(struct navigation *navigation);
void navigation_begin(struct navigation *navigation, struct navigation_entry front, struct navigation_entry back,
                      bool leaving);
/* velocity: of the front page, points a second, away from its place. */
void navigation_settle(struct navigation *navigation, bool leaving, enum navigation_motion motion, double velocity);
void navigation_finish(struct navigation *navigation); /* what moves is put in its place now */
bool navigation_is_leaving(const struct navigation *navigation);

#endif
