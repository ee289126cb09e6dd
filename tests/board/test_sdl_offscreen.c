/* SDL's offscreen display: pixels that stay, ages, and an answer to each frame. F132 */
#include "test.h"

#include <errno.h>
#include <string.h>

#include <os/board.h>
#include <os/status.h>

struct heard {
	int presented;
	uint64_t frame;
};

static void presented(void *context, uint64_t frame, int64_t time_us)
{
	struct heard *heard = context;
	heard->presented++;
	heard->frame = frame;
}

static void mode(void *context, const struct os_display_mode *now)
{
}

static void lost(void *context, const char *why)
{
}

static void expose(void *context)
{
}

static const struct os_display_events s_events = {.struct_size = sizeof(s_events),
						  .presented = presented,
						  .mode = mode,
						  .lost = lost,
						  .expose = expose};

static void frames_are_kept_and_answered(void **state)
{
	struct os_error error;
	const struct os_board *board = os_board_open(BOARDS, "sdl", &error);
	assert_non_null(board);
	struct heard heard = {0};
	struct os_display *display;
	struct os_display_options options = {.struct_size = sizeof(options),
					     .driver = "offscreen",
					     .wanted = {320, 200, 1, 60000, false}};
	assert_int_equal(board->display->open(&options, &s_events, &heard, &display), 0);
	assert_int_equal(board->display->get_fd(display), -1);
	struct os_display_buffer buffer;
	assert_int_equal(board->display->begin(display, &buffer), 0);
	assert_int_equal(buffer.age, 0);
	assert_int_equal(buffer.width_px, 320);
	for (int y = 0; y < 200; y++) {
		for (int x = 0; x < 320; x++) {
			buffer.pixels[y * buffer.stride / 4 + x] = 0x123456;
		}
	}
	const struct os_rect_px whole = {0, 0, 320, 200}, part = {10, 10, 20, 20};
	assert_int_equal(board->display->submit(display, 7, &whole, 1), 0);
	assert_int_equal(heard.presented, 0);
	board->display->dispatch(display);
	assert_int_equal(heard.presented, 1);
	assert_int_equal(heard.frame, 7);
	/* The next buffer holds the last frame. */
	assert_int_equal(board->display->begin(display, &buffer), 0);
	assert_int_equal(buffer.age, 1);
	assert_int_equal(buffer.pixels[100 * buffer.stride / 4 + 100] & 0xffffff, 0x123456);
	assert_int_equal(board->display->submit(display, 8, &part, 1), 0);
	board->display->dispatch(display);
	assert_int_equal(heard.frame, 8);
	/* Its frames are drawn by the CPU: it was not opened for a GPU. */
	struct os_gpu *gpu;
	assert_int_equal(board->gpu->open(display, &gpu), -ENODEV);
	board->display->close(display);
}

static void what_it_is_not_is_refused(void **state)
{
	struct os_error error;
	const struct os_board *board = os_board_open(BOARDS, "sdl", &error);
	struct os_display *display;
	struct os_display_options options = {.struct_size = sizeof(options), .driver = "dumb"};
	assert_int_equal(board->display->open(&options, &s_events, NULL, &display), -ENOTSUP);
	/* A card that no machine has. */
	options.driver = "kmsdrm";
	options.card = "card99";
	options.error = &error;
	assert_int_equal(board->display->open(&options, &s_events, NULL, &display), -ENODEV);
	assert_non_null(strstr(error.text, "card99"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(frames_are_kept_and_answered),
					   cmocka_unit_test(what_it_is_not_is_refused)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
