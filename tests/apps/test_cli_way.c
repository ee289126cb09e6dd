/* A finger's way out of several processes' records: the newest touch, in order of time, with the
 * waits named; and the same records as Chrome's trace. F127 F130 */
#include "test.h"

#include <errno.h>

#include <cs/value.h>
#include <os/object.h>

#include "chrome.h"
#include "way.h"

#define TOUCH(n) ((uint64_t)OS_FLOW_TOUCH << 56 | (n))
#define FRAME(n) ((uint64_t)OS_FLOW_FRAME << 56 | (n))

static void add(struct rings *rings, int process, int64_t at_us, int64_t us, uint64_t flow,
		const char *layer, const char *what)
{
	struct os_trace_event event = {
	    .real_us = at_us, .duration_us = us, .flow = flow, .line = 7};
	snprintf(event.layer, sizeof(event.layer), "%s", layer);
	snprintf(event.what, sizeof(event.what), "%s", what);
	snprintf(event.function, sizeof(event.function), "f");
	snprintf(event.file, sizeof(event.file), "a.c");
	rings_add(rings, process, &event);
}

/* An old finger, and a new one whose picture came after a frame's wait. */
static void fill(struct rings *rings)
{
	int compositor = rings_add_process(rings, 10, "compositor");
	int app = rings_add_process(rings, 11, "org.strata.notes");
	add(rings, compositor, 100, 5, TOUCH(1), "board", "touch down");
	add(rings, compositor, 300, 5, TOUCH(1), "media", "present");
	add(rings, app, 1020, 200, TOUCH(2), "touch-ui", "handle");
	add(rings, app, 1050, 20, TOUCH(2), "apps", "row tapped");
	add(rings, compositor, 1000, 10, TOUCH(2), "board", "touch down");
	add(rings, compositor, 1012, 6, TOUCH(2), "media", "find scene");
	add(rings, compositor, 1060, 6, FRAME(2), "media", "tick");
	add(rings, compositor, 2000, 30, TOUCH(2), "media", "latch");
	add(rings, compositor, 2035, 1, TOUCH(2), "board", "submit");
	add(rings, compositor, 2040, 10, TOUCH(2), "media", "present");
	add(rings, compositor, 9000, 10, TOUCH(2), "media", "present");
	rings_sort(rings);
}

static void follows_the_newest_finger(void **state)
{
	struct rings rings = {0};
	struct way way;
	fill(&rings);
	assert_int_equal(way_find(&rings, &way), 0);
	assert_true(way.flow == TOUCH(2));
	static const char *const s_expected[] = {
	    "touch down", "find scene", "handle", "row tapped", "wait for the next frame",
	    "latch", "submit", "present"};
	assert_int_equal(way.count, OS_ARRAY_LEN(s_expected));
	for (int i = 0; i < way.count; i++) {
		const char *what = way.hops[i].wait[0] ? way.hops[i].wait : way.hops[i].event->what;
		assert_string_equal(what, s_expected[i]);
	}
	assert_int_equal(way.hops[4].at_us, 220);
	assert_int_equal(way.hops[4].us, 780);
	assert_int_equal(way.whole_us, 1050);
	assert_true(way.presented);
	way_finish(&way);
	rings_finish(&rings);
}

static void names_the_wait_for_a_finger(void **state)
{
	struct rings rings = {0};
	struct way way;
	int board = rings_add_process(&rings, 1, "compositor");
	add(&rings, board, 0, 1, TOUCH(5), "board", "touch down");
	add(&rings, board, 50000, 1, TOUCH(5), "board", "touch up");
	rings_sort(&rings);
	assert_int_equal(way_find(&rings, &way), 0);
	assert_int_equal(way.count, 3);
	assert_string_equal(way.hops[1].wait, "wait for the finger");
	assert_false(way.presented);
	way_finish(&way);
	rings_finish(&rings);
}

static void says_when_there_was_no_finger(void **state)
{
	struct rings rings = {0};
	struct way way;
	assert_int_equal(way_find(&rings, &way), -ENOENT);
	add(&rings, rings_add_process(&rings, 1, "compositor"), 0, 1, FRAME(1), "media", "present");
	assert_int_equal(way_find(&rings, &way), -ENOENT);
	rings_finish(&rings);
}

static void writes_valid_chrome_json(void **state)
{
	struct rings rings = {0};
	struct os_buffer json = {0};
	struct cs_value *value = NULL;
	struct os_error error = {0};
	fill(&rings);
	assert_int_equal(chrome_write(&rings, 1000, &json), 9);
	if (cs_value_parse(json.bytes, json.length, "trace.json", &value, &error) < 0) {
		fail_msg("%s", error.text);
	}
	struct cs_value *events = cs_value_get(value, "traceEvents");
	int starts = 0, steps = 0, ends = 0;
	for (size_t i = 0; i < cs_value_count(events); i++) {
		const char *phase = cs_value_string(cs_value_get(cs_value_at(events, i), "ph"));
		starts += strcmp(phase, "s") == 0;
		steps += strcmp(phase, "t") == 0;
		ends += strcmp(phase, "f") == 0;
	}
	assert_int_equal(starts, 1); /* the frame's one record begins and ends it: no flow */
	assert_int_equal(steps, 6);
	assert_int_equal(ends, 1);
	os_release(value);
	os_buffer_finish(&json);
	rings_finish(&rings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(follows_the_newest_finger),
	    cmocka_unit_test(names_the_wait_for_a_finger),
	    cmocka_unit_test(says_when_there_was_no_finger),
	    cmocka_unit_test(writes_valid_chrome_json),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
