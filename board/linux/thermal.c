#include "thermal.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FOLDER "class/thermal"
#define PLATFORM "devices/platform"
#define LEAST_MC -40000
#define MOST_MC 150000
#define PI_SLOWED_NOW 0xeu

struct look {
	int sys;
	struct thermal *thermal;
	const char *folder; /* of get_throttled */
};

static bool begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

static void look_at_zone(const struct look *look, const char *name)
{
	char path[PATH_MAX];
	int64_t temperature_mc;
	snprintf(path, sizeof(path), FOLDER "/%s/temp", name);
	if (sysfs_read_int(look->sys, path, &temperature_mc) < 0 || temperature_mc < LEAST_MC ||
	    temperature_mc > MOST_MC) {
		return;
	}
	double here_c = (double)temperature_mc / 1000;
	if (isnan(look->thermal->warmest_c) || here_c > look->thermal->warmest_c) {
		look->thermal->warmest_c = here_c;
	}
}

static void look_at_cooler(const struct look *look, const char *name)
{
	static const char *const s_slowers[] = {"cpufreq", "thermal-cpufreq", "devfreq",
						"thermal-devfreq", "Processor"};
	char path[PATH_MAX], type[SYSFS_TEXT];
	int64_t state;
	snprintf(path, sizeof(path), FOLDER "/%s/type", name);
	if (sysfs_read_text(look->sys, path, type) < 0) {
		return;
	}
	snprintf(path, sizeof(path), FOLDER "/%s/cur_state", name);
	for (size_t i = 0; i < OS_ARRAY_LEN(s_slowers); i++) {
		if (begins(type, s_slowers[i]) && sysfs_read_int(look->sys, path, &state) == 0 &&
		    state > 0) {
			look->thermal->is_throttled = true;
		}
	}
}

static bool look_at(void *context, const char *name)
{
	const struct look *look = context;
	if (begins(name, "thermal_zone")) {
		look_at_zone(look, name);
	} else if (begins(name, "cooling_device")) {
		look_at_cooler(look, name);
	}
	return true;
}

/* --- A Pi's firmware ---------------------------------------------------------------- */

static bool look_at_firmware(void *context, const char *name)
{
	const struct look *look = context;
	char path[PATH_MAX], text[SYSFS_TEXT], *end;
	if (strstr(name, "firmware") == NULL) {
		return true;
	}
	snprintf(path, sizeof(path), "%s/%s/get_throttled", look->folder, name);
	if (sysfs_read_text(look->sys, path, text) == 0) {
		unsigned long bits = strtoul(text, &end, 16);
		look->thermal->is_throttled |= *end == '\0' && (bits & PI_SLOWED_NOW) != 0;
	}
	return true;
}

static bool look_at_soc(void *context, const char *name)
{
	struct look *look = context;
	char folder[PATH_MAX];
	if (begins(name, "soc")) {
		snprintf(folder, sizeof(folder), PLATFORM "/%s", name);
		struct look inside = {look->sys, look->thermal, folder};
		sysfs_each(look->sys, folder, look_at_firmware, &inside);
	}
	return true;
}

void thermal_read(struct thermal *ret_thermal, int sys)
{
	*ret_thermal = (struct thermal){.warmest_c = NAN};
	struct look look = {.sys = sys, .thermal = ret_thermal};
	sysfs_each(sys, FOLDER, look_at, &look);
	sysfs_each(sys, PLATFORM, look_at_soc, &look);
}
