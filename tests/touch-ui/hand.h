/* A hand in front of a touchscreen: moves fingers over a window that has no scene, sample by
 * sample at the device's rate, with the frames' ticks in between, on a clock of its own.
 *
 *  *	struct hand hand;
 *  *	hand_begin(&hand, g_devices[i], 400, 800);
 *  *	ui_view_add(hand.root, …);
 *  *	hand_down(&hand, 0, 100, 100);
 *  *	hand_move(&hand, 0, 100, 300, 200);
 *  *	hand_up(&hand, 0);
 *  *	hand_end(&hand); */
#ifndef TEST_HAND_H
#define TEST_HAND_H

#include "test.h"

#include <md/scene.h>
#include <ui/ui.h>

#include "devices.h"
#include "window_private.h"

#define HAND_FRAME_US 16667

struct hand {
	const struct device *device;
	struct ui_window *window;
	struct ui_view *root;
	int64_t now_us, next_tick_us;
	struct md_point at[10];
	bool down[10];
	int reports;
};

void hand_begin(struct hand *hand, const struct device *device, double width, double height);
void hand_end(struct hand *hand);
void hand_down(struct hand *hand, int finger, double x, double y);
void hand_move(struct hand *hand, int finger, double x, double y, int64_t ms); /* evenly, ms long */
void hand_up(struct hand *hand, int finger);
void hand_cancel(struct hand *hand, int finger);
void hand_wait(struct hand *hand, int64_t ms); /* fingers stay where they are */
void hand_tap(struct hand *hand, double x, double y); /* 60 ms long */

/* A view that writes down what its touches function hears: "began", "moved", "ended",
 * "cancelled". */
struct ear { char heard[256]; int count[4]; };
struct ui_view *ear_create(struct md_rect frame);
struct ear *ear_of(const struct ui_view *view);

/* Counts a gesture's states. */
struct watch {
	int began, changed, ended, cancelled;
	struct md_point last, velocity;
};
void watch_gesture(void *context, struct ui_gesture *gesture);

#endif
