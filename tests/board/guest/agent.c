/* The guest's way in: runs what the host sends over a virtio port, and says how it ended.
 *
 *	host:  run USER LENGTH\n  and LENGTH bytes of a shell script
 *	guest: exit CODE OUT ERR\n  and OUT bytes of its output, ERR of its errors
 *
 * It says "hello" when it begins. One at a time; a script that leaves something running is over when its shell is. It is started
 * before everything else, so that a boot can be watched from its beginning. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define PORT_NAME "strata.control"
#define SCRIPT_MOST (1 << 20)
#define OUTPUT_MOST (64u << 20)

struct text {
	char *bytes;
	size_t length, room;
};

static void text_add(struct text *text, const char *bytes, size_t length)
{
	if (text->length + length > OUTPUT_MOST) {
		return;
	}
	if (text->length + length > text->room) {
		text->room = (text->length + length) * 2;
		text->bytes = realloc(text->bytes, text->room);
		if (text->bytes == NULL) {
			abort();
		}
	}
	memcpy(text->bytes + text->length, bytes, length);
	text->length += length;
}

/* --- The port ------------------------------------------------------------------------------------- */

static int open_port(void)
{
	DIR *ports = opendir("/sys/class/virtio-ports");
	const struct dirent *entry;
	int fd = -1;
	while (ports != NULL && fd < 0 && (entry = readdir(ports)) != NULL) {
		char path[300], name[64] = "";
		snprintf(path, sizeof(path), "/sys/class/virtio-ports/%s/name", entry->d_name);
		FILE *file = entry->d_name[0] != '.' ? fopen(path, "re") : NULL;
		if (file != NULL) {
			(void)!fgets(name, sizeof(name), file);
			fclose(file);
		}
		name[strcspn(name, "\n")] = '\0';
		if (strcmp(name, PORT_NAME) == 0) {
			snprintf(path, sizeof(path), "/dev/%s", entry->d_name);
			fd = open(path, O_RDWR | O_CLOEXEC);
		}
	}
	if (ports != NULL) {
		closedir(ports);
	}
	return fd;
}

/* A port says end of file while nobody is at its other end. */
static bool read_all(int fd, char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t n = read(fd, bytes, length);
		if (n < 0 && errno != EINTR && errno != EAGAIN) {
			return false;
		}
		if (n <= 0) {
			struct pollfd nobody = {.fd = fd, .events = 0};
			(void)poll(&nobody, 0, 20);
			continue;
		}
		bytes += n;
		length -= (size_t)n;
	}
	return true;
}

static bool write_all(int fd, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t n = write(fd, bytes, length);
		if (n < 0 && errno != EINTR) {
			return false;
		}
		bytes += n > 0 ? n : 0;
		length -= n > 0 ? (size_t)n : 0;
	}
	return true;
}

static bool read_line(int fd, char *line, size_t room)
{
	size_t length = 0;
	while (length + 1 < room) {
		if (!read_all(fd, &line[length], 1)) {
			return false;
		}
		if (line[length] == '\n') {
			line[length] = '\0';
			return true;
		}
		length++;
	}
	return false;
}

/* --- A script ------------------------------------------------------------------------------------- */

static void become(const char *name)
{
	const struct passwd *user = getpwnam(name);
	if (user == NULL || initgroups(name, user->pw_gid) < 0 || setgid(user->pw_gid) < 0 ||
	    setuid(user->pw_uid) < 0) {
		fprintf(stderr, "there is no becoming %s\n", name);
		_exit(126);
	}
	setenv("HOME", user->pw_dir, 1);
	setenv("USER", name, 1);
}

static void run_script(const char *user, const char *script, int out, int err)
{
	setsid();
	dup2(open("/dev/null", O_RDONLY), 0);
	dup2(out, 1);
	dup2(err, 2);
	setenv("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", 1);
	setenv("LANG", "C.UTF-8", 1);
	if (chdir("/") < 0) {
		_exit(126);
	}
	/* A word of a command ends at 128 KiB, a file does not. */
	char path[32];
	int fd = memfd_create("script", 0);
	if (fd < 0 || !write_all(fd, script, strlen(script))) {
		_exit(126);
	}
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	become(user);
	execl("/bin/sh", "sh", path, (char *)NULL);
	_exit(127);
}

/* False when nothing will come any more. */
static bool take(int fd, struct text *text)
{
	char bytes[65536];
	ssize_t n = read(fd, bytes, sizeof(bytes));
	if (n > 0) {
		text_add(text, bytes, (size_t)n);
	}
	return n > 0 || (n < 0 && (errno == EINTR || errno == EAGAIN));
}

/* Until the shell has ended and what it said has been read. Its children may hold the pipes on. */
static int gather(pid_t pid, int ended, int fds[2], struct text texts[2])
{
	struct pollfd polls[3] = {{.fd = fds[0], .events = POLLIN},
				  {.fd = fds[1], .events = POLLIN},
				  {.fd = ended, .events = POLLIN}};
	int status = 0;
	bool over = false;
	while (!over) {
		(void)poll(polls, 3, -1);
		over = polls[2].revents != 0;
		for (int i = 0; i < 2; i++) {
			int left = 0;
			do {
				struct pollfd more = {.fd = polls[i].fd, .events = POLLIN};
				left = polls[i].fd >= 0 && poll(&more, 1, 0) > 0;
				if (left && !take(polls[i].fd, &texts[i])) {
					polls[i].fd = -1;
				}
			} while (left && over);
		}
	}
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static bool answer(int port, const char *user, const char *script)
{
	int out[2], err[2];
	struct text texts[2] = {{NULL}};
	char head[64];
	if (pipe2(out, O_CLOEXEC) < 0 || pipe2(err, O_CLOEXEC) < 0) {
		return false;
	}
	pid_t pid = fork();
	if (pid == 0) {
		run_script(user, script, out[1], err[1]);
	}
	close(out[1]);
	close(err[1]);
	int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
	int fds[2] = {out[0], err[0]};
	int code = gather(pid, pidfd, fds, texts);
	close(pidfd);
	close(out[0]);
	close(err[0]);
	snprintf(head, sizeof(head), "exit %d %zu %zu\n", code, texts[0].length, texts[1].length);
	bool good = write_all(port, head, strlen(head)) &&
		    write_all(port, texts[0].bytes, texts[0].length) &&
		    write_all(port, texts[1].bytes, texts[1].length);
	free(texts[0].bytes);
	free(texts[1].bytes);
	return good;
}

int main(void)
{
	char line[128], user[64];
	size_t length;
	int port = open_port();
	if (port < 0) {
		fprintf(stderr, "there is no port %s\n", PORT_NAME);
		return 1;
	}
	char *script = malloc(SCRIPT_MOST + 1);
	(void)!write(port, "hello\n", 6);
	while (script != NULL && read_line(port, line, sizeof(line))) {
		if (sscanf(line, "run %63s %zu", user, &length) != 2 || length > SCRIPT_MOST ||
		    !read_all(port, script, length)) {
			fprintf(stderr, "not understood: %s\n", line);
			return 1;
		}
		script[length] = '\0';
		if (!answer(port, user, script)) {
			return 1;
		}
	}
	return 1;
}
