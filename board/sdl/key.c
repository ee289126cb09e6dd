/* The desktop's keyboard as a hardware keyboard. SDL tells of a key and of the text it makes in two
 * events, one behind the other; the door has both in one sample. */
#include "sdl_board.h"

#include <errno.h>
#include <stdio.h>

#include <os/clock.h>
#include <os/memory.h>
#include <os/trace.h>

static int key_open(const struct os_key_events *events, void *context, struct os_display *display,
		    struct os_key **ret_key)
{
	if (display->is_kmsdrm) {
		return -ENOTSUP; /* the machine's devices are another board's */
	}
	struct os_key *key = os_alloc(sizeof(*key));
	key->events = events;
	key->context = context;
	key->display = display;
	display->key = key;
	SDL_StartTextInput();
	*ret_key = key;
	return 0;
}

static void key_close(struct os_key *key)
{
	if (key != NULL) {
		key->display->key = NULL;
		os_free(key);
	}
}

static int key_get_fd(struct os_key *key)
{
	return -1;
}

static void key_dispatch(struct os_key *key)
{
}

static uint32_t modifiers_of(uint16_t mod)
{
	return (mod & KMOD_SHIFT ? OS_KEY_SHIFT : 0u) | (mod & KMOD_CTRL ? OS_KEY_CONTROL : 0u) |
	       (mod & KMOD_ALT ? OS_KEY_ALT : 0u) | (mod & KMOD_GUI ? OS_KEY_META : 0u);
}

static void tell(struct os_key *key, const struct os_key_sample *sample)
{
	OS_TRACE_MARK("board", "key", sample->key);
	key->events->key(key->context, sample);
}

void sdl_key_flush(struct os_key *key)
{
	if (key->is_waiting) {
		key->is_waiting = false;
		tell(key, &key->waiting);
	}
}

static void pressed(struct os_key *key, const SDL_KeyboardEvent *event)
{
	sdl_key_flush(key);
	key->waiting = (struct os_key_sample){.time_us = os_clock_now_us(),
					      .key = sdl_key_code(event->keysym.scancode),
					      .modifiers = modifiers_of(event->keysym.mod),
					      .down = event->type == SDL_KEYDOWN,
					      .repeat = event->repeat != 0};
	if (key->waiting.key != 0) {
		key->is_waiting = true;
	}
	if (!key->waiting.down) {
		sdl_key_flush(key);
	}
}

static void typed(struct os_key *key, const SDL_TextInputEvent *event)
{
	if (!key->is_waiting) {
		/* Of a desktop's own input method: text without a key. */
		key->waiting = (struct os_key_sample){.time_us = os_clock_now_us(), .down = true};
		key->is_waiting = true;
	}
	snprintf(key->waiting.text, sizeof(key->waiting.text), "%s", event->text);
	sdl_key_flush(key);
}

void sdl_key_handle(struct os_key *key, const SDL_Event *event)
{
	switch (event->type) {
	case SDL_KEYDOWN:
	case SDL_KEYUP:
		pressed(key, &event->key);
		break;
	case SDL_TEXTINPUT:
		typed(key, &event->text);
		break;
	default:
		break;
	}
}

const struct os_key_door sdl_key_door = {
    .struct_size = sizeof(sdl_key_door),
    .open = key_open,
    .close = key_close,
    .get_fd = key_get_fd,
    .of_display = true,
    .dispatch = key_dispatch,
};
