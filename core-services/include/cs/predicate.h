/* Predicate: which objects a fetch wants (NSPredicate).
 *
 *	struct cs_predicate *wanted = cs_predicate_and(
 *		cs_predicate_int(NOTE_PINNED, CS_EQUAL, true),
 *		cs_predicate_text(NOTE_TEXT, CS_CONTAINS, "milk", CS_FOLDED));
 *	…
 *	os_release(wanted);
 *
 * A predicate is compiled to SQL with bound values, so that indexes work, and evaluated in C on
 * objects that are not in the file yet; both give the same answer. and, or and not take the
 * caller's references over. Predicates are immutable os_objects. NULL, where a predicate is asked
 * for, is "all". One that does not fit its entity (text asked of a number) makes the fetch fail with
 * -EINVAL. Thread: any. */
#ifndef CS_PREDICATE_H
#define CS_PREDICATE_H

#include <cs/model.h>
#include <os/object.h>

struct cs_predicate;

enum cs_comparison {
	CS_EQUAL,
	CS_NOT_EQUAL,
	CS_LESS,
	CS_LESS_EQUAL,
	CS_GREATER,
	CS_GREATER_EQUAL,
	CS_CONTAINS,    /* text only */
	CS_BEGINS_WITH, /* text only; uses an index where the attribute has one that fits */
};
enum cs_text_options { CS_EXACT, CS_FOLDED /* without regard to case, <cs/strings.h> */ };

/* For integers, dates, bools (0 and 1) and relations (the object's id; 0 is none). */
CS_PUBLIC struct cs_predicate *cs_predicate_int(uint32_t attribute, enum cs_comparison comparison,
						int64_t value);
CS_PUBLIC struct cs_predicate *cs_predicate_real(uint32_t attribute, enum cs_comparison comparison,
						 double value);
/* The text is copied. NULL if there is no memory for it. */
CS_PUBLIC struct cs_predicate *cs_predicate_text(uint32_t attribute, enum cs_comparison comparison,
						 const char *text, enum cs_text_options options);
CS_PUBLIC struct cs_predicate *cs_predicate_id(enum cs_comparison comparison, int64_t id);

/* A NULL side is dropped: and(a, NULL) is a. At most 32 levels deep. */
CS_PUBLIC struct cs_predicate *cs_predicate_and(struct cs_predicate *a, struct cs_predicate *b);
CS_PUBLIC struct cs_predicate *cs_predicate_or(struct cs_predicate *a, struct cs_predicate *b);
CS_PUBLIC struct cs_predicate *cs_predicate_not(struct cs_predicate *a);

#endif
