/* The conversation of the test child: a program that plays any process of a device, so that the
 * supervisor can be tested with nothing above core-os. */
#ifndef TEST_CHILD_H
#define TEST_CHILD_H

#include <os/interface.h>

enum child_request {
	CHILD_ASK,   /* → pid, frames ticked, hellos so far, the last one's client, names, device time */
	CHILD_HELLO, /* from another child: its role or app */
	CHILD_BUSY,  /* true: says that it is busy from now on */
	CHILD_LINE,  /* writes a line to its log */
	CHILD_REQUESTS
};

static const struct os_message_type s_child_requests[CHILD_REQUESTS] = {
	[CHILD_ASK] = {"ask", "", .reply = "ituts127x"},
	[CHILD_HELLO] = {"hello", "s127"},
	[CHILD_BUSY] = {"busy", "b", .reply = ""},
	[CHILD_LINE] = {"line", "s127", .reply = ""},
};

static const struct os_interface s_child_interface = {
	.struct_size = sizeof(struct os_interface),
	.name = "child",
	.version = 1,
	.requests = s_child_requests,
	.request_count = CHILD_REQUESTS,
};

#define CHILD_FRAME_US 16667
#define CHILD_APP "org.test.one"

#endif
