/* F71 F76: a fling in a table of 10,000 rows: where it is in every frame, in the app and in the
 * compositor's latched frames, at 60 Hz, at 120 Hz and with ticks that never came; and how many
 * rows were built. The formula is written out here once more, from FEEL.md. */
#include "screen.h"

#include <math.h>
#include <os/connection.h>

#include "view_layer.h"

#define ROWS 10000
#define CLIENT 77 /* screen.c's */
#define MOVES 12
#define SAMPLE_US 8000 /* 125 Hz */
#define MOST_PX 0.05
#define RATE 0.998 /* a millisecond */

struct fling {
	struct screen screen;
	struct ui_view *table;
	struct os_connection *tool;
	int64_t period_us, released_us;
	int64_t dragged_us, last_us; /* target times: of the release's tick, of the last one */
	double x0, v0; /* as of the release */
	bool flying, rests;
	double worst, worst_latched; /* points from the formula */
	int frames, latched, gaps; /* gaps: frames that come more than a period after another */
	int visible; /* most rows at once */
};

/* --- The table -------------------------------------------------------------------------------- */

static int row_count(void *context, struct ui_view *table, int section)
{
	return ROWS;
}

static void fill(void *context, struct ui_view *table, struct ui_view *cell, struct ui_row row)
{
	char text[32];
	snprintf(text, sizeof(text), "Row %d", row.index);
	ui_table_cell_set_text(cell, text, NULL);
}

static const struct ui_table_source s_source = {
    .struct_size = sizeof(s_source), .row_count = row_count, .fill = fill};

/* --- Where it has to be ----------------------------------------------------------------------- */

static double rest_of(const struct fling *fling)
{
	return fling->x0 - fling->v0 / (1000 * log(RATE));
}

static double deviation(const struct fling *fling, double x, int64_t time_us)
{
	double ms = (double)(time_us - fling->released_us) / 1000;
	double expected = fling->x0 + fling->v0 * (pow(RATE, ms) - 1) / (1000 * log(RATE));
	return fabs(x - expected);
}

static void did_scroll(void *context, struct ui_view *scroller)
{
	struct fling *fling = context;
	if (!fling->flying) {
		return;
	}
	int64_t target_us = ui_scene_tick(fling->screen.scene)->target_us;
	assert_true(target_us > fling->last_us);
	fling->gaps += target_us - fling->last_us > fling->period_us + 1;
	fling->last_us = target_us;
	double off = deviation(fling, ui_scroll_view_offset(scroller).y, target_us);
	fling->worst = OS_MAX(fling->worst, off);
	fling->frames++;
}

static void did_end(void *context, struct ui_view *scroller)
{
	((struct fling *)context)->rests = true;
}

static const struct ui_scroll_delegate s_delegate = {
    .struct_size = sizeof(s_delegate), .did_scroll = did_scroll, .did_end = did_end};

/* A frame was shown: the offsets that it was latched with. */
static int watched(void *context, struct os_port *port, struct os_message *message)
{
	struct fling *fling = context;
	os_message_read_u64(message);
	int64_t target_us = os_message_read_i64(message);
	uint32_t count = os_message_read_count(message);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t layer = os_message_read_u32(message);
		uint32_t property = os_message_read_u32(message);
		uint64_t client = os_message_read_u64(message);
		double value[MD_ANIMATION_VALUES];
		for (int k = 0; k < MD_ANIMATION_VALUES; k++) {
			value[k] = os_message_read_double(message);
		}
		bool is_table = client == CLIENT && property == MD_LAYER_OFFSET &&
				layer == md_layer_id(view_part(fling->table)->layer->layer);
		/* What the last tick before the release said is the finger's. */
		if (is_table && fling->flying && target_us > fling->dragged_us) {
			double off = deviation(fling, value[1], target_us);
			fling->worst_latched = OS_MAX(fling->worst_latched, off);
			fling->latched++;
		}
	}
	return 0;
}

static void watch_frames(struct fling *fling)
{
	static const struct os_connection_delegate s_watch = {.struct_size = sizeof(s_watch),
							      .message = watched};
	struct stage *stage = &fling->screen.stage;
	int fds[2];
	assert_int_equal(os_port_pair(fds), 0);
	struct os_peer peer = {.client = 99, .role = "tool", .entitlements = "tool"};
	md_compositor_add_client(stage->compositor, fds[1], 0, &peer);
	fling->tool = os_connection_create_with_fd(stage->loop, fds[0], &md_device_interface,
						   &s_watch, fling);
	struct os_message request;
	os_message_init(&request, &md_device_interface.requests[MD_DEVICE_FRAMES],
			MD_DEVICE_FRAMES);
	os_message_write_bool(&request, true);
	assert_int_equal(stage_call(stage, fling->tool, &request, NULL), 0);
}

/* --- Its course ------------------------------------------------------------------------------- */

static void begin(struct fling *fling, int rate_mhz)
{
	memset(fling, 0, sizeof(*fling));
	fling->period_us = llround(1e9 / rate_mhz);
	screen_begin_mode(&fling->screen, (struct os_display_mode){480, 800, 1, rate_mhz, false});
	fling->table = ui_table_view_create(UI_TABLE_PLAIN);
	ui_table_view_set_source(fling->table, &s_source, fling);
	ui_scroll_view_set_delegate(fling->table, &s_delegate, fling);
	screen_show(&fling->screen, fling->table);
	watch_frames(fling);
}

/* Never more than are seen and two. */
static void count_rows(struct fling *fling)
{
	struct ui_table_counts counts = ui_table_view_counts(fling->table);
	fling->visible = OS_MAX(fling->visible, counts.visible);
	assert_in_range(counts.created, 1, fling->visible + 2);
}

/* A finger that gets faster, up to most_pt_s. */
static void throw(struct fling *fling, double most_pt_s)
{
	struct stage *stage = &fling->screen.stage;
	double y = 780, velocity[MOVES];
	screen_touch(&fling->screen, OS_TOUCH_DOWN, 240, y);
	for (int i = 0; i < MOVES; i++) {
		velocity[i] = most_pt_s * (i + 1) / MOVES;
		y -= velocity[i] * SAMPLE_US / OS_US_PER_S;
		stage_step_us(stage, SAMPLE_US);
		screen_touch(&fling->screen, OS_TOUCH_MOVE, 240, y);
		count_rows(fling);
	}
	stage_step_us(stage, SAMPLE_US);
	screen_touch(&fling->screen, OS_TOUCH_UP, 240, y);
	stage_step_us(stage, 0);
	fling->released_us = os_clock_now_us();
	fling->dragged_us = fling->last_us = ui_scene_tick(fling->screen.scene)->target_us;
	fling->x0 = ui_scroll_view_offset(fling->table).y;
	fling->v0 = 0.60 * velocity[MOVES - 3] + 0.35 * velocity[MOVES - 2] +
		    0.05 * velocity[MOVES - 1];
	fling->flying = true;
	assert_true(ui_scroll_view_is_moving(fling->table));
	assert_false(ui_scroll_view_is_dragging(fling->table));
}

/* dropped: every seventh step the process is held up for over three frames, the first time right
 * after the release. */
static void fly(struct fling *fling, bool dropped)
{
	for (int i = 0; i < 2000 && !fling->rests; i++) {
		if (dropped && i % 7 == 0) {
			os_clock_advance_to(os_clock_now_us() + fling->period_us * 17 / 5);
		}
		stage_step_us(&fling->screen.stage, fling->period_us);
		count_rows(fling);
	}
	assert_true(fling->rests);
	stage_step_us(&fling->screen.stage, 4 * fling->period_us); /* what is still on its way */
}

static void end(struct fling *fling)
{
	assert_true(fling->worst <= MOST_PX);
	assert_true(fling->worst_latched <= MOST_PX);
	assert_true(fabs(ui_scroll_view_offset(fling->table).y - rest_of(fling)) < 1e-6);
	os_connection_release(fling->tool);
	screen_end(&fling->screen);
}

static void every_frame_at_60_hz(void **state)
{
	struct fling fling;
	begin(&fling, 60000);
	throw(&fling, 5000);
	fly(&fling, false);
	assert_int_equal(fling.gaps, 0);
	assert_true(fling.frames > 240);
	assert_true(fling.latched > 120); /* at the end not every frame moves a pixel */
	end(&fling);
}

static void every_frame_at_120_hz(void **state)
{
	struct fling fling;
	begin(&fling, 120000);
	throw(&fling, 5000);
	fly(&fling, false);
	assert_int_equal(fling.gaps, 0);
	assert_true(fling.frames > 480);
	assert_true(fling.latched > 240);
	end(&fling);
}

static void with_dropped_ticks(void **state)
{
	struct fling fling;
	int rates_mhz[] = {60000, 120000};
	for (size_t i = 0; i < OS_ARRAY_LEN(rates_mhz); i++) {
		begin(&fling, rates_mhz[i]);
		throw(&fling, 5000);
		fly(&fling, true);
		assert_true(fling.gaps > 20);
		assert_true(fling.frames > 100);
		assert_true(fling.latched > 100);
		end(&fling);
	}
}

/* Near the fastest there is: more rows come in a frame than are kept put away. */
static void at_the_limit(void **state)
{
	struct fling fling;
	begin(&fling, 60000);
	throw(&fling, 8300);
	assert_in_range((int)fling.v0, 7000, 8000);
	fly(&fling, false);
	end(&fling);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_frame_at_60_hz),
	    cmocka_unit_test(every_frame_at_120_hz),
	    cmocka_unit_test(with_dropped_ticks),
	    cmocka_unit_test(at_the_limit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
