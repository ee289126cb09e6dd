/* F64, F68, F69, F70: who recognises, who waits for whom, what views hear of it. */
#include "hand.h"

#include <errno.h>

static void circles_are_refused(void **state)
{
	struct ui_gesture *a = ui_tap_create(1, NULL, NULL), *b = ui_tap_create(2, NULL, NULL),
			  *c = ui_tap_create(3, NULL, NULL);
	assert_int_equal(ui_gesture_require_failure(a, a), -ELOOP);
	assert_int_equal(ui_gesture_require_failure(a, b), 0);
	assert_int_equal(ui_gesture_require_failure(b, c), 0);
	assert_int_equal(ui_gesture_require_failure(b, c), 0);
	assert_int_equal(ui_gesture_require_failure(c, a), -ELOOP);
	assert_int_equal(ui_gesture_require_failure(b, a), -ELOOP);
	ui_gesture_release(b); /* those who waited for it do no longer */
	assert_int_equal(ui_gesture_require_failure(c, a), 0);
	ui_gesture_release(a);
	ui_gesture_release(c);
}

static void the_view_hears_and_loses_the_finger(const struct device *device)
{
	struct hand hand;
	struct watch pan = {0};
	hand_begin(&hand, device, 400, 800);
	struct ui_view *view = ear_create((struct md_rect){0, 0, 400, 800});
	ui_view_add(hand.root, view);
	ui_view_add_gesture(hand.root, ui_pan_create(watch_gesture, &pan));
	hand_down(&hand, 0, 100, 100);
	hand_wait(&hand, 50);
	hand_up(&hand, 0);
	assert_string_equal(ear_of(view)->heard, "began ended ");
	hand_down(&hand, 0, 100, 100);
	hand_move(&hand, 0, 100, 200, 200);
	hand_up(&hand, 0);
	assert_int_equal(ear_of(view)->count[UI_TOUCH_CANCELLED], 1);
	assert_int_equal(ear_of(view)->count[UI_TOUCH_ENDED], 1);
	hand_end(&hand);
}

static void a_scroller_delays_the_highlight(const struct device *device)
{
	struct hand hand;
	struct watch pan = {0};
	hand_begin(&hand, device, 400, 800);
	struct ui_view *view = ear_create((struct md_rect){0, 0, 400, 800});
	ui_view_add(hand.root, view);
	struct ui_gesture *scroll = ui_pan_create(watch_gesture, &pan);
	ui_gesture_set_delays_touches(scroll, true);
	ui_view_add_gesture(hand.root, scroll);
	hand_down(&hand, 0, 100, 100);
	hand_wait(&hand, 119);
	assert_string_equal(ear_of(view)->heard, "");
	hand_wait(&hand, 2);
	assert_string_equal(ear_of(view)->heard, "began ");
	hand_move(&hand, 0, 100, 200, 200); /* dragging takes it away again */
	assert_int_equal(ear_of(view)->count[UI_TOUCH_CANCELLED], 1);
	hand_up(&hand, 0);
	/* A drag that begins at once never shows. */
	*ear_of(view) = (struct ear){0};
	hand_down(&hand, 0, 100, 100);
	hand_move(&hand, 0, 100, 200, 80);
	hand_up(&hand, 0);
	assert_string_equal(ear_of(view)->heard, "");
	/* A short tap is heard whole. */
	hand_tap(&hand, 100, 100);
	assert_string_equal(ear_of(view)->heard, "began ended ");
	hand_end(&hand);
}

static void a_control_beats_its_ancestors_tap(void **state)
{
	struct hand hand;
	struct watch outer = {0}, own = {0};
	hand_begin(&hand, &device_gaming, 400, 800);
	struct ui_view *button = ear_create((struct md_rect){0, 0, 100, 100});
	ui_view_set_takes_taps(button, true);
	ui_view_add(hand.root, button);
	ui_view_add_gesture(hand.root, ui_tap_create(1, watch_gesture, &outer));
	hand_tap(&hand, 50, 50);
	assert_int_equal(outer.ended, 0);
	assert_string_equal(ear_of(button)->heard, "began ended ");
	hand_tap(&hand, 200, 200);
	assert_int_equal(outer.ended, 1);
	ui_view_add_gesture(button, ui_tap_create(1, watch_gesture, &own)); /* its own are */
	hand_wait(&hand, 1000);
	hand_tap(&hand, 50, 50);
	assert_int_equal(own.ended, 1);
	hand_end(&hand);
}

static bool yes(void *context, struct ui_gesture *gesture, struct ui_gesture *other)
{
	return true;
}

static bool no(void *context, struct ui_gesture *gesture)
{
	return false;
}

static void the_deepest_then_the_last_added_wins(const struct device *device)
{
	struct hand hand;
	struct watch outer = {0}, first = {0}, last = {0};
	hand_begin(&hand, device, 400, 800);
	struct ui_view *inner = ear_create((struct md_rect){0, 0, 400, 800});
	ui_view_add(hand.root, inner);
	struct ui_gesture *a = ui_pan_create(watch_gesture, &first),
			  *b = ui_pan_create(watch_gesture, &last);
	ui_view_add_gesture(inner, a);
	ui_view_add_gesture(inner, b);
	ui_view_add_gesture(hand.root, ui_pan_create(watch_gesture, &outer));
	hand_down(&hand, 0, 100, 100);
	hand_move(&hand, 0, 100, 300, 200);
	hand_up(&hand, 0);
	assert_int_equal(last.began, 1);
	assert_int_equal(first.began + outer.began, 0);
	/* Two that say so go on together; one that may not begin leaves it to the next. */
	static const struct ui_gesture_delegate s_both = {sizeof(s_both), NULL, NULL, yes};
	static const struct ui_gesture_delegate s_never = {sizeof(s_never), no, NULL, NULL};
	ui_gesture_set_delegate(a, &s_both, NULL);
	hand_down(&hand, 0, 100, 100);
	hand_move(&hand, 0, 100, 300, 200);
	hand_up(&hand, 0);
	assert_int_equal(last.began, 2);
	assert_int_equal(first.began, 1);
	assert_int_equal(outer.began, 0);
	ui_gesture_set_delegate(a, &s_never, NULL);
	ui_gesture_set_delegate(b, &s_never, NULL);
	hand_down(&hand, 0, 100, 100);
	hand_move(&hand, 0, 100, 300, 200);
	hand_up(&hand, 0);
	assert_int_equal(outer.began, 1);
	hand_end(&hand);
}

struct remover {
	struct ui_view *victim;
	struct ui_gesture *gesture;
	int calls;
};

static void remove_it(void *context, struct ui_gesture *gesture)
{
	struct remover *self = context;
	self->calls++;
	if (self->victim != NULL) {
		ui_view_remove(self->victim);
		self->victim = NULL;
	}
}

static void the_view_goes_while_its_gesture_is_handled(const struct device *device)
{
	struct hand hand;
	struct watch outer = {0};
	struct remover remover = {0};
	hand_begin(&hand, device, 400, 800);
	struct ui_view *view = ear_create((struct md_rect){0, 0, 400, 800});
	ui_view_add(hand.root, view);
	remover.victim = view;
	ui_view_add_gesture(view, ui_pan_create(remove_it, &remover));
	ui_view_add_gesture(hand.root, ui_tap_create(1, watch_gesture, &outer));
	hand_down(&hand, 0, 100, 100);
	hand_move(&hand, 0, 100, 300, 200);
	hand_up(&hand, 0);
	assert_int_equal(remover.calls, 2); /* began, and cancelled since its view went */
	assert_int_equal(ui_view_child_count(hand.root), 0);
	hand_tap(&hand, 100, 100);
	assert_int_equal(outer.ended, 1);
	assert_int_equal(hand.window->arena.active.count, 0);
	hand_end(&hand);
}

static void a_view_that_goes_loses_its_finger(void **state)
{
	struct hand hand;
	hand_begin(&hand, &device_gaming, 400, 800);
	struct ui_view *view = ear_create((struct md_rect){0, 0, 400, 800});
	ui_view_add(hand.root, os_retain(view));
	hand_down(&hand, 0, 100, 100);
	ui_view_remove(view);
	assert_string_equal(ear_of(view)->heard, "began cancelled ");
	assert_null(ui_touch_view(hand.window->touches[0]));
	hand_up(&hand, 0);
	assert_string_equal(ear_of(view)->heard, "began cancelled ");
	os_release(view);
	hand_end(&hand);
}

static void an_object_that_has_gone_is_not_called(void **state)
{
	struct hand hand;
	struct watch watch = {0};
	hand_begin(&hand, &device_gaming, 400, 800);
	struct ui_view *owner = ui_view_create();
	struct ui_gesture *tap = ui_tap_create(1, watch_gesture, &watch);
	ui_gesture_set_object(tap, owner);
	ui_view_add_gesture(hand.root, tap);
	hand_tap(&hand, 100, 100);
	os_release(owner);
	hand_tap(&hand, 100, 100);
	assert_int_equal(watch.ended, 1);
	hand_end(&hand);
}

static void disabling_cancels(void **state)
{
	struct hand hand;
	struct watch watch = {0};
	hand_begin(&hand, &device_gaming, 400, 800);
	struct ui_gesture *pan = ui_pan_create(watch_gesture, &watch);
	ui_view_add_gesture(hand.root, pan);
	hand_down(&hand, 0, 100, 100);
	hand_move(&hand, 0, 100, 300, 200);
	ui_gesture_set_enabled(pan, false);
	assert_int_equal(watch.cancelled, 1);
	hand_up(&hand, 0);
	hand_down(&hand, 0, 100, 100);
	hand_move(&hand, 0, 100, 300, 200);
	hand_up(&hand, 0);
	assert_int_equal(watch.began, 1);
	hand_end(&hand);
}

static void on_every_device(void **state)
{
	int64_t before = os_object_live_total();
	for (size_t i = 0; i < DEVICE_COUNT; i++) {
		the_view_hears_and_loses_the_finger(g_devices[i]);
		a_scroller_delays_the_highlight(g_devices[i]);
		the_deepest_then_the_last_added_wins(g_devices[i]);
		the_view_goes_while_its_gesture_is_handled(g_devices[i]);
	}
	assert_int_equal(os_object_live_total(), before);
}

static void nothing_is_left(void **state)
{
	assert_int_equal(os_object_live_total(), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(circles_are_refused),
	    cmocka_unit_test(on_every_device),
	    cmocka_unit_test(a_control_beats_its_ancestors_tap),
	    cmocka_unit_test(a_view_that_goes_loses_its_finger),
	    cmocka_unit_test(an_object_that_has_gone_is_not_called),
	    cmocka_unit_test(disabling_cancels),
	    cmocka_unit_test(nothing_is_left),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
