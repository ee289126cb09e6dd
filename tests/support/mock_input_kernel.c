#include "mock_input_kernel.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>

/* --- What it can do --------------------------------------------------------------------------- */

static void set_bit(uint8_t *bits, int bit)
{
	bits[bit / 8] |= (uint8_t)(1 << bit % 8);
}


static void can(struct mock_kernel *kernel, int type, int code)
{
	set_bit(kernel->bits[0], type);
	set_bit(kernel->bits[type], code);
}

static void can_be_a_mouse(struct mock_kernel *kernel, bool moves)
{
	for (int button = BTN_LEFT; button <= BTN_MIDDLE; button++) {
		can(kernel, EV_KEY, button);
	}
	can(kernel, EV_REL, REL_WHEEL);
	can(kernel, EV_REL, REL_HWHEEL);
	can(kernel, EV_REL, REL_WHEEL_HI_RES);
	can(kernel, EV_REL, REL_HWHEEL_HI_RES);
	if (moves) {
		can(kernel, EV_REL, REL_X);
		can(kernel, EV_REL, REL_Y);
	}
}

static void can_do_its_kind(struct mock_kernel *kernel)
{
	const struct mock_device *device = &kernel->device;
	switch (device->kind) {
	case MOCK_TOUCHSCREEN:
		if (!device->has_no_btn_touch) {
			can(kernel, EV_KEY, BTN_TOUCH);
		}
		if (!device->has_no_direct_prop) {
			set_bit(kernel->props, INPUT_PROP_DIRECT);
		}
		break;
	case MOCK_MOUSE:
	case MOCK_TABLET:
		can_be_a_mouse(kernel, device->kind == MOCK_MOUSE);
		break;
	case MOCK_KEYBOARD:
		for (int key = KEY_ESC; key <= KEY_COMPOSE; key++) {
			can(kernel, EV_KEY, key);
		}
		break;
	case MOCK_BUTTONS:
		can(kernel, EV_KEY, KEY_POWER);
		can(kernel, EV_KEY, KEY_VOLUMEUP);
		can(kernel, EV_KEY, KEY_VOLUMEDOWN);
		break;
	}
}

void mock_kernel_init(struct mock_kernel *kernel, const struct mock_device *device)
{
	assert(device->axis_count <= MOCK_AXES_MAX);
	*kernel = (struct mock_kernel){.device = *device, .next_tracking = 100};
	if (device->axis_count > 0) {
		memcpy(kernel->axes, device->axes, device->axis_count * sizeof(kernel->axes[0]));
	}
	kernel->device.axes = kernel->axes;
	set_bit(kernel->bits[0], EV_SYN);
	can_do_its_kind(kernel);
	for (size_t i = 0; i < device->axis_count; i++) {
		can(kernel, EV_ABS, device->axes[i].code);
	}
	for (int slot = 0; slot < MOCK_SLOTS_MAX; slot++) {
		kernel->slots[slot][ABS_MT_TRACKING_ID - MOCK_MT_FIRST] = -1;
	}
}

static const struct mock_axis *find_axis(const struct mock_kernel *kernel, uint16_t code)
{
	for (size_t i = 0; i < kernel->device.axis_count; i++) {
		if (kernel->axes[i].code == code) {
			return &kernel->axes[i];
		}
	}
	return NULL;
}

bool mock_kernel_has(const struct mock_kernel *kernel, uint16_t axis)
{
	return find_axis(kernel, axis) != NULL;
}

/* --- Its state -------------------------------------------------------------------------------- */

void mock_kernel_apply(struct mock_kernel *kernel, uint16_t type, uint16_t code, int32_t value)
{
	if (type == EV_KEY && code < KEY_CNT) {
		set_bit(kernel->keys, code);
		if (value == 0) {
			kernel->keys[code / 8] &= (uint8_t)~(1 << code % 8);
		}
	} else if (type == EV_ABS && code == ABS_MT_SLOT) {
		kernel->slot = value;
	} else if (type == EV_ABS && code >= MOCK_MT_FIRST && code <= ABS_MT_TOOL_Y) {
		if (kernel->slot >= 0 && kernel->slot < MOCK_SLOTS_MAX) {
			kernel->slots[kernel->slot][code - MOCK_MT_FIRST] = value;
		}
	} else if (type == EV_ABS && code < ABS_CNT) {
		kernel->values[code] = value;
	}
}

/* --- Its ioctls ------------------------------------------------------------------------------- */

static int give(void *argument, size_t size, const void *what, size_t length)
{
	memset(argument, 0, size);
	memcpy(argument, what, length < size ? length : size);
	return (int)(length < size ? length : size);
}

static int give_whole(void *argument, size_t size, const void *what, size_t length)
{
	give(argument, size, what, length);
	return 0;
}

static int give_text(void *argument, size_t size, const char *text)
{
	return text == NULL ? -ENOENT : give(argument, size, text, strlen(text) + 1);
}

static int give_axis(const struct mock_kernel *kernel, uint16_t code, void *argument)
{
	const struct mock_axis *axis = find_axis(kernel, code);
	if (axis == NULL) {
		return -EINVAL;
	}
	int32_t value = code == ABS_MT_SLOT ? kernel->slot : kernel->values[code];
	const struct input_absinfo info = {.value = value,
					   .minimum = axis->minimum,
					   .maximum = axis->maximum,
					   .fuzz = axis->fuzz,
					   .resolution = axis->resolution};
	memcpy(argument, &info, sizeof(info));
	return 0;
}

static int give_slots(const struct mock_kernel *kernel, int32_t *argument, size_t size)
{
	const struct mock_axis *slots = find_axis(kernel, ABS_MT_SLOT);
	int32_t code = argument[0];
	if (slots == NULL || code < MOCK_MT_FIRST || code > ABS_MT_TOOL_Y) {
		return -EINVAL;
	}
	size_t count = size / sizeof(int32_t) - 1;
	for (size_t i = 0; i < count && (int32_t)i <= slots->maximum && i < MOCK_SLOTS_MAX; i++) {
		argument[1 + i] = kernel->slots[i][code - MOCK_MT_FIRST];
	}
	return 0;
}

static int answer_fixed(struct mock_kernel *kernel, unsigned number, void *argument, size_t size)
{
	const struct mock_device *device = &kernel->device;
	const struct input_id id = {device->bus, device->vendor, device->product, device->version};
	switch (number) {
	case _IOC_NR(EVIOCGVERSION):
		return give_whole(argument, size, &(int){EV_VERSION}, sizeof(int));
	case _IOC_NR(EVIOCGID):
		return give_whole(argument, size, &id, sizeof(id));
	case _IOC_NR(EVIOCGREP):
		return -ENOSYS;
	case _IOC_NR(EVIOCGNAME(0)):
		return give_text(argument, size, device->name);
	case _IOC_NR(EVIOCGPHYS(0)):
		return give_text(argument, size, device->phys);
	case _IOC_NR(EVIOCGUNIQ(0)):
		return -ENOENT;
	case _IOC_NR(EVIOCGPROP(0)):
		return give(argument, size, kernel->props, sizeof(kernel->props));
	case _IOC_NR(EVIOCGMTSLOTS(0)):
		return give_slots(kernel, argument, size);
	case _IOC_NR(EVIOCGKEY(0)):
		return give(argument, size, kernel->keys, sizeof(kernel->keys));
	case _IOC_NR(EVIOCGLED(0)):
	case _IOC_NR(EVIOCGSND(0)):
	case _IOC_NR(EVIOCGSW(0)):
		return give(argument, size, "", 1);
	default:
		return -EINVAL;
	}
}

static int grab(struct mock_kernel *kernel, bool on)
{
	if (on && (kernel->device.refuses_grab || kernel->grabbed)) {
		return -EBUSY;
	}
	kernel->grabbed = on;
	return 0;
}

int mock_kernel_ioctl(struct mock_kernel *kernel, unsigned long request, void *argument)
{
	unsigned number = _IOC_NR(request);
	size_t size = _IOC_SIZE(request);
	kernel->was_asked = true;
	if (request == EVIOCGRAB) {
		return grab(kernel, argument != NULL);
	}
	if (request == EVIOCSCLOCKID) {
		return *(const int *)argument == CLOCK_MONOTONIC ? 0 : -EINVAL;
	}
	if ((_IOC_DIR(request) & _IOC_READ) == 0) {
		return -EINVAL;
	}
	if (number >= _IOC_NR(EVIOCGBIT(0, 0)) && number < _IOC_NR(EVIOCGBIT(EV_CNT, 0))) {
		return give(argument, size, kernel->bits[number - _IOC_NR(EVIOCGBIT(0, 0))],
			    sizeof(kernel->bits[0]));
	}
	if (number >= _IOC_NR(EVIOCGABS(0)) && number < _IOC_NR(EVIOCGABS(0)) + ABS_CNT) {
		return give_axis(kernel, (uint16_t)(number - _IOC_NR(EVIOCGABS(0))), argument);
	}
	return answer_fixed(kernel, number, argument, size);
}
