/* Backlight: one of /sys/class/backlight, and levels as an eye sees them. Private.
 *
 *	struct backlight light;
 *	backlight_find(&light, sys);
 *	if (light.is_there) { backlight_set(&light, sys, 0.4); }
 *
 * Which one, where there are several: one whose device lies below a connector of a screen that is
 * connected, before one that lies below none, and never one of a screen that is not; then firmware
 * before platform before raw, as Documentation/ABI/stable/sysfs-class-backlight asks; then by name.
 *
 * Levels. An eye halves and doubles, a driver adds: the luminance of a level is that of CIE 1931
 * lightness (CIE 15, L* = 116 (Y/Yn)^(1/3) - 16, and 903.3 Y/Yn up to 8), with level 0 at L* 12,
 * 1.4 % of the light, which can still be read by in a dim room, and level 1 at 100. A driver whose
 * `scale` is "non-linear" does such a thing itself and gets L*. One with a max_brightness of 1 is a
 * switch: on for every level, off for dark. */
#ifndef LINUX_BACKLIGHT_H
#define LINUX_BACKLIGHT_H

#include "sysfs.h"

struct backlight {
	bool is_there;
	char name[SYSFS_NAME], type[SYSFS_NAME];
	int64_t most;             /* max_brightness */
	bool is_linear;           /* its numbers are light, not lightness */
	bool has_power;           /* bl_power is there */
	bool is_dark;             /* switched off here */
	bool has_failed;          /* was said */
	char garbage[SYSFS_NAME]; /* the one whose max_brightness was said to be garbage */
	double level;
};

/* Looks again; what was said of a device of the same name is not said again. */
void backlight_find(struct backlight *light, int sys);
/* -1: dark. -ENODEV: there is none. -EACCES, -EIO …: it refuses, and the level stays as it was. */
int backlight_set(struct backlight *light, int sys, double level);
/* Somebody else may have changed it (keys that a firmware hears). */
void backlight_read(struct backlight *light, int sys);

/* The driver's number for a level, and back. Pure, for tests. */
int64_t backlight_raw(const struct backlight *light, double level);
double backlight_level(const struct backlight *light, int64_t raw);

#endif
