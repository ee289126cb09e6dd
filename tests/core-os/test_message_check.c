/* The door for bytes: every truncation and every bit turned is refused, or is another message that
 * reads and prints without a fault. F13 */
#include "test.h"

#include <errno.h>

#include <os/memory.h>
#include <os/status.h>

#include "lamp.h"
#include "message_private.h"

static void make(struct os_message *message)
{
	os_message_init(message, &s_lamp.requests[LAMP_ALL], LAMP_ALL);
	os_message_write_bool(message, true);
	os_message_write_i32(message, -7);
	os_message_write_u32(message, 7);
	os_message_write_i64(message, 12);
	os_message_write_u64(message, 13);
	os_message_write_double(message, 1.0);
	os_message_write_text(message, "na\xc3\xafve");
	os_message_write_bytes(message, "\0\1\2", 3);
	os_message_write_count(message, 2);
	os_message_write_u32(message, 1);
	os_message_write_text(message, "one");
	os_message_write_u32(message, 2);
	os_message_write_text(message, "two");
	os_message_write_fd(message, -1);
	assert_int_equal(message_seal(message), 0);
}

/* A copy of exactly this size, so that AddressSanitizer sees every byte read behind its end. */
static int decode(const void *bytes, size_t length, struct os_message *copy, struct os_error *error)
{
	void *exact = os_try_alloc(length == 0 ? 1 : length);
	memcpy(exact, bytes, length);
	int result = os_message_decode(&s_lamp, true, exact, length, NULL, 0, copy, error);
	os_free(exact);
	return result;
}

static void every_truncation_is_refused(void **state)
{
	struct os_message message, copy;
	struct os_error error;
	make(&message);
	for (size_t length = 0; length < message.bytes.length; length++) {
		assert_int_equal(decode(message.bytes.bytes, length, &copy, &error), -EBADMSG);
		/* the same with a header that says so */
		if (length >= sizeof(struct os_message_header)) {
			message.header.size = (uint32_t)length;
			memcpy(message.bytes.bytes, &message.header, sizeof(message.header));
			assert_int_equal(decode(message.bytes.bytes, length, &copy, &error), -EBADMSG);
			assert_non_null(strstr(error.text, "lamp.all"));
		}
	}
	os_message_finish(&message);
}

static void every_turned_bit_is_refused_or_reads(void **state)
{
	struct os_message message, copy;
	make(&message);
	int accepted = 0, refused = 0;
	for (size_t bit = 0; bit < message.bytes.length * 8; bit++) {
		char mask = (char)(1 << (bit % 8));
		message.bytes.bytes[bit / 8] ^= mask;
		if (decode(message.bytes.bytes, message.bytes.length, &copy, NULL) == 0) {
			struct os_buffer text = {0};
			assert_memory_equal(copy.bytes.bytes, message.bytes.bytes, message.bytes.length);
			os_message_print(&s_lamp, true, &copy, &text);
			os_buffer_finish(&text);
			os_message_finish(&copy);
			accepted++;
		} else {
			refused++;
		}
		message.bytes.bytes[bit / 8] ^= mask;
	}
	assert_true(accepted > 0 && refused > 0);
	os_message_finish(&message);
}

static int decode_header(struct os_message_header header, bool from_client)
{
	struct os_message copy;
	header.size = sizeof(header);
	int result = os_message_decode(&s_lamp, from_client, &header, sizeof(header), NULL, 0, &copy, NULL);
	if (result == 0) {
		os_message_finish(&copy);
	}
	return result;
}

static void headers_must_make_sense(void **state)
{
	const uint32_t reply = OS_MESSAGE_REPLY_BIT;
	assert_int_equal(decode_header((struct os_message_header){.type = LAMP_SECRET}, true), 0);
	/* not a request, not an event */
	assert_int_equal(decode_header((struct os_message_header){.type = LAMP_REQUESTS}, true), -EBADMSG);
	assert_int_equal(decode_header((struct os_message_header){.type = LAMP_SECRET}, false), -EBADMSG);
	/* a request fails with nothing; a reply may, if there is one to give */
	assert_int_equal(decode_header((struct os_message_header){.type = LAMP_SECRET, .status = -1}, true), -EBADMSG);
	assert_int_equal(decode_header((struct os_message_header){.type = LAMP_ASK | reply, .serial = 1, .status = -1}, false), 0);
	assert_int_equal(decode_header((struct os_message_header){.type = LAMP_ASK | reply, .serial = 1, .status = 1}, false), -EBADMSG);
	assert_int_equal(decode_header((struct os_message_header){.type = LAMP_ASK | reply, .serial = 1, .status = -5000}, false), -EBADMSG);
	assert_int_equal(decode_header((struct os_message_header){.type = LAMP_ASK | reply, .status = -1}, false), -EBADMSG);
	assert_int_equal(decode_header((struct os_message_header){.type = LAMP_MOVE | reply, .serial = 1, .status = -1}, false), -EBADMSG);
	/* replies to requests come from the server, those to events from the client */
	assert_int_equal(decode_header((struct os_message_header){.type = LAMP_SECRET | reply, .serial = 1}, false), 0);
	assert_int_equal(decode_header((struct os_message_header){.type = LAMP_SECRET | reply, .serial = 1}, true), -EBADMSG);
	assert_int_equal(decode_header((struct os_message_header){.type = LAMP_QUESTION | reply, .serial = 1, .status = -1}, true), 0);
}

static void counts_beyond_the_bytes_are_refused_quickly(void **state)
{
	struct os_message message, copy;
	make(&message);
	size_t text_at = sizeof(struct os_message_header) + 1 + 4 + 4 + 8 + 8 + 8;
	const uint32_t huge[] = {17, 0xffffffffu, 0x7fffffffu, 0xfffffffbu};
	for (size_t i = 0; i < OS_ARRAY_LEN(huge); i++) {
		memcpy(message.bytes.bytes + text_at, &huge[i], 4);
		assert_int_equal(decode(message.bytes.bytes, message.bytes.length, &copy, NULL), -EBADMSG);
	}
	os_message_finish(&message);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_truncation_is_refused),
		cmocka_unit_test(every_turned_bit_is_refused_or_reads),
		cmocka_unit_test(headers_must_make_sense),
		cmocka_unit_test(counts_beyond_the_bytes_are_refused_quickly),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
