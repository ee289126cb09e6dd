/* Mock input: input devices that are not there, for the real libudev and the real libinput of this
 * very process, unprivileged. umockdev gives /sys, /dev and udev's messages; this file answers the
 * kernel's side of a device: its ioctls, its state, its events.
 *
 *	int main(int argc, char **argv)
 *	{
 *		mock_input_main(argc, argv);            starts itself again under umockdev, or skips
 *		…
 *	}
 *
 *	static const struct mock_axis s_axes[] = {{ABS_MT_SLOT, 0, 9}, {ABS_MT_TRACKING_ID, 0, 65535},
 *		{ABS_MT_POSITION_X, 0, 799, .resolution = 5}, {ABS_MT_POSITION_Y, 0, 479, .resolution = 5}};
 *	struct mock_input *panel = mock_input_plug(&(struct mock_device){
 *		.name = "a panel", .kind = MOCK_TOUCHSCREEN, .axes = s_axes, .axis_count = 4});
 *	mock_input_down(panel, 0, 400, 240);            slot 0, in the device's own units
 *	mock_input_frame(panel);                        SYN_REPORT: now it is readable
 *	…
 *	mock_input_unplug(panel);
 *
 * A test program links tests/support/mock_input.c with `export_dynamic: true`, since its ioctl and
 * fstat must stand before libc's, and sees umockdev through mock_input_dep of tests/board. One
 * thread. Events carry CLOCK_MONOTONIC's time, or what mock_input_set_time says. */
#ifndef MOCK_INPUT_H
#define MOCK_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MOCK_AXES_MAX 24
#define MOCK_SLOTS_MAX 64

enum mock_kind {
	MOCK_TOUCHSCREEN, /* what udev would say of it: ID_INPUT_TOUCHSCREEN */
	MOCK_MOUSE,       /* REL_X, REL_Y, the wheels, three buttons */
	MOCK_TABLET,      /* a mouse that says where it is: ABS_X, ABS_Y, the wheel, buttons */
	MOCK_KEYBOARD,    /* all keys of a PC */
	MOCK_BUTTONS      /* power and volume: a keyboard without letters */
};

struct mock_axis {
	uint16_t code; /* ABS_… */
	int32_t minimum, maximum, fuzz, resolution;
};

struct mock_device {
	const char *name, *phys; /* phys NULL: the kernel knows none */
	enum mock_kind kind;
	uint16_t bus, vendor, product, version;
	const struct mock_axis *axes; /* with ABS_MT_SLOT it has slots (protocol B) */
	size_t axis_count;
	int32_t width_mm, height_mm; /* told by udev, 0: nothing */
	const char *calibration;     /* LIBINPUT_CALIBRATION_MATRIX of a udev rule, NULL: none */
	bool refuses_grab, has_no_btn_touch, has_no_direct_prop;
};

struct mock_input;

/* Comes back only under umockdev. Where that is missing: says so and exits with 77. */
void mock_input_main(int argc, char **argv);

/* --- Devices ---------------------------------------------------------------------------------- */

struct mock_input *mock_input_plug(const struct mock_device *device); /* udev's "add" is sent */
struct mock_input *mock_input_unplug(struct mock_input *input);       /* NULL; its events are lost */
void mock_input_unplug_all(void);
bool mock_input_is_open(const struct mock_input *input);
bool mock_input_is_grabbed(const struct mock_input *input);
const char *mock_input_node(const struct mock_input *input); /* "/dev/input/event5" */

/* As if the machine had been suspended for so long: boot time has gone on, monotonic time has not. */
void mock_input_sleep(int64_t us);

/* --- Events ----------------------------------------------------------------------------------- */

/* The time of what follows, of CLOCK_MONOTONIC; 0: the clock's own again. */
void mock_input_set_time(int64_t time_us);
int64_t mock_input_time(void);
/* One raw event. Nothing is readable before mock_input_frame, nor is the kernel's state new. */
void mock_input_event(struct mock_input *input, uint16_t type, uint16_t code, int32_t value);
void mock_input_frame(struct mock_input *input);
/* As if the reader had been too slow: the kernel's state changes, its reader gets SYN_DROPPED. */
void mock_input_event_lost(struct mock_input *input, uint16_t type, uint16_t code, int32_t value);
void mock_input_frame_dropped(struct mock_input *input);

/* Fingers by slot; each finger down takes the next tracking id. A single-touch device (no slots)
 * has slot 0 only. BTN_TOUCH and ABS_X, ABS_Y follow as in the kernel. No frame by itself. */
void mock_input_down(struct mock_input *input, int slot, int32_t x, int32_t y);
void mock_input_move(struct mock_input *input, int slot, int32_t x, int32_t y);
void mock_input_size(struct mock_input *input, int slot, int32_t touch_major);
void mock_input_up(struct mock_input *input, int slot);
/* Presses, frames, lets go, frames: a key or a button. */
void mock_input_press(struct mock_input *input, uint16_t key);

#endif
