/* Emitting walks the list while anybody may change it, so the walk is itself in the list: `cursor`
 * stands behind the listener that is being called, `end` behind the last one that was there when
 * the emit began. Both have no fn and are stepped over by walks inside this one. When the signal
 * is finished meanwhile, the cursor is taken out like everybody else, and the walk is over. */
#include <os/signal.h>

#include <assert.h>

static bool is_connected(const struct os_listener *listener)
{
	return listener->link.next != NULL;
}

static void take_out(struct os_listener *listener)
{
	os_list_remove(&listener->link);
	listener->link = (struct os_list){NULL, NULL};
}

void os_signal_init(struct os_signal *signal)
{
	os_list_init(&signal->listeners);
}

void os_signal_finish(struct os_signal *signal)
{
	while (!os_list_is_empty(&signal->listeners)) {
		take_out(OS_CONTAINER_OF(signal->listeners.next, struct os_listener, link));
	}
}

void os_signal_connect(struct os_signal *signal, struct os_listener *listener, os_signal_fn fn,
		       void *context)
{
	assert(fn != NULL);
	os_listener_disconnect(listener);
	if (signal->listeners.next == NULL) {
		os_signal_init(signal);
	}
	listener->fn = fn;
	listener->context = context;
	os_list_append(&signal->listeners, &listener->link);
}

void os_listener_disconnect(struct os_listener *listener)
{
	if (is_connected(listener)) {
		take_out(listener);
	}
}

void os_signal_emit(struct os_signal *signal, void *data)
{
	if (os_list_is_empty(&signal->listeners)) {
		return;
	}
	struct os_listener cursor = {0}, end = {0};
	os_list_prepend(&signal->listeners, &cursor.link);
	os_list_append(&signal->listeners, &end.link);
	while (is_connected(&cursor) && cursor.link.next != &end.link) {
		struct os_list *place = cursor.link.next;
		os_list_remove(&cursor.link);
		os_list_insert_after(place, &cursor.link);
		struct os_listener *listener = OS_CONTAINER_OF(place, struct os_listener, link);
		if (listener->fn != NULL) {
			listener->fn(listener->context, data);
		}
	}
	os_listener_disconnect(&cursor);
	os_listener_disconnect(&end);
}
