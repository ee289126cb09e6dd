#include "panel_uinput.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/uinput.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

static bool set_axis(int fd, uint16_t code, const struct touch_panel_axis *axis)
{
	struct uinput_abs_setup setup = {.code = code};
	setup.absinfo.minimum = axis->min;
	setup.absinfo.maximum = axis->max;
	setup.absinfo.fuzz = axis->fuzz;
	setup.absinfo.resolution = axis->resolution;
	return ioctl(fd, UI_SET_ABSBIT, code) == 0 && ioctl(fd, UI_ABS_SETUP, &setup) == 0;
}

static bool set_many(int fd, const struct touch_panel *panel)
{
	const struct touch_panel_axis slots = {.max = panel->slots - 1}, ids = {.max = 65535},
				      major = {.max = panel->major_max}, pressure = {.max = panel->pressure_max};
	bool good = set_axis(fd, ABS_MT_POSITION_X, &panel->x) && set_axis(fd, ABS_MT_POSITION_Y, &panel->y);
	if (panel->slots > 0) {
		good = good && set_axis(fd, ABS_MT_SLOT, &slots) && set_axis(fd, ABS_MT_TRACKING_ID, &ids);
	}
	if (panel->major_max > 0) {
		good = good && set_axis(fd, ABS_MT_TOUCH_MAJOR, &major);
	}
	if (panel->pressure_max > 0) {
		good = good && set_axis(fd, ABS_MT_PRESSURE, &pressure);
	}
	return good;
}

static bool set_up(int fd, const struct touch_panel *panel)
{
	bool anonymous = panel->flags & TOUCH_PANEL_PROTOCOL_A;
	bool good = ioctl(fd, UI_SET_EVBIT, EV_SYN) == 0 && ioctl(fd, UI_SET_EVBIT, EV_ABS) == 0;
	if (!(panel->flags & TOUCH_PANEL_NO_BUTTON)) {
		good = good && ioctl(fd, UI_SET_EVBIT, EV_KEY) == 0 && ioctl(fd, UI_SET_KEYBIT, BTN_TOUCH) == 0;
	}
	if (panel->flags & TOUCH_PANEL_TIMESTAMP) {
		good = good && ioctl(fd, UI_SET_EVBIT, EV_MSC) == 0 && ioctl(fd, UI_SET_MSCBIT, MSC_TIMESTAMP) == 0;
	}
	if (panel->flags & TOUCH_PANEL_DIRECT) {
		good = good && ioctl(fd, UI_SET_PROPBIT, INPUT_PROP_DIRECT) == 0;
	}
	if (!anonymous) {
		good = good && set_axis(fd, ABS_X, &panel->x) && set_axis(fd, ABS_Y, &panel->y);
	}
	if (panel->slots > 0 || anonymous) {
		return good && set_many(fd, panel);
	}
	const struct touch_panel_axis pressure = {.max = panel->pressure_max};
	return good && (panel->pressure_max == 0 || set_axis(fd, ABS_PRESSURE, &pressure));
}

int panel_uinput_plug(const struct touch_panel *panel)
{
	int fd = open("/dev/uinput", O_WRONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0) {
		return -errno;
	}
	struct uinput_setup setup = {
	    .id = {.bustype = panel->bus, .vendor = panel->vendor, .product = panel->product, .version = panel->version}};
	snprintf(setup.name, sizeof(setup.name), "%s", panel->name);
	if (!set_up(fd, panel) || ioctl(fd, UI_DEV_SETUP, &setup) < 0 || ioctl(fd, UI_DEV_CREATE) < 0) {
		int result = errno != 0 ? -errno : -EINVAL;
		close(fd);
		return result;
	}
	return fd;
}

static int64_t time_of(const struct input_event *event)
{
	return (int64_t)event->input_event_sec * 1000000 + event->input_event_usec;
}

static void wait_until(int64_t at_us)
{
	struct timespec until = {.tv_sec = at_us / 1000000, .tv_nsec = at_us % 1000000 * 1000};
	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == EINTR) {
	}
}

int panel_uinput_play(int fd, const struct input_event *events, size_t count)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	int64_t began_us = (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
	for (size_t i = 0; i < count; i++) {
		wait_until(began_us + time_of(&events[i]) - time_of(&events[0]));
		if (write(fd, &events[i], sizeof(events[i])) != (ssize_t)sizeof(events[i])) {
			return -errno;
		}
	}
	return 0;
}

void panel_uinput_unplug(int fd)
{
	ioctl(fd, UI_DEV_DESTROY);
	close(fd);
}
