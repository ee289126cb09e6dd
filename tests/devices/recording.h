/* Recording: what a panel once sent, as text: evemu's format (README.md), which `strata record-touch`
 * writes and evemu-play plays.
 *
 *	struct panel_recording recording;
 *	char why[PANEL_RECORDING_WHY];
 *	if (panel_recording_load("recordings/lost-up.events", &recording, why) < 0) { puts(why); }
 *	… recording.events, recording.count …
 *	panel_recording_finish(&recording);
 *
 * The reader trusts nothing: the fuzzers feed it. Needs libc only. */
#ifndef TEST_RECORDING_H
#define TEST_RECORDING_H

#include <linux/input.h>
#include <stdbool.h>
#include <stddef.h>

#include "devices.h"

#define PANEL_RECORDING_WHY 200
#define PANEL_RECORDING_EVENTS_MAX 1000000

struct panel_abs {
	bool is_there;
	int32_t min, max, fuzz, flat, resolution;
};

struct panel_recording {
	char name[128];
	uint16_t bus, vendor, product, version;
	uint64_t properties;                   /* bits of INPUT_PROP_… */
	uint64_t types;                        /* bits of EV_… */
	uint64_t keys[(KEY_CNT + 63) / 64];
	uint64_t misc;                         /* bits of MSC_… */
	struct panel_abs abs[ABS_CNT];
	struct input_event *events;            /* times from 0 */
	size_t count, capacity;
	struct touch_panel panel;              /* the same, as the tests know panels; name is this one's */
};

/* 0, or -1 with a sentence "line 12: …". On success the caller finishes it. */
int panel_recording_parse(const char *text, size_t length, struct panel_recording *ret_recording,
                          char why[PANEL_RECORDING_WHY]);
int panel_recording_load(const char *path, struct panel_recording *ret_recording, char why[PANEL_RECORDING_WHY]);
void panel_recording_finish(struct panel_recording *recording);

#endif
