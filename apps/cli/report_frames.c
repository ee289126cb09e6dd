/* How evenly frames come while somebody uses the screen. */
#include <stdlib.h>
#include <unistd.h>

#include <md/device_interface.h>
#include <os/array.h>
#include <os/clock.h>

#include "report.h"
#include "session.h"

/* A longer pause is a screen at rest, not a late frame. */
#define REST_US (250 * OS_US_PER_MS)

struct watch {
	struct os_array intervals; /* int64_t µs between two frames' arrivals */
	uint64_t frames, last_frame, skipped;
	int64_t last_us;
};

static void did_hear(void *context, struct os_message *event)
{
	struct watch *watch = context;
	int64_t now_us = os_clock_real_us();
	if (event->header.type != MD_DEVICE_FRAME) {
		return;
	}
	uint64_t frame = os_message_read_u64(event);
	if (watch->frames > 0 && now_us - watch->last_us < REST_US) {
		*(int64_t *)os_array_append(&watch->intervals) = now_us - watch->last_us;
		watch->skipped += frame > watch->last_frame + 1 ? frame - watch->last_frame - 1 : 0;
	}
	watch->frames++;
	watch->last_frame = frame;
	watch->last_us = now_us;
}

static int compare(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
	return left < right ? -1 : left > right;
}

void report_add_intervals(struct os_buffer *out, int64_t *intervals, size_t count, int64_t period)
{
	static const struct {
		const char *name;
		int hundredths;
	} s_rows[] = {{"median", 50}, {"95 %", 95}, {"99 %", 99}, {"longest", 100}};
	if (count == 0) {
		os_buffer_add_text(out, "nothing moved\n");
		return;
	}
	qsort(intervals, count, sizeof(*intervals), compare);
	for (size_t i = 0; i < OS_ARRAY_LEN(s_rows); i++) {
		size_t at = (count - 1) * (size_t)s_rows[i].hundredths / 100;
		os_buffer_printf(out, "  %-8s %7.2f ms\n", s_rows[i].name,
				 (double)intervals[at] / 1000);
	}
	size_t late = 0;
	for (size_t i = 0; i < count; i++) {
		late += intervals[i] > period + period / 2;
	}
	os_buffer_printf(out, "  %zu of %zu came more than half a period late\n", late, count);
}

static double ask_rate(struct cli *cli)
{
	struct os_message message, reply;
	cli_begin(&message, CLI_COMPOSITOR, MD_DEVICE_INFO);
	if (cli_call(cli, CLI_COMPOSITOR, &message, &reply) < 0) {
		return 0;
	}
	os_message_read_u32(&reply);
	os_message_read_u32(&reply);
	os_message_read_double(&reply);
	double rate = os_message_read_double(&reply);
	os_message_finish(&reply);
	return rate;
}

static int watch_frames(struct cli *cli, bool watched)
{
	struct os_message message, reply;
	cli_begin(&message, CLI_COMPOSITOR, MD_DEVICE_FRAMES);
	os_message_write_bool(&message, watched);
	int result = cli_call(cli, CLI_COMPOSITOR, &message, &reply);
	if (result >= 0) {
		os_message_finish(&reply);
	}
	return result;
}

void report_add_frames(struct cli *cli, struct os_buffer *out, int seconds)
{
	struct watch watch = {0};
	report_add_title(out, "Frames");
	if (cli_try_connect(cli) < 0) {
		os_buffer_add_text(out, "not watched: the device does not run\n");
		fprintf(stderr, "The device does not run: no frames are watched.\n");
		return;
	}
	double rate = ask_rate(cli);
	os_array_init(&watch.intervals, sizeof(int64_t));
	cli_session_hear(cli, did_hear, &watch);
	if (rate <= 0 || watch_frames(cli, true) < 0) {
		os_buffer_add_text(out, "not watched: the compositor does not answer\n");
		os_array_finish(&watch.intervals);
		return;
	}
	fprintf(stderr, "Use the screen for %d s: scroll, fling, open apps and go home.\n", seconds);
	for (int64_t end_us = os_clock_real_us() + seconds * OS_US_PER_S; os_clock_real_us() < end_us;) {
		cli_wait(cli, end_us - os_clock_real_us());
	}
	watch_frames(cli, false);
	cli_session_hear(cli, NULL, NULL);
	os_buffer_printf(out, "%llu frames in %d s at %g Hz, %llu periods without one while it moved\n",
			 (unsigned long long)watch.frames, seconds, rate,
			 (unsigned long long)watch.skipped);
	report_add_intervals(out, watch.intervals.count > 0 ? os_array_at(&watch.intervals, 0) : NULL,
			     watch.intervals.count,
			     (int64_t)(OS_US_PER_S / rate));
	os_array_finish(&watch.intervals);
}
