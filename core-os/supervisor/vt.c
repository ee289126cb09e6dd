#include "vt.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <linux/kd.h>
#include <linux/vt.h>

#include <os/status.h>

/* console_codes(4): the cursor, and the screen's text, which is drawn when text comes back. */
#define HIDE "\033[2J\033[H\033[?25l"
#define SHOW "\033[?25h"

/* --- The real kernel ------------------------------------------------------------------------------------ */

static int real_open(void *context, const char *path)
{
	int fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

static int real_request(void *context, int fd, unsigned long request, unsigned long argument)
{
	return ioctl(fd, request, argument) < 0 ? -errno : 0;
}

static int real_write(void *context, int fd, const char *text)
{
	return write(fd, text, strlen(text)) < 0 ? -errno : 0;
}

static void real_close(void *context, int fd)
{
	close(fd);
}

void vt_init(struct vt *vt, const struct vt_kernel *kernel)
{
	static const struct vt_kernel s_real = {
		.open = real_open, .request = real_request, .write = real_write, .close = real_close};
	*vt = (struct vt){.kernel = kernel != NULL ? *kernel : s_real, .fd = -1};
}

/* --- Taking ---------------------------------------------------------------------------------------------- */

static int request(struct vt *vt, unsigned long number, unsigned long argument)
{
	return vt->kernel.request(vt->kernel.context, vt->fd, number, argument);
}

static int request_value(struct vt *vt, unsigned long number, void *ret_value)
{
	return request(vt, number, (unsigned long)(uintptr_t)ret_value);
}

static void let_go(struct vt *vt)
{
	vt->kernel.close(vt->kernel.context, vt->fd);
	vt->fd = -1;
}

/* What a killed holder left is not what the person had. */
static int read_state(struct vt *vt)
{
	int result = request_value(vt, KDGETMODE, &vt->mode);
	if (result == 0) {
		result = request_value(vt, KDGKBMODE, &vt->keys);
	}
	if (vt->mode != KD_TEXT) {
		vt->mode = KD_TEXT;
	}
	if (vt->keys == K_OFF) {
		vt->keys = K_UNICODE;
	}
	return result;
}

/* No program may be asked whether it would let go of the screen: who shows another VT waits. */
static void come_to_front(struct vt *vt)
{
	struct vt_stat state = {0};
	vt->before = 0;
	if (request_value(vt, VT_GETSTATE, &state) < 0 || state.v_active == vt->number) {
		return;
	}
	if (request(vt, VT_ACTIVATE, (unsigned long)vt->number) == 0) {
		request(vt, VT_WAITACTIVE, (unsigned long)vt->number);
		vt->before = state.v_active;
	}
}

static int take(struct vt *vt)
{
	int result = read_state(vt);
	if (result == 0) {
		result = request(vt, KDSETMODE, KD_GRAPHICS);
	}
	if (result < 0) {
		return result;
	}
	result = request(vt, KDSKBMODE, K_OFF);
	if (result < 0) {
		request(vt, KDSETMODE, (unsigned long)vt->mode);
		return result;
	}
	vt->kernel.write(vt->kernel.context, vt->fd, HIDE);
	come_to_front(vt);
	return 0;
}

int vt_take(struct vt *vt, const char *path, struct os_error *ret_error)
{
	int fd = vt->kernel.open(vt->kernel.context, path);
	if (fd < 0) {
		return os_error_set(ret_error, fd, "%s: %s", path, os_status_text(fd));
	}
	vt->fd = fd;
	vt->number = 0;
	sscanf(path, "/dev/tty%d", &vt->number);
	int result = take(vt);
	if (result < 0) {
		let_go(vt);
		return os_error_set(ret_error, result, "%s is not ours to take: %s", path,
		                    os_status_text(result));
	}
	return 0;
}

void vt_give_back(struct vt *vt)
{
	struct vt_stat state = {0};
	if (vt->fd < 0) {
		return;
	}
	request(vt, KDSKBMODE, (unsigned long)vt->keys);
	request(vt, KDSETMODE, (unsigned long)vt->mode);
	vt->kernel.write(vt->kernel.context, vt->fd, SHOW);
	bool in_front = request_value(vt, VT_GETSTATE, &state) == 0 && state.v_active == vt->number;
	if (vt->before > 0 && in_front) {
		request(vt, VT_ACTIVATE, (unsigned long)vt->before);
	}
	let_go(vt);
}
