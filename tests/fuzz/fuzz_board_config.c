/* Fuzz target: board.conf. Whatever the bytes, they are read or refused with FILE:LINE, and what is
 * read is whole: every text ends, and a second reading of it is the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <os/board_config.h>
#include <os/status.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct os_board_config config, again;
	struct os_error error = {.text = ""};
	if (os_board_config_parse((const char *)bytes, length, "f", &config, &error) < 0) {
		if (strncmp(error.text, "f:", 2) != 0) {
			abort(); /* a refusal names the place */
		}
		return 0;
	}
	if (memchr(config.app, '\0', sizeof(config.app)) == NULL || config.home[0] != '/' ||
	    config.runtime[0] != '/' || config.device[0] == '\0') {
		abort();
	}
	if (os_board_config_parse((const char *)bytes, length, "f", &again, NULL) < 0 ||
	    memcmp(&config, &again, sizeof(config)) != 0) {
		abort();
	}
	return 0;
}
