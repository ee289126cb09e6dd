/* Contents: the surfaces of views that have layers.
 *
 * Nothing is kept for what paints nothing (plain colours, borders and corners are the
 * compositor's), nor for what is not visible. What is about as large as the screen is one surface;
 * what is longer is cut into strips, each a sublayer behind the others. */
#include "view_layer.h"

#include <math.h>
#include <md/scene.h>

#include "window_private.h"

#define STRIP 256.0 /* points */
#define LARGE 1.5   /* times the window: cut into strips */
#define WHOLE 0.5   /* share of the bounds from which on the whole view is one surface */

static double area(struct md_rect rect)
{
	return rect.width * rect.height;
}

static struct view_tile *tile_at(const struct view_layer *layer, size_t index)
{
	return os_array_at(&layer->tiles, index);
}

/* --- Which tiles there are ---------------------------------------------------------- */

static void drop_surface(struct view_layer *layer, struct view_tile *tile)
{
	if (tile->surface != NULL) {
		md_layer_set_surface(tile->layer != NULL ? tile->layer : layer->layer, NULL, NULL);
		tile->surface = md_surface_release(tile->surface);
	}
}

static void drop_tile(struct view_layer *layer, struct view_tile *tile)
{
	drop_surface(layer, tile);
	if (tile->layer != NULL) {
		md_layer_remove(tile->layer);
		tile->layer = md_layer_release(tile->layer);
	}
}

void ui_contents_drop(struct view_layer *layer)
{
	for (size_t i = 0; i < layer->tiles.count; i++) {
		drop_tile(layer, tile_at(layer, i));
	}
	os_array_clear(&layer->tiles);
	layer->cover = (struct md_rect){0, 0, 0, 0};
}

static struct md_rect own_box(const struct view_layer *layer)
{
	struct md_rect frame = ui_view_frame(layer->view);
	return (struct md_rect){0, 0, frame.width, frame.height};
}

/* The rectangle that needs pixels. A bit of text on a large plain page needs no page of pixels. */
static struct md_rect cover_for(const struct view_layer *layer)
{
	if (md_rect_is_empty(layer->paint)) {
		return (struct md_rect){0, 0, 0, 0};
	}
	struct md_rect box = own_box(layer);
	struct md_rect both = md_rect_union(box, layer->paint);
	if (view_part(layer->view)->clips) {
		both = box;
	}
	struct md_rect paint = md_rect_intersect(layer->paint, both);
	if (md_rect_equal(both, box) && area(paint) >= WHOLE * area(box)) {
		return box;
	}
	struct md_rect old = layer->cover;
	if (md_rect_equal(md_rect_intersect(old, paint), paint) && area(old) <= 2 * area(paint) &&
	    !md_rect_equal(old, box)) {
		return old;
	}
	return md_rect_snap_out(paint, ui_view_scale(layer->view));
}

static bool is_large(const struct view_layer *layer, struct md_rect cover)
{
	struct md_size screen = ui_window_size(view_part(layer->view)->window);
	return area(cover) > LARGE * screen.width * screen.height;
}

static void add_tile(struct view_layer *layer, struct os_array *old, struct md_rect rect, bool own)
{
	struct view_tile *tile = os_array_append(&layer->tiles);
	for (size_t i = 0; i < old->count; i++) {
		struct view_tile *before = os_array_at(old, i);
		if (md_rect_equal(before->rect, rect) && (before->layer == NULL) == own) {
			*tile = *before;
			os_array_remove(old, i, 1);
			return;
		}
	}
	tile->rect = rect;
	if (own) {
		return;
	}
	tile->layer = md_layer_create(ui_window_md(view_part(layer->view)->window));
	md_layer_set_frame(tile->layer, rect);
	md_layer_insert(layer->layer, tile->layer, (int)layer->tiles.count - 1);
}

void ui_contents_retile(struct view_layer *layer)
{
	struct md_rect cover = cover_for(layer);
	struct md_color background = ui_view_background_color(layer->view);
	const struct view *part = view_part(layer->view);
	bool opaque = part->opaque || (background.a >= 1 && part->corner_radius == 0);
	if (opaque != layer->opaque) {
		ui_contents_drop(layer);
		layer->opaque = opaque;
	}
	if (md_rect_equal(cover, layer->cover)) {
		return;
	}
	struct os_array old = layer->tiles;
	os_array_init(&layer->tiles, sizeof(struct view_tile));
	bool own = md_rect_equal(cover, own_box(layer)) && !is_large(layer, cover);
	double scale = ui_view_scale(layer->view);
	double step = is_large(layer, cover) ? floor(STRIP * scale) / scale : cover.height;
	for (double y = 0; y < cover.height; y += step) {
		struct md_rect rect = {cover.x, cover.y + y, cover.width,
				       OS_MIN(step, cover.height - y)};
		add_tile(layer, &old, rect, own);
	}
	for (size_t i = 0; i < old.count; i++) {
		drop_tile(layer, os_array_at(&old, i));
	}
	os_array_finish(&old);
	layer->cover = cover;
	ui_view_mark(layer->view, UI_DIRTY_DRAW);
}

/* --- Drawing them ------------------------------------------------------------------- */

static int pixels(double length, double scale)
{
	return (int)OS_MAX(ceil(length * scale - 1e-6), 1);
}

static bool make_surface(struct view_layer *layer, struct view_tile *tile)
{
	struct ui_window *window = view_part(layer->view)->window;
	double scale = ui_view_scale(layer->view);
	tile->surface = md_surface_create(ui_window_md(window), pixels(tile->rect.width, scale),
					  pixels(tile->rect.height, scale), layer->opaque);
	return tile->surface != NULL;
}

static void paint_rect(struct view_layer *layer, struct md_canvas *canvas, struct md_rect rect)
{
	struct ui_window *window = view_part(layer->view)->window;
	md_canvas_save(canvas);
	md_canvas_clip_rect(canvas, rect);
	if (layer->opaque) {
		struct md_color color = ui_view_background_color(layer->view);
		md_canvas_fill_rect(canvas, rect, md_color_with_alpha(color, 1));
	} else {
		md_canvas_clear(canvas, rect);
	}
	ui_window_counts(window)->views_drawn += (uint64_t)ui_view_paint(layer->view, canvas, rect);
	md_canvas_restore(canvas);
}

/* Draws one rectangle of a tile, in the owner's coordinates. False if it cannot be drawn into
 * now. */
static bool draw_rect(struct view_layer *layer, struct view_tile *tile, struct md_rect rect)
{
	double scale = ui_view_scale(layer->view);
	struct md_rect inner = md_rect_offset(rect, -tile->rect.x, -tile->rect.y);
	struct md_canvas *canvas = md_surface_begin(tile->surface, inner);
	if (canvas == NULL) {
		return false;
	}
	md_canvas_save(canvas);
	md_canvas_translate(canvas, -tile->rect.x, -tile->rect.y);
	paint_rect(layer, canvas, rect);
	md_canvas_restore(canvas);
	md_surface_end(tile->surface);
	struct md_rect px = {inner.x * scale, inner.y * scale, inner.width * scale,
			     inner.height * scale};
	px = md_rect_snap(px, 1);
	md_layer_set_surface(tile->layer != NULL ? tile->layer : layer->layer, tile->surface, &px);
	return true;
}

/* Draws the damage that lies in a tile, rectangle by rectangle, so that nothing between is
 * drawn. */
static bool draw_tile(struct view_layer *layer, struct view_tile *tile, const struct damage *damage)
{
	double scale = ui_view_scale(layer->view);
	for (int i = 0; i < damage->count; i++) {
		struct md_rect rect = md_rect_snap_out(damage->rects[i], scale);
		rect = md_rect_intersect(rect, tile->rect);
		if (!md_rect_is_empty(rect) && !draw_rect(layer, tile, rect)) {
			return false;
		}
	}
	return true;
}

/* Brings the tiles up to date. False if something must be tried again. */
static bool draw_layer(struct view_layer *layer, struct md_rect visible)
{
	bool done = true;
	struct damage damage = layer->damage;
	layer->damage.count = 0;
	for (size_t i = 0; i < layer->tiles.count; i++) {
		struct view_tile *tile = tile_at(layer, i);
		if (!md_rect_intersects(tile->rect, visible)) {
			drop_surface(layer, tile);
			continue;
		}
		const struct damage whole = {.rects = {tile->rect}, .count = 1};
		bool is_new = tile->surface == NULL;
		if (is_new && !make_surface(layer, tile)) {
			done = false;
			ui_window_lacks_surfaces(view_part(layer->view)->window);
			continue;
		}
		if (draw_tile(layer, tile, is_new ? &whole : &damage)) {
			continue;
		}
		done = false;
		ui_window_stalls(view_part(layer->view)->window);
		if (is_new) {
			tile->surface = md_surface_release(tile->surface);
		}
		layer->damage = damage; /* tiles that were drawn are drawn again: rare, and right */
	}
	ui_layer_push_background(layer);
	return done;
}

static const unsigned s_draw_below = UI_DIRTY_DRAW << UI_DIRTY_BELOW;

static void draw(struct ui_view *view, struct md_rect visible, bool force);

/* All marks below are taken away; those with layers are visited too when force asks for it. */
static void draw_children(struct view *part, struct md_rect visible, bool force)
{
	for (size_t i = 0; i < part->children.count; i++) {
		struct ui_view *child = ui_view_child_at(part, i);
		struct view *child_part = view_part(child);
		bool marked = (child_part->dirty & (UI_DIRTY_DRAW | s_draw_below)) != 0;
		if (marked || (force && (child_part->layer != NULL || child_part->layered_below))) {
			draw(child,
			     md_rect_offset(visible, child_part->offset.x - child_part->frame.x,
					    child_part->offset.y - child_part->frame.y),
			     force);
		}
	}
}

static void draw(struct ui_view *view, struct md_rect visible, bool force)
{
	struct view *part = view_part(view);
	unsigned dirty = part->dirty;
	part->dirty &= ~(UI_DIRTY_DRAW | s_draw_below);
	force |= (dirty & UI_DIRTY_DRAW) != 0;
	if (part->hidden) {
		visible = (struct md_rect){0, 0, 0, 0};
	} else if (part->animation_count > 0 || !md_transform_is_identity(part->transform)) {
		visible = UI_EVERYWHERE; /* where it is on the screen is not worth finding out */
	}
	if (part->clips || part->scrolls) {
		visible = md_rect_intersect(visible, ui_view_bounds(view));
	}
	struct md_rect in_owner = md_rect_offset(visible, -part->offset.x, -part->offset.y);
	if (part->layer != NULL && force && !draw_layer(part->layer, in_owner)) {
		ui_view_mark(view, UI_DIRTY_DRAW);
	}
	if ((dirty & s_draw_below) != 0 || (force && part->layered_below)) {
		draw_children(part, visible, force);
	}
}

void ui_layers_draw(struct ui_view *root)
{
	draw(root, ui_view_bounds(root), false);
}

void ui_layers_drop_surfaces(struct ui_view *view)
{
	struct view *part = view_part(view);
	if (part->layer != NULL) {
		ui_contents_drop(part->layer);
	}
	ui_view_mark(view, UI_DIRTY_LAYER | UI_DIRTY_DRAW);
	for (size_t i = 0; i < part->children.count; i++) {
		ui_layers_drop_surfaces(ui_view_child_at(part, i));
	}
}
