/* DWARF expressions, as far as call frame information uses them: what linkers write for procedure
 * linkage tables and libc for signal frames. */
#include "crash_cfi.h"

#include <string.h>

#define DEPTH 32

uint64_t crash_cursor_u(struct crash_cursor *cursor, size_t bytes)
{
	uint64_t value = 0;
	if (bytes > 8 || (size_t)(cursor->end - cursor->at) < bytes) {
		cursor->failed = true;
		cursor->at = cursor->end;
		return 0;
	}
	memcpy(&value, cursor->at, bytes);
	cursor->at += bytes;
	return value;
}

uint64_t crash_cursor_uleb(struct crash_cursor *cursor)
{
	uint64_t value = 0;
	for (unsigned shift = 0; shift < 70; shift += 7) {
		uint8_t byte = (uint8_t)crash_cursor_u(cursor, 1);
		value |= shift < 64 ? (uint64_t)(byte & 0x7f) << shift : 0;
		if ((byte & 0x80) == 0) {
			return value;
		}
	}
	cursor->failed = true;
	return 0;
}

int64_t crash_cursor_sleb(struct crash_cursor *cursor)
{
	uint64_t value = 0;
	for (unsigned shift = 0; shift < 70; shift += 7) {
		uint8_t byte = (uint8_t)crash_cursor_u(cursor, 1);
		value |= shift < 64 ? (uint64_t)(byte & 0x7f) << shift : 0;
		if ((byte & 0x80) == 0) {
			if ((byte & 0x40) != 0 && shift + 7 < 64) {
				value |= ~0ull << (shift + 7);
			}
			return (int64_t)value;
		}
	}
	cursor->failed = true;
	return 0;
}

struct machine {
	uint64_t values[DEPTH];
	size_t depth;
	bool failed;
};

static void push(struct machine *machine, uint64_t value)
{
	if (machine->depth == DEPTH) {
		machine->failed = true;
		return;
	}
	machine->values[machine->depth++] = value;
}

static uint64_t pop(struct machine *machine)
{
	if (machine->depth == 0) {
		machine->failed = true;
		return 0;
	}
	return machine->values[--machine->depth];
}

static int64_t sign(uint64_t value, unsigned bytes)
{
	unsigned shift = 64 - 8 * bytes;
	return (int64_t)(value << shift) >> shift;
}

/* DW_OP_const1u (0x08) to DW_OP_consts (0x11). */
static void push_constant(struct machine *machine, struct crash_cursor *cursor, uint8_t op)
{
	static const uint8_t sizes[] = {1, 1, 2, 2, 4, 4, 8, 8};
	if (op == 0x10) {
		push(machine, crash_cursor_uleb(cursor));
	} else if (op == 0x11) {
		push(machine, (uint64_t)crash_cursor_sleb(cursor));
	} else {
		uint8_t size = sizes[op - 0x08];
		uint64_t value = crash_cursor_u(cursor, size);
		push(machine, (op & 1) != 0 ? (uint64_t)sign(value, size) : value);
	}
}

static void calculate(struct machine *machine, uint8_t op)
{
	uint64_t b = pop(machine), a = pop(machine);
	switch (op) {
	case 0x1a: /* and */
		return push(machine, a & b);
	case 0x1c: /* minus */
		return push(machine, a - b);
	case 0x1e: /* mul */
		return push(machine, a * b);
	case 0x21: /* or */
		return push(machine, a | b);
	case 0x22: /* plus */
		return push(machine, a + b);
	case 0x24: /* shl */
		return push(machine, b < 64 ? a << b : 0);
	case 0x25: /* shr */
		return push(machine, b < 64 ? a >> b : 0);
	case 0x29: /* eq */
		return push(machine, a == b);
	case 0x2a: /* ge */
		return push(machine, (int64_t)a >= (int64_t)b);
	case 0x2b: /* gt */
		return push(machine, (int64_t)a > (int64_t)b);
	case 0x2c: /* le */
		return push(machine, (int64_t)a <= (int64_t)b);
	case 0x2d: /* lt */
		return push(machine, (int64_t)a < (int64_t)b);
	case 0x2e: /* ne */
		return push(machine, a != b);
	default:
		machine->failed = true;
	}
}

static void dereference(struct machine *machine, const struct crash_stack *stack)
{
	uint64_t word = 0;
	if (!stack->read(stack->context, pop(machine), &word)) {
		machine->failed = true;
	}
	push(machine, word);
}

static void execute(struct machine *machine, struct crash_cursor *cursor, uint8_t op,
		    const struct crash_frame *frame, const struct crash_stack *stack)
{
	if (op >= 0x30 && op <= 0x4f) { /* lit0 to lit31 */
		push(machine, op - 0x30u);
	} else if (op >= 0x70 && op <= 0x8f) { /* breg0 to breg31 */
		int64_t offset = crash_cursor_sleb(cursor);
		unsigned number = op - 0x70u;
		machine->failed = machine->failed || number >= CRASH_REGISTERS;
		push(machine,
		     number < CRASH_REGISTERS ? frame->registers[number] + (uint64_t)offset : 0);
	} else if (op >= 0x08 && op <= 0x11) {
		push_constant(machine, cursor, op);
	} else if (op == 0x06) {
		dereference(machine, stack);
	} else if (op == 0x12) { /* dup */
		uint64_t value = pop(machine);
		push(machine, value);
		push(machine, value);
	} else if (op == 0x13) { /* drop */
		(void)pop(machine);
	} else if (op == 0x23) { /* plus_uconst */
		push(machine, pop(machine) + crash_cursor_uleb(cursor));
	} else {
		calculate(machine, op);
	}
}

bool crash_expression(struct crash_cursor expression, const struct crash_frame *frame,
		      const struct crash_stack *stack, const uint64_t *initial, uint64_t *ret_value)
{
	struct machine machine = {.depth = 0};
	if (initial != NULL) {
		push(&machine, *initial);
	}
	/* There is no jump among the operations known here, so every expression ends. */
	while (expression.at < expression.end && !machine.failed && !expression.failed) {
		execute(&machine, &expression, (uint8_t)crash_cursor_u(&expression, 1), frame,
			stack);
	}
	uint64_t value = pop(&machine);
	if (machine.failed || expression.failed) {
		return false;
	}
	*ret_value = value;
	return true;
}
