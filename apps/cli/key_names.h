/* Key names: "return", "ctrl+z" and Linux's numbers for them. */
#ifndef CLI_KEY_NAMES_H
#define CLI_KEY_NAMES_H

#include <os/base.h>
#include <os/status.h>

struct key_stroke {
	uint32_t key;       /* KEY_… of linux/input-event-codes.h */
	uint32_t modifiers; /* enum os_key_modifiers */
	char text[8];       /* what an English keyboard makes of it, "" for none */
};

/* -EINVAL with a sentence that lists the names. */
int key_stroke_parse(const char *name, struct key_stroke *ret_stroke, struct os_error *ret_error);

#endif
