/* Floor of presenting: SDL alone, its offscreen driver, whose surface is plain memory. */
#include <SDL2/SDL.h>
#include <string.h>

#include "scenes.h"
#include "work.h"

static SDL_Window *s_window;
static SDL_Surface *s_surface;
static uint32_t *s_frame;

static void prepare(void)
{
	SDL_SetHint(SDL_HINT_VIDEODRIVER, "offscreen");
	SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
	if (SDL_Init(SDL_INIT_VIDEO) < 0) {
		bench_fail(SDL_GetError());
	}
	s_window = SDL_CreateWindow("floor", 0, 0, SCENE_WIDTH, SCENE_HEIGHT, SDL_WINDOW_SHOWN);
	s_surface = s_window == NULL ? NULL : SDL_GetWindowSurface(s_window);
	if (s_surface == NULL) {
		bench_fail(SDL_GetError());
	}
	s_frame = scene_pixels(SCENE_WIDTH, SCENE_HEIGHT, 255);
}

static void show(int height)
{
	const SDL_Rect rect = {0, 0, SCENE_WIDTH, height};
	for (int y = 0; y < height; y++) {
		memcpy((uint8_t *)s_surface->pixels + y * s_surface->pitch,
		       s_frame + y * SCENE_WIDTH, SCENE_WIDTH * 4);
	}
	SDL_UpdateWindowSurfaceRects(s_window, &rect, 1);
}

static void whole_turn(int number)
{
	show(SCENE_HEIGHT);
}

static void part_turn(int number)
{
	show(SCENE_HEIGHT / 10);
}

int main(void)
{
	static const struct bench_work s_works[] = {
	    {.name = "present", .prepare = prepare, .turn = whole_turn},
	    {.name = "present-10", .prepare = prepare, .turn = part_turn},
	};
	return bench_serve(s_works, sizeof(s_works) / sizeof(s_works[0]));
}
