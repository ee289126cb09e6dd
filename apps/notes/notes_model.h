/* The notes themselves: what is kept, and how a list shows it. Knows nothing of screens, so its test
 * needs none. */
#ifndef NOTES_MODEL_H
#define NOTES_MODEL_H

#include <cs/cs.h>

enum { NOTE_TEXT, NOTE_CHANGED };

struct notes_model {
	struct cs_store *store;
	struct cs_results *notes; /* newest change first */
	char notice[480];         /* what happened to a damaged file, to be told once; "" otherwise */
};

/* folder: the container's descriptor. */
int notes_model_open(struct notes_model *model, int folder, struct os_error *ret_error);
void notes_model_close(struct notes_model *model); /* waits until all is durable */

struct cs_object *notes_model_create(struct notes_model *model); /* empty, changed now */
struct cs_object *notes_model_find(struct notes_model *model, int64_t id); /* NULL: gone */
/* Text that is the same already is no change, and the note keeps its place in the list. */
void notes_model_set_text(struct cs_object *note, const char *text);
/* Deletes it if it holds nothing but white space. */
void notes_model_drop_if_empty(struct cs_object *note);

#define NOTES_TITLE 128
/* The first line that says something, or "New note". */
const char *notes_model_title(const struct cs_object *note, char title[NOTES_TITLE]);
const char *notes_model_time(const struct cs_object *note, int64_t now_us, char text[CS_DATE_TEXT]);

#endif
