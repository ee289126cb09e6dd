#include "text_history.h"

#include <string.h>

/* FEEL.md has no number for this: an hour's typing, and nothing that a phone would miss. */
#define STEP_LIMIT 500
#define BYTE_LIMIT ((size_t)2 << 20)

static void drop_step(struct text_history *history, struct os_array *steps, size_t index)
{
	struct text_step *step = os_array_at(steps, index);
	history->bytes -= step->removed.length + step->inserted.length;
	os_buffer_finish(&step->removed);
	os_buffer_finish(&step->inserted);
	os_array_remove(steps, index, 1);
}

static void drop_all(struct text_history *history, struct os_array *steps)
{
	while (steps->count > 0) {
		drop_step(history, steps, steps->count - 1);
	}
}

void text_history_init(struct text_history *history)
{
	*history = (struct text_history){0};
	os_array_init(&history->done, sizeof(struct text_step));
	os_array_init(&history->undone, sizeof(struct text_step));
}

void text_history_finish(struct text_history *history)
{
	text_history_clear(history);
	os_array_finish(&history->done);
	os_array_finish(&history->undone);
}

void text_history_clear(struct text_history *history)
{
	drop_all(history, &history->done);
	drop_all(history, &history->undone);
	history->bytes = 0;
	history->open = false;
}

void text_history_close(struct text_history *history)
{
	history->open = false;
}

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\n' || byte == '\t';
}

/* Typed on from where the last key left off, within a word and the blanks after it. */
static bool continues_typing(const struct text_step *step, const struct text_edit *edit)
{
	bool at_end = edit->at == step->at + step->inserted.length;
	if (edit->removed_length > 0 || step->inserted.length == 0 || !at_end) {
		return false;
	}
	char last = step->inserted.bytes[step->inserted.length - 1];
	return !is_blank(last) || is_blank(edit->inserted[0]);
}

/* Another key of the same kind: Backspace takes what is before, Delete what is behind. */
static bool continues_deleting(const struct text_step *step, const struct text_edit *edit)
{
	if (edit->inserted_length > 0 || step->inserted.length > 0) {
		return false;
	}
	return edit->at + edit->removed_length == step->at || edit->at == step->at;
}

static void join(struct text_step *step, const struct text_edit *edit)
{
	if (edit->inserted_length > 0) {
		os_buffer_add(&step->inserted, edit->inserted, edit->inserted_length);
	} else if (edit->at < step->at) {
		os_buffer_insert(&step->removed, 0, edit->removed, edit->removed_length);
		step->at = edit->at;
	} else {
		os_buffer_add(&step->removed, edit->removed, edit->removed_length);
	}
}

static void add_step(struct text_history *history, const struct text_edit *edit)
{
	struct text_step *step = os_array_append(&history->done);
	step->at = edit->at;
	step->before = edit->before;
	os_buffer_add(&step->removed, edit->removed, edit->removed_length);
	os_buffer_add(&step->inserted, edit->inserted, edit->inserted_length);
}

void text_history_add(struct text_history *history, const struct text_edit *edit)
{
	drop_all(history, &history->undone);
	size_t count = history->done.count;
	struct text_step *last = count > 0 ? os_array_at(&history->done, count - 1) : NULL;
	history->bytes += edit->removed_length + edit->inserted_length;
	if (history->open && edit->joins && last != NULL &&
	    (continues_typing(last, edit) || continues_deleting(last, edit))) {
		join(last, edit);
	} else {
		add_step(history, edit);
	}
	history->open = edit->joins;
	struct text_step *step = os_array_at(&history->done, history->done.count - 1);
	if (step->removed.failed || step->inserted.failed) {
		/* No memory for it: what cannot be undone whole is not undone in part. */
		text_history_clear(history);
		return;
	}
	while (history->done.count > 1 &&
	       (history->done.count > STEP_LIMIT || history->bytes > BYTE_LIMIT)) {
		drop_step(history, &history->done, 0);
	}
}
