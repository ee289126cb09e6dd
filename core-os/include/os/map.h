/* Map: a hash table from strings or 64-bit numbers to pointers.
 *
 *	struct os_map *apps = os_map_create(OS_MAP_STRINGS);
 *	os_map_set(apps, "org.strata.notes", app);
 *	struct app *app = os_map_get(apps, "org.strata.notes");       NULL if there is none
 *	struct os_map_cursor cursor = {0};
 *	while (os_map_next(apps, &cursor)) { use(cursor.key, cursor.value); }
 *
 * String keys are copied; values are the caller's. Walks go in order of insertion; setting NULL
 * removes; removing the current one during a walk is allowed, adding is not. Thread: the owner's. */
#ifndef OS_MAP_H
#define OS_MAP_H

#include <os/base.h>

enum os_map_keys { OS_MAP_STRINGS, OS_MAP_NUMBERS };

struct os_map;
struct os_map_cursor {
	size_t at;
	const char *key;
	uint64_t number;
	void *value;
};

OS_PUBLIC struct os_map *os_map_create(enum os_map_keys keys);
OS_PUBLIC struct os_map *os_map_destroy(struct os_map *map); /* returns NULL */
OS_PUBLIC size_t os_map_count(const struct os_map *map);
OS_PUBLIC void *os_map_get(const struct os_map *map, const char *key);
OS_PUBLIC void *os_map_set(struct os_map *map, const char *key, void *value); /* returns the old one */
OS_PUBLIC void *os_map_get_number(const struct os_map *map, uint64_t key);
OS_PUBLIC void *os_map_set_number(struct os_map *map, uint64_t key, void *value);
OS_PUBLIC bool os_map_next(const struct os_map *map, struct os_map_cursor *cursor);

#endif
