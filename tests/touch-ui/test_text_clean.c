/* What comes into a field is well-formed UTF-8, whatever it was before. */
#include "test.h"

#include "text_clean.h"

static void expect(const char *bytes, size_t length, bool single_line, const char *clean)
{
	struct os_buffer buffer = {0};
	text_clean_add(&buffer, bytes, length, single_line);
	assert_string_equal(os_buffer_text(&buffer), clean);
	os_buffer_finish(&buffer);
}

#define EXPECT(bytes, clean) expect(bytes, sizeof(bytes) - 1, false, clean)
#define BAD "\xef\xbf\xbd"

static void good_text_stays(void **state)
{
	EXPECT("", "");
	EXPECT("plain\ttext", "plain\ttext");
	EXPECT("caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x91\x8d",
	       "caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x91\x8d");
	EXPECT("\xed\x9f\xbf\xee\x80\x80\xf4\x8f\xbf\xbf",
	       "\xed\x9f\xbf\xee\x80\x80\xf4\x8f\xbf\xbf");
}

static void bad_pieces_become_one_sign_each(void **state)
{
	EXPECT("a\xff"
	       "b",
	       "a" BAD "b");
	EXPECT("a\x80", "a" BAD);
	EXPECT("\xc0\xaf", BAD BAD);                 /* overlong */
	EXPECT("\xed\xa0\x80", BAD BAD BAD);         /* a surrogate */
	EXPECT("\xf4\x90\x80\x80", BAD BAD BAD BAD); /* above U+10FFFF */
	EXPECT("\xe2\x82", BAD);                     /* cut short: one maximal piece */
	EXPECT("\xf0\x9f\x91"
	       "x",
	       BAD "x");
	EXPECT("\xe2\x82\xe2\x82\xac", BAD "\xe2\x82\xac");
	EXPECT("a\0b", "a" BAD "b");
}

/* Table 3-8 of the Unicode standard. */
static void the_standards_example(void **state)
{
	EXPECT("\x61\xf1\x80\x80\xe1\x80\xc2\x62\x80\x63\x80\xbf\x64",
	       "a" BAD BAD BAD "b" BAD "c" BAD BAD "d");
}

static void ends_of_lines_are_one_kind(void **state)
{
	EXPECT("a\r\nb\rc\nd\r", "a\nb\nc\nd\n");
	expect("a\r\nb\nc", 6, true, "a b c");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(good_text_stays),
	    cmocka_unit_test(bad_pieces_become_one_sign_each),
	    cmocka_unit_test(the_standards_example),
	    cmocka_unit_test(ends_of_lines_are_one_kind),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
