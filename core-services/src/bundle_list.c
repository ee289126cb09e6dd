#include <os/buffer.h>
#include <os/file.h>
#include <os/memory.h>
#include <os/path.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bundle_private.h"
#include "store_private.h"

#define MAX_BUNDLES 1000

/* Removes what an install or a removal that was killed has left: ".new-3", ".old-ID". */
static void sweep(int data, const char *parent)
{
	int fd = openat(data, parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *folder = fd < 0 ? NULL : fdopendir(fd);
	if (folder == NULL) {
		os_fd_close(fd);
		return;
	}
	struct dirent *entry;
	while ((entry = readdir(folder)) != NULL) {
		if (strncmp(entry->d_name, ".new-", 5) == 0 ||
		    strncmp(entry->d_name, ".old-", 5) == 0) {
			os_path_remove(fd, entry->d_name);
		}
	}
	closedir(folder);
}

void cs_bundle_list_init(struct cs_bundle_list *list, int data, const char *system)
{
	memset(list, 0, sizeof(*list));
	os_list_init(&list->bundles);
	list->data = data;
	list->system = system;
	list->data_path = cs_folder_copy_path(data);
	os_path_make_folders(data, "bundles");
	os_path_make_folders(data, "containers");
	sweep(data, "bundles");
	sweep(data, "containers");
}

static void bundle_free(struct cs_bundle *bundle)
{
	os_list_remove(&bundle->link);
	cs_manifest_finish(&bundle->manifest);
	os_free(bundle->path);
	os_free(bundle);
}

static void clear(struct cs_bundle_list *list)
{
	struct cs_bundle *bundle, *after;
	os_list_for_each_safe(bundle, after, &list->bundles, link) {
		bundle_free(bundle);
	}
}

void cs_bundle_list_finish(struct cs_bundle_list *list)
{
	clear(list);
	os_free(list->data_path);
}

struct cs_bundle *cs_bundle_list_find(const struct cs_bundle_list *list, const char *id)
{
	struct cs_bundle *bundle;
	os_list_for_each(bundle, &list->bundles, link) {
		if (strcmp(bundle->manifest.id, id) == 0) {
			return bundle;
		}
	}
	return NULL;
}

/* --- Scanning ---------------------------------------------------------------------------------- */

static void refuse(struct cs_bundle_list *list, const char *path, const char *why)
{
	if (list->refused != NULL) {
		char *sentence = os_format("%s cannot be used: %s", path, why);
		list->refused(list->context, sentence);
		os_free(sentence);
	}
}

static int order(const struct cs_bundle *a, const struct cs_bundle *b)
{
	int by_name = strcmp(a->manifest.name, b->manifest.name);
	return by_name != 0 ? by_name : strcmp(a->manifest.id, b->manifest.id);
}

static void add_sorted(struct cs_bundle_list *list, struct cs_bundle *bundle)
{
	struct os_list *place = &list->bundles;
	struct cs_bundle *other;
	os_list_for_each(other, &list->bundles, link) {
		if (order(other, bundle) > 0) {
			break;
		}
		place = &other->link;
	}
	os_list_insert_after(place, &bundle->link);
}

/* The home screen and the keyboard are bundles, but no apps that a person starts. */
static bool is_app(const struct cs_manifest *manifest)
{
	char words[sizeof(manifest->entitlements) + 2];
	snprintf(words, sizeof(words), " %s ", manifest->entitlements);
	return cs_value_get(manifest->value, "role") == NULL && strstr(words, " shell ") == NULL;
}

/* A person's bundle may stand for one of the system's apps, but not for the system: a device whose
 * home screen is another app cannot start, and what cannot start cannot be mended with its verbs. */
bool cs_bundle_list_is_reserved(const struct cs_bundle_list *list, const char *id)
{
	int system = list->system == NULL
			 ? -1
			 : open(list->system, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int fd = system < 0 ? -1 : openat(system, id, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	os_fd_close(system);
	struct os_error error;
	struct cs_manifest manifest;
	bool found = fd >= 0 && cs_bundle_check(fd, CS_BUNDLE_OF_SYSTEM, &manifest, &error) == 0;
	os_fd_close(fd);
	if (!found) {
		return false;
	}
	bool reserved = !is_app(&manifest);
	cs_manifest_finish(&manifest);
	return reserved;
}

static void add_bundle(struct cs_bundle_list *list, int folder, const char *path, const char *name,
		       enum cs_bundle_origin origin)
{
	struct os_error error = {0};
	struct cs_manifest manifest;
	int fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	int result = fd < 0 ? os_error_set(&error, -errno, "%s", strerror(errno))
			    : cs_bundle_check(fd, origin, &manifest, &error);
	os_fd_close(fd);
	char *whole = os_path_join(path, name);
	if (result < 0) {
		refuse(list, whole, error.text);
	} else if (strcmp(manifest.id, name) != 0) {
		refuse(list, whole, "its folder is expected to have the name of its id");
		cs_manifest_finish(&manifest);
	} else if (origin == CS_BUNDLE_OF_USER && cs_bundle_list_is_reserved(list, manifest.id)) {
		refuse(list, whole, "its id is that of a part of the system");
		cs_manifest_finish(&manifest);
	} else if (!is_app(&manifest) || cs_bundle_list_find(list, manifest.id) != NULL) {
		cs_manifest_finish(&manifest);
	} else {
		struct cs_bundle *bundle = os_alloc(sizeof(*bundle));
		bundle->manifest = manifest;
		bundle->origin = origin;
		bundle->path = os_strdup(whole);
		add_sorted(list, bundle);
	}
	os_free(whole);
}

static void scan_folder(struct cs_bundle_list *list, int fd, const char *path,
			enum cs_bundle_origin origin)
{
	DIR *folder = fd < 0 ? NULL : fdopendir(fd);
	if (folder == NULL) {
		os_fd_close(fd);
		return;
	}
	struct dirent *entry;
	for (int count = 0; count < MAX_BUNDLES && (entry = readdir(folder)) != NULL;) {
		struct stat info;
		if (entry->d_name[0] != '.' &&
		    fstatat(fd, entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0 &&
		    S_ISDIR(info.st_mode)) {
			add_bundle(list, fd, path, entry->d_name, origin);
			count++;
		}
	}
	closedir(folder);
}

void cs_bundle_list_scan(struct cs_bundle_list *list)
{
	clear(list);
	char *path = os_path_join(list->data_path == NULL ? "" : list->data_path, "bundles");
	scan_folder(list, openat(list->data, "bundles", O_RDONLY | O_DIRECTORY | O_CLOEXEC), path,
		    CS_BUNDLE_OF_USER);
	os_free(path);
	if (list->system != NULL) {
		scan_folder(list, open(list->system, O_RDONLY | O_DIRECTORY | O_CLOEXEC),
			    list->system, CS_BUNDLE_OF_SYSTEM);
	}
}

/* --- What the supervisor is told --------------------------------------------------------------- */

int cs_bundle_list_record(const struct cs_bundle_list *list, const struct cs_bundle *bundle,
			  struct os_launch_record *ret_record)
{
	memset(ret_record, 0, sizeof(*ret_record));
	char container[160];
	snprintf(container, sizeof(container), "containers/%s", bundle->manifest.id);
	int result = os_path_make_folders(list->data, container);
	if (result < 0) {
		return result;
	}
	if (list->data_path == NULL) {
		return -ENOENT;
	}
	int length = snprintf(ret_record->container, sizeof(ret_record->container), "%s/%s",
			      list->data_path, container);
	if (length >= (int)sizeof(ret_record->container) ||
	    strlen(bundle->path) >= sizeof(ret_record->bundle)) {
		return -ENAMETOOLONG;
	}
	snprintf(ret_record->bundle, sizeof(ret_record->bundle), "%s", bundle->path);
	snprintf(ret_record->app, sizeof(ret_record->app), "%s", bundle->manifest.id);
	snprintf(ret_record->name, sizeof(ret_record->name), "%s", bundle->manifest.name);
	snprintf(ret_record->module, sizeof(ret_record->module), "%s", bundle->manifest.module);
	snprintf(ret_record->entitlements, sizeof(ret_record->entitlements), "%s",
		 bundle->manifest.entitlements);
	ret_record->hardware_count = bundle->manifest.hardware_count;
	memcpy(ret_record->hardware, bundle->manifest.hardware, sizeof(ret_record->hardware));
	return 0;
}

/* --- Changing what is there -------------------------------------------------------------------- */

static int sync_folder(int folder, const char *path)
{
	int fd = openat(folder, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int result = fd < 0 || fsync(fd) < 0 ? -errno : 0;
	os_fd_close(fd);
	return result;
}

int cs_bundle_list_switch(struct cs_bundle_list *list, const char *folder, const char *id)
{
	char from[200], to[200];
	snprintf(from, sizeof(from), "bundles/%s", folder);
	snprintf(to, sizeof(to), "bundles/%s", id);
	bool exchange = os_path_exists(list->data, to);
	if (renameat2(list->data, from, list->data, to,
		      exchange ? RENAME_EXCHANGE : RENAME_NOREPLACE) < 0) {
		return -errno;
	}
	int result = sync_folder(list->data, "bundles");
	if (exchange) {
		os_path_remove(list->data, from); /* the older version now */
	}
	return result;
}

/* Renamed first, so that it is gone at once and whole. */
static int remove_tree(struct cs_bundle_list *list, const char *parent, const char *id)
{
	char path[200], doomed[200];
	snprintf(path, sizeof(path), "%s/%s", parent, id);
	snprintf(doomed, sizeof(doomed), "%s/.old-%s", parent, id);
	os_path_remove(list->data, doomed);
	int result = os_path_rename(list->data, path, doomed);
	if (result < 0) {
		return result;
	}
	result = sync_folder(list->data, parent);
	os_path_remove(list->data, doomed);
	return result;
}

int cs_bundle_list_remove(struct cs_bundle_list *list, const char *id)
{
	return remove_tree(list, "bundles", id);
}

int cs_bundle_list_erase(struct cs_bundle_list *list, const char *id)
{
	int result = remove_tree(list, "containers", id);
	return result == -ENOENT ? 0 : result;
}
