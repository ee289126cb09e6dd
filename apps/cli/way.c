#include "way.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <os/memory.h>

/* Longer ways are of drags: then the last thing the board said is followed alone. */
#define MAX_HOPS 120

static bool is_present(const struct os_trace_event *event)
{
	return strcmp(event->what, "present") == 0;
}

/* What a board says of a finger; it also says when it was given a frame. */
static bool is_finger(const struct os_trace_event *event)
{
	return strcmp(event->layer, "board") == 0 && strncmp(event->what, "touch", 5) == 0;
}

/* The touch whose first record is the newest. */
static uint64_t newest_touch(const struct rings *rings)
{
	for (size_t i = rings->count; i > 0; i--) {
		uint64_t flow = rings->records[i - 1].event.flow;
		if (os_flow_kind(flow) != OS_FLOW_TOUCH) {
			continue;
		}
		/* A finger put down earlier may still have sent the newest record. */
		uint64_t newest = flow;
		int64_t newest_us = INT64_MIN;
		for (size_t k = 0; k < rings->count; k++) {
			const struct os_trace_event *event = &rings->records[k].event;
			bool is_first = os_flow_kind(event->flow) == OS_FLOW_TOUCH &&
					is_finger(event) && strstr(event->what, "down");
			if (is_first && event->real_us >= newest_us) {
				newest_us = event->real_us;
				newest = event->flow;
			}
		}
		return newest;
	}
	return 0;
}

static void add_hop(struct way *way, const struct way_hop *hop)
{
	way->hops = os_realloc_array(way->hops, (size_t)way->count + 1, sizeof(*hop));
	way->hops[way->count++] = *hop;
}

/* The records of the flow from `first` on, up to the frame that shows what the board said last. */
static void collect(const struct rings *rings, size_t first, struct way *way)
{
	size_t last_finger = first, end = rings->count;
	for (size_t i = first; i < rings->count; i++) {
		const struct os_trace_event *event = &rings->records[i].event;
		if (event->flow == way->flow && is_finger(event)) {
			last_finger = i;
		}
	}
	for (size_t i = rings->count; i > first; i--) {
		const struct os_trace_event *event = &rings->records[i - 1].event;
		if (event->flow == way->flow && is_present(event) &&
		    (i - 1 > last_finger || end == rings->count)) {
			end = i;
		}
	}
	for (size_t i = first; i < end; i++) {
		const struct ring_record *record = &rings->records[i];
		if (record->event.flow == way->flow) {
			add_hop(way, &(struct way_hop){.us = record->event.duration_us,
						       .process = record->process,
						       .event = &record->event});
		}
	}
}

static size_t first_of(const struct rings *rings, uint64_t flow)
{
	size_t first = 0;
	while (first < rings->count && rings->records[first].event.flow != flow) {
		first++;
	}
	return first;
}

static size_t last_finger_of(const struct rings *rings, uint64_t flow)
{
	size_t last = first_of(rings, flow);
	for (size_t i = last; i < rings->count; i++) {
		if (rings->records[i].event.flow == flow && is_finger(&rings->records[i].event)) {
			last = i;
		}
	}
	return last;
}

static void name_wait(const struct rings *rings, const struct way_hop *before,
		      const struct way_hop *after, struct way_hop *wait)
{
	if (is_finger(after->event)) {
		snprintf(wait->wait, sizeof(wait->wait), "wait for the finger");
	} else if (is_present(after->event)) {
		snprintf(wait->wait, sizeof(wait->wait), "wait for the display");
	} else if (strstr(after->event->what, "tick") || strstr(after->event->what, "latch") ||
		   strstr(after->event->what, "frame")) {
		snprintf(wait->wait, sizeof(wait->wait), "wait for the next frame");
	} else if (before->process != after->process) {
		snprintf(wait->wait, sizeof(wait->wait), "wait for %.60s to wake",
			 rings->processes[after->process].name);
	} else {
		snprintf(wait->wait, sizeof(wait->wait), "wait in %.60s",
			 rings->processes[after->process].name);
	}
}

/* Sets the times, and puts a hop into each gap that is more than 5 % of the whole. */
static void name_gaps(const struct rings *rings, struct way *way)
{
	struct way_hop *hops = way->hops;
	int count = way->count;
	int64_t began_us = hops[0].event->real_us, until_us = began_us;
	int64_t end_us = began_us;
	for (int i = 0; i < count; i++) {
		hops[i].at_us = hops[i].event->real_us - began_us;
		end_us = OS_MAX(end_us, hops[i].event->real_us + hops[i].us);
	}
	way->whole_us = end_us - began_us;
	way->hops = NULL;
	way->count = 0;
	int last = 0; /* the hop that worked last */
	for (int i = 0; i < count; i++) {
		int64_t gap_us = hops[i].event->real_us - until_us;
		if (i > 0 && gap_us * 20 > way->whole_us) {
			struct way_hop wait = {.at_us = until_us - began_us,
					       .us = gap_us,
					       .process = hops[i].process,
					       .event = hops[i].event};
			name_wait(rings, &hops[last], &hops[i], &wait);
			add_hop(way, &wait);
		}
		if (hops[i].event->real_us + hops[i].us >= until_us) {
			until_us = hops[i].event->real_us + hops[i].us;
			last = i;
		}
		add_hop(way, &hops[i]);
	}
	os_free(hops);
}

int way_find(const struct rings *rings, struct way *ret_way)
{
	struct way way = {.flow = newest_touch(rings)};
	if (way.flow == 0) {
		return -ENOENT;
	}
	collect(rings, first_of(rings, way.flow), &way);
	if (way.count > MAX_HOPS) {
		way_finish(&way);
		way.flow = newest_touch(rings);
		collect(rings, last_finger_of(rings, way.flow), &way);
	}
	assert(way.count > 0); /* the flow's own first record is one */
	way.presented = is_present(way.hops[way.count - 1].event);
	name_gaps(rings, &way);
	*ret_way = way;
	return 0;
}

void way_finish(struct way *way)
{
	os_free(way->hops);
	*way = (struct way){0};
}
