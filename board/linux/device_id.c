#include "device_id.h"

#include <stdio.h>
#include <string.h>

static char plain(char letter)
{
	if ((letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') ||
	    (letter != '\0' && strchr("-_.:/", letter) != NULL)) {
		return letter;
	}
	return letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : '-';
}

static void append(char *text, size_t size, const char *more)
{
	size_t length = strlen(text);
	for (; *more != '\0' && length + 1 < size; more++) {
		text[length++] = plain(*more);
	}
	text[length] = '\0';
}

void device_id_base(char *ret_id, size_t size, const struct device_identity *identity)
{
	snprintf(ret_id, size, "%04x:%04x:%04x:", identity->vendor, identity->product,
		 identity->version);
	append(ret_id, size, identity->name == NULL || identity->name[0] == '\0' ? "nameless"
										 : identity->name);
}

void device_id_whole(char *ret_id, size_t size, const char *base, const char *place)
{
	snprintf(ret_id, size, "%s@", base);
	append(ret_id, size, place == NULL || place[0] == '\0' ? "somewhere" : place);
}

void device_id_name(char *ret_name, size_t size, const char *name)
{
	size_t length = 0;
	for (; name != NULL && *name != '\0' && length + 1 < size; name++) {
		ret_name[length++] = *name >= ' ' && *name <= '~' ? *name : '?';
	}
	ret_name[length] = '\0';
	if (length == 0) {
		snprintf(ret_name, size, "(no name)");
	}
}
