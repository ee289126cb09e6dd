/* Message, for the port: sealing what is sent, checking what came. */
#ifndef OS_MESSAGE_PRIVATE_H
#define OS_MESSAGE_PRIVATE_H

#include <os/message.h>

struct os_error;

/* Moves over the next type of the signature, which must be `kind`. Returns its bound. */
uint32_t message_expect(struct os_message *message, char kind);
/* Goes back to the first value, for reading. */
void message_rewind(struct os_message *message);
/* Reads text into a field; what the signature allows must fit it. */
void message_read_into(struct os_message *message, char *field, size_t size);
/* Writes the header in front. -EINVAL if a value did not fit its bound or was not valid (the
 * receiver would close the port), -EMSGSIZE if it became too long. Asserts that it is whole. */
int message_seal(struct os_message *message);
/* Checks message->bytes and its descriptors against the table and makes it readable. */
int message_check(const struct os_interface *interface, bool from_client,
                  struct os_message *message, struct os_error *ret_error);

#endif
