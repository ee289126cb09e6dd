/* Signals: one thing happens, many hear of it (Foundation's observers; not kill(2)'s signals).
 *
 *	struct os_signal changed;                       in the one who tells
 *	struct os_listener listener = {0};              in the one who hears
 *	os_signal_connect(&changed, &listener, store_did_change, self);
 *	os_signal_emit(&changed, &change_set);
 *	os_listener_disconnect(&listener);              or os_signal_finish by the teller
 *
 * A listener may disconnect itself or others, and connect new ones, while it is called: the new
 * ones hear from the next emit on. The teller may finish the signal meanwhile. Thread: the owner's. */
#ifndef OS_SIGNAL_H
#define OS_SIGNAL_H

#include <os/list.h>

typedef void (*os_signal_fn)(void *context, void *data);

struct os_signal {
	struct os_list listeners; /* os_listener.link */
};
struct os_listener {
	struct os_list link; /* os_signal.listeners; zeroed when not connected */
	os_signal_fn fn;
	void *context;
};

OS_PUBLIC void os_signal_init(struct os_signal *signal);
OS_PUBLIC void os_signal_finish(struct os_signal *signal); /* disconnects all */
OS_PUBLIC void os_signal_connect(struct os_signal *signal, struct os_listener *listener,
                                 os_signal_fn fn, void *context);
OS_PUBLIC void os_listener_disconnect(struct os_listener *listener);
OS_PUBLIC void os_signal_emit(struct os_signal *signal, void *data);

#endif
