/* What the display door sleeps on: one descriptor for udev's events, the card and two timers. */
#include "display.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <libudev.h>

#include <os/file.h>
#include <os/log.h>

enum { FROM_MONITOR, FROM_PACE, FROM_RETRY, FROM_CARD, SOURCES };

static int add(struct os_display *display, int fd, uint64_t from)
{
	struct epoll_event event = {.events = EPOLLIN, .data.u64 = from};
	return epoll_ctl(display->epoll, EPOLL_CTL_ADD, fd, &event) < 0 ? -errno : 0;
}

/* Without udev (a container) there is no plugging, and all else works. */
static void open_monitor(struct os_display *display)
{
	display->udev = udev_new();
	display->monitor =
	    display->udev == NULL ? NULL : udev_monitor_new_from_netlink(display->udev, "udev");
	if (display->monitor == NULL ||
	    udev_monitor_filter_add_match_subsystem_devtype(display->monitor, "drm", NULL) < 0 ||
	    udev_monitor_enable_receiving(display->monitor) < 0 ||
	    add(display, udev_monitor_get_fd(display->monitor), FROM_MONITOR) < 0) {
		os_log_debug("board", "udev tells nothing: screens are not heard of later");
		udev_monitor_unref(display->monitor);
		display->monitor = NULL;
	}
}

int display_watch_open(struct os_display *display)
{
	display->epoll = epoll_create1(EPOLL_CLOEXEC);
	display->pace = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	display->retry = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	if (display->epoll < 0 || display->pace < 0 || display->retry < 0 ||
	    add(display, display->pace, FROM_PACE) < 0 ||
	    add(display, display->retry, FROM_RETRY) < 0) {
		display_watch_close(display);
		return -EMFILE;
	}
	open_monitor(display);
	return 0;
}

void display_watch_close(struct os_display *display)
{
	if (display->monitor != NULL) {
		udev_monitor_unref(display->monitor);
	}
	if (display->udev != NULL) {
		udev_unref(display->udev);
	}
	os_fd_close(display->pace);
	os_fd_close(display->retry);
	os_fd_close(display->epoll);
}

void display_watch_card(struct os_display *display, int fd)
{
	add(display, fd, FROM_CARD);
}

void display_set_timer(int timer, int64_t in_us)
{
	struct itimerspec when = {.it_value = {.tv_sec = in_us / OS_US_PER_S,
					       .tv_nsec = in_us % OS_US_PER_S * 1000}};
	timerfd_settime(timer, 0, &when, NULL);
}

static bool timer_ran_out(int timer)
{
	uint64_t times;
	return read(timer, &times, sizeof(times)) == sizeof(times);
}

static void drain_monitor(struct os_display *display)
{
	struct udev_device *device;
	while ((device = udev_monitor_receive_device(display->monitor)) != NULL) {
		os_log_debug("board", "%s: %s", udev_device_get_sysname(device),
			     udev_device_get_action(device));
		udev_device_unref(device);
		display->look = true;
	}
}

bool display_watch_take(struct os_display *display, bool *ret_paced, bool *ret_hung_up)
{
	struct epoll_event events[SOURCES];
	bool card = false;
	int count = epoll_wait(display->epoll, events, SOURCES, 0);
	for (int i = 0; i < count; i++) {
		switch (events[i].data.u64) {
		case FROM_MONITOR:
			drain_monitor(display);
			break;
		case FROM_PACE:
			*ret_paced |= timer_ran_out(display->pace);
			break;
		case FROM_RETRY:
			display->look |= timer_ran_out(display->retry);
			break;
		default:
			card = true;
			*ret_hung_up |= (events[i].events & (EPOLLHUP | EPOLLERR)) != 0;
			break;
		}
	}
	return card;
}
