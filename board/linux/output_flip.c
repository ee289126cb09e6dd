/* From a buffer to the screen. The first picture sets the mode; from then on the card's next
 * vertical blank flips to it. Where the plane can be told its damage (virtio-gpu, gud: what they
 * send goes over a wire) it is, by an atomic commit; else by a plain flip. */
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

/* Clips as the kernel takes them; it may send more, never less. */
static uint32_t make_clips(struct output *output, const struct output_missed *missed)
{
	struct drm_mode_rect clips[OUTPUT_RECTS];
	uint32_t blob = 0;
	for (size_t i = 0; i < missed->count; i++) {
		const struct os_rect_px *rect = &missed->rects[i];
		clips[i] = (struct drm_mode_rect){rect->x, rect->y, rect->x + rect->width,
						  rect->y + rect->height};
	}
	if (missed->count == 0 || drmModeCreatePropertyBlob(output->fd, clips,
							    missed->count * sizeof(clips[0]),
							    &blob) < 0) {
		return 0;
	}
	return blob;
}

static int flip_with_damage(struct output *output, int at)
{
	drmModeAtomicReq *request = drmModeAtomicAlloc();
	uint32_t blob = make_clips(output, &output->buffers[at].missed);
	drmModeAtomicAddProperty(request, output->plane, output->plane_fb, output->buffers[at].fb);
	drmModeAtomicAddProperty(request, output->plane, output->plane_damage, blob);
	int result = drmModeAtomicCommit(output->fd, request,
					 DRM_MODE_ATOMIC_NONBLOCK | DRM_MODE_PAGE_FLIP_EVENT,
					 output);
	if (blob != 0) {
		drmModeDestroyPropertyBlob(output->fd, blob);
	}
	drmModeAtomicFree(request);
	return result;
}

static int flip_plainly(struct output *output, int at)
{
	return drmModePageFlip(output->fd, output->crtc, output->buffers[at].fb,
			       DRM_MODE_PAGE_FLIP_EVENT, output) < 0
		   ? -errno
		   : 0;
}

static int flip(struct output *output, int at)
{
	int result = -EINVAL;
	if (output->plane_damage != 0) {
		result = flip_with_damage(output, at);
		if (result == -EINVAL || result == -EOPNOTSUPP) {
			os_log_debug("board", "%s: no damage with a flip: %s", output->choice.card,
				     os_status_text(result));
			output->plane_damage = 0;
		}
	}
	if (output->plane_damage == 0) {
		result = flip_plainly(output, at);
	}
	if (result == 0) {
		output->coming = at;
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
		result = flip(output, at);
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
	/* Drivers without vertical blanks say what they like. */
	bool is_true = output->mode.has_phase && flip_us <= now_us + OS_US_PER_S / 10 &&
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
