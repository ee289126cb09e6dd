/* Edge pan: a drag that comes in from the leading edge, as the finger's pop does.
 *
 *	began within 20 pt of the edge ─ 12 pt inward within 45° ─→ began … (pan.c)
 *	   └ elsewhere, outward, or along the edge ─→ failed */
#include <math.h>

#include "pan.h"
#include "view_private.h"

#define EDGE 20.0
#define DEAD_ZONE 12.0

static const struct ui_gesture_class s_edge_pan_class;

/* How far the finger began from the edge, and which way is inward. */
static double edge_distance(const struct ui_gesture *gesture, const struct ui_touch *touch,
			    double *ret_inward)
{
	struct ui_view *view = ui_gesture_view(gesture);
	bool rtl = ui_view_appearance(view)->rtl;
	struct md_point start = ui_touch_start(touch, view);
	*ret_inward = rtl ? -1 : 1;
	return rtl ? ui_view_bounds(view).width - start.x : start.x;
}

static enum pan_verdict decide(const struct ui_gesture *gesture, const struct ui_touch *touch,
			       struct md_point moved)
{
	double inward;
	if (edge_distance(gesture, touch, &inward) > EDGE) {
		return PAN_FAIL;
	}
	double along = moved.x * inward, across = fabs(moved.y);
	if (along >= DEAD_ZONE && along >= across) {
		return PAN_BEGIN;
	}
	return across >= UI_PAN_SLOP || along <= -UI_PAN_SLOP ? PAN_FAIL : PAN_WAIT;
}

static void edge_pan_touches(struct ui_gesture *gesture, enum ui_touch_phase phase,
			     struct ui_touch *const *touches, int count)
{
	double inward;
	if (phase == UI_TOUCH_BEGAN && edge_distance(gesture, touches[0], &inward) > EDGE) {
		/* At once, so that scrollers need not wait for it. */
		ui_gesture_set_state(gesture, UI_GESTURE_FAILED, "not at the edge");
		return;
	}
	ui_pan_class.touches(gesture, phase, touches, count);
}

static void edge_pan_init(struct os_object *object)
{
	ui_pan_set_decide((struct ui_gesture *)object, decide);
}

static const struct ui_gesture_class s_edge_pan_class = {
    .base = {.struct_size = sizeof(s_edge_pan_class),
	     .name = "edge-pan",
	     .super = &ui_pan_class.base,
	     .init = edge_pan_init},
    .touches = edge_pan_touches,
};

struct ui_gesture *ui_edge_pan_create(ui_gesture_fn fn, void *context)
{
	return ui_gesture_create_of_class(&s_edge_pan_class, fn, context);
}

bool ui_gesture_is_edge_pan(const struct ui_gesture *gesture)
{
	return os_object_is(gesture, &s_edge_pan_class.base);
}
