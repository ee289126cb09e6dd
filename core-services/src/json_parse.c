/* The fence around jansson: text goes in, values come out, no json_t passes. */
#include <cs/value.h>

#include <os/file.h>

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <math.h>
#include <string.h>

#include "value_private.h"

/* jansson recurses to 2048 levels; what is deeper than our limit is refused before, with its line. */
static int check_depth(const char *bytes, size_t length, const char *file,
		       struct os_error *ret_error)
{
	int line = 1, depth = 0;
	bool in_string = false;
	for (size_t i = 0; i < length; i++) {
		char c = bytes[i];
		line += c == '\n';
		if (in_string) {
			i += c == '\\';
			in_string = c != '"';
		} else if (c == '"') {
			in_string = true;
		} else if (c == '[' || c == '{') {
			depth++;
		} else if (c == ']' || c == '}') {
			depth--;
		}
		if (depth > CS_VALUE_MAX_DEPTH) {
			return os_error_set(ret_error, -EBADMSG,
					    "%s:%d: expected at most %d levels of nesting", file,
					    line, CS_VALUE_MAX_DEPTH);
		}
	}
	return 0;
}

static void build(const json_t *json, struct cs_builder *builder);

static void build_items(const json_t *json, struct cs_builder *builder)
{
	if (json_is_array(json)) {
		cs_builder_begin_array(builder);
		for (size_t i = 0; i < json_array_size(json); i++) {
			build(json_array_get(json, i), builder);
		}
	} else {
		cs_builder_begin_dictionary(builder);
		void *at = json_object_iter((json_t *)json);
		for (; at != NULL; at = json_object_iter_next((json_t *)json, at)) {
			cs_builder_key(builder, json_object_iter_key(at));
			build(json_object_iter_value(at), builder);
		}
	}
	cs_builder_end(builder);
}

static void build(const json_t *json, struct cs_builder *builder)
{
	switch (json_typeof(json)) {
	case JSON_OBJECT:
	case JSON_ARRAY:
		build_items(json, builder);
		break;
	case JSON_STRING:
		cs_builder_string(builder, json_string_value(json));
		break;
	case JSON_INTEGER:
		cs_builder_int(builder, json_integer_value(json));
		break;
	case JSON_REAL:
		cs_builder_double(builder, json_real_value(json));
		break;
	case JSON_TRUE:
	case JSON_FALSE:
		cs_builder_bool(builder, json_is_true(json));
		break;
	case JSON_NULL:
		cs_builder_value(builder, NULL);
		break;
	}
}

int cs_value_parse(const char *bytes, size_t length, const char *file, struct cs_value **ret_value,
		   struct os_error *ret_error)
{
	if (length > CS_VALUE_MAX_BYTES) {
		return os_error_set(ret_error, -EFBIG, "%s: expected at most %d bytes, it has %zu",
				    file, CS_VALUE_MAX_BYTES, length);
	}
	int result = check_depth(bytes, length, file, ret_error);
	if (result < 0) {
		return result;
	}
	json_error_t error;
	json_t *json = json_loadb(length > 0 ? bytes : "", length,
				  JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
	if (json == NULL) {
		return os_error_set(ret_error, -EBADMSG, "%s:%d: expected valid JSON: %s", file,
				    OS_MAX(error.line, 1), error.text);
	}
	struct cs_builder *builder = cs_builder_create();
	build(json, builder);
	json_decref(json);
	struct cs_value *value = cs_builder_finish(builder);
	if (value == NULL) {
		return os_error_set(ret_error, -ENOMEM, "%s: not enough memory to read it", file);
	}
	*ret_value = value;
	return 0;
}

int cs_value_read_file(int folder, const char *path, struct cs_value **ret_value,
		       struct os_error *ret_error)
{
	struct os_buffer bytes = {0};
	int result = os_file_read(folder, path, CS_VALUE_MAX_BYTES, &bytes);
	if (result < 0) {
		os_buffer_finish(&bytes);
		return os_error_set(ret_error, result, "%s: %s", path, os_status_text(result));
	}
	result = cs_value_parse(os_buffer_text(&bytes), bytes.length, path, ret_value, ret_error);
	os_buffer_finish(&bytes);
	return result;
}
