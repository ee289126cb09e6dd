/* From a buffer to the screen. The first picture sets the mode. From then on a card with vertical
 * blanks flips to the other buffer at the next one. A card without has no scan-out of its own: it
 * sends its buffer somewhere (virtio-gpu, gud, udl), so there one buffer is drawn into, and what
 * changed of it is sent. */
#include "output.h"

#include <errno.h>
#include <string.h>

#include <xf86drm.h>

#include <os/clock.h>
#include <os/log.h>

static const uint64_t s_dpms_on = DRM_MODE_DPMS_ON, s_dpms_off = DRM_MODE_DPMS_OFF;

/* --- Pictures --------------------------------------------------------------------------------- */

static int free_buffer(const struct output *output)
{
	if (output->sends) {
		return OS_MAX(output->front, 0);
	}
	for (int i = 0; i < OUTPUT_BUFFERS; i++) {
		if (i != output->front && i != output->coming) {
			return i;
		}
	}
	return -EAGAIN;
}

int output_begin(struct output *output, struct os_display_buffer *ret_buffer)
{
	int at = output->coming >= 0 ? -EAGAIN : free_buffer(output);
	if (at < 0) {
		return at;
	}
	const struct output_buffer *buffer = &output->buffers[at];
	uint64_t filled = output->shadow != NULL ? output->submits : buffer->submitted;
	*ret_buffer = (struct os_display_buffer){
	    .pixels = output->shadow != NULL ? output->shadow : buffer->pixels,
	    .stride = output->shadow != NULL ? output->mode.width_px * 4 : (int32_t)buffer->stride,
	    .width_px = output->mode.width_px,
	    .height_px = output->mode.height_px,
	    .age = filled == 0 ? 0 : (int32_t)OS_MIN(output->submits + 1 - filled, INT32_MAX)};
	return 0;
}

static int set_mode(struct output *output, int at)
{
	uint32_t fb = output->buffers[at].fb;
	if (drmModeSetCrtc(output->fd, output->crtc, fb, 0, 0, &output->connector, 1,
			   &output->timing) < 0) {
		return -errno;
	}
	output->front = at;
	output->coming = -1;
	output->is_lit = true;
	return 1;
}

/* Of the buffer that is on the screen, what has changed. The screen has it when this returns. */
static int send(struct output *output, const struct output_missed *missed)
{
	drmModeClip clips[OUTPUT_RECTS];
	for (size_t i = 0; i < missed->count; i++) {
		const struct os_rect_px *rect = &missed->rects[i];
		clips[i] = (drmModeClip){(uint16_t)rect->x, (uint16_t)rect->y,
					 (uint16_t)(rect->x + rect->width),
					 (uint16_t)(rect->y + rect->height)};
	}
	if (missed->count > 0 &&
	    drmModeDirtyFB(output->fd, output->buffers[output->front].fb, clips,
			   (uint32_t)missed->count) < 0) {
		return -errno;
	}
	return 1;
}

static int flip(struct output *output, int at)
{
	if (drmModePageFlip(output->fd, output->crtc, output->buffers[at].fb,
			    DRM_MODE_PAGE_FLIP_EVENT, output) < 0) {
		return -errno;
	}
	output->coming = at;
	return 0;
}

static int show(struct output *output, int at)
{
	if (!output->sends) {
		return flip(output, at);
	}
	int result = send(output, &output->buffers[at].missed);
	if (result < 0 && result != -EACCES && result != -ENODEV) {
		os_log_debug("board", "%s: takes no damage: %s", output->choice.card,
			     os_status_text(result));
		output->sends = false;
	}
	return result;
}

int output_submit(struct output *output, const struct os_rect_px *damage, size_t count)
{
	int at = free_buffer(output);
	if (at < 0) {
		return at;
	}
	output_fill_buffer(output, at, damage, count);
	int result = -EBUSY;
	if (output->is_off) {
		/* The picture waits in its buffer for the light. */
		output->front = at;
		result = 1;
	} else if (output->is_lit) {
		result = show(output, at);
	}
	if (result < 0 && result != -EACCES && result != -ENODEV) {
		/* The first picture; or a driver that cannot flip, or not now. */
		result = set_mode(output, at);
	}
	output->buffers[at].missed.count = 0;
	return result;
}

static void did_flip(int fd, unsigned sequence, unsigned seconds, unsigned microseconds,
		     unsigned crtc, void *context)
{
	struct output *output = context;
	if (output->coming < 0) {
		return;
	}
	int64_t now_us = os_clock_real_us();
	int64_t flip_us = (int64_t)seconds * OS_US_PER_S + microseconds;
	bool is_true = flip_us <= now_us + OS_US_PER_S / 10 &&
		       flip_us > now_us - OS_US_PER_S;
	output->front = output->coming;
	output->coming = -1;
	output->flipped = true;
	output->flip_us = os_clock_from_monotonic_us(is_true ? flip_us : now_us);
}

int output_dispatch(struct output *output, int64_t *ret_time_us)
{
	drmEventContext events = {.version = 3, .page_flip_handler2 = did_flip};
	output->flipped = false;
	drmHandleEvent(output->fd, &events); /* the descriptor does not block */
	*ret_time_us = output->flip_us;
	return output->flipped ? 1 : 0;
}

/* --- Light ------------------------------------------------------------------------------------ */

int output_set_power(struct output *output, bool on)
{
	if (output->dpms == 0) {
		return -ENOTSUP;
	}
	if (on == !output->is_off) {
		return 0;
	}
	if (drmModeConnectorSetProperty(output->fd, output->connector, output->dpms,
					on ? s_dpms_on : s_dpms_off) < 0) {
		return -errno;
	}
	output->is_off = !on;
	/* What was drawn in the dark is not what the card shows. */
	if (on && output->front >= 0) {
		int result = set_mode(output, output->front);
		return result < 0 ? result : 0;
	}
	return 0;
}
