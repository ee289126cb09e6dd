/* Bundles as strata-services keeps them. */
#ifndef CS_BUNDLE_PRIVATE_H
#define CS_BUNDLE_PRIVATE_H

#include <cs/apps.h>
#include <cs/bundle.h>
#include <os/list.h>
#include <os/supervisor.h>

struct cs_bundle {
	struct os_list link; /* cs_bundle_list.bundles, by name */
	struct cs_manifest manifest;
	enum cs_bundle_origin origin;
	char *path; /* absolute */
};

/* What is installed. A user's bundle hides the system's app of the same id. */
struct cs_bundle_list {
	struct os_list bundles;
	int data;           /* the device's data folder; lent */
	char *data_path;    /* as others can open it; owned */
	const char *system; /* folder of the system's bundles, or NULL; lent */
	void (*refused)(void *context, const char *sentence);
	void *context;
};

void cs_bundle_list_init(struct cs_bundle_list *list, int data, const char *system);
void cs_bundle_list_finish(struct cs_bundle_list *list);
/* Reads all folders anew; what cannot be used is told to `refused` and left out. */
void cs_bundle_list_scan(struct cs_bundle_list *list);
struct cs_bundle *cs_bundle_list_find(const struct cs_bundle_list *list, const char *id);
/* Whether a part of the system that is no app has this id; may be asked on any thread. */
bool cs_bundle_list_is_reserved(const struct cs_bundle_list *list, const char *id);
/* Fills the record, and makes the app's container. */
int cs_bundle_list_record(const struct cs_bundle_list *list, const struct cs_bundle *bundle,
			  struct os_launch_record *ret_record);
/* Puts the bundle in `folder` (a name in bundles/, being copied to) in its place, at once; what was
 * there before goes. */
int cs_bundle_list_switch(struct cs_bundle_list *list, const char *folder, const char *id);
int cs_bundle_list_remove(struct cs_bundle_list *list, const char *id);
/* Empties the app's container. */
int cs_bundle_list_erase(struct cs_bundle_list *list, const char *id);

struct cs_json_source;
/* The manifest's "hardware": fills the manifest's lines. */
int cs_bundle_take_hardware(const struct cs_json_source *source, const char *key,
			    const struct cs_value *value, struct cs_manifest *manifest);
/* A line of text for each: "relay gpio-output line GPIO17". At most 1023 bytes. */
void cs_bundle_write_hardware(const struct cs_manifest *manifest, struct os_buffer *text);

/* Copies a tree of files and folders; -EFBIG, -ELOOP (a link), -EINVAL (something else). */
int cs_bundle_copy(int from, int into, struct os_error *ret_error);

#endif
