#include "copy_tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <os/file.h>
#include <os/memory.h>

#define MAX_DEPTH 8

static int copy_file(const char *from, const char *to, mode_t mode, const char *name,
		     const struct copy_tree_rules *rules)
{
	struct os_buffer bytes = {.limit = COPY_TREE_MAX_FILE};
	int result = os_file_read(AT_FDCWD, from, COPY_TREE_MAX_FILE, &bytes);
	if (result >= 0 && rules->change) {
		rules->change(rules->context, name, &bytes);
	}
	if (result >= 0) {
		result = os_file_write_atomic(AT_FDCWD, to, bytes.bytes ? bytes.bytes : "",
					      bytes.length);
	}
	os_buffer_finish(&bytes);
	if (result >= 0 && chmod(to, mode & 0777) < 0) {
		result = -errno;
	}
	return OS_MIN(result, 0);
}

static int copy_folder(const char *from, const char *to, const struct copy_tree_rules *rules,
		       int depth);

static int copy_entry(const char *from, const char *to, const char *name,
		      const struct copy_tree_rules *rules, int depth)
{
	struct stat facts;
	char *new_name = rules->rename ? rules->rename(rules->context, name) : os_strdup(name);
	char *source = os_format("%s/%s", from, name);
	char *target = os_format("%s/%s", to, new_name);
	int result = lstat(source, &facts) < 0 ? -errno : 0;
	if (result == 0 && S_ISDIR(facts.st_mode)) {
		result = copy_folder(source, target, rules, depth + 1);
	} else if (result == 0 && S_ISREG(facts.st_mode)) {
		result = copy_file(source, target, facts.st_mode, name, rules);
	}
	os_free(target);
	os_free(source);
	os_free(new_name);
	return result;
}

static int copy_folder(const char *from, const char *to, const struct copy_tree_rules *rules,
		       int depth)
{
	if (depth > MAX_DEPTH) {
		return -ELOOP;
	}
	if (mkdir(to, 0777) < 0 && errno != EEXIST) {
		return -errno;
	}
	DIR *folder = opendir(from);
	if (!folder) {
		return -errno;
	}
	int result = 0;
	const struct dirent *entry;
	while (result == 0 && (entry = readdir(folder))) {
		if (entry->d_name[0] != '.' &&
		    (!rules->wanted || rules->wanted(rules->context, entry->d_name))) {
			result = copy_entry(from, to, entry->d_name, rules, depth);
		}
	}
	closedir(folder);
	return result;
}

int copy_tree(const char *from, const char *to, const struct copy_tree_rules *rules)
{
	return copy_folder(from, to, rules, 0);
}
