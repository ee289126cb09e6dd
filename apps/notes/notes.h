/* Notes: the app, and the two screens it has. */
#ifndef NOTES_H
#define NOTES_H

#include <os/os.h>
#include <ui/ui.h>

#include "notes_model.h"

struct notes {
	struct notes_model model;
	struct ui_view_controller *navigation; /* weak: the scene's root; NULL before it is there */
};

/* notes_list.c */
struct ui_view_controller *notes_list_create(struct notes *notes);
/* notes_editor.c: the note is found again by its id, which also a restored state has. */
struct ui_view_controller *notes_editor_create(struct notes *notes, int64_t id);
/* Pushes an editor with a new note and the caret in it. */
void notes_write_new(struct notes *notes);
bool notes_editor_is(const struct ui_view_controller *controller);
int64_t notes_editor_id(const struct ui_view_controller *controller);
void notes_editor_commit(struct ui_view_controller *controller); /* what is typed into the model */

#endif
