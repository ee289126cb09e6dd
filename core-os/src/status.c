#include <os/status.h>

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int os_error_set(struct os_error *error, int status, const char *format, ...)
{
	if (error == NULL) {
		return status;
	}
	va_list values;
	va_start(values, format);
	error->status = status;
	vsnprintf(error->text, sizeof(error->text), format, values);
	va_end(values);
	/* Names of files and functions are any bytes, and a sentence may have been cut. */
	os_text_mend(error->text);
	return status;
}

const char *os_status_text(int status)
{
	return strerror(status < 0 ? -status : status);
}
