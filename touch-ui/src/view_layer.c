/* Who has a layer, and the compositor's tree.
 *
 * A view has a layer of its own if it is the window's root, a scroller or a scroller's child, was
 * asked to have one (bars, cells, hosts), is a screen's, is large and plain, is composited
 * specially, moves, clips something that has one, or lies over a sibling's. Others are flat: their
 * owner, the nearest ancestor with a layer, is drawn with them. The walk follows the marks; an
 * owner that is marked goes through all its flat views. */
#include "view_layer.h"

#include <md/scene.h>
#include <os/memory.h>

#include "window_private.h"

#define SHADOW ((struct md_shadow){24, 8, 0.18}) /* FEEL.md's one shadow */
#define OVER_RECTS 12
#define LARGE 0.25 /* of the window */

static const unsigned s_marks = UI_DIRTY_LAYER | UI_DIRTY_LAYER << UI_DIRTY_BELOW;

/* --- Decisions ---------------------------------------------------------------------- */

/* A large plain area is a colour of the compositor's: it is not worth pixels of its owner's. */
static bool is_large_and_plain(const struct ui_view *view)
{
	const struct view *part = view_part(view);
	struct md_size screen = ui_window_size(part->window);
	return part->frame.width * part->frame.height >= LARGE * screen.width * screen.height &&
	       !ui_view_has_draw(view) && ui_view_background_color(view).a > 0;
}

static bool is_special(const struct view *part)
{
	return part->layered || part->controller != NULL || part->scrolls || part->shadow ||
	       part->secure || part->host != 0 || part->opacity < 1 || part->dim > 0 ||
	       part->backdrop_blur > 0 || part->animation_count > 0 ||
	       !md_transform_is_identity(part->transform) ||
	       (part->clips && (part->corner_radius > 0 || part->layered_below));
}

static void decide(struct ui_view *view)
{
	struct view *part = view_part(view);
	if ((part->dirty & s_marks) == 0) {
		return;
	}
	part->layered_below = false;
	for (size_t i = 0; i < part->children.count; i++) {
		struct ui_view *child = ui_view_child_at(part, i);
		decide(child);
		const struct view *child_part = view_part(child);
		part->layered_below |= child_part->wants_layer || child_part->layered_below;
	}
	part->wants_layer = part->parent == NULL || view_part(part->parent)->scrolls ||
			    is_special(part) || is_large_and_plain(view);
}

/* --- Making and dropping ------------------------------------------------------------ */

static struct view_layer *layer_at(const struct view_layer *owner, size_t index)
{
	return os_array_ptr_at(&owner->below, index);
}

static void take_out(struct view_layer *layer)
{
	struct view_layer *owner = layer->owner;
	layer->owner = NULL;
	for (size_t i = 0; owner != NULL && i < owner->below.count; i++) {
		if (layer_at(owner, i) == layer) {
			os_array_remove(&owner->below, i, 1);
			return;
		}
	}
}

static struct view_layer *make_layer(struct ui_view *view)
{
	struct view *part = view_part(view);
	struct view_layer *layer = os_alloc(sizeof(*layer));
	layer->view = view;
	layer->layer = part->parent != NULL ? md_layer_create(ui_window_md(part->window))
					    : md_layer_retain(ui_window_root_layer(part->window));
	os_array_init(&layer->below, sizeof(struct view_layer *));
	os_array_init(&layer->tiles, sizeof(struct view_tile));
	md_layer_set_content_mode(layer->layer, MD_CONTENT_TOP_LEFT);
	part->layer = layer;
	return layer;
}

void ui_view_drop_layer(struct ui_view *view)
{
	struct view *part = view_part(view);
	struct view_layer *layer = part->layer;
	if (layer == NULL) {
		return;
	}
	part->layer = NULL;
	ui_contents_drop(layer);
	take_out(layer);
	for (size_t i = 0; i < layer->below.count; i++) {
		layer_at(layer, i)->owner = NULL;
	}
	if (part->parent != NULL) {
		md_layer_remove(layer->layer);
	}
	md_layer_release(layer->layer);
	os_array_finish(&layer->below);
	os_array_finish(&layer->tiles);
	os_free(layer);
}

static void drop_layers_below(struct ui_view *view)
{
	struct view *part = view_part(view);
	for (size_t i = 0; part->layered_below && i < part->children.count; i++) {
		struct ui_view *child = ui_view_child_at(part, i);
		ui_view_drop_layer(child);
		drop_layers_below(child);
		view_part(child)->dirty |= s_marks;
	}
}

/* --- Properties --------------------------------------------------------------------- */

/* A surface that is opaque and covers all needs no colour behind it. */
void ui_layer_push_background(struct view_layer *layer)
{
	bool hidden = false;
	if (layer->opaque && layer->tiles.count == 1) {
		const struct view_tile *tile = os_array_at(&layer->tiles, 0);
		hidden = tile->layer == NULL && tile->surface != NULL;
	}
	md_layer_set_background(layer->layer,
				hidden ? MD_COLOR_CLEAR : ui_view_background_color(layer->view));
}

static void push(struct view_layer *layer)
{
	const struct ui_view *view = layer->view;
	const struct view *part = view_part(view);
	struct md_layer *md = layer->layer;
	md_layer_set_transform(md, part->transform);
	md_layer_set_offset(md, part->offset);
	md_layer_set_opacity(md, part->opacity);
	md_layer_set_hidden(md, part->hidden);
	md_layer_set_corner_radius(md, part->corner_radius);
	md_layer_set_border(md, part->border_width,
			    ui_view_resolve_color(view, part->border_color));
	md_layer_set_clips(md, part->clips || part->scrolls);
	md_layer_set_shadow(md, part->shadow ? SHADOW : (struct md_shadow){0, 0, 0});
	md_layer_set_dim(md, part->dim);
	md_layer_set_backdrop_blur(md, part->backdrop_blur);
	md_layer_set_secure(md, part->secure);
	if (part->host_is_snapshot) {
		md_layer_set_host_snapshot(md, part->host);
	} else {
		md_layer_set_host(md, part->host, part->host_is_interactive);
	}
	ui_layer_push_background(layer);
}

void ui_view_presentation(const struct ui_view *view, struct md_rect *frame,
			  struct md_transform *transform, struct md_point *offset)
{
	const struct view *part = view_part(view);
	const struct md_layer *md = part->layer->layer;
	int64_t now_us = ui_window_now_us(part->window);
	double value[MD_ANIMATION_VALUES];
	md_layer_presentation(md, MD_LAYER_POSITION, now_us, value);
	/* The layer's parent may be further up than the view's. */
	struct md_rect model = md_layer_frame(md);
	frame->x += value[0] - model.x;
	frame->y += value[1] - model.y;
	md_layer_presentation(md, MD_LAYER_SIZE, now_us, value);
	frame->width = value[0];
	frame->height = value[1];
	md_layer_presentation(md, MD_LAYER_TRANSLATION, now_us, value);
	transform->translate_x = value[0];
	transform->translate_y = value[1];
	md_layer_presentation(md, MD_LAYER_SCALE, now_us, value);
	transform->scale_x = value[0];
	transform->scale_y = value[1];
	md_layer_presentation(md, MD_LAYER_ROTATION, now_us, value);
	transform->rotation_rad = value[0];
	md_layer_presentation(md, MD_LAYER_OFFSET, now_us, value);
	*offset = (struct md_point){value[0], value[1]};
}

/* --- The walk ----------------------------------------------------------------------- */

struct walk {
	struct view_layer *owner;
	size_t next;          /* place of the next sublayer */
	struct md_rect paint; /* what was painted so far */
	struct md_rect over[OVER_RECTS];
	int over_count; /* where sublayers lie; the last one is grown when there is no room */
};

static void sync_owner(struct ui_view *view);

static void add_over(struct walk *walk, struct md_rect rect)
{
	if (walk->over_count < OVER_RECTS) {
		walk->over[walk->over_count++] = rect;
	} else {
		walk->over[OVER_RECTS - 1] = md_rect_union(walk->over[OVER_RECTS - 1], rect);
	}
}

static bool lies_over(const struct walk *walk, struct md_rect rect)
{
	for (int i = 0; i < walk->over_count; i++) {
		if (md_rect_intersects(walk->over[i], rect)) {
			return true;
		}
	}
	return false;
}

/* Puts a layer at its place among the owner's, if it is not there already. */
static void place(struct walk *walk, struct view_layer *layer)
{
	struct view_layer *owner = walk->owner;
	size_t at = walk->next++;
	if (at < owner->below.count && layer_at(owner, at) == layer) {
		return;
	}
	take_out(layer);
	*(struct view_layer **)os_array_insert(&owner->below, at) = layer;
	layer->owner = owner;
	size_t strips = owner->tiles.count;
	if (strips > 0 && ((struct view_tile *)os_array_at(&owner->tiles, 0))->layer == NULL) {
		strips = 0;
	}
	md_layer_insert(owner->layer, layer->layer, (int)(strips + at));
}

static void walk_layered(struct walk *walk, struct ui_view *view, struct md_rect frame)
{
	struct view *part = view_part(view);
	struct view_layer *layer = part->layer;
	bool is_new = layer == NULL;
	if (is_new) {
		ui_view_damage_shape(view); /* out of the pixels it has been in */
		layer = make_layer(view);
	}
	md_layer_set_frame(layer->layer, frame);
	place(walk, layer);
	if (part->hidden) {
		md_layer_set_hidden(layer->layer, true);
		return; /* what is below waits, marked, until it is shown */
	}
	if (is_new || (part->dirty & s_marks) != 0) {
		sync_owner(view);
	}
	bool moves = part->animation_count > 0 || !md_transform_is_identity(part->transform);
	struct md_rect extent = md_rect_offset(ui_view_extent(view, true), frame.x - part->offset.x,
					       frame.y - part->offset.y);
	add_over(walk, moves ? UI_EVERYWHERE : extent);
}

static void walk_children(struct walk *walk, struct ui_view *view, struct md_point origin);

static void walk_view(struct walk *walk, struct ui_view *view, struct md_point origin)
{
	struct view *part = view_part(view);
	struct md_rect frame = md_rect_offset(part->frame, origin.x, origin.y);
	if (part->hidden && (part->layer == NULL || !part->wants_layer)) {
		ui_view_drop_layer(view);
		drop_layers_below(view);
		return;
	}
	bool paints = !part->wants_layer && ui_view_paints(view);
	part->covers_layer = paints && lies_over(walk, frame);
	for (struct ui_view *at = part->parent; part->covers_layer && view_part(at)->layer == NULL;
	     at = view_part(at)->parent) {
		view_part(at)->layered_below = true;
	}
	if (part->wants_layer || part->covers_layer) {
		walk_layered(walk, view, frame);
		return;
	}
	if (part->layer != NULL) {
		ui_view_drop_layer(view);
		ui_view_damage_shape(view); /* into the pixels of its owner */
	}
	part->dirty &= ~s_marks;
	if (paints) {
		walk->paint = md_rect_union(walk->paint, frame);
	}
	walk_children(walk, view, (struct md_point){frame.x, frame.y});
}

static void walk_children(struct walk *walk, struct ui_view *view, struct md_point origin)
{
	const struct view *part = view_part(view);
	for (size_t i = 0; i < part->children.count; i++) {
		walk_view(walk, ui_view_child_at(part, i), origin);
	}
}

static void sync_owner(struct ui_view *view)
{
	struct view *part = view_part(view);
	struct view_layer *layer = part->layer;
	part->dirty &= ~s_marks;
	struct walk walk = {.owner = layer};
	if (ui_view_has_draw(view) && !part->scrolls) {
		walk.paint = (struct md_rect){0, 0, part->frame.width, part->frame.height};
	}
	walk_children(&walk, view, (struct md_point){0, 0});
	layer->paint = walk.paint;
	ui_contents_retile(layer);
	push(layer);
}

void ui_layers_sync(struct ui_view *root)
{
	struct view *part = view_part(root);
	if ((part->dirty & s_marks) == 0) {
		return;
	}
	decide(root);
	if (part->layer == NULL) {
		make_layer(root);
	}
	sync_owner(root);
}
