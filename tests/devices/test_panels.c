/* F138: the descriptions of real panels hold together, and each says where it was read. */
#include "test.h"

#include <string.h>

#include "devices.h"

static void each_is_whole(void **state)
{
	for (size_t i = 0; i < TOUCH_PANEL_COUNT; i++) {
		const struct touch_panel *panel = g_touch_panels[i];
		assert_non_null(panel);
		assert_true(panel->name[0] != '\0' && strlen(panel->name) < 80);
		assert_true(panel->x.max > panel->x.min && panel->y.max > panel->y.min);
		assert_true(panel->bus == 0x03 || panel->bus == 0x18 || panel->bus == 0x19 || panel->bus == 0x1c);
		assert_in_range(panel->slots, 0, 32);
		assert_in_range(panel->interval_us, 0, 100000);
		assert_non_null(strstr(panel->source, "github.com/"));
	}
}

static void no_two_are_the_same(void **state)
{
	for (size_t i = 0; i < TOUCH_PANEL_COUNT; i++) {
		for (size_t j = 0; j < i; j++) {
			assert_true(g_touch_panels[i] != g_touch_panels[j]);
			assert_string_not_equal(g_touch_panels[i]->name, g_touch_panels[j]->name);
		}
	}
}

/* What a system has to cope with is among them. */
static void all_sorts_are_there(void **state)
{
	int single = 0, anonymous = 0, sized = 0, many = 0, indirect = 0;
	for (size_t i = 0; i < TOUCH_PANEL_COUNT; i++) {
		const struct touch_panel *panel = g_touch_panels[i];
		anonymous += (panel->flags & TOUCH_PANEL_PROTOCOL_A) != 0;
		single += panel->slots == 0 && !(panel->flags & TOUCH_PANEL_PROTOCOL_A);
		sized += panel->major_max > 0;
		many += panel->slots > 10;
		indirect += !(panel->flags & TOUCH_PANEL_DIRECT);
	}
	assert_true(single >= 2 && anonymous >= 1 && sized >= 2 && many >= 1 && indirect >= 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_is_whole),
	    cmocka_unit_test(no_two_are_the_same),
	    cmocka_unit_test(all_sorts_are_there),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
