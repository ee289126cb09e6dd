/* Interface: a conversation as const tables, one for each direction.
 *
 * A signature is a sequence of types, each with an optional bound:
 *
 *	b bool   i int32   u uint32   x int64   t uint64   d finite double
 *	s UTF-8 text without NUL, at most 1024 bytes, or as many as the number after it: s64
 *	y bytes, at most 4096, or the number after it: y60000
 *	h descriptor (always there)   H descriptor or none
 *	a100(xdds32) array of at most 100 elements, each of the types inside (no h, H, a)
 *
 *	static const struct os_message_type s_requests[] = {
 *		[LAMP_SET] = {"set", "bd", .flags = 0},
 *		[LAMP_ASK] = {"ask", "", .reply = "bd"},
 *	};
 *	const struct os_interface lamp_interface = {
 *		.struct_size = sizeof(struct os_interface), .name = "lamp", .version = 1,
 *		.requests = s_requests, .request_count = OS_ARRAY_LEN(s_requests),
 *		.events = s_events, .event_count = OS_ARRAY_LEN(s_events),
 *	};
 *
 * Requests go from client to server, events from server to client. One marshaller (os/message.h)
 * checks every bound and type before a handler sees anything; one printer shows any conversation
 * by name; one fuzzer covers all. Requests and events of a later version are appended, never
 * renumbered. */
#ifndef OS_INTERFACE_H
#define OS_INTERFACE_H

#include <os/base.h>

enum os_message_flags {
	/* A later one of the same type, key and port may replace an earlier one that is still in the
	 * out-queue; the key is the first value of the signature. For states with a revision, moves. */
	OS_MESSAGE_COALESCES = 1 << 0,
	OS_MESSAGE_QUIET = 1 << 1, /* not shown by `strata messages` unless asked for */
};

struct os_message_type {
	const char *name;      /* NULL: the number is not used */
	const char *signature; /* NULL is "" */
	const char *reply;     /* NULL: no reply is sent; "" is an empty one */
	uint32_t flags;        /* enum os_message_flags */
	const char *needs;     /* NULL or the entitlement that the sender must have (server side) */
};

struct os_interface {
	uint32_t struct_size;
	const char *name;
	uint32_t version;
	const struct os_message_type *requests, *events;
	uint32_t request_count, event_count;
};

/* Checks the tables themselves (signatures parse, bounds fit a message). For tests of every table. */
struct os_error;
OS_PUBLIC int os_interface_check(const struct os_interface *interface, struct os_error *ret_error);

#endif
