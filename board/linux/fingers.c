#include "fingers.h"

#include <linux/input.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include <os/clock.h>
#include <os/log.h>
#include <os/trace.h>

#define RATE_SLOWEST_US 200000 /* a longer gap is a finger that rested */

/* --- The kernel's side ------------------------------------------------------------------------ */

bool panel_ask_slots(const struct panel *panel, int32_t code, struct panel_slots *ret_slots)
{
	memset(ret_slots, 0, sizeof(*ret_slots));
	ret_slots->code = code;
	return panel->fd >= 0 && panel->has_slots &&
	       ioctl(panel->fd, EVIOCGMTSLOTS(sizeof(*ret_slots)), ret_slots) >= 0;
}

static bool ask_axis(int fd, int code, struct input_absinfo *ret_axis)
{
	memset(ret_axis, 0, sizeof(*ret_axis));
	return ioctl(fd, EVIOCGABS((unsigned)code), ret_axis) >= 0 &&
	       ret_axis->maximum > ret_axis->minimum;
}

void panel_init(struct panel *panel, const char *name, int fd)
{
	struct input_absinfo axis, x;
	memset(panel, 0, sizeof(*panel));
	panel->name = name;
	panel->fd = fd;
	if (fd < 0) {
		return;
	}
	panel->has_slots = ask_axis(fd, ABS_MT_SLOT, &axis);
	/* The kernel's own words: TOUCH_MAJOR is in units of the surface, as positions are. */
	if (panel->has_slots && ask_axis(fd, ABS_MT_TOUCH_MAJOR, &axis) &&
	    ask_axis(fd, ABS_MT_POSITION_X, &x)) {
		panel->tells_size = true;
		panel->size_unit = 1.0 / ((double)x.maximum - x.minimum + 1);
	}
}

/* --- Telling ---------------------------------------------------------------------------------- */

static void mark(const struct os_touch_sample *sample)
{
	uint64_t before = os_flow_set_current(sample->flow);
	switch (sample->phase) {
	case OS_TOUCH_DOWN:
		OS_TRACE_MARK("board", "touch down", sample->finger);
		break;
	case OS_TOUCH_UP:
		OS_TRACE_MARK("board", "touch up", sample->finger);
		break;
	case OS_TOUCH_CANCEL:
		OS_TRACE_MARK("board", "touch cancel", sample->finger);
		break;
	case OS_TOUCH_MOVE:
		break;
	}
	os_flow_set_current(before);
}

void fingers_tell(struct fingers *fingers, struct os_touch_sample *samples, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		mark(&samples[i]);
	}
	if (count > 0 && fingers->events->touch != NULL) {
		fingers->events->touch(fingers->context, samples, count);
	}
}

int fingers_take(struct fingers *fingers)
{
	for (int i = 0; i < OS_TOUCH_FINGERS; i++) {
		if (!fingers->taken[i]) {
			fingers->taken[i] = true;
			return i;
		}
	}
	return -1;
}

void fingers_give_back(struct fingers *fingers, int finger)
{
	if (finger >= 0) {
		fingers->taken[finger] = false;
	}
}

static struct os_touch_sample sample_of(const struct contact *contact, int64_t kernel_us,
					enum os_touch_phase phase)
{
	return (struct os_touch_sample){.time_us = os_clock_from_monotonic_us(kernel_us),
					.finger = contact->finger,
					.phase = phase,
					.x = contact->x,
					.y = contact->y,
					.radius = contact->radius,
					.flow = contact->flow};
}

struct os_touch_sample fingers_silence(struct fingers *fingers, struct contact *contact,
				       int64_t kernel_us)
{
	struct os_touch_sample sample = sample_of(contact, kernel_us, OS_TOUCH_CANCEL);
	fingers_give_back(fingers, contact->finger);
	contact->finger = -1;
	return sample;
}

/* --- Sizes ------------------------------------------------------------------------------------ */

static bool is_palm(const struct panel *panel, const struct contact *contact)
{
	if (contact->radius <= 0 || panel->width_mm <= 0 || panel->height_mm <= 0) {
		return false;
	}
	double wide_mm = 2 * contact->radius * panel->width_mm;
	double from_edge_mm = fmin(fmin(contact->x, 1 - contact->x) * panel->width_mm,
				   fmin(contact->y, 1 - contact->y) * panel->height_mm);
	return wide_mm > PALM_MM || (wide_mm > EDGE_PALM_MM && from_edge_mm < EDGE_MM);
}

/* libinput tells no sizes, so the kernel is asked for those of its slots as they are now. */
static void measure(struct panel *panel)
{
	struct panel_slots slots;
	if (!panel->tells_size || !panel_ask_slots(panel, ABS_MT_TOUCH_MAJOR, &slots)) {
		return;
	}
	for (int i = 0; i < PANEL_SLOTS; i++) {
		struct contact *contact = &panel->contacts[i];
		if (contact->is_down && contact->has_changed && contact->phase != OS_TOUCH_UP) {
			double radius = slots.values[i] * panel->size_unit / 2;
			contact->radius = OS_CLAMP(radius, 0.0, 1.0);
		}
	}
}

/* --- A report --------------------------------------------------------------------------------- */

static void place(struct contact *contact, double x, double y)
{
	contact->x = isfinite(x) ? OS_CLAMP(x, 0.0, 1.0) : 0;
	contact->y = isfinite(y) ? OS_CLAMP(y, 0.0, 1.0) : 0;
}

static void came_down(struct contact *contact, const struct finger_change *change)
{
	*contact = (struct contact){.is_down = true,
				    .finger = -1,
				    .id = -1,
				    .phase = OS_TOUCH_DOWN,
				    .has_changed = true,
				    .heard_us = change->kernel_us};
	place(contact, change->x, change->y);
}

/* A device may tell of a finger twice in one report: the first half is a report of its own. */
void fingers_change(struct fingers *fingers, struct panel *panel, int slot,
		    const struct finger_change *change)
{
	slot = slot < 0 ? 0 : slot;
	if (slot >= PANEL_SLOTS) {
		return;
	}
	struct contact *contact = &panel->contacts[slot];
	if (contact->has_changed &&
	    (contact->phase != OS_TOUCH_MOVE || change->phase == OS_TOUCH_DOWN)) {
		fingers_frame(fingers, panel);
	}
	panel->report_us = change->kernel_us;
	if (change->phase == OS_TOUCH_DOWN) {
		if (contact->is_down && contact->finger >= 0) {
			struct os_touch_sample sample = fingers_silence(fingers, contact, change->kernel_us);
			fingers_tell(fingers, &sample, 1);
		}
		came_down(contact, change);
		return;
	}
	if (!contact->is_down) {
		return;
	}
	if (change->phase == OS_TOUCH_MOVE) {
		place(contact, change->x, change->y);
		panel->has_moved = true;
	}
	contact->has_changed = true;
	contact->phase = change->phase;
	contact->heard_us = change->kernel_us;
	contact->is_suspect = false;
	contact->others = 0;
}

static bool has_sample(struct fingers *fingers, struct panel *panel, struct contact *contact,
		       struct os_touch_sample *ret_sample)
{
	enum os_touch_phase phase = contact->phase;
	bool ends = phase == OS_TOUCH_UP || phase == OS_TOUCH_CANCEL;
	bool palm = !ends && is_palm(panel, contact);
	if (phase == OS_TOUCH_DOWN && !palm) {
		contact->finger = fingers_take(fingers);
		contact->flow = contact->finger < 0 ? 0 : os_flow_create(OS_FLOW_TOUCH);
	}
	contact->is_down = !ends;
	if (contact->finger < 0) {
		return false;
	}
	if (palm) {
		os_log_debug("board", "\"%s\": finger %d became a palm", panel->name,
			     (int)contact->finger);
		*ret_sample = fingers_silence(fingers, contact, panel->report_us);
		return true;
	}
	*ret_sample = sample_of(contact, panel->report_us, phase);
	if (ends) {
		fingers_give_back(fingers, contact->finger);
		contact->finger = -1;
	}
	return true;
}

static void note_rate(struct panel *panel)
{
	int64_t interval_us = panel->report_us - panel->moved_us;
	if (panel->has_moved && panel->interval_count >= 0 &&
	    panel->interval_count < RATE_REPORTS) {
		if (interval_us > 0 && interval_us < RATE_SLOWEST_US) {
			panel->intervals_us[panel->interval_count++] = interval_us;
		}
		panel->moved_us = panel->report_us;
	}
	panel->has_moved = false;
}

static void count_others(struct panel *panel, int gone)
{
	for (int i = 0; i < PANEL_SLOTS; i++) {
		panel->contacts[i].others += panel->contacts[i].is_down ? gone : 0;
	}
}

void fingers_frame(struct fingers *fingers, struct panel *panel)
{
	struct os_touch_sample samples[PANEL_SLOTS];
	size_t count = 0;
	int gone = 0;
	fingers_identify(fingers, panel);
	measure(panel);
	note_rate(panel);
	for (int i = 0; i < PANEL_SLOTS; i++) {
		struct contact *contact = &panel->contacts[i];
		if (contact->has_changed) {
			bool was_heard = has_sample(fingers, panel, contact, &samples[count]);
			count += was_heard ? 1 : 0;
			gone += was_heard && !contact->is_down ? 1 : 0;
		}
	}
	count_others(panel, gone);
	for (int i = 0; i < PANEL_SLOTS; i++) {
		panel->contacts[i].has_changed = false;
		panel->contacts[i].seen_x = panel->contacts[i].x;
		panel->contacts[i].seen_y = panel->contacts[i].y;
	}
	fingers_tell(fingers, samples, count);
}

void fingers_cancel(struct fingers *fingers, struct panel *panel, bool forget)
{
	struct os_touch_sample samples[PANEL_SLOTS];
	size_t count = 0;
	int64_t now_us = os_clock_real_us();
	for (int i = 0; i < PANEL_SLOTS; i++) {
		struct contact *contact = &panel->contacts[i];
		if (contact->is_down && contact->finger >= 0) {
			samples[count++] = fingers_silence(fingers, contact, now_us);
		}
		if (forget) {
			*contact = (struct contact){.finger = -1};
		} else if (contact->has_changed) {
			/* Of a report that is not over: it lies there, unheard. */
			contact->has_changed = false;
			contact->is_down = contact->phase != OS_TOUCH_UP;
		}
	}
	fingers_tell(fingers, samples, count);
}

/* --- Rate ------------------------------------------------------------------------------------- */

static int by_length(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
	return (left > right) - (left < right);
}

double panel_take_rate_hz(struct panel *panel)
{
	if (panel->interval_count < RATE_REPORTS) {
		return 0;
	}
	panel->interval_count = -1;
	qsort(panel->intervals_us, RATE_REPORTS, sizeof(panel->intervals_us[0]), by_length);
	return (double)OS_US_PER_S / (double)panel->intervals_us[RATE_REPORTS / 2];
}
