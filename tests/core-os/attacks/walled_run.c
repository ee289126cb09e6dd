#include "walled_run.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <os/limits.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* --- The world -------------------------------------------------------------------------------------- */

static void must(bool good, const char *what)
{
	if (!good) {
		fprintf(stderr, "walled_run: %s: %s\n", what, strerror(errno));
		abort();
	}
}

static void copy_file(const char *from, const char *folder, const char *name)
{
	char to[1024], bytes[65536];
	snprintf(to, sizeof(to), "%s/%s", folder, name);
	int in = open(from, O_RDONLY | O_CLOEXEC),
	    out = open(to, O_WRONLY | O_CREAT | O_CLOEXEC, 0755);
	must(in >= 0 && out >= 0, from);
	ssize_t n;
	while ((n = read(in, bytes, sizeof(bytes))) > 0) {
		must(write(out, bytes, (size_t)n) == n, to);
	}
	close(in);
	close(out);
}

static void make_folder(const char *folder, const char *name, mode_t mode)
{
	char path[1024];
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	must(mkdir(path, mode) == 0, path);
}

static void make_file(const char *folder, const char *name)
{
	char path[1024];
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
	must(fd >= 0 && write(fd, "secret", 6) == 6, path);
	close(fd);
}

static uid_t s_owner;

static int own(const char *path, const struct stat *status, int type, struct FTW *place)
{
	return lchown(path, s_owner, s_owner);
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *place)
{
	return remove(path);
}

/* "…/libx.so.0.1.0" → "libx.so.0" */
static void add_file(struct walled_world *world, const char *path)
{
	char *name = world->names[world->count++], inside[96];
	snprintf(name, sizeof(world->names[0]), "%.60s", strrchr(path, '/') + 1);
	char *version = strstr(name, ".so.");
	if (version != NULL) {
		version[strlen(".so.") + strcspn(version + strlen(".so."), ".")] = '\0';
	}
	snprintf(inside, sizeof(inside), "checkout/%s", name);
	copy_file(path, world->folder, inside);
}

void walled_world_create(struct walled_world *world, uid_t uid, char *const *files, size_t count)
{
	*world = (struct walled_world){.uid = uid};
	snprintf(world->folder, sizeof(world->folder), "/tmp/strata-walls-XXXXXX");
	must(mkdtemp(world->folder) != NULL, world->folder); /* mode 0700 */
	make_folder(world->folder, "checkout", 0755);
	make_folder(world->folder, "checkout/bundle", 0755);
	make_file(world->folder, "checkout/bundle/resource");
	for (size_t i = 0; i < count; i++) {
		add_file(world, files[i]);
	}
	make_folder(world->folder, "data", 0700);
	make_folder(world->folder, "data/" WALLED_APP, 0700);
	make_folder(world->folder, "data/" WALLED_OTHER, 0755);
	make_file(world->folder, "data/" WALLED_OTHER "/secret");
	s_owner = uid;
	must(uid == geteuid() || nftw(world->folder, own, 16, FTW_PHYS) == 0, "chown");
}

void walled_world_remove(struct walled_world *world)
{
	nftw(world->folder, remove_one, 16, FTW_PHYS | FTW_DEPTH);
}

/* --- One run ------------------------------------------------------------------------------------------ */

struct paths {
	char program[160], libraries[WALLED_FILES][160], bundle[128], container[128], data[128],
	    pid[16];
	const char *library_list[WALLED_FILES + 1];
};

static void fill_paths(const struct walled_world *world, const char *program, struct paths *paths)
{
	size_t count = 0;
	snprintf(paths->program, sizeof(paths->program), "%s/checkout/%s", world->folder,
		 program != NULL ? program : world->names[0]);
	for (size_t i = 0; i < world->count; i++) {
		if (strstr(world->names[i], ".so.") != NULL) {
			snprintf(paths->libraries[i], sizeof(paths->libraries[i]), "%s/checkout/%s",
				 world->folder, world->names[i]);
			paths->library_list[count++] = paths->libraries[i];
		}
	}
	paths->library_list[count] = NULL;
	snprintf(paths->bundle, sizeof(paths->bundle), "%s/checkout/bundle", world->folder);
	snprintf(paths->container, sizeof(paths->container), "%s/data/" WALLED_APP, world->folder);
	snprintf(paths->data, sizeof(paths->data), "%s/data", world->folder);
	snprintf(paths->pid, sizeof(paths->pid), "%d", getpid());
}

static bool runs_program(pid_t pid, const char *program)
{
	char path[64], target[1024] = "";
	snprintf(path, sizeof(path), "/proc/%d/exe", pid);
	ssize_t n = readlink(path, target, sizeof(target) - 1);
	/* The link is named as the app sees it, or as the host does, by kernel: the name is the same. */
	const char *slash = strrchr(program, '/');
	return n > 0 && strstr(target, slash) != NULL;
}

static int uid_of(pid_t pid)
{
	char path[64], line[256];
	int uid = -1;
	snprintf(path, sizeof(path), "/proc/%d/status", pid);
	FILE *file = fopen(path, "re");
	while (file != NULL && fgets(line, sizeof(line), file) != NULL &&
	       sscanf(line, "Uid: %d", &uid) != 1) {
	}
	if (file != NULL) {
		fclose(file);
	}
	return uid;
}

static void read_output(int log, struct walled_result *result)
{
	size_t length = strlen(result->output);
	ssize_t n = read(log, result->output + length, sizeof(result->output) - 1 - length);
	result->output[n > 0 ? length + (size_t)n : length] = '\0';
}

static void take_event(const struct os_sandbox_event *event, const struct paths *paths,
		       struct walled_result *result)
{
	result->last = event->kind;
	result->status = event->status;
	if (event->kind == OS_SANDBOX_STARTED) {
		result->started = true;
		result->pid_was_the_apps = runs_program(event->pid, paths->program);
		result->host_uid = uid_of(event->pid);
		close(event->pidfd);
	} else if (event->kind == OS_SANDBOX_FAILED) {
		snprintf(result->error, sizeof(result->error), "%s", event->error.text);
	}
}

/* Waits for whatever comes first, until the child is over and its output is read. */
static void follow(struct os_sandbox_child *child, int log, const struct walled_options *options,
		   const struct paths *paths, struct walled_result *result)
{
	bool over = false, killed = options->kill_with == 0;
	while (!over) {
		struct pollfd fds[2] = {{os_sandbox_child_fd(child), POLLIN, 0}, {log, POLLIN, 0}};
		(void)poll(fds, 2, 60000);
		struct os_sandbox_event event;
		int got;
		if ((fds[1].revents & POLLIN) != 0) {
			read_output(log, result);
		}
		while ((got = os_sandbox_child_read(child, &event)) > 0) {
			take_event(&event, paths, result);
		}
		over = got < 0;
		if (!killed && result->started && result->output[0] != '\0') {
			killed = true;
			(void)os_sandbox_child_kill(child, options->kill_with);
		}
	}
	size_t before;
	do {
		before = strlen(result->output);
		read_output(log, result);
	} while (strlen(result->output) > before);
}

static int make_limits(const struct walled_options *options, struct os_limits **limits,
		       struct os_error *error)
{
	char name[64];
	snprintf(name, sizeof(name), "walls-%d", getpid());
	const struct os_limits_options wanted = {.struct_size = sizeof(wanted),
						 .name = name,
						 .memory_bytes = options->memory_bytes,
						 .pids = options->pids};
	return os_limits_create(&wanted, limits, error);
}

static void launch(const struct walled_world *world, const struct walled_options *options,
		   struct walled_result *result)
{
	struct paths paths;
	fill_paths(world, options->program, &paths);
	int log[2], port[2];
	must(pipe2(log, O_CLOEXEC) == 0 &&
		 socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, port) == 0,
	     "pipe");
	const char *argv[] = {"app", options->what, paths.data, WALLED_OTHER, paths.pid, NULL};
	struct os_sandbox_options sandbox = {
	    .struct_size = sizeof(sandbox),
	    .app = WALLED_APP,
	    .program = paths.program,
	    .argv = argv,
	    .libraries = paths.library_list,
	    .bundle = options->missing_bundle != NULL ? options->missing_bundle : paths.bundle,
	    .container = paths.container,
	    .supervisor_fd = port[1],
	    .log_fd = log[1],
	    .no_walls = options->no_walls,
	    .network = options->network,
	    .hardware = options->hardware};
	struct os_sandbox_child *child = NULL;
	struct os_limits *limits = NULL;
	struct os_error error = {0};
	if (options->memory_bytes > 0) {
		result->launched = make_limits(options, &limits, &error);
	}
	sandbox.limits = limits;
	if (result->launched == 0) {
		result->launched = os_sandbox_launch(&sandbox, &child, &error);
	}
	close(log[1]);
	close(port[1]);
	if (result->launched < 0) {
		snprintf(result->error, sizeof(result->error), "%s", error.text);
		return;
	}
	follow(child, log[0], options, &paths, result);
	os_sandbox_child_release(child);
	if (limits != NULL) {
		result->memory_kills = os_limits_count_memory_kills(limits);
		result->has_pids = os_limits_has_pids(limits);
		os_limits_release(limits);
	}
	char bytes[64];
	ssize_t n = recv(port[0], bytes, sizeof(bytes), MSG_DONTWAIT);
	result->reports = n > 0 ? (int)n : 0;
}

static void forbid_namespaces(void)
{
	/* In a user namespace of our own, that switch is ours. */
	must(unshare(CLONE_NEWUSER) == 0, "unshare");
	int fd = open("/proc/sys/user/max_user_namespaces", O_WRONLY | O_CLOEXEC);
	must(fd >= 0 && write(fd, "0", 1) == 1, "max_user_namespaces");
	close(fd);
}

void walled_run(const struct walled_world *world, const struct walled_options *options,
		struct walled_result *ret_result)
{
	int out[2];
	must(pipe2(out, O_CLOEXEC) == 0, "pipe");
	pid_t pid = fork();
	if (pid == 0) {
		if (world->uid != geteuid()) {
			must(setresgid(world->uid, world->uid, world->uid) == 0 &&
				 setresuid(world->uid, world->uid, world->uid) == 0,
			     "setresuid");
			prctl(PR_SET_DUMPABLE, 1); /* as after runuser's exec */
		}
		if (options->no_namespaces) {
			forbid_namespaces();
		}
		struct walled_result *result = calloc(1, sizeof(*result));
		launch(world, options, result);
		must(write(out[1], result, sizeof(*result)) == (ssize_t)sizeof(*result), "write");
		free(result);
		_exit(0);
	}
	close(out[1]);
	char *bytes = (char *)ret_result;
	size_t length = 0;
	ssize_t n;
	while ((n = read(out[0], bytes + length, sizeof(*ret_result) - length)) > 0) {
		length += (size_t)n;
	}
	close(out[0]);
	waitpid(pid, NULL, 0);
	must(length == sizeof(*ret_result), "the run ended early");
}
