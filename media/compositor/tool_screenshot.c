/* Pictures of what is on the screen, upright as a person sees it, as PNG. */
#include <errno.h>

#include <md/image.h>
#include <os/file.h>
#include <os/memory.h>
#include <os/queue.h>

#include "compositor_private.h"

struct shot {
	struct md_compositor *compositor;
	struct pending *pending;
	int width, height, orientation; /* of the panel's pixels */
	double scale;
	uint32_t *pixels;
	int status;
	struct os_buffer png;
};

/* The panel's pixels turned back by the orientation. */
static uint32_t *upright(const struct shot *shot, int *ret_width, int *ret_height)
{
	bool sideways = shot->orientation == 90 || shot->orientation == 270;
	int width = sideways ? shot->height : shot->width,
	    height = sideways ? shot->width : shot->height;
	uint32_t *turned = os_try_alloc((size_t)width * (size_t)height * 4);
	for (int y = 0; turned != NULL && y < height; y++) {
		for (int x = 0; x < width; x++) {
			int px = x, py = y;
			if (shot->orientation == 90) {
				px = shot->width - 1 - y, py = x;
			} else if (shot->orientation == 180) {
				px = shot->width - 1 - x, py = shot->height - 1 - y;
			} else if (shot->orientation == 270) {
				px = y, py = shot->height - 1 - x;
			}
			turned[y * width + x] = shot->pixels[py * shot->width + px] | 0xff000000u;
		}
	}
	*ret_width = width;
	*ret_height = height;
	return turned;
}

static void reply(void *context)
{
	struct shot *shot = context;
	if (shot->status < 0) {
		pending_fail(shot->pending, shot->status);
	} else {
		struct os_message message;
		pending_begin(shot->pending, &message);
		os_message_write_u32(&message, (uint32_t)shot->width);
		os_message_write_u32(&message, (uint32_t)shot->height);
		pending_send(shot->pending, &message);
	}
	os_free(shot);
}

/* On a queue: making a PNG takes longer than a frame. */
static void encode(void *context)
{
	struct shot *shot = context;
	int width = 0, height = 0;
	uint32_t *pixels = upright(shot, &width, &height);
	os_free(shot->pixels);
	if (pixels == NULL) {
		shot->status = -ENOMEM;
	} else {
		struct md_image *image =
		    md_image_create_from_pixels(pixels, width, height, width * 4, shot->scale);
		shot->status = image == NULL ? -ENOMEM : md_image_write_png(image, &shot->png);
		md_image_release(image);
		os_free(pixels);
	}
	if (shot->status >= 0) {
		shot->status = os_fd_write(shot->pending->fd, shot->png.bytes, shot->png.length);
	}
	os_buffer_finish(&shot->png);
	shot->width = width;
	shot->height = height;
	os_loop_post(shot->compositor->loop, reply, shot);
}

static void rendered(void *context, uint32_t *pixels)
{
	struct shot *shot = context;
	shot->pixels = pixels;
	if (pixels == NULL) {
		shot->status = -ENOMEM;
		reply(shot);
		return;
	}
	struct os_queue *queue = os_queue_create("screenshot", OS_QUEUE_SERIAL, OS_QUEUE_UTILITY);
	os_queue_async(queue, encode, shot);
	os_queue_release(queue);
}

static int take(struct tool *tool, struct os_message *message, bool shown)
{
	struct md_compositor *compositor = tool->compositor;
	int fd = os_message_take_fd(message);
	struct shot *shot = os_alloc(sizeof(*shot));
	struct md_frame_list *list = frames_copy_shown(compositor);
	*shot = (struct shot){.compositor = compositor,
			      .pending = pending_create(tool, message, fd),
			      .width = list->width_px,
			      .height = list->height_px,
			      .scale = compositor->mode.scale,
			      .orientation = compositor->settings.orientation};
	if (shown) {
		display_render_shown(compositor->display, list, rendered, shot);
	} else {
		display_render(compositor->display, list, rendered, shot);
	}
	return 0;
}

int tool_screenshot(struct tool *tool, struct os_message *message)
{
	return take(tool, message, false);
}

int tool_screenshot_shown(struct tool *tool, struct os_message *message)
{
	return take(tool, message, true);
}
