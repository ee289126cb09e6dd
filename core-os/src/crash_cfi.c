#include "crash_cfi.h"

#include <string.h>

#define STATES_MAX 8

/* Encodings of pointers (LSB, DW_EH_PE_…). */
#define PE_OMIT 0xff
#define PE_FORMAT 0x0f
#define PE_RELATIVE 0x70
#define PE_PC 0x10

enum rule_kind { SAME, UNDEFINED, AT_CFA, CFA_PLUS, IN_REGISTER, EXPRESSION, EXPRESSION_VALUE };

struct rule {
	enum rule_kind kind;
	int64_t number; /* offset or register */
	struct crash_cursor expression;
};

/* One row of the table: how to find the CFA, and each register of the caller. */
struct row {
	bool cfa_is_expression;
	uint64_t cfa_register;
	int64_t cfa_offset;
	struct crash_cursor cfa_expression;
	struct rule rules[CRASH_REGISTERS];
};

struct cie {
	uint64_t code_align, return_register;
	int64_t data_align;
	uint8_t encoding;
	bool has_augmentation, is_signal_frame;
	struct crash_cursor instructions;
};

struct program {
	const struct cie *cie;
	struct row row, initial, states[STATES_MAX];
	size_t state_count;
	uint64_t location, wanted;
};

/* --- Finding the entry ---------------------------------------------------------------------------------- */

static uint64_t address_of(const struct crash_elf *elf, const struct crash_cursor *cursor)
{
	return elf->frames_address + (uint64_t)(cursor->at - elf->frames);
}

static uint64_t read_pointer(const struct crash_elf *elf, struct crash_cursor *cursor,
			     uint8_t encoding)
{
	uint64_t here = address_of(elf, cursor), value;
	switch (encoding & PE_FORMAT) {
	case 0x00: /* absptr */
	case 0x04: /* udata8 */
	case 0x0c: /* sdata8 */
		value = crash_cursor_u(cursor, 8);
		break;
	case 0x02: /* udata2 */
		value = crash_cursor_u(cursor, 2);
		break;
	case 0x03: /* udata4 */
		value = crash_cursor_u(cursor, 4);
		break;
	case 0x0a: /* sdata2 */
		value = (uint64_t)(int16_t)crash_cursor_u(cursor, 2);
		break;
	case 0x0b: /* sdata4 */
		value = (uint64_t)(int32_t)crash_cursor_u(cursor, 4);
		break;
	default:
		cursor->failed = true;
		return 0;
	}
	if ((encoding & PE_RELATIVE) == PE_PC) {
		value += here;
	} else if ((encoding & PE_RELATIVE) != 0) {
		cursor->failed = true;
	}
	return value;
}

/* Takes one entry off the front: its body, and where it begins. False at the end. */
static bool next_entry(struct crash_cursor *table, struct crash_cursor *ret_body)
{
	uint64_t length = crash_cursor_u(table, 4);
	if (length == 0xffffffffu) {
		length = crash_cursor_u(table, 8);
	}
	if (table->failed || length < 4 || length > (uint64_t)(table->end - table->at)) {
		return false;
	}
	*ret_body = (struct crash_cursor){table->at, table->at + length, false};
	table->at += length;
	return true;
}

static void parse_augmentation(const struct crash_elf *elf, struct crash_cursor *body,
			       const char *letters, struct cie *cie)
{
	uint64_t length = crash_cursor_uleb(body);
	if (length > (uint64_t)(body->end - body->at)) {
		body->failed = true;
		return;
	}
	const uint8_t *after = body->at + length;
	for (; *letters != '\0' && !body->failed; letters++) {
		switch (*letters) {
		case 'R':
			cie->encoding = (uint8_t)crash_cursor_u(body, 1);
			break;
		case 'L':
			(void)crash_cursor_u(body, 1);
			break;
		case 'P': {
			uint8_t encoding = (uint8_t)crash_cursor_u(body, 1);
			(void)read_pointer(elf, body, encoding);
			break;
		}
		case 'S':
			cie->is_signal_frame = true;
			break;
		case 'B': /* pointers are signed (aarch64) */
			break;
		default:
			letters +=
			    strlen(letters) - 1; /* unknown: the length leads past the rest */
			break;
		}
	}
	body->at = after;
}

static bool parse_cie(const struct crash_elf *elf, struct crash_cursor body, struct cie *cie)
{
	memset(cie, 0, sizeof(*cie));
	uint64_t id = crash_cursor_u(&body, 4), version = crash_cursor_u(&body, 1);
	const uint8_t *end =
	    body.at < body.end ? memchr(body.at, '\0', (size_t)(body.end - body.at)) : NULL;
	if (id != 0 || (version != 1 && version != 3) || end == NULL) {
		return false;
	}
	const char *letters = (const char *)body.at;
	body.at = end + 1;
	cie->code_align = crash_cursor_uleb(&body);
	cie->data_align = crash_cursor_sleb(&body);
	cie->return_register = version == 1 ? crash_cursor_u(&body, 1) : crash_cursor_uleb(&body);
	cie->has_augmentation = letters[0] == 'z';
	if (cie->has_augmentation) {
		parse_augmentation(elf, &body, letters + 1, cie);
	} else if (letters[0] != '\0') {
		return false;
	}
	cie->instructions = body;
	return !body.failed && cie->return_register < CRASH_REGISTERS;
}

/* The entry that covers an address, with its CIE parsed. */
static bool find_entry(const struct crash_elf *elf, uint64_t address, struct cie *cie,
		       uint64_t *ret_start, struct crash_cursor *ret_instructions)
{
	struct crash_cursor table = {elf->frames, elf->frames + elf->frames_length, false}, body;
	while (elf->frames != NULL && next_entry(&table, &body)) {
		const uint8_t *field = body.at;
		uint64_t back = crash_cursor_u(&body, 4);
		if (back == 0 || back > (uint64_t)(field - elf->frames)) {
			continue;
		}
		struct crash_cursor cie_table = {field - back, table.end, false}, cie_body;
		if (!next_entry(&cie_table, &cie_body) || !parse_cie(elf, cie_body, cie)) {
			continue;
		}
		uint64_t start = read_pointer(elf, &body, cie->encoding);
		uint64_t length = read_pointer(elf, &body, cie->encoding & PE_FORMAT);
		if (body.failed || address < start || address - start >= length) {
			continue;
		}
		if (cie->has_augmentation) {
			uint64_t skipped = crash_cursor_uleb(&body);
			body.at += OS_MIN(skipped, (uint64_t)(body.end - body.at));
		}
		*ret_start = start;
		*ret_instructions = body;
		return !body.failed;
	}
	return false;
}

/* --- Running the instructions -------------------------------------------------------------------------- */

static void set_rule(struct program *program, uint64_t number, enum rule_kind kind, int64_t value)
{
	if (number < CRASH_REGISTERS) {
		program->row.rules[number] = (struct rule){.kind = kind, .number = value};
	}
}

static struct crash_cursor read_block(struct crash_cursor *cursor)
{
	uint64_t length = crash_cursor_uleb(cursor);
	if (length > (uint64_t)(cursor->end - cursor->at)) {
		cursor->failed = true;
		length = 0;
	}
	struct crash_cursor block = {cursor->at, cursor->at + length, false};
	cursor->at += length;
	return block;
}

static void set_expression(struct program *program, struct crash_cursor *cursor,
			   enum rule_kind kind)
{
	uint64_t number = crash_cursor_uleb(cursor);
	struct crash_cursor block = read_block(cursor);
	if (number < CRASH_REGISTERS) {
		program->row.rules[number] = (struct rule){.kind = kind, .expression = block};
	}
}

static void set_cfa(struct program *program, uint64_t number, int64_t offset)
{
	program->row.cfa_is_expression = false;
	program->row.cfa_register = number;
	program->row.cfa_offset = offset;
}

static void keep_state(struct program *program, struct crash_cursor *cursor, bool restore)
{
	if (restore && program->state_count > 0) {
		program->row = program->states[--program->state_count];
	} else if (!restore && program->state_count < STATES_MAX) {
		program->states[program->state_count++] = program->row;
	} else {
		cursor->failed = true;
	}
}

static void restore_rule(struct program *program, uint64_t number)
{
	if (number < CRASH_REGISTERS) {
		program->row.rules[number] = program->initial.rules[number];
	}
}

/* The instructions that say where a register is. Offsets are factored by the CIE's alignment. */
static bool run_register(struct program *program, struct crash_cursor *cursor, uint8_t op)
{
	const int64_t align = program->cie->data_align;
	if (op == 0x10 || op == 0x16) {
		set_expression(program, cursor, op == 0x10 ? EXPRESSION : EXPRESSION_VALUE);
		return true;
	}
	if (!((op >= 0x05 && op <= 0x09) || op == 0x11 || op == 0x14 || op == 0x15 || op == 0x2f)) {
		return false;
	}
	uint64_t number = crash_cursor_uleb(cursor);
	switch (op) {
	case 0x05: /* offset_extended */
		set_rule(program, number, AT_CFA, (int64_t)crash_cursor_uleb(cursor) * align);
		break;
	case 0x06: /* restore_extended */
		restore_rule(program, number);
		break;
	case 0x07: /* undefined */
		set_rule(program, number, UNDEFINED, 0);
		break;
	case 0x08: /* same_value */
		set_rule(program, number, SAME, 0);
		break;
	case 0x09: /* register */
		set_rule(program, number, IN_REGISTER, (int64_t)crash_cursor_uleb(cursor));
		break;
	case 0x11: /* offset_extended_sf */
		set_rule(program, number, AT_CFA, crash_cursor_sleb(cursor) * align);
		break;
	case 0x14: /* val_offset */
		set_rule(program, number, CFA_PLUS, (int64_t)crash_cursor_uleb(cursor) * align);
		break;
	case 0x15: /* val_offset_sf */
		set_rule(program, number, CFA_PLUS, crash_cursor_sleb(cursor) * align);
		break;
	default: /* 0x2f: GNU_negative_offset_extended */
		set_rule(program, number, AT_CFA, -(int64_t)crash_cursor_uleb(cursor) * align);
		break;
	}
	return true;
}

static bool run_cfa(struct program *program, struct crash_cursor *cursor, uint8_t op)
{
	const int64_t align = program->cie->data_align;
	uint64_t number;
	switch (op) {
	case 0x0c: /* def_cfa */
		number = crash_cursor_uleb(cursor);
		set_cfa(program, number, (int64_t)crash_cursor_uleb(cursor));
		return true;
	case 0x0d: /* def_cfa_register */
		set_cfa(program, crash_cursor_uleb(cursor), program->row.cfa_offset);
		return true;
	case 0x0e: /* def_cfa_offset */
		program->row.cfa_offset = (int64_t)crash_cursor_uleb(cursor);
		return true;
	case 0x0f: /* def_cfa_expression */
		program->row.cfa_is_expression = true;
		program->row.cfa_expression = read_block(cursor);
		return true;
	case 0x12: /* def_cfa_sf */
		number = crash_cursor_uleb(cursor);
		set_cfa(program, number, crash_cursor_sleb(cursor) * align);
		return true;
	case 0x13: /* def_cfa_offset_sf */
		program->row.cfa_offset = crash_cursor_sleb(cursor) * align;
		return true;
	default:
		return false;
	}
}

static void run_other(struct program *program, struct crash_cursor *cursor, uint8_t op)
{
	const uint64_t align = program->cie->code_align;
	switch (op) {
	case 0x00: /* nop */
	case 0x2d: /* GNU_window_save; aarch64: the return address is signed from here */
		break;
	case 0x02: /* advance_loc1, 2, 4 */
	case 0x03:
	case 0x04:
		program->location += crash_cursor_u(cursor, 1u << (op - 2)) * align;
		break;
	case 0x0a:
	case 0x0b:
		keep_state(program, cursor, op == 0x0b);
		break;
	case 0x2e: /* GNU_args_size */
		(void)crash_cursor_uleb(cursor);
		break;
	default:
		cursor->failed = true;
	}
}

/* Up to the row that holds at program->wanted. */
static bool run(struct program *program, struct crash_cursor cursor)
{
	while (cursor.at < cursor.end && !cursor.failed && program->location <= program->wanted) {
		uint8_t op = (uint8_t)crash_cursor_u(&cursor, 1), low = op & 0x3f;
		switch (op & 0xc0) {
		case 0x40:
			program->location += low * program->cie->code_align;
			break;
		case 0x80:
			set_rule(program, low, AT_CFA,
				 (int64_t)crash_cursor_uleb(&cursor) * program->cie->data_align);
			break;
		case 0xc0:
			restore_rule(program, low);
			break;
		default:
			if (!run_register(program, &cursor, op) && !run_cfa(program, &cursor, op)) {
				run_other(program, &cursor, op);
			}
		}
	}
	return !cursor.failed;
}

/* --- Applying the row -------------------------------------------------------------------------------------- */

static bool find_cfa(const struct row *row, const struct crash_frame *frame,
		     const struct crash_stack *stack, uint64_t *ret_cfa)
{
	if (row->cfa_is_expression) {
		return crash_expression(row->cfa_expression, frame, stack, NULL, ret_cfa);
	}
	if (row->cfa_register >= CRASH_REGISTERS) {
		return false;
	}
	*ret_cfa = frame->registers[row->cfa_register] + (uint64_t)row->cfa_offset;
	return true;
}

static bool find_register(const struct rule *rule, uint64_t cfa, const struct crash_frame *frame,
			  const struct crash_stack *stack, uint64_t *value)
{
	uint64_t address;
	switch (rule->kind) {
	case SAME:
		return true;
	case UNDEFINED:
		*value = 0;
		return true;
	case AT_CFA:
		return stack->read(stack->context, cfa + (uint64_t)rule->number, value);
	case CFA_PLUS:
		*value = cfa + (uint64_t)rule->number;
		return true;
	case IN_REGISTER:
		*value = rule->number >= 0 && rule->number < CRASH_REGISTERS
			     ? frame->registers[rule->number]
			     : 0;
		return true;
	case EXPRESSION:
		return crash_expression(rule->expression, frame, stack, &cfa, &address) &&
		       stack->read(stack->context, address, value);
	case EXPRESSION_VALUE:
		return crash_expression(rule->expression, frame, stack, &cfa, value);
	}
	return false;
}

bool crash_cfi_step(const struct crash_elf *elf, uint64_t address, const struct crash_stack *stack,
		    struct crash_frame *frame)
{
	struct cie cie;
	struct program program = {.cie = &cie, .wanted = address};
	struct crash_cursor instructions;
	uint64_t start = 0, cfa = 0;
	if (!find_entry(elf, address, &cie, &start, &instructions)) {
		return false;
	}
	if (!run(&program, cie.instructions)) {
		return false;
	}
	program.initial = program.row;
	program.location = start;
	if (!run(&program, instructions) || !find_cfa(&program.row, frame, stack, &cfa)) {
		return false;
	}
	struct crash_frame caller = *frame;
	for (size_t i = 0; i < CRASH_REGISTERS; i++) {
		if (!find_register(&program.row.rules[i], cfa, frame, stack,
				   &caller.registers[i])) {
			return false;
		}
	}
	const struct rule *back = &program.row.rules[cie.return_register];
	if (back->kind == UNDEFINED || (back->kind == SAME && CRASH_RETURN == 16)) {
		return false; /* the outermost frame says so */
	}
	/* The stack pointer of the caller is the CFA, unless the row says otherwise (a signal frame does). */
	if (program.row.rules[CRASH_STACK_POINTER].kind == SAME) {
		caller.registers[CRASH_STACK_POINTER] = cfa;
	}
	caller.pc = caller.registers[cie.return_register];
	caller.is_exact = cie.is_signal_frame;
	bool moved = caller.pc != frame->pc || cfa != frame->registers[CRASH_STACK_POINTER];
	*frame = caller;
	return moved;
}
