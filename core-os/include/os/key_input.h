/* Key door: a hardware keyboard, as keys and as the text they make.
 *
 * Keys are named, not numbered: `key` is a Linux input code (KEY_ENTER of linux/input-event-codes.h,
 * which is a list of facts), `text` the UTF-8 that the layout makes of it, "" for none. Repeats come
 * from the door. Same rules as the touch door. */
#ifndef OS_KEY_INPUT_H
#define OS_KEY_INPUT_H

#include <os/display.h>

enum os_key_modifiers { OS_KEY_SHIFT = 1, OS_KEY_CONTROL = 2, OS_KEY_ALT = 4, OS_KEY_META = 8 };

struct os_key_sample {
	int64_t time_us;
	uint32_t key;       /* KEY_… */
	uint32_t modifiers; /* enum os_key_modifiers */
	bool down, repeat;
	char text[32];
};

struct os_key_events {
	uint32_t struct_size;
	void (*key)(void *context, const struct os_key_sample *sample);
	/* A keyboard with letters came, or the last one went. */
	void (*keyboard)(void *context, bool is_there);
};

struct os_key; /* the board's own */

struct os_key_door {
	uint32_t struct_size;
	int (*open)(const struct os_key_events *events, void *context, struct os_display *display,
	            struct os_key **ret_key);
	void (*close)(struct os_key *key);
	int (*get_fd)(struct os_key *key);
	void (*dispatch)(struct os_key *key);
	bool of_display; /* opened with a display, events from its dispatch */
	/* An xkb layout as "de" or "de(nodeadkeys)", several with commas; "": the machine's own.
	 * -EINVAL: there is none of this name, and the old one stays (before a keyboard came only the
	 * text is looked at, and a name that is none becomes "us" then, with a line in the log). NULL: the layout is the desktop's. */
	int (*set_layout)(struct os_key *key, const char *layout);
	/* Ups for all keys that are down; those still held are not heard before they were let go. */
	void (*release)(struct os_key *key);
};

#endif
