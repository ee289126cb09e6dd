/* Memory: two ways to ask for it.
 *
 * Small things of fixed size: os_alloc, which zeroes and never returns NULL (a process that cannot
 * have 200 bytes is over). Anything whose size comes from outside (a file, a message, a user):
 * os_try_alloc, which can fail and says so. Both are freed with os_free.
 *
 * Thread: any. */
#ifndef OS_MEMORY_H
#define OS_MEMORY_H

#include <os/base.h>

OS_PUBLIC void *os_alloc(size_t size);                       /* zeroed; aborts on failure */
OS_PUBLIC void *os_alloc_array(size_t count, size_t size);   /* zeroed; aborts on overflow */
OS_PUBLIC void *os_realloc_array(void *old, size_t count, size_t size); /* new part not zeroed */
OS_PUBLIC void *os_try_alloc(size_t size);                   /* zeroed; NULL if there is none */
OS_PUBLIC void *os_try_realloc(void *old, size_t size);      /* NULL leaves old as it was */
OS_PUBLIC char *os_strdup(const char *text);                 /* NULL for NULL */
OS_PUBLIC char *os_strndup(const char *text, size_t length);
OS_PUBLIC char *os_format(const char *format, ...) OS_PRINTF(1, 2);
OS_PUBLIC void os_free(void *memory);

/* Test only: makes the n-th os_try_alloc from now fail (1 = next one); 0 turns it off. */
OS_PUBLIC void os_try_alloc_fail_at(uint64_t n);

#endif
