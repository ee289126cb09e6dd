/* Where views are: frames, transforms, offsets, and the way from one view's coordinates to
 * another's. A view's own coordinates begin at its content offset; its parent sees
 * frame.origin + transform(point - offset), the transform being about the middle of the frame. */
#include "view_private.h"

#include "view_layer.h"
#include "window_private.h"

double ui_view_scale(const struct ui_view *view)
{
	return ui_view_appearance(view)->scale;
}

/* --- Frame -------------------------------------------------------------------------- */

void ui_view_set_frame(struct ui_view *view, struct md_rect frame)
{
	struct view *part = view_part(view);
	if (md_rect_equal(part->frame, frame)) {
		return;
	}
	struct md_rect old = part->frame;
	bool resized = old.width != frame.width || old.height != frame.height;
	if (old.x != frame.x || old.y != frame.y) {
		ui_animation_will_change(view, MD_LAYER_POSITION);
	}
	if (resized) {
		ui_animation_will_change(view, MD_LAYER_SIZE);
	}
	ui_view_damage_shape(view);
	part->frame = frame;
	if (resized) {
		ui_view_mark(view, UI_DIRTY_LAYOUT);
	}
	ui_view_damage_moved(view, resized);
	ui_view_mark(view, UI_DIRTY_LAYER);
}

struct md_rect ui_view_frame(const struct ui_view *view)
{
	return view_part(view)->frame;
}

struct md_rect ui_view_bounds(const struct ui_view *view)
{
	const struct view *part = view_part(view);
	return (struct md_rect){part->offset.x, part->offset.y, part->frame.width,
				part->frame.height};
}

static bool same_transform(struct md_transform a, struct md_transform b)
{
	return a.translate_x == b.translate_x && a.translate_y == b.translate_y &&
	       a.scale_x == b.scale_x && a.scale_y == b.scale_y &&
	       a.rotation_rad == b.rotation_rad;
}

void ui_view_set_transform(struct ui_view *view, struct md_transform transform)
{
	struct view *part = view_part(view);
	struct md_transform old = part->transform;
	if (same_transform(old, transform)) {
		return;
	}
	if (old.translate_x != transform.translate_x || old.translate_y != transform.translate_y) {
		ui_animation_will_change(view, MD_LAYER_TRANSLATION);
	}
	if (old.scale_x != transform.scale_x || old.scale_y != transform.scale_y) {
		ui_animation_will_change(view, MD_LAYER_SCALE);
	}
	if (old.rotation_rad != transform.rotation_rad) {
		ui_animation_will_change(view, MD_LAYER_ROTATION);
	}
	part->transform = transform;
	ui_view_mark(view, UI_DIRTY_LAYER | UI_DIRTY_DRAW);
}

struct md_transform ui_view_transform(const struct ui_view *view)
{
	return view_part(view)->transform;
}

void ui_view_set_content_offset(struct ui_view *view, struct md_point offset)
{
	struct view *part = view_part(view);
	if (part->scrolls && part->offset.x == offset.x && part->offset.y == offset.y) {
		return;
	}
	ui_animation_will_change(view, MD_LAYER_OFFSET);
	if (!part->scrolls) {
		part->scrolls = true;
		for (size_t i = 0; i < part->children.count; i++) {
			ui_view_mark(ui_view_child_at(part, i), UI_DIRTY_LAYER);
		}
	}
	part->offset = offset;
	ui_view_mark(view, UI_DIRTY_LAYER | UI_DIRTY_DRAW);
}

struct md_point ui_view_content_offset(const struct ui_view *view)
{
	return view_part(view)->offset;
}

/* --- From view to view -------------------------------------------------------------- */

struct md_affine ui_view_to_parent(const struct ui_view *view, bool presented)
{
	const struct view *part = view_part(view);
	struct md_rect frame = part->frame;
	struct md_transform transform = part->transform;
	struct md_point offset = part->offset;
	if (presented && part->layer != NULL && part->animation_count > 0) {
		ui_view_presentation(view, &frame, &transform, &offset);
	}
	struct md_affine affine = md_affine_translation(-offset.x, -offset.y);
	if (!md_transform_is_identity(transform)) {
		struct md_point center = {frame.width / 2, frame.height / 2};
		affine = md_affine_concat(affine, md_affine_from_transform(transform, center));
	}
	return md_affine_concat(affine, md_affine_translation(frame.x, frame.y));
}

static struct md_affine to_root(const struct ui_view *view)
{
	struct md_affine affine = MD_AFFINE_IDENTITY;
	for (; view != NULL; view = ui_view_parent(view)) {
		affine = md_affine_concat(affine, ui_view_to_parent(view, true));
	}
	return affine;
}

static struct md_affine between(const struct ui_view *from, const struct ui_view *to)
{
	struct md_affine back;
	/* What is flat has no inside: its points are taken for the window's. */
	if (!md_affine_invert(to_root(to), &back)) {
		back = MD_AFFINE_IDENTITY;
	}
	return md_affine_concat(to_root(from), back);
}

struct md_point ui_view_convert(const struct ui_view *from, struct md_point point,
				const struct ui_view *to)
{
	return from == to ? point : md_affine_apply(between(from, to), point);
}

struct md_rect ui_view_convert_rect(const struct ui_view *from, struct md_rect rect,
				    const struct ui_view *to)
{
	return from == to ? rect : md_affine_apply_rect(between(from, to), rect);
}

/* --- Safe area ---------------------------------------------------------------------- */

static struct md_insets add_insets(struct md_insets a, struct md_insets b)
{
	return (struct md_insets){a.top + b.top, a.left + b.left, a.bottom + b.bottom,
				  a.right + b.right};
}

struct md_insets ui_view_safe_area(const struct ui_view *view)
{
	const struct view *part = view_part(view);
	if (part->parent == NULL) {
		struct md_insets own = part->window != NULL ? ui_window_safe_area(part->window)
							    : (struct md_insets){0};
		return add_insets(own, part->extra_safe_area);
	}
	const struct view *parent = view_part(part->parent);
	struct md_insets outer = ui_view_safe_area(part->parent);
	struct md_rect frame = md_rect_offset(part->frame, -parent->offset.x, -parent->offset.y);
	double right = parent->frame.width - (frame.x + frame.width);
	double bottom = parent->frame.height - (frame.y + frame.height);
	struct md_insets left_over = {
	    OS_MAX(outer.top - frame.y, 0),
	    OS_MAX(outer.left - frame.x, 0),
	    OS_MAX(outer.bottom - bottom, 0),
	    OS_MAX(outer.right - right, 0),
	};
	return add_insets(left_over, part->extra_safe_area);
}

static void relayout_all(struct ui_view *view)
{
	struct view *part = view_part(view);
	ui_view_mark(view, UI_DIRTY_LAYOUT);
	for (size_t i = 0; i < part->children.count; i++) {
		relayout_all(ui_view_child_at(part, i));
	}
}

void ui_view_safe_area_changed(struct ui_view *view)
{
	relayout_all(view);
}

void ui_view_set_additional_safe_area(struct ui_view *view, struct md_insets insets)
{
	struct view *part = view_part(view);
	struct md_insets old = part->extra_safe_area;
	if (old.top == insets.top && old.left == insets.left && old.bottom == insets.bottom &&
	    old.right == insets.right) {
		return;
	}
	part->extra_safe_area = insets;
	relayout_all(view);
}
