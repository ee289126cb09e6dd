/* A domain as text:
 *
 *	{"keys": {"look": {"revision": 1669135623000001, "value": "dark"},
 *	          "old": {"revision": 1669135623000002}},
 *	 "revision": 1669135623000002} */
#include <cs/settings.h>

#include <os/memory.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "json_check.h"
#include "settings_store.h"

char *cs_domain_copy_text(const struct cs_domain *domain)
{
	struct cs_builder *builder = cs_builder_create();
	cs_builder_begin_dictionary(builder);
	cs_builder_key(builder, "keys");
	cs_builder_begin_dictionary(builder);
	struct os_map_cursor cursor = {0};
	while (os_map_next(domain->entries, &cursor)) {
		const struct cs_setting_entry *entry = cursor.value;
		cs_builder_key(builder, cursor.key);
		cs_builder_begin_dictionary(builder);
		cs_builder_key(builder, "revision");
		cs_builder_int(builder, (int64_t)entry->revision);
		if (entry->value != NULL) {
			cs_builder_key(builder, "value");
			cs_builder_value(builder, entry->value);
		}
		cs_builder_end(builder);
	}
	cs_builder_end(builder);
	cs_builder_key(builder, "revision");
	cs_builder_int(builder, (int64_t)domain->revision);
	cs_builder_end(builder);
	struct cs_value *value = cs_builder_finish(builder);
	char *text = value == NULL ? NULL : cs_value_copy_text(value, CS_WRITE_PRETTY);
	os_release(value);
	return text;
}

static bool fits_message(const struct cs_value *value)
{
	struct os_buffer text = {0};
	cs_value_write(value, CS_WRITE_COMPACT, &text);
	bool fits = !text.failed && text.length <= CS_SETTINGS_MAX_BYTES;
	os_buffer_finish(&text);
	return fits;
}

static int check_entry(const struct cs_json_source *source, const struct cs_domain *domain,
		       const char *key, const struct cs_value *entry)
{
	char path[128];
	snprintf(path, sizeof(path), "keys.%.100s", key);
	struct cs_value *value = cs_value_get(entry, "value");
	if (cs_value_int(cs_value_get(entry, "revision"), 0) <= 0 ||
	    cs_value_count(entry) != (value == NULL ? 1 : 2)) {
		return cs_json_fail(source, path,
				    "expected an object with a revision from 1 and a value");
	}
	if (value != NULL && !fits_message(value)) {
		return cs_json_fail(source, path, "expected a value of at most %d bytes",
				    CS_SETTINGS_MAX_BYTES);
	}
	struct os_error error;
	bool known = strcmp(domain->name, CS_DOMAIN_DEVICE) == 0 && cs_setting_find(key) != NULL;
	if (known && value != NULL && cs_setting_check(key, value, &error) < 0) {
		return cs_json_fail(source, path, "%s", error.text);
	}
	return 0;
}

static int check_whole(const struct cs_json_source *source, const struct cs_domain *domain,
		       const struct cs_value *whole)
{
	struct cs_value *keys = cs_value_get(whole, "keys");
	if (cs_value_kind(keys) != CS_VALUE_DICTIONARY ||
	    cs_value_int(cs_value_get(whole, "revision"), 0) <= 0) {
		return cs_json_fail(source, "",
				    "expected an object with \"keys\" and \"revision\"");
	}
	if (cs_value_count(keys) > CS_SETTINGS_MAX_KEYS) {
		return cs_json_fail(source, "keys", "expected at most %d keys",
				    CS_SETTINGS_MAX_KEYS);
	}
	int result = 0;
	for (size_t i = 0; result == 0 && i < cs_value_count(keys); i++) {
		result =
		    check_entry(source, domain, cs_value_key_at(keys, i), cs_value_at(keys, i));
	}
	return result;
}

int cs_domain_read_text(struct cs_domain *domain, const char *text, size_t length, const char *file,
			struct os_error *ret_error)
{
	struct cs_value *whole;
	int result = cs_value_parse(text, length, file, &whole, ret_error);
	if (result < 0) {
		return result;
	}
	const struct cs_json_source source = {file, text, length, ret_error};
	result = check_whole(&source, domain, whole);
	struct cs_value *keys = result < 0 ? NULL : cs_value_get(whole, "keys");
	if (result == 0) {
		domain->revision = (uint64_t)cs_value_int(cs_value_get(whole, "revision"), 0);
	}
	for (size_t i = 0; i < cs_value_count(keys); i++) {
		struct cs_value *from = cs_value_at(keys, i);
		struct cs_setting_entry *entry = os_alloc(sizeof(*entry));
		entry->value = os_retain(cs_value_get(from, "value"));
		entry->revision = (uint64_t)cs_value_int(cs_value_get(from, "revision"), 0);
		domain->revision = OS_MAX(domain->revision, entry->revision);
		os_map_set(domain->entries, cs_value_key_at(keys, i), entry);
	}
	os_release(whole);
	return result;
}
