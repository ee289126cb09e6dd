/* A layer's properties: each setter compares, stores, and marks what is to be sent. */
#include "layer_private.h"

#include "layer_ops.h"

void md_layer_set_frame(struct md_layer *layer, struct md_rect frame)
{
	if (!md_rect_equal(layer->model.frame, frame)) {
		layer->model.frame = frame;
		md_layer_touch(layer, MD_DIRTY_FRAME);
	}
}

struct md_rect md_layer_frame(const struct md_layer *layer)
{
	return layer->model.frame;
}

static bool transform_equal(struct md_transform a, struct md_transform b)
{
	return a.translate_x == b.translate_x && a.translate_y == b.translate_y &&
	       a.scale_x == b.scale_x && a.scale_y == b.scale_y && a.rotation_rad == b.rotation_rad;
}

void md_layer_set_transform(struct md_layer *layer, struct md_transform transform)
{
	if (!transform_equal(layer->model.transform, transform)) {
		layer->model.transform = transform;
		md_layer_touch(layer, MD_DIRTY_TRANSFORM);
	}
}

struct md_transform md_layer_transform(const struct md_layer *layer)
{
	return layer->model.transform;
}

void md_layer_set_offset(struct md_layer *layer, struct md_point offset)
{
	if (layer->model.offset.x != offset.x || layer->model.offset.y != offset.y) {
		layer->model.offset = offset;
		md_layer_touch(layer, MD_DIRTY_OFFSET);
	}
}

struct md_point md_layer_offset(const struct md_layer *layer)
{
	return layer->model.offset;
}

void md_layer_set_opacity(struct md_layer *layer, double opacity)
{
	opacity = OS_CLAMP(opacity, 0.0, 1.0);
	if (layer->model.opacity != opacity) {
		layer->model.opacity = opacity;
		md_layer_touch(layer, MD_DIRTY_OPACITY);
	}
}

double md_layer_opacity(const struct md_layer *layer)
{
	return layer->model.opacity;
}

static void set_flag(struct md_layer *layer, uint32_t flag, bool on)
{
	uint32_t flags = on ? layer->flags | flag : layer->flags & ~flag;
	if (flags != layer->flags) {
		layer->flags = flags;
		md_layer_touch(layer, MD_DIRTY_FLAGS);
	}
}

void md_layer_set_hidden(struct md_layer *layer, bool hidden)
{
	set_flag(layer, MD_LAYER_HIDDEN, hidden);
}

void md_layer_set_clips(struct md_layer *layer, bool clips)
{
	set_flag(layer, MD_LAYER_CLIPS, clips);
}

void md_layer_set_secure(struct md_layer *layer, bool secure)
{
	set_flag(layer, MD_LAYER_SECURE, secure);
}

void md_layer_set_background(struct md_layer *layer, struct md_color color)
{
	if (!md_color_equal(layer->model.background, color)) {
		layer->model.background = color;
		md_layer_touch(layer, MD_DIRTY_BACKGROUND);
	}
}

void md_layer_set_corner_radius(struct md_layer *layer, double radius)
{
	if (layer->model.corner_radius != radius) {
		layer->model.corner_radius = radius;
		md_layer_touch(layer, MD_DIRTY_CORNER);
	}
}

void md_layer_set_border(struct md_layer *layer, double width, struct md_color color)
{
	if (layer->border_width != width || !md_color_equal(layer->border_color, color)) {
		layer->border_width = width;
		layer->border_color = color;
		md_layer_touch(layer, MD_DIRTY_BORDER);
	}
}

void md_layer_set_shadow(struct md_layer *layer, struct md_shadow shadow)
{
	if (layer->shadow_blur != shadow.blur || layer->shadow_y != shadow.y ||
	    layer->model.shadow_opacity != shadow.opacity) {
		layer->shadow_blur = shadow.blur;
		layer->shadow_y = shadow.y;
		layer->model.shadow_opacity = shadow.opacity;
		md_layer_touch(layer, MD_DIRTY_SHADOW);
	}
}

void md_layer_set_dim(struct md_layer *layer, double dim)
{
	if (layer->model.dim != dim) {
		layer->model.dim = dim;
		md_layer_touch(layer, MD_DIRTY_DIM);
	}
}

void md_layer_set_backdrop_blur(struct md_layer *layer, double radius)
{
	if (layer->backdrop_blur != radius) {
		layer->backdrop_blur = radius;
		md_layer_touch(layer, MD_DIRTY_BLUR);
	}
}

void md_layer_set_content_mode(struct md_layer *layer, enum md_content_mode mode)
{
	if (layer->content_mode != mode) {
		layer->content_mode = mode;
		md_layer_touch(layer, MD_DIRTY_CONTENT_MODE);
	}
}

void md_layer_set_surface(struct md_layer *layer, struct md_surface *surface,
			  const struct md_rect *damage_px)
{
	struct md_rect whole = {0};
	if (surface != NULL) {
		int width, height;
		md_surface_size_px(surface, &width, &height);
		whole = (struct md_rect){0, 0, width, height};
	}
	bool same = layer->surface == surface;
	if (same && surface == NULL) {
		return;
	}
	struct md_rect damage = same && damage_px != NULL ? *damage_px : whole;
	layer->surface_damage = same ? md_rect_union(layer->surface_damage, damage) : whole;
	if (!same) {
		md_surface_retain(surface);
		md_surface_release(layer->surface);
		layer->surface = surface;
	}
	md_layer_touch(layer, MD_DIRTY_SURFACE);
}

static void set_host(struct md_layer *layer, uint64_t token, bool interactive, bool snapshot)
{
	if (layer->host != token || layer->host_interactive != interactive ||
	    layer->host_snapshot != snapshot) {
		layer->host = token;
		layer->host_interactive = interactive;
		layer->host_snapshot = snapshot;
		md_layer_touch(layer, MD_DIRTY_HOST);
	}
}

void md_layer_set_host(struct md_layer *layer, uint64_t token, bool interactive)
{
	set_host(layer, token, interactive, false);
}

void md_layer_set_host_snapshot(struct md_layer *layer, uint64_t token)
{
	set_host(layer, token, false, true);
}
