/* Signature: walks the little language that os/interface.h describes, one type at a time. */
#ifndef OS_SIGNATURE_H
#define OS_SIGNATURE_H

#include <os/base.h>

#define SIGNATURE_TEXT_BOUND 1024
#define SIGNATURE_BYTES_BOUND 4096

struct signature_item {
	char kind;         /* b i u x t d s y h H a */
	uint32_t bound;    /* s, y: bytes; a: elements */
	const char *inner; /* a: first type inside the parentheses */
	const char *next;  /* behind this item */
};

/* 1 and an item, 0 at the end (NUL or the array's ')'), -EINVAL if it does not parse. */
int signature_next(const char *at, struct signature_item *ret_item);
/* The fewest bytes that the types from here to the end (or ')') take in a message. */
size_t signature_least_bytes(const char *at);
/* Descriptors that the types name at most. */
uint32_t signature_most_fds(const char *at);

#endif
