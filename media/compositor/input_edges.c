/* Edge zones: whose a finger is that came down at the screen's edge. The compositor decides
 * alone, so that a hung app cannot hold the home gesture, and a hung shell blocks nobody. */
#include <math.h>

#include <md/shell.h>
#include <os/trace.h>

#include "compositor_private.h"

#define EDGE_DECIDES_PT 10.0
#define EDGE_AGAIN_US (2 * OS_US_PER_S)

/* The edge zone that a point lies in, or -1; the bottom one comes first. */
int edge_zone_at(const struct md_compositor *compositor, struct md_point point)
{
	const double *depth = compositor->shell.edges;
	if (compositor->shell.scene == NULL) {
		return -1;
	}
	if (point.y >= compositor->screen.height - depth[MD_EDGE_BOTTOM] &&
	    depth[MD_EDGE_BOTTOM] > 0) {
		return MD_EDGE_BOTTOM;
	}
	if (point.y < depth[MD_EDGE_TOP]) {
		return MD_EDGE_TOP;
	}
	if (point.x < depth[MD_EDGE_LEFT]) {
		return MD_EDGE_LEFT;
	}
	if (point.x >= compositor->screen.width - depth[MD_EDGE_RIGHT] &&
	    depth[MD_EDGE_RIGHT] > 0) {
		return MD_EDGE_RIGHT;
	}
	return -1;
}

/* How far the finger went inward and along the edge. */
static void measure(const struct finger *finger, struct md_point now, double *ret_inward,
		    double *ret_along)
{
	double dx = now.x - finger->start.x, dy = now.y - finger->start.y;
	switch (finger->edge_number) {
	case MD_EDGE_TOP:
		*ret_inward = dy, *ret_along = fabs(dx);
		break;
	case MD_EDGE_BOTTOM:
		*ret_inward = -dy, *ret_along = fabs(dx);
		break;
	case MD_EDGE_LEFT:
		*ret_inward = dx, *ret_along = fabs(dy);
		break;
	default:
		*ret_inward = -dx, *ret_along = fabs(dy);
		break;
	}
}

static void tell_edge_began(struct md_compositor *compositor, const struct finger *finger,
			    int number)
{
	struct scene *shell = compositor->shell.scene;
	struct os_message message;
	scene_begin_event(shell, MD_SCENE_SHELL_EDGE_BEGAN, &message);
	message.header.flow = finger->flow;
	os_message_write_u32(&message, (uint32_t)finger->edge_number);
	os_message_write_i32(&message, number);
	os_message_write_double(&message, finger->start.x);
	os_message_write_double(&message, finger->start.y);
	scene_send(shell, &message);
}

static void system_wins(struct md_compositor *compositor, struct finger *finger, int number,
			const struct os_touch_sample *sample)
{
	OS_TRACE_MARK("media", "edge gesture begins", finger->edge_number);
	input_deliver(compositor, finger, number, sample, MD_TOUCH_CANCEL);
	finger->edge = FINGER_SYSTEMS;
	finger->scene = compositor->shell.scene;
	if (finger->scene != NULL) {
		tell_edge_began(compositor, finger, number);
		struct os_touch_sample first = *sample;
		first.time_us = finger->start_us;
		input_to_panel(compositor, finger->start, &first.x, &first.y);
		input_deliver(compositor, finger, number, &first, MD_TOUCH_DOWN);
	}
}

/* A scene that asked to be asked twice gives the edge away with the second swipe only. */
static bool is_deferred(struct scene *scene, int64_t time_us)
{
	if (scene == NULL || !scene->defers_edges ||
	    (scene->edge_armed_us != 0 && time_us - scene->edge_armed_us <= EDGE_AGAIN_US)) {
		return false;
	}
	scene->edge_armed_us = time_us;
	return true;
}

void edge_decide(struct md_compositor *compositor, struct finger *finger, int number,
		 const struct os_touch_sample *sample)
{
	double inward, along;
	measure(finger, finger->last, &inward, &along);
	if (hypot(inward, along) < EDGE_DECIDES_PT) {
		return;
	}
	if (inward < along) {
		finger->edge = FINGER_APPS;
	} else if (inward >= EDGE_DECIDES_PT) {
		if (is_deferred(finger->scene, sample->time_us)) {
			finger->edge = FINGER_APPS;
		} else {
			system_wins(compositor, finger, number, sample);
		}
	}
}
