/* The mouse as finger 0, and a desktop's touchscreen as fingers. A drag goes on outside the window,
 * held at its edge. */
#include "sdl_board.h"

#include <errno.h>

#include <os/clock.h>
#include <os/memory.h>
#include <os/trace.h>

static int touch_open(const struct os_touch_events *events, void *context,
		      struct os_display *display, struct os_touch **ret_touch)
{
	if (display->is_kmsdrm) {
		return -ENOTSUP; /* the machine's devices are another board's */
	}
	struct os_touch *touch = os_alloc(sizeof(*touch));
	touch->events = events;
	touch->context = context;
	touch->display = display;
	display->touch = touch;
	*ret_touch = touch;
	return 0;
}

static void touch_close(struct os_touch *touch)
{
	if (touch != NULL) {
		touch->display->touch = NULL;
		os_free(touch);
	}
}

static int touch_get_fd(struct os_touch *touch)
{
	return -1;
}

static void touch_dispatch(struct os_touch *touch)
{
}

static void tell(struct os_touch *touch, int finger, enum os_touch_phase phase, double x, double y)
{
	struct os_touch_sample sample = {
	    .time_us = os_clock_now_us(), .finger = finger, .phase = phase};
	sample.x = OS_CLAMP(x, 0.0, 1.0);
	sample.y = OS_CLAMP(y, 0.0, 1.0);
	if (phase == OS_TOUCH_DOWN) {
		sample.flow = os_flow_create(OS_FLOW_TOUCH);
		uint64_t before = os_flow_set_current(sample.flow);
		OS_TRACE_MARK("board", "touch down", finger);
		os_flow_set_current(before);
	}
	touch->events->touch(touch->context, &sample, 1);
}

static void tell_mouse(struct os_touch *touch, enum os_touch_phase phase, int x, int y)
{
	const struct os_display_mode *mode = &touch->display->mode;
	tell(touch, 0, phase, (x + 0.5) / mode->width_px, (y + 0.5) / mode->height_px);
}

static void button(struct os_touch *touch, const SDL_MouseButtonEvent *event)
{
	bool down = event->type == SDL_MOUSEBUTTONDOWN;
	if (event->button != SDL_BUTTON_LEFT || down == touch->mouse_down ||
	    (down && touch->in_use[0])) {
		return;
	}
	touch->mouse_down = down;
	SDL_CaptureMouse(down ? SDL_TRUE : SDL_FALSE);
	tell_mouse(touch, down ? OS_TOUCH_DOWN : OS_TOUCH_UP, event->x, event->y);
}

/* The number of a touchscreen's finger from down to up, -1 if all are taken or it is unknown. */
static int number_of(struct os_touch *touch, SDL_FingerID id, bool is_new)
{
	for (int i = 0; i < OS_TOUCH_FINGERS; i++) {
		if (touch->in_use[i] && touch->fingers[i] == id) {
			return i;
		}
	}
	for (int i = touch->mouse_down ? 1 : 0; is_new && i < OS_TOUCH_FINGERS; i++) {
		if (!touch->in_use[i]) {
			touch->in_use[i] = true;
			touch->fingers[i] = id;
			return i;
		}
	}
	return -1;
}

static void finger(struct os_touch *touch, const SDL_TouchFingerEvent *event)
{
	int number = number_of(touch, event->fingerId, event->type == SDL_FINGERDOWN);
	if (number < 0) {
		return;
	}
	enum os_touch_phase phase = event->type == SDL_FINGERDOWN ? OS_TOUCH_DOWN
				    : event->type == SDL_FINGERUP ? OS_TOUCH_UP
								  : OS_TOUCH_MOVE;
	if (phase == OS_TOUCH_UP) {
		touch->in_use[number] = false;
	}
	tell(touch, number, phase, event->x, event->y);
}

void sdl_touch_handle(struct os_touch *touch, const SDL_Event *event)
{
	switch (event->type) {
	case SDL_MOUSEBUTTONDOWN:
	case SDL_MOUSEBUTTONUP:
		button(touch, &event->button);
		break;
	case SDL_MOUSEMOTION:
		if (touch->mouse_down) {
			tell_mouse(touch, OS_TOUCH_MOVE, event->motion.x, event->motion.y);
		}
		break;
	case SDL_FINGERDOWN:
	case SDL_FINGERUP:
	case SDL_FINGERMOTION:
		finger(touch, &event->tfinger);
		break;
	default:
		break;
	}
}

const struct os_touch_door sdl_touch_door = {
    .struct_size = sizeof(sdl_touch_door),
    .open = touch_open,
    .close = touch_close,
    .get_fd = touch_get_fd,
    .of_display = true,
    .dispatch = touch_dispatch,
};
