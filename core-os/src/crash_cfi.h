/* Call frame information: how to come from one frame to its caller (DWARF 5, section 6.4, and the
 * Linux Standard Base's .eh_frame). The tables may be an app's: all reading is bounded, and a table that
 * makes no sense ends the walk. */
#ifndef CRASH_CFI_H
#define CRASH_CFI_H

#include "crash_elf.h"
#include "crash_record.h"

struct crash_frame {
	uint64_t pc;
	uint64_t registers[CRASH_REGISTERS];
	bool is_exact; /* pc is the instruction itself, not a return address */
};

/* Reads one word of the stack that was recorded. */
struct crash_stack {
	bool (*read)(const void *context, uint64_t address, uint64_t *ret_word);
	const void *context;
};

/* address: of frame->pc, as the file counts. Changes frame to its caller's; false if it has none, or if
 * the file does not say. */
bool crash_cfi_step(const struct crash_elf *elf, uint64_t address, const struct crash_stack *stack,
		    struct crash_frame *frame);

/* --- Its parts, for tests ---------------------------------------------------------------------------- */

struct crash_cursor {
	const uint8_t *at, *end;
	bool failed;
};

uint64_t crash_cursor_u(struct crash_cursor *cursor, size_t bytes);
uint64_t crash_cursor_uleb(struct crash_cursor *cursor);
int64_t crash_cursor_sleb(struct crash_cursor *cursor);
/* crash_expression.c. initial: what is on the stack before (a CFA), if has_initial. */
bool crash_expression(struct crash_cursor expression, const struct crash_frame *frame,
		      const struct crash_stack *stack, const uint64_t *initial,
		      uint64_t *ret_value);

#endif
