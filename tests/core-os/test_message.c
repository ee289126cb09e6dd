/* F13. Message: every type goes over whole, and what does not fit never leaves. */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <unistd.h>

#include <os/status.h>

#include "lamp.h"
#include "message_private.h"

static void start(struct os_message *message, uint32_t index)
{
	os_message_init(message, &s_lamp.requests[index], index);
}

static void write_all(struct os_message *message, int fd)
{
	start(message, LAMP_ALL);
	os_message_write_bool(message, true);
	os_message_write_i32(message, -7);
	os_message_write_u32(message, 7);
	os_message_write_i64(message, INT64_MIN);
	os_message_write_u64(message, UINT64_MAX);
	os_message_write_double(message, 0.5);
	os_message_write_text(message, "caf\xc3\xa9");
	os_message_write_bytes(message, "\0\1\2", 3);
	os_message_write_count(message, 2);
	os_message_write_u32(message, 1);
	os_message_write_text(message, "one");
	os_message_write_u32(message, 2);
	os_message_write_text(message, NULL);
	os_message_write_fd(message, fd);
}

static void every_type_goes_over(void **state)
{
	struct os_message message, copy;
	int pipe_fds[2];
	assert_int_equal(pipe(pipe_fds), 0);
	write_all(&message, pipe_fds[1]);
	assert_int_equal(message_seal(&message), 0);
	int fds[1] = {fcntl(message.fds[0], F_DUPFD_CLOEXEC, 3)};
	assert_int_equal(os_message_decode(&s_lamp, true, message.bytes.bytes, message.bytes.length,
	                                   fds, 1, &copy, NULL), 0);
	assert_true(os_message_read_bool(&copy));
	assert_int_equal(os_message_read_i32(&copy), -7);
	assert_int_equal(os_message_read_u32(&copy), 7);
	assert_true(os_message_read_i64(&copy) == INT64_MIN);
	assert_true(os_message_read_u64(&copy) == UINT64_MAX);
	assert_true(os_message_read_double(&copy) == 0.5);
	assert_string_equal(os_message_read_text(&copy), "caf\xc3\xa9");
	size_t length;
	assert_memory_equal(os_message_read_bytes(&copy, &length), "\0\1\2", 3);
	assert_int_equal(length, 3);
	assert_int_equal(os_message_read_count(&copy), 2);
	assert_int_equal(os_message_read_u32(&copy), 1);
	assert_string_equal(os_message_read_text(&copy), "one");
	assert_int_equal(os_message_read_u32(&copy), 2);
	assert_string_equal(os_message_read_text(&copy), "");
	int fd = os_message_take_fd(&copy);
	assert_int_equal(write(fd, "x", 1), 1);
	close(fd);
	os_message_finish(&copy);
	os_message_finish(&message);
	close(pipe_fds[0]);
	close(pipe_fds[1]);
}

static void empty_arrays_and_absent_descriptors_go_over(void **state)
{
	struct os_message message, copy;
	start(&message, LAMP_ALL);
	os_message_write_bool(&message, false);
	os_message_write_i32(&message, 0);
	os_message_write_u32(&message, 0);
	os_message_write_i64(&message, 0);
	os_message_write_u64(&message, 0);
	os_message_write_double(&message, 0);
	os_message_write_text(&message, "");
	os_message_write_bytes(&message, NULL, 0);
	os_message_write_count(&message, 0);
	os_message_write_fd(&message, -1);
	assert_int_equal(message_seal(&message), 0);
	assert_int_equal(os_message_decode(&s_lamp, true, message.bytes.bytes, message.bytes.length,
	                                   NULL, 0, &copy, NULL), 0);
	os_message_finish(&copy);
	os_message_finish(&message);
}

static void what_does_not_fit_never_leaves(void **state)
{
	struct os_message message;
	start(&message, LAMP_MOVE);
	os_message_write_u64(&message, 1);
	os_message_write_double(&message, (double)NAN);
	os_message_write_double(&message, 0);
	assert_int_equal(message_seal(&message), -EINVAL);
	os_message_finish(&message);

	struct os_message request;
	start(&request, LAMP_ASK);
	os_message_write_u32(&request, 1);
	const char *const wrong[] = {"\xff", "thirty-three bytes are one too many"};
	for (size_t i = 0; i < OS_ARRAY_LEN(wrong); i++) {
		os_message_init_reply(&message, &request);
		os_message_write_text(&message, wrong[i]);
		assert_int_equal(message_seal(&message), -EINVAL);
		os_message_finish(&message);
	}
	os_message_finish(&request);
	start(&message, LAMP_FD);
	os_message_write_fd(&message, -1);
	os_message_write_u32(&message, 1);
	assert_int_equal(message_seal(&message), -EINVAL);
	os_message_finish(&message);
}

static void finishing_closes_descriptors_not_taken(void **state)
{
	int pipe_fds[2];
	struct os_message message;
	assert_int_equal(pipe(pipe_fds), 0);
	start(&message, LAMP_FD);
	os_message_write_fd(&message, pipe_fds[1]);
	close(pipe_fds[1]);
	os_message_finish(&message);
	char byte;
	assert_int_equal(read(pipe_fds[0], &byte, 1), 0); /* no writer is left */
	close(pipe_fds[0]);
}

static void replies_carry_serial_flow_and_status(void **state)
{
	struct os_message request, reply;
	start(&request, LAMP_ASK);
	os_message_write_u32(&request, 1);
	request.header.serial = 9;
	request.header.flow = 77;
	os_message_init_reply(&reply, &request);
	os_message_write_text(&reply, "yes");
	assert_int_equal(message_seal(&reply), 0);
	assert_int_equal(reply.header.type, LAMP_ASK | OS_MESSAGE_REPLY_BIT);
	assert_int_equal(reply.header.serial, 9);
	assert_int_equal(reply.header.flow, 77);
	os_message_finish(&reply);
	os_message_init_reply(&reply, &request);
	reply.header.status = -ENOENT;
	assert_int_equal(message_seal(&reply), 0); /* an error goes without values */
	os_message_finish(&reply);
	os_message_finish(&request);
}

static void room_shrinks_as_values_come(void **state)
{
	struct os_message message;
	start(&message, LAMP_ASK);
	size_t before = os_message_room(&message);
	assert_int_equal(before, OS_MESSAGE_MAX_BYTES - sizeof(struct os_message_header));
	os_message_write_u32(&message, 1);
	assert_int_equal(os_message_room(&message), before - 4);
	os_message_finish(&message);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_type_goes_over),
		cmocka_unit_test(empty_arrays_and_absent_descriptors_go_over),
		cmocka_unit_test(what_does_not_fit_never_leaves),
		cmocka_unit_test(finishing_closes_descriptors_not_taken),
		cmocka_unit_test(replies_carry_serial_flow_and_status),
		cmocka_unit_test(room_shrinks_as_values_come),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
