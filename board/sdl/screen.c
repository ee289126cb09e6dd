/* The display through SDL's GLES2 renderer. For `soft`, the pixels are ours and stay, so a buffer's
 * age is 1 from the second frame on; what changed of them goes into a texture that covers the
 * screen. (SDL's renderers `software` and `opengl` show black on KMS, without an error.) */
#include "sdl_board.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <os/log.h>
#include <os/memory.h>
#include <os/status.h>

#define GL_RENDERER 0x1F01

void screen_set_hints(void)
{
	SDL_SetHint(SDL_HINT_RENDER_DRIVER, "opengles2");
	/* Naming the driver turns this off. */
	SDL_SetHint(SDL_HINT_RENDER_BATCHING, "1");
	SDL_SetHint(SDL_HINT_RENDER_SCALE_QUALITY, "linear");
}

/* A CPU that plays a GPU, by the names that Mesa's and others' give themselves. */
static bool names_software(const char *name)
{
	static const char *const s_names[] = {"llvmpipe", "softpipe",    "swrast",
					      "Software", "SwiftShader", "lavapipe"};
	for (size_t i = 0; i < OS_ARRAY_LEN(s_names); i++) {
		if (strstr(name, s_names[i]) != NULL) {
			return true;
		}
	}
	return false;
}

static void find_name(struct screen *screen)
{
	typedef const unsigned char *(*get_string)(unsigned name);
	get_string get = (get_string)SDL_GL_GetProcAddress("glGetString");
	const unsigned char *name = get != NULL ? get(GL_RENDERER) : NULL;
	snprintf(screen->name, sizeof(screen->name), "%s",
		 name != NULL ? (const char *)name : "GLES2 without a name");
	screen->is_software = names_software(screen->name);
}

int screen_open(struct os_display *display, bool needs_gpu, struct os_error *ret_error)
{
	struct screen *screen = &display->screen;
	SDL_RendererInfo info;
	screen->renderer = SDL_CreateRenderer(
	    display->window, -1,
	    SDL_RENDERER_ACCELERATED | SDL_RENDERER_TARGETTEXTURE | SDL_RENDERER_PRESENTVSYNC);
	if (screen->renderer == NULL) {
		return os_error_set(ret_error, -ENODEV, "no GLES2: %s", SDL_GetError());
	}
	if (SDL_GetRendererInfo(screen->renderer, &info) < 0 ||
	    strcmp(info.name, "opengles2") != 0) {
		return os_error_set(ret_error, -ENODEV, "no GLES2: SDL gives %s instead",
				    info.name);
	}
	screen->texture_max_px = OS_MIN(info.max_texture_width, info.max_texture_height);
	find_name(screen);
	if (needs_gpu && screen->is_software) {
		return os_error_set(ret_error, -ENODEV, "no GPU: GLES2 is drawn by the CPU (%s)",
				    screen->name);
	}
	return 0;
}

void screen_close(struct screen *screen)
{
	if (screen->picture != NULL) {
		SDL_DestroyTexture(screen->picture);
	}
	if (screen->renderer != NULL) {
		SDL_DestroyRenderer(screen->renderer);
	}
	os_free(screen->pixels);
	*screen = (struct screen){0};
}

static bool make_picture(struct screen *screen, int32_t width, int32_t height)
{
	if (screen->picture != NULL) {
		SDL_DestroyTexture(screen->picture);
	}
	os_free(screen->pixels);
	screen->uploaded = false;
	screen->width = width;
	screen->height = height;
	screen->pixels = os_try_alloc((size_t)width * (size_t)height * sizeof(uint32_t));
	screen->picture = SDL_CreateTexture(screen->renderer, SDL_PIXELFORMAT_RGB888,
					    SDL_TEXTUREACCESS_STATIC, width, height);
	return screen->pixels != NULL && screen->picture != NULL;
}

int screen_begin(struct os_display *display, struct os_display_buffer *ret_buffer)
{
	struct screen *screen = &display->screen;
	int width, height;
	if (SDL_GetRendererOutputSize(screen->renderer, &width, &height) < 0) {
		return -ENODEV;
	}
	if ((screen->picture == NULL || screen->width != width || screen->height != height) &&
	    !make_picture(screen, width, height)) {
		return -ENOMEM;
	}
	*ret_buffer = (struct os_display_buffer){.pixels = screen->pixels,
						 .stride = width * 4,
						 .width_px = width,
						 .height_px = height,
						 .age = screen->uploaded ? 1 : 0};
	return 0;
}

void screen_submit(struct os_display *display, const struct os_rect_px *damage, size_t count)
{
	struct screen *screen = &display->screen;
	if (screen->picture == NULL) {
		return;
	}
	bool fine = true;
	for (size_t i = 0; i < count; i++) {
		const SDL_Rect rect = {damage[i].x, damage[i].y, damage[i].width, damage[i].height};
		const uint32_t *from = screen->pixels + (ptrdiff_t)rect.y * screen->width + rect.x;
		fine =
		    SDL_UpdateTexture(screen->picture, &rect, from, screen->width * 4) == 0 && fine;
	}
	screen->uploaded = fine;
	SDL_RenderCopy(screen->renderer, screen->picture, NULL, NULL);
	SDL_RenderPresent(screen->renderer);
}
