#include <os/list.h>

void os_list_init(struct os_list *list)
{
	list->prev = list;
	list->next = list;
}

void os_list_insert_after(struct os_list *place, struct os_list *link)
{
	link->prev = place;
	link->next = place->next;
	place->next->prev = link;
	place->next = link;
}

void os_list_append(struct os_list *list, struct os_list *link)
{
	os_list_insert_after(list->prev, link);
}

void os_list_prepend(struct os_list *list, struct os_list *link)
{
	os_list_insert_after(list, link);
}

void os_list_remove(struct os_list *link)
{
	if (link->next != NULL) { /* a zeroed link was never in a list */
		link->prev->next = link->next;
		link->next->prev = link->prev;
	}
	os_list_init(link);
}

bool os_list_is_empty(const struct os_list *list)
{
	return list->next == NULL || list->next == list;
}

size_t os_list_count(const struct os_list *list)
{
	size_t count = 0;
	if (list->next == NULL) {
		return 0;
	}
	for (const struct os_list *at = list->next; at != list; at = at->next) {
		count++;
	}
	return count;
}
