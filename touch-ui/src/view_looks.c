/* How views look, apart from what they draw: each setter marks what the compositor or the
 * ancestor's pixels have to be told. */
#include "view_private.h"

#include "view_layer.h"
#include "window_private.h"

/* What has changed is seen in the view's own rectangle, by pixels or by the compositor. */
static void look_changed(struct ui_view *view)
{
	ui_view_mark(view, UI_DIRTY_LAYER);
	ui_view_damage(view, ui_view_bounds(view));
}

void ui_view_set_background(struct ui_view *view, enum ui_color color)
{
	struct view *part = view_part(view);
	if (part->background == color && !part->has_background_rgb) {
		return;
	}
	ui_animation_will_change(view, MD_LAYER_BACKGROUND);
	part->background = color;
	part->has_background_rgb = false;
	look_changed(view);
}

void ui_view_set_background_rgb(struct ui_view *view, struct md_color color)
{
	struct view *part = view_part(view);
	if (part->has_background_rgb && md_color_equal(part->background_rgb, color)) {
		return;
	}
	ui_animation_will_change(view, MD_LAYER_BACKGROUND);
	part->has_background_rgb = true;
	part->background_rgb = color;
	look_changed(view);
}

struct md_color ui_view_background_color(const struct ui_view *view)
{
	const struct view *part = view_part(view);
	if (part->has_background_rgb) {
		return part->background_rgb;
	}
	return ui_view_resolve_color(view, part->background);
}

void ui_view_set_corner_radius(struct ui_view *view, double radius)
{
	struct view *part = view_part(view);
	if (part->corner_radius != radius) {
		ui_animation_will_change(view, MD_LAYER_CORNER_RADIUS);
		part->corner_radius = radius;
		look_changed(view);
	}
}

void ui_view_set_border(struct ui_view *view, double width, enum ui_color color)
{
	struct view *part = view_part(view);
	if (part->border_width != width || part->border_color != color) {
		part->border_width = width;
		part->border_color = color;
		look_changed(view);
	}
}

void ui_view_set_shadow(struct ui_view *view, bool floating)
{
	struct view *part = view_part(view);
	if (part->shadow != floating) {
		part->shadow = floating;
		ui_view_mark(view, UI_DIRTY_LAYER);
	}
}

void ui_view_set_opacity(struct ui_view *view, double opacity)
{
	struct view *part = view_part(view);
	if (part->opacity != opacity) {
		ui_animation_will_change(view, MD_LAYER_OPACITY);
		part->opacity = opacity;
		ui_view_mark(view, UI_DIRTY_LAYER);
	}
}

double ui_view_opacity(const struct ui_view *view)
{
	return view_part(view)->opacity;
}

void ui_view_set_hidden(struct ui_view *view, bool hidden)
{
	struct view *part = view_part(view);
	if (part->hidden == hidden) {
		return;
	}
	ui_view_damage_shape(view); /* before and after: what is hidden has no shape */
	part->hidden = hidden;
	ui_view_damage_shape(view);
	ui_view_mark(view, UI_DIRTY_LAYER | UI_DIRTY_DRAW);
	if (part->parent != NULL) {
		ui_view_children_changed(part->parent);
	}
}

bool ui_view_is_hidden(const struct ui_view *view)
{
	return view_part(view)->hidden;
}

void ui_view_set_clips(struct ui_view *view, bool clips)
{
	struct view *part = view_part(view);
	if (part->clips != clips) {
		ui_view_damage_all(view);
		part->clips = clips;
		ui_view_damage_all(view);
		ui_view_mark(view, UI_DIRTY_LAYER);
	}
}

void ui_view_set_layered(struct ui_view *view, bool layered)
{
	struct view *part = view_part(view);
	if (part->layered != layered) {
		part->layered = layered;
		ui_view_mark(view, UI_DIRTY_LAYER);
	}
}

void ui_view_set_opaque(struct ui_view *view, bool opaque)
{
	struct view *part = view_part(view);
	if (part->opaque != opaque) {
		part->opaque = opaque;
		look_changed(view);
	}
}

void ui_view_set_backdrop_blur(struct ui_view *view, double radius)
{
	struct view *part = view_part(view);
	if (part->backdrop_blur != radius) {
		part->backdrop_blur = radius;
		ui_view_mark(view, UI_DIRTY_LAYER);
	}
}

void ui_view_set_dim(struct ui_view *view, double dim)
{
	struct view *part = view_part(view);
	if (part->dim != dim) {
		ui_animation_will_change(view, MD_LAYER_DIM);
		part->dim = dim;
		ui_view_mark(view, UI_DIRTY_LAYER);
	}
}

void ui_view_set_secure(struct ui_view *view, bool secure)
{
	struct view *part = view_part(view);
	if (part->secure != secure) {
		part->secure = secure;
		ui_view_mark(view, UI_DIRTY_LAYER);
	}
}

static void set_host(struct ui_view *view, uint64_t token, bool interactive, bool snapshot)
{
	struct view *part = view_part(view);
	part->host = token;
	part->host_is_interactive = interactive;
	part->host_is_snapshot = snapshot;
	ui_view_mark(view, UI_DIRTY_LAYER);
}

void ui_view_set_host(struct ui_view *view, uint64_t token, bool interactive)
{
	set_host(view, token, interactive, false);
}

void ui_view_set_host_snapshot(struct ui_view *view, uint64_t token)
{
	set_host(view, token, false, true);
}

/* --- Colours ------------------------------------------------------------------------ */

static void tint_changed(struct ui_view *view)
{
	struct view *part = view_part(view);
	look_changed(view);
	for (size_t i = 0; i < part->children.count; i++) {
		struct ui_view *child = ui_view_child_at(part, i);
		if (view_part(child)->tint == UI_COLOR_NONE) {
			tint_changed(child);
		}
	}
}

void ui_view_set_tint(struct ui_view *view, enum ui_color color)
{
	struct view *part = view_part(view);
	if (part->tint != color) {
		part->tint = color;
		tint_changed(view);
	}
}

const struct ui_appearance *ui_view_appearance(const struct ui_view *view)
{
	static const struct ui_appearance s_plain = {.text_size = 3, .scale = 1};
	const struct view *part = view_part(view);
	return part->window != NULL ? ui_window_appearance(part->window) : &s_plain;
}

struct md_color ui_view_resolve_color(const struct ui_view *view, enum ui_color color)
{
	const struct ui_view *at = view;
	while (color == UI_COLOR_TINT && at != NULL) {
		const struct view *part = view_part(at);
		if (part->tint != UI_COLOR_NONE) {
			color = part->tint;
			break;
		}
		at = part->parent;
	}
	return ui_color_value(color, ui_view_appearance(view));
}
