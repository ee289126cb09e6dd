#include <os/array.h>

#include <assert.h>
#include <os/memory.h>
#include <string.h>

static char *place(const struct os_array *array, size_t index)
{
	return (char *)array->items + index * array->item_size;
}

void os_array_init(struct os_array *array, size_t item_size)
{
	assert(item_size > 0);
	*array = (struct os_array){.item_size = item_size};
}

void os_array_finish(struct os_array *array)
{
	os_free(array->items);
	array->items = NULL;
	array->count = 0;
	array->capacity = 0;
}

void *os_array_append(struct os_array *array)
{
	return os_array_insert(array, array->count);
}

void *os_array_insert(struct os_array *array, size_t index)
{
	assert(array->item_size > 0 && index <= array->count);
	if (array->count == array->capacity) {
		array->capacity = array->capacity > 0 ? array->capacity * 2 : 8;
		array->items = os_realloc_array(array->items, array->capacity, array->item_size);
	}
	char *item = place(array, index);
	memmove(item + array->item_size, item, (array->count - index) * array->item_size);
	memset(item, 0, array->item_size);
	array->count++;
	return item;
}

void os_array_remove(struct os_array *array, size_t index, size_t count)
{
	assert(index <= array->count && count <= array->count - index);
	if (count == 0) {
		return;
	}
	size_t after = array->count - index - count;
	memmove(place(array, index), place(array, index + count), after * array->item_size);
	array->count -= count;
}

void os_array_clear(struct os_array *array)
{
	array->count = 0;
}

void *os_array_at(const struct os_array *array, size_t index)
{
	assert(index < array->count);
	return place(array, index);
}

void os_array_append_ptr(struct os_array *array, void *pointer)
{
	assert(array->item_size == sizeof(void *));
	*(void **)os_array_append(array) = pointer;
}

void *os_array_ptr_at(const struct os_array *array, size_t index)
{
	assert(array->item_size == sizeof(void *));
	return *(void **)os_array_at(array, index);
}
