/* F17 F115: which mode a screen is given, and how large a point is on it. */
#include "test.h"

#include <errno.h>

#include <os/base.h>

#include "kms.h"

static void scale_comes_from_the_panel(void **state)
{
	/* Sizes as their makers give them: raspberrypi.com/documentation/accessories/display.html
	 * (154.08 x 85.92 mm) and …/touch-display-2.html (88 x 155 mm; 5-inch: 62 x 110 mm). */
	static const struct {
		int32_t width_px, height_px, width_mm, height_mm;
		double scale;
	} s_panels[] = {
	    {800, 480, 154, 86, 1.0},   /* the official 7-inch panel */
	    {720, 1280, 88, 155, 1.6},  /* Touch Display 2 */
	    {720, 1280, 90, 151, 1.6},  /* the same as its driver describes it */
	    {720, 1280, 62, 110, 2.2},  /* its 5-inch sister: as many points as fit a hand */
	    {1920, 1080, 527, 296, 1.0}, /* a desk's screen: never under 1 */
	    {3840, 2160, 600, 340, 1.2},
	    {480, 320, 74, 49, 1.0},    /* small: a page must fit */
	    {800, 480, 0, 0, 1.0},      /* not known */
	    {1920, 1080, 160, 90, 1.0}, /* a ratio */
	    {1920, 1080, 3, 2, 1.0},    /* nonsense */
	    {1080, 1920, 600, 100, 1.0}, /* pixels that would be six times as wide as high */
	};
	for (size_t i = 0; i < OS_ARRAY_LEN(s_panels); i++) {
		double scale = kms_scale(s_panels[i].width_px, s_panels[i].height_px,
					 s_panels[i].width_mm, s_panels[i].height_mm);
		assert_int_equal((int)(scale * 10 + 0.5), (int)(s_panels[i].scale * 10 + 0.5));
	}
	assert_int_equal(kms_scale(0, 0, 0, 0), 1);
}

static const struct kms_timing s_timings[] = {
    {1920, 1080, 60000, false, true}, {1920, 1080, 60000, true, false},
    {1920, 1080, 50000, false, false}, {1280, 720, 60000, false, false},
    {1280, 720, 50000, false, false},  {640, 480, 75000, false, false},
};

static int choose(int32_t width, int32_t height, int32_t rate)
{
	const struct os_display_mode wanted = {
	    .width_px = width, .height_px = height, .rate_mhz = rate};
	return kms_timing_choose(s_timings, OS_ARRAY_LEN(s_timings), &wanted);
}

static void a_mode_is_chosen(void **state)
{
	assert_int_equal(choose(0, 0, 0), 1);            /* the preferred one */
	assert_int_equal(choose(0, 0, 50000), 2);        /* its size, at a rate */
	assert_int_equal(choose(1280, 720, 0), 3);       /* a size, at 60 Hz */
	assert_int_equal(choose(1280, 720, 50000), 4);
	assert_int_equal(choose(1280, 720, 120000), 3);  /* the next rate there is */
	assert_int_equal(choose(640, 480, 60000), 5);
	assert_int_equal(choose(1234, 567, 60000), 1);   /* no such size: the preferred one */
}

static void what_no_board_can_draw_is_asked_for_by_name(void **state)
{
	static const struct kms_timing s_large[] = {{3840, 2160, 60000, true, false},
						    {1024, 768, 60000, false, false},
						    {1920, 1080, 60000, false, false}};
	struct os_display_mode wanted = {0};
	assert_int_equal(kms_timing_choose(s_large, 3, &wanted), 2);
	wanted.width_px = 3840;
	wanted.height_px = 2160;
	assert_int_equal(kms_timing_choose(s_large, 3, &wanted), 0);
	wanted = (struct os_display_mode){0};
	assert_int_equal(kms_timing_choose(s_large, 1, &wanted), 0); /* all there is */
}

static void screens_without_modes_have_none(void **state)
{
	static const struct kms_timing s_empty[] = {{0, 0, 0, true, false}, {-5, 9, -1, false, true}};
	const struct os_display_mode wanted = {0};
	assert_int_equal(kms_timing_choose(NULL, 0, &wanted), -ENOENT);
	assert_int_equal(kms_timing_choose(s_empty, 2, &wanted), -ENOENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(scale_comes_from_the_panel),
	    cmocka_unit_test(a_mode_is_chosen),
	    cmocka_unit_test(what_no_board_can_draw_is_asked_for_by_name),
	    cmocka_unit_test(screens_without_modes_have_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
