/* strata-record-touch: writes what a touchscreen sends to its stdout, until it is told to end. What
 * `strata record-touch` runs; it works alone, too.
 *
 *	strata-record-touch [--list] [--device NODE|NAME] [--seconds N] > FILE
 *
 * It reads along and takes nothing away: other programs hear the fingers as before. Exit: 0 done, 1
 * with a sentence on stderr. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include <os/base.h>

#include "panels.h"
#include "text.h"

#define FOLDER "/dev/input"
#define SECONDS_MAX 3600

struct wanted {
	bool list;
	const char *device;
	int seconds; /* 0: until Ctrl-C */
};

static int fail(const char *format, ...) OS_PRINTF(1, 2);
static int fail(const char *format, ...)
{
	va_list values;
	va_start(values, format);
	fputs("record-touch: ", stderr);
	vfprintf(stderr, format, values);
	fputc('\n', stderr);
	va_end(values);
	return 1;
}

static int parse(int count, char **words, struct wanted *ret_wanted)
{
	*ret_wanted = (struct wanted){0};
	for (int i = 1; i < count; i++) {
		bool more = i + 1 < count;
		if (strcmp(words[i], "--list") == 0) {
			ret_wanted->list = true;
		} else if (strcmp(words[i], "--device") == 0 && more) {
			ret_wanted->device = words[++i];
		} else if (strcmp(words[i], "--seconds") == 0 && more && atoi(words[i + 1]) > 0 &&
		           atoi(words[i + 1]) <= SECONDS_MAX) {
			ret_wanted->seconds = atoi(words[++i]);
		} else {
			fail("%s: expected --list, --device NODE|NAME, --seconds 1…%d", words[i], SECONDS_MAX);
			return -EINVAL;
		}
	}
	return 0;
}

/* --- Which ------------------------------------------------------------------------------------ */

static void print_list(FILE *out, const struct found_panels *panels)
{
	for (size_t i = 0; i < panels->count; i++) {
		fprintf(out, "  %s  %s\n", panels->list[i].node, panels->list[i].name);
	}
}

static int say_none(const struct found_panels *panels)
{
	if (panels->refused > 0) {
		return fail("%s: permission denied, and %zu more like it. Devices belong to the group input: "
		            "sudo usermod -aG input $USER, and log in again",
		            panels->refused_node, panels->refused - 1);
	}
	return fail("there is no touchscreen among the %zu devices of " FOLDER
	            "; is it plugged in, and does dmesg name it?",
	            panels->nodes);
}

static const struct found_panel *choose(const struct found_panels *panels, const char *device)
{
	const struct found_panel *found = NULL;
	for (size_t i = 0; i < panels->count; i++) {
		const struct found_panel *panel = &panels->list[i];
		if (device == NULL || strcmp(panel->node, device) == 0 || strcmp(panel->name, device) == 0) {
			if (found != NULL) {
				fail("there are several; choose one with --device NODE:");
				print_list(stderr, panels);
				return NULL;
			}
			found = panel;
		}
	}
	if (found == NULL && panels->count > 0) {
		fail("%s is none of the touchscreens:", device);
		print_list(stderr, panels);
	}
	return found;
}

/* --- Recording -------------------------------------------------------------------------------- */

static int open_panel(const struct found_panel *panel)
{
	int fd = open(panel->node, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	int clock = CLOCK_MONOTONIC;
	if (fd < 0) {
		fail("%s: %s", panel->node, strerror(errno));
		return -1;
	}
	/* Whoever has it for himself lets nobody else hear it; asking is taking it for a moment. */
	if (ioctl(fd, EVIOCGRAB, (void *)1) < 0 && errno == EBUSY) {
		fail("%s \"%s\": another program has it for itself (a display server, a Strata of another user); "
		     "end that one, or record from another console",
		     panel->node, panel->name);
		close(fd);
		return -1;
	}
	ioctl(fd, EVIOCGRAB, (void *)0);
	ioctl(fd, EVIOCSCLOCKID, &clock);
	return fd;
}

/* False: the device is gone. */
static bool read_events(int fd, struct record_counts *counts)
{
	struct input_event events[64];
	ssize_t got;
	while ((got = read(fd, events, sizeof(events))) > 0) {
		for (size_t i = 0; i < (size_t)got / sizeof(events[0]); i++) {
			record_write_event(stdout, &events[i], counts);
		}
	}
	return got < 0 && (errno == EAGAIN || errno == EINTR);
}

static int signals_fd(void)
{
	sigset_t ends;
	sigemptyset(&ends);
	sigaddset(&ends, SIGINT);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGHUP);
	sigprocmask(SIG_BLOCK, &ends, NULL);
	return signalfd(-1, &ends, SFD_CLOEXEC);
}

static int64_t now_us(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * OS_US_PER_S + now.tv_nsec / 1000;
}

/* 1: it was unplugged. */
static int record(int fd, int seconds, struct record_counts *counts)
{
	struct pollfd waits[2] = {{.fd = fd, .events = POLLIN}, {.fd = signals_fd(), .events = POLLIN}};
	int64_t until_us = seconds > 0 ? now_us() + seconds * OS_US_PER_S : OS_NEVER;
	while (now_us() < until_us) {
		int64_t left_ms = until_us == OS_NEVER ? -1 : (until_us - now_us()) / 1000 + 1;
		int ready = poll(waits, 2, (int)left_ms);
		if (ready < 0 && errno != EINTR) {
			return -errno;
		}
		if (ready > 0 && waits[0].revents != 0 && !read_events(fd, counts)) {
			return 1;
		}
		if (ready > 0 && waits[1].revents != 0) {
			break;
		}
	}
	return 0;
}

static int finish(const struct found_panel *panel, const struct record_counts *counts, int result)
{
	if (fflush(stdout) != 0 || ferror(stdout)) {
		return fail("the file cannot be written: %s", strerror(errno));
	}
	if (result < 0) {
		return fail("%s: %s", panel->node, strerror(-result));
	}
	fprintf(stderr, "%s: %llu events, %llu reports, %llu fingers in %.1f s; longest gap within a touch %.0f ms%s%s\n",
	        panel->name, (unsigned long long)counts->events, (unsigned long long)counts->reports,
	        (unsigned long long)counts->downs, (double)counts->last_us / OS_US_PER_S,
	        (double)counts->longest_gap_us / 1000, counts->lost > 0 ? "; some were lost (SYN_DROPPED)" : "",
	        result == 1 ? "; it was unplugged" : "");
	return counts->events > 0 ? 0 : fail("nothing was touched");
}

int main(int argc, char **argv)
{
	struct wanted wanted;
	static struct found_panels panels;
	if (parse(argc, argv, &wanted) < 0) {
		return 2;
	}
	int result = panels_find(FOLDER, &panels);
	if (result < 0) {
		return fail(FOLDER ": %s; this machine has no input devices", strerror(-result));
	}
	if (panels.count == 0) {
		return say_none(&panels);
	}
	if (wanted.list) {
		print_list(stdout, &panels);
		return 0;
	}
	const struct found_panel *panel = choose(&panels, wanted.device);
	int fd = panel == NULL ? -1 : open_panel(panel);
	if (fd < 0) {
		return 1;
	}
	fprintf(stderr, "Recording \"%s\" (%s). Touch it: tap, drag, fling, two fingers, a palm%s\n", panel->name,
	        panel->node, wanted.seconds > 0 ? "." : ". Ctrl-C ends it.");
	record_write_head(stdout, fd);
	fflush(stdout);
	struct record_counts counts = {0};
	result = record(fd, wanted.seconds, &counts);
	close(fd);
	return finish(panel, &counts, result);
}
