/* Array: growing memory for elements of one size.
 *
 *	struct os_array rows;
 *	os_array_init(&rows, sizeof(struct row));
 *	struct row *row = os_array_append(&rows);       zeroed; valid until the next append
 *	for (size_t i = 0; i < rows.count; i++) {
 *		use(os_array_at(&rows, i));
 *	}
 *	os_array_finish(&rows);
 *
 * Thread: the owner's. Indices out of range assert. */
#ifndef OS_ARRAY_H
#define OS_ARRAY_H

#include <os/base.h>

struct os_array {
	void *items;
	size_t count, capacity, item_size;
};

OS_PUBLIC void os_array_init(struct os_array *array, size_t item_size);
OS_PUBLIC void os_array_finish(struct os_array *array);
OS_PUBLIC void *os_array_append(struct os_array *array);
OS_PUBLIC void *os_array_insert(struct os_array *array, size_t index);
OS_PUBLIC void os_array_remove(struct os_array *array, size_t index, size_t count);
OS_PUBLIC void os_array_clear(struct os_array *array); /* keeps the memory */
OS_PUBLIC void *os_array_at(const struct os_array *array, size_t index);
/* Appends a pointer / reads one, for arrays made with sizeof(void *). */
OS_PUBLIC void os_array_append_ptr(struct os_array *array, void *pointer);
OS_PUBLIC void *os_array_ptr_at(const struct os_array *array, size_t index);

#endif
