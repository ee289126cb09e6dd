/* Watching the screen: a tool's own copy of the picture, brought up to date when it asks.
 *
 *	view ──▸ memory ──view_next──▸ waiting ──something changed──▸ drawing ──▸ told which parts
 *
 * One question is open at a time, so a slow watcher gets fewer pictures, never a queue of them.
 * Only what has changed is drawn, and nothing while nobody watches. */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <md/device_interface.h>
#include <os/file.h>
#include <os/memory.h>

#include "compositor_private.h"

#define PARTS_MAX 64

struct view {
	struct tool *tool; /* NULL: it has gone, and the drawing was still under way */
	int32_t width, height, orientation;
	uint32_t *pixels; /* shared with the tool, which reads */
	pixman_region32_t stale, drawn;
	struct pending *waiting;
	bool is_drawing;
};

static size_t view_size(const struct view *view)
{
	return (size_t)view->width * (size_t)view->height * 4;
}

static void view_free(struct view *view)
{
	if (view->waiting != NULL) {
		pending_fail(view->waiting, -ECANCELED);
	}
	if (view->pixels != NULL) {
		munmap(view->pixels, view_size(view));
	}
	pixman_region32_fini(&view->stale);
	pixman_region32_fini(&view->drawn);
	os_free(view);
}

void tool_end_view(struct tool *tool)
{
	struct view *view = tool->view;
	tool->view = NULL;
	if (view == NULL) {
		return;
	}
	if (view->is_drawing) {
		view->tool = NULL;
	} else {
		view_free(view);
	}
}

/* --- The memory ------------------------------------------------------------------------------- */

/* Sealed, so that a tool that cuts it short does not end the compositor. */
static int make_memory(struct view *view, int *ret_fd)
{
	int fd = memfd_create("strata-view", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (fd < 0) {
		return -errno;
	}
	if (ftruncate(fd, (off_t)view_size(view)) < 0 ||
	    fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) < 0) {
		int result = -errno;
		os_fd_close(fd);
		return result;
	}
	void *pixels = mmap(NULL, view_size(view), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (pixels == MAP_FAILED) {
		int result = -errno;
		os_fd_close(fd);
		return result;
	}
	view->pixels = pixels;
	*ret_fd = fd;
	return 0;
}

int tool_view(struct tool *tool, struct os_message *message)
{
	struct md_compositor *compositor = tool->compositor;
	tool_end_view(tool);
	struct view *view = os_alloc(sizeof(*view));
	view->tool = tool;
	view->width = compositor->mode.width_px;
	view->height = compositor->mode.height_px;
	view->orientation = compositor->settings.orientation;
	pixman_region32_init_rect(&view->stale, 0, 0, (unsigned)view->width,
				  (unsigned)view->height);
	pixman_region32_init(&view->drawn);
	int fd = -1, result = make_memory(view, &fd);
	if (result < 0) {
		view_free(view);
		return os_port_reply_error(tool->port, message, result);
	}
	tool->view = view;
	struct os_message reply;
	os_message_init_reply(&reply, message);
	os_message_write_fd(&reply, fd);
	os_message_write_u32(&reply, (uint32_t)view->width);
	os_message_write_u32(&reply, (uint32_t)view->height);
	os_message_write_i32(&reply, view->orientation);
	os_message_write_double(&reply, compositor->mode.scale);
	os_fd_close(fd);
	os_port_reply(tool->port, &reply);
	return 0;
}

/* --- The next picture ------------------------------------------------------------------------- */

static void answer(struct view *view, bool is_other)
{
	struct pending *pending = view->waiting;
	struct os_message reply;
	int count = 0;
	const pixman_box32_t *boxes = pixman_region32_rectangles(&view->drawn, &count);
	if (count > PARTS_MAX) {
		boxes = pixman_region32_extents(&view->drawn);
		count = 1;
	}
	count = is_other ? 0 : count;
	view->waiting = NULL;
	pending_begin(pending, &reply);
	os_message_write_bool(&reply, is_other);
	os_message_write_count(&reply, (uint32_t)count);
	for (int i = 0; i < count; i++) {
		os_message_write_i32(&reply, boxes[i].x1);
		os_message_write_i32(&reply, boxes[i].y1);
		os_message_write_i32(&reply, boxes[i].x2 - boxes[i].x1);
		os_message_write_i32(&reply, boxes[i].y2 - boxes[i].y1);
	}
	pending_send(pending, &reply);
}

static void did_draw(void *context, uint32_t *pixels)
{
	struct view *view = context;
	view->is_drawing = false;
	if (view->tool == NULL) {
		view_free(view);
	} else {
		answer(view, false);
	}
}

static bool is_other(const struct md_compositor *compositor, const struct view *view)
{
	const struct md_frame_list *shown = compositor->frames.shown;
	return view->orientation != compositor->settings.orientation ||
	       view->width != compositor->mode.width_px ||
	       view->height != compositor->mode.height_px ||
	       (shown != NULL && (shown->width_px != view->width || shown->height_px != view->height));
}

static void go_on(struct md_compositor *compositor, struct view *view)
{
	if (view->waiting == NULL || view->is_drawing) {
		return;
	}
	if (is_other(compositor, view)) {
		answer(view, true);
	} else if (pixman_region32_not_empty(&view->stale) && compositor->frames.shown != NULL) {
		view->is_drawing = true;
		pixman_region32_copy(&view->drawn, &view->stale);
		pixman_region32_clear(&view->stale);
		display_render_into(compositor->display, frames_copy_shown(compositor), view->pixels,
				    &view->drawn, did_draw, view);
	}
}

int tool_view_next(struct tool *tool, struct os_message *message)
{
	struct view *view = tool->view;
	if (view == NULL || view->waiting != NULL) {
		return os_port_reply_error(tool->port, message, view == NULL ? -EINVAL : -EBUSY);
	}
	view->waiting = pending_create(tool, message, -1);
	go_on(tool->compositor, view);
	return 0;
}

static bool is_watched(const struct md_compositor *compositor)
{
	const struct tool *tool;
	os_list_for_each(tool, &compositor->tools, link) {
		if (tool->view != NULL) {
			return true;
		}
	}
	return false;
}

void views_note_frame(struct md_compositor *compositor, const struct md_frame_list *before,
		      const struct md_frame_list *now)
{
	if (!is_watched(compositor)) {
		return;
	}
	pixman_region32_t damage;
	pixman_region32_init(&damage);
	md_frame_list_damage(before, now, &damage);
	struct tool *tool;
	os_list_for_each(tool, &compositor->tools, link) {
		if (tool->view != NULL) {
			pixman_region32_union(&tool->view->stale, &tool->view->stale, &damage);
		}
	}
	pixman_region32_fini(&damage);
}

void views_frame_presented(struct md_compositor *compositor)
{
	struct tool *tool, *next;
	os_list_for_each_safe(tool, next, &compositor->tools, link) {
		if (tool->view != NULL) {
			go_on(compositor, tool->view);
		}
	}
}
