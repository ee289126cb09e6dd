/* F36: dates as people read them. */
#include "test.h"

#include <cs/date.h>

static int64_t at(int year, int month, int day, int hour, int minute)
{
	struct cs_date date = {
	    .year = year, .month = month, .day = day, .hour = hour, .minute = minute};
	return cs_date_join_utc(&date);
}

static void check(int64_t wall_us, int64_t now_us, enum cs_date_style style, const char *wanted)
{
	char text[CS_DATE_TEXT];
	assert_string_equal(cs_date_format(wall_us, now_us, style, &cs_calendar_utc, text), wanted);
}

static void moments_are_split_and_joined(void **state)
{
	struct cs_date date;
	cs_date_split(0, &cs_calendar_utc, &date);
	assert_int_equal(date.year, 1970);
	assert_int_equal(date.weekday, 4);
	cs_date_split(-1, &cs_calendar_utc, &date);
	assert_int_equal(date.year, 1969);
	assert_int_equal(date.second, 59);
	/* Every day of 1600 to 2400 comes back as itself, the next one a day later. */
	int64_t before = at(1600, 1, 1, 0, 0);
	for (int64_t day = 1; day < 800 * 366; day++) {
		int64_t wall_us = before + 86400 * OS_US_PER_S;
		cs_date_split(wall_us, &cs_calendar_utc, &date);
		assert_int_equal(cs_date_join_utc(&date), wall_us);
		before = wall_us;
	}
	assert_int_equal(at(2023, 14, 1, 0, 0), at(2024, 2, 1, 0, 0));
	assert_int_equal(at(2024, 3, 0, 0, 0), at(2024, 2, 29, 0, 0));
}

static void relative_dates_read_well(void **state)
{
	int64_t now = at(2022, 11, 22, 16, 47);
	check(at(2022, 11, 22, 14, 5), now, CS_DATE_RELATIVE, "today 14:05");
	check(at(2022, 11, 21, 23, 59), now, CS_DATE_RELATIVE, "yesterday");
	check(at(2022, 11, 20, 23, 59), now, CS_DATE_RELATIVE, "20 Nov");
	check(at(2022, 11, 3, 0, 0), now, CS_DATE_RELATIVE, "3 Nov");
	check(at(2021, 11, 3, 0, 0), now, CS_DATE_RELATIVE, "3 Nov 2021");
	check(at(2022, 11, 23, 0, 0), now, CS_DATE_RELATIVE, "23 Nov");
	check(at(2022, 12, 31, 0, 0), at(2023, 1, 1, 8, 0), CS_DATE_RELATIVE, "yesterday");
}

static void other_styles(void **state)
{
	int64_t wall = at(2021, 11, 3, 4, 5);
	check(wall, 0, CS_DATE_TIME, "04:05");
	check(wall, 0, CS_DATE_SHORT, "3 Nov 2021");
	check(wall, 0, CS_DATE_LONG, "Wednesday 3 November 2021");
	check(wall, 0, CS_DATE_ISO, "2021-11-03T04:05:00");
}

static int32_t two_hours_east(int64_t wall_us)
{
	return 2 * 3600;
}

static void a_zone_moves_the_day(void **state)
{
	const struct cs_calendar east = {.struct_size = sizeof(east), .offset_s = two_hours_east};
	char text[CS_DATE_TEXT];
	int64_t now = at(2022, 11, 22, 23, 0); /* already the 23rd there */
	assert_string_equal(
	    cs_date_format(at(2022, 11, 22, 21, 0), now, CS_DATE_RELATIVE, &east, text),
	    "yesterday");
	assert_string_equal(
	    cs_date_format(at(2022, 11, 22, 22, 30), now, CS_DATE_RELATIVE, &east, text),
	    "today 00:30");
	assert_non_null(cs_date_format(now, now, CS_DATE_RELATIVE, NULL, text));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(moments_are_split_and_joined),
	    cmocka_unit_test(relative_dates_read_well),
	    cmocka_unit_test(other_styles),
	    cmocka_unit_test(a_zone_moves_the_day),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
