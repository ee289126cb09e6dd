#include "test.h"

#include <cs/strings.h>

#include <os/memory.h>

static void case_does_not_matter_when_folded(void **state)
{
	static const char *const same[][2] = {
	    {"MILK", "milk"}, {"Ärger", "äRGER"},   {"ŽIŽKA", "žižka"},
	    {"ΟΔΟΣ", "οδος"}, {"ПРИВЕТ", "привет"}, {"Ёлка", "ёлка"},
	    {"Ÿ", "ÿ"},       {"ŁÓDŹ", "łódź"},     {"ẤP", "ấp"},
	};
	for (size_t i = 0; i < OS_ARRAY_LEN(same); i++) {
		assert_int_equal(cs_text_compare_folded(same[i][0], same[i][1]), 0);
	}
	assert_true(cs_text_compare_folded("apple", "Zebra") < 0);
	assert_true(cs_text_compare_folded("a", "ab") < 0);
	assert_true(cs_text_compare_folded("[", "a") < 0);
	assert_true(cs_text_compare_folded("×", "÷") != 0);
}

static void parts_are_found(void **state)
{
	assert_true(cs_text_contains_folded("Buy MILK today", "milk"));
	assert_true(cs_text_contains_folded("anything", ""));
	assert_true(cs_text_contains_folded("", ""));
	assert_false(cs_text_contains_folded("", "a"));
	assert_false(cs_text_contains_folded("mil", "milk"));
	assert_true(cs_text_contains_folded("aab", "AB"));
	assert_true(cs_text_begins_folded("Émile", "éM"));
	assert_false(cs_text_begins_folded("Emile", "mile"));
}

static void utf8_is_checked(void **state)
{
	assert_true(cs_text_is_utf8("aé漢😀", strlen("aé漢😀")));
	static const char *const bad[] = {
	    "\xff",     "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80",
	    "\xe2\x82", "\x80",     "\xe0\x9f\xbf"};
	for (size_t i = 0; i < OS_ARRAY_LEN(bad); i++) {
		assert_false(cs_text_is_utf8(bad[i], strlen(bad[i])));
	}
	assert_false(cs_text_is_utf8("a\0b", 3));
	assert_int_equal(cs_text_count("aé漢😀"), 4);
}

/* Bytes that are no text sort after all text, and differ from each other. */
static void other_bytes_compare_as_themselves(void **state)
{
	assert_true(cs_text_compare_folded("\xff", "\xf4\x8f\xbf\xbf") > 0);
	assert_true(cs_text_compare_folded("\xfe", "\xff") < 0);
	assert_int_equal(cs_text_compare_folded("\xc3", "\xc3"), 0);
}

static void check_line(const char *text, size_t index, size_t limit, const char *wanted)
{
	char *line = cs_text_copy_line(text, index, limit);
	assert_string_equal(line, wanted);
	os_free(line);
}

static void lines_are_copied(void **state)
{
	check_line("  Milk \nand eggs", 0, 100, "Milk");
	check_line("  Milk \nand eggs", 1, 100, "and eggs");
	check_line("Milk", 1, 100, "");
	check_line("", 0, 100, "");
	check_line("ééé", 0, 3, "é");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(case_does_not_matter_when_folded),
	    cmocka_unit_test(parts_are_found),
	    cmocka_unit_test(utf8_is_checked),
	    cmocka_unit_test(other_bytes_compare_as_themselves),
	    cmocka_unit_test(lines_are_copied),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
