#include "screen.h"

#include <assert.h>
#include <os/port.h>

void screen_begin_mode(struct screen *screen, struct os_display_mode mode)
{
	memset(screen, 0, sizeof(*screen));
	screen->objects_before = os_object_live_total();
	stage_init_mode(&screen->stage, 1, mode);
	int fds[2];
	int result = os_port_pair(fds);
	assert(result == 0);
	struct os_peer peer = {.client = 77, .pid = 1, .role = "app", .app = "org.strata.test"};
	md_compositor_add_client(screen->stage.compositor, fds[1], 0, &peer);
	screen->client = md_display_client_create_with_fd(screen->stage.loop, fds[0]);
	screen->scene = ui_scene_create(screen->client, MD_SCENE_APP);
	screen_step(screen, 3);
}

void screen_begin(struct screen *screen)
{
	screen_begin_mode(screen, (struct os_display_mode){480, 800, 1, 60000, false});
}

void screen_end(struct screen *screen)
{
	screen->scene = ui_scene_release(screen->scene);
	md_display_client_release(screen->client);
	stage_finish(&screen->stage);
	if (os_object_live_total() != screen->objects_before) {
		os_object_dump_live();
	}
	assert_int_equal(os_object_live_total(), screen->objects_before);
	os_clock_run();
}

void screen_show(struct screen *screen, struct ui_view *view)
{
	ui_scene_set_root(screen->scene, ui_view_controller_create_with_view(view, "test"));
	screen_step(screen, 3);
}

void screen_step(struct screen *screen, int frames)
{
	stage_step_frames(&screen->stage, frames);
}

uint32_t screen_pixel(const struct screen *screen, int x, int y)
{
	return fake_board_pixel(screen->stage.board, x, y);
}

void screen_touch(struct screen *screen, enum os_touch_phase phase, double x, double y)
{
	struct md_size size = ui_scene_size(screen->scene);
	fake_board_touch(screen->stage.board, phase, 0, x / size.width, y / size.height);
}

void screen_tap(struct screen *screen, double x, double y)
{
	screen_touch(screen, OS_TOUCH_DOWN, x, y);
	screen_step(screen, 3);
	screen_touch(screen, OS_TOUCH_UP, x, y);
	screen_step(screen, 3);
}

void screen_drag(struct screen *screen, double x0, double y0, double x1, double y1, int frames)
{
	screen_touch(screen, OS_TOUCH_DOWN, x0, y0);
	for (int i = 1; i <= frames; i++) {
		screen_step(screen, 1);
		double along = (double)i / frames;
		screen_touch(screen, OS_TOUCH_MOVE, x0 + along * (x1 - x0), y0 + along * (y1 - y0));
	}
	screen_touch(screen, OS_TOUCH_UP, x1, y1);
	screen_step(screen, 1);
}

struct ui_scene_counts screen_counts(const struct screen *screen)
{
	return ui_scene_counts(screen->scene);
}
