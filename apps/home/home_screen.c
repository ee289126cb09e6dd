#include "kiosk.h"

#define MARGIN 16.0
#define ROW_GAP 12.0
#define PILL_WIDTH 134.0
#define PILL_HEIGHT 5.0

struct screen {
	struct home *home; /* weak: outlives its screen */
	struct ui_view *wallpaper;
};

static const struct ui_view_class s_screen_class;

static struct screen *screen_of(const struct ui_view *view)
{
	return ui_view_state(view, &s_screen_class);
}

static void layout_grid(struct home *home, struct md_rect bounds)
{
	size_t count = home_app_count(home);
	if (count == 0 || home_app_at(home, 0)->view == NULL) {
		return;
	}
	struct md_size cell = ui_view_size_that_fits(home_app_at(home, 0)->view, (struct md_size){0, 0});
	double width = bounds.width - 2 * MARGIN;
	int columns = OS_MAX((int)(width / (cell.width + 16)), 1);
	double step = width / columns;
	bool rtl = ui_scene_appearance(home->scene)->rtl;
	for (size_t i = 0; i < count; i++) {
		int column = (int)i % columns, row = (int)i / columns;
		column = rtl ? columns - 1 - column : column;
		double x = MARGIN + column * step + (step - cell.width) / 2;
		double y = 16 + row * (cell.height + ROW_GAP);
		ui_view_set_frame(home_app_at(home, i)->view, (struct md_rect){md_snap(x, 1), y, cell.width, cell.height});
	}
}

static void screen_layout(struct ui_view *view, struct md_rect bounds)
{
	struct screen *screen = screen_of(view);
	struct home *home = screen->home;
	bool resized = ui_view_frame(screen->wallpaper).width != bounds.width ||
	               ui_view_frame(screen->wallpaper).height != bounds.height;
	ui_view_set_frame(screen->wallpaper, bounds);
	ui_view_set_frame(home->status, (struct md_rect){0, 0, bounds.width, HOME_STATUS_HEIGHT});
	struct md_rect grid = {0, HOME_STATUS_HEIGHT, bounds.width, bounds.height - HOME_STATUS_HEIGHT - HOME_EDGE};
	ui_view_set_frame(home->grid, grid);
	layout_grid(home, grid);
	ui_view_set_frame(home->pill, (struct md_rect){md_snap((bounds.width - PILL_WIDTH) / 2, 1),
	                                               bounds.height - 8 - PILL_HEIGHT, PILL_WIDTH, PILL_HEIGHT});
	kiosk_layout(home->kiosk, bounds);
	if (resized) {
		launch_screen_resized(home);
	}
}

static const struct ui_view_class s_screen_class = {
	.base = {.struct_size = sizeof(s_screen_class),
	         .name = "home-screen",
	         .size = sizeof(struct screen),
	         .super = &ui_view_class.base},
	.layout = screen_layout,
};

struct ui_view *home_screen_create(struct home *home)
{
	struct ui_view *view = ui_view_create_of_class(&s_screen_class);
	struct screen *screen = screen_of(view);
	screen->home = home;
	screen->wallpaper = wallpaper_create();
	ui_view_add(view, screen->wallpaper);
	home->grid = ui_view_create();
	ui_view_set_layered(home->grid, true);
	ui_view_add(view, home->grid);
	home->status = status_bar_create();
	ui_view_add(view, home->status);
	home->pill = ui_view_create();
	ui_view_set_background(home->pill, UI_COLOR_LABEL);
	ui_view_set_corner_radius(home->pill, PILL_HEIGHT / 2);
	ui_view_set_opacity(home->pill, 0.55);
	ui_view_set_layered(home->pill, true);
	ui_view_set_enabled(home->pill, false);
	ui_view_set_hidden(home->pill, true);
	ui_view_add(view, home->pill);
	home->screen = view;
	ui_view_add_gesture(view, swipe_create(home));
	return view;
}

static void did_tap(void *context, struct ui_view *icon)
{
	struct home_app *app = context;
	launch_tapped(app->home, app);
}

void home_screen_apps_changed(struct home *home)
{
	while (ui_view_child_count(home->grid) > 0) {
		ui_view_remove(ui_view_child(home->grid, 0));
	}
	for (size_t i = 0; i < home_app_count(home); i++) {
		struct home_app *app = home_app_at(home, i);
		app->view = icon_view_create(app);
		ui_control_add_action(app->view, UI_CONTROL_TAPPED, did_tap, app);
		ui_view_add(home->grid, app->view);
	}
	ui_view_set_needs_layout(home->screen);
}

struct md_rect home_screen_icon_rect(const struct home *home, const struct home_app *app)
{
	if (app->view != NULL) {
		return icon_view_picture_rect(app->view, home->screen);
	}
	struct md_rect bounds = ui_view_bounds(home->screen);
	return (struct md_rect){bounds.width / 2 - 30, bounds.height - 90, 60, 60};
}

void home_screen_set_app_in_front(struct home *home, bool in_front)
{
	status_bar_set_over_app(home->status, in_front);
	ui_view_set_hidden(home->pill, !in_front || kiosk_is_locked(home->kiosk));
}
