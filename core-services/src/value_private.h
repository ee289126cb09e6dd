/* What a value is made of; for value.c, value_builder.c and the JSON files. */
#ifndef CS_VALUE_PRIVATE_H
#define CS_VALUE_PRIVATE_H

#include <cs/value.h>

struct cs_value_body {
	enum cs_value_kind kind;
	union {
		bool flag;
		int64_t integer;
		double real;
		char *string;
	};
	struct cs_value **items; /* of an array or a dictionary; owned references */
	char **keys;             /* of a dictionary, sorted by their bytes; owned */
	size_t count;
};

extern const struct os_class cs_value_class;

struct cs_value *cs_value_create_kind(enum cs_value_kind kind, struct cs_value_body **ret_body);

/* The line (from 1) in JSON text known to be valid at which the value of `path` begins; a path is
 * keys and indices: "document-types[1].role", "" is the whole. The line of the last part that
 * exists if the rest does not. For an unknown key this is the line of the key itself. */
int cs_json_line(const char *bytes, size_t length, const char *path);

#endif
