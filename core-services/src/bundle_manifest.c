#include <cs/bundle.h>
#include <cs/permission.h>
#include <cs/strings.h>

#include <os/path.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "bundle_private.h"
#include "json_check.h"

static const struct {
	const char *name;
	bool only_system;
} s_entitlements[] = {
    {"network", false}, {"brightness", false}, {"system", true}, {"shell", true},
    {"settings", true}, {"bundles", true},     {"host", true},
};

static const char *const s_roles[] = {"home", "keyboard", NULL};

struct check {
	struct cs_json_source source;
	enum cs_bundle_origin origin;
	struct cs_manifest *manifest;
};

/* --- The shape of single values ---------------------------------------------------------------- */

bool cs_manifest_is_id(const char *id)
{
	size_t length = strlen(id);
	bool shape = length >= 3 && length <= 100 && id[0] != '.' && id[length - 1] != '.' &&
		     strchr(id, '.') != NULL && strstr(id, "..") == NULL;
	return shape &&
	       strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.") ==
		   length &&
	       id[0] != '-';
}

/* "1", "1.0", "1.0.12.3" */
static bool is_version(const char *text)
{
	int parts = 0;
	for (;;) {
		size_t digits = strspn(text, "0123456789");
		if (digits == 0 || digits > 6 || ++parts > 4) {
			return false;
		}
		text += digits;
		if (*text == '\0') {
			return true;
		}
		if (*text++ != '.') {
			return false;
		}
	}
}

static bool is_plain_text(const char *text, size_t most)
{
	size_t count = cs_text_count(text);
	bool blank = strspn(text, " ") == strlen(text);
	for (const char *at = text; *at != '\0'; at++) {
		if ((unsigned char)*at < 0x20 || *at == 0x7f) {
			return false;
		}
	}
	return !blank && count <= most;
}

static bool is_word(const char *text, size_t most)
{
	size_t length = strlen(text);
	return length > 0 && length <= most &&
	       strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-+.") == length;
}

static bool is_file(const char *text, const char *ending)
{
	size_t length = strlen(text), ending_length = strlen(ending);
	return length < 256 && length > ending_length && os_path_is_safe(text) &&
	       strcmp(text + length - ending_length, ending) == 0;
}

/* --- Single keys ------------------------------------------------------------------------------- */

static int check_id(struct check *check, const char *key, const struct cs_value *value)
{
	const char *text = cs_value_string(value);
	if (text == NULL || !cs_manifest_is_id(text)) {
		return cs_json_fail(&check->source, key,
				    "expected an id such as \"org.example.notes\"");
	}
	snprintf(check->manifest->id, sizeof(check->manifest->id), "%s", text);
	return 0;
}

static int check_name(struct check *check, const char *key, const struct cs_value *value)
{
	const char *text = cs_value_string(value);
	if (text == NULL || !is_plain_text(text, 30) ||
	    strlen(text) >= sizeof(check->manifest->name)) {
		return cs_json_fail(&check->source, key, "expected a name of 1 to 30 characters");
	}
	snprintf(check->manifest->name, sizeof(check->manifest->name), "%s", text);
	return 0;
}

static int check_version(struct check *check, const char *key, const struct cs_value *value)
{
	const char *text = cs_value_string(value);
	if (text == NULL || !is_version(text)) {
		return cs_json_fail(&check->source, key, "expected a version such as \"1.0\"");
	}
	snprintf(check->manifest->version, sizeof(check->manifest->version), "%s", text);
	return 0;
}

static int check_api(struct check *check, const char *key, const struct cs_value *value)
{
	int64_t api = cs_value_int(value, 0);
	if (api < 1 || api > 1000000) {
		return cs_json_fail(&check->source, key, "expected a whole number from 1");
	}
	if (api > CS_API_LEVEL) {
		return cs_json_fail(&check->source, key,
				    "expected at most %d: this app was written for a newer Strata",
				    CS_API_LEVEL);
	}
	check->manifest->api = (int)api;
	return 0;
}

static int check_module(struct check *check, const char *key, const struct cs_value *value)
{
	const char *text = cs_value_string(value);
	if (text == NULL || !is_file(text, ".so")) {
		return cs_json_fail(&check->source, key,
				    "expected a path inside the bundle that ends in .so");
	}
	snprintf(check->manifest->module, sizeof(check->manifest->module), "%s", text);
	return 0;
}

static int check_icon(struct check *check, const char *key, const struct cs_value *value)
{
	const char *text = cs_value_string(value);
	if (text != NULL && text[0] == '\0') {
		return 0; /* none: home and the keyboard are not among the icons */
	}
	if (text == NULL || !is_file(text, ".png")) {
		return cs_json_fail(&check->source, key,
				    "expected a path inside the bundle that ends in .png");
	}
	snprintf(check->manifest->icon, sizeof(check->manifest->icon), "%s", text);
	return 0;
}

static int check_role(struct check *check, const char *key, const struct cs_value *value)
{
	const char *text = cs_value_string(value);
	for (size_t i = 0;
	     text != NULL && s_roles[i] != NULL && check->origin == CS_BUNDLE_OF_SYSTEM; i++) {
		if (strcmp(text, s_roles[i]) == 0) {
			return 0;
		}
	}
	return cs_json_fail(
	    &check->source, key,
	    "expected \"home\" or \"keyboard\", of a bundle that comes with the system");
}

static int check_entitlement(struct check *check, const char *path, const char *name)
{
	for (size_t i = 0; name != NULL && i < OS_ARRAY_LEN(s_entitlements); i++) {
		if (strcmp(name, s_entitlements[i].name) != 0) {
			continue;
		}
		if (s_entitlements[i].only_system && check->origin != CS_BUNDLE_OF_SYSTEM) {
			cs_json_fail(&check->source, path,
				     "\"%s\" is only for bundles that come with the system", name);
			return -EPERM;
		}
		return 0;
	}
	return cs_json_fail(&check->source, path, "expected an entitlement: network, brightness%s",
			    check->origin == CS_BUNDLE_OF_SYSTEM
				? ", system, shell, settings, bundles or host"
				: "");
}

static int check_entitlements(struct check *check, const char *key, const struct cs_value *value)
{
	if (cs_value_kind(value) != CS_VALUE_ARRAY || cs_value_count(value) > 32) {
		return cs_json_fail(&check->source, key,
				    "expected an array of at most 32 entitlements");
	}
	char *text = check->manifest->entitlements;
	size_t length = 0;
	for (size_t i = 0; i < cs_value_count(value); i++) {
		char path[64];
		snprintf(path, sizeof(path), "%s[%zu]", key, i);
		const char *name = cs_value_string(cs_value_at(value, i));
		int result = check_entitlement(check, path, name);
		if (result < 0) {
			return result;
		}
		length +=
		    (size_t)snprintf(text + length, sizeof(check->manifest->entitlements) - length,
				     "%s%s", i == 0 ? "" : " ", name);
	}
	return 0;
}

static int check_schemes(struct check *check, const char *key, const struct cs_value *value)
{
	if (cs_value_kind(value) != CS_VALUE_ARRAY || cs_value_count(value) > 16) {
		return cs_json_fail(&check->source, key,
				    "expected an array of at most 16 URL schemes");
	}
	for (size_t i = 0; i < cs_value_count(value); i++) {
		const char *scheme = cs_value_string(cs_value_at(value, i));
		if (scheme == NULL || !is_word(scheme, 32) || scheme[0] < 'a') {
			char path[64];
			snprintf(path, sizeof(path), "%s[%zu]", key, i);
			return cs_json_fail(&check->source, path,
					    "expected a URL scheme such as \"notes\"");
		}
	}
	return 0;
}

/* {"type": "text/plain", "role": "viewer" or "editor"} */
static int check_document_type(struct check *check, const char *path, const struct cs_value *value)
{
	const char *type = cs_value_string(cs_value_get(value, "type"));
	const char *role = cs_value_string(cs_value_get(value, "role"));
	const char *slash = type == NULL ? NULL : strchr(type, '/');
	bool good_type =
	    slash != NULL && strlen(type) <= 80 && slash != type && is_word(slash + 1, 64);
	bool good_role =
	    role != NULL && (strcmp(role, "viewer") == 0 || strcmp(role, "editor") == 0);
	if (!good_type || !good_role || cs_value_count(value) != 2) {
		return cs_json_fail(&check->source, path,
				    "expected {\"type\": such as \"text/plain\", \"role\": "
				    "\"viewer\" or \"editor\"}");
	}
	return 0;
}

static int check_documents(struct check *check, const char *key, const struct cs_value *value)
{
	if (cs_value_kind(value) != CS_VALUE_ARRAY || cs_value_count(value) > 32) {
		return cs_json_fail(&check->source, key,
				    "expected an array of at most 32 document types");
	}
	for (size_t i = 0; i < cs_value_count(value); i++) {
		char path[64];
		snprintf(path, sizeof(path), "%s[%zu]", key, i);
		int result = check_document_type(check, path, cs_value_at(value, i));
		if (result < 0) {
			return result;
		}
	}
	return 0;
}

/* Why the app wants something of the user's: a sentence for each resource. */
static int check_usage(struct check *check, const char *key, const struct cs_value *value)
{
	if (cs_value_kind(value) != CS_VALUE_DICTIONARY) {
		return cs_json_fail(&check->source, key,
				    "expected an object of resources and sentences");
	}
	for (size_t i = 0; i < cs_value_count(value); i++) {
		const char *resource = cs_value_key_at(value, i);
		const char *sentence = cs_value_string(cs_value_at(value, i));
		char path[96];
		snprintf(path, sizeof(path), "%s.%.40s", key, resource);
		if (!cs_permission_is_resource(resource)) {
			return cs_json_fail(&check->source, path,
					    "this is no resource that an app may ask for");
		}
		if (sentence == NULL || !is_plain_text(sentence, 200)) {
			return cs_json_fail(&check->source, path,
					    "expected a sentence of 1 to 200 characters");
		}
	}
	return 0;
}

static int check_hardware(struct check *check, const char *key, const struct cs_value *value)
{
	return cs_bundle_take_hardware(&check->source, key, value, check->manifest);
}

/* --- The whole --------------------------------------------------------------------------------- */

static const struct {
	const char *key;
	bool required;
	int (*check)(struct check *check, const char *key, const struct cs_value *value);
} s_keys[] = {
    {"id", true, check_id},
    {"name", true, check_name},
    {"version", true, check_version},
    {"api", true, check_api},
    {"module", true, check_module},
    {"icon", false, check_icon},
    {"role", false, check_role},
    {"entitlements", false, check_entitlements},
    {"url-schemes", false, check_schemes},
    {"document-types", false, check_documents},
    {"usage", false, check_usage},
    {"hardware", false, check_hardware},
};

static int check_known(struct check *check, const struct cs_value *value)
{
	for (size_t i = 0; i < cs_value_count(value); i++) {
		const char *key = cs_value_key_at(value, i);
		bool known = false;
		for (size_t k = 0; k < OS_ARRAY_LEN(s_keys); k++) {
			known |= strcmp(key, s_keys[k].key) == 0;
		}
		if (!known) {
			char path[64];
			snprintf(path, sizeof(path), "%.60s", key);
			return cs_json_fail(
			    &check->source, path,
			    "this key is not known; expected one of id, name, version, "
			    "api, module, icon, entitlements, url-schemes, document-types, usage, hardware");
		}
	}
	return 0;
}

static int check_all(struct check *check, const struct cs_value *value)
{
	if (cs_value_kind(value) != CS_VALUE_DICTIONARY) {
		return cs_json_fail(
		    &check->source, "",
		    "expected an object with the keys id, name, version, api and module");
	}
	int result = check_known(check, value);
	for (size_t k = 0; result == 0 && k < OS_ARRAY_LEN(s_keys); k++) {
		struct cs_value *part = cs_value_get(value, s_keys[k].key);
		if (part != NULL) {
			result = s_keys[k].check(check, s_keys[k].key, part);
		} else if (s_keys[k].required) {
			result = cs_json_fail(&check->source, "", "expected the key \"%s\"",
					      s_keys[k].key);
		}
	}
	return result;
}

int cs_manifest_parse(const char *bytes, size_t length, const char *file,
		      enum cs_bundle_origin origin, struct cs_manifest *ret_manifest,
		      struct os_error *ret_error)
{
	if (length > CS_MANIFEST_MAX_BYTES) {
		return os_error_set(ret_error, -EFBIG, "%s: expected at most %d bytes, it has %zu",
				    file, CS_MANIFEST_MAX_BYTES, length);
	}
	struct cs_value *value;
	int result = cs_value_parse(bytes, length, file, &value, ret_error);
	if (result < 0) {
		return result;
	}
	struct cs_manifest manifest = {.value = value};
	struct check check = {{file, bytes, length, ret_error}, origin, &manifest};
	result = check_all(&check, value);
	if (result < 0) {
		os_release(value);
		return result;
	}
	*ret_manifest = manifest;
	return 0;
}

void cs_manifest_finish(struct cs_manifest *manifest)
{
	manifest->value = os_release(manifest->value);
}
