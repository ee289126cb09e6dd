/* Layouts as people and /etc/default/keyboard write them. F98 */
#include "test.h"

#include <errno.h>

#include "layout_text.h"

static void layouts_and_variants_are_split(void **state)
{
	struct layout_names names;
	assert_int_equal(layout_text_parse("us", &names), 0);
	assert_string_equal(names.layouts, "us");
	assert_string_equal(names.variants, "");
	assert_int_equal(layout_text_parse("us,de(nodeadkeys),gb", &names), 0);
	assert_string_equal(names.layouts, "us,de,gb");
	assert_string_equal(names.variants, ",nodeadkeys,");
	assert_int_equal(names.count, 3);
}

static void what_is_none_is_refused(void **state)
{
	const char *const bad[] = {"", ",", "us,", "us,,de", "us(", "us()", "us(intl", "us(intl))",
				   "(intl)", "u s", "../us", "us\n", "a,b,c,d,e",
				   "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
	struct layout_names names = {.count = 7};
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(layout_text_parse(bad[i], &names), -EINVAL);
		assert_int_equal(names.count, 7); /* left as it was */
	}
}

static void expect_default(const char *file, const char *text)
{
	char found[LAYOUT_TEXT] = "";
	assert_int_equal(layout_text_from_defaults(file, found, sizeof(found)),
			 text == NULL ? -ENOENT : 0);
	assert_string_equal(found, text == NULL ? "" : text);
}

static void the_machines_own_layout_is_found(void **state)
{
	expect_default("# KEYBOARD CONFIGURATION FILE\n\nXKBMODEL=\"pc105\"\nXKBLAYOUT=\"de\"\n"
		       "XKBVARIANT=\"nodeadkeys\"\nXKBOPTIONS=\"\"\n",
		       "de(nodeadkeys)");
	expect_default("XKBLAYOUT=gb", "gb");
	expect_default("XKBLAYOUT=\"us,de\"\nXKBVARIANT=\",nodeadkeys\"\n", "us,de(nodeadkeys)");
	expect_default("", NULL);
	expect_default("XKBLAYOUT=\"\"\n", NULL);
	expect_default("XKBLAYOUT=\"$(reboot)\"\n", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(layouts_and_variants_are_split),
					   cmocka_unit_test(what_is_none_is_refused),
					   cmocka_unit_test(the_machines_own_layout_is_found)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
