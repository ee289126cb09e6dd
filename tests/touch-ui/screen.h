/* Screen: one app's scene on the real compositor's engine, in one process, with time held.
 *
 *	struct screen screen;
 *	screen_begin(&screen);
 *	screen_show(&screen, view);                  taken; as the root's view
 *	screen_step(&screen, 2);
 *	assert_int_equal(screen_pixel(&screen, 10, 10), 0xffffff);
 *	screen_end(&screen);
 */
#ifndef TEST_SCREEN_H
#define TEST_SCREEN_H

#include "test.h"

#include <os/clock.h>
#include <ui/ui.h>

#include "scene_private.h"
#include "stage.h"

struct screen {
	struct stage stage;
	struct md_display_client *client;
	struct ui_scene *scene;
	int64_t objects_before;
};

void screen_begin(struct screen *screen);
void screen_begin_mode(struct screen *screen, struct os_display_mode mode);
void screen_end(struct screen *screen); /* asserts that no object is left */
void screen_show(struct screen *screen, struct ui_view *view);
void screen_step(struct screen *screen, int frames);
uint32_t screen_pixel(const struct screen *screen, int x, int y);
/* finger 0, points */
void screen_touch(struct screen *screen, enum os_touch_phase phase, double x, double y);
void screen_tap(struct screen *screen, double x, double y);
/* A finger goes there in so many frames, one sample each. */
void screen_drag(struct screen *screen, double x0, double y0, double x1, double y1, int frames);
struct ui_scene_counts screen_counts(const struct screen *screen);

#endif
