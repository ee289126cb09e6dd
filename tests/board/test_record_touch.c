/* F118: strata record-touch: which devices are panels, and that what it writes is what the panel sent:
 * read back, it plays as the same events. */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/input.h>
#include <sys/stat.h>
#include <unistd.h>

#include <os/clock.h>

#include "mock_panel.h"
#include "panel_hand.h"
#include "panels.h"
#include "recording.h"
#include "text.h"
#include "touch_heard.h"

static int unplug_all(void **state)
{
	mock_input_unplug_all();
	mock_input_set_time(0);
	return 0;
}

static void panels_are_found_and_others_are_not(void **state)
{
	struct found_panels found;
	mock_panel_plug(&panel_ft5x06);
	mock_panel_plug(&panel_ads7846);
	mock_panel_plug(&panel_st1232);
	mock_input_plug(&(struct mock_device){.name = "a mouse", .kind = MOCK_MOUSE});
	mock_input_plug(&(struct mock_device){.name = "a keyboard", .kind = MOCK_KEYBOARD});
	mock_input_plug(&(struct mock_device){.name = "buttons", .kind = MOCK_BUTTONS});
	assert_int_equal(panels_find("/dev/input", &found), 0);
	assert_int_equal(found.nodes, 6);
	assert_int_equal(found.count, 3);
	assert_string_equal(found.list[0].name, panel_ft5x06.name);
	assert_string_equal(found.list[1].name, panel_ads7846.name);
	assert_string_equal(found.list[2].name, panel_st1232.name);
	assert_int_equal(panels_find("/nowhere", &found), -ENOENT);
	assert_int_equal(found.count, 0);
}

/* Plays the gesture, records it from the node, and reads the recording. */
static void record(const struct touch_panel *panel, enum panel_gesture gesture, struct panel_recording *ret_recording)
{
	static struct input_event s_events[PANEL_EVENTS_MAX];
	struct mock_input *input = mock_panel_plug(panel);
	int fd = open(mock_input_node(input), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	assert_true(fd >= 0);
	char *text = NULL, why[PANEL_RECORDING_WHY];
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);
	struct record_counts counts = {0};
	record_write_head(out, fd);
	struct panel_hand hand = {
	    .panel = panel, .now_us = os_clock_real_us(), .events = s_events, .max = PANEL_EVENTS_MAX};
	panel_hand_play(&hand, gesture);
	for (size_t at = 0; at < hand.count;) {
		mock_input_set_time(mock_panel_time_us(&s_events[at]));
		mock_panel_next(input, s_events, hand.count, &at);
		struct input_event event;
		while (read(fd, &event, sizeof(event)) == (ssize_t)sizeof(event)) {
			record_write_event(out, &event, &counts);
		}
	}
	fclose(out);
	close(fd);
	if (panel_recording_parse(text, length, ret_recording, why) < 0) {
		fail_msg("%s", why);
	}
	assert_int_equal(ret_recording->count, counts.events);
	free(text);
	mock_input_unplug(input);
}

static void what_is_written_is_what_was_sent(void **state)
{
	for (size_t i = 0; i < TOUCH_PANEL_COUNT; i++) {
		const struct touch_panel *panel = g_touch_panels[i];
		struct panel_recording recording;
		record(panel, PANEL_TWO_FINGERS, &recording);
		assert_string_equal(recording.name, panel->name);
		assert_int_equal(recording.panel.bus, panel->bus);
		assert_int_equal(recording.panel.vendor, panel->vendor);
		assert_int_equal(recording.panel.product, panel->product);
		assert_int_equal(recording.panel.version, panel->version);
		assert_int_equal(recording.panel.slots, panel->slots);
		assert_int_equal(recording.panel.major_max, panel->major_max);
		assert_int_equal(recording.panel.x.max, panel->x.max);
		assert_int_equal(recording.panel.y.resolution, panel->y.resolution);
		assert_int_equal(recording.panel.flags, panel->flags & ~(uint32_t)TOUCH_PANEL_TIMESTAMP);
		static struct input_event s_again[PANEL_EVENTS_MAX];
		struct panel_hand hand = {.panel = panel, .now_us = 0, .events = s_again, .max = PANEL_EVENTS_MAX};
		panel_hand_play(&hand, PANEL_TWO_FINGERS);
		size_t k = 0;
		for (size_t at = 0; at < hand.count; at++) {
			if (s_again[at].type == EV_MSC) {
				continue; /* mocked devices have none */
			}
			assert_true(k < recording.count);
			assert_int_equal(recording.events[k].type, s_again[at].type);
			assert_int_equal(recording.events[k].code, s_again[at].code);
			assert_int_equal(recording.events[k].value, s_again[at].value);
			assert_int_equal(mock_panel_time_us(&recording.events[k]), mock_panel_time_us(&s_again[at]));
			k++;
		}
		assert_int_equal(k, recording.count);
		panel_recording_finish(&recording);
	}
}

static void counts_tell_of_gaps_and_losses(void **state)
{
	FILE *out = fopen("/dev/null", "w");
	struct record_counts counts = {0};
	const struct { int64_t at_ms; uint16_t type, code; int32_t value; } sent[] = {
	    {100, EV_ABS, ABS_MT_TRACKING_ID, 5}, {100, EV_SYN, SYN_REPORT, 0}, {120, EV_SYN, SYN_REPORT, 0},
	    {165, EV_SYN, SYN_DROPPED, 0},        {165, EV_SYN, SYN_REPORT, 0}, {170, EV_ABS, ABS_MT_TRACKING_ID, -1},
	    {170, EV_SYN, SYN_REPORT, 0},         {900, EV_SYN, SYN_REPORT, 0}, {50, EV_SYN, SYN_REPORT, 0},
	};
	for (size_t i = 0; i < OS_ARRAY_LEN(sent); i++) {
		struct input_event event = {.type = sent[i].type, .code = sent[i].code, .value = sent[i].value};
		event.input_event_usec = sent[i].at_ms * 1000;
		record_write_event(out, &event, &counts);
	}
	fclose(out);
	assert_int_equal(counts.downs, 1);
	assert_int_equal(counts.lost, 1);
	assert_int_equal(counts.longest_gap_us, 45000);
	assert_int_equal(counts.last_us, 800000); /* and never back */
}

/* A running device that lets go of its panels: another one may have them, then they come back. */
static void a_pause_lets_another_read(void **state)
{
	struct mock_input *input = mock_panel_plug(&panel_ft5x06);
	struct touch_heard *heard = touch_heard_open("linux");
	touch_heard_settle(heard);
	assert_true(mock_input_is_grabbed(input));
	mock_input_down(input, 0, 100, 100);
	mock_input_frame(input);
	touch_heard_settle(heard);
	assert_int_equal(heard->board->touch->pause(heard->touch, true), 0);
	touch_heard_settle(heard);
	assert_int_equal(heard->cancels, 1);
	assert_int_equal(touch_heard_device(heard, panel_ft5x06.name), -1);
	mock_input_up(input, 0);
	mock_input_frame(input);
	assert_int_equal(heard->board->touch->pause(heard->touch, false), 0);
	touch_heard_settle(heard);
	assert_true(touch_heard_device(heard, panel_ft5x06.name) >= 0);
	touch_heard_close(heard);
}

int main(int argc, char **argv)
{
	mock_input_main(argc, argv);
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_teardown(panels_are_found_and_others_are_not, unplug_all),
	    cmocka_unit_test_teardown(what_is_written_is_what_was_sent, unplug_all),
	    cmocka_unit_test_teardown(counts_tell_of_gaps_and_losses, unplug_all),
	    cmocka_unit_test_teardown(a_pause_lets_another_read, unplug_all),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
