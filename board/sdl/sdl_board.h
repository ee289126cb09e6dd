/* SDL board: a window, or a picture in memory, with a mouse as a finger. Private.
 *
 * One display at a time, since SDL is one. All of it runs on the thread that opened the display. */
#ifndef SDL_BOARD_H
#define SDL_BOARD_H

#include <os/board.h>

#include <SDL2/SDL.h>

struct os_touch {
	const struct os_touch_events *events;
	void *context;
	struct os_display *display;
	bool mouse_down;                        /* the mouse is finger 0 */
	SDL_FingerID fingers[OS_TOUCH_FINGERS]; /* a touchscreen's, where in_use */
	bool in_use[OS_TOUCH_FINGERS];
};

struct os_key {
	const struct os_key_events *events;
	void *context;
	struct os_display *display;
	struct os_key_sample waiting; /* a key that went down, whose text comes behind it */
	bool is_waiting;
};

struct os_display {
	const struct os_display_events *events;
	void *context;
	SDL_Window *window;
	SDL_Surface *surface;
	struct os_display_mode mode;
	int fd;          /* of the X connection, -1 offscreen */
	void *x_display; /* Display *, NULL offscreen */
	bool shown;      /* the window's surface holds the last frame */
	bool has_presented;
	uint64_t presented_frame;
	int64_t presented_us;
	struct os_touch *touch;
	struct os_key *key;
};

extern const struct os_display_door sdl_display_door;
extern const struct os_touch_door sdl_touch_door;
extern const struct os_key_door sdl_key_door;

/* SDL's events for fingers and keys; others are ignored. */
void sdl_touch_handle(struct os_touch *touch, const SDL_Event *event);
void sdl_key_handle(struct os_key *key, const SDL_Event *event);
void sdl_key_flush(struct os_key *key);
uint32_t sdl_key_code(SDL_Scancode scancode); /* KEY_… of linux/input-event-codes.h, 0 = unknown */

#endif
