#include "devices.h"

#include <errno.h>
#include <fcntl.h>
#include <libudev.h>
#include <linux/input.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include <os/array.h>
#include <os/clock.h>
#include <os/log.h>
#include <os/loop.h>
#include <os/memory.h>
#include <os/status.h>

#include "device_id.h"

#define LISTENERS_MAX 2
#define SLEPT_US 100000 /* by so much boot time may run ahead of monotonic time unnoticed */

struct node {
	int fd;
	char name[32]; /* "event5" */
};

static struct {
	struct udev *udev;
	struct libinput *libinput;
	struct os_array nodes;  /* struct node, open ones */
	struct os_list devices; /* struct device.link */
	int64_t asleep_us;      /* boot time less monotonic time: how long the machine has slept */
	struct {
		const struct devices_listener *table;
		void *context;
		bool was_told; /* of the devices that are there */
	} listeners[LISTENERS_MAX];
} s_devices;

/* --- Nodes ------------------------------------------------------------------------------------ */

/* A lid's switch alone is left to others. */
static bool wants_grab(int fd)
{
	unsigned long types = 0;
	if (ioctl(fd, EVIOCGBIT(0, sizeof(types)), &types) < 0) {
		return false;
	}
	return (types & (1UL << EV_KEY | 1UL << EV_REL | 1UL << EV_ABS)) != 0;
}

static void grab(int fd, const char *path)
{
	char name[80] = "", shown[80];
	if (!wants_grab(fd) || ioctl(fd, EVIOCGRAB, (void *)1) == 0) {
		return;
	}
	int why = errno;
	ioctl(fd, EVIOCGNAME(sizeof(name) - 1), name);
	device_id_name(shown, sizeof(shown), name);
	os_log_warning("board", "%s \"%s\": others hear it too, EVIOCGRAB: %s", path, shown,
		       strerror(why));
}

static int open_node(const char *path, int flags, void *context)
{
	int fd = open(path, flags | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0) {
		int why = errno;
		os_log_warning("board", "%s: %s%s", path, strerror(why),
			       why == EACCES ? "; is this user in the group input?" : "");
		return -why;
	}
	grab(fd, path);
	struct node *node = os_array_append(&s_devices.nodes);
	const char *slash = strrchr(path, '/');
	node->fd = fd;
	snprintf(node->name, sizeof(node->name), "%s", slash == NULL ? path : slash + 1);
	return fd;
}

static void close_node(int fd, void *context)
{
	for (size_t i = 0; i < s_devices.nodes.count; i++) {
		if (((struct node *)os_array_at(&s_devices.nodes, i))->fd == fd) {
			os_array_remove(&s_devices.nodes, i, 1);
			break;
		}
	}
	close(fd);
}

static const struct libinput_interface s_interface = {open_node, close_node};

static int node_fd(const char *name)
{
	for (size_t i = 0; i < s_devices.nodes.count; i++) {
		const struct node *node = os_array_at(&s_devices.nodes, i);
		if (strcmp(node->name, name) == 0) {
			return node->fd;
		}
	}
	return -1;
}

/* What libinput finds wrong with a device, with the device's name in it. */
static void heard_log(struct libinput *libinput, enum libinput_log_priority priority,
		      const char *format, va_list list)
{
	char text[400];
	vsnprintf(text, sizeof(text), format, list);
	text[strcspn(text, "\n")] = '\0';
	if (priority == LIBINPUT_LOG_PRIORITY_ERROR) {
		os_log_warning("board", "libinput: %s", text);
	} else {
		os_log_debug("board", "libinput: %s", text);
	}
}

/* --- Devices ---------------------------------------------------------------------------------- */

/* Where it is plugged in. */
static void find_place(const struct device *device, char *ret_place, size_t size)
{
	ret_place[0] = '\0';
	if (device->fd >= 0 && ioctl(device->fd, EVIOCGPHYS(size - 1), ret_place) > 0 &&
	    ret_place[0] != '\0') {
		ret_place[size - 1] = '\0';
		return;
	}
	struct udev_device *udev = libinput_device_get_udev_device(device->libinput);
	const char *path = udev == NULL ? NULL : udev_device_get_property_value(udev, "ID_PATH");
	snprintf(ret_place, size, "%s",
		 path != NULL ? path : libinput_device_get_sysname(device->libinput));
	if (udev != NULL) {
		udev_device_unref(udev);
	}
}

static bool has_twin(const struct device *device)
{
	const struct device *other;
	os_list_for_each(other, &s_devices.devices, link) {
		if (other != device && strcmp(other->base_id, device->base_id) == 0) {
			return true;
		}
	}
	return false;
}

static void name_it(struct device *device)
{
	char place[64];
	if (!has_twin(device)) {
		snprintf(device->id, sizeof(device->id), "%s", device->base_id);
		return;
	}
	find_place(device, place, sizeof(place));
	device_id_whole(device->id, sizeof(device->id), device->base_id, place);
	os_log_info("board", "two devices are called \"%s\": this one is %s", device->name,
		    device->id);
}

static bool has_letters(struct libinput_device *device)
{
	return libinput_device_keyboard_has_key(device, KEY_Q) > 0 &&
	       libinput_device_keyboard_has_key(device, KEY_A) > 0 &&
	       libinput_device_keyboard_has_key(device, KEY_Z) > 0;
}

static void add_device(struct libinput_device *libinput)
{
	struct device *device = os_alloc(sizeof(*device));
	device->libinput = libinput_device_ref(libinput);
	libinput_device_set_user_data(libinput, device);
	device_id_name(device->name, sizeof(device->name), libinput_device_get_name(libinput));
	device->fd = node_fd(libinput_device_get_sysname(libinput));
	struct input_id id = {0};
	if (device->fd >= 0) {
		ioctl(device->fd, EVIOCGID, &id);
	}
	const struct device_identity identity = {.vendor = id.vendor,
						 .product = id.product,
						 .version = id.version,
						 .name = libinput_device_get_name(libinput)};
	device_id_base(device->base_id, sizeof(device->base_id), &identity);
	device->has_fingers = libinput_device_has_capability(libinput, LIBINPUT_DEVICE_CAP_TOUCH);
	device->has_pointer = libinput_device_has_capability(libinput, LIBINPUT_DEVICE_CAP_POINTER);
	device->has_keys = libinput_device_has_capability(libinput, LIBINPUT_DEVICE_CAP_KEYBOARD);
	device->has_letters = device->has_keys && has_letters(libinput);
	os_list_append(&s_devices.devices, &device->link);
}

static void free_device(struct device *device)
{
	os_list_remove(&device->link);
	libinput_device_set_user_data(device->libinput, NULL);
	libinput_device_unref(device->libinput);
	os_free(device);
}

static void remove_device(struct device *device)
{
	if (device == NULL) {
		return;
	}
	for (int i = 0; i < LISTENERS_MAX; i++) {
		if (s_devices.listeners[i].was_told && device->id[0] != '\0') {
			s_devices.listeners[i].table->removed(s_devices.listeners[i].context,
							      device);
		}
	}
	free_device(device);
}

/* --- Telling ---------------------------------------------------------------------------------- */

/* Those that came in one go are told together, so that two that are alike both get their places. */
static void tell_new_devices(void)
{
	struct device *device;
	os_list_for_each(device, &s_devices.devices, link) {
		bool is_new = device->id[0] == '\0';
		if (is_new) {
			name_it(device);
		}
		for (int i = 0; i < LISTENERS_MAX; i++) {
			if (s_devices.listeners[i].table != NULL &&
			    (is_new || !s_devices.listeners[i].was_told)) {
				s_devices.listeners[i].table->added(s_devices.listeners[i].context,
								    device);
			}
		}
	}
	for (int i = 0; i < LISTENERS_MAX; i++) {
		s_devices.listeners[i].was_told = s_devices.listeners[i].table != NULL;
	}
}

static void tell_event(struct libinput_event *event)
{
	struct device *device = libinput_device_get_user_data(libinput_event_get_device(event));
	if (device == NULL) {
		return;
	}
	if (device->id[0] == '\0') {
		tell_new_devices();
	}
	for (int i = 0; i < LISTENERS_MAX; i++) {
		if (s_devices.listeners[i].table != NULL) {
			s_devices.listeners[i].table->event(s_devices.listeners[i].context, device,
							    event);
		}
	}
}

static void handle(struct libinput_event *event)
{
	struct libinput_device *device = libinput_event_get_device(event);
	switch (libinput_event_get_type(event)) {
	case LIBINPUT_EVENT_DEVICE_ADDED:
		add_device(device);
		break;
	case LIBINPUT_EVENT_DEVICE_REMOVED:
		remove_device(libinput_device_get_user_data(device));
		break;
	default:
		tell_event(event);
		break;
	}
}

static int64_t clock_us(clockid_t clock)
{
	struct timespec now;
	clock_gettime(clock, &now);
	return (int64_t)now.tv_sec * OS_US_PER_S + now.tv_nsec / 1000;
}

static bool has_slept(void)
{
	int64_t monotonic_us = clock_us(CLOCK_MONOTONIC);
	int64_t asleep_us = clock_us(CLOCK_BOOTTIME) - monotonic_us;
	bool slept = asleep_us - s_devices.asleep_us > SLEPT_US;
	s_devices.asleep_us = asleep_us;
	return slept;
}

static void tell_all(bool slept)
{
	for (int i = 0; i < LISTENERS_MAX; i++) {
		const struct devices_listener *table = s_devices.listeners[i].table;
		if (table != NULL) {
			(slept ? table->slept : table->idle)(s_devices.listeners[i].context);
		}
	}
}

void devices_dispatch(void)
{
	if (s_devices.libinput == NULL) {
		return;
	}
	if (has_slept()) {
		os_log_info("board", "the machine has slept: fingers and keys are let go");
		tell_all(true);
	}
	int result = libinput_dispatch(s_devices.libinput);
	if (result < 0) {
		os_log_warning("board", "libinput: %s", os_status_text(result));
	}
	struct libinput_event *event;
	while (s_devices.libinput != NULL &&
	       (event = libinput_get_event(s_devices.libinput)) != NULL) {
		handle(event);
		libinput_event_destroy(event);
	}
	tell_new_devices();
	tell_all(false);
}

int64_t devices_time_us(uint64_t event_us)
{
	return event_us == 0 || event_us > INT64_MAX ? os_clock_real_us() : (int64_t)event_us;
}

int devices_pause(bool paused)
{
	if (s_devices.libinput == NULL) {
		return -ENODEV;
	}
	int result = 0;
	if (paused) {
		libinput_suspend(s_devices.libinput);
	} else {
		result = libinput_resume(s_devices.libinput) < 0 ? -EIO : 0;
	}
	devices_dispatch();
	return result;
}

struct os_list *devices_list(void)
{
	return &s_devices.devices;
}

/* --- Life cycle ------------------------------------------------------------------------------- */

static int open_libinput(void)
{
	os_array_init(&s_devices.nodes, sizeof(struct node));
	os_list_init(&s_devices.devices);
	s_devices.asleep_us = clock_us(CLOCK_BOOTTIME) - clock_us(CLOCK_MONOTONIC);
	s_devices.udev = udev_new();
	if (s_devices.udev == NULL) {
		return -ENODEV;
	}
	s_devices.libinput = libinput_udev_create_context(&s_interface, NULL, s_devices.udev);
	if (s_devices.libinput == NULL) {
		return -ENOMEM;
	}
	libinput_log_set_handler(s_devices.libinput, heard_log);
	libinput_log_set_priority(s_devices.libinput, LIBINPUT_LOG_PRIORITY_INFO);
	return libinput_udev_assign_seat(s_devices.libinput, "seat0") == 0 ? 0 : -ENODEV;
}

static void close_libinput(void)
{
	struct device *device, *next;
	os_list_for_each_safe(device, next, &s_devices.devices, link) {
		free_device(device);
	}
	libinput_unref(s_devices.libinput);
	udev_unref(s_devices.udev);
	os_array_finish(&s_devices.nodes);
	memset(&s_devices, 0, sizeof(s_devices));
}

static void first_dispatch(void *context)
{
	devices_dispatch();
}

int devices_join(const struct devices_listener *listener, void *context)
{
	if (s_devices.libinput == NULL) {
		int result = open_libinput();
		if (result < 0) {
			close_libinput();
			return result;
		}
	}
	for (int i = 0; i < LISTENERS_MAX; i++) {
		if (s_devices.listeners[i].table == NULL) {
			s_devices.listeners[i].table = listener;
			s_devices.listeners[i].context = context;
			/* What libinput found is there already, without its descriptor saying so. */
			os_loop_defer(os_loop_current(), OS_LOOP_MODE_COMMON, first_dispatch,
				      context);
			return 0;
		}
	}
	return -EBUSY;
}

void devices_leave(void *context)
{
	bool is_used = false;
	for (int i = 0; i < LISTENERS_MAX; i++) {
		if (s_devices.listeners[i].context == context) {
			os_loop_cancel_deferred(os_loop_current(), first_dispatch, context);
			memset(&s_devices.listeners[i], 0, sizeof(s_devices.listeners[i]));
		}
		is_used = is_used || s_devices.listeners[i].table != NULL;
	}
	if (!is_used && s_devices.libinput != NULL) {
		close_libinput();
	}
}

int devices_copy_fd(void)
{
	int fd = fcntl(libinput_get_fd(s_devices.libinput), F_DUPFD_CLOEXEC, 3);
	return fd < 0 ? -errno : fd;
}
