/* Panel's screen on screens of every shape: a relay that is there and one that is not, an input; what
 * does not fit scrolls; a tap anywhere on a card is one on its switch. F82 */
#include "typist.h"

#include <math.h>

#include "panel.h"
#include "window_private.h"

struct room {
	struct hand hand;
	struct panel panel;
	struct ui_view_controller *controller;
};

static void enter(struct room *room, struct md_size size, struct ui_appearance appearance)
{
	memset(room, 0, sizeof(*room));
	hand_begin(&room->hand, g_devices[0], size.width, size.height);
	room->panel.model.brightness = 0.62;
	room->panel.model.relay = (struct panel_line){.answered = true, .there = true, .on = true};
	room->panel.model.input = (struct panel_line){.answered = true, .there = true};
	room->controller = panel_screen_create(&room->panel);
	struct ui_view *view = ui_view_controller_view(room->controller);
	ui_view_set_frame(view, (struct md_rect){0, 0, size.width, size.height});
	ui_view_add(room->hand.root, os_retain(view));
	ui_window_configure(room->hand.window, size, (struct md_insets){24, 0, 20, 0}, &appearance);
	ui_window_lay_out(room->hand.window);
}

static void leave(struct room *room)
{
	hand_end(&room->hand);
	os_release(room->controller);
}

static struct md_rect frame_of(const struct ui_view *view)
{
	return ui_view_convert_rect(view, ui_view_bounds(view), NULL);
}

static const struct shape {
	const char *name;
	struct md_size size;
	struct ui_appearance appearance;
	bool beside;
} s_shapes[] = {
    {"phone", {480, 800}, {.text_size = 3, .scale = 1}, false},
    {"phone-dark", {480, 800}, {.text_size = 3, .scale = 1, .dark = true}, false},
    {"phone-ax5", {480, 800}, {.text_size = 11, .scale = 1}, false},
    {"pi7", {800, 480}, {.text_size = 3, .scale = 1}, true},
    {"pi7-rtl", {800, 480}, {.text_size = 3, .scale = 1, .rtl = true}, true},
    {"pi7-ax5", {800, 480}, {.text_size = 11, .scale = 1}, true},
    {"tablet", {1280, 800}, {.text_size = 3, .scale = 1}, true},
    {"tiny", {320, 240}, {.text_size = 3, .scale = 1}, false},
};

static void it_fits_every_screen(void **state)
{
	for (size_t i = 0; i < OS_ARRAY_LEN(s_shapes); i++) {
		const struct shape *shape = &s_shapes[i];
		struct room room;
		char name[64];
		enter(&room, shape->size, shape->appearance);
		snprintf(name, sizeof(name), "panel-%s", shape->name);
		paint(&room.hand, name, 0);
		struct md_rect dial = frame_of(room.panel.dial), column = frame_of(room.panel.column);
		struct md_rect relay = frame_of(room.panel.relay.view), input = frame_of(room.panel.input.view);
		assert_true(dial.width >= 132 && dial.width == dial.height);
		assert_true(dial.x >= 0 && dial.x + dial.width <= shape->size.width);
		assert_true(column.x >= 0 && column.x + column.width <= shape->size.width);
		assert_false(md_rect_intersects(dial, column));
		assert_false(md_rect_intersects(relay, input));
		assert_true(relay.height >= 80);
		assert_int_equal(shape->beside, dial.y < column.y + column.height && column.y < dial.y + dial.height);
		if (shape->beside) {
			assert_int_equal(shape->appearance.rtl, dial.x > column.x);
		}
		leave(&room);
	}
}

static void what_does_not_fit_scrolls(void **state)
{
	struct room room;
	enter(&room, (struct md_size){480, 800}, (struct ui_appearance){.text_size = 3, .scale = 1});
	assert_true(ui_scroll_view_content_size(room.panel.scroller).height <= 800 - 44);
	leave(&room);
	enter(&room, (struct md_size){320, 240}, (struct ui_appearance){.text_size = 11, .scale = 1});
	struct md_rect column = ui_view_frame(room.panel.column);
	double height = ui_scroll_view_content_size(room.panel.scroller).height;
	assert_true(height > 240 && column.y + column.height <= height);
	leave(&room);
}

static void a_missing_line_says_why_and_what_can_be_done(void **state)
{
	struct room room;
	enter(&room, (struct md_size){480, 800}, (struct ui_appearance){.text_size = 3, .scale = 1});
	assert_true(ui_view_is_hidden(room.panel.relay.again));
	assert_string_equal(ui_label_text(room.panel.relay.status), "On");
	assert_string_equal(ui_label_text(room.panel.input.status), "Not active");
	struct panel_line *relay = &room.panel.model.relay;
	relay->there = false;
	snprintf(relay->sentence, sizeof(relay->sentence), "line GPIO17 is used by spi0 CS0");
	room.panel.model.input.there = false;
	panel_screen_show(&room.panel);
	paint(&room.hand, "panel-missing", 0);
	assert_string_equal(ui_label_text(room.panel.relay.status),
			    "Not connected: line GPIO17 is used by spi0 CS0.");
	assert_false(ui_view_is_hidden(room.panel.relay.again));
	assert_true(ui_view_is_hidden(room.panel.relay.knob));
	assert_true(ui_view_is_hidden(room.panel.input.view)); /* most boards have none */
	leave(&room);
}

static void did_toggle(void *context, struct ui_view *knob)
{
	++*(int *)context;
}

static void a_tap_anywhere_on_the_card_switches(void **state)
{
	struct hand hand;
	struct panel_card card;
	int toggles = 0;
	struct panel_card_options options = {.name = "Relay", .symbol = "lightning", .on = "On", .off = "Off",
					     .toggled = did_toggle, .retried = did_toggle, .context = &toggles};
	hand_begin(&hand, g_devices[1], 480, 800);
	struct ui_view *view = panel_card_begin(&card, &options);
	ui_view_set_frame(view, (struct md_rect){20, 100, 440, 120});
	ui_view_add(hand.root, view);
	struct panel_line line = {.answered = true, .there = true};
	panel_card_show(&card, &line);
	ui_window_lay_out(hand.window);
	hand_tap(&hand, 60, 130); /* on the symbol */
	assert_int_equal(toggles, 1);
	assert_true(ui_switch_is_on(card.knob));
	struct md_point knob = md_rect_center(frame_of(card.knob));
	hand_wait(&hand, 500);
	hand_tap(&hand, knob.x, knob.y); /* once, not twice */
	assert_int_equal(toggles, 2);
	assert_false(ui_switch_is_on(card.knob));
	line.answered = false;
	line.there = false;
	panel_card_show(&card, &line);
	hand_wait(&hand, 500);
	hand_tap(&hand, 60, 130);
	assert_int_equal(toggles, 2);
	hand_end(&hand);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(it_fits_every_screen),
	    cmocka_unit_test(what_does_not_fit_scrolls),
	    cmocka_unit_test(a_missing_line_says_why_and_what_can_be_done),
	    cmocka_unit_test(a_tap_anywhere_on_the_card_switches),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
