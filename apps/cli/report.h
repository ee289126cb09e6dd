/* Report: what only hardware can tell, as text to be sent to somebody (`strata doctor --report`).
 *
 *	report.c            machine, screens, touch devices, power, boot stages: as the kernel says them
 *	report_frames.c     a while of frames, while somebody uses the screen
 *	report_questions.c  a checklist for eyes and fingers
 *
 * Nothing of any app's data is in it. */
#ifndef CLI_REPORT_H
#define CLI_REPORT_H

#include "cli.h"

#define REPORT_SECONDS 60

/* Appends all parts. seconds: how long frames are watched; 0 leaves that out. */
void report_add(struct cli *cli, struct os_buffer *out, int seconds);
void report_add_title(struct os_buffer *out, const char *title);

void report_add_frames(struct cli *cli, struct os_buffer *out, int seconds);
void report_add_questions(struct os_buffer *out);

/* For tests: what so many intervals between frames (µs) say; the array is sorted. period: of one
 * frame. */
void report_add_intervals(struct os_buffer *out, int64_t *intervals, size_t count, int64_t period);

#endif
