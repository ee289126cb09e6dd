/* Dumb buffers: memory that the screen reads. Each keeps a list of what it has missed, which is
 * what is copied into it (where there is a shadow) and what the driver is told to send. */
#include "output.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include <xf86drm.h>

#include <os/clock.h>
#include <os/memory.h>

#define SLOWER 3               /* times ordinary memory, and reading back is slow */
#define PROBE_BYTES (256 * 1024)

/* --- Damage ----------------------------------------------------------------------------------- */

static void add_rect(struct output_missed *missed, const struct os_rect_px *rect)
{
	if (missed->count < OUTPUT_RECTS) {
		missed->rects[missed->count++] = *rect;
		return;
	}
	/* Too many: one that has them all. */
	struct os_rect_px all = *rect;
	for (size_t i = 0; i < missed->count; i++) {
		const struct os_rect_px *one = &missed->rects[i];
		int32_t right = OS_MAX(all.x + all.width, one->x + one->width);
		int32_t bottom = OS_MAX(all.y + all.height, one->y + one->height);
		all.x = OS_MIN(all.x, one->x);
		all.y = OS_MIN(all.y, one->y);
		all.width = right - all.x;
		all.height = bottom - all.y;
	}
	missed->rects[0] = all;
	missed->count = 1;
}

static struct os_rect_px clip(const struct output *output, const struct os_rect_px *rect)
{
	int32_t left = OS_MAX(rect->x, 0), top = OS_MAX(rect->y, 0);
	int32_t right = OS_MIN(rect->x + rect->width, output->mode.width_px);
	int32_t bottom = OS_MIN(rect->y + rect->height, output->mode.height_px);
	return (struct os_rect_px){left, top, right - left, bottom - top};
}

static void copy_rect(const struct output *output, struct output_buffer *buffer,
		      const struct os_rect_px *rect)
{
	size_t across = (size_t)output->mode.width_px;
	for (int32_t y = rect->y; y < rect->y + rect->height; y++) {
		memcpy((char *)buffer->pixels + (size_t)y * buffer->stride + (size_t)rect->x * 4,
		       output->shadow + (size_t)y * across + rect->x, (size_t)rect->width * 4);
	}
}

void output_fill_buffer(struct output *output, int at, const struct os_rect_px *damage,
			size_t count)
{
	struct output_buffer *buffer = &output->buffers[at];
	for (size_t i = 0; i < count; i++) {
		struct os_rect_px rect = clip(output, &damage[i]);
		if (rect.width <= 0 || rect.height <= 0) {
			continue;
		}
		for (int j = 0; j < OUTPUT_BUFFERS; j++) {
			add_rect(&output->buffers[j].missed, &rect);
		}
	}
	for (size_t i = 0; output->shadow != NULL && i < buffer->missed.count; i++) {
		copy_rect(output, buffer, &buffer->missed.rects[i]);
	}
	buffer->submitted = ++output->submits;
}

/* --- Memory ----------------------------------------------------------------------------------- */

static int create_one(struct output *output, struct output_buffer *buffer)
{
	struct drm_mode_create_dumb create = {.width = output->timing.hdisplay,
					      .height = output->timing.vdisplay,
					      .bpp = 32};
	if (drmIoctl(output->fd, DRM_IOCTL_MODE_CREATE_DUMB, &create) < 0) {
		return -errno;
	}
	buffer->handle = create.handle;
	buffer->stride = create.pitch;
	buffer->size = create.size;
	if (drmModeAddFB(output->fd, create.width, create.height, 24, 32, create.pitch,
			 create.handle, &buffer->fb) < 0) {
		return -errno;
	}
	struct drm_mode_map_dumb map = {.handle = create.handle};
	if (drmIoctl(output->fd, DRM_IOCTL_MODE_MAP_DUMB, &map) < 0) {
		return -errno;
	}
	void *pixels = mmap(NULL, buffer->size, PROT_READ | PROT_WRITE, MAP_SHARED, output->fd,
			    (off_t)map.offset);
	if (pixels == MAP_FAILED) {
		return -errno;
	}
	buffer->pixels = pixels;
	memset(pixels, 0, buffer->size);
	return 0;
}

static int64_t reading_us(const uint32_t *pixels, size_t bytes)
{
	int64_t best_us = OS_NEVER;
	for (int round = 0; round < 3; round++) {
		int64_t began_us = os_clock_real_us();
		uint32_t sum = 0;
		for (size_t i = 0; i < bytes / 4; i += 4) {
			sum += ((const volatile uint32_t *)pixels)[i];
		}
		(void)sum;
		best_us = OS_MIN(best_us, os_clock_real_us() - began_us);
	}
	return best_us;
}

/* Blending reads what is there. Many boards map buffers so that writing is quick and reading back
 * is not: there the picture is kept in ordinary memory, and what is new in it is copied. */
static void consider_shadow(struct output *output)
{
	const struct output_buffer *buffer = &output->buffers[0];
	uint64_t prefers = 0;
	size_t size = (size_t)output->mode.width_px * (size_t)output->mode.height_px * 4;
	uint32_t *memory = os_try_alloc(size);
	if (memory == NULL) {
		return;
	}
	memset(memory, 0, size);
	size_t bytes = OS_MIN(size, (size_t)PROBE_BYTES);
	drmGetCap(output->fd, DRM_CAP_DUMB_PREFER_SHADOW, &prefers);
	int64_t ordinary_us = OS_MAX(reading_us(memory, bytes), 20);
	if (prefers != 0 || reading_us(buffer->pixels, bytes) > SLOWER * ordinary_us) {
		output->shadow = memory;
		return;
	}
	os_free(memory);
}

int output_create_buffers(struct output *output)
{
	output->front = -1;
	output->coming = -1;
	for (int i = 0; i < OUTPUT_BUFFERS; i++) {
		int result = create_one(output, &output->buffers[i]);
		if (result < 0) {
			return result;
		}
	}
	consider_shadow(output);
	return 0;
}

void output_destroy_buffers(struct output *output)
{
	for (int i = 0; i < OUTPUT_BUFFERS; i++) {
		struct output_buffer *buffer = &output->buffers[i];
		if (buffer->pixels != NULL) {
			munmap(buffer->pixels, buffer->size);
		}
		if (buffer->fb != 0) {
			drmModeRmFB(output->fd, buffer->fb);
		}
		if (buffer->handle != 0) {
			struct drm_mode_destroy_dumb destroy = {.handle = buffer->handle};
			drmIoctl(output->fd, DRM_IOCTL_MODE_DESTROY_DUMB, &destroy);
		}
	}
	os_free(output->shadow);
}
