/* Fingers that never lift: the panel lost the up, or holds a finger that is none. The kernel's own
 * word is taken only if it still stands when all that it had sent by then has been read. */
#include <linux/input.h>

#include <os/log.h>

#include "fingers.h"

static const char *why_stuck(const struct panel *panel, struct contact *contact, bool is_up)
{
	bool was_suspect = contact->is_suspect;
	contact->is_suspect = is_up;
	if (is_up && was_suspect) {
		return "the kernel says that it is up";
	}
	bool is_silent = panel->report_us - contact->heard_us >= STUCK_US;
	return is_silent && contact->others >= STUCK_OTHERS ? "nothing was heard of it for long"
							    : NULL;
}

static bool is_silent(const struct panel *panel, const struct contact *contact)
{
	return contact->is_down && contact->finger >= 0 &&
	       (contact->is_suspect || panel->report_us - contact->heard_us >= LOOK_AGAIN_US);
}

void fingers_look_for_stuck(struct fingers *fingers, struct panel *panel)
{
	struct os_touch_sample samples[OS_TOUCH_FINGERS];
	struct panel_slots ids;
	bool has_asked = false, has_answer = false;
	size_t count = 0;
	for (int i = 0; i < PANEL_SLOTS; i++) {
		struct contact *contact = &panel->contacts[i];
		if (!is_silent(panel, contact)) {
			continue;
		}
		if (!has_asked) {
			has_asked = true;
			has_answer = panel_ask_slots(panel, ABS_MT_TRACKING_ID, &ids);
		}
		const char *why = why_stuck(panel, contact, has_answer && ids.values[i] < 0);
		if (why != NULL) {
			os_log_warning("board", "\"%s\": finger %d does not lift, it is let go: %s",
				       panel->name, (int)contact->finger, why);
			samples[count++] = fingers_silence(fingers, contact, panel->report_us);
		}
	}
	fingers_tell(fingers, samples, count);
}
