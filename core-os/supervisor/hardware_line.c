/* One GPIO line: found on the chips, then requested, so that the descriptor is of that line alone
 * (the chip's own, by which all lines can be had, is closed here). */
#include "hardware_open.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/gpio.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <os/file.h>

#define MAX_CHIPS 64
#define MAX_LINES 1024

struct search {
	const struct hardware_wish *wish;
	int chip; /* of the line that was found */
	uint32_t offset;
	int chips_seen, refused; /* how many there are; the status of one that could not be opened */
	bool chip_found;
};

static int open_chip(const struct search *search, int number)
{
	char name[32];
	snprintf(name, sizeof(name), "gpiochip%d", number);
	int fd = openat(search->wish->devices, name, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

static bool text_is(const char *bytes, size_t size, const char *text)
{
	size_t length = strnlen(bytes, size);
	return length == strlen(text) && memcmp(bytes, text, length) == 0;
}

static bool is_wanted_chip(const struct search *search, const struct gpiochip_info *info)
{
	const char *wanted = search->wish->entry->device;
	return wanted[0] == '\0' || text_is(info->name, sizeof(info->name), wanted) ||
	       text_is(info->label, sizeof(info->label), wanted);
}

/* The line's number on that chip, or -ENOENT. */
static int find_on_chip(const struct search *search, int chip, const struct gpiochip_info *info)
{
	const struct os_hardware_entry *entry = search->wish->entry;
	if (entry->line[0] == '\0') {
		return (uint32_t)entry->number < info->lines ? entry->number : -ENOENT;
	}
	for (uint32_t i = 0; i < info->lines && i < MAX_LINES; i++) {
		struct gpio_v2_line_info line = {.offset = i};
		if (ioctl(chip, GPIO_V2_GET_LINEINFO_IOCTL, &line) == 0 &&
		    text_is(line.name, sizeof(line.name), entry->line)) {
			return (int)i;
		}
	}
	return -ENOENT;
}

static bool search_chip(struct search *search, int number)
{
	struct gpiochip_info info = {.lines = 0};
	int chip = open_chip(search, number);
	if (chip == -ENOENT) {
		return false;
	}
	search->chips_seen++;
	if (chip < 0) {
		search->refused = chip;
		return false;
	}
	int offset = -ENOENT;
	if (ioctl(chip, GPIO_GET_CHIPINFO_IOCTL, &info) == 0 && is_wanted_chip(search, &info)) {
		search->chip_found = true;
		offset = find_on_chip(search, chip, &info);
	}
	if (offset < 0) {
		close(chip);
		return false;
	}
	search->chip = chip;
	search->offset = (uint32_t)offset;
	return true;
}

static int say_not_found(const struct search *search, struct os_error *ret_error)
{
	const struct os_hardware_entry *entry = search->wish->entry;
	char where[96];
	os_hardware_describe(entry, where, sizeof(where));
	if (search->refused < 0) {
		return os_error_set(ret_error, search->refused,
		                    "Strata's user may not open the GPIO chips: is it in the group gpio?");
	}
	if (search->chips_seen == 0) {
		return os_error_set(ret_error, -ENODEV, "this board has no GPIO");
	}
	if (!search->chip_found && entry->device[0] != '\0') {
		return os_error_set(ret_error, -ENODEV, "this board has no GPIO chip %s", entry->device);
	}
	return os_error_set(ret_error, -ENOENT, "this board has no %s", where);
}

/* --- Requesting ------------------------------------------------------------------------------------------ */

static uint64_t kernel_flags(const struct os_hardware_entry *entry)
{
	static const struct {
		uint32_t flag;
		uint64_t kernel;
	} flags[] = {
		{OS_HARDWARE_ACTIVE_LOW, GPIO_V2_LINE_FLAG_ACTIVE_LOW},
		{OS_HARDWARE_PULL_UP, GPIO_V2_LINE_FLAG_BIAS_PULL_UP},
		{OS_HARDWARE_PULL_DOWN, GPIO_V2_LINE_FLAG_BIAS_PULL_DOWN},
		{OS_HARDWARE_RISING, GPIO_V2_LINE_FLAG_EDGE_RISING},
		{OS_HARDWARE_FALLING, GPIO_V2_LINE_FLAG_EDGE_FALLING},
	};
	uint64_t kernel = entry->kind == OS_HARDWARE_GPIO_OUTPUT ? GPIO_V2_LINE_FLAG_OUTPUT
	                                                         : GPIO_V2_LINE_FLAG_INPUT;
	for (size_t i = 0; i < OS_ARRAY_LEN(flags); i++) {
		kernel |= (entry->flags & flags[i].flag) != 0 ? flags[i].kernel : 0;
	}
	return kernel;
}

static int say_refused(const struct search *search, int status, struct os_error *ret_error)
{
	char where[96];
	struct gpio_v2_line_info line = {.offset = search->offset};
	os_hardware_describe(search->wish->entry, where, sizeof(where));
	if (status == -EBUSY && ioctl(search->chip, GPIO_V2_GET_LINEINFO_IOCTL, &line) == 0 &&
	    line.consumer[0] != '\0') {
		char consumer[GPIO_MAX_NAME_SIZE + 1];
		snprintf(consumer, sizeof(consumer), "%.*s", GPIO_MAX_NAME_SIZE, line.consumer);
		os_text_mend(consumer);
		return os_error_set(ret_error, status, "%s is used by %s", where, consumer);
	}
	return os_error_set(ret_error, status, status == -EBUSY ? "%s is used by another program" : "%s: %s",
	                    where, os_status_text(status));
}

static int request(const struct search *search, struct os_error *ret_error)
{
	struct gpio_v2_line_request wanted = {.num_lines = 1, .fd = -1};
	wanted.offsets[0] = search->offset;
	wanted.config.flags = kernel_flags(search->wish->entry);
	snprintf(wanted.consumer, sizeof(wanted.consumer), "%.*s", GPIO_MAX_NAME_SIZE - 1,
	         search->wish->user);
	if (ioctl(search->chip, GPIO_V2_GET_LINE_IOCTL, &wanted) < 0) {
		return say_refused(search, -errno, ret_error);
	}
	return wanted.fd >= 0 ? wanted.fd : os_error_set(ret_error, -EPROTO, "the kernel gave no line");
}

int hardware_open_line(const struct hardware_wish *wish, struct os_error *ret_error)
{
	struct search search = {.wish = wish, .chip = -1};
	for (int number = 0; number < MAX_CHIPS; number++) {
		if (search_chip(&search, number)) {
			int result = request(&search, ret_error);
			close(search.chip);
			return result;
		}
	}
	return say_not_found(&search, ret_error);
}
