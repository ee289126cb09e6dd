#include "notes_model.h"

#include <stdio.h>
#include <string.h>

#include <os/clock.h>

static const struct cs_attribute s_note_attributes[] = {
	[NOTE_TEXT] = {"text", CS_TEXT},
	[NOTE_CHANGED] = {"changed", CS_DATE, CS_ATTRIBUTE_INDEXED},
};
static const struct cs_entity s_note = CS_ENTITY("note", s_note_attributes);
static const struct cs_entity *const s_entities[] = {&s_note};
static const struct cs_model s_model = CS_MODEL(1, s_entities);

static void did_set_aside(void *context, const char *sentence)
{
	struct notes_model *model = context;
	snprintf(model->notice, sizeof(model->notice), "%s", sentence);
}

static const struct cs_store_delegate s_delegate = {
	.struct_size = sizeof(s_delegate),
	.set_aside = did_set_aside,
};

int notes_model_open(struct notes_model *model, int folder, struct os_error *ret_error)
{
	*model = (struct notes_model){0};
	struct cs_store_options options = {
		.struct_size = sizeof(options),
		.folder = folder,
		.model = &s_model,
		.delegate = &s_delegate,
		.context = model,
	};
	int result = cs_store_open(&options, &model->store, ret_error);
	if (result < 0) {
		return result;
	}
	struct cs_sort newest = {.attribute = NOTE_CHANGED, .descending = true};
	struct cs_fetch fetch = {
		.struct_size = sizeof(fetch), .entity = &s_note, .sorts = &newest, .sort_count = 1};
	model->notes = cs_results_create(model->store, &fetch);
	return 0;
}

void notes_model_close(struct notes_model *model)
{
	model->notes = cs_results_destroy(model->notes);
	model->store = cs_store_close(model->store);
}

struct cs_object *notes_model_create(struct notes_model *model)
{
	struct cs_object *note = cs_store_insert(model->store, &s_note);
	cs_object_set_int(note, NOTE_CHANGED, os_clock_wall_us());
	return note;
}

struct cs_object *notes_model_find(struct notes_model *model, int64_t id)
{
	return model->store != NULL ? cs_store_object(model->store, &s_note, id) : NULL;
}

void notes_model_set_text(struct cs_object *note, const char *text)
{
	if (strcmp(cs_object_text(note, NOTE_TEXT), text) == 0) {
		return;
	}
	cs_object_set_text(note, NOTE_TEXT, text);
	cs_object_set_int(note, NOTE_CHANGED, os_clock_wall_us());
}

static const char s_blank[] = " \t\n\r";

void notes_model_drop_if_empty(struct cs_object *note)
{
	const char *text = cs_object_text(note, NOTE_TEXT);
	if (!cs_object_is_deleted(note) && text[strspn(text, s_blank)] == '\0') {
		cs_object_delete(note);
	}
}

/* The largest length up to `most` that does not cut a UTF-8 character. */
static size_t whole_characters(const char *text, size_t length, size_t most)
{
	if (length <= most) {
		return length;
	}
	while (most > 0 && ((unsigned char)text[most] & 0xc0) == 0x80) {
		most--;
	}
	return most;
}

const char *notes_model_title(const struct cs_object *note, char title[NOTES_TITLE])
{
	const char *text = cs_object_text(note, NOTE_TEXT);
	text += strspn(text, s_blank);
	size_t length = strcspn(text, "\n\r");
	if (length == 0) {
		snprintf(title, NOTES_TITLE, "New note");
		return title;
	}
	length = whole_characters(text, length, NOTES_TITLE - 1);
	memcpy(title, text, length);
	title[length] = '\0';
	return title;
}

const char *notes_model_time(const struct cs_object *note, int64_t now_us, char text[CS_DATE_TEXT])
{
	return cs_date_format(cs_object_int(note, NOTE_CHANGED), now_us, CS_DATE_RELATIVE, NULL, text);
}
