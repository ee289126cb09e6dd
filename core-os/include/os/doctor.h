/* Doctor: what this machine has of what Strata needs, one fact at a time (`strata doctor`).
 *
 *	struct os_doctor doctor;
 *	os_doctor_collect(&doctor);
 *	for (size_t i = 0; i < doctor.count; i++) {
 *		printf("%-16s %s\n", doctor.facts[i].name, doctor.facts[i].sentence);
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
	char sentence[480]; /* for people */
	char mend[240];     /* a command, "" if there is nothing to mend */
};

struct os_doctor {
	struct os_doctor_fact facts[OS_DOCTOR_FACTS_MAX];
	size_t count;
};

/* Kernel, each wall, limits, fonts. */
OS_PUBLIC void os_doctor_collect(struct os_doctor *ret_doctor);
/* Appends one, while there is room. mend: "" or NULL if there is nothing to mend. */
OS_PUBLIC void os_doctor_add(struct os_doctor *doctor, const char *name, enum os_doctor_state state,
                             const char *mend, const char *format, ...) OS_PRINTF(5, 6);
OS_PUBLIC const char *os_doctor_state_name(enum os_doctor_state state); /* "ok", "missing", "note" */

#endif
