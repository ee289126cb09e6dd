/* A manifest from anywhere: it is refused with a sentence that names file and line, or it is whole
 * and within its bounds. The same bytes as JSON: what was read and written again is the same.
 * F35 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cs/bundle.h>

#include <os/memory.h>
#include <os/path.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void check_manifest(const struct cs_manifest *manifest)
{
	bool sound = cs_manifest_is_id(manifest->id) && manifest->name[0] != '\0' &&
		     os_path_is_safe(manifest->module) && manifest->api >= 1 &&
		     manifest->api <= CS_API_LEVEL &&
		     cs_value_kind(manifest->value) == CS_VALUE_DICTIONARY &&
		     (manifest->icon[0] == '\0' || os_path_is_safe(manifest->icon));
	if (!sound) {
		abort();
	}
}

static void write_and_read_again(const struct cs_value *value)
{
	for (int style = CS_WRITE_COMPACT; style <= CS_WRITE_PRETTY; style++) {
		char *text = cs_value_copy_text(value, style);
		struct cs_value *again;
		if (strlen(text) <= CS_VALUE_MAX_BYTES) {
			if (cs_value_parse(text, strlen(text), "x", &again, NULL) < 0 ||
			    !cs_value_equal(value, again)) {
				abort();
			}
			os_release(again);
		}
		os_free(text);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	char *text = malloc(length + 1); /* files are read with a NUL behind them */
	memcpy(text, bytes, length);
	text[length] = '\0';
	enum cs_bundle_origin origin = length & 1 ? CS_BUNDLE_OF_USER : CS_BUNDLE_OF_SYSTEM;
	struct cs_manifest manifest;
	struct os_error error;
	if (cs_manifest_parse(text, length, "manifest.json", origin, &manifest, &error) >= 0) {
		check_manifest(&manifest);
		cs_manifest_finish(&manifest);
	} else if (strncmp(error.text, "manifest.json:", 14) != 0) {
		abort();
	}
	struct cs_value *value;
	if (cs_value_parse(text, length, "x", &value, NULL) >= 0) {
		write_and_read_again(value);
		os_release(value);
	}
	free(text);
	return 0;
}
