#include "options.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <os/status.h>

static bool is_key(const char *text, size_t length)
{
	const char *allowed = "abcdefghijklmnopqrstuvwxyz._-0123456789";
	return length > 0 && strspn(text, allowed) >= length;
}

int options_add(struct options *options, const char *key, const char *value)
{
	options_remove(options, key);
	size_t used = strlen(options->text);
	size_t needed = strlen(key) + strlen(value) + 2;
	if (used + needed + 1 > sizeof(options->text)) {
		return -E2BIG;
	}
	snprintf(options->text + used, sizeof(options->text) - used, "%s=%s\n", key, value);
	return 0;
}

int options_init(struct options *options, int argc, char **argv, struct os_error *ret_error)
{
	memset(options, 0, sizeof(*options));
	for (int i = 1; i < argc; i++) {
		const char *equals = strchr(argv[i], '=');
		size_t length = equals == NULL ? 0 : (size_t)(equals - argv[i]);
		char key[64];
		if (!is_key(argv[i], length) || length >= sizeof(key) || strchr(argv[i], '\n') != NULL) {
			return os_error_set(ret_error, -EINVAL, "\"%s\" is not key=value", argv[i]);
		}
		snprintf(key, sizeof(key), "%.*s", (int)length, argv[i]);
		if (options_add(options, key, equals + 1) < 0) {
			return os_error_set(ret_error, -E2BIG, "the options are longer than %zu bytes in all",
			                    sizeof(options->text) - 1);
		}
	}
	return 0;
}

static const char *find(const struct options *options, const char *key)
{
	size_t length = strlen(key);
	const char *at = options->text;
	while (*at != '\0') {
		if (strncmp(at, key, length) == 0 && at[length] == '=') {
			return at;
		}
		at = strchr(at, '\n') + 1;
	}
	return NULL;
}

bool options_get(const struct options *options, const char *key, char *ret_value, size_t size)
{
	const char *line = find(options, key);
	ret_value[0] = '\0';
	if (line == NULL) {
		return false;
	}
	const char *value = strchr(line, '=') + 1;
	snprintf(ret_value, size, "%.*s", (int)strcspn(value, "\n"), value);
	return true;
}

void options_remove(struct options *options, const char *key)
{
	const char *found = find(options, key);
	if (found != NULL) {
		char *line = options->text + (found - options->text);
		char *behind = strchr(line, '\n') + 1;
		memmove(line, behind, strlen(behind) + 1);
	}
}

void options_for_app(const struct options *options, bool fresh, struct options *ret_options)
{
	static const char *const shown[] = {"device",   "profile",  "orientation", "display",
	                                    "renderer", "headless", "walls", "board", "kiosk"};
	char value[256];
	memset(ret_options, 0, sizeof(*ret_options));
	for (size_t i = 0; i < OS_ARRAY_LEN(shown); i++) {
		if (options_get(options, shown[i], value, sizeof(value))) {
			options_add(ret_options, shown[i], value);
		}
	}
	if (fresh) {
		options_add(ret_options, "fresh", "yes");
	}
}
