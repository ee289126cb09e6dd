#include "text.h"

#include <string.h>
#include <sys/ioctl.h>
#include <sys/utsname.h>

#include <os/base.h>

#define BYTES(bits) (((bits) + 7) / 8)
#define ROW 8

static void write_rows(FILE *out, const char *head, const unsigned char *bytes, size_t count)
{
	for (size_t at = 0; at < count; at += ROW) {
		fputs(head, out);
		for (size_t i = at; i < at + ROW; i++) {
			fprintf(out, " %02x", i < count ? bytes[i] : 0);
		}
		fputc('\n', out);
	}
}

static void write_bits(FILE *out, int fd, unsigned type, size_t count)
{
	unsigned char bytes[BYTES(KEY_CNT)] = {0};
	char head[8];
	snprintf(head, sizeof(head), "B: %02x", type);
	if (ioctl(fd, EVIOCGBIT(type, sizeof(bytes)), bytes) >= 0) {
		write_rows(out, head, bytes, BYTES(count));
	}
}

static void write_axes(FILE *out, int fd)
{
	unsigned char abs[BYTES(ABS_CNT)] = {0};
	ioctl(fd, EVIOCGBIT(EV_ABS, sizeof(abs)), abs);
	for (unsigned code = 0; code < ABS_CNT; code++) {
		struct input_absinfo axis = {0};
		if ((abs[code / 8] >> code % 8 & 1) && ioctl(fd, EVIOCGABS(code), &axis) >= 0) {
			fprintf(out, "A: %02x %d %d %d %d %d\n", code, axis.minimum, axis.maximum, axis.fuzz, axis.flat,
			        axis.resolution);
		}
	}
}

/* A device may call itself anything; a line must stay a line. */
static void write_name(FILE *out, int fd)
{
	char name[120] = "";
	ioctl(fd, EVIOCGNAME(sizeof(name) - 1), name);
	for (char *at = name; *at != '\0'; at++) {
		*at = (unsigned char)*at < ' ' ? '?' : *at;
	}
	fprintf(out, "N: %s\n", name[0] != '\0' ? name : "a panel without a name");
}

void record_write_head(FILE *out, int fd)
{
	struct utsname system = {0};
	struct input_id id = {0};
	unsigned char props[BYTES(INPUT_PROP_CNT)] = {0};
	uname(&system);
	ioctl(fd, EVIOCGID, &id);
	ioctl(fd, EVIOCGPROP(sizeof(props)), props);
	fprintf(out, "# EVEMU 1.3\n# Recorded by strata record-touch, %s %s %s\n", system.sysname, system.release,
	        system.machine);
	write_name(out, fd);
	fprintf(out, "I: %04x %04x %04x %04x\n", id.bustype, id.vendor, id.product, id.version);
	write_rows(out, "P:", props, sizeof(props));
	write_bits(out, fd, 0, EV_CNT);
	write_bits(out, fd, EV_KEY, KEY_CNT);
	write_bits(out, fd, EV_ABS, ABS_CNT);
	write_bits(out, fd, EV_MSC, MSC_CNT);
	write_axes(out, fd);
}

/* --- Events ----------------------------------------------------------------------------------- */

static void count(const struct input_event *event, int64_t time_us, struct record_counts *counts)
{
	counts->events++;
	counts->last_us = time_us;
	bool id = event->type == EV_ABS && event->code == ABS_MT_TRACKING_ID;
	bool button = event->type == EV_KEY && event->code == BTN_TOUCH;
	if (id) {
		counts->fingers += event->value < 0 ? -1 : 1;
		counts->downs += event->value >= 0;
	} else if (button && event->value == 0) {
		counts->fingers = 0;
	}
	if (event->type != EV_SYN) {
		return;
	}
	counts->lost += event->code == SYN_DROPPED;
	if (event->code == SYN_REPORT) {
		int64_t gap_us = time_us - counts->report_us;
		if (counts->reports++ > 0 && counts->fingers > 0) {
			counts->longest_gap_us = OS_MAX(counts->longest_gap_us, gap_us);
		}
		counts->report_us = time_us;
	}
}

void record_write_event(FILE *out, const struct input_event *event, struct record_counts *counts)
{
	int64_t time_us = (int64_t)event->input_event_sec * OS_US_PER_S + event->input_event_usec;
	if (counts->events == 0) {
		counts->first_us = time_us;
	}
	time_us = OS_MAX(time_us - counts->first_us, counts->last_us); /* never back */
	count(event, time_us, counts);
	fprintf(out, "E: %lld.%06lld %04x %04x %d\n", (long long)(time_us / OS_US_PER_S),
	        (long long)(time_us % OS_US_PER_S), event->type, event->code, event->value);
}
