/* F115 F116 F123: what a device shows itself on, from what was asked for and what is there. */
#include "test.h"

#include <errno.h>

#include <os/base.h>

#include "display_choice.h"

static const struct os_display_probe s_nothing = {.text = "0 graphics cards"};
static const struct os_display_probe s_dark = {.has_card = true, .text = "card0: nothing connected"};
static const struct os_display_probe s_screen = {
    .has_card = true, .has_screen = true, .text = "card1 DSI-1"};

static struct display_choice choose(const struct display_wishes *wishes,
				    const struct os_display_probe *probe)
{
	struct display_choice choice;
	struct os_error error;
	assert_int_equal(display_choose(wishes, probe, &choice, &error), 0);
	return choice;
}

static void expect(const struct display_choice *choice, int at, const char *board,
		   const char *driver)
{
	assert_true(at < choice->count);
	assert_string_equal(choice->tries[at].board, board);
	assert_string_equal(choice->tries[at].driver, driver);
}

static void what_was_asked_for_is_taken(void **state)
{
	static const char *const s_sdl[] = {"window", "offscreen", "kmsdrm"};
	for (size_t i = 0; i < OS_ARRAY_LEN(s_sdl); i++) {
		const struct display_wishes wishes = {.display = s_sdl[i], .renderer = "gpu"};
		assert_false(display_choice_needs_probe(&wishes));
		struct display_choice choice = choose(&wishes, &s_nothing);
		assert_int_equal(choice.count, 1);
		expect(&choice, 0, "sdl", s_sdl[i]);
		assert_string_equal(choice.tries[0].renderer, "gpu");
		assert_string_equal(choice.why, "as asked for");
	}
	const struct display_wishes dumb = {.display = "dumb", .is_board = true};
	struct display_choice choice = choose(&dumb, &s_nothing);
	assert_int_equal(choice.count, 1);
	expect(&choice, 0, "linux", "dumb");
	const struct display_wishes headless = {.headless = true};
	assert_false(display_choice_needs_probe(&headless));
	choice = choose(&headless, &s_screen);
	expect(&choice, 0, "sdl", "offscreen");
}

static void what_is_there_decides_otherwise(void **state)
{
	struct display_wishes wishes = {.display = ""};
	assert_true(display_choice_needs_probe(&wishes));
	struct display_choice choice = choose(&wishes, &s_screen);
	assert_int_equal(choice.count, 2);
	expect(&choice, 0, "sdl", "kmsdrm");
	assert_null(choice.tries[0].renderer); /* a real GPU or nothing */
	expect(&choice, 1, "linux", "dumb");
	choice = choose(&wishes, &s_dark);
	assert_int_equal(choice.count, 1);
	expect(&choice, 0, "linux", "dumb");
	choice = choose(&wishes, &s_nothing);
	assert_int_equal(choice.count, 1);
	expect(&choice, 0, "sdl", "offscreen");
	assert_string_equal(choice.why, "no desktop, and 0 graphics cards");
	/* A board waits for its screen, whatever else. */
	wishes.is_board = true;
	choice = choose(&wishes, &s_nothing);
	expect(&choice, 0, "linux", "dumb");
}

static void the_renderer_chooses_among_those_of_a_card(void **state)
{
	struct display_wishes wishes = {.renderer = "soft"};
	struct display_choice choice = choose(&wishes, &s_screen);
	assert_int_equal(choice.count, 1);
	expect(&choice, 0, "linux", "dumb");
	wishes.renderer = "gpu";
	choice = choose(&wishes, &s_screen);
	assert_int_equal(choice.count, 1);
	expect(&choice, 0, "sdl", "kmsdrm");
	assert_string_equal(choice.tries[0].renderer, "gpu");
}

static void a_panel_has_its_own_size(void **state)
{
	struct display_wishes wishes = {0};
	struct display_choice choice = choose(&wishes, &s_screen);
	assert_int_equal(choice.mode.width_px, 0);
	assert_int_equal(choice.mode.rate_mhz, 0);
	assert_true(choice.mode.scale == 0);
	wishes.profile = "pi-touch2";
	choice = choose(&wishes, &s_screen);
	assert_int_equal(choice.mode.width_px, 0);
	assert_true(choice.mode.scale == 1.6);
	choice = choose(&wishes, &s_nothing); /* offscreen: the whole profile */
	assert_int_equal(choice.mode.width_px, 720);
	assert_int_equal(choice.mode.height_px, 1280);
}

static void profiles_are_names_or_sizes(void **state)
{
	static const char *const s_wrong[] = {"phones", "0x0@1", "480x800", "480x800@9",
					      "480x800@1:999", "480x800@1x", "nanxnan@nan"};
	struct display_wishes wishes = {.headless = true};
	struct display_choice choice = choose(&wishes, &s_nothing);
	assert_int_equal(choice.mode.width_px, 480);
	wishes.profile = "400x300@2:30";
	choice = choose(&wishes, &s_nothing);
	assert_int_equal(choice.mode.width_px, 800);
	assert_int_equal(choice.mode.rate_mhz, 30000);
	for (size_t i = 0; i < OS_ARRAY_LEN(s_wrong); i++) {
		struct os_error error = {0};
		wishes.profile = s_wrong[i];
		assert_int_equal(display_choose(&wishes, &s_nothing, &choice, &error), -EINVAL);
		assert_non_null(strstr(error.text, s_wrong[i]));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_was_asked_for_is_taken),
	    cmocka_unit_test(what_is_there_decides_otherwise),
	    cmocka_unit_test(the_renderer_chooses_among_those_of_a_card),
	    cmocka_unit_test(a_panel_has_its_own_size),
	    cmocka_unit_test(profiles_are_names_or_sizes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
