/* A keyboard layout, as a setting or as /etc/default/keyboard, from anywhere: it is refused, or it
 * is names of plain letters that fit, and reads the same when written again. F98 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "layout_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static int count_of(const char *text, char letter)
{
	int count = 0;
	for (; *text != '\0'; text++) {
		count += *text == letter;
	}
	return count;
}

static void check_names(const struct layout_names *names)
{
	const char *plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-,";
	if (names->count < 1 || names->count > LAYOUTS_MAX ||
	    names->layouts[strspn(names->layouts, plain)] != '\0' ||
	    names->variants[strspn(names->variants, plain)] != '\0' ||
	    count_of(names->layouts, ',') != names->count - 1 ||
	    count_of(names->variants, ',') != names->count - 1) {
		abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	char *text = malloc(length + 1);
	memcpy(text, bytes, length);
	text[length] = '\0';
	struct layout_names names;
	if (layout_text_parse(text, &names) == 0) {
		check_names(&names);
	}
	char found[LAYOUT_TEXT];
	if (layout_text_from_defaults(text, found, sizeof(found)) == 0) {
		if (layout_text_parse(found, &names) != 0) {
			abort();
		}
		check_names(&names);
	}
	free(text);
	return 0;
}
