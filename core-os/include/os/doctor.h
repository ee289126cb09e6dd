/* Doctor: what this machine has of what Strata needs, one fact at a time (`strata doctor`).
 *
 *	struct os_doctor_fact facts[OS_DOCTOR_FACTS_MAX];
 *	size_t count = os_doctor_collect(facts, OS_DOCTOR_FACTS_MAX);
 *	for (size_t i = 0; i < count; i++) {
 *		printf("%-16s %s\n", facts[i].name, facts[i].sentence);
 *	}
 *
 * Who knows more (the board: display and touch) appends its own facts with os_doctor_add. Nothing is
 * changed by looking. Thread: one (the walls are tried in a child process). */
#ifndef OS_DOCTOR_H
#define OS_DOCTOR_H

#include <os/base.h>

#define OS_DOCTOR_FACTS_MAX 24

enum os_doctor_state {
	OS_DOCTOR_OK,
	OS_DOCTOR_MISSING, /* Strata does less without it, or apps do not start: the sentence says which */
	OS_DOCTOR_NOTE     /* neither good nor bad */
};

struct os_doctor_fact {
	char name[32];      /* "kernel", "user-namespaces", … : fixed words, for programs */
	enum os_doctor_state state;
	char sentence[240]; /* for people */
	char mend[240];     /* a command, "" if there is nothing to mend */
};

/* Kernel, each wall, limits, fonts. Returns the number of facts. */
OS_PUBLIC size_t os_doctor_collect(struct os_doctor_fact *facts, size_t capacity);
/* Appends one, if there is room. Returns the new number. */
OS_PUBLIC size_t os_doctor_add(struct os_doctor_fact *facts, size_t count, size_t capacity,
                               const char *name, enum os_doctor_state state, const char *mend,
                               const char *format, ...) OS_PRINTF(7, 8);
OS_PUBLIC const char *os_doctor_state_name(enum os_doctor_state state); /* "ok", "missing", "note" */

#endif
