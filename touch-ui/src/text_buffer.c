#include "text_buffer.h"

#include <string.h>

#include <md/text_layout.h>
#include <os/memory.h>

#include "text_clean.h"
#include "text_history.h"

/* --- Life cycle and looking in ---------------------------------------------------------------- */

void text_buffer_init(struct text_buffer *buffer, const struct text_buffer_options *options)
{
	*buffer = (struct text_buffer){.options = *options};
	text_history_init(&buffer->history);
}

void text_buffer_finish(struct text_buffer *buffer)
{
	os_buffer_finish(&buffer->text);
	text_history_finish(&buffer->history);
}

const char *text_buffer_text(const struct text_buffer *buffer)
{
	return os_buffer_text(&buffer->text);
}

size_t text_buffer_length(const struct text_buffer *buffer)
{
	return buffer->text.length;
}

struct text_range text_buffer_selection(const struct text_buffer *buffer)
{
	return (struct text_range){OS_MIN(buffer->anchor, buffer->caret),
				   OS_MAX(buffer->anchor, buffer->caret)};
}

bool text_buffer_has_selection(const struct text_buffer *buffer)
{
	return buffer->anchor != buffer->caret;
}

/* --- Boundaries ------------------------------------------------------------------------------- */

/* Between two ASCII characters there is always a boundary: there is no CR in the text. */
static bool is_between_ascii(const struct text_buffer *buffer, size_t offset)
{
	const char *text = text_buffer_text(buffer);
	return (text[offset - 1] & 0x80) == 0 && (text[offset] & 0x80) == 0;
}

size_t text_buffer_snap(const struct text_buffer *buffer, size_t offset)
{
	size_t length = buffer->text.length;
	if (offset >= length) {
		return length;
	}
	if (offset == 0 || is_between_ascii(buffer, offset)) {
		return offset;
	}
	const char *text = text_buffer_text(buffer);
	return md_text_next_grapheme(text, length, md_text_previous_grapheme(text, length, offset));
}

size_t text_buffer_next(const struct text_buffer *buffer, enum text_unit unit, size_t offset)
{
	const char *text = text_buffer_text(buffer);
	size_t length = buffer->text.length;
	if (offset >= length || unit == TEXT_ALL) {
		return length;
	}
	if (unit == TEXT_WORD) {
		return text_buffer_snap(buffer, md_text_next_word(text, length, offset));
	}
	bool ascii = (text[offset] & 0x80) == 0 && (text[offset + 1] & 0x80) == 0;
	return ascii ? offset + 1 : md_text_next_grapheme(text, length, offset);
}

size_t text_buffer_previous(const struct text_buffer *buffer, enum text_unit unit, size_t offset)
{
	const char *text = text_buffer_text(buffer);
	size_t length = buffer->text.length;
	if (offset == 0 || unit == TEXT_ALL) {
		return 0;
	}
	if (unit == TEXT_WORD) {
		return text_buffer_snap(buffer, md_text_previous_word(text, length, offset));
	}
	bool ascii =
	    (text[offset - 1] & 0x80) == 0 && (offset == 1 || (text[offset - 2] & 0x80) == 0);
	return ascii ? offset - 1 : md_text_previous_grapheme(text, length, offset);
}

struct text_range text_buffer_word_at(const struct text_buffer *buffer, size_t offset)
{
	offset = text_buffer_snap(buffer, offset);
	struct text_range word;
	word.end = text_buffer_next(buffer, TEXT_WORD, offset);
	word.start = text_buffer_previous(buffer, TEXT_WORD, word.end);
	if (word.start <= offset && offset < word.end) {
		return word;
	}
	/* Right behind a word means the word, too. */
	word.start = text_buffer_previous(buffer, TEXT_WORD, offset);
	word.end = text_buffer_next(buffer, TEXT_WORD, word.start);
	if (word.end == offset) {
		return word;
	}
	return (struct text_range){offset, text_buffer_next(buffer, TEXT_GRAPHEME, offset)};
}

/* --- Changes ---------------------------------------------------------------------------------- */

/* False, and nothing has happened, when there is no memory for it. */
static bool splice(struct text_buffer *buffer, struct text_range range, const char *text,
		   size_t length)
{
	os_buffer_insert(&buffer->text, range.end, text, length);
	if (buffer->text.failed) {
		buffer->text.failed = false;
		return false;
	}
	os_buffer_remove(&buffer->text, range.start, range.end - range.start);
	if (buffer->options.changed != NULL) {
		buffer->options.changed(buffer->options.context, range.start,
					range.end - range.start, length);
	}
	return true;
}

static void put_caret(struct text_buffer *buffer, size_t offset)
{
	buffer->caret = buffer->anchor = text_buffer_snap(buffer, offset);
}

/* What was marked stays, as if it had been typed. */
static void settle_marked(struct text_buffer *buffer)
{
	struct text_range marked = buffer->marked;
	if (marked.end > marked.start) {
		struct text_edit edit = {.at = marked.start,
					 .inserted = buffer->text.bytes + marked.start,
					 .inserted_length = marked.end - marked.start,
					 .before = {marked.start, marked.start},
					 .joins = true};
		text_history_add(&buffer->history, &edit);
	}
	buffer->marked = (struct text_range){0, 0};
}

/* Takes the marked text out again; the caret is where it was. */
static bool drop_marked(struct text_buffer *buffer)
{
	struct text_range marked = buffer->marked;
	if (marked.end == marked.start) {
		return false;
	}
	buffer->marked = (struct text_range){0, 0};
	splice(buffer, marked, "", 0);
	put_caret(buffer, marked.start);
	return true;
}

/* How much of a clean text there is room for in place of `removed` bytes, in whole graphemes. */
static size_t fitting(const struct text_buffer *buffer, const struct os_buffer *clean,
		      size_t removed)
{
	size_t rest = buffer->text.length - removed;
	size_t room = buffer->options.limit > rest ? buffer->options.limit - rest : 0;
	if (clean->length <= room) {
		return clean->length;
	}
	return md_text_previous_grapheme(os_buffer_text(clean), clean->length, room + 1);
}

/* The one way by which text changes with a step of history. */
static bool change(struct text_buffer *buffer, struct text_range range,
		   const struct os_buffer *clean, bool joins)
{
	size_t removed = range.end - range.start;
	size_t length = fitting(buffer, clean, removed);
	if (removed == 0 && length == 0) {
		return false;
	}
	struct text_edit edit = {.at = range.start,
				 .removed = text_buffer_text(buffer) + range.start,
				 .removed_length = removed,
				 .inserted = os_buffer_text(clean),
				 .inserted_length = length,
				 .before = {buffer->anchor, buffer->caret},
				 .joins = joins};
	text_history_add(&buffer->history, &edit);
	if (!splice(buffer, range, edit.inserted, length)) {
		text_history_clear(&buffer->history);
		return false;
	}
	put_caret(buffer, range.start + length);
	return true;
}

static struct text_range snapped(const struct text_buffer *buffer, struct text_range range)
{
	size_t start = text_buffer_snap(buffer, OS_MIN(range.start, range.end));
	size_t end = text_buffer_snap(buffer, OS_MAX(range.start, range.end));
	return (struct text_range){start, end};
}

void text_buffer_set_text(struct text_buffer *buffer, const char *text, size_t length)
{
	struct os_buffer clean = {0};
	text_clean_add(&clean, text, length, buffer->options.single_line);
	size_t old = buffer->text.length;
	buffer->marked = (struct text_range){0, 0};
	splice(buffer, (struct text_range){0, old}, os_buffer_text(&clean),
	       fitting(buffer, &clean, old));
	buffer->anchor = buffer->caret = buffer->text.length;
	text_history_clear(&buffer->history);
	os_buffer_finish(&clean);
}

void text_buffer_select(struct text_buffer *buffer, size_t anchor, size_t caret)
{
	settle_marked(buffer);
	anchor = text_buffer_snap(buffer, anchor);
	caret = text_buffer_snap(buffer, caret);
	if (anchor != buffer->anchor || caret != buffer->caret) {
		text_history_close(&buffer->history);
	}
	buffer->anchor = anchor;
	buffer->caret = caret;
}

bool text_buffer_replace(struct text_buffer *buffer, struct text_range range, const char *text,
			 size_t length)
{
	settle_marked(buffer);
	text_history_close(&buffer->history);
	struct os_buffer clean = {0};
	text_clean_add(&clean, text, length, buffer->options.single_line);
	bool changed = change(buffer, snapped(buffer, range), &clean, false);
	os_buffer_finish(&clean);
	return changed;
}

bool text_buffer_insert(struct text_buffer *buffer, const char *text, size_t length)
{
	bool had_marked = drop_marked(buffer);
	struct os_buffer clean = {0};
	text_clean_add(&clean, text, length, buffer->options.single_line);
	bool changed =
	    clean.length > 0 && change(buffer, text_buffer_selection(buffer), &clean, true);
	os_buffer_finish(&clean);
	return changed || had_marked;
}

bool text_buffer_delete(struct text_buffer *buffer, enum text_unit unit, bool forward)
{
	settle_marked(buffer);
	struct text_range range = text_buffer_selection(buffer);
	bool is_key = range.start == range.end;
	if (is_key && forward) {
		range.end = text_buffer_next(buffer, unit, range.end);
	} else if (is_key) {
		range.start = text_buffer_previous(buffer, unit, range.start);
	}
	struct os_buffer nothing = {0};
	return change(buffer, range, &nothing, is_key);
}

bool text_buffer_set_marked(struct text_buffer *buffer, const char *text, size_t length)
{
	bool changed = drop_marked(buffer);
	struct os_buffer clean = {0};
	text_clean_add(&clean, text, length, true);
	if (clean.length > 0 && text_buffer_has_selection(buffer)) {
		changed |= text_buffer_delete(buffer, TEXT_GRAPHEME, false);
	}
	size_t fits = fitting(buffer, &clean, 0);
	size_t at = buffer->caret;
	if (fits > 0 && splice(buffer, (struct text_range){at, at}, clean.bytes, fits)) {
		put_caret(buffer, at + fits);
		buffer->marked = (struct text_range){at, at + fits};
		changed = true;
	}
	os_buffer_finish(&clean);
	return changed;
}

/* --- History ---------------------------------------------------------------------------------- */

/* Takes the last step of one list, puts it to the other. The step's memory moves along. */
static struct text_step take_step(struct os_array *from, struct os_array *to)
{
	struct text_step step = *(struct text_step *)os_array_at(from, from->count - 1);
	os_array_remove(from, from->count - 1, 1);
	*(struct text_step *)os_array_append(to) = step;
	return step;
}

bool text_buffer_can_undo(const struct text_buffer *buffer)
{
	return buffer->history.done.count > 0 || buffer->marked.end > buffer->marked.start;
}

bool text_buffer_can_redo(const struct text_buffer *buffer)
{
	return buffer->history.undone.count > 0;
}

bool text_buffer_undo(struct text_buffer *buffer)
{
	settle_marked(buffer);
	text_history_close(&buffer->history);
	if (!text_buffer_can_undo(buffer)) {
		return false;
	}
	struct text_step step = take_step(&buffer->history.done, &buffer->history.undone);
	struct text_range range = {step.at, step.at + step.inserted.length};
	if (!splice(buffer, range, os_buffer_text(&step.removed), step.removed.length)) {
		text_history_clear(&buffer->history);
		return false;
	}
	buffer->anchor = step.before.start;
	buffer->caret = step.before.end;
	return true;
}

bool text_buffer_redo(struct text_buffer *buffer)
{
	settle_marked(buffer);
	text_history_close(&buffer->history);
	if (!text_buffer_can_redo(buffer)) {
		return false;
	}
	struct text_step step = take_step(&buffer->history.undone, &buffer->history.done);
	struct text_range range = {step.at, step.at + step.removed.length};
	if (!splice(buffer, range, os_buffer_text(&step.inserted), step.inserted.length)) {
		text_history_clear(&buffer->history);
		return false;
	}
	put_caret(buffer, step.at + step.inserted.length);
	return true;
}

size_t text_buffer_excess(const struct text_buffer *buffer, const char *text, size_t length)
{
	struct os_buffer clean = {0};
	text_clean_add(&clean, text, length, buffer->options.single_line);
	struct text_range selection = text_buffer_selection(buffer);
	size_t excess = clean.length - fitting(buffer, &clean, selection.end - selection.start);
	os_buffer_finish(&clean);
	return excess;
}
