/* F138: recordings of panels as text: read as they are written, and refused with the line. */
#include "test.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "recording.h"

#define HEAD "N: a panel\nI: 0018 0001 0002 0003\nA: 35 0 799 0 0 5\nA: 36 0 479 0 0\n"

static int parse(const char *text, char why[PANEL_RECORDING_WHY])
{
	struct panel_recording recording;
	int result = panel_recording_parse(text, strlen(text), &recording, why);
	if (result == 0) {
		panel_recording_finish(&recording);
	}
	return result;
}

static void a_whole_one(void **state)
{
	static const char s_text[] =
	    "# EVEMU 1.3\r\nN: a  panel \nI: 0018 0416 038f 0010\nP: 02 00\nB: 00 0b\nB: 01 00 00 00 00 00 00 00 00\n"
	    "A: 2f 0 4 0 0 0\nA: 30 0 255 0 0 0\nA: 35 0 799 1 2 5\nA: 36 -10 479 0 0\n\nE: 0.000001 0003 0039 0045\t# down\n"
	    "E: 12.345678 0000 0000 0";
	struct panel_recording recording;
	char why[PANEL_RECORDING_WHY];
	assert_int_equal(panel_recording_parse(s_text, strlen(s_text), &recording, why), 0);
	assert_string_equal(recording.name, "a  panel ");
	assert_int_equal(recording.panel.vendor, 0x416);
	assert_int_equal(recording.panel.slots, 5);
	assert_int_equal(recording.panel.major_max, 255);
	assert_int_equal(recording.panel.x.resolution, 5);
	assert_int_equal(recording.panel.y.min, -10);
	assert_int_equal(recording.panel.flags, TOUCH_PANEL_DIRECT | TOUCH_PANEL_NO_BUTTON);
	assert_int_equal(recording.count, 2);
	assert_int_equal(recording.events[0].code, ABS_MT_TRACKING_ID);
	assert_int_equal(recording.events[0].value, 45);
	assert_int_equal(recording.events[1].input_event_sec, 12);
	assert_int_equal(recording.events[1].input_event_usec, 345678);
	panel_recording_finish(&recording);
}

static void what_is_wrong_is_said_with_its_line(void **state)
{
	static const struct { const char *text, *why; } s_cases[] = {
	    {"", "line 0: there is no line N:"},
	    {"N: x\n", "line 1: there is no line A:"},
	    {"hello\n", "line 1: expected N:"},
	    {"X: 1\n", "line 1: expected N:"},
	    {"N:\n", "line 1: expected N: NAME"},
	    {"I: 18 1 2\n", "line 1: expected I:"},
	    {"I: 10018 1 2 3\n", "line 1: expected I:"},
	    {"P: 02 zz\n", "line 1: expected hexadecimal"},
	    {"B: 40 00\n", "line 1: expected B:"},
	    {"A: 99 0 1 0 0 0\n", "line 1: expected A:"},
	    {"A: 35 0 99999999999 0 0 0\n", "line 1: expected A:"},
	    {"A: 35 0 1 0 0 0 7\n", "line 1: expected A:"},
	    {HEAD "E: 1 0003 0039 0\n", "line 5: expected E:"},
	    {HEAD "E: 1.5 0003 0039 0\n", "line 5: expected E:"},
	    {HEAD "E: 1.000000 0003 0039\n", "line 5: expected E:"},
	    {HEAD "E: 1.000000 0099 0039 1\n", "line 5: expected E:"},
	    {HEAD "E: 1.000000 0003 0039 99999999999\n", "line 5: expected E:"},
	    {HEAD "E: 99999999999999999999.000000 0003 0039 1\n", "line 5: expected E:"},
	    {HEAD "E: 1.000000 0000 0000 0\nE: 0.999999 0000 0000 0\n", "line 6: this event is older"},
	};
	for (size_t i = 0; i < sizeof(s_cases) / sizeof(s_cases[0]); i++) {
		char why[PANEL_RECORDING_WHY] = "";
		assert_int_equal(parse(s_cases[i].text, why), -1);
		if (strncmp(why, s_cases[i].why, strlen(s_cases[i].why)) != 0) {
			fail_msg("%zu: \"%s\", expected \"%s\"", i, why, s_cases[i].why);
		}
	}
	char why[PANEL_RECORDING_WHY] = "";
	struct panel_recording recording;
	assert_int_equal(panel_recording_parse("N: \0x\n", 6, &recording, why), -1);
	assert_int_equal(panel_recording_load("/nowhere.events", &recording, why), -1);
	assert_non_null(strstr(why, "No such file"));
}

/* All that lie in the folder, now and later. */
static void all_of_the_folder_are_good(void **state)
{
	DIR *folder = opendir(PANEL_RECORDINGS);
	assert_non_null(folder);
	struct dirent *entry;
	int count = 0;
	while ((entry = readdir(folder)) != NULL) {
		if (entry->d_name[0] == '.') {
			continue;
		}
		char path[1024], why[PANEL_RECORDING_WHY];
		snprintf(path, sizeof(path), "%s/%s", PANEL_RECORDINGS, entry->d_name);
		struct panel_recording recording;
		if (panel_recording_load(path, &recording, why) < 0) {
			fail_msg("%s: %s", entry->d_name, why);
		}
		assert_true(recording.count > 0);
		assert_int_equal(recording.events[recording.count - 1].type, EV_SYN);
		panel_recording_finish(&recording);
		count++;
	}
	closedir(folder);
	assert_true(count >= 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_whole_one),
	    cmocka_unit_test(what_is_wrong_is_said_with_its_line),
	    cmocka_unit_test(all_of_the_folder_are_good),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
