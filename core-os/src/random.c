#include <os/random.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

void os_random_bytes(void *bytes, size_t length)
{
	char *at = bytes;
	while (length > 0) {
		ssize_t got = getrandom(at, length, 0);
		if (got < 0 && errno != EINTR) {
			perror("getrandom");
			abort();
		}
		if (got > 0) {
			at += got;
			length -= (size_t)got;
		}
	}
}

uint64_t os_random_u64(void)
{
	uint64_t value;
	os_random_bytes(&value, sizeof(value));
	return value;
}
