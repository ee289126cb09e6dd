#include "supply.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include <os/log.h>

#define FOLDER "class/power_supply"

struct sum {
	int sys;
	struct supply *supply;
	double levels;     /* all alike */
	double held, most; /* by what they hold */
	bool all_say_most;
	bool charges, drains, on_plug;
	char garbage[SYSFS_NAME];
};

static int read_number(int sys, const char *name, const char *file, int64_t *ret_value)
{
	char path[PATH_MAX];
	snprintf(path, sizeof(path), FOLDER "/%s/%s", name, file);
	return sysfs_read_int(sys, path, ret_value);
}

static bool is_word(int sys, const char *name, const char *file, const char *word)
{
	char path[PATH_MAX], text[SYSFS_TEXT];
	snprintf(path, sizeof(path), FOLDER "/%s/%s", name, file);
	return sysfs_read_text(sys, path, text) == 0 && strcmp(text, word) == 0;
}

/* What it holds when full, in whatever unit it counts; 0: it does not say. */
static double most_of(int sys, const char *name)
{
	static const char *const s_files[] = {"energy_full", "charge_full"};
	for (size_t i = 0; i < OS_ARRAY_LEN(s_files); i++) {
		int64_t value;
		if (read_number(sys, name, s_files[i], &value) == 0 && value > 0) {
			return (double)value;
		}
	}
	return 0;
}

/* 0 to 1, or -1 where nothing it says makes sense. */
static double level_of(int sys, const char *name)
{
	static const char *const s_files[][2] = {{"energy_now", "energy_full"},
						 {"charge_now", "charge_full"}};
	int64_t percent, now, full;
	if (read_number(sys, name, "capacity", &percent) == 0 && percent >= 0 && percent <= 110) {
		return OS_MIN((double)percent / 100,
			      1.0); /* worn ones say a little more than all */
	}
	for (size_t i = 0; i < OS_ARRAY_LEN(s_files); i++) {
		if (read_number(sys, name, s_files[i][0], &now) == 0 &&
		    read_number(sys, name, s_files[i][1], &full) == 0 && full > 0 && now >= 0 &&
		    now / 2 <= full) {
			return OS_MIN((double)now / (double)full, 1.0);
		}
	}
	return -1;
}

static void add_battery(struct sum *sum, const char *name)
{
	int64_t present;
	if (is_word(sum->sys, name, "scope", "Device") ||
	    (read_number(sum->sys, name, "present", &present) == 0 && present == 0)) {
		return;
	}
	double level = level_of(sum->sys, name), most = most_of(sum->sys, name);
	if (level < 0) {
		snprintf(sum->garbage, sizeof(sum->garbage), "%s", name);
		return;
	}
	if (sum->supply->batteries++ == 0) {
		snprintf(sum->supply->name, sizeof(sum->supply->name), "%s", name);
	}
	sum->levels += level;
	sum->held += level * most;
	sum->most += most;
	sum->all_say_most &= most > 0;
	sum->charges |= is_word(sum->sys, name, "status", "Charging");
	sum->drains |= is_word(sum->sys, name, "status", "Discharging");
}

static bool look_at(void *context, const char *name)
{
	struct sum *sum = context;
	int64_t online;
	if (is_word(sum->sys, name, "type", "Battery")) {
		add_battery(sum, name);
	} else if (read_number(sum->sys, name, "online", &online) == 0 && online > 0) {
		sum->on_plug = true;
	}
	return true;
}

static void say_garbage(struct supply *supply, const char *name)
{
	if (name[0] != '\0' && strcmp(supply->garbage, name) != 0) {
		os_log_warning("battery", "%s: says no level that makes sense: left out", name);
	}
	snprintf(supply->garbage, sizeof(supply->garbage), "%s", name);
}

void supply_read(struct supply *supply, int sys)
{
	struct sum sum = {.sys = sys, .supply = supply, .all_say_most = true};
	supply->batteries = 0;
	supply->name[0] = '\0';
	sysfs_each(sys, FOLDER, look_at, &sum);
	bool weighed = sum.all_say_most && sum.most > 0;
	supply->level = supply->batteries == 0 ? 0
			: weighed              ? sum.held / sum.most
					       : sum.levels / supply->batteries;
	supply->is_charging =
	    supply->batteries > 0 && (sum.charges || (sum.on_plug && !sum.drains));
	say_garbage(supply, sum.garbage);
}
