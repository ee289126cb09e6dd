/* Notification centre: named notices inside one process (NSNotificationCenter).
 *
 * Who posts does not know who listens. Between two objects that know each other a signal, a
 * delegate or an action is the better word.
 *
 *	struct cs_observer *observer = cs_notification_observe(NULL, "notes.moved", store, moved, self);
 *	cs_notification_post(NULL, "notes.moved", store, NULL);         calls moved at once
 *	observer = cs_observer_remove(observer);
 *
 * A NULL centre is the process's own, this library's one singleton. Observers are called in the
 * order in which they came; one may remove itself or others, and add new ones, while it is called:
 * new ones hear from the next notice on. Thread: main. */
#ifndef CS_NOTIFICATION_CENTER_H
#define CS_NOTIFICATION_CENTER_H

#include <cs/value.h>

struct cs_notification_center;
struct cs_observer;

struct cs_notification {
	const char *name;
	void *object;                /* who posted it; NULL if nobody in particular */
	const struct cs_value *info; /* may be NULL */
};
typedef void (*cs_notification_fn)(void *context, const struct cs_notification *notification);

CS_PUBLIC struct cs_notification_center *cs_notification_center_create(void);
CS_PUBLIC struct cs_notification_center *
cs_notification_center_destroy(struct cs_notification_center *center);
CS_PUBLIC struct cs_notification_center *cs_notification_center_default(void);

/* NULL name: every notice; NULL object: from everybody. object is compared, never followed. */
CS_PUBLIC struct cs_observer *cs_notification_observe(struct cs_notification_center *center,
						      const char *name, void *object,
						      cs_notification_fn fn, void *context);
CS_PUBLIC struct cs_observer *cs_observer_remove(struct cs_observer *observer); /* returns NULL */
CS_PUBLIC void cs_notification_post(struct cs_notification_center *center, const char *name,
				    void *object, const struct cs_value *info);

#endif
