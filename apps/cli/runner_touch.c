#include "runner_private.h"

#include <errno.h>
#include <math.h>

#include <md/device_interface.h>
#include <os/clock.h>
#include <os/memory.h>
#include <os/supervisor.h>

/* A gesture that was fed has to be delivered this long after its own end. */
#define FEED_SLACK_US (10 * OS_US_PER_S)
#define FRAMES_OF_SLACK 600

void gesture_add(struct runner_gesture *gesture, int64_t at_us, int finger,
		 enum os_touch_phase phase, double x, double y)
{
	gesture->samples =
	    os_realloc_array(gesture->samples, gesture->count + 1, sizeof(struct runner_sample));
	gesture->samples[gesture->count++] = (struct runner_sample){at_us, finger, phase, x, y};
}

void gesture_line(struct runner_gesture *gesture, int64_t from_us, int64_t duration_us, int finger,
		  const double line[4])
{
	for (int64_t at = RUNNER_SAMPLE_US; at < duration_us; at += RUNNER_SAMPLE_US) {
		double part = (double)at / (double)duration_us;
		gesture_add(gesture, from_us + at, finger, OS_TOUCH_MOVE,
			    line[0] + (line[2] - line[0]) * part,
			    line[1] + (line[3] - line[1]) * part);
	}
	gesture_add(gesture, from_us + duration_us, finger, OS_TOUCH_MOVE, line[2], line[3]);
}

/* --- Feeding ---------------------------------------------------------------------------------- */

struct feed {
	int unanswered;
	int status;
};

static void did_deliver(void *context, int status, struct os_message *reply)
{
	struct feed *feed = context;
	feed->unanswered--;
	if (status < 0 && feed->status == 0) {
		feed->status = status;
	}
}

/* Sends the gesture in messages of as many samples as one may have. */
static int send_samples(struct runner *runner, const struct runner_gesture *gesture,
			int64_t timeout_us, struct feed *feed)
{
	struct os_port *port = cli_port(runner->cli, CLI_COMPOSITOR);
	int result = port ? 0 : -ENOTCONN;
	for (size_t at = 0; at < gesture->count && result == 0; at += RUNNER_FEED_MAX) {
		size_t count = OS_MIN(gesture->count - at, (size_t)RUNNER_FEED_MAX);
		struct os_message message;
		cli_begin(&message, CLI_COMPOSITOR, MD_DEVICE_FEED);
		os_message_write_count(&message, (uint32_t)count);
		for (size_t i = 0; i < count; i++) {
			const struct runner_sample *sample = &gesture->samples[at + i];
			os_message_write_i64(&message, sample->at_us);
			os_message_write_i32(&message, sample->finger);
			os_message_write_u32(&message, sample->phase);
			os_message_write_double(&message, sample->x);
			os_message_write_double(&message, sample->y);
		}
		feed->unanswered++;
		result = os_port_call(port, &message, timeout_us, did_deliver, feed);
		if (result < 0) {
			feed->unanswered--;
		}
	}
	return result;
}

int runner_feed(struct runner *runner, struct runner_gesture *gesture)
{
	int64_t duration_us = gesture->count ? gesture->samples[gesture->count - 1].at_us : 0;
	int64_t deadline_us = os_clock_real_us() + duration_us + FEED_SLACK_US;
	int64_t frames_left = duration_us / 1000 + FRAMES_OF_SLACK;
	struct feed feed = {0};
	int result = send_samples(runner, gesture, duration_us + FEED_SLACK_US * 12, &feed);
	while (result == 0 && feed.unanswered > 0) {
		if (!os_clock_is_held()) {
			cli_wait(runner->cli, OS_MAX(deadline_us - os_clock_real_us(), 0));
			result = os_clock_real_us() >= deadline_us && feed.unanswered > 0
				     ? -ETIMEDOUT
				     : 0;
			continue;
		}
		/* Whatever has been answered by now; then the next frame. */
		cli_wait(runner->cli, 0);
		if (feed.unanswered > 0) {
			result = frames_left-- > 0 ? runner_step(runner) : -ETIMEDOUT;
		}
	}
	if (feed.unanswered > 0) {
		struct os_port *port = cli_port(runner->cli, CLI_COMPOSITOR);
		if (port) {
			os_port_forget_calls(port, &feed);
		}
	}
	os_free(gesture->samples);
	*gesture = (struct runner_gesture){0};
	result = result < 0 ? result : feed.status;
	if (result < 0 && runner->error.status == 0) {
		os_error_set(&runner->error, result, "the fingers were not delivered: %s",
			     os_status_text(result));
	}
	return result;
}

/* --- Time ------------------------------------------------------------------------------------- */

int runner_step(struct runner *runner)
{
	struct os_message message, reply;
	cli_begin(&message, CLI_SUPERVISOR, OS_SUPERVISOR_CLOCK);
	os_message_write_u32(&message, OS_CLOCK_STEP_FRAMES);
	os_message_write_i64(&message, 1);
	os_message_write_text(&message, "");
	int result = cli_call(runner->cli, CLI_SUPERVISOR, &message, &reply);
	if (result == 0) {
		result = os_message_read_i32(&reply);
		const char *sentence = os_message_read_text(&reply);
		if (result < 0) {
			os_error_set(&runner->error, result, "the clock cannot be stepped: %s",
				     sentence[0] ? sentence : os_status_text(result));
		}
		os_message_finish(&reply);
	} else {
		os_error_set(&runner->error, result, "the clock cannot be stepped: %s",
			     os_status_text(result));
	}
	return result;
}

int runner_wait(struct runner *runner, int64_t duration_us)
{
	int64_t until_us = os_clock_now_us() + duration_us;
	int result = 0;
	while (result == 0 && os_clock_now_us() < until_us) {
		if (os_clock_is_held()) {
			result = runner_step(runner);
		} else {
			cli_wait(runner->cli, until_us - os_clock_now_us());
		}
	}
	return result;
}

void runner_pause(struct runner *runner)
{
	int64_t until_us = os_clock_real_us() + RUNNER_LOOK_AGAIN_US;
	while (os_clock_real_us() < until_us) {
		cli_wait(runner->cli, until_us - os_clock_real_us());
	}
}
