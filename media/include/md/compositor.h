/* Compositor engine: what strata-compositor is made of (a render server), also for tests, which run
 * it with an app in one process on one loop.
 *
 *	struct md_compositor_options options = { .struct_size = …, .board = board, .driver = "offscreen",
 *		.mode = {480, 800, 1, 60000, false} };
 *	struct md_compositor *compositor = md_compositor_create(loop, &options, &error);
 *	md_compositor_add_client(compositor, fd, connection, &peer);
 *
 * The loop thread (the caller's) has input, messages and the layer model; the display thread, made
 * here, owns every call of the display door and is fed immutable frames. */
#ifndef MD_COMPOSITOR_H
#define MD_COMPOSITOR_H

#include <os/board.h>
#include <os/port.h>
#include <os/status.h>

#include <md/base.h>

struct md_compositor;

struct md_compositor_options {
	uint32_t struct_size;
	const struct os_board *board;        /* the display, and what its window hears */
	const struct os_board *input_board;  /* fingers, keys, power with descriptors of their own; NULL: none */
	const struct os_board *script_board; /* NULL: no scripts */
	const char *driver, *title;
	struct os_display_mode mode;
	int orientation;                     /* 0, 90, 180, 270 */
	bool walls_missing;                  /* shown in the status bar by home; passed on in configure */
	const char *renderer;                /* "soft", "gpu", NULL: what the display offers */
	const char *why;                     /* this driver and no other, for `strata doctor`; NULL: nothing to say */
};

MD_PUBLIC struct md_compositor *md_compositor_create(struct os_loop *loop,
                                                     const struct md_compositor_options *options,
                                                     struct os_error *ret_error);
MD_PUBLIC struct md_compositor *md_compositor_release(struct md_compositor *compositor);
/* Takes fd. peer->role "tool" speaks md_device_interface, all others md_scene_interface. */
MD_PUBLIC int md_compositor_add_client(struct md_compositor *compositor, int fd, uint64_t connection,
                                       const struct os_peer *peer);
/* Settings that scenes are configured with: "look=dark" and its like (key=value). */
MD_PUBLIC void md_compositor_set_trait(struct md_compositor *compositor, const char *key, const char *value);

/* The matrices of touch devices (os_touch_door.set_calibration), whole: devices not named, now or
 * later, have none. Copied. */
struct md_device_calibration { char id[128]; double matrix[6]; };
MD_PUBLIC void md_compositor_set_calibrations(struct md_compositor *compositor,
                                              const struct md_device_calibration *list, size_t count);

/* The display was closed by the person, or unplugged: nothing is shown any more. */
MD_PUBLIC void md_compositor_on_lost(struct md_compositor *compositor, void (*fn)(void *context, const char *why),
                                     void *context);

struct md_compositor_counts {
	uint64_t frames_presented, pixels_composited, pixels_presented, layers_drawn, late_commits;
	uint64_t bytes_uploaded; /* to a GPU */
};
MD_PUBLIC struct md_compositor_counts md_compositor_counts(const struct md_compositor *compositor);

#endif
