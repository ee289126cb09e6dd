/* "hardware": the lines of the board that an app may ask the supervisor for (os/hardware.h).
 *
 *	{"name": "relay", "kind": "gpio-output", "line": "GPIO17", "active-low": true}
 *	{"name": "door", "kind": "gpio-input", "chip": "gpiochip0", "line": 4, "edge": "both", "pull": "up"}
 *	{"name": "meter", "kind": "i2c", "bus": 1, "address": 72}
 *	{"name": "scale", "kind": "serial", "device": "serial0", "speed": 9600} */
#include "bundle_private.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <os/buffer.h>

#include "json_check.h"

#define OUTPUT (1u << OS_HARDWARE_GPIO_OUTPUT)
#define INPUT (1u << OS_HARDWARE_GPIO_INPUT)
#define GPIO (OUTPUT | INPUT)
#define I2C (1u << OS_HARDWARE_I2C)
#define SERIAL (1u << OS_HARDWARE_SERIAL)

struct part {
	const struct cs_json_source *source;
	const char *path; /* "hardware[2].edge" */
	const struct cs_value *value;
	struct os_hardware_entry *entry;
};

static int fail(const struct part *part, const char *expected)
{
	return cs_json_fail(part->source, part->path, "expected %s", expected);
}

static int take_text(const struct part *part, char *ret_text, size_t size, const char *expected)
{
	const char *text = cs_value_string(part->value);
	if (text == NULL || text[0] == '\0' || strlen(text) >= size) {
		return fail(part, expected);
	}
	snprintf(ret_text, size, "%s", text);
	return 0;
}

static int take_number(const struct part *part, int32_t *ret_number, const char *expected)
{
	int64_t number = cs_value_int(part->value, -1);
	if (cs_value_kind(part->value) != CS_VALUE_INT || number < 0 || number > 10000000) {
		return fail(part, expected);
	}
	*ret_number = (int32_t)number;
	return 0;
}

/* A word that stands for flags; words end with NULL. */
struct word {
	const char *word;
	uint32_t flags;
};

static int take_word(const struct part *part, const struct word *words, const char *expected)
{
	const char *text = cs_value_string(part->value);
	for (; text != NULL && words->word != NULL; words++) {
		if (strcmp(words->word, text) == 0) {
			part->entry->flags |= words->flags;
			return 0;
		}
	}
	return fail(part, expected);
}

/* --- Single keys ------------------------------------------------------------------------------- */

static int take_name(const struct part *part)
{
	return take_text(part, part->entry->name, sizeof(part->entry->name),
			 "a name of 1 to 31 letters a-z, digits and '-'");
}

static int take_chip(const struct part *part)
{
	return take_text(part, part->entry->device, sizeof(part->entry->device),
			 "a chip's name or label such as \"gpiochip0\"");
}

static int take_line(const struct part *part)
{
	const char *expected = "a line's number, or its name such as \"GPIO17\"";
	if (cs_value_kind(part->value) == CS_VALUE_INT) {
		return take_number(part, &part->entry->number, expected);
	}
	part->entry->number = -1;
	return take_text(part, part->entry->line, sizeof(part->entry->line), expected);
}

static int take_active_low(const struct part *part)
{
	if (cs_value_kind(part->value) != CS_VALUE_BOOL) {
		return fail(part, "true or false");
	}
	part->entry->flags |= cs_value_bool(part->value, false) ? OS_HARDWARE_ACTIVE_LOW : 0;
	return 0;
}

static int take_edge(const struct part *part)
{
	static const struct word words[] = {{"both", OS_HARDWARE_RISING | OS_HARDWARE_FALLING},
					    {"rising", OS_HARDWARE_RISING},
					    {"falling", OS_HARDWARE_FALLING},
					    {"none", 0},
					    {NULL, 0}};
	return take_word(part, words, "\"both\", \"rising\", \"falling\" or \"none\"");
}

static int take_pull(const struct part *part)
{
	static const struct word words[] = {
	    {"up", OS_HARDWARE_PULL_UP}, {"down", OS_HARDWARE_PULL_DOWN}, {NULL, 0}};
	return take_word(part, words, "\"up\" or \"down\"");
}

static int take_bus(const struct part *part)
{
	return take_number(part, &part->entry->number, "a bus's number");
}

static int take_value(const struct part *part)
{
	return take_number(part, &part->entry->value, "a whole number");
}

static int take_device(const struct part *part)
{
	return take_text(part, part->entry->device, sizeof(part->entry->device),
			 "a serial port such as \"serial0\" or \"ttyUSB0\"");
}

static const struct {
	const char *key;
	uint32_t kinds, required; /* by these; OUTPUT | … */
	int (*take)(const struct part *part);
} s_keys[] = {
    {"name", GPIO | I2C | SERIAL, GPIO | I2C | SERIAL, take_name},
    {"kind", GPIO | I2C | SERIAL, 0, NULL}, /* read before all others */
    {"chip", GPIO, 0, take_chip},
    {"line", GPIO, GPIO, take_line},
    {"active-low", GPIO, 0, take_active_low},
    {"edge", INPUT, 0, take_edge},
    {"pull", INPUT, 0, take_pull},
    {"bus", I2C, I2C, take_bus},
    {"address", I2C, I2C, take_value},
    {"device", SERIAL, SERIAL, take_device},
    {"speed", SERIAL, SERIAL, take_value},
};

/* --- One line, and all --------------------------------------------------------------------------- */

static int refuse_unknown(const struct part *line)
{
	uint32_t kind = 1u << line->entry->kind;
	for (size_t i = 0; i < cs_value_count(line->value); i++) {
		const char *key = cs_value_key_at(line->value, i);
		bool known = false;
		for (size_t k = 0; k < OS_ARRAY_LEN(s_keys); k++) {
			known |= strcmp(key, s_keys[k].key) == 0 && (s_keys[k].kinds & kind) != 0;
		}
		if (!known) {
			char path[96];
			snprintf(path, sizeof(path), "%s.%.60s", line->path, key);
			return cs_json_fail(line->source, path, "a line of kind %s has no such key",
					    os_hardware_kind_name(line->entry->kind));
		}
	}
	return 0;
}

static int take_keys(const struct part *line)
{
	uint32_t kind = 1u << line->entry->kind;
	int result = 0;
	for (size_t k = 0; k < OS_ARRAY_LEN(s_keys) && result == 0; k++) {
		char path[64];
		const struct cs_value *value = cs_value_get(line->value, s_keys[k].key);
		snprintf(path, sizeof(path), "%s.%s", line->path, s_keys[k].key);
		struct part part = {line->source, path, value, line->entry};
		if (value == NULL && (s_keys[k].required & kind) != 0) {
			return cs_json_fail(line->source, line->path, "expected the key \"%s\"",
					    s_keys[k].key);
		}
		result = value != NULL && s_keys[k].take != NULL ? s_keys[k].take(&part) : 0;
	}
	return result;
}

/* An input without a word about it tells of every change. */
static void fill_edge(const struct part *line)
{
	if (line->entry->kind == OS_HARDWARE_GPIO_INPUT && cs_value_get(line->value, "edge") == NULL) {
		line->entry->flags |= OS_HARDWARE_RISING | OS_HARDWARE_FALLING;
	}
}

static int take_whole(const struct part *line)
{
	const char *kind = cs_value_string(cs_value_get(line->value, "kind"));
	line->entry->kind = kind == NULL ? 0 : os_hardware_kind_named(kind);
	if (line->entry->kind == 0) {
		return cs_json_fail(
		    line->source, line->path,
		    "expected an object with the kind gpio-output, gpio-input, i2c or serial");
	}
	int result = refuse_unknown(line);
	if (result == 0) {
		result = take_keys(line);
	}
	if (result < 0) {
		return result;
	}
	fill_edge(line);
	struct os_error error;
	return os_hardware_check(line->entry, &error) < 0
		   ? cs_json_fail(line->source, line->path, "%s", error.text)
		   : 0;
}

static bool is_named_before(const struct cs_manifest *manifest, const char *name)
{
	for (uint32_t i = 0; i < manifest->hardware_count; i++) {
		if (strcmp(manifest->hardware[i].name, name) == 0) {
			return true;
		}
	}
	return false;
}

int cs_bundle_take_hardware(const struct cs_json_source *source, const char *key,
			    const struct cs_value *value, struct cs_manifest *manifest)
{
	if (cs_value_kind(value) != CS_VALUE_ARRAY || cs_value_count(value) > OS_HARDWARE_MAX) {
		return cs_json_fail(source, key, "expected an array of at most %d lines of the board",
				    OS_HARDWARE_MAX);
	}
	for (size_t i = 0; i < cs_value_count(value); i++) {
		char path[32];
		struct os_hardware_entry *entry = &manifest->hardware[manifest->hardware_count];
		snprintf(path, sizeof(path), "%s[%zu]", key, i);
		*entry = (struct os_hardware_entry){.kind = 0};
		struct part line = {source, path, cs_value_at(value, i), entry};
		int result = take_whole(&line);
		if (result < 0) {
			return result;
		}
		if (is_named_before(manifest, entry->name)) {
			return cs_json_fail(source, path, "another line has the name \"%s\"",
					    entry->name);
		}
		manifest->hardware_count++;
	}
	return 0;
}

void cs_bundle_write_hardware(const struct cs_manifest *manifest, struct os_buffer *text)
{
	for (uint32_t i = 0; i < manifest->hardware_count; i++) {
		char where[96];
		const struct os_hardware_entry *entry = &manifest->hardware[i];
		os_hardware_describe(entry, where, sizeof(where));
		os_buffer_printf(text, "%s%s %s %s", i == 0 ? "" : "\n", entry->name,
				 os_hardware_kind_name(entry->kind), where);
	}
}
