/* The hand inside the guest: touchscreens and a keyboard made by uinput, moved by words.
 *
 *	hand serve SOCKET                               holds the devices, in the background
 *	hand SOCKET plug touch ft5x06                   by the end of a panel's name, or its place in the list
 *	hand SOCKET tap 0.5 0.5                         places from 0 to 1 of the panel
 *	hand SOCKET drag 0.5 0.8 0.5 0.3 600 300        ms on the way, ms at rest before it is lifted
 *	hand SOCKET two 0.4 0.5 0.2 0.5 0.6 0.5 0.8 0.5 500
 *	hand SOCKET down 0.5 0.7; hand SOCKET move 0.5 0.4 600; hand SOCKET up
 *	hand SOCKET plug keyboard; hand SOCKET key 35 18 38 38 24        codes of <linux/input.h>, with + to hold
 *	hand SOCKET unplug touch
 *
 * A command returns when its last event has been written. 0, or 1 and why. */
#include <errno.h>
#include <fcntl.h>
#include <linux/uinput.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "panel_hand.h"
#include "panel_uinput.h"

#define WORDS_MOST 64

static struct {
	int touch, keyboard;
	struct panel_hand hand;
	struct input_event events[PANEL_EVENTS_MAX];
	double x, y; /* where finger 0 was put down */
} s_state = {.touch = -1, .keyboard = -1};

/* --- Fingers -------------------------------------------------------------------------------------- */

static const struct touch_panel *find_panel(const char *name)
{
	for (size_t i = 0; i < TOUCH_PANEL_COUNT; i++) {
		if (strstr(g_touch_panels[i]->name, name) != NULL) {
			return g_touch_panels[i];
		}
	}
	return NULL;
}

static const char *plug_touch(const char *name)
{
	const struct touch_panel *panel = find_panel(name);
	if (panel == NULL || s_state.touch >= 0) {
		return panel == NULL ? "there is no such panel" : "there is one already";
	}
	s_state.touch = panel_uinput_plug(panel);
	s_state.hand = (struct panel_hand){.panel = panel, .events = s_state.events, .max = PANEL_EVENTS_MAX};
	return s_state.touch >= 0 ? NULL : "/dev/uinput refuses";
}

static void begin(void)
{
	s_state.hand.count = 0; /* its times are paced from the first one's */
}

static const char *play(void)
{
	if (s_state.touch < 0) {
		return "no touchscreen is plugged in";
	}
	if (s_state.hand.count > s_state.hand.max) {
		return "too long";
	}
	int result = panel_uinput_play(s_state.touch, s_state.hand.events, s_state.hand.count);
	return result == 0 ? NULL : "the device takes nothing";
}

static const char *stroke(const struct panel_stroke *strokes, int count)
{
	begin();
	panel_hand_stroke(&s_state.hand, strokes, count);
	return play();
}

static const char *hold_at(double x, double y, int64_t ms)
{
	struct panel_finger finger = {0, x, y};
	double x0 = s_state.x, y0 = s_state.y;
	begin();
	int64_t steps = ms * 1000 / panel_interval_us(s_state.hand.panel);
	for (int64_t i = 1; i <= steps; i++) {
		finger.x = x0 + (x - x0) * (double)i / (double)steps;
		finger.y = y0 + (y - y0) * (double)i / (double)steps;
		panel_hand_report(&s_state.hand, &finger, 1);
	}
	if (steps == 0) {
		panel_hand_report(&s_state.hand, &finger, 1);
	}
	s_state.x = x;
	s_state.y = y;
	return play();
}

static const char *lift(void)
{
	begin();
	panel_hand_report(&s_state.hand, NULL, 0);
	return play();
}

/* --- Keys ----------------------------------------------------------------------------------------- */

static const char *plug_keyboard(void)
{
	struct uinput_setup setup = {.id = {.bustype = BUS_USB, .vendor = 0x1209, .product = 0x0001}};
	int fd = open("/dev/uinput", O_WRONLY | O_CLOEXEC);
	bool good = fd >= 0 && s_state.keyboard < 0 && ioctl(fd, UI_SET_EVBIT, EV_KEY) == 0;
	for (int code = 1; good && code < KEY_MICMUTE; code++) {
		good = ioctl(fd, UI_SET_KEYBIT, code) == 0;
	}
	snprintf(setup.name, sizeof(setup.name), "Strata test keyboard");
	if (!good || ioctl(fd, UI_DEV_SETUP, &setup) < 0 || ioctl(fd, UI_DEV_CREATE) < 0) {
		if (fd >= 0) {
			close(fd);
		}
		return "/dev/uinput refuses";
	}
	s_state.keyboard = fd;
	return NULL;
}

static bool key(int code, int value)
{
	const struct input_event events[2] = {{.type = EV_KEY, .code = (uint16_t)code, .value = value},
					      {.type = EV_SYN, .code = SYN_REPORT}};
	return write(s_state.keyboard, events, sizeof(events)) == (ssize_t)sizeof(events);
}

/* "30", or "42+30" with the first ones held. */
static bool press(const char *word)
{
	int codes[4], count = 0;
	bool good = true;
	for (const char *at = word; at != NULL && count < 4; count++) {
		codes[count] = atoi(at);
		at = strchr(at, '+');
		at = at != NULL ? at + 1 : NULL;
	}
	for (int i = 0; i < count; i++) {
		good = good && key(codes[i], 1);
	}
	for (int i = count - 1; i >= 0; i--) {
		good = good && key(codes[i], 0);
	}
	return good;
}

static const char *press_all(char **words, int count)
{
	if (s_state.keyboard < 0) {
		return "no keyboard is plugged in";
	}
	for (int i = 0; i < count; i++) {
		if (!press(words[i])) {
			return "the device takes nothing";
		}
	}
	return NULL;
}

/* --- Words ---------------------------------------------------------------------------------------- */

static const char *plug(char **words, int count)
{
	if (count == 1 && strcmp(words[0], "keyboard") == 0) {
		return plug_keyboard();
	}
	return count == 2 && strcmp(words[0], "touch") == 0 ? plug_touch(words[1]) : "plug what?";
}

static const char *unplug(const char *what)
{
	int *fd = strcmp(what, "keyboard") == 0 ? &s_state.keyboard : &s_state.touch;
	if (*fd < 0) {
		return "it is not plugged in";
	}
	panel_uinput_unplug(*fd);
	*fd = -1;
	return NULL;
}

static const char *move(const char *verb, const double *n, int count)
{
	if (s_state.touch < 0) {
		return "no touchscreen is plugged in";
	}
	if (strcmp(verb, "tap") == 0 && count == 2) {
		const struct panel_stroke tap = {n[0], n[1], n[0], n[1], 80000, 0, 0};
		return stroke(&tap, 1);
	}
	if (strcmp(verb, "drag") == 0 && count == 6) {
		const struct panel_stroke drag = {n[0], n[1], n[2], n[3], 60000, (int64_t)n[4] * 1000, (int64_t)n[5] * 1000};
		return stroke(&drag, 1);
	}
	if (strcmp(verb, "two") == 0 && count == 9) {
		const struct panel_stroke two[2] = {{n[0], n[1], n[2], n[3], 60000, (int64_t)n[8] * 1000, 100000},
						    {n[4], n[5], n[6], n[7], 60000, (int64_t)n[8] * 1000, 100000}};
		return stroke(two, 2);
	}
	if (strcmp(verb, "down") == 0 && count == 2) {
		s_state.x = n[0];
		s_state.y = n[1];
		return hold_at(n[0], n[1], 0);
	}
	if (strcmp(verb, "move") == 0 && count == 3) {
		return hold_at(n[0], n[1], (int64_t)n[2]);
	}
	return "move how?";
}

static const char *obey(char **words, int count)
{
	double numbers[WORDS_MOST];
	if (count >= 1 && strcmp(words[0], "plug") == 0) {
		return plug(words + 1, count - 1);
	}
	if (count == 2 && strcmp(words[0], "unplug") == 0) {
		return unplug(words[1]);
	}
	if (count >= 2 && strcmp(words[0], "key") == 0) {
		return press_all(words + 1, count - 1);
	}
	if (count == 1 && strcmp(words[0], "up") == 0) {
		return lift();
	}
	for (int i = 1; i < count; i++) {
		numbers[i - 1] = atof(words[i]);
	}
	return count > 1 ? move(words[0], numbers, count - 1) : "what?";
}

/* --- The socket ----------------------------------------------------------------------------------- */

static int connect_to(const char *path, bool serve)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	int result = -1;
	if (fd >= 0 && serve) {
		(void)unlink(path);
		result = bind(fd, (const struct sockaddr *)&address, sizeof(address));
		result = result == 0 ? listen(fd, 4) : result;
	} else if (fd >= 0) {
		result = connect(fd, (const struct sockaddr *)&address, sizeof(address));
	}
	if (result < 0) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		exit(1);
	}
	return fd;
}

static void serve_one(int fd)
{
	char line[2048], *words[WORDS_MOST], *rest = NULL;
	ssize_t n = read(fd, line, sizeof(line) - 1);
	int count = 0;
	line[n > 0 ? n : 0] = '\0';
	for (char *word = strtok_r(line, " ", &rest); word != NULL && count < WORDS_MOST;
	     word = strtok_r(NULL, " ", &rest)) {
		words[count++] = word;
	}
	const char *why = obey(words, count);
	why = why != NULL ? why : "ok";
	(void)!write(fd, why, strlen(why));
	close(fd);
}

static int ask(const char *path, char **words, int count)
{
	char line[2048] = "", reply[256] = "";
	size_t length = 0;
	int fd = connect_to(path, false);
	for (int i = 0; i < count && length < sizeof(line); i++) {
		length += (size_t)snprintf(line + length, sizeof(line) - length, "%s ", words[i]);
	}
	if (length >= sizeof(line) || write(fd, line, length) < 0 || read(fd, reply, sizeof(reply) - 1) <= 0) {
		snprintf(reply, sizeof(reply), "the hand has gone");
	}
	if (strcmp(reply, "ok") == 0) {
		return 0;
	}
	fprintf(stderr, "hand: %s: %s\n", line, reply);
	return 1;
}

int main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "serve") == 0) {
		int fd = connect_to(argv[2], true);
		for (;;) {
			int one = accept4(fd, NULL, NULL, SOCK_CLOEXEC);
			if (one >= 0) {
				serve_one(one);
			}
		}
	}
	if (argc < 3) {
		fprintf(stderr, "usage: hand serve SOCKET | hand SOCKET COMMAND…\n");
		return 2;
	}
	return ask(argv[1], argv + 2, argc - 2);
}
