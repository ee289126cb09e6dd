/* An interface with one of everything, for the tests of messages and ports. */
#ifndef TEST_LAMP_H
#define TEST_LAMP_H

#include <os/message.h>

enum { LAMP_ALL, LAMP_ASK, LAMP_MOVE, LAMP_SECRET, LAMP_BIG, LAMP_FD, LAMP_REQUESTS };
enum { LAMP_CHANGED, LAMP_QUESTION, LAMP_EVENTS };

static const struct os_message_type s_lamp_requests[LAMP_REQUESTS] = {
	[LAMP_ALL] = {"all", "biuxtds16y8a3(us8)H"},
	[LAMP_ASK] = {"ask", "u", .reply = "s32"},
	[LAMP_MOVE] = {"move", "tdd", .flags = OS_MESSAGE_COALESCES},
	[LAMP_SECRET] = {"secret", "", .reply = "", .needs = "shell"},
	[LAMP_BIG] = {"big", "y60000"},
	[LAMP_FD] = {"fd", "hu"},
};
static const struct os_message_type s_lamp_events[LAMP_EVENTS] = {
	[LAMP_CHANGED] = {"changed", "u"},
	[LAMP_QUESTION] = {"question", "u", .reply = "u"},
};
static const struct os_interface s_lamp = {
	.struct_size = sizeof(struct os_interface),
	.name = "lamp",
	.version = 1,
	.requests = s_lamp_requests,
	.request_count = LAMP_REQUESTS,
	.events = s_lamp_events,
	.event_count = LAMP_EVENTS,
};

#endif
