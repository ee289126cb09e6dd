/* F127, F130: hops of a finger in touch-ui, and the `long` record that names what was slow. */
#include "screen.h"

#include <os/trace.h>
#include <unistd.h>

struct seen {
	int window, hit_test, recogniser, handler, layout, draw, longs;
	char function[64];
	uint64_t flow;
};

static void look(void *context, const struct os_trace_event *event)
{
	struct seen *seen = context;
	if (strcmp(event->layer, "touch-ui") != 0) {
		return;
	}
	bool touch = os_flow_kind(event->flow) == OS_FLOW_TOUCH;
	seen->window += touch && strcmp(event->what, "window") == 0;
	seen->hit_test += touch && strcmp(event->what, "hit test") == 0;
	seen->recogniser += touch && strcmp(event->what, "recogniser") == 0;
	seen->handler += touch && strcmp(event->what, "handler") == 0;
	seen->draw += touch && strcmp(event->what, "draw") == 0;
	if (strcmp(event->what, "long") == 0) {
		seen->longs++;
		snprintf(seen->function, sizeof(seen->function), "%s", event->function);
	}
	assert_true(event->line > 0);
	assert_non_null(strstr(event->file, "touch-ui/src/"));
}

static int64_t s_spin_us;

static void handle(void *context, struct ui_gesture *gesture)
{
	int64_t until_us = os_clock_real_us() + s_spin_us;
	while (os_clock_real_us() < until_us) {
	}
	ui_view_set_background_rgb(ui_gesture_view(gesture), md_color_hex(0xff0000));
}

static struct seen tap_with(int64_t spin_us)
{
	struct screen screen;
	struct seen seen = {0};
	int ring = -1;
	assert_true(os_trace_create_ring(&ring) >= 0);
	assert_true(os_trace_attach(ring) >= 0);
	s_spin_us = spin_us;
	screen_begin(&screen);
	struct ui_view *page = ui_view_create();
	ui_view_add_gesture(page, ui_tap_create(1, handle, NULL));
	screen_show(&screen, page);
	screen_tap(&screen, 100, 100);
	screen_end(&screen);
	os_trace_read_ring(ring, look, &seen);
	close(ring);
	return seen;
}

static void every_hop_leaves_a_record(void **state)
{
	struct seen seen = tap_with(0);
	assert_true(seen.window >= 2);
	assert_int_equal(seen.hit_test, 1);
	assert_true(seen.recogniser >= 2);
	assert_int_equal(seen.handler, 1);
	assert_true(seen.draw >= 1);
}

static void a_slow_handler_is_named(void **state)
{
	struct seen seen = tap_with(5000);
	assert_int_equal(seen.longs, 1);
	assert_string_equal(seen.function, "call_handler");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_hop_leaves_a_record),
	    cmocka_unit_test(a_slow_handler_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
