/* The kernel's side of input devices that are not there. A node is a pipe with a name, into which
 * struct input_event are written; ioctl and fstat of this program stand before libc's and answer
 * for it from the state that those events made. */
#include "mock_input.h"

#include <assert.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/input.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <umockdev.h>
#include <unistd.h>

#include <os/clock.h>

#include "mock_input_kernel.h"

#define PRELOAD "libumockdev-preload.so.0"
#define FIRST_EVENT 5
#define PENDING_MAX 512

struct mock_input {
	struct mock_kernel kernel;
	int number, writer;
	char node[32], path[256]; /* as it is named, and where it is */
	dev_t dev;                /* of the pipe */
	ino_t ino;
	struct input_event pending[PENDING_MAX];
	size_t pending_count;
};

#define INPUTS_MAX 16
static struct mock_input *s_inputs[INPUTS_MAX];
static UMockdevTestbed *s_testbed;
static int64_t s_time_us, s_slept_us;
static int s_next_number = FIRST_EVENT;

/* --- Starting --------------------------------------------------------------------------------- */

/* A sanitizer's library wants to be first. */
static void preload_text(char *text, size_t size)
{
	Dl_info info;
	void *sanitizer = dlsym(RTLD_DEFAULT, "__asan_init");
	bool is_library = sanitizer != NULL && dladdr(sanitizer, &info) != 0 &&
			  strstr(info.dli_fname, "libasan") != NULL;
	snprintf(text, size, "%s%s" PRELOAD, is_library ? info.dli_fname : "", is_library ? ":" : "");
}

void mock_input_main(int argc, char **argv)
{
	if (getenv("MOCK_INPUT_STARTED") != NULL) {
		unsetenv("LD_PRELOAD");
		s_testbed = umockdev_testbed_new();
		return;
	}
	if (dlopen(PRELOAD, RTLD_LAZY) == NULL) {
		printf("skipped: umockdev is missing (%s)\n", PRELOAD);
		exit(77);
	}
	char text[512];
	preload_text(text, sizeof(text));
	setenv("LD_PRELOAD", text, 1);
	setenv("MOCK_INPUT_STARTED", "1", 1);
	execv("/proc/self/exe", argv);
	printf("skipped: cannot start again under umockdev: %s\n", strerror(errno));
	exit(77);
}

/* --- Answers that stand before libc's --------------------------------------------------------- */

static struct mock_input *input_of(const struct stat *info)
{
	for (int i = 0; i < INPUTS_MAX; i++) {
		struct mock_input *input = s_inputs[i];
		if (input != NULL && input->dev == info->st_dev && input->ino == info->st_ino) {
			return input;
		}
	}
	return NULL;
}

static int next_fstat(int fd, struct stat *info)
{
	static int (*s_next)(int, struct stat *);
	if (s_next == NULL) {
		s_next = (int (*)(int, struct stat *))dlsym(RTLD_NEXT, "fstat");
	}
	return s_next(fd, info);
}

static int answer_fstat(int fd, struct stat *info)
{
	int result = next_fstat(fd, info);
	const struct mock_input *input = result == 0 ? input_of(info) : NULL;
	if (input != NULL) {
		info->st_rdev = makedev(13, 64 + (unsigned)input->number);
		info->st_mode = S_IFCHR | 0660;
	}
	return result;
}

/* By their names for the linker: with 64-bit offsets the header calls one by the other's. */
#define MOCK_EXPORT __attribute__((visibility("default"), used))
MOCK_EXPORT int mock_fstat(int fd, struct stat *info) __asm__("fstat");
MOCK_EXPORT int mock_fstat64(int fd, struct stat *info) __asm__("fstat64");
MOCK_EXPORT int mock_ioctl(int fd, unsigned long request, ...) __asm__("ioctl");
MOCK_EXPORT int mock_clock_gettime(clockid_t clock, struct timespec *time) __asm__("clock_gettime");
struct udev_device;
MOCK_EXPORT int udev_device_get_is_initialized(struct udev_device *device);

int mock_fstat(int fd, struct stat *info)
{
	return answer_fstat(fd, info);
}

int mock_fstat64(int fd, struct stat *info)
{
	return answer_fstat(fd, info);
}

int mock_ioctl(int fd, unsigned long request, ...)
{
	va_list list;
	va_start(list, request);
	void *argument = va_arg(list, void *);
	va_end(list);
	struct stat info;
	struct mock_input *input = NULL;
	if (_IOC_TYPE(request) == 'E' && next_fstat(fd, &info) == 0) {
		input = input_of(&info);
	}
	if (input != NULL) {
		int result = mock_kernel_ioctl(&input->kernel, request, argument);
		errno = result < 0 ? -result : errno;
		return result < 0 ? -1 : result;
	}
	static int (*s_next)(int, unsigned long, void *);
	if (s_next == NULL) {
		s_next = (int (*)(int, unsigned long, void *))dlsym(RTLD_NEXT, "ioctl");
	}
	return s_next(fd, request, argument);
}

int mock_clock_gettime(clockid_t clock, struct timespec *time)
{
	int result = (int)syscall(SYS_clock_gettime, clock, time);
	if (result == 0 && clock == CLOCK_BOOTTIME) {
		time->tv_sec += s_slept_us / 1000000;
	}
	return result;
}

/* umockdev leaves udev's own records out, and libinput wants a device that udev has seen. */
int udev_device_get_is_initialized(struct udev_device *device)
{
	return 1;
}

/* --- Devices ---------------------------------------------------------------------------------- */

static const char *kind_property(enum mock_kind kind)
{
	switch (kind) {
	case MOCK_TOUCHSCREEN:
		return "E: ID_INPUT_TOUCHSCREEN=1\n";
	case MOCK_MOUSE:
	case MOCK_TABLET:
		return "E: ID_INPUT_MOUSE=1\n";
	case MOCK_KEYBOARD:
		return "E: ID_INPUT_KEY=1\nE: ID_INPUT_KEYBOARD=1\n";
	case MOCK_BUTTONS:
		return "E: ID_INPUT_KEY=1\n";
	}
	return "";
}

static void properties(char *text, size_t size, const struct mock_device *device)
{
	int length = snprintf(text, size, "E: ID_INPUT=1\n%s", kind_property(device->kind));
	if (device->width_mm > 0) {
		length += snprintf(text + length, size - (size_t)length,
				   "E: ID_INPUT_WIDTH_MM=%d\nE: ID_INPUT_HEIGHT_MM=%d\n",
				   device->width_mm, device->height_mm);
	}
	if (device->calibration != NULL) {
		snprintf(text + length, size - (size_t)length,
			 "E: LIBINPUT_CALIBRATION_MATRIX=%s\n", device->calibration);
	}
}

static void describe(char *text, size_t size, const struct mock_input *input,
		     const struct mock_device *device)
{
	char more[512];
	properties(more, sizeof(more), device);
	snprintf(text, size,
		 "P: /devices/virtual/input/input%d/event%d\n"
		 "N: input/event%d\n"
		 "E: DEVNAME=/dev/input/event%d\nE: MAJOR=13\nE: MINOR=%d\nE: SUBSYSTEM=input\n%s"
		 "A: dev=13:%d\\n\nL: device=../../input%d\n\n"
		 "P: /devices/virtual/input/input%d\n"
		 "E: NAME=\"mock\"\nE: PRODUCT=%x/%x/%x/%x\nE: SUBSYSTEM=input\n%s"
		 "A: id/bustype=%04x\\n\nA: id/product=%04x\\n\nA: id/vendor=%04x\\n\n"
		 "A: id/version=%04x\\n\nA: name=mock\\n\n\n",
		 input->number, input->number, input->number, input->number, 64 + input->number,
		 more, 64 + input->number, input->number, input->number, device->bus,
		 device->vendor, device->product, device->version, more, device->bus,
		 device->product, device->vendor, device->version);
}

/* The node that umockdev made becomes a pipe. */
static void make_pipe(struct mock_input *input)
{
	gchar *root = umockdev_testbed_get_root_dir(s_testbed);
	snprintf(input->path, sizeof(input->path), "%s%s", root, input->node);
	g_free(root);
	unlink(input->path);
	umockdev_testbed_disable(s_testbed);
	int result = mkfifo(input->path, 0600);
	input->writer = open(input->path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	umockdev_testbed_enable(s_testbed);
	assert(result == 0 && input->writer >= 0);
	struct stat info;
	result = next_fstat(input->writer, &info);
	assert(result == 0);
	input->dev = info.st_dev;
	input->ino = info.st_ino;
}

struct mock_input *mock_input_plug(const struct mock_device *device)
{
	int at = 0;
	while (at < INPUTS_MAX && s_inputs[at] != NULL) {
		at++;
	}
	assert(at < INPUTS_MAX && s_testbed != NULL);
	struct mock_input *input = calloc(1, sizeof(*input));
	input->number = s_next_number++;
	snprintf(input->node, sizeof(input->node), "/dev/input/event%d", input->number);
	mock_kernel_init(&input->kernel, device);
	char text[4096];
	describe(text, sizeof(text), input, device);
	GError *error = NULL;
	if (!umockdev_testbed_add_from_string(s_testbed, text, &error)) {
		fprintf(stderr, "umockdev: %s\n", error->message);
		abort();
	}
	make_pipe(input);
	s_inputs[at] = input;
	char path[64];
	snprintf(path, sizeof(path), "/sys/devices/virtual/input/input%d/event%d", input->number,
		 input->number);
	umockdev_testbed_uevent(s_testbed, path, "add");
	return input;
}

struct mock_input *mock_input_unplug(struct mock_input *input)
{
	char path[64];
	snprintf(path, sizeof(path), "/sys/devices/virtual/input/input%d/event%d", input->number,
		 input->number);
	umockdev_testbed_uevent(s_testbed, path, "remove");
	umockdev_testbed_remove_device(s_testbed, path);
	*strrchr(path, '/') = '\0';
	umockdev_testbed_remove_device(s_testbed, path);
	for (int i = 0; i < INPUTS_MAX; i++) {
		s_inputs[i] = s_inputs[i] == input ? NULL : s_inputs[i];
	}
	unlink(input->path);
	close(input->writer);
	free(input);
	return NULL;
}

void mock_input_unplug_all(void)
{
	for (int i = 0; i < INPUTS_MAX; i++) {
		if (s_inputs[i] != NULL) {
			mock_input_unplug(s_inputs[i]);
		}
	}
}

bool mock_input_is_open(const struct mock_input *input)
{
	return input->kernel.was_asked;
}

bool mock_input_is_grabbed(const struct mock_input *input)
{
	return input->kernel.grabbed;
}

const char *mock_input_node(const struct mock_input *input)
{
	return input->node;
}

/* --- Events ----------------------------------------------------------------------------------- */

void mock_input_sleep(int64_t us)
{
	s_slept_us += us;
}

void mock_input_set_time(int64_t time_us)
{
	s_time_us = time_us;
}

int64_t mock_input_time(void)
{
	if (s_time_us != 0) {
		return s_time_us;
	}
	return os_clock_real_us();
}

static void queue(struct mock_input *input, uint16_t type, uint16_t code, int32_t value)
{
	assert(input->pending_count < PENDING_MAX);
	int64_t time_us = mock_input_time();
	input->pending[input->pending_count++] = (struct input_event){
	    .input_event_sec = (__typeof__(((struct input_event *)0)->input_event_sec))(time_us / 1000000),
	    .input_event_usec =
		(__typeof__(((struct input_event *)0)->input_event_usec))(time_us % 1000000),
	    .type = type,
	    .code = code,
	    .value = value};
}

void mock_input_event(struct mock_input *input, uint16_t type, uint16_t code, int32_t value)
{
	queue(input, type, code, value);
}

static void flush(struct mock_input *input)
{
	ssize_t size = (ssize_t)(input->pending_count * sizeof(input->pending[0]));
	ssize_t written = write(input->writer, input->pending, (size_t)size);
	assert(written == size && "the pipe of a mocked device is full");
	(void)written;
	input->pending_count = 0;
}

void mock_input_frame(struct mock_input *input)
{
	queue(input, EV_SYN, SYN_REPORT, 0);
	for (size_t i = 0; i < input->pending_count; i++) {
		const struct input_event *event = &input->pending[i];
		mock_kernel_apply(&input->kernel, event->type, event->code, event->value);
	}
	flush(input);
}

void mock_input_event_lost(struct mock_input *input, uint16_t type, uint16_t code, int32_t value)
{
	mock_kernel_apply(&input->kernel, type, code, value);
}

void mock_input_frame_dropped(struct mock_input *input)
{
	input->pending_count = 0;
	queue(input, EV_SYN, SYN_DROPPED, 0);
	queue(input, EV_SYN, SYN_REPORT, 0);
	flush(input);
}

static void single(struct mock_input *input, int slot, int32_t x, int32_t y)
{
	if (slot == input->kernel.pointed && mock_kernel_has(&input->kernel, ABS_X)) {
		queue(input, EV_ABS, ABS_X, x);
		queue(input, EV_ABS, ABS_Y, y);
	}
}

static void select_slot(struct mock_input *input, int slot)
{
	if (slot != input->kernel.sent_slot) {
		queue(input, EV_ABS, ABS_MT_SLOT, slot);
		input->kernel.sent_slot = slot;
	}
}

void mock_input_down(struct mock_input *input, int slot, int32_t x, int32_t y)
{
	struct mock_kernel *kernel = &input->kernel;
	if (mock_kernel_has(kernel, ABS_MT_SLOT)) {
		select_slot(input, slot);
		queue(input, EV_ABS, ABS_MT_TRACKING_ID, kernel->next_tracking++);
		queue(input, EV_ABS, ABS_MT_POSITION_X, x);
		queue(input, EV_ABS, ABS_MT_POSITION_Y, y);
	}
	if (kernel->fingers_down++ == 0) {
		kernel->pointed = slot;
		if (!kernel->device.has_no_btn_touch) {
			queue(input, EV_KEY, BTN_TOUCH, 1);
		}
	}
	single(input, slot, x, y);
}

void mock_input_move(struct mock_input *input, int slot, int32_t x, int32_t y)
{
	if (mock_kernel_has(&input->kernel, ABS_MT_SLOT)) {
		select_slot(input, slot);
		queue(input, EV_ABS, ABS_MT_POSITION_X, x);
		queue(input, EV_ABS, ABS_MT_POSITION_Y, y);
	}
	single(input, slot, x, y);
}

void mock_input_size(struct mock_input *input, int slot, int32_t touch_major)
{
	select_slot(input, slot);
	queue(input, EV_ABS, ABS_MT_TOUCH_MAJOR, touch_major);
}

void mock_input_up(struct mock_input *input, int slot)
{
	struct mock_kernel *kernel = &input->kernel;
	if (mock_kernel_has(kernel, ABS_MT_SLOT)) {
		select_slot(input, slot);
		queue(input, EV_ABS, ABS_MT_TRACKING_ID, -1);
	}
	if (--kernel->fingers_down == 0 && !kernel->device.has_no_btn_touch) {
		queue(input, EV_KEY, BTN_TOUCH, 0);
	}
}

void mock_input_press(struct mock_input *input, uint16_t key)
{
	queue(input, EV_KEY, key, 1);
	mock_input_frame(input);
	queue(input, EV_KEY, key, 0);
	mock_input_frame(input);
}
