/* Arenas: made sealed, inside a budget, taken back only as they were given; and their buffers. */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "memory.h"

#define SCREEN (480 * 800 * 4)

static void an_arena_cannot_be_cut_or_grown(void **state)
{
	struct memory memory;
	memory_init(&memory, SCREEN, 3);
	size_t size = 0;
	int fd = memory_give(&memory, 1, 100, &size);
	assert_true(fd >= 0);
	assert_true(size >= SCREEN);
	assert_int_equal(ftruncate(fd, 0), -1);
	assert_int_equal(ftruncate(fd, (off_t)size + 1), -1);
	assert_int_equal(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE), -1);
	/* The number is the client's own, and taken once. */
	assert_int_equal(memory_give(&memory, 1, 100, &size), -EINVAL);
	close(fd);
	memory_finish(&memory);
}

static void the_budget_holds(void **state)
{
	struct memory memory;
	memory_init(&memory, SCREEN, 2);
	size_t size = 0;
	int a = memory_give(&memory, 1, 100, &size), b = memory_give(&memory, 2, 100, &size);
	assert_true(a >= 0 && b >= 0);
	assert_int_equal(memory_give(&memory, 3, 100, &size), -ENOBUFS);
	assert_int_equal(memory_drop(&memory, 3), -EINVAL);
	assert_int_equal(memory_drop(&memory, 1), 0);
	int c = memory_give(&memory, 3, 100, &size);
	assert_true(c >= 0);
	close(a);
	close(b);
	close(c);
	memory_finish(&memory);
}

static void only_a_sealed_one_is_taken_back(void **state)
{
	struct memory memory, again;
	memory_init(&memory, SCREEN, 3);
	memory_init(&again, SCREEN, 3);
	size_t size = 0;
	int fd = memory_give(&memory, 7, 100, &size);
	assert_int_equal(memory_take_back(&again, 7, fd), 0);
	assert_int_equal(memory_take_back(&again, 7, fd), -EINVAL);
	int loose = memfd_create("loose", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	assert_int_equal(ftruncate(loose, 4096), 0);
	assert_int_equal(memory_take_back(&again, 8, loose), -EPERM);
	fcntl(loose, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_SEAL);
	assert_int_equal(memory_take_back(&again, 8, loose), -EPERM);
	int huge = memfd_create("huge", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	assert_int_equal(ftruncate(huge, (off_t)1 << 40), 0);
	fcntl(huge, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL);
	assert_int_equal(memory_take_back(&again, 9, huge), -ENOBUFS);
	int pipe_fds[2];
	assert_int_equal(pipe(pipe_fds), 0);
	assert_int_equal(memory_take_back(&again, 10, pipe_fds[0]), -EPERM);
	const int fds[] = {fd, loose, huge, pipe_fds[0], pipe_fds[1]};
	for (size_t i = 0; i < OS_ARRAY_LEN(fds); i++) {
		close(fds[i]);
	}
	memory_finish(&memory);
	memory_finish(&again);
}

static void a_buffer_is_released_when_nobody_shows_it(void **state)
{
	struct memory memory;
	memory_init(&memory, SCREEN, 3);
	size_t size = 0;
	close(memory_give(&memory, 1, 100, &size));
	const struct buffer_place place = {1, 256, 10, 10, 64, true};
	struct buffer *buffer = buffer_get(&memory, &place);
	assert_non_null(buffer);
	assert_ptr_equal(buffer_get(&memory, &place), buffer);
	buffer_retain(buffer);
	struct md_texture *in_a_frame = md_texture_retain(buffer->texture);
	buffer_release(buffer);
	assert_int_equal(memory.released.count, 0);
	/* A layer takes it up again while a frame still shows it. */
	buffer_retain(buffer);
	md_texture_release(in_a_frame);
	assert_int_equal(memory.released.count, 0);
	buffer_release(buffer);
	assert_int_equal(memory.released.count, 1);
	const struct released *released = os_array_at(&memory.released, 0);
	assert_int_equal(released->arena, 1);
	assert_int_equal(released->offset, 256);
	/* The client goes while a frame still shows it: the memory stays as long. */
	buffer = buffer_get(&memory, &place);
	buffer_retain(buffer);
	in_a_frame = md_texture_retain(buffer->texture);
	memory_finish(&memory);
	buffer_release(buffer);
	int width, height;
	md_texture_size_px(in_a_frame, &width, &height);
	assert_int_equal(width, 10);
	md_texture_release(in_a_frame);
}

static void places_outside_are_refused(void **state)
{
	struct memory memory;
	memory_init(&memory, SCREEN, 3);
	size_t size = 0;
	close(memory_give(&memory, 1, 100, &size));
	const uint32_t end = (uint32_t)size;
	const struct buffer_place bad[] = {
	    {2, 0, 4, 4, 16, true},           {1, end, 4, 4, 16, true},
	    {1, end - 60, 4, 4, 16, true},    {1, 0, 0, 4, 16, true},
	    {1, 0, 4, 0, 16, true},           {1, 0, 5, 4, 16, true},
	    {1, 2, 4, 4, 16, true},           {1, 0, 4, 4, 18, true},
	    {1, 0xfffffff0u, 4, 4, 16, true}, {1, 0, 0x40000001u, 1, 4, true},
	    {1, 0, 4, 0xffffffffu, 16, true}, {1, 0, 4, 4, 0xfffffffcu, true}};
	for (size_t i = 0; i < OS_ARRAY_LEN(bad); i++) {
		assert_null(buffer_get(&memory, &bad[i]));
	}
	memory_finish(&memory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_arena_cannot_be_cut_or_grown), cmocka_unit_test(the_budget_holds),
	    cmocka_unit_test(only_a_sealed_one_is_taken_back),
	    cmocka_unit_test(a_buffer_is_released_when_nobody_shows_it),
	    cmocka_unit_test(places_outside_are_refused)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
