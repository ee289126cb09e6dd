/* Input devices: which touchscreens and mice there are, for who asks (`strata doctor`). Private. */
#ifndef COMPOSITOR_INPUT_DEVICES_H
#define COMPOSITOR_INPUT_DEVICES_H

#include <os/touch_input.h>

#define INPUT_DEVICES_MAX 16
#define INPUT_DEVICE_TEXT 128

struct md_compositor;
struct tool;
struct os_message;

struct input_devices {
	struct {
		char id[INPUT_DEVICE_TEXT], name[INPUT_DEVICE_TEXT];
		int32_t fingers; /* 0: a mouse */
		double rate_hz, width_mm, height_mm;
	} list[INPUT_DEVICES_MAX];
	uint32_t count;
};

/* Told again, it is the same device of which more is known. */
void input_devices_added(struct md_compositor *compositor, const struct os_touch_device *device);
void input_devices_removed(struct md_compositor *compositor, const char *id);
/* Answers MD_DEVICE_INPUTS. */
int input_devices_tell(struct tool *tool, struct os_message *message);

#endif
