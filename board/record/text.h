/* Text: a recording as it is written, evemu's format (tests/devices/README.md). Private to
 * strata-record-touch. */
#ifndef RECORD_TEXT_H
#define RECORD_TEXT_H

#include <stdint.h>
#include <stdio.h>

#include <linux/input.h>

struct record_counts {
	uint64_t events, reports, downs, lost; /* lost: SYN_DROPPED */
	int64_t first_us, last_us, report_us, longest_gap_us; /* the gap between two reports of one touch */
	int32_t fingers; /* that are down now */
};

/* What the kernel says of the device. */
void record_write_head(FILE *out, int fd);
void record_write_event(FILE *out, const struct input_event *event, struct record_counts *counts);

#endif
