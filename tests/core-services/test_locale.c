/* F36: numbers and sizes as people read them. */
#include "test.h"

#include <cs/locale.h>

static void a_name_finds_its_table(void **state)
{
	assert_string_equal(cs_locale_find("en")->language, "en");
	assert_string_equal(cs_locale_find("en_GB.UTF-8")->language, "en");
	assert_string_equal(cs_locale_find(NULL)->language, "en");
	assert_string_equal(cs_locale_find("xx")->language, "en");
}

static void check_int(int64_t number, const char *wanted)
{
	char text[40];
	assert_int_equal(cs_locale_format_int(cs_locale_find("en"), number, text, sizeof(text)),
			 strlen(wanted));
	assert_string_equal(text, wanted);
}

static void whole_numbers_are_grouped(void **state)
{
	check_int(0, "0");
	check_int(999, "999");
	check_int(-1000, "-1,000");
	check_int(1234567, "1,234,567");
	check_int(INT64_MIN, "-9,223,372,036,854,775,808");
	char small[4];
	assert_int_equal(cs_locale_format_int(cs_locale_find("en"), 123456, small, sizeof(small)),
			 3);
	assert_string_equal(small, "123");
}

static void check_bytes(int64_t bytes, const char *wanted)
{
	char text[40];
	cs_locale_format_bytes(cs_locale_find("en"), bytes, text, sizeof(text));
	assert_string_equal(text, wanted);
}

static void sizes_have_a_unit(void **state)
{
	check_bytes(0, "0 bytes");
	check_bytes(999, "999 bytes");
	check_bytes(1000, "1 KB");
	check_bytes(1234, "1.2 KB");
	check_bytes(12345, "12 KB");
	check_bytes(999999, "1 MB");
	check_bytes(5300000000, "5.3 GB");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_name_finds_its_table),
	    cmocka_unit_test(whole_numbers_are_grouped),
	    cmocka_unit_test(sizes_have_a_unit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
