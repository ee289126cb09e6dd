/* The display door without a screen: it opens all the same, takes pictures, and says why nothing is
 * seen. Cards are folders made by hand; a card that has no node in /dev/dri is one that cannot be
 * opened. F115 F116 F123 */
#include "sys_folder.h"

#include <errno.h>
#include <poll.h>

#include <os/board.h>
#include <os/clock.h>

#include "linux_board.h"

#define PATIENCE_MS 5000

struct heard {
	int presented, modes;
	uint64_t frame;
	struct os_display_mode mode;
};

static void presented(void *context, uint64_t frame, int64_t time_us)
{
	struct heard *heard = context;
	heard->presented++;
	heard->frame = frame;
}

static void mode_changed(void *context, const struct os_display_mode *mode)
{
	struct heard *heard = context;
	heard->modes++;
	heard->mode = *mode;
}

static const struct os_display_events s_events = {
    .struct_size = sizeof(s_events), .presented = presented, .mode = mode_changed};

static struct os_display *open_door(const struct sys_folder *sys, struct os_display_mode wanted,
				    struct heard *heard)
{
	struct os_display *display = NULL;
	const struct os_display_options options = {
	    .struct_size = sizeof(options), .driver = "dumb", .wanted = wanted, .cards = sys->path};
	assert_int_equal(linux_display_door.open(&options, &s_events, heard, &display), 0);
	return display;
}

static void wait_for_frame(struct os_display *display, const struct heard *heard, uint64_t frame)
{
	struct pollfd fd = {.fd = linux_display_door.get_fd(display), .events = POLLIN};
	while (heard->frame != frame) {
		assert_int_equal(poll(&fd, 1, PATIENCE_MS), 1);
		linux_display_door.dispatch(display);
	}
}

static void expect_text(struct os_display *display, const char *text)
{
	char said[480];
	linux_display_door.describe(display, said, sizeof(said));
	assert_string_equal(said, text);
}

static void without_a_card_pictures_go_to_memory(void **state)
{
	struct sys_folder sys;
	struct heard heard = {0};
	struct os_display_mode mode;
	struct os_display_buffer buffer;
	const struct os_rect_px whole = {0, 0, 800, 480};
	sys_begin(&sys);
	struct os_display *display = open_door(&sys, (struct os_display_mode){0}, &heard);
	linux_display_door.get_mode(display, &mode);
	assert_true(mode.is_absent && !mode.has_phase);
	assert_int_equal(mode.width_px, 800);
	assert_int_equal(mode.height_px, 480);
	assert_true(mode.scale == 1 && mode.rate_mhz == 60000);
	expect_text(display, "no screen yet, pictures go to memory: 0 graphics cards, none with a "
			     "connector for a screen");
	for (uint64_t frame = 1; frame <= 3; frame++) {
		assert_int_equal(linux_display_door.begin(display, &buffer), 0);
		assert_int_equal(buffer.age, frame == 1 ? 0 : 1);
		buffer.pixels[0] = (uint32_t)frame;
		assert_int_equal(linux_display_door.submit(display, frame, &whole, 1), 0);
		assert_int_equal(linux_display_door.begin(display, &buffer), -EAGAIN);
		wait_for_frame(display, &heard, frame);
	}
	assert_int_equal(heard.presented, 3);
	assert_int_equal(heard.modes, 0);
	/* Dark or light, there is nothing to switch. */
	assert_int_equal(linux_display_door.set_power(display, false), 0);
	assert_int_equal(linux_display_door.set_power(display, true), 0);
	linux_display_door.close(display);
	sys_end(&sys);
}

/* Idle: nothing makes the descriptor readable, so nobody wakes. */
static void it_rests_between_pictures(void **state)
{
	struct sys_folder sys;
	struct heard heard = {0};
	sys_begin(&sys);
	struct os_display *display = open_door(&sys, (struct os_display_mode){0}, &heard);
	linux_display_door.dispatch(display);
	struct pollfd fd = {.fd = linux_display_door.get_fd(display), .events = POLLIN};
	assert_int_equal(poll(&fd, 1, 0), 0);
	assert_int_equal(heard.presented, 0);
	linux_display_door.close(display);
	sys_end(&sys);
}

static void a_wanted_size_is_kept_for_the_screen_to_come(void **state)
{
	struct sys_folder sys;
	struct heard heard = {0};
	struct os_display_mode mode;
	const struct os_display_mode wanted = {.width_px = 720, .height_px = 1280, .scale = 1.6};
	sys_begin(&sys);
	sys_write(&sys, "card9999-HDMI-A-1/status", "disconnected\n");
	struct os_display *display = open_door(&sys, wanted, &heard);
	linux_display_door.get_mode(display, &mode);
	assert_int_equal(mode.width_px, 720);
	assert_true(mode.scale == 1.6);
	expect_text(display, "no screen yet, pictures go to memory: card9999 (unknown driver): nothing "
			     "is connected to its 1 connector");
	linux_display_door.close(display);
	sys_end(&sys);
}

static void a_card_that_cannot_be_opened_is_named(void **state)
{
	struct sys_folder sys;
	struct heard heard = {0};
	struct os_display_mode mode;
	sys_begin(&sys);
	sys_write(&sys, "card9999-DSI-1/status", "connected\n");
	struct os_display *display = open_door(&sys, (struct os_display_mode){0}, &heard);
	linux_display_door.get_mode(display, &mode);
	assert_true(mode.is_absent);
	expect_text(display, "no screen yet, pictures go to memory: /dev/dri/card9999: No such file or "
			     "directory");
	linux_display_door.close(display);
	sys_end(&sys);
}

static void a_probe_says_what_there_is(void **state)
{
	struct sys_folder sys;
	struct os_display_probe probe;
	sys_begin(&sys);
	const struct os_display_options options = {
	    .struct_size = sizeof(options), .driver = "dumb", .cards = sys.path};
	assert_int_equal(linux_display_door.probe(&options, &probe), 0);
	assert_false(probe.has_card || probe.has_screen);
	assert_string_equal(probe.text, "0 graphics cards, none with a connector for a screen");
	/* A card that this user may not use is none. */
	sys_write(&sys, "card9999-DSI-1/status", "connected\n");
	sys_write(&sys, "renderD9999/dev", "226:9999\n");
	assert_int_equal(linux_display_door.probe(&options, &probe), 0);
	assert_false(probe.has_card || probe.has_screen);
	assert_non_null(strstr(probe.text, "/dev/dri/card9999 may not be used"));
	sys_end(&sys);
}

static void other_drivers_are_not_its_own(void **state)
{
	struct os_display *display = NULL;
	const struct os_display_options options = {.struct_size = sizeof(options),
						   .driver = "kmsdrm"};
	assert_int_equal(linux_display_door.open(&options, &s_events, NULL, &display), -ENOTSUP);
	assert_null(display);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(without_a_card_pictures_go_to_memory),
	    cmocka_unit_test(it_rests_between_pictures),
	    cmocka_unit_test(a_wanted_size_is_kept_for_the_screen_to_come),
	    cmocka_unit_test(a_card_that_cannot_be_opened_is_named),
	    cmocka_unit_test(a_probe_says_what_there_is),
	    cmocka_unit_test(other_drivers_are_not_its_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
