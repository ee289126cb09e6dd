/* F15 */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <os/base.h>
#include <os/random.h>
#include <os/trace.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct seen {
	int count;
	struct os_trace_event first, last;
	int64_t sum;
	bool ordered;
};

static void saw(void *context, const struct os_trace_event *event)
{
	struct seen *seen = context;
	if (seen->count == 0) {
		seen->first = *event;
		seen->ordered = true;
	} else {
		seen->ordered &= event->argument >= seen->last.argument;
	}
	seen->count++;
	seen->sum += event->argument;
	seen->last = *event;
}

static struct seen read_all(int fd)
{
	struct seen seen = {0};
	int count = os_trace_read_ring(fd, saw, &seen);
	assert_int_equal(count, seen.count);
	return seen;
}

static void flows_are_told_apart(void **state)
{
	uint64_t a = os_flow_create(OS_FLOW_TOUCH), b = os_flow_create(OS_FLOW_WRITE);
	assert_int_not_equal(a, 0);
	assert_int_not_equal(a & 0xffffffffffffff, b & 0xffffffffffffff);
	assert_int_equal(os_flow_kind(a), OS_FLOW_TOUCH);
	assert_int_equal(os_flow_kind(b), OS_FLOW_WRITE);
	assert_int_equal(os_flow_set_current(a), 0);
	assert_int_equal(os_flow_current(), a);
	assert_int_equal(os_flow_set_current(0), a);
}

static void a_forked_child_has_flows_of_its_own(void **state)
{
	uint64_t mine = os_flow_create(OS_FLOW_TOUCH);
	pid_t child = fork();
	if (child == 0) {
		_exit((os_flow_create(OS_FLOW_TOUCH) >> 32) == mine >> 32);
	}
	int status;
	waitpid(child, &status, 0);
	assert_int_equal(status, 0);
}

static void a_hop(int64_t argument)
{
	OS_TRACE_AT("core-os", "test hop", 77, 1000, 5, argument);
}

static void a_record_names_its_place(void **state)
{
	int fd = -1;
	a_hop(1); /* without a ring: nothing */
	assert_int_equal(os_trace_create_ring(&fd), 0);
	assert_int_equal(os_trace_attach(fd), 0);
	a_hop(2);
	os_flow_set_current(99);
	int64_t began_us = OS_TRACE_BEGIN();
	OS_TRACE_END("media", "more", began_us, 3);
	os_flow_set_current(0);
	struct seen seen = read_all(fd);
	assert_int_equal(seen.count, 2);
	assert_int_equal(seen.first.argument, 2);
	assert_int_equal(seen.first.flow, 77);
	assert_int_equal(seen.first.real_us, 1000);
	assert_int_equal(seen.first.duration_us, 5);
	assert_string_equal(seen.first.layer, "core-os");
	assert_string_equal(seen.first.function, "a_hop");
	assert_string_equal(seen.first.what, "test hop");
	assert_string_equal(seen.first.file, "tests/core-os/test_trace.c");
	assert_true(seen.first.line > 0);
	assert_int_equal(seen.last.flow, 99);
	assert_string_equal(seen.last.what, "more");
	close(fd);
}

static void a_full_ring_keeps_the_newest(void **state)
{
	int fd = -1;
	assert_int_equal(os_trace_create_ring(&fd), 0);
	assert_int_equal(os_trace_attach(fd), 0);
	for (int64_t i = 1; i <= OS_TRACE_RING_RECORDS + 100; i++) {
		a_hop(i); /* its site is known from the ring before */
	}
	struct seen seen = read_all(fd);
	assert_int_equal(seen.count, OS_TRACE_RING_RECORDS);
	assert_int_equal(seen.first.argument, 101);
	assert_int_equal(seen.last.argument, OS_TRACE_RING_RECORDS + 100);
	assert_true(seen.ordered);
	assert_string_equal(seen.last.function, "a_hop");
	close(fd);
}

static void the_site_table_is_bounded(void **state)
{
	int fd = -1;
	static uint32_t s_indices[OS_TRACE_RING_SITES + 10];
	char what[200];
	memset(what, 'w', sizeof(what) - 1);
	what[sizeof(what) - 1] = '\0';
	assert_int_equal(os_trace_create_ring(&fd), 0);
	assert_int_equal(os_trace_attach(fd), 0);
	for (size_t i = 0; i < OS_ARRAY_LEN(s_indices); i++) {
		const struct os_trace_site site = {"core-os", "f", "file", what, (int)i};
		os_trace_record(&site, &s_indices[i], 1, 1, 1, (int64_t)i);
	}
	struct seen seen = read_all(fd);
	assert_int_equal(seen.count, OS_TRACE_RING_SITES + 10);
	assert_int_equal(strlen(seen.first.what), sizeof(seen.first.what) - 1);
	assert_string_equal(seen.last.what, "?");
	close(fd);
}

static void *write_many(void *unused)
{
	for (int i = 0; i < 20000; i++) {
		OS_TRACE_AT("core-os", "race", 5, 6, 7, 1);
	}
	return NULL;
}

static void saw_whole(void *context, const struct os_trace_event *event)
{
	assert_int_equal(event->flow, 5);
	assert_int_equal(event->real_us, 6);
	assert_int_equal(event->duration_us, 7);
	assert_int_equal(event->argument, 1);
	assert_string_equal(event->what, "race");
}

static void records_are_whole_while_others_write(void **state)
{
	int fd = -1;
	pthread_t threads[2];
	assert_int_equal(os_trace_create_ring(&fd), 0);
	assert_int_equal(os_trace_attach(fd), 0);
	for (int i = 0; i < 2; i++) {
		pthread_create(&threads[i], NULL, write_many, NULL);
	}
	for (int i = 0; i < 5; i++) {
		assert_true(os_trace_read_ring(fd, saw_whole, NULL) >= 0);
	}
	for (int i = 0; i < 2; i++) {
		pthread_join(threads[i], NULL);
	}
	assert_int_equal(os_trace_read_ring(fd, saw_whole, NULL), OS_TRACE_RING_RECORDS);
	close(fd);
}

static void saw_clean(void *context, const struct os_trace_event *event)
{
	for (const char *at = event->function; *at != '\0'; at++) {
		assert_true(*at >= ' ' && *at < 127);
	}
	assert_true(strlen(event->file) < sizeof(event->file));
}

/* The traced process owns the ring's bytes, and may be hostile. */
static void nonsense_is_read_safely(void **state)
{
	int fd = -1;
	struct stat info;
	for (int round = 0; round < 4; round++) {
		assert_int_equal(os_trace_create_ring(&fd), 0);
		assert_int_equal(fstat(fd, &info), 0);
		unsigned char *bytes =
		    mmap(NULL, (size_t)info.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
		if (round < 2) {
			os_random_bytes(bytes + 8, (size_t)info.st_size - 8);
		} else {
			memset(bytes + 8, round == 2 ? 0xff : 0x01, (size_t)info.st_size - 8);
		}
		assert_true(os_trace_read_ring(fd, saw_clean, NULL) >= 0);
		munmap(bytes, (size_t)info.st_size);
		close(fd);
	}
}

static void what_is_not_a_ring_is_refused(void **state)
{
	int fd = memfd_create("x", MFD_ALLOW_SEALING);
	assert_int_equal(os_trace_attach(fd), -EINVAL);
	assert_int_equal(ftruncate(fd, 4 << 20), 0);
	fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL);
	assert_int_equal(os_trace_read_ring(fd, saw, NULL), -EINVAL);
	close(fd);
	assert_int_equal(os_trace_attach(-1), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(flows_are_told_apart),
	    cmocka_unit_test(a_forked_child_has_flows_of_its_own),
	    cmocka_unit_test(a_record_names_its_place),
	    cmocka_unit_test(a_full_ring_keeps_the_newest),
	    cmocka_unit_test(records_are_whole_while_others_write),
	    cmocka_unit_test(the_site_table_is_bounded),
	    cmocka_unit_test(nonsense_is_read_safely),
	    cmocka_unit_test(what_is_not_a_ring_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
