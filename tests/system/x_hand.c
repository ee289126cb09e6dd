/* A person at the desktop: real X events for the window of a device, and what is seen in it.
 *
 *	x_hand WIDTH HEIGHT click X Y         the mouse in the window's points
 *	x_hand WIDTH HEIGHT drag X Y X Y
 *	x_hand WIDTH HEIGHT type TEXT         ASCII, key by key
 *	x_hand WIDTH HEIGHT picture FILE.png  what the X server shows of the window
 *	x_hand WIDTH HEIGHT close             as its button does
 *
 * The window is the one of that size. Exit: 0, or 1 when there is none. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <X11/XKBlib.h>
#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>
#include <X11/keysym.h>

#include <fcntl.h>
#include <md/image.h>
#include <os/file.h>

#define DRAG_STEPS 20

struct hand {
	Display *display;
	Window window;
	int width, height;
};

static Window find_window(const struct hand *hand, Window parent)
{
	Window root, above, *children, found = None;
	unsigned count;
	if (!XQueryTree(hand->display, parent, &root, &above, &children, &count)) {
		return None;
	}
	for (unsigned i = 0; i < count && found == None; i++) {
		XWindowAttributes attributes;
		XGetWindowAttributes(hand->display, children[i], &attributes);
		bool is = attributes.width == hand->width && attributes.height == hand->height &&
		          attributes.map_state == IsViewable;
		found = is ? children[i] : find_window(hand, children[i]);
	}
	XFree(children);
	return found;
}

static void move_to(const struct hand *hand, int x, int y)
{
	Window child;
	int root_x, root_y;
	XTranslateCoordinates(hand->display, hand->window, DefaultRootWindow(hand->display), x, y, &root_x, &root_y,
	                      &child);
	XTestFakeMotionEvent(hand->display, -1, root_x, root_y, 0);
}

static void click(const struct hand *hand, int x, int y)
{
	move_to(hand, x, y);
	XTestFakeButtonEvent(hand->display, 1, True, 0);
	XTestFakeButtonEvent(hand->display, 1, False, 50);
}

static void drag(const struct hand *hand, int x, int y, int to_x, int to_y)
{
	move_to(hand, x, y);
	XTestFakeButtonEvent(hand->display, 1, True, 0);
	for (int i = 1; i <= DRAG_STEPS; i++) {
		move_to(hand, x + (to_x - x) * i / DRAG_STEPS, y + (to_y - y) * i / DRAG_STEPS);
		/* The server waits that long before it goes on. */
		XTestFakeRelativeMotionEvent(hand->display, 0, 0, 8);
	}
	XTestFakeButtonEvent(hand->display, 1, False, 0);
}

static void press(const struct hand *hand, KeyCode code, bool shift)
{
	KeyCode shift_code = XKeysymToKeycode(hand->display, XK_Shift_L);
	if (shift) {
		XTestFakeKeyEvent(hand->display, shift_code, True, 0);
	}
	XTestFakeKeyEvent(hand->display, code, True, 0);
	XTestFakeKeyEvent(hand->display, code, False, 0);
	if (shift) {
		XTestFakeKeyEvent(hand->display, shift_code, False, 0);
	}
}

static int type(const struct hand *hand, const char *text)
{
	for (const char *at = text; *at != '\0'; at++) {
		KeySym symbol = *at == '\n' ? XK_Return : (KeySym)(unsigned char)*at; /* Latin 1 is itself */
		KeyCode code = XKeysymToKeycode(hand->display, symbol);
		if (code == 0) {
			fprintf(stderr, "no key types %c\n", *at);
			return 1;
		}
		press(hand, code, XkbKeycodeToKeysym(hand->display, code, 0, 0) != symbol);
	}
	return 0;
}

static int write_picture(const struct hand *hand, const char *path)
{
	XImage *seen = XGetImage(hand->display, hand->window, 0, 0, (unsigned)hand->width, (unsigned)hand->height,
	                         AllPlanes, ZPixmap);
	if (seen == NULL || seen->bits_per_pixel != 32) {
		fprintf(stderr, "the window cannot be seen\n");
		return 1;
	}
	for (int i = 0; i < seen->bytes_per_line / 4 * hand->height; i++) {
		((uint32_t *)(void *)seen->data)[i] |= 0xff000000u;
	}
	struct md_image *image = md_image_create_from_pixels((const uint32_t *)(void *)seen->data, hand->width,
	                                                     hand->height, seen->bytes_per_line, 1);
	struct os_buffer png = {0};
	int result = md_image_write_png(image, &png);
	result = result < 0 ? result : os_file_write_atomic(AT_FDCWD, path, png.bytes, png.length);
	os_buffer_finish(&png);
	md_image_release(image);
	XDestroyImage(seen);
	return result < 0;
}

static void close_window(const struct hand *hand)
{
	XEvent event = {.xclient = {.type = ClientMessage, .window = hand->window, .format = 32}};
	event.xclient.message_type = XInternAtom(hand->display, "WM_PROTOCOLS", False);
	event.xclient.data.l[0] = (long)XInternAtom(hand->display, "WM_DELETE_WINDOW", False);
	XSendEvent(hand->display, hand->window, False, NoEventMask, &event);
}

static int perform(const struct hand *hand, int count, char **words)
{
	int at[4] = {0};
	for (int i = 0; i < 4 && i + 1 < count; i++) {
		at[i] = atoi(words[i + 1]);
	}
	if (strcmp(words[0], "click") == 0 && count == 3) {
		click(hand, at[0], at[1]);
	} else if (strcmp(words[0], "drag") == 0 && count == 5) {
		drag(hand, at[0], at[1], at[2], at[3]);
	} else if (strcmp(words[0], "type") == 0 && count == 2) {
		return type(hand, words[1]);
	} else if (strcmp(words[0], "picture") == 0 && count == 2) {
		return write_picture(hand, words[1]);
	} else if (strcmp(words[0], "close") == 0) {
		close_window(hand);
	} else {
		return 2;
	}
	return 0;
}

int main(int count, char **words)
{
	struct hand hand = {.display = XOpenDisplay(NULL)};
	if (hand.display == NULL || count < 4) {
		return 2;
	}
	hand.width = atoi(words[1]);
	hand.height = atoi(words[2]);
	hand.window = find_window(&hand, DefaultRootWindow(hand.display));
	if (hand.window == None) {
		fprintf(stderr, "there is no window of %d x %d\n", hand.width, hand.height);
		return 1;
	}
	/* There is no window manager that would do it. */
	XSetInputFocus(hand.display, hand.window, RevertToParent, CurrentTime);
	int result = perform(&hand, count - 3, words + 3);
	XSync(hand.display, False);
	XCloseDisplay(hand.display);
	return result;
}
