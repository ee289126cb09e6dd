/* Mock input, the kernel's side: what a device can do, its state, and its ioctls. Private to
 * mock_input.c. */
#ifndef MOCK_INPUT_KERNEL_H
#define MOCK_INPUT_KERNEL_H

#include <linux/input.h>

#include "mock_input.h"

#define MOCK_MT_FIRST ABS_MT_SLOT
#define MOCK_MT_COUNT (ABS_MT_TOOL_Y - ABS_MT_SLOT + 1)

struct mock_kernel {
	struct mock_device device;
	struct mock_axis axes[MOCK_AXES_MAX];
	uint8_t bits[EV_CNT][KEY_CNT / 8]; /* what EVIOCGBIT answers; [0]: the types */
	uint8_t props[INPUT_PROP_CNT / 8], keys[KEY_CNT / 8];
	int32_t values[ABS_CNT];
	int32_t slot, slots[MOCK_SLOTS_MAX][MOCK_MT_COUNT];
	bool grabbed, was_asked;
	/* Of those who write the events. */
	int32_t sent_slot, next_tracking, fingers_down, pointed;
};

void mock_kernel_init(struct mock_kernel *kernel, const struct mock_device *device);
bool mock_kernel_has(const struct mock_kernel *kernel, uint16_t axis);
void mock_kernel_apply(struct mock_kernel *kernel, uint16_t type, uint16_t code, int32_t value);
/* As the kernel answers: 0, a length, or -Exxx. */
int mock_kernel_ioctl(struct mock_kernel *kernel, unsigned long request, void *argument);

#endif
