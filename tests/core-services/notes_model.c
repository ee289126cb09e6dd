#include "notes_model.h"

#include <os/timer.h>

#include <stdio.h>

const struct cs_entity test_folder_entity;

static const struct cs_attribute s_folder_attributes[] = {
    [FOLDER_NAME] = {"name", CS_TEXT},
    [FOLDER_PARENT] = {"parent", CS_RELATION, CS_ATTRIBUTE_CASCADES, &test_folder_entity},
};
const struct cs_entity test_folder_entity = CS_ENTITY("folder", s_folder_attributes);

static const struct cs_attribute s_note_attributes[] = {
    [NOTE_TEXT] = {"text", CS_TEXT, CS_ATTRIBUTE_INDEXED | CS_ATTRIBUTE_INDEXED_FOLDED},
    [NOTE_CHANGED] = {"changed", CS_DATE, CS_ATTRIBUTE_INDEXED},
    [NOTE_STARS] = {"stars", CS_INTEGER},
    [NOTE_WEIGHT] = {"weight", CS_REAL},
    [NOTE_PINNED] = {"pinned", CS_BOOL},
    [NOTE_DATA] = {"data", CS_BYTES},
    [NOTE_FOLDER] = {"folder", CS_RELATION, CS_ATTRIBUTE_CASCADES, &test_folder_entity},
};
const struct cs_entity test_note_entity = CS_ENTITY("note", s_note_attributes);
static const struct cs_entity *const s_entities[] = {&test_folder_entity, &test_note_entity};
const struct cs_model test_model = CS_MODEL(2, s_entities);

static void saved(void *context, struct cs_store *store, uint64_t revision)
{
	struct test_store *test = context;
	test->saved++;
	test->durable = revision;
}

static void failed(void *context, struct cs_store *store, const struct os_error *error)
{
	struct test_store *test = context;
	test->failed++;
	test->error = *error;
}

static void set_aside(void *context, const char *sentence)
{
	struct test_store *test = context;
	test->asides++;
	snprintf(test->sentence, sizeof(test->sentence), "%s", sentence);
}

static const struct cs_store_delegate s_delegate = {sizeof(s_delegate), saved, failed, set_aside};

int test_store_open(struct test_store *test, const struct cs_model *model)
{
	const struct cs_store_options options = {
	    .struct_size = sizeof(options),
	    .folder = test->folder,
	    .model = model,
	    .delegate = &s_delegate,
	    .context = test,
	};
	return cs_store_open(&options, &test->store, &test->error);
}

void test_store_setup(struct test_store *test)
{
	memset(test, 0, sizeof(*test));
	test->folder = test_folder_create(test->path);
	test->loop = os_loop_create();
	assert_int_equal(test_store_open(test, &test_model), 0);
}

void test_store_teardown(struct test_store *test)
{
	cs_store_close(test->store);
	os_loop_iterate(test->loop, 0);
	os_loop_release(test->loop);
	test_folder_destroy(test->folder, test->path);
}

void test_store_reopen(struct test_store *test)
{
	cs_store_close(test->store);
	os_loop_iterate(test->loop, 0);
	assert_int_equal(test_store_open(test, &test_model), 0);
}

void test_store_wait(struct test_store *test, uint64_t revision)
{
	while (test->durable < revision && test->failed == 0) {
		os_loop_iterate(test->loop, OS_NEVER);
	}
}

struct cs_object *test_note(struct test_store *test, const char *text, int64_t stars)
{
	struct cs_object *note = cs_store_insert(test->store, &test_note_entity);
	assert_int_equal(cs_object_set_text(note, NOTE_TEXT, text), 0);
	cs_object_set_int(note, NOTE_STARS, stars);
	return note;
}
