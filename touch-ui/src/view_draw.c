/* Damage, and drawing what is damaged: each view that meets a damaged rectangle, back to front,
 * into the surface of its owner. Views stand on whole pixels there, so that lines and texts stay
 * sharp. */
#include "view_private.h"

#include <md/canvas.h>

#include "view_layer.h"
#include "window_private.h"

/* --- Damage ------------------------------------------------------------------------- */

static double area(struct md_rect rect)
{
	return rect.width * rect.height;
}

static bool holds(struct md_rect outer, struct md_rect inner)
{
	return md_rect_equal(md_rect_intersect(outer, inner), inner);
}

void ui_damage_add(struct damage *damage, struct md_rect rect)
{
	if (md_rect_is_empty(rect)) {
		return;
	}
	/* What it touches becomes one with it, again and again: rectangles never overlap. */
	for (int i = 0; i < damage->count; i++) {
		if (holds(damage->rects[i], rect)) {
			return;
		}
		if (md_rect_intersects(damage->rects[i], rect)) {
			rect = md_rect_union(damage->rects[i], rect);
			damage->rects[i] = damage->rects[--damage->count];
			i = -1;
		}
	}
	if (damage->count < UI_DAMAGE_RECTS) {
		damage->rects[damage->count++] = rect;
		return;
	}
	int best = 0;
	for (int i = 1; i < damage->count; i++) {
		if (area(md_rect_union(damage->rects[i], rect)) - area(damage->rects[i]) <
		    area(md_rect_union(damage->rects[best], rect)) - area(damage->rects[best])) {
			best = i;
		}
	}
	rect = md_rect_union(damage->rects[best], rect);
	damage->rects[best] = damage->rects[--damage->count];
	ui_damage_add(damage, rect);
}

/* What the view and all below it cover, in its own coordinates; without clipping a child may stand
 * out. */
struct md_rect ui_view_extent(const struct ui_view *view, bool with_layered)
{
	const struct view *part = view_part(view);
	struct md_rect extent = ui_view_bounds(view);
	if (part->clips || part->scrolls) {
		return extent;
	}
	for (size_t i = 0; i < part->children.count; i++) {
		struct ui_view *child = ui_view_child_at(part, i);
		const struct view *child_part = view_part(child);
		if (child_part->hidden || (child_part->layer != NULL && !with_layered)) {
			continue;
		}
		struct md_rect rect = ui_view_extent(child, with_layered);
		rect = md_affine_apply_rect(ui_view_to_parent(child, false), rect);
		extent = md_rect_union(extent, rect);
	}
	return extent;
}

void ui_view_damage(struct ui_view *view, struct md_rect rect)
{
	struct view *part = view_part(view);
	while (part->window != NULL && part->layer == NULL) {
		if (part->hidden || part->parent == NULL) {
			return;
		}
		if (part->clips) {
			rect = md_rect_intersect(rect, ui_view_bounds(view));
		}
		if (md_rect_is_empty(rect)) {
			return;
		}
		rect = md_rect_offset(rect, part->frame.x, part->frame.y);
		view = part->parent;
		part = view_part(view);
	}
	if (part->window != NULL) {
		rect = md_rect_offset(rect, -part->offset.x, -part->offset.y);
		ui_damage_add(&part->layer->damage, rect);
		ui_view_mark(view, UI_DIRTY_DRAW);
	}
}

void ui_view_damage_all(struct ui_view *view)
{
	if (view_part(view)->window != NULL) {
		ui_view_damage(view, ui_view_extent(view, false));
	}
}

void ui_view_damage_shape(struct ui_view *view)
{
	if (view_part(view)->layer == NULL) {
		ui_view_damage_all(view);
	}
}

void ui_view_damage_moved(struct ui_view *view, bool resized)
{
	if (view_part(view)->layer == NULL || resized) {
		ui_view_damage_all(view);
	}
	ui_view_mark(view,
		     UI_DIRTY_DRAW); /* another part of it, or of those below, may be visible */
}

/* --- Painting ----------------------------------------------------------------------- */

bool ui_view_paints(const struct ui_view *view)
{
	const struct view *part = view_part(view);
	return ui_view_background_color(view).a > 0 || part->border_width > 0 ||
	       ui_view_has_draw(view);
}

struct painter {
	struct md_canvas *canvas;
	double scale;
	int painted;
};

/* Draws the background of a flat view, or the border that comes after its children. */
static void fill(struct painter *painter, const struct ui_view *view, struct md_rect box)
{
	const struct view *part = view_part(view);
	struct md_color color = ui_view_background_color(view);
	if (color.a <= 0) {
		return;
	}
	if (part->corner_radius > 0) {
		md_canvas_fill_rounded_rect(painter->canvas, box, part->corner_radius, color);
	} else {
		md_canvas_fill_rect(painter->canvas, box, color);
	}
}

static void stroke(struct painter *painter, const struct ui_view *view, struct md_rect box)
{
	const struct view *part = view_part(view);
	if (part->border_width > 0) {
		md_canvas_stroke_rounded_rect(painter->canvas, box, part->corner_radius,
					      part->border_width,
					      ui_view_resolve_color(view, part->border_color));
	}
}

static void paint_children(struct painter *painter, struct ui_view *view, struct md_point origin,
			   struct md_rect dirty);

/* origin: the view's exact place in the owner; the canvas stands at that place, rounded. dirty: the
 * view's coordinates. */
static void paint(struct painter *painter, struct ui_view *view, struct md_point origin,
		  struct md_rect dirty)
{
	const struct view *part = view_part(view);
	struct md_rect exact = {origin.x, origin.y, part->frame.width, part->frame.height};
	struct md_rect box = md_rect_snap(exact, painter->scale);
	box.x = box.y = 0;
	painter->painted += ui_view_paints(view) ? 1 : 0;
	fill(painter, view, box);
	if (part->clips) {
		md_canvas_clip_rect(painter->canvas, box);
	}
	if (ui_view_has_draw(view)) {
		md_canvas_save(painter->canvas);
		ui_view_call_draw(view, painter->canvas, dirty);
		md_canvas_restore(painter->canvas);
	}
	paint_children(painter, view, origin, dirty);
	stroke(painter, view, box);
}

static void paint_children(struct painter *painter, struct ui_view *view, struct md_point origin,
			   struct md_rect dirty)
{
	const struct view *part = view_part(view);
	struct md_point base = {md_snap(origin.x, painter->scale),
				md_snap(origin.y, painter->scale)};
	for (size_t i = 0; i < part->children.count; i++) {
		struct ui_view *child = ui_view_child_at(part, i);
		const struct view *child_part = view_part(child);
		if (child_part->hidden || child_part->layer != NULL) {
			continue;
		}
		struct md_rect frame = child_part->frame;
		struct md_rect inner = md_rect_offset(dirty, -frame.x, -frame.y);
		inner = md_rect_intersect(inner, ui_view_extent(child, false));
		if (md_rect_is_empty(inner)) {
			continue;
		}
		struct md_point at = {origin.x + frame.x, origin.y + frame.y};
		md_canvas_save(painter->canvas);
		md_canvas_translate(painter->canvas, md_snap(at.x, painter->scale) - base.x,
				    md_snap(at.y, painter->scale) - base.y);
		paint(painter, child, at, inner);
		md_canvas_restore(painter->canvas);
	}
}

int ui_view_paint(struct ui_view *owner, struct md_canvas *canvas, struct md_rect rect)
{
	struct painter painter = {.canvas = canvas, .scale = ui_view_scale(owner)};
	struct view *part = view_part(owner);
	if (ui_view_has_draw(owner)) {
		painter.painted++;
		md_canvas_save(canvas);
		ui_view_call_draw(owner, canvas, rect);
		md_canvas_restore(canvas);
	}
	if (part->clips && part->corner_radius == 0) {
		struct md_rect box = {0, 0, part->frame.width, part->frame.height};
		md_canvas_clip_rect(canvas, box);
	}
	paint_children(&painter, owner, (struct md_point){0, 0}, rect);
	return painter.painted;
}
