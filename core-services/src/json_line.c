/* Finds the line of a value in JSON text, which jansson does not keep. The text has been parsed
 * before, so this scanner may be simple; it still never reads past its end. */
#include <stdlib.h>
#include <string.h>

#include "value_private.h"

struct scan {
	const char *at, *end;
	int line;
};

static void skip_blanks(struct scan *scan)
{
	while (scan->at < scan->end && strchr(" \t\r\n,:", *scan->at) != NULL) {
		scan->line += *scan->at == '\n';
		scan->at++;
	}
}

static void skip_string(struct scan *scan)
{
	scan->at++;
	while (scan->at < scan->end && *scan->at != '"') {
		scan->at += *scan->at == '\\' ? 2 : 1;
	}
	scan->at++;
}

static void skip_value(struct scan *scan)
{
	int depth = 0;
	do {
		skip_blanks(scan);
		if (scan->at >= scan->end) {
			return;
		}
		char c = *scan->at;
		if (c == '"') {
			skip_string(scan);
		} else if (c == '[' || c == '{') {
			depth++;
			scan->at++;
		} else if (c == ']' || c == '}') {
			depth--;
			scan->at++;
		} else {
			scan->at += strcspn(scan->at, " \t\r\n,:]}[{\"");
		}
	} while (depth > 0);
}

/* Goes to the value of the key, or to the element; false: there is none, and the scan stands where
 * the container began. */
static bool enter(struct scan *scan, const char *key, size_t key_length, long index)
{
	skip_blanks(scan);
	struct scan start = *scan;
	bool wants_key = key != NULL;
	if (scan->at >= scan->end || *scan->at != (wants_key ? '{' : '[')) {
		return false;
	}
	scan->at++;
	for (long i = 0;; i++) {
		skip_blanks(scan);
		if (scan->at >= scan->end || *scan->at == '}' || *scan->at == ']') {
			*scan = start;
			return false;
		}
		if (!wants_key && i == index) {
			return true;
		}
		if (wants_key) {
			const char *name = scan->at + 1;
			skip_string(scan);
			size_t length = scan->at > name ? (size_t)(scan->at - 1 - name) : 0;
			if (length == key_length && memcmp(name, key, length) == 0) {
				return true;
			}
		}
		skip_value(scan);
	}
}

int cs_json_line(const char *bytes, size_t length, const char *path)
{
	struct scan scan = {bytes, bytes + length, 1};
	bool found = true;
	while (found && *path != '\0') {
		if (*path == '[') {
			char *after;
			long index = strtol(path + 1, &after, 10);
			path = *after == ']' ? after + 1 : after;
			found = enter(&scan, NULL, 0, index);
		} else {
			path += *path == '.';
			size_t key_length = strcspn(path, ".[");
			found = enter(&scan, path, key_length, 0);
			path += key_length;
		}
	}
	if (*path != '\0' || !found) {
		return scan.line;
	}
	struct scan before = scan;
	skip_blanks(&before);
	return before.line;
}
