/* Settings as strata-services keeps them: domains of keys with revisions, each in a file of its own,
 * written whole, atomically, on a queue. Permissions are kept the same way.
 *
 * A domain's revision begins at the wall clock's microseconds, so that it rises even when its file
 * was lost, and every change makes it one more. A removed key stays as a revision without a value:
 * who was away must hear of it too. */
#ifndef CS_SETTINGS_STORE_H
#define CS_SETTINGS_STORE_H

#include <cs/value.h>
#include <os/map.h>

#define CS_SETTINGS_MAX_KEYS 512   /* of a domain, removed ones too */
#define CS_SETTINGS_MAX_BYTES 4096 /* of a value as JSON: what a message takes */

struct cs_setting_entry {
	struct cs_value *value; /* NULL: removed */
	uint64_t revision;
};

struct cs_domain {
	struct cs_settings_store *store;
	char *name;
	uint64_t revision;
	struct os_map *entries; /* struct cs_setting_entry by key */
	struct os_map *waiting; /* struct wait by a number: to be told when all so far is durable */
	bool writing, again;    /* a write is under way; another has to follow */
};

struct cs_settings_store;

struct cs_settings_store_delegate {
	/* Before it is durable. */
	void (*changed)(void *context, const struct cs_domain *domain, const char *key,
			const struct cs_setting_entry *entry);
	void (*set_aside)(void *context, const char *sentence);
};
typedef void (*cs_settings_durable_fn)(void *context, int status);

struct cs_settings_store *
cs_settings_store_create(int data, const struct cs_settings_store_delegate *delegate,
			 void *context);
/* Waits until all is written, and tells those who wait for it. Returns NULL. */
struct cs_settings_store *cs_settings_store_destroy(struct cs_settings_store *store);

/* The domain, read from its file when first asked for. Never NULL. Lends. */
struct cs_domain *cs_settings_store_domain(struct cs_settings_store *store, const char *name);
/* NULL if it was never set. */
const struct cs_setting_entry *cs_domain_entry(const struct cs_domain *domain, const char *key);
/* value NULL removes. fn is called once, when it is durable or could not be written. -ENOSPC: too
 * many keys, and then it is not called. */
int cs_domain_set(struct cs_domain *domain, const char *key, struct cs_value *value,
		  cs_settings_durable_fn fn, void *context);
/* Removes all keys that begin with prefix. */
void cs_domain_clear(struct cs_domain *domain, const char *prefix);

/* The file's text (NULL: no memory), and back: -EBADMSG with file, line and what was expected. */
char *cs_domain_copy_text(const struct cs_domain *domain);
int cs_domain_read_text(struct cs_domain *domain, const char *text, size_t length, const char *file,
			struct os_error *ret_error);

#endif
