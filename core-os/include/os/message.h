/* Message: typed values in at most 64 KiB, with descriptors (an XPC dictionary, without names).
 *
 *	struct os_message message;
 *	os_message_init(&message, &lamp_interface.requests[LAMP_SET], LAMP_SET);
 *	os_message_write_bool(&message, true);
 *	os_message_write_double(&message, 0.5);
 *	os_port_send(port, &message);                   finishes the message, whatever it returns
 *
 * Writing a type that the signature does not have next asserts: it is a programmer's error. A
 * received message was checked whole before it is seen, so reading cannot fail either:
 *
 *	bool on = os_message_read_bool(message);
 *	double level = os_message_read_double(message);
 *
 * Text and bytes read are lent from the message and live as long as it does.
 * Wire format: header {u32 type, u32 size, u64 flow, u32 serial, i32 status}, then the values in
 * order, packed, host byte order; s and y are u32 length + bytes (+ NUL for s, not counted);
 * an array is u32 count + elements. Thread: the owner's. */
#ifndef OS_MESSAGE_H
#define OS_MESSAGE_H

#include <os/buffer.h>
#include <os/interface.h>

#define OS_MESSAGE_MAX_BYTES 65536
#define OS_MESSAGE_MAX_FDS 16

struct os_message_header {
	uint32_t type;   /* index in the table; for a reply that of its request, with the top bit */
	uint32_t size;   /* of header and values */
	uint64_t flow;   /* os/trace.h */
	uint32_t serial; /* of a request that wants a reply, and of that reply; else 0 */
	int32_t status;  /* of a reply: 0 or -Exxx, and then without values */
};
#define OS_MESSAGE_REPLY_BIT 0x80000000u

struct os_message {
	const struct os_message_type *type;
	const char *signature; /* type->signature, or type->reply for a reply */
	struct os_message_header header;
	struct os_buffer bytes; /* header and values */
	int fds[OS_MESSAGE_MAX_FDS];
	uint32_t fd_count, fd_next;
	/* where writing or reading is */
	size_t at;
	const char *next;        /* in the signature */
	const char *array_start; /* inside an array: its first element type, else NULL */
	uint32_t array_left;
};

/* --- Writing ---------------------------------------------------------------------------------- */

OS_PUBLIC void os_message_init(struct os_message *message, const struct os_message_type *type, uint32_t index);
OS_PUBLIC void os_message_init_reply(struct os_message *message, const struct os_message *request);
/* The same when the request itself is gone: what it was, and its serial. */
OS_PUBLIC void os_message_init_late_reply(struct os_message *message, const struct os_message_type *type,
                                          uint32_t index, uint32_t serial);
OS_PUBLIC void os_message_finish(struct os_message *message); /* closes descriptors not taken */

OS_PUBLIC void os_message_write_bool(struct os_message *message, bool value);
OS_PUBLIC void os_message_write_i32(struct os_message *message, int32_t value);
OS_PUBLIC void os_message_write_u32(struct os_message *message, uint32_t value);
OS_PUBLIC void os_message_write_i64(struct os_message *message, int64_t value);
OS_PUBLIC void os_message_write_u64(struct os_message *message, uint64_t value);
OS_PUBLIC void os_message_write_double(struct os_message *message, double value);
OS_PUBLIC void os_message_write_text(struct os_message *message, const char *text); /* NULL is "" */
OS_PUBLIC void os_message_write_bytes(struct os_message *message, const void *bytes, size_t length);
OS_PUBLIC void os_message_write_fd(struct os_message *message, int fd); /* duplicates it; -1 only for H */
OS_PUBLIC void os_message_write_count(struct os_message *message, uint32_t count);
/* Room left for values, so that a long list can be sent in several messages. */
OS_PUBLIC size_t os_message_room(const struct os_message *message);

/* --- Reading ---------------------------------------------------------------------------------- */

OS_PUBLIC bool os_message_read_bool(struct os_message *message);
OS_PUBLIC int32_t os_message_read_i32(struct os_message *message);
OS_PUBLIC uint32_t os_message_read_u32(struct os_message *message);
OS_PUBLIC int64_t os_message_read_i64(struct os_message *message);
OS_PUBLIC uint64_t os_message_read_u64(struct os_message *message);
OS_PUBLIC double os_message_read_double(struct os_message *message);
OS_PUBLIC const char *os_message_read_text(struct os_message *message);
OS_PUBLIC const void *os_message_read_bytes(struct os_message *message, size_t *ret_length);
OS_PUBLIC int os_message_take_fd(struct os_message *message); /* the caller closes; -1 = none */
OS_PUBLIC uint32_t os_message_read_count(struct os_message *message);

/* --- Bytes of unknown origin ------------------------------------------------------------------- */

/* Checks bytes against the table (which end we are decides which) and fills message; takes the
 * descriptors over in any case. -EBADMSG with a sentence that names message and place. */
OS_PUBLIC int os_message_decode(const struct os_interface *interface, bool from_client, const void *bytes,
                                size_t length, const int *fds, uint32_t fd_count,
                                struct os_message *message, struct os_error *ret_error);
/* Appends "lamp.set(true, 0.5)" for logs; long text and bytes are cut. */
OS_PUBLIC void os_message_print(const struct os_interface *interface, bool from_client,
                                const struct os_message *message, struct os_buffer *text);

#endif
