/* What the runner's files share. */
#ifndef CLI_RUNNER_PRIVATE_H
#define CLI_RUNNER_PRIVATE_H

#include <os/touch_input.h>

#include "runner.h"
#include "screen_tree.h"
#include "session.h"

#define RUNNER_NAME_WAIT_US (3 * OS_US_PER_S) /* real time */
#define RUNNER_SETTLE_WAIT_US (10 * OS_US_PER_S)
#define RUNNER_LOOK_AGAIN_US (20 * OS_US_PER_MS)
#define RUNNER_SAMPLE_US (8 * OS_US_PER_MS) /* 125 Hz */
#define RUNNER_TAP_US (50 * OS_US_PER_MS)
#define RUNNER_FEED_MAX 512

struct runner {
	struct cli *cli;
	struct os_error error; /* why the line at hand fails */
	struct {
		bool down;
		double x, y;
	} fingers[SCRIPT_FINGERS];
};

/* One sample of a gesture, in the time from its beginning. */
struct runner_sample {
	int64_t at_us;
	int finger;
	enum os_touch_phase phase;
	double x, y;
};

struct runner_gesture {
	struct runner_sample *samples;
	size_t count;
};

/* --- runner_touch.c --------------------------------------------------------------------------- */

void gesture_add(struct runner_gesture *gesture, int64_t at_us, int finger,
		 enum os_touch_phase phase, double x, double y);
/* Moves a finger that is down in a straight line, at the report rate. */
void gesture_line(struct runner_gesture *gesture, int64_t from_us, int64_t duration_us, int finger,
		  const double line[4]);
/* Feeds the gesture and returns when its last sample has been delivered. Finishes it. */
int runner_feed(struct runner *runner, struct runner_gesture *gesture);
int runner_wait(struct runner *runner, int64_t duration_us);

/* --- runner_look.c ---------------------------------------------------------------------------- */

int runner_look(struct runner *runner, struct screen_tree **ret_tree);
/* Waits for an element to become touchable and gives the point; or gives the target's own point. */
int runner_locate(struct runner *runner, const struct script_target *target, double *ret_x,
		  double *ret_y);
int runner_expect(struct runner *runner, const struct script_command *command);
int runner_settle(struct runner *runner);
/* Asks the compositor to write its tree to fd as JSON. */
int runner_read_tree(struct cli *cli, bool layers, struct os_buffer *json);

/* Steps a held clock by one frame. */
int runner_step(struct runner *runner);
/* Real time has passed, or a held clock stands: looks whether it is worth waiting on. */
void runner_pause(struct runner *runner);

#endif
