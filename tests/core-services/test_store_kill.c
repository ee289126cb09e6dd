/* F18: kill -9 at any moment loses nothing that was told to be saved, and leaves a sound file. */
#include "notes_model.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>

struct report {
	uint64_t revision;
	int64_t notes, stars; /* how many there were, and the sum of their stars, at that save */
};

struct child {
	struct test_store test;
	struct report reports[4096]; /* of saves not durable yet, by revision */
	uint64_t told;
	int out;
};

static struct child s_child;

/* What became durable goes through the pipe; from then on it may not be lost. */
static void tell(struct child *child)
{
	while (child->told < child->test.durable) {
		child->told++;
		const struct report *report = &child->reports[child->told % 4096];
		if (write(child->out, report, sizeof(*report)) != sizeof(*report)) {
			_exit(1);
		}
	}
}

/* Inserts, changes and deletes for ever, with saves of different sizes. */
static void write_for_ever(struct child *child, uint32_t seed)
{
	struct report now = {0};
	for (;;) {
		int changes = 1 + (int)(seed >> 28);
		for (int i = 0; i < changes; i++) {
			seed = seed * 1664525 + 1013904223;
			struct cs_object *note = test_note(&child->test, "a note", seed >> 24);
			now.notes++;
			now.stars += seed >> 24;
			if ((seed >> 8) % 3 == 0) {
				cs_object_set_int(note, NOTE_STARS, (seed >> 24) + 5);
				now.stars += 5;
			}
			if ((seed >> 10) % 4 == 0) {
				const struct cs_fetch any = {.struct_size = sizeof(any),
							     .entity = &test_note_entity};
				struct cs_object *first = cs_store_first(child->test.store, &any);
				now.notes--;
				now.stars -= cs_object_int(first, NOTE_STARS);
				cs_object_delete(first);
			}
		}
		now.revision = cs_store_save(child->test.store);
		child->reports[now.revision % 4096] = now;
		os_loop_iterate(child->test.loop, 0);
		tell(child);
	}
}

static void run_child(const char *path, int out, uint32_t seed)
{
	memset(&s_child, 0, sizeof(s_child));
	s_child.out = out;
	s_child.test.loop = os_loop_create();
	s_child.test.folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (test_store_open(&s_child.test, &test_model) != 0) {
		_exit(2);
	}
	write_for_ever(&s_child, seed);
}

/* Reads reports until `wanted` have come, kills, and returns the last one that came at all. */
static struct report run_and_kill(const char *path, uint32_t seed, int wanted)
{
	int fds[2];
	assert_int_equal(pipe(fds), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		close(fds[0]);
		run_child(path, fds[1], seed);
	}
	close(fds[1]);
	struct report report = {0}, last = {0};
	for (int i = 0; i < wanted && read(fds[0], &report, sizeof(report)) == sizeof(report);
	     i++) {
		last = report;
	}
	kill(child, SIGKILL);
	while (read(fds[0], &report, sizeof(report)) == sizeof(report)) {
		last = report;
	}
	close(fds[0]);
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	return last;
}

struct sums {
	int64_t notes, stars;
};

static struct sums read_back(struct test_store *test)
{
	struct sums sums = {0};
	struct os_array ids;
	os_array_init(&ids, sizeof(int64_t));
	const struct cs_fetch all = {.struct_size = sizeof(all), .entity = &test_note_entity};
	assert_int_equal(cs_store_fetch_ids(test->store, &all, &ids), 0);
	for (size_t i = 0; i < ids.count; i++) {
		struct cs_object *note = cs_store_object(test->store, &test_note_entity,
							 *(int64_t *)os_array_at(&ids, i));
		sums.notes++;
		sums.stars += cs_object_int(note, NOTE_STARS);
	}
	os_array_finish(&ids);
	return sums;
}

/* What is in the file is what was saved, or a later save whole: its sums are those of a state that
 * the child went through. Since it is deterministic, it is run again in memory to know them. */
static void check_is_a_later_state(uint32_t seed, struct report last, struct sums found)
{
	struct test_store test;
	test_store_setup(&test);
	struct report now = {0};
	bool seen = last.revision == 0 && found.notes == 0;
	while (!seen && now.revision < last.revision + 2000) {
		int changes = 1 + (int)(seed >> 28);
		for (int i = 0; i < changes; i++) {
			seed = seed * 1664525 + 1013904223;
			struct cs_object *note = test_note(&test, "a note", seed >> 24);
			if ((seed >> 8) % 3 == 0) {
				cs_object_set_int(note, NOTE_STARS, (seed >> 24) + 5);
			}
			now.notes++;
			now.stars += cs_object_int(note, NOTE_STARS);
			if ((seed >> 10) % 4 == 0) {
				const struct cs_fetch any = {.struct_size = sizeof(any),
							     .entity = &test_note_entity};
				struct cs_object *first = cs_store_first(test.store, &any);
				now.notes--;
				now.stars -= cs_object_int(first, NOTE_STARS);
				cs_object_delete(first);
			}
		}
		now.revision++;
		cs_store_save(test.store);
		seen = now.revision >= last.revision && now.notes == found.notes &&
		       now.stars == found.stars;
	}
	assert_true(seen);
	test_store_teardown(&test);
}

static void nothing_told_as_saved_is_lost(void **state)
{
	for (uint32_t round = 0; round < 12; round++) {
		char path[64];
		int folder = test_folder_create(path);
		uint32_t seed = 1000 + round * 77777;
		struct report last = run_and_kill(path, seed, 1 + (int)(round * 3) % 17);
		struct test_store test = {.folder = folder, .loop = os_loop_create()};
		strcpy(test.path, path);
		assert_int_equal(test_store_open(&test, &test_model), 0);
		assert_int_equal(test.asides, 0);
		struct sums found = read_back(&test);
		test_store_teardown(&test);
		check_is_a_later_state(seed, last, found);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_told_as_saved_is_lost)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
