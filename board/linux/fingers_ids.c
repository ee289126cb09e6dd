/* Which finger a contact is, when it seems to have flown. libinput goes by slots and keeps the first
 * finger of one until the slot is given up; some panels give a slot to another finger at once, or
 * exchange the slots of two. The kernel's tracking ids tell. They are asked for when a finger comes
 * down, and when one is suddenly far away. */
#include <linux/input.h>
#include <math.h>

#include <os/log.h>
#include <os/memory.h>

#include "fingers.h"

#define FAR 0.1 /* of the panel, in one report */

static bool is_far(const struct contact *contact)
{
	return hypot(contact->x - contact->seen_x, contact->y - contact->seen_y) > FAR;
}

static bool is_another(const struct panel *panel, const struct panel_slots *ids, int slot)
{
	const struct contact *contact = &panel->contacts[slot];
	return contact->is_down && contact->phase == OS_TOUCH_MOVE && contact->has_changed && contact->id >= 0 &&
	       ids->values[slot] >= 0 && ids->values[slot] != contact->id && is_far(contact);
}

/* The slot that had this id when its finger was last told of, -1: none. */
static int slot_of(const struct panel *panel, int32_t id)
{
	for (int i = 0; i < PANEL_SLOTS; i++) {
		if (panel->contacts[i].is_down && panel->contacts[i].id == id) {
			return i;
		}
	}
	return -1;
}

/* Two slots were exchanged: the fingers go along, where they are stays. */
static void exchange(struct panel *panel, int one, int two)
{
	struct contact *a = &panel->contacts[one], *b = &panel->contacts[two];
	int32_t id = a->id, finger = a->finger;
	uint64_t flow = a->flow;
	a->id = b->id, a->finger = b->finger, a->flow = b->flow;
	b->id = id, b->finger = finger, b->flow = flow;
	os_log_debug("board", "\"%s\" exchanged slots %d and %d", panel->name, one, two);
}

/* One was lifted and another came: the first ends where it was. */
static void replace(struct fingers *fingers, struct contact *contact, int32_t id, int64_t kernel_us)
{
	double x = contact->x, y = contact->y;
	if (contact->finger >= 0) {
		contact->x = contact->seen_x;
		contact->y = contact->seen_y;
		struct os_touch_sample sample = fingers_silence(fingers, contact, kernel_us);
		sample.phase = OS_TOUCH_UP;
		fingers_tell(fingers, &sample, 1);
	}
	contact->x = x;
	contact->y = y;
	contact->id = id;
	contact->phase = OS_TOUCH_DOWN;
	contact->others = 0;
}

void fingers_identify(struct fingers *fingers, struct panel *panel)
{
	struct panel_slots ids;
	bool asks = false;
	for (int i = 0; i < PANEL_SLOTS; i++) {
		const struct contact *contact = &panel->contacts[i];
		asks = asks || (contact->has_changed && (contact->phase == OS_TOUCH_DOWN ||
							 (contact->phase == OS_TOUCH_MOVE && is_far(contact))));
	}
	if (!asks || !panel_ask_slots(panel, ABS_MT_TRACKING_ID, &ids)) {
		return;
	}
	for (int i = 0; i < PANEL_SLOTS; i++) {
		struct contact *contact = &panel->contacts[i];
		if (contact->has_changed && contact->phase == OS_TOUCH_DOWN) {
			contact->id = ids.values[i];
		} else if (is_another(panel, &ids, i)) {
			int other = slot_of(panel, ids.values[i]);
			if (other >= 0) {
				exchange(panel, i, other);
			} else {
				replace(fingers, contact, ids.values[i], panel->report_us);
			}
		}
	}
}
