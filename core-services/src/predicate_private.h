/* What a predicate is made of; for predicate.c, predicate_sql.c and predicate_match.c. */
#ifndef CS_PREDICATE_PRIVATE_H
#define CS_PREDICATE_PRIVATE_H

#include <cs/predicate.h>

enum cs_predicate_kind {
	CS_PREDICATE_INT,
	CS_PREDICATE_REAL,
	CS_PREDICATE_TEXT,
	CS_PREDICATE_AND,
	CS_PREDICATE_OR,
	CS_PREDICATE_NOT,
};
#define CS_PREDICATE_OF_ID UINT32_MAX /* as an attribute: the object's id */

struct cs_predicate_body {
	enum cs_predicate_kind kind;
	uint32_t attribute;
	enum cs_comparison comparison;
	bool folded;
	int depth;
	int64_t integer;
	double real;
	char *text;            /* owned; range_end lies in the same memory */
	const char *range_end; /* the first text, in both orders, that does not begin with `text` */
	struct cs_predicate *left, *right; /* owned */
};

extern const struct os_class cs_predicate_class;
const struct cs_predicate_body *cs_predicate_body(const struct cs_predicate *predicate);

#endif
