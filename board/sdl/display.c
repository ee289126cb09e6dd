/* The display door over SDL's window surface. With acceleration off it is plain shared memory that
 * keeps its picture, so a buffer's age is 1 from the second frame on.
 *
 * Events sit in Xlib's queue while the connection's descriptor is silent, so dispatch pumps until
 * there is none left and flushes; SDL_WaitEvent is never called (it polls offscreen). */
#include "sdl_board.h"

#include <errno.h>
#include <string.h>

#include <SDL2/SDL_syswm.h>
#include <X11/Xlib.h>

#include <os/clock.h>
#include <os/log.h>
#include <os/memory.h>
#include <os/trace.h>

#define RECTS 64

static void set_hints(bool window)
{
	SDL_SetHint(SDL_HINT_VIDEODRIVER, window ? "x11" : "offscreen");
	SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
	/* Else the window's surface goes through the GPU's software renderer: ten times the
	 * memory. */
	SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
	SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
	SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
	SDL_SetHint(SDL_HINT_MOUSE_AUTO_CAPTURE, "0");
	/* The click that gives the window the focus is a tap like any other. */
	SDL_SetHint(SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH, "1");
	SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
	SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
	SDL_SetHint(SDL_HINT_LINUX_JOYSTICK_DEADZONES, "0");
}

static int failed(struct os_display *display, const char *what)
{
	os_log_debug("board", "%s: %s", what, SDL_GetError());
	if (display->window != NULL) {
		SDL_DestroyWindow(display->window);
	}
	SDL_QuitSubSystem(SDL_INIT_VIDEO);
	os_free(display);
	return -ENODEV;
}

static void find_connection(struct os_display *display)
{
	SDL_SysWMinfo info;
	SDL_VERSION(&info.version);
	display->fd = -1;
	if (SDL_GetWindowWMInfo(display->window, &info) && info.subsystem == SDL_SYSWM_X11) {
		display->x_display = info.info.x11.display;
		display->fd = ConnectionNumber(info.info.x11.display);
	}
}

static bool take_surface(struct os_display *display)
{
	display->surface = SDL_GetWindowSurface(display->window);
	display->shown = false;
	if (display->surface == NULL) {
		return false;
	}
	uint32_t format = display->surface->format->format;
	return format == SDL_PIXELFORMAT_RGB888 || format == SDL_PIXELFORMAT_ARGB8888;
}

static int display_open(const struct os_display_options *options,
			const struct os_display_events *events, void *context,
			struct os_display **ret_display)
{
	bool window = strcmp(options->driver, "window") == 0;
	if (!window && strcmp(options->driver, "offscreen") != 0) {
		return -ENOTSUP;
	}
	struct os_display *display = os_alloc(sizeof(*display));
	display->events = events;
	display->context = context;
	display->mode = options->wanted;
	display->mode.has_phase = false;
	set_hints(window);
	if (SDL_InitSubSystem(SDL_INIT_VIDEO) < 0) {
		os_log_debug("board", "SDL_Init: %s", SDL_GetError());
		os_free(display);
		return -ENODEV;
	}
	display->window =
	    SDL_CreateWindow(options->title != NULL ? options->title : "Strata",
			     SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, display->mode.width_px,
			     display->mode.height_px, SDL_WINDOW_SHOWN);
	if (display->window == NULL) {
		return failed(display, "SDL_CreateWindow");
	}
	if (!take_surface(display)) {
		return failed(display, "SDL_GetWindowSurface");
	}
	find_connection(display);
	*ret_display = display;
	return 0;
}

static void display_close(struct os_display *display)
{
	if (display != NULL) {
		SDL_DestroyWindow(display->window);
		SDL_QuitSubSystem(SDL_INIT_VIDEO);
		os_free(display);
	}
}

static void display_get_mode(struct os_display *display, struct os_display_mode *ret_mode)
{
	*ret_mode = display->mode;
}

static int display_begin(struct os_display *display, struct os_display_buffer *ret_buffer)
{
	if (display->surface == NULL && !take_surface(display)) {
		return -ENODEV;
	}
	*ret_buffer = (struct os_display_buffer){.pixels = display->surface->pixels,
						 .stride = display->surface->pitch,
						 .width_px = display->surface->w,
						 .height_px = display->surface->h,
						 .age = display->shown ? 1 : 0};
	return 0;
}

static int display_submit(struct os_display *display, uint64_t frame,
			  const struct os_rect_px *damage, size_t count)
{
	int64_t began_us = OS_TRACE_BEGIN();
	int result = 0;
	for (size_t at = 0; at < count && result == 0; at += RECTS) {
		SDL_Rect rects[RECTS];
		size_t part = OS_MIN(count - at, RECTS);
		for (size_t i = 0; i < part; i++) {
			const struct os_rect_px *from = &damage[at + i];
			rects[i] = (SDL_Rect){from->x, from->y, from->width, from->height};
		}
		result = SDL_UpdateWindowSurfaceRects(display->window, rects, (int)part);
	}
	if (result < 0) {
		/* The window took another surface: the next frame is drawn whole. */
		display->surface = NULL;
	}
	display->shown = result == 0;
	display->has_presented = true;
	display->presented_frame = frame;
	display->presented_us = os_clock_now_us();
	OS_TRACE_END("board", "submit", began_us, (int64_t)count);
	return 0;
}

static int display_get_fd(struct os_display *display)
{
	return display->fd;
}

static void handle_window(struct os_display *display, const SDL_WindowEvent *event)
{
	switch (event->event) {
	case SDL_WINDOWEVENT_CLOSE:
		display->events->lost(display->context, "the window was closed");
		break;
	case SDL_WINDOWEVENT_EXPOSED:
		if (display->surface != NULL && display->shown) {
			SDL_UpdateWindowSurface(display->window);
		}
		break;
	case SDL_WINDOWEVENT_SIZE_CHANGED:
		display->surface = NULL;
		display->events->expose(display->context);
		break;
	default:
		break;
	}
}

static void handle(struct os_display *display, const SDL_Event *event)
{
	if (event->type == SDL_WINDOWEVENT) {
		handle_window(display, &event->window);
	}
	if (display->touch != NULL) {
		sdl_touch_handle(display->touch, event);
	}
	if (display->key != NULL) {
		sdl_key_handle(display->key, event);
	}
}

static void display_dispatch(struct os_display *display)
{
	SDL_Event event;
	while (SDL_PollEvent(&event)) {
		handle(display, &event);
	}
	if (display->key != NULL) {
		sdl_key_flush(display->key);
	}
	if (display->has_presented) {
		display->has_presented = false;
		display->events->presented(display->context, display->presented_frame,
					   display->presented_us);
	}
	if (display->x_display != NULL) {
		XFlush(display->x_display);
	}
}

const struct os_display_door sdl_display_door = {
    .struct_size = sizeof(sdl_display_door),
    .open = display_open,
    .close = display_close,
    .get_mode = display_get_mode,
    .begin = display_begin,
    .submit = display_submit,
    .get_fd = display_get_fd,
    .dispatch = display_dispatch,
};
