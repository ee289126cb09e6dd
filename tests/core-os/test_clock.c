#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <os/clock.h>
#include <sys/mman.h>
#include <unistd.h>

static void a_running_clock_goes_with_the_kernels(void **state)
{
	int64_t before_us = os_clock_from_monotonic_us(os_clock_real_us());
	int64_t now_us = os_clock_now_us();
	int64_t after_us = os_clock_from_monotonic_us(os_clock_real_us());
	assert_true(before_us <= now_us && now_us <= after_us);
	assert_false(os_clock_is_held());
}

static void a_held_clock_stands_and_is_stepped(void **state)
{
	os_clock_hold();
	int64_t now_us = os_clock_now_us(), wall_us = os_clock_wall_us();
	assert_true(os_clock_is_held());
	assert_int_equal(os_clock_from_monotonic_us(os_clock_real_us()), now_us);
	os_clock_advance_to(now_us + 16667);
	assert_int_equal(os_clock_now_us(), now_us + 16667);
	assert_int_equal(os_clock_wall_us(), wall_us + 16667);
	os_clock_advance_to(now_us); /* never backwards */
	assert_int_equal(os_clock_now_us(), now_us + 16667);
	os_clock_advance_to(now_us + 3600 * OS_US_PER_S);
	os_clock_run();
	assert_true(os_clock_now_us() >= now_us + 3600 * OS_US_PER_S); /* no jump back */
	assert_true(os_clock_wall_us() >= wall_us + 3600 * OS_US_PER_S);
}

static void the_wall_clock_is_set(void **state)
{
	os_clock_hold();
	os_clock_set_wall(1000);
	assert_int_equal(os_clock_wall_us(), 1000);
	os_clock_advance_to(os_clock_now_us() + 5);
	assert_int_equal(os_clock_wall_us(), 1005);
	os_clock_run();
	assert_true(os_clock_wall_us() >= 1005);
	os_clock_set_wall(2000 * OS_US_PER_S);
	assert_true(os_clock_wall_us() >= 2000 * OS_US_PER_S);
	assert_true(os_clock_wall_us() < 3000 * OS_US_PER_S);
}

static void nobody_else_writes_the_page(void **state)
{
	int fd = -1;
	os_clock_hold();
	int64_t now_us = os_clock_now_us();
	assert_int_equal(os_clock_create_page(&fd), 0);
	assert_int_equal(os_clock_now_us(), now_us); /* it took over what there was */
	assert_true(mmap(NULL, 64, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) == MAP_FAILED);
	assert_true(write(fd, "x", 1) < 0);
	assert_true(ftruncate(fd, 0) < 0);
	void *page = mmap(NULL, 64, PROT_READ, MAP_SHARED, fd, 0);
	assert_true(page != MAP_FAILED);
	assert_true(mprotect(page, 64, PROT_READ | PROT_WRITE) < 0);
	munmap(page, 64);
	os_clock_advance_to(now_us + 7);
	assert_int_equal(os_clock_attach(fd), 0); /* as another process would */
	assert_int_equal(os_clock_now_us(), now_us + 7);
	close(fd);
}

static void what_is_not_a_page_is_refused(void **state)
{
	int fd = memfd_create("x", MFD_ALLOW_SEALING);
	assert_int_equal(ftruncate(fd, 4096), 0);
	assert_int_equal(os_clock_attach(fd), -EINVAL);
	fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_FUTURE_WRITE);
	assert_int_equal(os_clock_attach(fd), -EINVAL);
	close(fd);
	assert_int_equal(os_clock_attach(-1), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_running_clock_goes_with_the_kernels),
	    cmocka_unit_test(a_held_clock_stands_and_is_stepped),
	    cmocka_unit_test(the_wall_clock_is_set),
	    cmocka_unit_test(what_is_not_a_page_is_refused),
	    cmocka_unit_test(nobody_else_writes_the_page),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
