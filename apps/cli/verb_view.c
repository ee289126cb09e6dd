/* The verb `view`: the screen, and fingers, over VNC on this machine and in a browser. The server is
 * a program of its own, because of its library's licence. */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <os/file.h>
#include <os/memory.h>

#include "cli.h"
#include "session.h"

#define PORT "5900"
#define WEB_PORT "5800"
#define PASSWORD_LEAST 6
#define PASSWORD_MOST 8 /* RFC 6143, 7.2.2: what is longer is cut */

static const struct cli_option s_options[] = {
    {"--set-password", NULL, "asks for the password that viewers need, and keeps it"},
    {"--port", "N", "for VNC viewers; " PORT " unless given"},
    {"--web", "N", "for browsers; " WEB_PORT " unless given, 0 for none"},
    {NULL},
};

static int password_path(struct cli *cli, char ret_path[OS_LAYOUT_MAX + 32])
{
	char data[OS_LAYOUT_MAX];
	int result = cli_data_folder(cli, data);
	if (result == 0 && access(data, F_OK) < 0) {
		result = -errno;
	}
	snprintf(ret_path, OS_LAYOUT_MAX + 32, "%s/view-password", result == 0 ? data : "");
	return result;
}

/* From a terminal without showing it, or one line of a pipe. */
static int ask_password(char *ret_password, size_t size)
{
	struct termios before, silent;
	bool is_terminal = tcgetattr(STDIN_FILENO, &before) == 0;
	if (is_terminal) {
		silent = before;
		silent.c_lflag &= ~(tcflag_t)ECHO;
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
		fprintf(stderr, "Password for viewers (%d to %d characters): ", PASSWORD_LEAST,
			PASSWORD_MOST);
	}
	char *line = fgets(ret_password, (int)size, stdin);
	if (is_terminal) {
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
		fputc('\n', stderr);
	}
	if (line == NULL) {
		return -ENODATA;
	}
	ret_password[strcspn(ret_password, "\n")] = '\0';
	return 0;
}

/* Of a board's device, whose user is not root: that user reads it. */
static void give_to_owner(int fd, const char *path)
{
	char folder[OS_LAYOUT_MAX + 32];
	struct stat info;
	snprintf(folder, sizeof(folder), "%s", path);
	*strrchr(folder, '/') = '\0';
	if (geteuid() == 0 && stat(folder, &info) == 0 && fchown(fd, info.st_uid, info.st_gid) < 0) {
		fprintf(stderr, "strata: %s stays root's: %s\n", path, os_status_text(-errno));
	}
}

/* What comes from a network is read by the device's own user, never by root on its behalf. */
static int become_owner(const char *path)
{
	struct stat info;
	if (geteuid() != 0 || stat(path, &info) < 0 || info.st_uid == 0) {
		return 0;
	}
	bool done = setgroups(0, NULL) == 0 && setgid(info.st_gid) == 0 && setuid(info.st_uid) == 0;
	return done ? 0 : -errno;
}

static int set_password(struct cli *cli, const char *path)
{
	char password[128];
	if (ask_password(password, sizeof(password)) < 0) {
		return cli_fail(CLI_FAILED, "no password was given");
	}
	size_t length = strlen(password);
	if (length < PASSWORD_LEAST || length > PASSWORD_MOST) {
		return cli_fail(CLI_FAILED,
				"%d to %d characters: VNC hears no more than the first eight",
				PASSWORD_LEAST, PASSWORD_MOST);
	}
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0 || fchmod(fd, 0600) < 0) {
		int status = -errno;
		os_fd_close(fd);
		return cli_fail(CLI_FAILED, "%s: %s", path, os_status_text(status));
	}
	give_to_owner(fd, path);
	int result = os_fd_write(fd, password, length);
	os_fd_close(fd);
	explicit_bzero(password, sizeof(password));
	if (result < 0) {
		return cli_fail(CLI_FAILED, "%s: %s", path, os_status_text(result));
	}
	printf("The password is kept. Next: strata view\n");
	return CLI_DONE;
}

static bool is_port(const char *text, int least)
{
	char *end;
	long port = strtol(text, &end, 10);
	return text[0] != '\0' && *end == '\0' && port >= least && port <= 65535;
}

static int start(struct cli *cli, char *path, char *port, char *web)
{
	char root[OS_LAYOUT_MAX], program[OS_LAYOUT_MAX];
	int result = cli_root(root);
	if (result == 0) {
		result = os_layout_program(root, "strata-view", program);
	}
	if (result < 0) {
		return cli_fail(CLI_FAILED, "strata-view is not there: install the package "
					    "strata-view (in a checkout: libvncserver-dev, and "
					    "build again)");
	}
	/* A board's device is found by what board.conf says, which was read here. */
	if (cli->environment.strata_home != NULL) {
		setenv("STRATA_HOME", cli->environment.strata_home, 1);
	}
	if (cli->environment.runtime != NULL) {
		setenv("XDG_RUNTIME_DIR", cli->environment.runtime, 1);
	}
	cli_session_close(cli);
	result = become_owner(path);
	if (result < 0) {
		return cli_fail(CLI_FAILED, "%s's owner cannot be taken on: %s", path,
				os_status_text(result));
	}
	char *words[] = {program, (char *)cli->device, port, web, path, NULL};
	fflush(stdout);
	execv(program, words);
	return cli_fail(CLI_FAILED, "%s cannot be started: %s", program, os_status_text(-errno));
}

static int run(struct cli *cli)
{
	char path[OS_LAYOUT_MAX + 32];
	const char *port = cli_value(cli, "--port"), *web = cli_value(cli, "--web");
	port = port == NULL ? PORT : port;
	web = web == NULL ? WEB_PORT : web;
	if (!is_port(port, 1) || !is_port(web, 0)) {
		return cli_usage(cli, "a port is a number from 1 to 65535");
	}
	int result = cli_connect(cli);
	if (result != CLI_DONE) {
		return result;
	}
	if (password_path(cli, path) < 0) {
		return cli_fail(CLI_FAILED, "the device's data folder cannot be found");
	}
	if (cli_has(cli, "--set-password")) {
		return set_password(cli, path);
	}
	if (access(path, R_OK) < 0) {
		return cli_fail(CLI_FAILED, "viewers need a password, and none was set: "
					    "strata view --set-password");
	}
	return start(cli, path, (char *)port, (char *)web);
}

const struct cli_verb cli_verb_view = {
    .name = "view",
    .arguments = "[--set-password]",
    .summary = "shows the screen, and takes fingers, by VNC and in a browser",
    .help = "On this machine's loopback only; from another one through a tunnel (ssh -L), since VNC's\n"
	    "password is weak. Runs until the device or ctrl+c ends it. The left button is a finger;\n"
	    "keys are a hardware keyboard's. Browsers need the package novnc.",
    .options = s_options,
    .least = 0,
    .most = 0,
    .run = run};
