#include <os/interface.h>

#include <errno.h>

#include <os/message.h>
#include <os/status.h>

#include "signature.h"

#define ROOM (OS_MESSAGE_MAX_BYTES - sizeof(struct os_message_header))

static bool item_fits(const struct signature_item *item)
{
	if (item->kind == 's' || item->kind == 'y') {
		return item->bound <= ROOM - 5;
	}
	if (item->kind == 'a') {
		return item->bound <= (ROOM - 4) / signature_least_bytes(item->inner);
	}
	return true;
}

static bool signature_is_sound(const char *at)
{
	struct signature_item item;
	int result;
	const char *start = at;
	while ((result = signature_next(at, &item)) > 0) {
		if (!item_fits(&item)) {
			return false;
		}
		if (item.kind == 'a' && !signature_is_sound(item.inner)) {
			return false;
		}
		at = item.next;
	}
	if (result < 0) {
		return false;
	}
	return signature_least_bytes(start) <= ROOM && signature_most_fds(start) <= OS_MESSAGE_MAX_FDS;
}

/* Coalescing looks at the first value, and a message with descriptors may not be thrown away. */
static bool can_coalesce(const struct os_message_type *type)
{
	struct signature_item item;
	return type->reply == NULL && signature_next(type->signature, &item) > 0 && item.kind != 'a' &&
	       signature_most_fds(type->signature) == 0;
}

static int check_table(const char *name, const struct os_message_type *types, uint32_t count,
                       struct os_error *error)
{
	for (uint32_t i = 0; i < count; i++) {
		const struct os_message_type *type = &types[i];
		if (type->name == NULL) {
			continue;
		}
		if (!signature_is_sound(type->signature)) {
			return os_error_set(error, -EINVAL, "%s.%s: signature \"%s\" is not sound", name,
			                    type->name, type->signature);
		}
		if (!signature_is_sound(type->reply)) {
			return os_error_set(error, -EINVAL, "%s.%s: reply \"%s\" is not sound", name,
			                    type->name, type->reply);
		}
		if ((type->flags & OS_MESSAGE_COALESCES) != 0 && !can_coalesce(type)) {
			return os_error_set(error, -EINVAL, "%s.%s: cannot coalesce", name, type->name);
		}
	}
	return 0;
}

int os_interface_check(const struct os_interface *interface, struct os_error *ret_error)
{
	if (interface->struct_size < sizeof(struct os_interface) || interface->name == NULL) {
		return os_error_set(ret_error, -EINVAL, "an interface without name or size");
	}
	int result = check_table(interface->name, interface->requests, interface->request_count,
	                         ret_error);
	if (result < 0) {
		return result;
	}
	return check_table(interface->name, interface->events, interface->event_count, ret_error);
}
