#include "settings_store.h"

#include <os/clock.h>
#include <os/file.h>
#include <os/list.h>
#include <os/memory.h>
#include <os/path.h>
#include <os/queue.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#define MAX_FILE_BYTES (4 << 20)

struct cs_settings_store {
	int folder; /* settings/ */
	const struct cs_settings_store_delegate *delegate;
	void *context;
	struct os_map *domains; /* struct cs_domain by name */
	struct os_queue *disk;
	struct os_list jobs; /* struct job.link: writes under way */
	uint64_t waits;
};

struct wait {
	cs_settings_durable_fn fn;
	void *context;
};

/* One file being written. It outlives the store if the main loop has not come to it yet. */
struct job {
	struct os_list link;      /* cs_settings_store.jobs */
	struct cs_domain *domain; /* main thread; NULL: the store is gone */
	struct os_map *waiting;   /* struct wait */
	char *file, *text;
	int folder, status;
};

struct cs_settings_store *
cs_settings_store_create(int data, const struct cs_settings_store_delegate *delegate, void *context)
{
	struct cs_settings_store *store = os_alloc(sizeof(*store));
	store->folder = os_path_open_folder(data, "settings", true);
	store->delegate = delegate;
	store->context = context;
	store->domains = os_map_create(OS_MAP_STRINGS);
	store->disk = os_queue_create("settings", OS_QUEUE_SERIAL, OS_QUEUE_UTILITY);
	os_list_init(&store->jobs);
	return store;
}

/* --- Domains ----------------------------------------------------------------------------------- */

static void clear_entries(struct cs_domain *domain)
{
	struct os_map_cursor cursor = {0};
	while (os_map_next(domain->entries, &cursor)) {
		struct cs_setting_entry *entry = cursor.value;
		os_release(entry->value);
		os_free(entry);
	}
	os_map_destroy(domain->entries);
	domain->entries = os_map_create(OS_MAP_STRINGS);
}

static void set_aside(struct cs_domain *domain, const char *file, const char *why)
{
	struct cs_settings_store *store = domain->store;
	char *kept = NULL;
	int result = os_file_set_aside(store->folder, file, &kept);
	char *sentence =
	    result < 0
		? os_format("%s It could not be kept under another name: %s.", why,
			    os_status_text(result))
		: os_format(
		      "%s. The file was kept as settings/%s; its settings are the defaults again.",
		      why, kept);
	if (store->delegate->set_aside != NULL) {
		store->delegate->set_aside(store->context, sentence);
	}
	os_free(sentence);
	os_free(kept);
}

static void read_domain(struct cs_domain *domain)
{
	char file[160], shown[180];
	snprintf(file, sizeof(file), "%s.json", domain->name);
	snprintf(shown, sizeof(shown), "settings/%s", file);
	struct os_buffer bytes = {0};
	struct os_error error;
	int result = os_file_read(domain->store->folder, file, MAX_FILE_BYTES, &bytes);
	if (result >= 0) {
		result = cs_domain_read_text(domain, os_buffer_text(&bytes), bytes.length, shown,
					     &error);
	} else if (result != -ENOENT) {
		os_error_set(&error, result, "%s: %s", shown, os_status_text(result));
	}
	os_buffer_finish(&bytes);
	if (result < 0) {
		clear_entries(domain);
		domain->revision = (uint64_t)OS_MAX(os_clock_wall_us(), 1);
	}
	if (result < 0 && result != -ENOENT) {
		set_aside(domain, file, error.text);
	}
}

struct cs_domain *cs_settings_store_domain(struct cs_settings_store *store, const char *name)
{
	struct cs_domain *domain = os_map_get(store->domains, name);
	if (domain == NULL) {
		domain = os_alloc(sizeof(*domain));
		domain->store = store;
		domain->name = os_strdup(name);
		domain->entries = os_map_create(OS_MAP_STRINGS);
		domain->waiting = os_map_create(OS_MAP_NUMBERS);
		os_map_set(store->domains, name, domain);
		read_domain(domain);
	}
	return domain;
}

const struct cs_setting_entry *cs_domain_entry(const struct cs_domain *domain, const char *key)
{
	return os_map_get(domain->entries, key);
}

/* --- Writing ----------------------------------------------------------------------------------- */

static void answer(struct os_map *waiting, int status)
{
	struct os_map_cursor cursor = {0};
	while (os_map_next(waiting, &cursor)) {
		struct wait *wait = cursor.value;
		wait->fn(wait->context, status);
		os_free(wait);
	}
	os_map_destroy(waiting);
}

static void start_write(struct cs_domain *domain);

static void did_write(void *context)
{
	struct job *job = context;
	struct cs_domain *domain = job->domain;
	os_list_remove(&job->link);
	if (domain != NULL) {
		domain->writing = false;
		answer(job->waiting, job->status);
		if (domain->again) {
			start_write(domain);
		}
	}
	os_free(job->file);
	os_free(job->text);
	os_free(job);
}

/* NULL: there was no memory to write it down, and the file stays as it is. */
static int write_text(int folder, const char *file, const char *text)
{
	return text == NULL ? -ENOMEM : os_file_write_atomic(folder, file, text, strlen(text));
}

static void write_job(void *context)
{
	struct job *job = context;
	job->status = write_text(job->folder, job->file, job->text);
	os_queue_async(os_queue_main(), did_write, job);
}

static void start_write(struct cs_domain *domain)
{
	struct cs_settings_store *store = domain->store;
	if (domain->writing) {
		domain->again = true;
		return;
	}
	struct job *job = os_alloc(sizeof(*job));
	job->domain = domain;
	job->waiting = domain->waiting;
	job->file = os_format("%s.json", domain->name);
	job->text = cs_domain_copy_text(domain);
	job->folder = store->folder;
	domain->waiting = os_map_create(OS_MAP_NUMBERS);
	domain->writing = true;
	domain->again = false;
	os_list_append(&store->jobs, &job->link);
	os_queue_async(store->disk, write_job, job);
}

static int put(struct cs_domain *domain, const char *key, struct cs_value *value)
{
	struct cs_setting_entry *entry = os_map_get(domain->entries, key);
	if (entry == NULL) {
		if (os_map_count(domain->entries) >= CS_SETTINGS_MAX_KEYS) {
			return -ENOSPC;
		}
		entry = os_alloc(sizeof(*entry));
		os_map_set(domain->entries, key, entry);
	}
	os_assign(&entry->value, value);
	entry->revision = ++domain->revision;
	if (domain->store->delegate->changed != NULL) {
		domain->store->delegate->changed(domain->store->context, domain, key, entry);
	}
	return 0;
}

int cs_domain_set(struct cs_domain *domain, const char *key, struct cs_value *value,
		  cs_settings_durable_fn fn, void *context)
{
	int result = put(domain, key, value);
	if (result < 0) {
		return result;
	}
	if (fn != NULL) {
		struct wait *wait = os_alloc(sizeof(*wait));
		wait->fn = fn;
		wait->context = context;
		os_map_set_number(domain->waiting, ++domain->store->waits, wait);
	}
	start_write(domain);
	return 0;
}

void cs_domain_clear(struct cs_domain *domain, const char *prefix)
{
	struct os_map_cursor cursor = {0};
	bool any = false;
	while (os_map_next(domain->entries, &cursor)) {
		struct cs_setting_entry *entry = cursor.value;
		if (entry->value != NULL && strncmp(cursor.key, prefix, strlen(prefix)) == 0) {
			put(domain, cursor.key, NULL);
			any = true;
		}
	}
	if (any) {
		start_write(domain);
	}
}

/* --- The end ----------------------------------------------------------------------------------- */

static void nothing(void *context)
{
}

/* What changed while a write was under way is written here and now. */
static int write_rest(struct cs_domain *domain)
{
	if (!domain->again) {
		return 0;
	}
	char *file = os_format("%s.json", domain->name), *text = cs_domain_copy_text(domain);
	int result = write_text(domain->store->folder, file, text);
	os_free(file);
	os_free(text);
	return result;
}

struct cs_settings_store *cs_settings_store_destroy(struct cs_settings_store *store)
{
	if (store == NULL) {
		return NULL;
	}
	os_queue_sync(store->disk, nothing, NULL);
	struct job *job, *after;
	os_list_for_each_safe(job, after, &store->jobs, link) {
		os_list_remove(&job->link);
		job->domain = NULL;
		answer(job->waiting, job->status);
	}
	struct os_map_cursor cursor = {0};
	while (os_map_next(store->domains, &cursor)) {
		struct cs_domain *domain = cursor.value;
		answer(domain->waiting, write_rest(domain));
		clear_entries(domain);
		os_map_destroy(domain->entries);
		os_free(domain->name);
		os_free(domain);
	}
	os_map_destroy(store->domains);
	os_queue_release(store->disk);
	os_fd_close(store->folder);
	os_free(store);
	return NULL;
}
