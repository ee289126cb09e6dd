/* The real window under Xvfb, with real X events: what it shows, the mouse as a finger, keys with
 * their text, a drag that leaves the window, closing it, and that it sleeps. F108 F110 */
#include "test.h"

#include <errno.h>
#include <linux/input-event-codes.h>
#include <math.h>
#include <os/board.h>
#include <os/clock.h>
#include <os/status.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>
#include <X11/keysym.h>

#define WIDTH 240
#define HEIGHT 160
#define PATIENCE_US (5 * OS_US_PER_S)

struct heard {
	int presented, lost, touch_count, key_count;
	struct os_touch_sample touches[256];
	struct os_key_sample keys[64];
};

static struct {
	pid_t server;
	Display *x;
	Window window;
	const struct os_board *board;
	struct os_display *display;
	struct os_touch *touch;
	struct os_key *key;
	struct heard heard;
} s_test;

/* --- Doors ------------------------------------------------------------------------------------ */

static void presented(void *context, uint64_t frame, int64_t time_us)
{
	s_test.heard.presented++;
}

static void mode(void *context, const struct os_display_mode *now)
{
}

static void lost(void *context, const char *why)
{
	s_test.heard.lost++;
}

static void expose(void *context)
{
}

static void touch(void *context, const struct os_touch_sample *samples, size_t count)
{
	for (size_t i = 0; i < count && s_test.heard.touch_count < 256; i++) {
		s_test.heard.touches[s_test.heard.touch_count++] = samples[i];
	}
}

static void key(void *context, const struct os_key_sample *sample)
{
	if (s_test.heard.key_count < 64) {
		s_test.heard.keys[s_test.heard.key_count++] = *sample;
	}
}

static const struct os_display_events s_display_events = {.struct_size = sizeof(s_display_events),
							  .presented = presented,
							  .mode = mode,
							  .lost = lost,
							  .expose = expose};
static const struct os_touch_events s_touch_events = {.struct_size = sizeof(s_touch_events),
						      .touch = touch};
static const struct os_key_events s_key_events = {.struct_size = sizeof(s_key_events), .key = key};

/* --- Server ----------------------------------------------------------------------------------- */

static int start_server(void)
{
	int fds[2];
	if (pipe(fds) < 0) {
		return -errno;
	}
	s_test.server = fork();
	if (s_test.server == 0) {
		char number[16];
		snprintf(number, sizeof(number), "%d", fds[1]);
		close(fds[0]);
		execlp("Xvfb", "Xvfb", "-displayfd", number, "-screen", "0", "640x480x24",
		       "-nolisten", "tcp", (char *)NULL);
		_exit(127);
	}
	close(fds[1]);
	char text[16] = {0}, name[20];
	/* The number and its newline come one after the other. */
	size_t length = 0;
	while (length < sizeof(text) - 1 && memchr(text, '\n', length) == NULL) {
		ssize_t got = read(fds[0], text + length, sizeof(text) - 1 - length);
		if (got <= 0) {
			break;
		}
		length += (size_t)got;
	}
	close(fds[0]);
	if (length == 0) {
		return -ENODEV;
	}
	snprintf(name, sizeof(name), ":%d", atoi(text));
	setenv("DISPLAY", name, 1);
	s_test.x = XOpenDisplay(name);
	return s_test.x == NULL ? -ENODEV : 0;
}

static Window find_window(Window parent)
{
	Window root, above, *children;
	unsigned count;
	Window found = None;
	if (!XQueryTree(s_test.x, parent, &root, &above, &children, &count)) {
		return None;
	}
	for (unsigned i = 0; i < count && found == None; i++) {
		XWindowAttributes attributes;
		XGetWindowAttributes(s_test.x, children[i], &attributes);
		bool is = attributes.width == WIDTH && attributes.height == HEIGHT &&
			  attributes.map_state == IsViewable;
		found = is ? children[i] : find_window(children[i]);
	}
	XFree(children);
	return found;
}

/* Sleeps on the connection as the compositor does, until what is waited for has come. */
static bool wait_for(bool (*is_there)(void))
{
	int64_t until_us = os_clock_real_us() + PATIENCE_US;
	int fd = s_test.board->display->get_fd(s_test.display);
	s_test.board->display->dispatch(s_test.display);
	while (!is_there() && os_clock_real_us() < until_us) {
		struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
		poll(&poll_fd, 1, 100);
		s_test.board->display->dispatch(s_test.display);
	}
	return is_there();
}

static bool window_is_there(void)
{
	s_test.window = find_window(DefaultRootWindow(s_test.x));
	return s_test.window != None;
}

static int setup(void **state)
{
	struct os_error error;
	assert_int_equal(start_server(), 0);
	s_test.board = os_board_open(BOARDS, "sdl", &error);
	assert_non_null(s_test.board);
	struct os_display_options options = {.struct_size = sizeof(options),
					     .driver = "window",
					     .title = "Strata",
					     .wanted = {WIDTH, HEIGHT, 1, 60000, false}};
	assert_int_equal(
	    s_test.board->display->open(&options, &s_display_events, NULL, &s_test.display), 0);
	assert_int_equal(
	    s_test.board->touch->open(&s_touch_events, NULL, s_test.display, &s_test.touch), 0);
	assert_int_equal(s_test.board->key->open(&s_key_events, NULL, s_test.display, &s_test.key),
			 0);
	assert_true(s_test.board->display->get_fd(s_test.display) >= 0);
	assert_true(wait_for(window_is_there));
	return 0;
}

static int teardown(void **state)
{
	s_test.board->key->close(s_test.key);
	s_test.board->touch->close(s_test.touch);
	s_test.board->display->close(s_test.display);
	XCloseDisplay(s_test.x);
	kill(s_test.server, SIGTERM);
	waitpid(s_test.server, NULL, 0);
	return 0;
}

/* --- Tests ------------------------------------------------------------------------------------ */

static bool picture_is_there(void)
{
	XImage *image = XGetImage(s_test.x, s_test.window, 20, 30, 1, 1, AllPlanes, ZPixmap);
	bool is = image != NULL && (XGetPixel(image, 0, 0) & 0xffffff) == 0xcc8844;
	if (image != NULL) {
		XDestroyImage(image);
	}
	return is;
}

static void a_frame_is_on_the_screen(void **state)
{
	struct os_display_buffer buffer;
	assert_int_equal(s_test.board->display->begin(s_test.display, &buffer), 0);
	for (int i = 0; i < HEIGHT * buffer.stride / 4; i++) {
		buffer.pixels[i] = 0xcc8844;
	}
	const struct os_rect_px whole = {0, 0, WIDTH, HEIGHT};
	assert_int_equal(s_test.board->display->submit(s_test.display, 1, &whole, 1), 0);
	assert_true(wait_for(picture_is_there));
	assert_int_equal(s_test.heard.presented, 1);
}

static void move_to(int x, int y)
{
	Window child;
	int root_x, root_y;
	XTranslateCoordinates(s_test.x, s_test.window, DefaultRootWindow(s_test.x), x, y, &root_x,
			      &root_y, &child);
	XTestFakeMotionEvent(s_test.x, -1, root_x, root_y, 0);
	XFlush(s_test.x);
}

static bool finger_is_up(void)
{
	const struct heard *heard = &s_test.heard;
	return heard->touch_count > 0 &&
	       heard->touches[heard->touch_count - 1].phase == OS_TOUCH_UP;
}

static void the_mouse_is_a_finger(void **state)
{
	s_test.heard.touch_count = 0;
	move_to(60, 40);
	XTestFakeButtonEvent(s_test.x, 1, True, 0);
	move_to(120, 80);
	/* Out of the window: the drag goes on, held at the edge. */
	move_to(-50, 80);
	XTestFakeButtonEvent(s_test.x, 1, False, 0);
	XFlush(s_test.x);
	assert_true(wait_for(finger_is_up));
	const struct os_touch_sample *first = &s_test.heard.touches[0];
	const struct os_touch_sample *last = &s_test.heard.touches[s_test.heard.touch_count - 1];
	assert_int_equal(first->phase, OS_TOUCH_DOWN);
	assert_true(fabs(first->x - 60.5 / WIDTH) < 1e-9 && fabs(first->y - 40.5 / HEIGHT) < 1e-9);
	assert_true(first->flow != 0 && first->time_us > 0);
	/* The first pixel's middle, or its edge: SDL's capture of the mouse may be there yet or not. */
	assert_true(last->x >= 0 && last->x <= 0.5 / WIDTH + 1e-9);
	for (int i = 1; i + 1 < s_test.heard.touch_count; i++) {
		assert_int_equal(s_test.heard.touches[i].phase, OS_TOUCH_MOVE);
	}
	/* A mouse that only passes by is no finger. */
	int count = s_test.heard.touch_count;
	move_to(30, 30);
	XSync(s_test.x, False);
	s_test.board->display->dispatch(s_test.display);
	assert_int_equal(s_test.heard.touch_count, count);
}

static bool key_is_up(void)
{
	const struct heard *heard = &s_test.heard;
	return heard->key_count > 0 && !heard->keys[heard->key_count - 1].down;
}

static void keys_come_with_their_text(void **state)
{
	XSetInputFocus(s_test.x, s_test.window, RevertToParent, CurrentTime);
	XSync(s_test.x, False);
	KeyCode code = XKeysymToKeycode(s_test.x, XK_a);
	XTestFakeKeyEvent(s_test.x, code, True, 0);
	XTestFakeKeyEvent(s_test.x, code, False, 0);
	XFlush(s_test.x);
	assert_true(wait_for(key_is_up));
	assert_int_equal(s_test.heard.key_count, 2);
	assert_int_equal(s_test.heard.keys[0].key, KEY_A);
	assert_true(s_test.heard.keys[0].down);
	assert_string_equal(s_test.heard.keys[0].text, "a");
	assert_string_equal(s_test.heard.keys[1].text, "");
}

/* Nothing happens: the connection stays silent, so nobody wakes. */
static void it_sleeps(void **state)
{
	s_test.board->display->dispatch(s_test.display);
	struct pollfd poll_fd = {.fd = s_test.board->display->get_fd(s_test.display),
				 .events = POLLIN};
	/* The server may still have something to say of what was done before: first it is quiet. */
	for (int i = 0; i < 100 && poll(&poll_fd, 1, 300) > 0; i++) {
		s_test.board->display->dispatch(s_test.display);
	}
	int wakes = 0;
	int64_t until_us = os_clock_real_us() + OS_US_PER_S;
	for (int64_t now_us = os_clock_real_us(); now_us < until_us; now_us = os_clock_real_us()) {
		if (poll(&poll_fd, 1, (int)((until_us - now_us) / 1000) + 1) > 0) {
			wakes++;
			s_test.board->display->dispatch(s_test.display);
		}
	}
	assert_int_equal(wakes, 0);
}

static bool is_lost(void)
{
	return s_test.heard.lost > 0;
}

static void closing_the_window_is_told(void **state)
{
	XEvent event = {.xclient = {.type = ClientMessage, .window = s_test.window, .format = 32}};
	event.xclient.message_type = XInternAtom(s_test.x, "WM_PROTOCOLS", False);
	event.xclient.data.l[0] = (long)XInternAtom(s_test.x, "WM_DELETE_WINDOW", False);
	XSendEvent(s_test.x, s_test.window, False, NoEventMask, &event);
	XFlush(s_test.x);
	assert_true(wait_for(is_lost));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_frame_is_on_the_screen), cmocka_unit_test(the_mouse_is_a_finger),
	    cmocka_unit_test(keys_come_with_their_text), cmocka_unit_test(it_sleeps),
	    cmocka_unit_test(closing_the_window_is_told)};
	return cmocka_run_group_tests(tests, setup, teardown);
}
