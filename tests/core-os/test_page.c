#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <os/process.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

#include "page.h"

static void counts_are_seen_from_outside(void **state)
{
	int fd = -1;
	page_count_sent(page_connection(5)); /* before there is a page: moves along */
	os_process_begin_busy();
	assert_int_equal(page_create(&fd), 0);
	assert_int_equal(page_attach(fd), 0);
	const struct page *page = page_map(fd);
	assert_non_null(page);
	page_count_sent(page_connection(5));
	page_count_handled(page_connection(9));
	page_count_sent(page_connection(0)); /* counted by nobody */
	page_set_next_deadline(1234);
	page_add_wakes(3);

	struct page_copy copy, again;
	page_read(page, &copy);
	assert_int_equal(copy.busy, 1);
	assert_int_equal(copy.next_deadline_us, 1234);
	assert_int_equal(copy.wakes, 3);
	assert_int_equal(copy.connection_count, 2);
	assert_int_equal(copy.connections[0].id, 5);
	assert_int_equal(copy.connections[0].sent, 2);
	assert_int_equal(copy.connections[1].handled, 1);
	page_read(page, &again);
	assert_true(page_copy_equal(&copy, &again));

	page_drop_connection(5);
	page_drop_connection(5);
	os_process_end_busy();
	page_read(page, &again);
	assert_false(page_copy_equal(&copy, &again));
	assert_int_equal(again.connection_count, 1);
	page_drop_connection(9);
	page_unmap(page);
	close(fd);
}

static void the_table_is_bounded(void **state)
{
	struct page_connection *last = NULL;
	for (uint64_t id = 1; id <= PAGE_CONNECTIONS + 3; id++) {
		last = page_connection(id);
	}
	assert_ptr_equal(last, page_connection(0));
	assert_int_equal(page_own()->full, 3);
	page_drop_connection(7);
	page_count_sent(page_connection(99));
	assert_int_equal(page_connection(99)->sent, 1);
	for (uint64_t id = 1; id <= 99; id++) {
		page_drop_connection(id);
	}
}

static void a_watcher_hears_that_all_rest(void **state)
{
	int event = eventfd(0, EFD_NONBLOCK);
	uint64_t value;
	page_watch_busy(event, 0);
	os_process_begin_busy();
	os_process_begin_busy();
	os_process_end_busy();
	assert_true(read(event, &value, sizeof(value)) < 0);
	os_process_end_busy();
	assert_int_equal(read(event, &value, sizeof(value)), sizeof(value));
	page_watch_busy(-1, 0);
	close(event);
}

static void what_is_not_a_page_is_refused(void **state)
{
	int fd = memfd_create("x", MFD_ALLOW_SEALING);
	assert_int_equal(ftruncate(fd, sizeof(struct page)), 0);
	assert_int_equal(page_attach(fd), -EINVAL); /* not sealed */
	fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL);
	assert_int_equal(page_attach(fd), -EINVAL); /* no magic */
	close(fd);
	assert_int_equal(page_attach(-1), -EINVAL);
	assert_null(page_map(-1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(counts_are_seen_from_outside),
	    cmocka_unit_test(the_table_is_bounded),
	    cmocka_unit_test(a_watcher_hears_that_all_rest),
	    cmocka_unit_test(what_is_not_a_page_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
