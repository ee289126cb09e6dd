/* Status: what a function says when it cannot do what it was asked.
 *
 * A function returns 0 or a positive value, or a negative -Exxx of errno(3). Where a person has to
 * be told more than a number (which file, which line, what was expected), the function takes a
 * `struct os_error *ret_error`, which may be NULL.
 *
 *	struct os_error error;
 *	if (cs_value_parse(bytes, n, "manifest.json", &value, &error) < 0) {
 *		fprintf(stderr, "%s\n", error.text);       manifest.json:3: expected a string
 *	}
 */
#ifndef OS_STATUS_H
#define OS_STATUS_H

#include <os/base.h>

struct os_error {
	int status;      /* the same negative -Exxx that was returned */
	char text[480];  /* one sentence for a person, no newline; names file and line where known */
};

/* Fills error (NULL is allowed) and returns status, so that `return os_error_set(…)` reads well. */
OS_PUBLIC int os_error_set(struct os_error *error, int status, const char *format, ...) OS_PRINTF(3, 4);

/* Returns the plain English of a status, as strerror does, in static or thread storage. */
OS_PUBLIC const char *os_status_text(int status);

/* Makes text of any bytes, in place: each sequence that is not UTF-8, or that was cut, is a '?'. No
 * message takes anything else, and names of files, functions and apps come from outside. */
OS_PUBLIC void os_text_mend(char *text);

#endif
