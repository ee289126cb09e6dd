/* Key door: all keyboards as one, through xkb. A key is down from the first keyboard's press to the
 * last one's release; the last that went down repeats.
 *
 *	(up) ──press──▶ down ──release──▶ (up)
 *	                 └──release()──▶ unheard ──release──▶ (up) */
#include <errno.h>
#include <fcntl.h>
#include <linux/input-event-codes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <os/clock.h>
#include <os/log.h>
#include <os/memory.h>
#include <os/timer.h>
#include <os/trace.h>

#include "devices.h"
#include "keymap.h"
#include "layout_text.h"

#define REPEAT_DELAY_US 500000
#define REPEAT_US (OS_US_PER_S / 30)
#define DEFAULTS "/etc/default/keyboard"
#define DEFAULTS_MAX 4096

enum key_state { KEY_STATE_UP, KEY_STATE_DOWN, KEY_STATE_UNHEARD };

struct os_key {
	const struct os_key_events *events;
	void *context;
	struct keymap *keymap; /* NULL: no keyboard has come yet, and none was paid for */
	char layout[LAYOUT_TEXT];
	int fd;
	struct os_timer *timer; /* set while a key that repeats is down */
	uint32_t repeating;
	int32_t keyboards; /* with letters */
	enum libinput_led lights;
	uint8_t keys[KEY_CNT]; /* enum key_state */
};

/* --- Keys ------------------------------------------------------------------------------------- */

static void tell(struct os_key *key, struct os_key_sample *sample)
{
	sample->modifiers = key->keymap == NULL ? 0 : keymap_modifiers(key->keymap);
	OS_TRACE_MARK("board", "key", sample->key);
	key->events->key(key->context, sample);
}

static void repeat(void *context, int64_t now_us)
{
	struct os_key *key = context;
	/* A loop that was away does not make up for what it missed. */
	int64_t next_us = now_us + REPEAT_US, clock_us = os_clock_now_us();
	os_timer_set(key->timer, next_us > clock_us ? next_us : clock_us + REPEAT_US);
	struct os_key_sample sample = {
	    .time_us = now_us, .key = key->repeating, .down = true, .repeat = true};
	keymap_text(key->keymap, key->repeating, true, sample.text);
	tell(key, &sample);
}

static void press(struct os_key *key, uint32_t code, int64_t time_us)
{
	struct os_key_sample sample = {.time_us = time_us, .key = code, .down = true};
	key->keys[code] = KEY_STATE_DOWN;
	if (key->keymap != NULL) {
		keymap_text(key->keymap, code, false, sample.text);
		keymap_press(key->keymap, code, true);
		if (keymap_repeats(key->keymap, code)) {
			key->repeating = code;
			os_timer_set_after(key->timer, REPEAT_DELAY_US);
		}
	}
	tell(key, &sample);
}

static void let_go(struct os_key *key, uint32_t code, int64_t time_us, enum key_state then)
{
	struct os_key_sample sample = {.time_us = time_us, .key = code};
	key->keys[code] = then;
	if (key->keymap != NULL) {
		keymap_press(key->keymap, code, false);
	}
	if (key->repeating == code) {
		os_timer_cancel(key->timer);
		key->repeating = 0;
	}
	tell(key, &sample);
}

static void key_release(struct os_key *key)
{
	int64_t now_us = os_clock_now_us();
	for (uint32_t code = 0; code < KEY_CNT; code++) {
		if (key->keys[code] == KEY_STATE_DOWN) {
			let_go(key, code, now_us, KEY_STATE_UNHEARD);
		}
	}
}

/* --- Layouts ---------------------------------------------------------------------------------- */

/* What the machine was set up with, "us" if nobody said. */
static void find_default(char *ret_text, size_t size)
{
	char file[DEFAULTS_MAX + 1];
	int fd = open(DEFAULTS, O_RDONLY | O_CLOEXEC);
	ssize_t length = fd < 0 ? 0 : read(fd, file, DEFAULTS_MAX);
	file[length > 0 ? length : 0] = '\0';
	if (fd >= 0) {
		close(fd);
	}
	if (layout_text_from_defaults(file, ret_text, size) < 0) {
		memcpy(ret_text, "us", 3);
	}
}

/* Compiling a layout takes some ten milliseconds, which a boot without a keyboard need not wait. */
static void need_keymap(struct os_key *key)
{
	if (key->keymap == NULL && keymap_create(key->layout, &key->keymap) < 0) {
		os_log_warning("board", "xkb knows no keyboard layout \"%s\": it is us", key->layout);
		memcpy(key->layout, "us", 3);
		if (keymap_create(key->layout, &key->keymap) < 0) {
			os_log_error("board", "xkb knows no layout at all: keys make no text");
		}
	}
}

static int key_set_layout(struct os_key *key, const char *layout)
{
	char text[LAYOUT_TEXT];
	struct keymap *keymap = NULL;
	struct layout_names names;
	if (layout[0] == '\0') {
		find_default(text, sizeof(text));
	} else if (snprintf(text, sizeof(text), "%s", layout) >= (int)sizeof(text) ||
		   layout_text_parse(layout, &names) < 0) {
		return -EINVAL;
	}
	if (key->keymap != NULL) {
		int result = keymap_create(text, &keymap);
		if (result < 0) {
			return result;
		}
		key_release(key);
		keymap_destroy(key->keymap);
		key->keymap = keymap;
	}
	memcpy(key->layout, text, sizeof(text));
	return 0;
}

/* --- Devices ---------------------------------------------------------------------------------- */

static void show_lights(struct os_key *key, bool always)
{
	bool caps, num, scroll;
	if (key->keymap == NULL) {
		return;
	}
	keymap_lights(key->keymap, &caps, &num, &scroll);
	enum libinput_led lights = (caps ? LIBINPUT_LED_CAPS_LOCK : 0) |
				   (num ? LIBINPUT_LED_NUM_LOCK : 0) |
				   (scroll ? LIBINPUT_LED_SCROLL_LOCK : 0);
	if (lights == key->lights && !always) {
		return;
	}
	key->lights = lights;
	struct device *device;
	os_list_for_each(device, devices_list(), link) {
		if (device->has_letters) {
			libinput_device_led_update(device->libinput, lights);
		}
	}
}

/* A keyboard, or a block of digits; not a power button. */
static bool makes_text(const struct device *device)
{
	return device->has_letters ||
	       (device->has_keys &&
		(libinput_device_keyboard_has_key(device->libinput, KEY_ENTER) > 0 ||
		 libinput_device_keyboard_has_key(device->libinput, KEY_KPENTER) > 0));
}

static void added(void *context, struct device *device)
{
	struct os_key *key = context;
	if (makes_text(device)) {
		need_keymap(key);
	}
	if (!device->has_letters) {
		return;
	}
	show_lights(key, true);
	if (key->keyboards++ == 0 && key->events->keyboard != NULL) {
		key->events->keyboard(key->context, true);
	}
}

/* libinput let its keys go before it told that it went. */
static void removed(void *context, struct device *device)
{
	struct os_key *key = context;
	if (device->has_letters && --key->keyboards == 0 && key->events->keyboard != NULL) {
		key->events->keyboard(key->context, false);
	}
}

static void event(void *context, struct device *device, struct libinput_event *event)
{
	struct os_key *key = context;
	if (libinput_event_get_type(event) != LIBINPUT_EVENT_KEYBOARD_KEY) {
		return;
	}
	struct libinput_event_keyboard *of = libinput_event_get_keyboard_event(event);
	uint32_t code = libinput_event_keyboard_get_key(of);
	uint32_t count = libinput_event_keyboard_get_seat_key_count(of);
	int64_t time_us =
	    os_clock_from_monotonic_us(devices_time_us(libinput_event_keyboard_get_time_usec(of)));
	if (code >= KEY_CNT) {
		return;
	}
	bool is_down = libinput_event_keyboard_get_key_state(of) == LIBINPUT_KEY_STATE_PRESSED;
	if (is_down && count == 1 && key->keys[code] == KEY_STATE_UP) {
		press(key, code, time_us);
	} else if (!is_down && count == 0 && key->keys[code] == KEY_STATE_DOWN) {
		let_go(key, code, time_us, KEY_STATE_UP);
	} else if (!is_down && count == 0) {
		key->keys[code] = KEY_STATE_UP;
	}
	show_lights(key, false);
}

static void idle(void *context)
{
}

static void slept(void *context)
{
	key_release(context);
}

static const struct devices_listener s_listener = {
    .added = added, .removed = removed, .event = event, .idle = idle, .slept = slept};

/* --- Door ------------------------------------------------------------------------------------- */

static void key_close(struct os_key *key)
{
	if (key == NULL) {
		return;
	}
	devices_leave(key);
	if (key->fd >= 0) {
		close(key->fd);
	}
	os_timer_release(key->timer);
	keymap_destroy(key->keymap);
	os_free(key);
}

static int key_open(const struct os_key_events *events, void *context, struct os_display *display,
		    struct os_key **ret_key)
{
	struct os_key *key = os_alloc(sizeof(*key));
	key->events = events;
	key->context = context;
	key->fd = -1;
	key->timer =
	    os_timer_create(os_loop_current(), OS_TIMER_DEVICE, OS_LOOP_MODE_COMMON, repeat, key);
	find_default(key->layout, sizeof(key->layout));
	int result = devices_join(&s_listener, key);
	key->fd = result < 0 ? result : devices_copy_fd();
	if (key->fd < 0) {
		result = key->fd;
		key_close(key);
		return result;
	}
	*ret_key = key;
	return 0;
}

static int key_get_fd(struct os_key *key)
{
	return key->fd;
}

static void key_dispatch(struct os_key *key)
{
	devices_dispatch();
}

const struct os_key_door linux_key_door = {
    .struct_size = sizeof(linux_key_door),
    .open = key_open,
    .close = key_close,
    .get_fd = key_get_fd,
    .dispatch = key_dispatch,
    .set_layout = key_set_layout,
    .release = key_release,
};
