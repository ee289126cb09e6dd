#include "supervisor.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <os/spawn.h>

static const char *const s_layers[] = {"core-os", "core-services", "media", "touch-ui"};

int launch_find_program(const struct supervisor *supervisor, const char *role, const char *program,
                        char *ret_path)
{
	char key[64], root[OS_LAYOUT_MAX];
	snprintf(key, sizeof(key), "program.%s", role);
	if (options_get(&supervisor->options, key, ret_path, OS_LAYOUT_MAX)) {
		return access(ret_path, X_OK) == 0 ? 0 : -errno;
	}
	options_get(&supervisor->options, "root", root, sizeof(root));
	return os_layout_program(root, program, ret_path);
}

int launch_program(struct task *task, const char *program, int port_fd, int log_fd,
                   struct os_error *ret_error)
{
	struct os_spawn_options options = {.struct_size = sizeof(options),
	                                   .program = program,
	                                   .log_fd = log_fd,
	                                   .fds = &port_fd,
	                                   .fd_count = 1};
	int result = os_spawn(&options, &task->pid, &task->pidfd, ret_error);
	task->runs = result >= 0;
	return result;
}

/* --- Behind walls ------------------------------------------------------------------------------------ */

struct paths {
	char program[OS_LAYOUT_MAX];
	char libraries[OS_ARRAY_LEN(s_layers)][OS_LAYOUT_MAX];
	const char *library_list[OS_ARRAY_LEN(s_layers) + 1];
};

static int find_paths(const struct supervisor *supervisor, const char *role, struct paths *paths)
{
	char root[OS_LAYOUT_MAX];
	size_t count = 0;
	int result = launch_find_program(supervisor, role, "strata-app", paths->program);
	if (result < 0) {
		return result;
	}
	options_get(&supervisor->options, "root", root, sizeof(root));
	for (size_t i = 0; i < OS_ARRAY_LEN(s_layers); i++) {
		if (os_layout_library(root, s_layers[i], paths->libraries[count]) == 0) {
			paths->library_list[count] = paths->libraries[count];
			count++;
		}
	}
	paths->library_list[count] = NULL;
	return 0;
}

/* The container belongs to the user that the app is. */
static int make_container(const char *path)
{
	uid_t uid;
	gid_t gid;
	if (mkdir(path, 0700) < 0 && errno != EEXIST) {
		return -errno;
	}
	if (geteuid() != 0) {
		return 0;
	}
	os_sandbox_app_user(&uid, &gid);
	struct stat info;
	if (stat(path, &info) == 0 && info.st_uid == uid) {
		return 0;
	}
	return chown(path, uid, gid) < 0 ? -errno : 0;
}

int launch_sandboxed(struct task *task, const struct launch *launch, int port_fd, int log_fd,
                     struct os_error *ret_error)
{
	struct supervisor *supervisor = task->supervisor;
	const struct os_launch_record *record = launch->record;
	struct paths paths;
	int result = find_paths(supervisor, launch->role, &paths);
	if (result < 0) {
		return os_error_set(ret_error, result, "the program strata-app is not there");
	}
	result = make_container(record->container);
	if (result < 0) {
		return os_error_set(ret_error, result, "%s: %s", record->container,
		                    os_status_text(result));
	}
	const char *argv[] = {"strata-app", record->module[0] == '\0' ? NULL : record->module, NULL};
	struct os_peer words = {.role = ""};
	snprintf(words.entitlements, sizeof(words.entitlements), "%s", launch->entitlements);
	struct os_sandbox_options options = {.struct_size = sizeof(options),
	                                     .app = record->app,
	                                     .program = paths.program,
	                                     .argv = argv,
	                                     .libraries = paths.library_list,
	                                     .bundle = record->bundle[0] == '\0' ? NULL : record->bundle,
	                                     .container = record->container,
	                                     .supervisor_fd = port_fd,
	                                     .log_fd = log_fd,
	                                     .limits = launch->limits,
	                                     .network = os_peer_has(&words, "network"),
	                                     .hardware = os_hardware_kinds(record->hardware,
	                                                                   record->hardware_count),
	                                     .no_walls = !supervisor_has_walls(supervisor)};
	return os_sandbox_launch(&options, &task->child, ret_error);
}
