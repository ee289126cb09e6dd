/* Messages in words: names, values, cut where they are long. */
#include "test.h"

#include <errno.h>

#include "lamp.h"
#include "message_private.h"

static void expect_print(struct os_message *message, bool from_client, const char *wanted)
{
	struct os_buffer text = {0};
	os_message_print(&s_lamp, from_client, message, &text);
	assert_string_equal(os_buffer_text(&text), wanted);
	os_buffer_finish(&text);
}

static void prints_all_types(void **state)
{
	struct os_message message;
	os_message_init(&message, &s_lamp.requests[LAMP_ALL], LAMP_ALL);
	os_message_write_bool(&message, true);
	os_message_write_i32(&message, -7);
	os_message_write_u32(&message, 7);
	os_message_write_i64(&message, -1);
	os_message_write_u64(&message, 5);
	os_message_write_double(&message, 0.5);
	os_message_write_text(&message, "a\"b\n");
	os_message_write_bytes(&message, "xyz", 3);
	os_message_write_count(&message, 1);
	os_message_write_u32(&message, 1);
	os_message_write_text(&message, "one");
	os_message_write_fd(&message, -1);
	expect_print(&message, true,
	             "lamp.all(true, -7, 7, -1, 5, 0.5, \"a\\\"b\\x0a\", <3 bytes>, [(1, \"one\")], <no fd>)");
	os_message_finish(&message);
}

static void prints_replies_and_errors(void **state)
{
	struct os_message request, reply;
	os_message_init(&request, &s_lamp.requests[LAMP_ASK], LAMP_ASK);
	os_message_write_u32(&request, 1);
	os_message_init_reply(&reply, &request);
	os_message_write_text(&reply, "yes");
	expect_print(&reply, false, "lamp.ask = (\"yes\")");
	os_message_finish(&reply);
	os_message_init_reply(&reply, &request);
	reply.header.status = -ENOENT;
	expect_print(&reply, false, "lamp.ask = error: No such file or directory");
	os_message_finish(&reply);
	os_message_finish(&request);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prints_all_types),
		cmocka_unit_test(prints_replies_and_errors),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
