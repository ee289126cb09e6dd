/* A malformed manifest: an error that names the file, the line, and what was expected. */
#include "test.h"

#include "bundle_private.h"

#include <os/memory.h>
#include <os/object.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static int parse(const char *text, enum cs_bundle_origin origin, struct cs_manifest *manifest,
		 struct os_error *error)
{
	return cs_manifest_parse(text, strlen(text), "manifest.json", origin, manifest, error);
}

static void a_whole_manifest_is_taken(void **state)
{
	const char *text = "{\"id\": \"org.strata.notes\", \"name\": \"Notes\", \"version\": "
			   "\"1.2.3\", \"api\": 1,\n"
			   "\"module\": \"lib/notes.so\", \"icon\": \"icon.png\", "
			   "\"entitlements\": [\"network\", \"settings\"],\n"
			   "\"url-schemes\": [\"notes\"], \"document-types\": [{\"type\": "
			   "\"text/plain\", \"role\": \"editor\"}],\n"
			   "\"usage\": {\"contacts\": \"To put a name beside a note.\"}}";
	struct cs_manifest manifest;
	struct os_error error = {0};
	if (parse(text, CS_BUNDLE_OF_SYSTEM, &manifest, &error) < 0) {
		fail_msg("%s", error.text);
	}
	assert_string_equal(manifest.id, "org.strata.notes");
	assert_string_equal(manifest.name, "Notes");
	assert_string_equal(manifest.version, "1.2.3");
	assert_string_equal(manifest.module, "lib/notes.so");
	assert_string_equal(manifest.icon, "icon.png");
	assert_string_equal(manifest.entitlements, "network settings");
	assert_int_equal(manifest.api, 1);
	assert_int_equal(cs_value_count(cs_value_get(manifest.value, "url-schemes")), 1);
	cs_manifest_finish(&manifest);
	assert_int_equal(parse(text, CS_BUNDLE_OF_USER, &manifest, &error), -EPERM);
	assert_non_null(strstr(
	    error.text, "manifest.json:2: entitlements[1]: \"settings\" is only for bundles"));
}

static void the_boards_lines_are_taken(void **state)
{
	const char *text =
	    "{\"id\": \"org.strata.panel\", \"name\": \"Panel\", \"version\": \"1\", \"api\": 1,"
	    "\"module\": \"panel.so\", \"entitlements\": [\"brightness\"], \"hardware\": ["
	    "{\"name\": \"relay\", \"kind\": \"gpio-output\", \"line\": \"GPIO17\", "
	    "\"active-low\": true},"
	    "{\"name\": \"door\", \"kind\": \"gpio-input\", \"chip\": \"gpiochip0\", \"line\": 4, "
	    "\"pull\": \"up\"},"
	    "{\"name\": \"meter\", \"kind\": \"i2c\", \"bus\": 1, \"address\": 72},"
	    "{\"name\": \"scale\", \"kind\": \"serial\", \"device\": \"serial0\", "
	    "\"speed\": 9600}]}";
	struct cs_manifest manifest;
	struct os_error error = {0};
	if (parse(text, CS_BUNDLE_OF_USER, &manifest, &error) < 0) {
		fail_msg("%s", error.text);
	}
	assert_int_equal(manifest.hardware_count, 4);
	assert_int_equal(manifest.hardware[0].flags, OS_HARDWARE_ACTIVE_LOW);
	assert_int_equal(manifest.hardware[0].number, -1);
	assert_int_equal(manifest.hardware[1].flags,
			 OS_HARDWARE_RISING | OS_HARDWARE_FALLING | OS_HARDWARE_PULL_UP);
	struct os_buffer lines = {0};
	cs_bundle_write_hardware(&manifest, &lines);
	assert_string_equal(os_buffer_text(&lines), "relay gpio-output line GPIO17\n"
						    "door gpio-input line 4 of gpiochip0\n"
						    "meter i2c bus 1, address 0x48\n"
						    "scale serial serial0 at 9600");
	os_buffer_finish(&lines);
	cs_manifest_finish(&manifest);
}

/* One line that is wrong in an otherwise good manifest, on line 7, and what is said about it. */
static const struct {
	const char *key, *line, *said;
} s_mistakes[] = {
    {"id", "\"id\": \"notes\"", "id: expected an id such as"},
    {"id", "\"id\": \"../evil.x\"", "id: expected an id"},
    {"id", "\"id\": \"a..b\"", "id: expected an id"},
    {"id", "\"id\": \".a.b\"", "id: expected an id"},
    {"name", "\"name\": \"\"", "name: expected a name of 1 to 30"},
    {"name", "\"name\": \"1234567890123456789012345678901\"",
     "name: expected a name of 1 to 30"},
    {"name", "\"name\": \"a\\nb\"", "name: expected a name"},
    {"version", "\"version\": 1.0", "version: expected a version"},
    {"version", "\"version\": \"1.0.\"", "version: expected a version"},
    {"version", "\"version\": \"1.2.3.4.5\"", "version: expected a version"},
    {"api", "\"api\": \"1\"", "api: expected a whole number"},
    {"api", "\"api\": 0", "api: expected a whole number"},
    {"api", "\"api\": 999", "this app was written for a newer Strata"},
    {"module", "\"module\": \"/usr/lib/x.so\"",
     "module: expected a path inside the bundle"},
    {"module", "\"module\": \"../x.so\"", "module: expected a path inside the bundle"},
    {"module", "\"module\": \"x.dll\"", "that ends in .so"},
    {"x", "\"icon\": \"icon.svg\"",
     "icon: expected a path inside the bundle that ends in .png"},
    {"x", "\"entitlements\": {}", "entitlements: expected an array"},
    {"x", "\"entitlements\": [\"root\"]",
     "entitlements[0]: expected an entitlement: network"},
    {"x", "\"entitlements\": [\"network\", 3]", "entitlements[1]: expected an entitlement"},
    {"x", "\"url-schemes\": [\"1notes\"]", "url-schemes[0]: expected a URL scheme"},
    {"x", "\"url-schemes\": \"notes\"", "url-schemes: expected an array"},
    {"x", "\"document-types\": [{\"type\": \"text\", \"role\": \"editor\"}]",
     "document-types[0]: expected {"},
    {"x", "\"document-types\": [{\"type\": \"a/b\", \"role\": \"owner\"}]",
     "document-types[0]: expected {"},
    {"x", "\"usage\": {\"fridge\": \"Why not.\"}", "usage.fridge: this is no resource"},
    {"x", "\"usage\": {\"contacts\": \"\"}", "usage.contacts: expected a sentence"},
    {"x", "\"role\": \"home\"", "role: expected"},
    {"x", "\"hardware\": {}", "hardware: expected an array of at most 8 lines"},
    {"x", "\"hardware\": [1]", "hardware[0]: expected an object with the kind"},
    {"x", "\"hardware\": [{\"kind\": \"disk\"}]", "hardware[0]: expected an object with"},
    {"x", "\"hardware\": [{\"kind\": \"i2c\", \"bus\": 1, \"address\": 72}]",
     "hardware[0]: expected the key \"name\""},
    {"x",
     "\"hardware\": [{\"name\": \"a\", \"kind\": \"i2c\", \"bus\": 1, \"address\": 720}]",
     "hardware[0]: expected an address from 8 to 119"},
    {"x",
     "\"hardware\": [{\"name\": \"a\", \"kind\": \"i2c\", \"bus\": 1.5, \"address\": 72}]",
     "hardware[0].bus: expected a bus's number"},
    {"x", "\"hardware\": [{\"name\": \"a\", \"kind\": \"gpio-output\", \"line\": 17}]",
     "hardware[0]: a line's number is expected to come with its chip"},
    {"x", "\"hardware\": [{\"name\": \"a\", \"kind\": \"gpio-output\", \"line\": {}}]",
     "hardware[0].line: expected a line's number, or its name"},
    {"x",
     "\"hardware\": [{\"name\": \"a\", \"kind\": \"gpio-output\", \"line\": \"X\", "
     "\"edge\": \"both\"}]",
     "hardware[0].edge: a line of kind gpio-output has no such key"},
    {"x",
     "\"hardware\": [{\"name\": \"a\", \"kind\": \"gpio-input\", \"line\": \"X\", "
     "\"edge\": \"up\"}]",
     "hardware[0].edge: expected \"both\", \"rising\""},
    {"x",
     "\"hardware\": [{\"name\": \"a\", \"kind\": \"serial\", \"device\": \"../mem\", "
     "\"speed\": 9600}]",
     "hardware[0]: expected a serial port such as"},
    {"x",
     "\"hardware\": [{\"name\": \"A b\", \"kind\": \"gpio-input\", \"line\": \"X\"}]",
     "hardware[0]: expected a name of 1 to 31 letters"},
    {"x",
     "\"hardware\": [{\"name\": \"a\", \"kind\": \"gpio-input\", \"line\": \"X\"}, "
     "{\"name\": \"a\", \"kind\": \"gpio-input\", \"line\": \"Y\"}]",
     "hardware[1]: another line has the name"},
    {"x", "\"colour\": \"red\"", "colour: this key is not known; expected one of id, name"},
};

static void each_mistake_is_named(void **state)
{
	static const struct {
		const char *key, *line;
	} good[] = {
	    {"id", "\"id\": \"org.strata.notes\""}, {"name", "\"name\": \"Notes\""},
	    {"version", "\"version\": \"1\""},      {"api", "\"api\": 1"},
	    {"module", "\"module\": \"notes.so\""},
	};
	for (size_t i = 0; i < OS_ARRAY_LEN(s_mistakes); i++) {
		char text[800] = "{";
		for (size_t g = 0; g < OS_ARRAY_LEN(good); g++) {
			bool left_out = strcmp(good[g].key, s_mistakes[i].key) == 0;
			strcat(text, left_out ? "" : good[g].line);
			strcat(text, left_out ? "\n" : ",\n");
		}
		strcat(text, "\n");
		strcat(text, s_mistakes[i].line);
		strcat(text, "\n}");
		struct cs_manifest manifest;
		struct os_error error = {0};
		assert_int_equal(parse(text, CS_BUNDLE_OF_USER, &manifest, &error), -EBADMSG);
		if (strstr(error.text, s_mistakes[i].said) == NULL ||
		    strncmp(error.text, "manifest.json:7: ", 17) != 0) {
			fail_msg("%s: %s", s_mistakes[i].line, error.text);
		}
	}
}

static void what_is_missing_is_named(void **state)
{
	struct cs_manifest manifest;
	struct os_error error;
	assert_int_equal(parse("{\"id\": \"a.b\", \"name\": \"x\", \"version\": \"1\", \"api\": 1}",
			       CS_BUNDLE_OF_USER, &manifest, &error),
			 -EBADMSG);
	assert_string_equal(error.text, "manifest.json:1: expected the key \"module\"");
	assert_int_equal(parse("[]", CS_BUNDLE_OF_USER, &manifest, &error), -EBADMSG);
	assert_non_null(strstr(error.text, "expected an object"));
	assert_int_equal(parse("{", CS_BUNDLE_OF_USER, &manifest, &error), -EBADMSG);
	char *large = calloc(1, CS_MANIFEST_MAX_BYTES + 2);
	memset(large, ' ', CS_MANIFEST_MAX_BYTES + 1);
	assert_int_equal(parse(large, CS_BUNDLE_OF_USER, &manifest, &error), -EFBIG);
	free(large);
	assert_int_equal(os_object_live_total(), 0);
}

static void memory_may_run_out(void **state)
{
	const char *text = "{\"id\": \"a.b\", \"name\": \"x\", \"version\": \"1\", \"api\": 1, "
			   "\"module\": \"m.so\"}";
	for (uint64_t n = 1; n < 8; n++) {
		struct cs_manifest manifest;
		os_try_alloc_fail_at(n);
		int result = parse(text, CS_BUNDLE_OF_USER, &manifest, NULL);
		os_try_alloc_fail_at(0);
		assert_true(result == 0 || result == -ENOMEM);
		if (result == 0) {
			cs_manifest_finish(&manifest);
		}
		assert_int_equal(os_object_live_total(), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_whole_manifest_is_taken),
	    cmocka_unit_test(the_boards_lines_are_taken),
	    cmocka_unit_test(each_mistake_is_named),
	    cmocka_unit_test(what_is_missing_is_named),
	    cmocka_unit_test(memory_may_run_out),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
