#include "signature.h"

#include <errno.h>
#include <string.h>

#define BOUND_DIGITS 7

static const char *read_bound(const char *at, uint32_t *bound)
{
	if (*at < '0' || *at > '9') {
		return at;
	}
	uint32_t value = 0;
	for (int i = 0; *at >= '0' && *at <= '9'; at++, i++) {
		if (i == BOUND_DIGITS) {
			return NULL;
		}
		value = value * 10 + (uint32_t)(*at - '0');
	}
	*bound = value;
	return at;
}

static int array_item(const char *at, struct signature_item *item)
{
	item->bound = 0;
	at = read_bound(at, &item->bound);
	if (at == NULL || *at != '(' || item->bound == 0) {
		return -EINVAL;
	}
	item->inner = at + 1;
	const char *end = strchr(at, ')');
	if (end == NULL || end == item->inner) {
		return -EINVAL;
	}
	for (at = item->inner; at < end; at++) {
		if (strchr("biuxtdsy0123456789", *at) == NULL) {
			return -EINVAL;
		}
	}
	item->next = end + 1;
	return 1;
}

int signature_next(const char *at, struct signature_item *ret_item)
{
	if (at == NULL || *at == '\0' || *at == ')') {
		return 0;
	}
	struct signature_item item = {.kind = *at, .next = at + 1};
	switch (item.kind) {
	case 's':
	case 'y':
		item.bound = item.kind == 's' ? SIGNATURE_TEXT_BOUND : SIGNATURE_BYTES_BOUND;
		item.next = read_bound(item.next, &item.bound);
		if (item.next == NULL) {
			return -EINVAL;
		}
		break;
	case 'a':
		if (array_item(item.next, &item) < 0) {
			return -EINVAL;
		}
		break;
	case 'b':
	case 'i':
	case 'u':
	case 'x':
	case 't':
	case 'd':
	case 'h':
	case 'H':
		break;
	default:
		return -EINVAL;
	}
	*ret_item = item;
	return 1;
}

static size_t least_bytes(char kind)
{
	switch (kind) {
	case 'b':
	case 'H':
		return 1;
	case 'h':
		return 0;
	case 'x':
	case 't':
	case 'd':
		return 8;
	case 's':
		return 5;
	default:
		return 4; /* i u, and the count of y and a */
	}
}

size_t signature_least_bytes(const char *at)
{
	size_t bytes = 0;
	struct signature_item item;
	while (signature_next(at, &item) > 0) {
		bytes += least_bytes(item.kind);
		at = item.next;
	}
	return bytes;
}

uint32_t signature_most_fds(const char *at)
{
	uint32_t fds = 0;
	struct signature_item item;
	while (signature_next(at, &item) > 0) {
		fds += item.kind == 'h' || item.kind == 'H';
		at = item.next;
	}
	return fds;
}
