/* Power door: the panel's backlight, the battery, how warm it is.
 *
 *	door->open(&events, context, &power)
 *	door->get_state(power, &state)          what there is now
 *	door->set_backlight(power, 0.4)         -ENODEV where there is none: switch the display off instead
 *	… events->changed(context, &state) …
 *
 * Levels go from 0 to 1 as an eye sees them; the board knows what its driver makes of it. 0 is the
 * lowest light that can still be read by, not dark: dark is set_backlight(power, -1). Thread: the
 * one that calls dispatch. */
#ifndef OS_POWER_H
#define OS_POWER_H

#include <os/base.h>

struct os_power_state {
	bool has_battery, is_charging; /* a board on a plug has none */
	double battery;                /* 0 to 1 */
	bool has_backlight;
	bool is_backlight_switch;      /* on or off, nothing between */
	double backlight;              /* as set last, or as found */
	double warmest_c;              /* of the thermal zones; NAN = not known */
	bool is_throttled;             /* the processor is slowed down because it is too warm */
};

struct os_power_events {
	uint32_t struct_size;
	void (*changed)(void *context, const struct os_power_state *state);
};

struct os_power; /* the board's own */

struct os_power_door {
	uint32_t struct_size;
	int (*open)(const struct os_power_events *events, void *context, struct os_power **ret_power);
	void (*close)(struct os_power *power);
	int (*get_fd)(struct os_power *power); /* -1: nothing changes by itself */
	void (*dispatch)(struct os_power *power);
	void (*get_state)(struct os_power *power, struct os_power_state *ret_state);
	/* -ENODEV: there is none. -EACCES, -EIO: the driver refuses; the state keeps the old level. */
	int (*set_backlight)(struct os_power *power, double level);
	/* A sentence for `strata doctor`. */
	void (*describe)(struct os_power *power, char *ret_text, size_t size);
};

#endif
