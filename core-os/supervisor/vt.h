/* VT: the console's terminal, which a board takes so that nothing of the console is seen or heard.
 *
 *	struct vt vt;
 *	vt_init(&vt, NULL);
 *	if (vt_take(&vt, "/dev/tty1", &error) < 0) … the device goes on without …
 *	vt_give_back(&vt);
 *
 *	given back ──take: no text is drawn, keys go nowhere, no cursor──▸ taken ──give back──▸ given back
 *	taken ──its holder is killed──▸ left so ──the next take──▸ taken, and text is what it gives back
 *
 * The keeper holds it, since it outlives supervisors: one that dies leaves the screen as it was, and the
 * console does not flash up between two of them. Only kill -9 of the keeper leaves it taken; the service
 * manager's TTYReset, or the next start, mends that.
 *
 * The kernel lets a process do this whose controlling terminal it is (a unit's TTYPath with
 * StandardInput=tty), and CAP_SYS_TTY_CONFIG. While it is taken, Ctrl+Alt+F2 reaches nobody: switching to
 * another VT and back (VT_PROCESS) is not offered. */
#ifndef OS_VT_H
#define OS_VT_H

#include <os/base.h>

struct os_error;

/* What is asked of the kernel; tests have their own. Results as of the calls, -Exxx for -1. */
struct vt_kernel {
	int (*open)(void *context, const char *path);
	int (*request)(void *context, int fd, unsigned long request, unsigned long argument);
	int (*write)(void *context, int fd, const char *text);
	void (*close)(void *context, int fd);
	void *context;
};

struct vt {
	struct vt_kernel kernel;
	int fd; /* -1: given back */
	int number;
	int mode, keys; /* what it gives back: KD_…, K_… */
	int before;     /* the VT that was in front, 0: this one */
};

/* kernel NULL: the real one. */
void vt_init(struct vt *vt, const struct vt_kernel *kernel);
/* -ENOTTY: it is no terminal of the console. -EPERM: not ours to take. Nothing is changed then. */
int vt_take(struct vt *vt, const char *path, struct os_error *ret_error);
/* Does nothing when it is given back already. */
void vt_give_back(struct vt *vt);

#endif
