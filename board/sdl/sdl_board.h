/* SDL board: a window, a picture in memory, or a panel by KMS, with a mouse as a finger. Private.
 *
 * One display at a time, since SDL is one. All of it runs on the thread that opened the display.
 *
 *	display.c   the door; a window's surface in shared memory
 *	screen.c    the same through SDL's renderer: kmsdrm has no surface, and the gpu door needs it
 *	gpu.c       the gpu door
 *	kmsdrm.c    what SDL must be told on a bare panel, and what it does not tell
 *	render_node.c   whether there is a GPU, before its driver is loaded
 *	unplug.c    whether the panel is still there */
#ifndef SDL_BOARD_H
#define SDL_BOARD_H

#include <os/board.h>

#include <SDL2/SDL.h>

#include "kms.h"
#include "unplug.h"

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

/* What SDL draws with, where it is not plain memory. */
struct screen {
	SDL_Renderer *renderer;
	SDL_Texture *picture; /* of `soft`: the pixels, uploaded where they changed */
	uint32_t *pixels;
	int32_t width, height; /* of the two */
	bool uploaded;         /* the texture holds the last frame, whole */
	bool for_gpu;          /* the gpu door may have it */
	bool is_software;
	int32_t texture_max_px;
	char name[96];
};

struct os_display {
	const struct os_display_events *events;
	void *context;
	SDL_Window *window;
	SDL_Surface *surface;
	struct screen screen;
	bool is_kmsdrm;
	struct kms_choice choice; /* of kmsdrm: card and connector */
	struct unplug unplug;
	struct os_display_mode mode;
	int fd; /* of the X connection, or what says that the connector changed; -1 offscreen */
	void *x_display; /* Display *, NULL offscreen */
	bool shown;      /* the window's surface holds the last frame */
	bool has_presented;
	uint64_t presented_frame;
	int64_t presented_us;
	struct os_touch *touch;
	struct os_key *key;
	struct os_gpu *gpu;
};

extern const struct os_display_door sdl_display_door;
extern const struct os_touch_door sdl_touch_door;
extern const struct os_key_door sdl_key_door;
extern const struct os_gpu_door sdl_gpu_door;

void sdl_display_did_present(struct os_display *display, uint64_t frame);

/* SDL's events for fingers and keys; others are ignored. */
void sdl_touch_handle(struct os_touch *touch, const SDL_Event *event);
void sdl_key_handle(struct os_key *key, const SDL_Event *event);
void sdl_key_flush(struct os_key *key);
uint32_t sdl_key_code(SDL_Scancode scancode); /* KEY_… of linux/input-event-codes.h, 0 = unknown */

/* --- screen.c ----------------------------------------------------------------------------------- */

/* Before the window is made. */
void screen_set_hints(void);
/* SDL's GLES2 renderer for the window, with vsync; `needs_gpu` refuses a CPU that plays one. */
int screen_open(struct os_display *display, bool needs_gpu, struct os_error *ret_error);
void screen_close(struct screen *screen);
int screen_begin(struct os_display *display, struct os_display_buffer *ret_buffer);
void screen_submit(struct os_display *display, const struct os_rect_px *damage, size_t count);

/* --- kmsdrm.c ----------------------------------------------------------------------------------- */

/* Finds the card and tells SDL; before SDL starts. */
int kmsdrm_prepare(struct os_display *display, const struct os_display_options *options);
/* With the window made: the panel's size and rate, and that SDL hears no devices. */
void kmsdrm_settle(struct os_display *display);
void kmsdrm_dispatch(struct os_display *display);
int kmsdrm_set_power(struct os_display *display, bool on);

#endif
