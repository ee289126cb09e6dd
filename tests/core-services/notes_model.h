/* A small model for tests of the store: notes in folders, and a store to keep them in. */
#ifndef NOTES_MODEL_H
#define NOTES_MODEL_H

#include "test.h"
#include "test_folder.h"

#include <cs/store.h>

#include <os/loop.h>
#include <os/path.h>

enum { FOLDER_NAME, FOLDER_PARENT };
enum { NOTE_TEXT, NOTE_CHANGED, NOTE_STARS, NOTE_WEIGHT, NOTE_PINNED, NOTE_DATA, NOTE_FOLDER };

extern const struct cs_entity test_folder_entity, test_note_entity;
extern const struct cs_model test_model;

struct test_store {
	char path[64];
	int folder;
	struct os_loop *loop;
	struct cs_store *store;
	int saved, failed, asides;
	uint64_t durable;
	struct os_error error;
	char sentence[300];
};

/* With a loop and an open, empty store in a folder of its own. */
void test_store_setup(struct test_store *test);
void test_store_teardown(struct test_store *test);
int test_store_open(struct test_store *test, const struct cs_model *model);
/* Closes and opens: what is there now came from the file. */
void test_store_reopen(struct test_store *test);
/* Turns the loop until the store has said that this revision is durable. */
void test_store_wait(struct test_store *test, uint64_t revision);
struct cs_object *test_note(struct test_store *test, const char *text, int64_t stars);

#endif
