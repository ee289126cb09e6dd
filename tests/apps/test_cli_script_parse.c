/* The language of finger scripts: every command, every escape, and what is said of a wrong line. */
#include "test.h"

#include <errno.h>

#include <os/buffer.h>

#include "script.h"

static struct script *parse(const char *text)
{
	struct script *script = NULL;
	struct os_error error = {0};
	int result = script_parse(text, strlen(text), "a.touch", &script, &error);
	if (result < 0) {
		fail_msg("%s", error.text);
	}
	return script;
}

static void check_refused(const char *text, const char *said)
{
	struct script *script = NULL;
	struct os_error error = {0};
	assert_int_equal(script_parse(text, strlen(text), "a.touch", &script, &error), -EBADMSG);
	assert_null(script);
	assert_string_equal(error.text, said);
}

static void reads_every_command(void **state)
{
	struct script *script = parse("wait 500\n"
				      "tap 100 200\n"
				      "double-tap \"Notes\"\n"
				      "hold \"Notes\" 700\n"
				      "drag 1 2 3 4 250 hold\n"
				      "swipe left on \"Row\"\n"
				      "down 0 1 2\n"
				      "move 0 3 4 16\n"
				      "up 0\n"
				      "cancel 9\n"
				      "type \"text\"\n"
				      "key ctrl+z\n"
				      "expect \"x\"\n"
				      "expect-not \"x\"\n"
				      "expect-value \"x\" \"y\"\n"
				      "scroll-to \"x\" in \"list\"\n"
				      "settle\n"
				      "screenshot a.png\n"
				      "tree a.json\n");
	assert_int_equal(script->count, SCRIPT_KINDS);
	for (size_t i = 0; i < script->count; i++) {
		assert_int_equal(script->commands[i].kind, i);
		assert_int_equal(script->commands[i].line, i + 1);
	}
	assert_int_equal(script->commands[SCRIPT_WAIT].duration_us, 500000);
	assert_true(script->commands[SCRIPT_TAP].from.x == 100 &&
		    script->commands[SCRIPT_TAP].from.y == 200);
	assert_int_equal(script->commands[SCRIPT_HOLD].duration_us, 700000);
	assert_true(script->commands[SCRIPT_DRAG].hold);
	assert_int_equal(script->commands[SCRIPT_DRAG].duration_us, 250000);
	assert_true(script->commands[SCRIPT_DRAG].to.y == 4);
	assert_string_equal(script->commands[SCRIPT_SWIPE].from.name.label, "Row");
	assert_int_equal(script->commands[SCRIPT_CANCEL].finger, 9);
	assert_string_equal(script->commands[SCRIPT_KEY].text, "ctrl+z");
	assert_string_equal(script->commands[SCRIPT_EXPECT_VALUE].text, "y");
	assert_string_equal(script->commands[SCRIPT_SCROLL_TO].to.name.label, "list");
	assert_string_equal(script->commands[SCRIPT_TREE].text, "a.json");
	script_release(script);
}

static void has_defaults(void **state)
{
	struct script *script =
	    parse("hold 1 2\ndrag 1 2 3 4\ndrag 1 2 3 4 hold\nmove 1 2 3\nswipe up");
	assert_int_equal(script->commands[0].duration_us, 600000);
	assert_int_equal(script->commands[1].duration_us, 300000);
	assert_false(script->commands[1].hold);
	assert_true(script->commands[2].hold);
	assert_int_equal(script->commands[3].duration_us, 0);
	assert_int_equal(script->commands[4].direction, SCRIPT_UPWARD);
	assert_false(script->commands[4].from.has_name);
	script_release(script);
}

static void reads_names(void **state)
{
	struct script *script =
	    parse("tap \"x\" [2]\ntap \"x\" in \"Alert\"\ntap \"x\" [3] in \"A\"\ntap #id7");
	const struct script_name *name = &script->commands[0].from.name;
	assert_int_equal(name->index, 2);
	assert_string_equal(script->commands[1].from.name.within, "Alert");
	assert_int_equal(script->commands[2].from.name.index, 3);
	assert_true(script->commands[3].from.name.by_id);
	assert_string_equal(script->commands[3].from.name.label, "id7");
	struct os_buffer text = {0};
	script_name_print(&script->commands[2].from.name, &text);
	assert_string_equal(text.bytes, "\"x\" [3] in \"A\"");
	os_buffer_finish(&text);
	script_release(script);
}

static void skips_comments_and_blanks(void **state)
{
	struct script *script =
	    parse("# all\r\n\n   \t\n#tight\n  tap \"#not\" # one\r\nsettle ## two\n");
	assert_int_equal(script->count, 2);
	assert_int_equal(script->commands[0].line, 5);
	assert_string_equal(script->commands[0].source, "tap \"#not\" # one");
	assert_string_equal(script->commands[0].from.name.label, "#not");
	script_release(script);
}

static void reads_escapes(void **state)
{
	struct script *script = parse("type \"a\\\"b\\\\c\\nd\\te\\u{1F600}\\u{e4}\\x\\\"\"");
	assert_string_equal(script->commands[0].text, "a\"b\\c\nd\te\xF0\x9F\x98\x80\xC3\xA4\\x\"");
	script_release(script);
}

static void names_what_is_wrong(void **state)
{
	check_refused("settle\ntip \"x\"", "a.touch:2: expected a command of finger scripts: tip");
	check_refused("tap", "a.touch:1: expected X Y, a name in quotes, or #id: end of line");
	check_refused("tap Notes", "a.touch:1: expected X Y, a name in quotes, or #id: Notes");
	check_refused("tap 1", "a.touch:1: expected Y in points: end of line");
	check_refused("tap 1 2 3", "a.touch:1: expected the end of the line: 3");
	check_refused("tap \"x", "a.touch:1: expected \" at the end of a text: end of line");
	check_refused("tap \"x\" [0]", "a.touch:1: expected [N], counted from 1: [0]");
	check_refused("tap \"x\" in",
		      "a.touch:1: expected a name in quotes after `in`: end of line");
	check_refused("type \"\\u{110000}\"",
		      "a.touch:1: expected \\u{1F600}, a character's number in braces");
	check_refused("type \"\\u{d800}\"",
		      "a.touch:1: expected \\u{1F600}, a character's number in braces");
	check_refused("type \"\\u{0}\"",
		      "a.touch:1: expected \\u{1F600}, a character's number in braces");
	check_refused("wait -5", "a.touch:1: expected a time in ms: -5");
	check_refused("wait 1e9", "a.touch:1: expected a time in ms: 1e9");
	check_refused("wait", "a.touch:1: expected a time in ms: end of line");
	check_refused("down 10 1 2", "a.touch:1: expected a finger from 0 to 9: 10");
	check_refused("down 0.5 1 2", "a.touch:1: expected a finger from 0 to 9: 0.5");
	check_refused("tap nan nan", "a.touch:1: expected X Y, a name in quotes, or #id: nan");
	check_refused("tap 1e999 1", "a.touch:1: expected X Y, a name in quotes, or #id: 1e999");
	check_refused("swipe inward", "a.touch:1: expected left, right, up or down: inward");
	check_refused(
	    "key", "a.touch:1: expected a key: home, lock, back, return, ctrl+z, …: end of line");
}

static void refuses_what_is_no_text(void **state)
{
	struct script *script = NULL;
	struct os_error error;
	assert_int_equal(script_parse("tap\0", 4, "a.touch", &script, &error), -EBADMSG);
	assert_string_equal(error.text, "a.touch: expected a text: it has a zero byte");
}

static struct script *parse_shell(char *const *words, int count)
{
	struct script *script = NULL;
	struct os_error error = {0};
	if (script_parse_words(words, count, &script, &error) < 0) {
		fail_msg("%s", error.text);
	}
	return script;
}

static void takes_words_of_a_shell(void **state)
{
	struct script *script = parse_shell((char *[]){"tap", "Milk, yesterday", "[2]"}, 3);
	assert_string_equal(script->commands[0].from.name.label, "Milk, yesterday");
	assert_int_equal(script->commands[0].from.name.index, 2);
	assert_null(script->file);
	script_release(script);
	script = parse_shell((char *[]){"tap", "7"}, 2);
	assert_string_equal(script->commands[0].from.name.label, "7");
	script_release(script);
	script = parse_shell((char *[]){"tap", "7", "8"}, 3);
	assert_false(script->commands[0].from.has_name);
	script_release(script);
	script = parse_shell((char *[]){"type", "\"a\\nb\""}, 2);
	assert_string_equal(script->commands[0].text, "a\nb");
	script_release(script);
	script = parse_shell((char *[]){"tap", "New", "in", "Alert"}, 4);
	assert_string_equal(script->commands[0].from.name.within, "Alert");
	script_release(script);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_every_command),
	    cmocka_unit_test(has_defaults),
	    cmocka_unit_test(reads_names),
	    cmocka_unit_test(skips_comments_and_blanks),
	    cmocka_unit_test(reads_escapes),
	    cmocka_unit_test(names_what_is_wrong),
	    cmocka_unit_test(refuses_what_is_no_text),
	    cmocka_unit_test(takes_words_of_a_shell),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
