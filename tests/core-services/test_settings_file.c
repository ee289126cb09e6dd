#include "test.h"

#include <os/memory.h>

#include <errno.h>
#include <stdlib.h>

#include "settings_store.h"

static struct cs_domain domain_of(const char *name)
{
	return (struct cs_domain){
	    .name = (char *)name, .revision = 7, .entries = os_map_create(OS_MAP_STRINGS)};
}

static void finish(struct cs_domain *domain)
{
	struct os_map_cursor cursor = {0};
	while (os_map_next(domain->entries, &cursor)) {
		struct cs_setting_entry *entry = cursor.value;
		os_release(entry->value);
		os_free(entry);
	}
	os_map_destroy(domain->entries);
}

static void text_comes_back_as_it_was(void **state)
{
	const char *text =
	    "{\n  \"keys\": {\n    \"gone\": {\n      \"revision\": 8\n    },\n    \"look\": {\n"
	    "      \"revision\": 9,\n      \"value\": \"dark\"\n    }\n  },\n  \"revision\": "
	    "9\n}\n";
	struct cs_domain domain = domain_of("device");
	struct os_error error;
	assert_int_equal(cs_domain_read_text(&domain, text, strlen(text), "f", &error), 0);
	assert_int_equal(domain.revision, 9);
	char *again = cs_domain_copy_text(&domain);
	assert_string_equal(again, text);
	os_free(again);
	finish(&domain);
}

static void a_value_is_no_longer_than_a_message_takes(void **state)
{
	char *text = calloc(1, 6000);
	strcpy(text, "{\"revision\": 1, \"keys\": {\"x\": {\"revision\": 1, \"value\": \"");
	size_t length = strlen(text);
	memset(text + length, 'x', CS_SETTINGS_MAX_BYTES);
	strcat(text, "\"}}}");
	struct cs_domain domain = domain_of("app.one");
	struct os_error error;
	assert_int_equal(cs_domain_read_text(&domain, text, strlen(text), "f", &error), -EBADMSG);
	assert_non_null(strstr(error.text, "f:1: keys.x: expected a value of at most 4096 bytes"));
	assert_int_equal(os_map_count(domain.entries), 0);
	free(text);
	finish(&domain);
}

/* A revision in a file is not below that of its keys, whatever it says. */
static void revisions_only_rise(void **state)
{
	const char *text = "{\"revision\": 3, \"keys\": {\"x\": {\"revision\": 50, \"value\": 1}}}";
	struct cs_domain domain = domain_of("app.one");
	assert_int_equal(cs_domain_read_text(&domain, text, strlen(text), "f", NULL), 0);
	assert_int_equal(domain.revision, 50);
	finish(&domain);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(text_comes_back_as_it_was),
	    cmocka_unit_test(a_value_is_no_longer_than_a_message_takes),
	    cmocka_unit_test(revisions_only_rise),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
