/* The display door over SDL's window surface. With acceleration off it is plain shared memory that
 * keeps its picture, so a buffer's age is 1 from the second frame on.
 *
 * Events sit in Xlib's queue while the connection's descriptor is silent, so dispatch pumps until
 * there is none left and flushes; SDL_WaitEvent is never called (it polls offscreen). */
#include "sdl_board.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <SDL2/SDL_syswm.h>
#include <X11/Xlib.h>

#include <os/clock.h>
#include <os/log.h>
#include <os/memory.h>
#include <os/status.h>
#include <os/trace.h>

#define RECTS 64

enum driver { DRIVER_WINDOW, DRIVER_OFFSCREEN, DRIVER_KMSDRM, DRIVERS };

static const struct {
	const char *name, *sdl_name;
} s_drivers[DRIVERS] = {{"window", "x11"}, {"offscreen", "offscreen"}, {"kmsdrm", "KMSDRM"}};

static enum driver find_driver(const char *name)
{
	int driver = DRIVER_WINDOW;
	while (driver < DRIVERS && strcmp(name, s_drivers[driver].name) != 0) {
		driver++;
	}
	return (enum driver)driver;
}

static void set_hints(enum driver driver, bool by_renderer)
{
	SDL_SetHint(SDL_HINT_VIDEODRIVER, s_drivers[driver].sdl_name);
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
	if (by_renderer) {
		screen_set_hints();
	}
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

static bool make_window(struct os_display *display, const struct os_display_options *options,
			bool by_renderer)
{
	uint32_t flags = SDL_WINDOW_SHOWN | (by_renderer ? SDL_WINDOW_OPENGL : 0);
	if (display->is_kmsdrm) {
		flags |= SDL_WINDOW_FULLSCREEN_DESKTOP;
	}
	if (by_renderer) {
		SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_ES);
		SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 2);
		SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 0);
	}
	SDL_DisplayMode panel = {0};
	if (display->is_kmsdrm && SDL_GetDesktopDisplayMode(0, &panel) == 0) {
		display->mode.width_px = panel.w;
		display->mode.height_px = panel.h;
	}
	display->window = SDL_CreateWindow(options->title != NULL ? options->title : "Strata",
					   SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
					   display->mode.width_px, display->mode.height_px, flags);
	return display->window != NULL;
}

static void display_close(struct os_display *display)
{
	if (display != NULL) {
		screen_close(&display->screen);
		unplug_finish(&display->unplug);
		if (display->window != NULL) {
			SDL_DestroyWindow(display->window);
		}
		SDL_QuitSubSystem(SDL_INIT_VIDEO);
		os_free(display);
	}
}

/* What is drawn through SDL's renderer: all on KMS, and the gpu door anywhere. */
static int open_window(struct os_display *display, const struct os_display_options *options)
{
	const char *renderer = options->renderer;
	bool by_gpu = renderer != NULL && strcmp(renderer, "gpu") == 0;
	bool by_renderer = by_gpu || display->is_kmsdrm;
	if (!make_window(display, options, by_renderer)) {
		return os_error_set(options->error, -ENODEV, "SDL makes no window: %s",
				    SDL_GetError());
	}
	if (!by_renderer) {
		if (!take_surface(display)) {
			return os_error_set(options->error, -ENODEV, "SDL gives no pixels: %s",
					    SDL_GetError());
		}
	} else {
		int result = screen_open(display, renderer == NULL, options->error);
		if (result < 0) {
			return result;
		}
		display->screen.for_gpu = by_gpu || renderer == NULL;
	}
	find_connection(display);
	if (display->is_kmsdrm) {
		kmsdrm_settle(display);
	}
	return 0;
}

static int display_open(const struct os_display_options *options,
			const struct os_display_events *events, void *context,
			struct os_display **ret_display)
{
	enum driver driver = find_driver(options->driver);
	if (driver == DRIVERS) {
		return -ENOTSUP;
	}
	bool by_gpu = options->renderer != NULL && strcmp(options->renderer, "gpu") == 0;
	struct os_display *display = os_alloc(sizeof(*display));
	display->events = events;
	display->context = context;
	display->mode = options->wanted;
	display->mode.has_phase = false;
	display->unplug.fd = -1;
	display->is_kmsdrm = driver == DRIVER_KMSDRM;
	set_hints(driver, by_gpu || display->is_kmsdrm);
	if (display->is_kmsdrm && kmsdrm_prepare(display, options) < 0) {
		os_free(display);
		return -ENODEV;
	}
	if (SDL_InitSubSystem(SDL_INIT_VIDEO) < 0) {
		os_error_set(options->error, -ENODEV, "SDL: %s", SDL_GetError());
		unplug_finish(&display->unplug);
		os_free(display);
		return -ENODEV;
	}
	int result = open_window(display, options);
	if (result < 0) {
		display_close(display);
		return result;
	}
	*ret_display = display;
	return 0;
}

static void display_get_mode(struct os_display *display, struct os_display_mode *ret_mode)
{
	*ret_mode = display->mode;
}

static int display_begin(struct os_display *display, struct os_display_buffer *ret_buffer)
{
	if (display->screen.renderer != NULL) {
		return screen_begin(display, ret_buffer);
	}
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

static void update_surface(struct os_display *display, const struct os_rect_px *damage,
			   size_t count)
{
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
}

void sdl_display_did_present(struct os_display *display, uint64_t frame)
{
	display->has_presented = true;
	display->presented_frame = frame;
	display->presented_us = os_clock_now_us();
}

static int display_submit(struct os_display *display, uint64_t frame,
			  const struct os_rect_px *damage, size_t count)
{
	int64_t began_us = OS_TRACE_BEGIN();
	if (display->screen.renderer != NULL) {
		screen_submit(display, damage, count);
	} else {
		update_surface(display, damage, count);
	}
	sdl_display_did_present(display, frame);
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
		} else if (display->screen.renderer != NULL) {
			display->events->expose(display->context);
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
	if (display->is_kmsdrm) {
		kmsdrm_dispatch(display);
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

static int display_set_power(struct os_display *display, bool on)
{
	return display->is_kmsdrm ? kmsdrm_set_power(display, on) : -ENOTSUP;
}

static void display_describe(struct os_display *display, char *ret_text, size_t size)
{
	const struct screen *screen = &display->screen;
	if (screen->renderer == NULL) {
		snprintf(ret_text, size, "drawn by soft into memory%s",
			 display->x_display != NULL ? " that the desktop shows" : "");
		return;
	}
	snprintf(ret_text, size, "%s%s%s, drawn by %s through SDL: GLES2 of %s%s",
		 display->is_kmsdrm ? display->choice.connector : "a picture",
		 display->is_kmsdrm ? " of " : "", display->is_kmsdrm ? display->choice.card : "",
		 display->gpu != NULL ? "gpu" : "soft", screen->name,
		 screen->is_software ? ", which is the CPU" : "");
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
    .set_power = display_set_power,
    .describe = display_describe,
};
