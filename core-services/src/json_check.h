/* Checks of parsed JSON whose complaints name file and line: "manifest.json:3: name: expected …". */
#ifndef CS_JSON_CHECK_H
#define CS_JSON_CHECK_H

#include <cs/value.h>

struct cs_json_source {
	const char *file, *bytes; /* bytes end with a NUL */
	size_t length;
	struct os_error *error; /* may be NULL */
};

/* path as cs_json_line takes it. Returns -EBADMSG. */
int cs_json_fail(const struct cs_json_source *source, const char *path, const char *format, ...)
    OS_PRINTF(3, 4);

#endif
