/* Fuzz target: finger scripts. Whatever the bytes, they parse or are refused with FILE:LINE. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "script.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct script *script = NULL;
	struct os_error error = {0};
	if (script_parse((const char *)bytes, length, "f", &script, &error) < 0) {
		if (strncmp(error.text, "f:", 2) != 0) {
			abort(); /* a refusal names the place */
		}
		return 0;
	}
	script_release(script);
	return 0;
}
