#include "limits_place.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* True if `word` is one of the words in a list that is separated by any of `separators`. */
static bool has_word(const char *list, const char *separators, const char *word)
{
	size_t length = strlen(word);
	while (*list != '\0') {
		size_t span = strcspn(list, separators);
		if (span == length && memcmp(list, word, length) == 0) {
			return true;
		}
		list += span;
		list += strspn(list, separators);
	}
	return false;
}

/* Our own path in a hierarchy: lines are "NUMBER:CONTROLLERS:PATH", version 2 has no controllers. */
static bool own_path(const char *controller, int version, char *ret_path)
{
	FILE *file = fopen("/proc/self/cgroup", "re");
	if (file == NULL) {
		return false;
	}
	char line[PATH_MAX + 128];
	bool found = false;
	while (!found && fgets(line, sizeof(line), file) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		char *controllers = strchr(line, ':');
		char *path = controllers != NULL ? strchr(controllers + 1, ':') : NULL;
		if (path == NULL) {
			continue;
		}
		*path++ = '\0';
		controllers++;
		found =
		    version == 2 ? *controllers == '\0' : has_word(controllers, ",", controller);
		if (found) {
			snprintf(ret_path, PATH_MAX, "%s", path);
		}
	}
	fclose(file);
	return found;
}

static bool controllers_have(const char *folder, const char *controller)
{
	char path[PATH_MAX + 32], line[512] = "";
	snprintf(path, sizeof(path), "%s/cgroup.controllers", folder);
	FILE *file = fopen(path, "re");
	if (file == NULL) {
		return false;
	}
	bool has = fgets(line, sizeof(line), file) != NULL && has_word(line, " \n", controller);
	fclose(file);
	return has;
}

/* One line of mountinfo (proc(5)): the mount's root and point are the fourth and fifth words, the
 * file system's type and options the first and third after " - ". */
static int parse_mount(char *line, const char *controller, char **ret_root, char **ret_point)
{
	char *dash = strstr(line, " - ");
	if (dash == NULL) {
		return 0;
	}
	char *save = NULL;
	char *type = strtok_r(dash + 3, " \n", &save);
	char *source = strtok_r(NULL, " \n", &save);
	char *options = strtok_r(NULL, " \n", &save);
	if (type == NULL || source == NULL || options == NULL) {
		return 0;
	}
	int version = 0;
	if (strcmp(type, "cgroup2") == 0) {
		version = 2;
	} else if (strcmp(type, "cgroup") == 0 && has_word(options, ",", controller)) {
		version = 1;
	} else {
		return 0;
	}
	*dash = '\0';
	char *word = strtok_r(line, " ", &save);
	for (int i = 0; i < 3 && word != NULL; i++) {
		word = strtok_r(NULL, " ", &save);
	}
	*ret_root = word;
	*ret_point = word != NULL ? strtok_r(NULL, " ", &save) : NULL;
	return *ret_point != NULL ? version : 0;
}

static bool fill_place(int version, const char *controller, const char *root, const char *point,
		       struct limits_place *ret_place)
{
	char path[PATH_MAX];
	if (!own_path(controller, version, path)) {
		return false;
	}
	size_t length = strlen(root);
	const char *rest = strcmp(root, "/") == 0             ? path
			   : strncmp(path, root, length) == 0 ? path + length
							      : "";
	int written = snprintf(ret_place->own, sizeof(ret_place->own), "%s%s", point,
			       strcmp(rest, "/") == 0 ? "" : rest);
	if (written < 0 || (size_t)written >= sizeof(ret_place->own)) {
		return false;
	}
	snprintf(ret_place->top, sizeof(ret_place->top), "%s", point);
	ret_place->version = version;
	return version == 1 || controllers_have(point, controller);
}

bool limits_find_place(const char *controller, struct limits_place *ret_place)
{
	memset(ret_place, 0, sizeof(*ret_place));
	FILE *file = fopen("/proc/self/mountinfo", "re");
	if (file == NULL) {
		return false;
	}
	char line[2 * PATH_MAX];
	struct limits_place place;
	while (ret_place->version != 1 && fgets(line, sizeof(line), file) != NULL) {
		char *root = NULL, *point = NULL;
		int version = parse_mount(line, controller, &root, &point);
		if (version != 0 && fill_place(version, controller, root, point, &place)) {
			*ret_place = place;
		}
	}
	fclose(file);
	return ret_place->version != 0;
}
