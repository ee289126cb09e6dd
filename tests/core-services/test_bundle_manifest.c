/* A malformed manifest: an error that names the file, the line, and what was expected. */
#include "test.h"

#include <cs/bundle.h>

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

/* One line that is wrong in an otherwise good manifest, on line 7, and what is said about it. */
static void each_mistake_is_named(void **state)
{
	static const struct {
		const char *key, *line, *said;
	} cases[] = {
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
	    {"x", "\"colour\": \"red\"", "colour: this key is not known; expected one of id, name"},
	};
	static const struct {
		const char *key, *line;
	} good[] = {
	    {"id", "\"id\": \"org.strata.notes\""}, {"name", "\"name\": \"Notes\""},
	    {"version", "\"version\": \"1\""},      {"api", "\"api\": 1"},
	    {"module", "\"module\": \"notes.so\""},
	};
	for (size_t i = 0; i < OS_ARRAY_LEN(cases); i++) {
		char text[800] = "{";
		for (size_t g = 0; g < OS_ARRAY_LEN(good); g++) {
			bool left_out = strcmp(good[g].key, cases[i].key) == 0;
			strcat(text, left_out ? "" : good[g].line);
			strcat(text, left_out ? "\n" : ",\n");
		}
		strcat(text, "\n");
		strcat(text, cases[i].line);
		strcat(text, "\n}");
		struct cs_manifest manifest;
		struct os_error error = {0};
		assert_int_equal(parse(text, CS_BUNDLE_OF_USER, &manifest, &error), -EBADMSG);
		if (strstr(error.text, cases[i].said) == NULL ||
		    strncmp(error.text, "manifest.json:7: ", 17) != 0) {
			fail_msg("%s: %s", cases[i].line, error.text);
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
	    cmocka_unit_test(each_mistake_is_named),
	    cmocka_unit_test(what_is_missing_is_named),
	    cmocka_unit_test(memory_may_run_out),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
