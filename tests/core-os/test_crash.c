/* F10: a crash leaves a report that names function, file and line; a hang does, too.
 * The processes that crash here are made by fork: they have the test's own functions. */
#include "test.h"

#include "crash_walk.h"

#include <errno.h>
#include <os/crash.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define DEEP __attribute__((noinline, noipa))

static volatile int s_zero;
static void (*volatile s_nothing)(void);

DEEP static int third_down(volatile int *where)
{
	*where = 1;
	return s_zero;
}

DEEP static int second_down(volatile int *where)
{
	return third_down(where) + s_zero;
}

DEEP static int first_down(volatile int *where)
{
	return second_down(where) + s_zero;
}

DEEP static int calls_nothing(void)
{
	s_nothing();
	return s_zero;
}

DEEP static int aborts(void)
{
	abort();
}

DEEP static int falls_without_end(int depth)
{
	volatile char space[1024];
	space[depth % 1024] = (char)depth;
	return s_zero == 0 ? falls_without_end(depth + 1) + space[0] : 0;
}

DEEP static int does_not_answer(int ready)
{
	close(ready);
	while (s_zero == 0) {
		pause();
	}
	return s_zero;
}

static int compare(const void *a, const void *b)
{
	return first_down((volatile int *)8) + *(const int *)a - *(const int *)b;
}

/* Through a function of libc, which has no frame pointers. */
DEEP static int sorts(void)
{
	int numbers[3] = {3, 2, 1};
	qsort(numbers, 3, sizeof(numbers[0]), compare);
	return numbers[0] + s_zero;
}

enum way { BY_WRITE, BY_CALL, BY_ABORT, BY_OVERFLOW, BY_SORT, BY_SIGNAL };

static void go(enum way way)
{
	switch (way) {
	case BY_WRITE:
		_exit(first_down((volatile int *)8));
	case BY_CALL:
		_exit(calls_nothing());
	case BY_ABORT:
		_exit(aborts());
	case BY_OVERFLOW:
		_exit(falls_without_end(0));
	case BY_SORT:
		_exit(sorts());
	case BY_SIGNAL:
		kill(getpid(), SIGSEGV);
		_exit(0);
	}
}

/* What a sanitizer's runtime would make of the fault is not what is tested here. */
static void forget_handlers(void)
{
	const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP};
	for (size_t i = 0; i < OS_ARRAY_LEN(signals); i++) {
		signal(signals[i], SIG_DFL);
	}
}

static int crash(enum way way, struct os_buffer *text)
{
	int fd = -1, status = 0;
	assert_int_equal(os_crash_create_record(&fd), 0);
	assert_false(os_crash_has_record(fd));
	pid_t pid = fork();
	if (pid == 0) {
		const struct rlimit none = {0, 0}, small = {256 * 1024, 256 * 1024};
		setrlimit(RLIMIT_CORE, &none);
		setrlimit(RLIMIT_STACK, &small);
		forget_handlers();
		if (os_crash_install(fd) < 0) {
			_exit(9);
		}
		go(way);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	assert_true(os_crash_has_record(fd));
	assert_int_equal(os_crash_describe(fd, NULL, 0, text), 0);
	close(fd);
	return WTERMSIG(status);
}

static void expect_in_order(const char *text, const char *const *words)
{
	const char *at = text;
	for (size_t i = 0; words[i] != NULL; i++) {
		const char *found = strstr(at, words[i]);
		if (found == NULL) {
			print_message("no \"%s\" (in this order) in:\n%s\n", words[i], text);
			fail();
		}
		at = found + strlen(words[i]);
	}
}

static void a_fault_names_function_file_and_line(void **state)
{
	struct os_buffer text = {0};
	assert_int_equal(crash(BY_WRITE, &text), SIGSEGV);
	const char *words[] = {"stopped by signal 11, segmentation fault, at address 0x8\n",
			       "  0  third_down ",
			       "tests/core-os/test_crash.c:",
			       "  1  second_down ",
			       "tests/core-os/test_crash.c:",
			       "  2  first_down ",
			       "  3  go ",
			       " main ",
			       NULL};
	expect_in_order(os_buffer_text(&text), words);
	print_message("%s", os_buffer_text(&text));
	os_buffer_finish(&text);
}

static void a_call_of_nothing_names_its_caller(void **state)
{
	struct os_buffer text = {0};
	assert_int_equal(crash(BY_CALL, &text), SIGSEGV);
	const char *words[] = {"at address 0x0\n", "  0  0x0\n", "  1  calls_nothing ", "  2  go ",
			       NULL};
	expect_in_order(os_buffer_text(&text), words);
	os_buffer_finish(&text);
}

static void an_abort_is_followed_through_libc(void **state)
{
	struct os_buffer text = {0};
	assert_int_equal(crash(BY_ABORT, &text), SIGABRT);
	const char *words[] = {"stopped by signal 6, it aborted\n", "abort", "  aborts ", "  go ",
			       NULL};
	expect_in_order(os_buffer_text(&text), words);
	os_buffer_finish(&text);
}

static void a_callback_of_libc_is_followed(void **state)
{
	struct os_buffer text = {0};
	assert_int_equal(crash(BY_SORT, &text), SIGSEGV);
	const char *words[] = {"third_down ", "first_down ", "compare ", "sorts ", "go ", NULL};
	expect_in_order(os_buffer_text(&text), words);
	os_buffer_finish(&text);
}

static void a_stack_that_ran_over_is_told(void **state)
{
	struct os_buffer text = {0};
	assert_int_equal(crash(BY_OVERFLOW, &text), SIGSEGV);
	const char *words[] = {"  0  falls_without_end ", "  1  falls_without_end ",
			       " 60  falls_without_end ", NULL};
	expect_in_order(os_buffer_text(&text), words);
	os_buffer_finish(&text);
}

static void a_signal_that_was_sent_goes_on(void **state)
{
	struct os_buffer text = {0};
	assert_int_equal(crash(BY_SIGNAL, &text), SIGSEGV);
	assert_non_null(strstr(os_buffer_text(&text), "segmentation fault, which somebody sent\n"));
	os_buffer_finish(&text);
}

static void a_hang_is_taken_from_outside(void **state)
{
	test_needs_kernel("ptrace");
	int fd = -1, ready[2], status = 0;
	char byte;
	assert_int_equal(os_crash_create_record(&fd), 0);
	assert_int_equal(pipe(ready), 0);
	pid_t pid = fork();
	if (pid == 0) {
		close(ready[0]);
		prctl(PR_SET_NAME, "hanging");
		_exit(does_not_answer(ready[1]));
	}
	close(ready[1]);
	assert_int_equal(read(ready[0], &byte, 1), 0);
	close(ready[0]);
	assert_int_equal(os_crash_capture(pid, fd), 0);
	/* It goes on as it was, until it is killed. */
	assert_int_equal(kill(pid, SIGKILL), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	struct os_buffer text = {0};
	assert_int_equal(os_crash_describe(fd, NULL, 0, &text), 0);
	const char *words[] = {"while it did not answer\n",
			       "\"hanging\"\n",
			       "does_not_answer ",
			       "tests/core-os/test_crash.c:",
			       "a_hang_is_taken_from_outside ",
			       NULL};
	expect_in_order(os_buffer_text(&text), words);
	os_buffer_finish(&text);
	close(fd);
	assert_int_equal(os_crash_capture(pid, 0), -ENOENT);
}

static void an_empty_record_is_none(void **state)
{
	struct os_buffer text = {0};
	int fd = -1;
	assert_int_equal(os_crash_create_record(&fd), 0);
	assert_int_equal(os_crash_describe(fd, NULL, 0, &text), -ENODATA);
	assert_int_equal(text.length, 0);
	/* It cannot be made larger or smaller by who writes it. */
	assert_int_equal(ftruncate(fd, 0), -1);
	assert_int_equal(ftruncate(fd, 1 << 24), -1);
	close(fd);
}

/* A real record with bytes changed anywhere: it is read as far as it goes, or refused. Names are not
 * looked up, since that would start a program each time. */
static void a_damaged_record_harms_nobody(void **state)
{
	struct os_buffer text = {0};
	int fd = -1;
	assert_int_equal(os_crash_create_record(&fd), 0);
	pid_t pid = fork();
	if (pid == 0) {
		forget_handlers();
		(void)os_crash_install(fd);
		go(BY_SORT);
	}
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	uint8_t *bytes = malloc(OS_CRASH_RECORD_BYTES), *changed = malloc(OS_CRASH_RECORD_BYTES);
	assert_int_equal(pread(fd, bytes, OS_CRASH_RECORD_BYTES, 0), OS_CRASH_RECORD_BYTES);
	size_t read = 0;
	uint32_t seed = 1;
	for (int round = 0; round < 300; round++) {
		memcpy(changed, bytes, OS_CRASH_RECORD_BYTES);
		size_t length = round % 3 == 0 ? (size_t)round * 97 : OS_CRASH_RECORD_BYTES;
		for (int i = 0; i < 12; i++) {
			seed = seed * 1664525u + 1013904223u;
			size_t at = (seed >> 8) % (i < 4 ? 512u : 120000u);
			changed[at < 16 ? 16 : at] = (uint8_t)(seed >> 3);
		}
		const struct crash_view view = {changed, length};
		struct walk *walk = walk_create(&view, NULL, 0);
		read += walk != NULL;
		walk_release(walk);
	}
	assert_true(read > 100);
	free(bytes), free(changed);
	os_buffer_finish(&text);
	close(fd);
}

static bool read_nothing(const void *context, uint64_t address, uint64_t *ret_word)
{
	*ret_word = address ^ 0x5555;
	return (address & 16) == 0;
}

/* An app's own file may lie as well. */
static void a_damaged_program_harms_nobody(void **state)
{
	struct crash_elf elf;
	assert_int_equal(crash_elf_open(&elf, "/proc/self/exe"), 0);
	uint8_t *copy = malloc(elf.length);
	uint32_t seed = 7;
	for (int round = 0; round < 60; round++) {
		memcpy(copy, elf.bytes, elf.length);
		struct crash_elf damaged = elf;
		damaged.bytes = copy;
		damaged.frames = copy + (elf.frames - elf.bytes);
		for (int i = 0; i < 40; i++) {
			seed = seed * 1664525u + 1013904223u;
			size_t in_frames =
			    (size_t)(elf.frames - elf.bytes) + (seed >> 4) % elf.frames_length;
			copy[i % 2 == 0 ? in_frames : (seed >> 4) % elf.length] =
			    (uint8_t)(seed >> 11);
		}
		struct crash_frame frame = {.pc = 0};
		const struct crash_stack stack = {read_nothing, NULL};
		uint64_t address = crash_elf_address(&elf, (uint64_t)((seed >> 5) % elf.length));
		(void)crash_cfi_step(&damaged, address, &stack, &frame);
		(void)crash_elf_function(&damaged, address);
		(void)crash_elf_has_build_id(&damaged, (const uint8_t *)"12345678901234567890", 20);
	}
	free(copy);
	crash_elf_close(&elf);
}

static void names_behind_walls_are_translated(void **state)
{
	const struct os_crash_place places[] = {{"/app", "/home/me/bundle"},
						{"/strata/bin/strata-app", "/x/strata-app"}};
	char path[64];
	walk_translate("/app/notes.so", places, 2, path, sizeof(path));
	assert_string_equal(path, "/home/me/bundle/notes.so");
	walk_translate("/strata/bin/strata-app", places, 2, path, sizeof(path));
	assert_string_equal(path, "/x/strata-app");
	walk_translate("/application", places, 2, path, sizeof(path));
	assert_string_equal(path, "/application");
	walk_translate("/app/../secret", places, 2, path, sizeof(path));
	assert_string_equal(path, "/app/../secret");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_fault_names_function_file_and_line),
	    cmocka_unit_test(a_call_of_nothing_names_its_caller),
	    cmocka_unit_test(an_abort_is_followed_through_libc),
	    cmocka_unit_test(a_callback_of_libc_is_followed),
	    cmocka_unit_test(a_stack_that_ran_over_is_told),
	    cmocka_unit_test(a_signal_that_was_sent_goes_on),
	    cmocka_unit_test(a_hang_is_taken_from_outside),
	    cmocka_unit_test(an_empty_record_is_none),
	    cmocka_unit_test(a_damaged_record_harms_nobody),
	    cmocka_unit_test(a_damaged_program_harms_nobody),
	    cmocka_unit_test(names_behind_walls_are_translated),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
