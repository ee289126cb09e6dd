#include "backlight.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <os/log.h>
#include <os/status.h>

#define FOLDER "class/backlight"
#define LIGHTNESS_LEAST 12.0
#define LIGHTNESS_MOST 100.0
#define MOST_SANE 1000000 /* of max_brightness: real ones end at some ten thousand */
#define POWER_ON 0        /* bl_power: FB_BLANK_UNBLANK … */
#define POWER_OFF 4       /* … and FB_BLANK_POWERDOWN of linux/fb.h */

static void make_path(const char *name, const char *file, char ret_path[PATH_MAX])
{
	snprintf(ret_path, PATH_MAX, FOLDER "/%s/%s", name, file);
}

/* --- Levels ------------------------------------------------------------------------- */

static double luminance_of(double lightness)
{
	double root = (lightness + 16) / 116;
	return lightness > 8 ? root * root * root : lightness / 903.3;
}

static double lightness_of(double luminance)
{
	return luminance > 0.008856 ? 116 * cbrt(luminance) - 16 : luminance * 903.3;
}

int64_t backlight_raw(const struct backlight *light, double level)
{
	double lightness =
	    LIGHTNESS_LEAST + OS_CLAMP(level, 0.0, 1.0) * (LIGHTNESS_MOST - LIGHTNESS_LEAST);
	double share = light->is_linear ? luminance_of(lightness) : lightness / LIGHTNESS_MOST;
	return OS_CLAMP((int64_t)llround(share * (double)light->most), (int64_t)1, light->most);
}

double backlight_level(const struct backlight *light, int64_t raw)
{
	double share = OS_CLAMP((double)raw / (double)light->most, 0.0, 1.0);
	double lightness = light->is_linear ? lightness_of(share) : share * LIGHTNESS_MOST;
	double level = (lightness - LIGHTNESS_LEAST) / (LIGHTNESS_MOST - LIGHTNESS_LEAST);
	return OS_CLAMP(level, 0.0, 1.0);
}

/* --- Which one ---------------------------------------------------------------------- */

struct search {
	int sys;
	struct backlight *best;
	int best_rank;
	char garbage[SYSFS_NAME];
};

static int rank_of_type(const char *type)
{
	static const char *const s_order[] = {"raw", "platform", "firmware"};
	for (int i = 0; i < (int)OS_ARRAY_LEN(s_order); i++) {
		if (strcmp(s_order[i], type) == 0) {
			return i;
		}
	}
	return 0;
}

/* 2: of a screen that is connected, 1: of nobody knows which, -1: of one that is not. */
static int rank_of_screen(int sys, const char *name)
{
	char path[PATH_MAX], target[PATH_MAX], status[SYSFS_TEXT];
	make_path(name, "device/status", path);
	if (sysfs_read_text(sys, path, status) == 0) {
		/* Its device is a connector: cardN-NAME. */
		make_path(name, "device", path);
		ssize_t length = readlinkat(sys, path, target, sizeof(target) - 1);
		target[OS_MAX(length, (ssize_t)0)] = '\0';
		const char *base = strrchr(target, '/');
		base = base == NULL ? target : base + 1;
		if (strncmp(base, "card", 4) == 0) {
			return strcmp(status, "disconnected") == 0 ? -1 : 2;
		}
	}
	return 1;
}

static bool read_one(const struct search *search, const char *name, struct backlight *ret_light)
{
	char path[PATH_MAX], scale[SYSFS_TEXT], type[SYSFS_TEXT];
	make_path(name, "max_brightness", path);
	struct backlight *light = ret_light;
	*light = (struct backlight){.is_linear = true};
	snprintf(light->name, sizeof(light->name), "%s", name);
	if (sysfs_read_int(search->sys, path, &light->most) < 0 || light->most < 1 ||
	    light->most > MOST_SANE) {
		return false;
	}
	make_path(name, "type", path);
	if (sysfs_read_text(search->sys, path, type) == 0 && strlen(type) < sizeof(light->type)) {
		strcpy(light->type, type);
	}
	make_path(name, "scale", path);
	if (sysfs_read_text(search->sys, path, scale) == 0) {
		light->is_linear = strcmp(scale, "non-linear") != 0;
	}
	make_path(name, "bl_power", path);
	light->has_power = faccessat(search->sys, path, F_OK, 0) == 0;
	return true;
}

static bool look_at(void *context, const char *name)
{
	struct search *search = context;
	struct backlight light;
	if (!read_one(search, name, &light)) {
		snprintf(search->garbage, sizeof(search->garbage), "%s", name);
		return true;
	}
	int screen = rank_of_screen(search->sys, name);
	int rank = screen * 10 + rank_of_type(light.type);
	if (screen > 0 && rank > search->best_rank) {
		*search->best = light;
		search->best->is_there = true;
		search->best_rank = rank;
	}
	return true;
}

static void say_garbage(struct backlight *light, const char *name)
{
	if (name[0] != '\0' && strcmp(light->garbage, name) != 0) {
		os_log_warning("backlight", "%s: max_brightness is no number from 1 on: not used",
			       name);
	}
	snprintf(light->garbage, sizeof(light->garbage), "%s", name);
}

void backlight_find(struct backlight *light, int sys)
{
	struct backlight before = *light;
	struct search search = {.sys = sys, .best = light};
	*light = (struct backlight){0};
	sysfs_each(sys, FOLDER, look_at, &search);
	memcpy(light->garbage, before.garbage, sizeof(light->garbage));
	say_garbage(light, search.garbage);
	if (!light->is_there) {
		return;
	}
	if (before.is_there && strcmp(before.name, light->name) == 0) {
		light->has_failed = before.has_failed;
		light->is_dark = before.is_dark;
		light->level = before.level;
	}
	backlight_read(light, sys);
}

/* --- Reading and writing ------------------------------------------------------------ */

void backlight_read(struct backlight *light, int sys)
{
	char path[PATH_MAX];
	int64_t raw;
	if (!light->is_there || light->is_dark) {
		return;
	}
	make_path(light->name, "brightness", path);
	/* What it was set to, not actual_brightness: that one is 0 while the panel is off. Our own
	 * number stays: several levels have the same. */
	if (sysfs_read_int(sys, path, &raw) == 0 && raw >= 0 &&
	    raw != backlight_raw(light, light->level)) {
		light->level = backlight_level(light, raw);
	}
}

static int write_file(const struct backlight *light, int sys, const char *file, int64_t value)
{
	char path[PATH_MAX];
	make_path(light->name, file, path);
	return sysfs_write_int(sys, path, value);
}

static int go_dark(struct backlight *light, int sys)
{
	int result = light->has_power ? write_file(light, sys, "bl_power", POWER_OFF) : -ENOENT;
	return result < 0 ? write_file(light, sys, "brightness", 0) : result;
}

static int go_light(struct backlight *light, int sys, double level)
{
	int result = write_file(light, sys, "brightness", backlight_raw(light, level));
	if (result == 0 && light->is_dark && light->has_power) {
		result = write_file(light, sys, "bl_power", POWER_ON);
	}
	return result;
}

static void say_failure(struct backlight *light, int result)
{
	if (!light->has_failed) {
		os_log_warning("backlight", "%s: cannot be set: %s", light->name,
			       os_status_text(result));
	}
	light->has_failed = true;
}

int backlight_set(struct backlight *light, int sys, double level)
{
	if (!light->is_there) {
		return -ENODEV;
	}
	bool dark = !(level >= 0); /* NaN too */
	int result = dark ? go_dark(light, sys) : go_light(light, sys, level);
	if (result == -ENOENT || result == -ENOTDIR) {
		light->is_there = false; /* unplugged, and nobody has said so yet */
		return -ENODEV;
	}
	if (result < 0) {
		say_failure(light, result);
		return result;
	}
	light->has_failed = false;
	light->is_dark = dark;
	light->level = dark ? light->level : OS_MIN(level, 1.0);
	return 0;
}
