/* SDL on a bare panel. It draws through EGL and GBM and always waits for the vertical blank: without,
 * SDL 2.26 flips in a way that a Pi's kernel refuses (libsdl-org/SDL#8579, #16174). It would read
 * the machine's keyboards and touchscreens as well, each finger twice, and mute the console; both
 * are somebody else's. */
#include "render_node.h"
#include "sdl_board.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include <SDL2/SDL_syswm.h>
#include <drm.h>
#include <xf86drmMode.h>

#include <os/status.h>

/* SDL looks for this in the environment alone. Here, since a module is loaded before there are
 * threads. */
static void __attribute__((constructor)) leave_the_console_alone(void)
{
	setenv("SDL_INPUT_LINUX_KEEP_KBD", "1", 0);
}

/* Card numbers move between boots, and a Pi 5 has three: SDL's own choice of the first that opens is
 * wrong there (libsdl-org/SDL#13705), so it is named. */
int kmsdrm_prepare(struct os_display *display, const struct os_display_options *options)
{
	int number = 0;
	struct kms_choice *choice = &display->choice;
	const char *cards = options->cards != NULL ? options->cards : KMS_CARDS;
	int found = kms_choose(cards, options->card, choice);
	if (found < 1 || sscanf(choice->card, "card%d", &number) != 1) {
		return os_error_set(options->error, -ENODEV, "%s%s%s",
				    options->card != NULL ? options->card : "",
				    options->card != NULL ? ": " : "",
				    choice->text[0] != '\0' ? choice->text : "no screen");
	}
	char text[32];
	if (options->renderer == NULL && !render_node_find("/dev/dri", text, sizeof(text))) {
		return os_error_set(options->error, -ENODEV,
				    "no GPU: /dev/dri has no render node that draws");
	}
	snprintf(text, sizeof(text), "%d", number);
	SDL_SetHint(SDL_HINT_KMSDRM_DEVICE_INDEX, text);
	/* Present returns when the picture is on the screen, not when the one before it was. */
	SDL_SetHint(SDL_HINT_VIDEO_DOUBLE_BUFFER, "1");
	unplug_watch(&display->unplug, cards, choice->card, choice->connector);
	return 0;
}

static void hear_nothing(void)
{
	static const uint32_t s_ignored[] = {
	    SDL_KEYDOWN,     SDL_KEYUP,         SDL_TEXTINPUT,       SDL_TEXTEDITING,
	    SDL_MOUSEMOTION, SDL_MOUSEBUTTONUP, SDL_MOUSEBUTTONDOWN, SDL_MOUSEWHEEL,
	    SDL_FINGERDOWN,  SDL_FINGERUP,      SDL_FINGERMOTION,
	};
	for (size_t i = 0; i < OS_ARRAY_LEN(s_ignored); i++) {
		SDL_EventState(s_ignored[i], SDL_IGNORE);
	}
	SDL_StopTextInput();
	SDL_ShowCursor(SDL_DISABLE);
}

static int drm_fd(const struct os_display *display)
{
	SDL_SysWMinfo info;
	SDL_VERSION(&info.version);
	if (!SDL_GetWindowWMInfo(display->window, &info) || info.subsystem != SDL_SYSWM_KMSDRM) {
		return -1;
	}
	return info.info.kmsdrm.drm_fd;
}

/* The first connected one, which is SDL's choice too; NULL: none. */
static drmModeConnector *find_connector(int fd)
{
	drmModeRes *resources = fd < 0 ? NULL : drmModeGetResources(fd);
	drmModeConnector *connector = NULL;
	for (int i = 0; resources != NULL && connector == NULL && i < resources->count_connectors;
	     i++) {
		connector = drmModeGetConnectorCurrent(fd, resources->connectors[i]);
		if (connector != NULL && (connector->connection == DRM_MODE_DISCONNECTED ||
					  connector->count_modes == 0)) {
			drmModeFreeConnector(connector);
			connector = NULL;
		}
	}
	drmModeFreeResources(resources);
	return connector;
}

void kmsdrm_settle(struct os_display *display)
{
	SDL_DisplayMode now;
	hear_nothing();
	SDL_GetWindowSize(display->window, &display->mode.width_px, &display->mode.height_px);
	display->mode.has_phase = true;
	if (SDL_GetCurrentDisplayMode(0, &now) == 0 && now.refresh_rate > 0) {
		display->mode.rate_mhz = now.refresh_rate * 1000;
	}
	struct os_display_mode *mode = &display->mode;
	drmModeConnector *connector = find_connector(drm_fd(display));
	if (connector != NULL) {
		mode->width_mm = (int32_t)OS_MIN(connector->mmWidth, 10000u);
		mode->height_mm = (int32_t)OS_MIN(connector->mmHeight, 10000u);
		kms_believe_size(mode->width_px, mode->height_px, &mode->width_mm,
				 &mode->height_mm);
		drmModeFreeConnector(connector);
	}
	if (!(mode->scale > 0)) {
		mode->scale =
		    kms_scale(mode->width_px, mode->height_px, mode->width_mm, mode->height_mm);
	}
	display->fd = display->unplug.fd;
}

void kmsdrm_dispatch(struct os_display *display)
{
	if (unplug_happened(&display->unplug)) {
		char why[128];
		snprintf(why, sizeof(why), "the screen at %s of %s was unplugged",
			 display->choice.connector, display->choice.card);
		unplug_finish(&display->unplug);
		display->events->lost(display->context, why);
	}
}

static int set_property(int fd, const drmModeConnector *connector, const char *name, uint64_t value)
{
	for (int i = 0; i < connector->count_props; i++) {
		drmModePropertyRes *property = drmModeGetProperty(fd, connector->props[i]);
		bool is_it = property != NULL && SDL_strcmp(property->name, name) == 0;
		drmModeFreeProperty(property);
		if (is_it) {
			return drmModeConnectorSetProperty(fd, connector->connector_id,
							   connector->props[i], value);
		}
	}
	return -ENOTSUP;
}

int kmsdrm_set_power(struct os_display *display, bool on)
{
	int fd = drm_fd(display);
	drmModeConnector *connector = find_connector(fd);
	if (connector == NULL) {
		return -ENODEV;
	}
	int result = set_property(fd, connector, "DPMS", on ? DRM_MODE_DPMS_ON : DRM_MODE_DPMS_OFF);
	drmModeFreeConnector(connector);
	return result;
}
