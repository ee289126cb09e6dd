#include "pointer.h"

#include <math.h>

#include <md/canvas.h>
#include <os/memory.h>
#include <os/trace.h>

#include "compositor_private.h"

#define ARROW_WIDTH 16.0 /* points, with its rim */
#define ARROW_HEIGHT 24.0
#define TIP 2.0 /* from the picture's corner to the point that points */
#define KEY UINT64_MAX
#define SCROLL_MOST_PT 4000.0

/* --- The arrow -------------------------------------------------------------------------------- */

static struct md_path *outline(void)
{
	static const struct md_point s_points[] = {{0, 0},      {0, 16.2},    {3.9, 12.6}, {6.5, 18.6},
						   {9.1, 17.5}, {6.6, 11.7}, {11.7, 11.5}};
	struct md_path *path = md_path_create();
	md_path_move_to(path, TIP, TIP);
	for (size_t i = 1; i < OS_ARRAY_LEN(s_points); i++) {
		md_path_line_to(path, TIP + s_points[i].x, TIP + s_points[i].y);
	}
	md_path_close(path);
	return path;
}

static void free_pixels(void *pixels)
{
	os_free(pixels);
}

/* Dark with a light rim: it is seen on everything. */
static struct md_texture *draw_arrow(double scale)
{
	int width = (int)ceil(ARROW_WIDTH * scale), height = (int)ceil(ARROW_HEIGHT * scale);
	uint32_t *pixels = os_alloc_array((size_t)width * (size_t)height, sizeof(*pixels));
	struct md_canvas *canvas = md_canvas_create(pixels, width, height, width * 4, scale, false);
	struct md_path *path = outline();
	md_canvas_stroke_path(canvas, path, 2.6, (struct md_color){1, 1, 1, 1});
	md_canvas_fill_path(canvas, path, (struct md_color){0.08, 0.08, 0.09, 1});
	md_path_release(path);
	md_canvas_destroy(canvas);
	const struct md_pixels picture = {pixels, width, height, width * 4, false};
	return md_texture_create(picture, free_pixels, pixels);
}

void pointer_add(struct md_compositor *compositor, struct md_frame_list *list)
{
	struct pointer *pointer = &compositor->pointer;
	double scale = compositor->mode.scale;
	if (!pointer->shown) {
		return;
	}
	if (pointer->arrow == NULL || pointer->arrow_scale != scale) {
		md_texture_release(pointer->arrow);
		pointer->arrow = draw_arrow(scale);
		pointer->arrow_scale = scale;
	}
	int width, height;
	md_texture_size_px(pointer->arrow, &width, &height);
	struct md_frame_item *item = md_frame_list_add(list, MD_FRAME_TEXTURE);
	item->key = KEY;
	item->texture = md_texture_retain(pointer->arrow);
	item->source = (struct md_rect){0, 0, width, height};
	item->size = (struct md_size){width / scale, height / scale};
	item->to_px = md_affine_concat(
	    md_affine_translation(pointer->place.x - TIP, pointer->place.y - TIP), compositor->to_px);
	item->to_px.tx = md_snap(item->to_px.tx, 1);
	item->to_px.ty = md_snap(item->to_px.ty, 1);
}

/* --- Shown and hidden ------------------------------------------------------------------------- */

static void hide(struct md_compositor *compositor)
{
	if (compositor->pointer.shown) {
		compositor->pointer.shown = false;
		os_timer_cancel(compositor->pointer.rest);
		frame_clock_need(compositor);
	}
}

static void has_rested(void *context, int64_t now_us)
{
	hide(context);
}

void pointer_init(struct md_compositor *compositor)
{
	compositor->pointer.rest = os_timer_create(compositor->loop, OS_TIMER_DEVICE,
						   OS_LOOP_MODE_COMMON, has_rested, compositor);
}

void pointer_finish(struct md_compositor *compositor)
{
	compositor->pointer.rest = os_timer_release(compositor->pointer.rest);
	compositor->pointer.arrow = md_texture_release(compositor->pointer.arrow);
}

void pointer_finger_down(struct md_compositor *compositor, const struct os_touch_sample *sample)
{
	const struct pointer *pointer = &compositor->pointer;
	if (sample->x != pointer->panel_x || sample->y != pointer->panel_y) {
		hide(compositor);
	}
}

void pointer_picture_turned(struct md_compositor *compositor)
{
	const struct input_doors *doors = &compositor->input_doors;
	struct pointer *pointer = &compositor->pointer;
	const struct md_affine *to_px = &compositor->to_px;
	double width = compositor->mode.width_px, height = compositor->mode.height_px;
	pointer->place = input_to_screen(compositor, pointer->panel_x, pointer->panel_y);
	if (doors->touch == NULL || doors->board->touch->set_motion == NULL || width <= 0 ||
	    height <= 0) {
		return;
	}
	/* A step is a point of the screen as it is held. */
	const double matrix[4] = {to_px->a / width, to_px->c / width, to_px->b / height,
				  to_px->d / height};
	doors->board->touch->set_motion(doors->touch, matrix);
}

/* --- What it tells ---------------------------------------------------------------------------- */

static double scroll_pt(double clicks)
{
	double way = clicks * POINTER_CLICK_PT;
	return isfinite(way) ? OS_CLAMP(way, -SCROLL_MOST_PT, SCROLL_MOST_PT) : 0;
}

/* The wheel is the scene's that lies under the arrow, whoever has the keys. */
static void scroll(struct md_compositor *compositor, const struct os_pointer_sample *sample)
{
	struct md_point inside;
	struct scene *scene = hit_scene(compositor, compositor->pointer.place, &inside);
	if (scene == NULL || scene->client == NULL) {
		return;
	}
	struct os_message message;
	scene_begin_event(scene, MD_SCENE_SCROLL, &message);
	os_message_write_i64(&message, sample->time_us);
	os_message_write_double(&message, inside.x);
	os_message_write_double(&message, inside.y);
	os_message_write_double(&message, scroll_pt(sample->scroll_x));
	os_message_write_double(&message, scroll_pt(sample->scroll_y));
	scene_send(scene, &message);
	OS_TRACE_MARK("media", "scroll", scene->id);
}

void pointer_told(struct md_compositor *compositor, const struct os_pointer_sample *sample)
{
	struct pointer *pointer = &compositor->pointer;
	if (!isfinite(sample->x) || !isfinite(sample->y)) {
		return;
	}
	pointer->panel_x = OS_CLAMP(sample->x, 0.0, 1.0);
	pointer->panel_y = OS_CLAMP(sample->y, 0.0, 1.0);
	pointer->place = input_to_screen(compositor, pointer->panel_x, pointer->panel_y);
	pointer->shown = true;
	os_timer_set_after(pointer->rest, POINTER_RESTS_US);
	frame_clock_need(compositor);
	tools_note_activity(compositor);
	if (sample->scroll_x != 0 || sample->scroll_y != 0) {
		scroll(compositor, sample);
	}
}
