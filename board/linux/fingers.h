/* Fingers: what lies on the glass of all panels, and which of it is heard. Private.
 *
 *	fingers_change(&fingers, &panel, slot, &change)     as the device tells them
 *	fingers_frame(&fingers, &panel)                     one report is over: it is told whole
 *
 * A contact has a finger's number from down to up, the lowest that is free over all panels; or none
 * (`finger` -1), and then nobody hears of it before it was lifted: the eleventh, a palm, one that
 * was cancelled.
 *
 *	(none) ──down──▶ heard ──up──▶ (none)
 *	    └─▶ unheard ◀──palm, stuck, cancelled──┘
 *	           └──up──▶ (none)
 *
 * A palm is a contact wider than 28 mm, or wider than 18 mm within 3 mm of the panel's edge (the
 * hand that holds it); a fingertip is some 8 to 14 mm wide, a flat thumb 20. Only where the device
 * tells sizes (ABS_MT_TOUCH_MAJOR) and its own in mm.
 *
 * A finger is stuck, and cancelled, if the kernel itself says that its slot is up; or if nothing was
 * heard of it for 10 s in which two others came and went on the same panel. */
#ifndef LINUX_FINGERS_H
#define LINUX_FINGERS_H

#include <os/clock.h>
#include <os/touch_input.h>

#define PANEL_SLOTS 64
#define RATE_REPORTS 33
#define PALM_MM 28.0
#define EDGE_PALM_MM 18.0
#define EDGE_MM 3.0
#define STUCK_US (10 * OS_US_PER_S)
#define STUCK_OTHERS 2
#define LOOK_AGAIN_US OS_US_PER_S /* of silence, and the kernel is asked */

struct contact {
	bool is_down;
	int32_t finger; /* -1: not heard */
	int32_t id;       /* the kernel's tracking id, -1: not known */
	double x, y, radius;
	double seen_x, seen_y; /* in the report before */
	int64_t heard_us; /* kernel time of its last event */
	int32_t others;   /* that came and went since */
	uint64_t flow;
	bool is_suspect;  /* the kernel says that it is up, and nobody told */
	bool has_changed;
	enum os_touch_phase phase; /* of this report */
};

struct panel {
	const char *name;
	int fd; /* -1: the kernel cannot be asked */
	double width_mm, height_mm;
	bool has_slots, tells_size;
	double size_unit; /* of the panel's width */
	struct contact contacts[PANEL_SLOTS];
	int64_t report_us; /* kernel time */
	bool has_moved;
	int64_t moved_us, intervals_us[RATE_REPORTS];
	int32_t interval_count;
};

struct panel_slots {
	int32_t code, values[PANEL_SLOTS]; /* ABS_MT_…, and what the kernel has of it for each slot */
};

struct fingers {
	const struct os_touch_events *events;
	void *context;
	bool taken[OS_TOUCH_FINGERS];
};

struct finger_change {
	int64_t kernel_us;
	enum os_touch_phase phase;
	double x, y; /* of downs and moves */
};

/* What the kernel says of a device whose descriptor this is: slots, sizes. */
void panel_init(struct panel *panel, const char *name, int fd);
void fingers_change(struct fingers *fingers, struct panel *panel, int slot,
		    const struct finger_change *change);
void fingers_frame(struct fingers *fingers, struct panel *panel);
/* fingers_ids.c: before a report is told. */
void fingers_identify(struct fingers *fingers, struct panel *panel);
/* fingers_stuck.c: when all that was readable has been told. */
void fingers_look_for_stuck(struct fingers *fingers, struct panel *panel);
/* Cancels what is heard of a panel; forget: it is gone, nothing lies on it any more. */
void fingers_cancel(struct fingers *fingers, struct panel *panel, bool forget);
/* Reports a second, once enough were seen; 0: not yet. Told once. */
double panel_take_rate_hz(struct panel *panel);
/* The lowest free number, -1: none; and its end. For a mouse. */
int fingers_take(struct fingers *fingers);
void fingers_give_back(struct fingers *fingers, int finger);
void fingers_tell(struct fingers *fingers, struct os_touch_sample *samples, size_t count);
/* Not heard from here to its up. The sample, a cancel, is the caller's to tell. */
struct os_touch_sample fingers_silence(struct fingers *fingers, struct contact *contact,
				       int64_t kernel_us);
bool panel_ask_slots(const struct panel *panel, int32_t code, struct panel_slots *ret_slots);

#endif
