#include "hardware_private.h"

#include <errno.h>
#include <linux/gpio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <os/clock.h>

#define EVENTS_A_TURN 16

static int check(const struct os_hardware *line)
{
	if (line->fd < 0) {
		return -ENOTCONN;
	}
	bool is_gpio = line->kind == OS_HARDWARE_GPIO_OUTPUT || line->kind == OS_HARDWARE_GPIO_INPUT;
	return is_gpio ? 0 : -ENOTSUP;
}

int os_gpio_set(struct os_hardware *line, bool active)
{
	struct gpio_v2_line_values values = {.bits = active, .mask = 1};
	int result = check(line);
	if (result == 0 && line->kind == OS_HARDWARE_GPIO_INPUT) {
		result = -ENOTSUP;
	}
	if (result == 0 && ioctl(line->fd, GPIO_V2_LINE_SET_VALUES_IOCTL, &values) < 0) {
		result = -errno;
	}
	return result;
}

int os_gpio_get(struct os_hardware *line)
{
	struct gpio_v2_line_values values = {.mask = 1};
	int result = check(line);
	if (result == 0 && ioctl(line->fd, GPIO_V2_LINE_GET_VALUES_IOCTL, &values) < 0) {
		result = -errno;
	}
	return result < 0 ? result : (int)(values.bits & 1);
}

static void tell(struct os_hardware *line, const struct gpio_v2_line_event *event)
{
	if (line->delegate.edge != NULL) {
		line->delegate.edge(line->context, line, event->id == GPIO_V2_LINE_EVENT_RISING_EDGE,
		                    os_clock_from_monotonic_us((int64_t)(event->timestamp_ns / 1000)));
	}
}

void hardware_gpio_ready(struct os_hardware *line)
{
	struct gpio_v2_line_event events[EVENTS_A_TURN];
	ssize_t length = read(line->fd, events, sizeof(events));
	if (length == 0 || (length < 0 && errno != EAGAIN && errno != EINTR)) {
		hardware_lose(line, length == 0 ? -ENODEV : -errno);
		return;
	}
	struct os_hardware *still = line;
	line->gone = &still;
	for (ssize_t i = 0; i < length / (ssize_t)sizeof(events[0]) && still != NULL; i++) {
		tell(line, &events[i]);
	}
	if (still != NULL) {
		line->gone = NULL;
	}
}
