#include <os/limits.h>

#include "limits_place.h"

#include <os/memory.h>
#include <os/status.h>

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* One group in one hierarchy; version 2 has one for both controllers, version 1 one for each. */
struct group {
	int version; /* 0 = not made */
	int procs;   /* cgroup.procs, write only */
	char path[PATH_MAX];
};

struct os_limits {
	struct group memory, pids;
	int64_t kills_before; /* in a group that was there already */
};

static int write_file(const char *folder, const char *name, const char *text)
{
	char path[PATH_MAX + 64];
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0) {
		return -errno;
	}
	int result = write(fd, text, strlen(text)) < 0 ? -errno : 0;
	close(fd);
	return result;
}

static int write_number(const char *folder, const char *name, int64_t number)
{
	char text[32];
	snprintf(text, sizeof(text), "%" PRId64, number);
	return write_file(folder, name, text);
}

/* A number in a file that is one number, or the one behind `key` in a file of "key number" lines. */
static int64_t read_number(const char *folder, const char *name, const char *key)
{
	char path[PATH_MAX + 64], line[256];
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	FILE *file = fopen(path, "re");
	if (file == NULL) {
		return -1;
	}
	int64_t number = -1;
	size_t length = key != NULL ? strlen(key) : 0;
	while (number < 0 && fgets(line, sizeof(line), file) != NULL) {
		if (key == NULL) {
			number = strtoll(line, NULL, 10);
		} else if (strncmp(line, key, length) == 0 && line[length] == ' ') {
			number = strtoll(line + length, NULL, 10);
		}
	}
	fclose(file);
	return number;
}

/* Makes the group below one parent and checks that it really limits and takes processes. */
static int group_try(struct group *group, int version, const char *parent, const char *name,
		     const char *probe)
{
	int written = snprintf(group->path, sizeof(group->path), "%s/strata-%s", parent, name);
	if (written < 0 || (size_t)written >= sizeof(group->path)) {
		return -ENAMETOOLONG;
	}
	if (version == 2) {
		/* Refused with EBUSY where processes sit beside groups; it may be on already, so the probe
		 * below decides. */
		(void)write_file(parent, "cgroup.subtree_control", "+memory");
		(void)write_file(parent, "cgroup.subtree_control", "+pids");
	}
	if (mkdir(group->path, 0755) < 0 && errno != EEXIST) {
		return -errno;
	}
	char path[PATH_MAX + 64];
	snprintf(path, sizeof(path), "%s/%s", group->path, probe);
	int result = access(path, W_OK) < 0 ? -errno : 0;
	if (result == 0) {
		snprintf(path, sizeof(path), "%s/cgroup.procs", group->path);
		group->procs = open(path, O_WRONLY | O_CLOEXEC);
		result = group->procs < 0 ? -errno : 0;
	}
	if (result < 0) {
		rmdir(group->path);
		return result;
	}
	group->version = version;
	return 0;
}

static int group_make(struct group *group, const char *controller, const char *name)
{
	struct limits_place place;
	if (!limits_find_place(controller, &place)) {
		return -ENOENT;
	}
	char probe[64];
	const char *v1 = strcmp(controller, "memory") == 0 ? "memory.limit_in_bytes" : "pids.max";
	const char *v2 = strcmp(controller, "memory") == 0 ? "memory.max" : "pids.max";
	snprintf(probe, sizeof(probe), "%s", place.version == 1 ? v1 : v2);
	int result = group_try(group, place.version, place.own, name, probe);
	if (result < 0 && strcmp(place.own, place.top) != 0) {
		result = group_try(group, place.version, place.top, name, probe);
	}
	return result;
}

static void group_remove(struct group *group)
{
	if (group->version != 0) {
		close(group->procs);
		rmdir(group->path);
		group->version = 0;
	}
}

static int say_unavailable(int status, struct os_error *ret_error)
{
	if (status == -ENOENT) {
		return os_error_set(
		    ret_error, -ENOTSUP,
		    "memory cannot be limited: this kernel runs without "
		    "the memory control group (on a Raspberry Pi it is off unless asked for)");
	}
	return os_error_set(ret_error, -ENOTSUP,
			    "memory cannot be limited: this user may not make control "
			    "groups here (%s)",
			    os_status_text(status));
}

static int set_memory(const struct group *group, int64_t bytes)
{
	if (group->version == 2) {
		(void)write_number(group->path, "memory.swap.max", 0);
		return write_number(group->path, "memory.max", bytes);
	}
	int result = write_number(group->path, "memory.limit_in_bytes", bytes);
	/* Memory and swap together, where swap is counted: the limit would else be a limit to swap at. */
	(void)write_number(group->path, "memory.memsw.limit_in_bytes", bytes);
	return result;
}

static bool name_is_good(const char *name)
{
	return name != NULL && name[0] != '\0' && strlen(name) < 200 &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_") ==
		   strlen(name);
}

static int64_t count_kills(const struct os_limits *limits)
{
	const char *name = limits->memory.version == 2 ? "memory.events" : "memory.oom_control";
	return OS_MAX(read_number(limits->memory.path, name, "oom_kill"), 0);
}

int os_limits_create(const struct os_limits_options *options, struct os_limits **ret_limits,
		     struct os_error *ret_error)
{
	if (!name_is_good(options->name)) {
		return os_error_set(ret_error, -EINVAL,
				    "a group's name has letters, digits, '.', '-' and '_' only");
	}
	struct os_limits *limits = os_alloc(sizeof(*limits));
	int result = group_make(&limits->memory, "memory", options->name);
	if (result == 0 && options->memory_bytes > 0) {
		result = set_memory(&limits->memory, options->memory_bytes);
	}
	if (result < 0) {
		os_limits_release(limits);
		return say_unavailable(result, ret_error);
	}
	/* Threads are limited where they can be; their lack is not worth refusing the memory limit. */
	if (options->pids > 0) {
		if (limits->memory.version == 1) {
			(void)group_make(&limits->pids, "pids", options->name);
		}
		const struct group *group =
		    limits->memory.version == 2 ? &limits->memory : &limits->pids;
		if (group->version != 0 &&
		    write_number(group->path, "pids.max", options->pids) < 0) {
			group_remove(&limits->pids);
		}
	}
	limits->kills_before = count_kills(limits);
	*ret_limits = limits;
	return 0;
}

struct os_limits *os_limits_release(struct os_limits *limits)
{
	if (limits != NULL) {
		group_remove(&limits->memory);
		group_remove(&limits->pids);
		os_free(limits);
	}
	return NULL;
}

static int group_add(const struct group *group, const char *pid)
{
	if (group->version == 0) {
		return 0;
	}
	return write(group->procs, pid, strlen(pid)) < 0 ? -errno : 0;
}

int os_limits_add(const struct os_limits *limits, pid_t pid)
{
	char text[16];
	snprintf(text, sizeof(text), "%d", pid);
	int result = group_add(&limits->memory, text);
	return result < 0 ? result : group_add(&limits->pids, text);
}

int64_t os_limits_memory_used(const struct os_limits *limits)
{
	return read_number(limits->memory.path,
			   limits->memory.version == 2 ? "memory.current" : "memory.usage_in_bytes",
			   NULL);
}

int64_t os_limits_count_memory_kills(const struct os_limits *limits)
{
	return OS_MAX(count_kills(limits) - limits->kills_before, 0);
}

bool os_limits_has_pids(const struct os_limits *limits)
{
	const struct group *group = limits->memory.version == 2 ? &limits->memory : &limits->pids;
	return group->version != 0 && read_number(group->path, "pids.max", NULL) > 0;
}

bool os_limits_available(char *reason, size_t reason_size, char *mend, size_t mend_size)
{
	struct os_limits *limits = NULL;
	struct os_error error;
	char name[48];
	snprintf(name, sizeof(name), "probe-%d", getpid());
	struct os_limits_options options = {
	    .struct_size = sizeof(options), .name = name, .memory_bytes = 1 << 26};
	int result = os_limits_create(&options, &limits, &error);
	os_limits_release(limits);
	if (result == 0) {
		snprintf(reason, reason_size, "memory of each app can be limited");
		snprintf(mend, mend_size, "%s", "");
		return true;
	}
	snprintf(reason, reason_size, "%s", error.text);
	struct limits_place place;
	if (limits_find_place("memory", &place)) {
		snprintf(mend, mend_size, "sudo strata run");
	} else {
		snprintf(mend, mend_size,
			 "sudo sed -i 's/$/ cgroup_enable=memory/' /boot/firmware/cmdline.txt && "
			 "sudo reboot");
	}
	return false;
}
