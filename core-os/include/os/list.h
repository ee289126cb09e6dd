/* List: a doubly linked list whose links live in the elements, as in the kernel's list.h.
 *
 *	struct os_list timers;                     head; also the type of a link
 *	os_list_init(&timers);
 *	os_list_append(&timers, &timer->link);
 *	struct timer *timer;
 *	os_list_for_each(timer, &timers, link) { … }     must not remove inside
 *	os_list_for_each_safe(timer, next, &timers, link) { … }   may remove `timer`
 *
 * A list owns nothing. Thread: the owner's. */
#ifndef OS_LIST_H
#define OS_LIST_H

#include <os/base.h>

struct os_list {
	struct os_list *prev, *next;
};

OS_PUBLIC void os_list_init(struct os_list *list);
OS_PUBLIC void os_list_append(struct os_list *list, struct os_list *link);
OS_PUBLIC void os_list_prepend(struct os_list *list, struct os_list *link);
OS_PUBLIC void os_list_insert_after(struct os_list *place, struct os_list *link);
OS_PUBLIC void os_list_remove(struct os_list *link); /* the link is as after init; twice is fine */
OS_PUBLIC bool os_list_is_empty(const struct os_list *list);
OS_PUBLIC size_t os_list_count(const struct os_list *list); /* walks */

#define OS_LIST_ITEM(at, item, member) OS_CONTAINER_OF(at, __typeof__(*(item)), member)
#define os_list_for_each(item, head, member)                                                       \
	for ((item) = OS_LIST_ITEM((head)->next, item, member); &(item)->member != (head);         \
	     (item) = OS_LIST_ITEM((item)->member.next, item, member))
#define os_list_for_each_reverse(item, head, member)                                               \
	for ((item) = OS_LIST_ITEM((head)->prev, item, member); &(item)->member != (head);         \
	     (item) = OS_LIST_ITEM((item)->member.prev, item, member))
#define os_list_for_each_safe(item, after, head, member)                                           \
	for ((item) = OS_LIST_ITEM((head)->next, item, member),                                    \
	    (after) = OS_LIST_ITEM((item)->member.next, item, member);                             \
	     &(item)->member != (head);                                                            \
	     (item) = (after), (after) = OS_LIST_ITEM((item)->member.next, item, member))

#endif
