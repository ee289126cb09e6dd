#include "boot.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <os/clock.h>
#include <os/file.h>
#include <os/loop.h>
#include <os/memory.h>
#include <os/supervisor.h>

#include "facts.h"
#include "runner_private.h"
#include "session.h"
#include "words.h"

#define BOOT_TIMEOUT_US (30 * OS_US_PER_S)

/* Options as the command has them, and as the device keeps them. */
static const struct {
	const char *option, *key, *otherwise;
} s_kept[] = {
    {"--profile", "profile", "phone"},
    {"--orientation", "orientation", "0"},
    {"--display", "display", ""},
    {"--renderer", "renderer", ""},
};

bool boot_is_headless(const struct cli *cli)
{
	const char *display = cli_value(cli, "--display");
	if (display) {
		return strcmp(display, "offscreen") == 0;
	}
	return cli_has(cli, "--headless") || !cli->environment.has_screen;
}

/* --- The keeper's words ----------------------------------------------------------------------- */

static int make_words(struct cli *cli, int report, struct words *words)
{
	int result = words_add_places(words, cli);
	if (result < 0) {
		return result;
	}
	words_add(words, "report=%d", report);
	for (size_t i = 0; i < OS_ARRAY_LEN(s_kept); i++) {
		const char *value = cli_value(cli, s_kept[i].option);
		bool is_display = strcmp(s_kept[i].key, "display") == 0;
		if (value) {
			words_add(words, "%s=%s", s_kept[i].key, value);
		} else if (is_display && !boot_is_headless(cli)) {
			words_add(words, "display=window");
		}
	}
	/* Without a desktop and unasked, the compositor looks for a screen of the machine's own. */
	if (cli_has(cli, "--headless")) {
		words_add(words, "headless=yes");
	}
	if (cli_has(cli, "--no-walls")) {
		words_add(words, "walls=no");
	}
	return 0;
}

/* --- Starting --------------------------------------------------------------------------------- */

/* In the child: its own session, and nothing of the caller's but the way to report. */
static void become_keeper(struct words *words, int report)
{
	setsid();
	int nothing = open("/dev/null", O_RDWR);
	dup2(nothing, STDIN_FILENO);
	dup2(nothing, STDOUT_FILENO);
	dup2(nothing, STDERR_FILENO); /* what it has to say it reports, and then logs */
	if (report > 3) {
		close_range(3, (unsigned)report - 1, 0);
	}
	close_range((unsigned)report + 1, ~0u, 0);
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	execv(words->list[0], words->list);
	dprintf(report, "%s cannot be started: %s", words->list[0], os_status_text(-errno));
	_exit(127);
}

/* What the keeper says once it listens ("ok"), or why it does not. */
static int read_report(int fd)
{
	char text[512];
	size_t length = 0;
	ssize_t count;
	while (length < sizeof(text) - 1 &&
	       (count = read(fd, text + length, sizeof(text) - 1 - length)) != 0) {
		if (count < 0 && errno != EINTR) {
			break;
		}
		length += count > 0 ? (size_t)count : 0;
	}
	text[length] = '\0';
	text[strcspn(text, "\n")] = '\0';
	if (strcmp(text, "ok") == 0) {
		return 0;
	}
	if (strcmp(text, "already running") == 0) {
		return -EBUSY; /* it is starting: its socket was not there when we looked */
	}
	cli_fail(CLI_FAILED, "%s", text[0] ? text : "the keeper ended without a word");
	return -ECHILD;
}

int boot_start(struct cli *cli, pid_t *ret_keeper)
{
	int fds[2];
	struct words words = {0};
	if (pipe2(fds, 0) < 0) {
		return -errno;
	}
	int result = make_words(cli, fds[1], &words);
	if (result < 0) {
		cli_fail(CLI_FAILED, "the device %s cannot be started: %s", cli->device,
			 os_status_text(result));
	}
	pid_t keeper = result < 0 ? -1 : fork();
	if (keeper == 0) {
		become_keeper(&words, fds[1]);
	}
	close(fds[1]);
	if (keeper > 0) {
		result = read_report(fds[0]);
		*ret_keeper = keeper;
		if (result < 0) {
			waitpid(keeper, NULL, 0);
		}
	} else if (result == 0) {
		result = -errno;
	}
	close(fds[0]);
	words_finish(&words);
	return result;
}

/* --- Waiting ---------------------------------------------------------------------------------- */

struct boot {
	struct cli *cli;
	int code;
	bool answered, interrupted;
};

static void did_boot(void *context, int status, struct os_message *reply)
{
	struct boot *boot = context;
	boot->answered = true;
	if (status < 0) {
		boot->code = status == -EPIPE
		                 ? cli_fail(CLI_FAILED, "the device ended before home showed anything")
		                 : cli_call_failed(boot->cli, "booting", status);
		return;
	}
	status = os_message_read_i32(reply);
	const char *sentence = os_message_read_text(reply);
	boot->code = status < 0 ? cli_fail(CLI_FAILED, "%s",
	                                   sentence[0] ? sentence : os_status_text(status))
	                        : CLI_DONE;
}

static void was_interrupted(void *context, int fd, uint32_t events)
{
	struct signalfd_siginfo info;
	struct boot *boot = context;
	boot->interrupted = read(fd, &info, sizeof(info)) == sizeof(info);
}

/* A device that never boots says why in what has crashed. */
static int say_what_crashed(struct cli *cli)
{
	struct os_message message, reply;
	cli_fail(CLI_FAILED, "home has shown nothing for %d s", (int)(BOOT_TIMEOUT_US / OS_US_PER_S));
	cli_begin(&message, CLI_SUPERVISOR, OS_SUPERVISOR_CRASHES);
	if (cli_call(cli, CLI_SUPERVISOR, &message, &reply) < 0) {
		return CLI_FAILED;
	}
	if (os_message_read_count(&reply) > 0) {
		os_message_read_i64(&reply);
		const char *who = os_message_read_text(&reply);
		int pid = os_message_read_i32(&reply);
		const char *sentence = os_message_read_text(&reply);
		cli_fail(CLI_FAILED, "%s (%d): %s; see %s", who, pid, sentence, os_message_read_text(&reply));
	}
	os_message_finish(&reply);
	return CLI_FAILED;
}

int boot_wait(struct cli *cli, const sigset_t *signals)
{
	int code = cli_connect(cli);
	if (code != CLI_DONE) {
		return code;
	}
	struct boot boot = {.cli = cli};
	struct os_message message;
	int fd = signals ? signalfd(-1, signals, SFD_CLOEXEC | SFD_NONBLOCK) : -1;
	struct os_source *source =
	    fd >= 0 ? os_loop_add_fd(cli_loop(cli), fd, OS_LOOP_READ, was_interrupted, &boot) : NULL;
	cli_begin(&message, CLI_SUPERVISOR, OS_SUPERVISOR_WAIT_BOOTED);
	os_port_call(cli_port(cli, CLI_SUPERVISOR), &message, 2 * BOOT_TIMEOUT_US, did_boot, &boot);
	int64_t deadline_us = os_clock_real_us() + BOOT_TIMEOUT_US;
	while (!boot.answered && !boot.interrupted && os_clock_real_us() < deadline_us) {
		cli_wait(cli, deadline_us - os_clock_real_us());
	}
	if (!boot.answered) {
		os_port_forget_calls(cli_port(cli, CLI_SUPERVISOR), &boot);
		boot.code = boot.interrupted ? CLI_FAILED : say_what_crashed(cli);
	}
	if (source) {
		os_source_remove(source);
	}
	os_fd_close(fd);
	return boot.code;
}

bool boot_differs(struct cli *cli, char *text, size_t size)
{
	struct cli_facts *facts = os_alloc(sizeof(*facts));
	char value[256];
	size_t length = 0;
	text[0] = '\0';
	if (cli_ask_facts(cli, facts) < 0) {
		os_free(facts);
		return false;
	}
	for (size_t i = 0; i < OS_ARRAY_LEN(s_kept); i++) {
		const char *wanted = cli_value(cli, s_kept[i].option);
		bool known = cli_fact_option(facts, s_kept[i].key, value, sizeof(value));
		if (wanted && strcmp(wanted, known ? value : s_kept[i].otherwise) != 0 &&
		    length < size) {
			length += (size_t)snprintf(
			    text + length, size - length, "%s%s is %s, not %s", length ? ", " : "",
			    s_kept[i].key, known ? value : s_kept[i].otherwise, wanted);
		}
	}
	bool window = cli_fact_option(facts, "display", value, sizeof(value)) &&
		      strcmp(value, "window") == 0;
	if (cli_has(cli, "--headless") && window && length < size) {
		length += (size_t)snprintf(text + length, size - length, "%sit has a window",
					   length ? ", " : "");
	}
	bool walls =
	    !cli_fact_option(facts, "walls", value, sizeof(value)) || strcmp(value, "no") != 0;
	if (cli_has(cli, "--no-walls") && walls && length < size) {
		length += (size_t)snprintf(text + length, size - length, "%sit has its walls",
					   length ? ", " : "");
	}
	os_free(facts);
	return length > 0;
}
