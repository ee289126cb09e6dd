#include "json_text.h"

#include <math.h>
#include <stdlib.h>

void ui_json_text(struct os_buffer *json, const char *text)
{
	os_buffer_add_char(json, '"');
	for (const char *c = text; *c != '\0'; c++) {
		if (*c == '"' || *c == '\\') {
			os_buffer_add_char(json, '\\');
			os_buffer_add_char(json, *c);
		} else if ((unsigned char)*c < 0x20) {
			os_buffer_printf(json, "\\u%04x", (unsigned)*c);
		} else {
			os_buffer_add_char(json, *c);
		}
	}
	os_buffer_add_char(json, '"');
}

static void number(struct os_buffer *json, double value)
{
	long long hundredths = llround(value * 100);
	unsigned long long size = (unsigned long long)llabs(hundredths);
	os_buffer_printf(json, "%s%llu", hundredths < 0 ? "-" : "", size / 100);
	if (size % 100 != 0) {
		os_buffer_printf(json, ".%02llu",
				 size % 100); /* not by %f: it follows the locale */
	}
}

void ui_json_rect(struct os_buffer *json, const char *name, struct md_rect rect)
{
	const double values[] = {rect.x, rect.y, rect.width, rect.height};
	os_buffer_printf(json, ",\"%s\":[", name);
	for (int i = 0; i < 4; i++) {
		os_buffer_add_text(json, i > 0 ? "," : "");
		number(json, values[i]);
	}
	os_buffer_add_char(json, ']');
}
