#include "power.h"

#include <errno.h>
#include <fcntl.h>
#include <libudev.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <os/log.h>
#include <os/memory.h>

#include "backlight.h"
#include "supply.h"
#include "thermal.h"

struct os_power {
	int sys; /* the folder */
	const struct os_power_events *events;
	void *context;
	struct udev *udev;
	struct udev_monitor *monitor;
	struct backlight light;
	struct supply supply;
	struct thermal thermal;
	struct os_power_state told; /* what the other side knows */
};

/* --- State -------------------------------------------------------------------------- */

static void fill_state(const struct os_power *power, struct os_power_state *ret_state)
{
	*ret_state = (struct os_power_state){
	    .has_battery = power->supply.batteries > 0,
	    .is_charging = power->supply.is_charging,
	    .battery = power->supply.level,
	    .has_backlight = power->light.is_there,
	    .is_backlight_switch = power->light.is_there && power->light.most == 1,
	    .backlight = power->light.level,
	    .warmest_c = power->thermal.warmest_c,
	    .is_throttled = power->thermal.is_throttled,
	};
}

static void get_state(struct os_power *power, struct os_power_state *ret_state)
{
	supply_read(&power->supply, power->sys);
	thermal_read(&power->thermal, power->sys);
	backlight_read(&power->light, power->sys);
	fill_state(power, ret_state);
	power->told = *ret_state;
}

/* Temperatures are always a little different, and nobody waits for them. */
static bool is_news(const struct os_power_state *a, const struct os_power_state *b)
{
	return a->has_battery != b->has_battery || a->is_charging != b->is_charging ||
	       a->battery != b->battery || a->has_backlight != b->has_backlight ||
	       a->is_backlight_switch != b->is_backlight_switch || a->backlight != b->backlight ||
	       a->is_throttled != b->is_throttled;
}

static int set_backlight(struct os_power *power, double level)
{
	int result = backlight_set(&power->light, power->sys, level);
	power->told.backlight = power->light.level; /* it was asked for: no news */
	power->told.has_backlight = power->light.is_there;
	return result;
}

/* --- udev --------------------------------------------------------------------------- */

static int open_monitor(struct os_power *power)
{
	power->udev = udev_new();
	power->monitor =
	    power->udev == NULL ? NULL : udev_monitor_new_from_netlink(power->udev, "udev");
	if (power->monitor == NULL) {
		return -ENOTSUP;
	}
	udev_monitor_filter_add_match_subsystem_devtype(power->monitor, "backlight", NULL);
	udev_monitor_filter_add_match_subsystem_devtype(power->monitor, "power_supply", NULL);
	udev_monitor_filter_add_match_subsystem_devtype(power->monitor, "thermal", NULL);
	return udev_monitor_enable_receiving(power->monitor);
}

static void close_monitor(struct os_power *power)
{
	power->monitor = udev_monitor_unref(power->monitor);
	power->udev = udev_unref(power->udev);
}

static int get_fd(struct os_power *power)
{
	return power->monitor == NULL ? -1 : udev_monitor_get_fd(power->monitor);
}

static void dispatch(struct os_power *power)
{
	struct udev_device *device;
	bool lights = false;
	int heard = 0;
	while (power->monitor != NULL &&
	       (device = udev_monitor_receive_device(power->monitor)) != NULL) {
		const char *subsystem = udev_device_get_subsystem(device);
		lights |= subsystem != NULL && strcmp(subsystem, "backlight") == 0;
		udev_device_unref(device);
		heard++;
	}
	if (heard == 0) {
		return;
	}
	if (lights) {
		backlight_find(&power->light, power->sys);
	}
	struct os_power_state before = power->told, now;
	get_state(power, &now);
	if (is_news(&before, &now)) {
		power->events->changed(power->context, &now);
	}
}

/* --- Life cycle --------------------------------------------------------------------- */

int linux_power_open_at(const char *sys, const struct os_power_events *events, void *context,
			struct os_power **ret_power)
{
	int folder = open(sys, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder < 0) {
		return -errno;
	}
	struct os_power *power = os_alloc(sizeof(*power));
	power->sys = folder;
	power->events = events;
	power->context = context;
	backlight_find(&power->light, power->sys);
	struct os_power_state state;
	get_state(power, &state);
	*ret_power = power;
	return 0;
}

static int open_door(const struct os_power_events *events, void *context,
		     struct os_power **ret_power)
{
	int result = linux_power_open_at("/sys", events, context, ret_power);
	if (result == 0 && open_monitor(*ret_power) < 0) {
		os_log_warning("power", "udev says nothing: changes are seen with the minute");
		close_monitor(*ret_power);
	}
	return result;
}

static void close_door(struct os_power *power)
{
	close_monitor(power);
	close(power->sys);
	os_free(power);
}

static void describe(struct os_power *power, char *ret_text, size_t size)
{
	char light[2 * SYSFS_NAME + 48], battery[SYSFS_NAME + 48], warm[48] = "";
	const struct backlight *found = &power->light;
	if (!found->is_there) {
		snprintf(light, sizeof(light), "no backlight that can be set");
	} else if (found->most == 1) {
		snprintf(light, sizeof(light), "backlight %s (%s), on or off", found->name,
			 found->type);
	} else {
		snprintf(light, sizeof(light), "backlight %s (%s), %lld steps", found->name,
			 found->type, (long long)found->most);
	}
	struct os_power_state state;
	get_state(power, &state);
	snprintf(battery, sizeof(battery), "no battery");
	if (state.has_battery) {
		snprintf(battery, sizeof(battery), "battery %s %.0f %%%s", power->supply.name,
			 state.battery * 100, state.is_charging ? ", charging" : "");
	}
	if (!isnan(state.warmest_c)) {
		snprintf(warm, sizeof(warm), ", %.0f °C%s", state.warmest_c,
			 state.is_throttled ? ", slowed down" : "");
	}
	snprintf(ret_text, size, "%s, %s%s", light, battery, warm);
}

const struct os_power_door linux_power_door = {
    .struct_size = sizeof(linux_power_door),
    .open = open_door,
    .close = close_door,
    .get_fd = get_fd,
    .dispatch = dispatch,
    .get_state = get_state,
    .set_backlight = set_backlight,
    .describe = describe,
};
