/* Fuzz target: recordings of panels. Whatever the bytes, they parse or are refused with a line. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "recording.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct panel_recording recording;
	char why[PANEL_RECORDING_WHY] = "";
	if (panel_recording_parse((const char *)bytes, length, &recording, why) < 0) {
		if (strncmp(why, "line ", 5) != 0) {
			abort(); /* a refusal names the place */
		}
		return 0;
	}
	if (recording.name[0] == '\0' || recording.panel.slots < 0) {
		abort();
	}
	panel_recording_finish(&recording);
	return 0;
}
