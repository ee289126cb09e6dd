#include "json_check.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "value_private.h"

int cs_json_fail(const struct cs_json_source *source, const char *path, const char *format, ...)
{
	char text[300];
	va_list values;
	va_start(values, format);
	vsnprintf(text, sizeof(text), format, values);
	va_end(values);
	int line = cs_json_line(source->bytes, source->length, path);
	return os_error_set(source->error, -EBADMSG, "%s:%d: %s%s%s", source->file, line, path,
			    path[0] == '\0' ? "" : ": ", text);
}
