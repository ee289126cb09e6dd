/* Output: one connector of one card, lit by two dumb buffers (libdrm). Private.
 *
 *	output_open(&choice, &options, &output, &error)
 *	output_begin(output, &buffer)       -EAGAIN while a flip is under way
 *	output_submit(output, rects, n)     0: an event comes. 1: it is on the screen already
 *	output_dispatch(output, &time)      1: the flip has happened, at that device time
 *
 * -ENODEV from any of them: the card is gone. -EACCES: another program is the card's master now.
 * The screen is not touched before the first submit, so that what another program left on it stays
 * until there is a picture. */
#ifndef OUTPUT_H
#define OUTPUT_H

#include <xf86drmMode.h>

#include <os/display.h>
#include <os/status.h>

#include "kms.h"

#define OUTPUT_BUFFERS 2
#define OUTPUT_RECTS 64

/* Rectangles of one buffer that are older than the picture. */
struct output_missed {
	struct os_rect_px rects[OUTPUT_RECTS];
	size_t count;
};

struct output_buffer {
	uint32_t handle, fb;
	uint32_t stride;
	uint64_t size;
	uint32_t *pixels;
	uint64_t submitted; /* number of the submit that filled it, 0 = none */
	struct output_missed missed;
};

struct output {
	int fd;
	struct kms_choice choice;
	uint32_t connector, crtc;
	drmModeModeInfo timing;
	struct os_display_mode mode;
	uint32_t dpms; /* property, 0 = there is none */

	struct output_buffer buffers[OUTPUT_BUFFERS];
	uint32_t *shadow;  /* where the buffers are slow to read back; NULL: drawn into directly */
	uint64_t submits;
	int front, coming; /* buffers on the screen and on their way there; -1 = none */
	bool sends;        /* the card sends what changed of one buffer, and flips nothing */
	bool is_lit;       /* the connector shows a buffer of ours */
	bool is_off;       /* DPMS */
	bool flipped;      /* since the last dispatch, at flip_us */
	int64_t flip_us;
	char name[64];     /* of the screen, by its EDID */
};

/* Makes the kernel look what is plugged into a card's connectors; it remembers what it saw. */
void output_ask_card(const struct kms_choice *choice);
/* -EBUSY: another program is the card's master. -ENOTCONN: nothing is plugged in any more. */
int output_open(const struct kms_choice *choice, const struct os_display_options *options,
		struct output **ret_output, struct os_error *ret_error);
struct output *output_close(struct output *output);
/* Asks the screen again: false if it has gone or would be given another mode by now. */
bool output_is_current(struct output *output, const struct os_display_options *options);

int output_begin(struct output *output, struct os_display_buffer *ret_buffer);
int output_submit(struct output *output, const struct os_rect_px *damage, size_t count);
int output_dispatch(struct output *output, int64_t *ret_time_us);
int output_set_power(struct output *output, bool on);

/* output_buffers.c */
int output_create_buffers(struct output *output);
void output_destroy_buffers(struct output *output);
/* Takes the damage in for both buffers; the one at `at` then has the picture of now. */
void output_fill_buffer(struct output *output, int at, const struct os_rect_px *damage,
			size_t count);

#endif
