/* Figure of presenting: a frame goes through the board's display door to SDL, offscreen. */
#include <stdio.h>
#include <string.h>

#include <os/board.h>
#include <os/layout.h>
#include <os/status.h>

#include "scenes.h"
#include "work.h"

static const struct os_display_door *s_door;
static struct os_display *s_display;
static uint32_t *s_frame;

static void presented(void *context, uint64_t frame, int64_t time_us)
{
}

static const struct os_display_events s_events = {.struct_size = sizeof(s_events),
						  .presented = presented};

static void prepare(void)
{
	char root[OS_LAYOUT_MAX], folder[OS_LAYOUT_MAX];
	struct os_error error = {0};
	const struct os_display_options options = {
	    .struct_size = sizeof(options),
	    .driver = "offscreen",
	    .wanted = {SCENE_WIDTH, SCENE_HEIGHT, 1, 60000, false}};
	if (os_layout_find_root("/proc/self/exe", root) < 0 || os_layout_boards(root, folder) < 0) {
		bench_fail("the boards' folder");
	}
	const struct os_board *board = os_board_open(folder, "sdl", &error);
	if (board == NULL || board->display->open(&options, &s_events, NULL, &s_display) < 0) {
		fprintf(stderr, "%s\n", error.text);
		bench_fail("the board");
	}
	s_door = board->display;
	s_frame = scene_pixels(SCENE_WIDTH, SCENE_HEIGHT, 255);
}

static void show(int number, int height)
{
	struct os_display_buffer buffer;
	if (s_door->begin(s_display, &buffer) < 0) {
		bench_fail("begin");
	}
	for (int y = 0; y < height; y++) {
		memcpy((uint8_t *)buffer.pixels + y * buffer.stride, s_frame + y * SCENE_WIDTH,
		       SCENE_WIDTH * 4);
	}
	const struct os_rect_px damage = {0, 0, SCENE_WIDTH, height};
	s_door->submit(s_display, (uint64_t)number, &damage, 1);
	s_door->dispatch(s_display);
}

static void whole_turn(int number)
{
	show(number, SCENE_HEIGHT);
}

static void part_turn(int number)
{
	show(number, SCENE_HEIGHT / 10);
}

int main(void)
{
	static const struct bench_work s_works[] = {
	    {.name = "present", .prepare = prepare, .turn = whole_turn},
	    {.name = "present-10", .prepare = prepare, .turn = part_turn},
	};
	return bench_serve(s_works, OS_ARRAY_LEN(s_works));
}
