#include <cs/notification_center.h>

#include <os/list.h>
#include <os/memory.h>

#include <string.h>

struct cs_observer {
	struct os_list link; /* cs_notification_center.observers */
	struct cs_notification_center *center;
	char *name;
	void *object;
	cs_notification_fn fn; /* NULL: removed while a notice was being told */
	void *context;
	uint64_t since; /* the number of posts made before it came */
};

struct cs_notification_center {
	struct os_list observers;
	uint64_t posts;
	int telling; /* nested posts under way: removed observers stay in the list until it is 0 */
	bool has_removed;
};

static struct cs_notification_center *s_default;

struct cs_notification_center *cs_notification_center_create(void)
{
	struct cs_notification_center *center = os_alloc(sizeof(*center));
	os_list_init(&center->observers);
	return center;
}

static void observer_free(struct cs_observer *observer)
{
	os_list_remove(&observer->link);
	os_free(observer->name);
	os_free(observer);
}

struct cs_notification_center *cs_notification_center_destroy(struct cs_notification_center *center)
{
	if (center == NULL) {
		return NULL;
	}
	struct cs_observer *observer, *after;
	os_list_for_each_safe(observer, after, &center->observers, link) {
		observer_free(observer);
	}
	if (center == s_default) {
		s_default = NULL;
	}
	os_free(center);
	return NULL;
}

struct cs_notification_center *cs_notification_center_default(void)
{
	if (s_default == NULL) {
		s_default = cs_notification_center_create();
	}
	return s_default;
}

struct cs_observer *cs_notification_observe(struct cs_notification_center *center, const char *name,
					    void *object, cs_notification_fn fn, void *context)
{
	if (center == NULL) {
		center = cs_notification_center_default();
	}
	struct cs_observer *observer = os_alloc(sizeof(*observer));
	observer->center = center;
	observer->name = os_strdup(name);
	observer->object = object;
	observer->fn = fn;
	observer->context = context;
	observer->since = center->posts;
	os_list_append(&center->observers, &observer->link);
	return observer;
}

struct cs_observer *cs_observer_remove(struct cs_observer *observer)
{
	if (observer == NULL) {
		return NULL;
	}
	if (observer->center->telling > 0) {
		observer->fn = NULL;
		observer->center->has_removed = true;
	} else {
		observer_free(observer);
	}
	return NULL;
}

static void sweep(struct cs_notification_center *center)
{
	struct cs_observer *observer, *after;
	os_list_for_each_safe(observer, after, &center->observers, link) {
		if (observer->fn == NULL) {
			observer_free(observer);
		}
	}
	center->has_removed = false;
}

void cs_notification_post(struct cs_notification_center *center, const char *name, void *object,
			  const struct cs_value *info)
{
	if (center == NULL) {
		center = cs_notification_center_default();
	}
	const struct cs_notification notification = {name, object, info};
	uint64_t number = ++center->posts;
	center->telling++;
	struct cs_observer *observer;
	os_list_for_each(observer, &center->observers, link) {
		bool wanted = observer->fn != NULL && observer->since < number &&
			      (observer->name == NULL || strcmp(observer->name, name) == 0) &&
			      (observer->object == NULL || observer->object == object);
		if (wanted) {
			observer->fn(observer->context, &notification);
		}
	}
	if (--center->telling == 0 && center->has_removed) {
		sweep(center);
	}
}
