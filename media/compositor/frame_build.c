/* What a frame shows: a walk over the layers from the screen's root, back to front, that leaves out
 * what is hidden, clear or off the screen.
 *
 * Positions are doubles all the way; each layer's own place is rounded to pixels once, if it is
 * neither scaled nor turned against the screen, and its sublayers start again from the unrounded
 * one. So nothing drifts, text never blurs, and neighbours keep touching. */
#include <math.h>

#include "frame_walk.h"
#include "layer_ops.h"

#define HOST_DEPTH_MAX 6
#define VEIL_KEY (UINT64_MAX / 2)
#define SECURE_COLOR ((struct md_color){0.5, 0.5, 0.5, 1})

/* --- The walk --------------------------------------------------------------------------------- */

static void walk_node(struct walk *walk, struct node *node, const struct place *parent,
		      double opacity);

static void add_snapshot(const struct walk *walk, const struct node *node,
			 const struct place *place, int32_t clip, double opacity)
{
	const struct snapshot *snapshot = snapshot_find(walk->compositor, node->props.host);
	if (snapshot == NULL) {
		return;
	}
	int width, height;
	md_texture_size_px(snapshot->texture, &width, &height);
	struct md_frame_item *item = walk_add(walk, place, MD_FRAME_TEXTURE, KEY_FRONT(node));
	item->clip = clip;
	item->texture = md_texture_retain(snapshot->texture);
	item->source = (struct md_rect){0, 0, width, height};
	item->content = snapshot->content * 2;
	item->opacity = opacity;
}

static void walk_host(struct walk *walk, struct node *node, const struct place *place,
		      double opacity)
{
	struct scene *scene = compositor_scene(walk->compositor, node->props.host);
	if (scene == NULL || !scene->ready || walk->host_depth >= HOST_DEPTH_MAX) {
		return;
	}
	struct place inner = *place;
	const struct md_rect *size = &scene->root->shown.frame;
	if (size->width > 0 && size->height > 0 &&
	    (size->width != node->shown.frame.width || size->height != node->shown.frame.height)) {
		struct md_affine fill = md_affine_scale(node->shown.frame.width / size->width,
							node->shown.frame.height / size->height);
		inner.to_px = md_affine_concat(fill, inner.to_px);
	}
	if (walk->number != 0) {
		struct md_affine from_px;
		scene->visited = walk->number;
		if (md_affine_invert(walk->compositor->to_px, &from_px)) {
			scene->to_screen = md_affine_concat(inner.to_px, from_px);
		}
	}
	walk->host_depth++;
	walk_node(walk, scene->root, &inner, opacity);
	walk->host_depth--;
}

static int32_t add_clip(const struct walk *walk, const struct node *node, const struct place *place)
{
	const struct md_frame_clip clip = {.parent = place->clip,
					   .to_px = place->own,
					   .size = place->size,
					   .radius = node->shown.corner_radius};
	return md_frame_list_add_clip(walk->list, &clip);
}

static void walk_inside(struct walk *walk, struct node *node, const struct place *place, bool clips,
			double opacity)
{
	struct place inner = *place;
	bool hosts = node->props.host != 0;
	bool clips_inside = clips || hosts;
	int32_t clip = place->clip;
	if (clips_inside && (node->child_count > 0 || hosts || node->props.buffer != NULL)) {
		clip = add_clip(walk, node, place);
	}
	inner.visible_px = clips_inside
			       ? md_rect_intersect(place->visible_px, walk_bounds_px(place, 0))
			       : place->visible_px;
	walk_add_texture(walk, node, place, clips ? clip : place->clip, opacity);
	inner.clip = clip;
	if (hosts && node->props.host_snapshot) {
		add_snapshot(walk, node, place, clip, opacity);
	} else if (hosts) {
		walk_host(walk, node, &inner, opacity);
	}
	const struct md_point offset = node->shown.offset;
	if (offset.x != 0 || offset.y != 0) {
		inner.to_px =
		    md_affine_concat(md_affine_translation(-offset.x, -offset.y), inner.to_px);
	}
	for (uint32_t i = 0; i < node->child_count; i++) {
		walk_node(walk, node->children[i], &inner, opacity);
	}
}

static void note_motion(const struct walk *walk, struct node *node)
{
	if (!walk->compositor->tool.watches_frames || node->client == NULL) {
		node->scrolled = false;
		return;
	}
	uint32_t seen = 0;
	for (uint32_t i = 0; i < node->animations.count; i++) {
		seen |= 1u << node->animations.items[i].animation.property;
	}
	if (node->scrolled) {
		seen |= 1u << MD_LAYER_OFFSET;
		node->scrolled = false;
	}
	for (uint32_t property = 0; seen != 0 && property < MD_LAYER_PROPERTIES; property++) {
		if ((seen & 1u << property) != 0 && walk->compositor->frames.moved.count < 256) {
			struct moved *moved = os_array_append(&walk->compositor->frames.moved);
			moved->layer = node->id;
			moved->property = property;
			moved->client = os_port_peer(node->client->port)->client;
			md_layer_values_get(&node->shown, (enum md_layer_property)property,
					    moved->value);
		}
	}
}

static bool is_group(const struct node *node, double opacity)
{
	if (opacity >= 1) {
		return false;
	}
	int things = (node->shown.shadow_opacity > 0) + (node->props.backdrop_blur > 0) +
		     (node->shown.background.a > 0) + (node->props.buffer != NULL) +
		     (node->props.border_width > 0) + (node->shown.dim > 0) +
		     (node->props.host != 0);
	return things + (int)node->child_count > 1;
}

static void walk_node(struct walk *walk, struct node *node, const struct place *parent,
		      double opacity)
{
	if ((node->props.flags & MD_LAYER_HIDDEN) != 0) {
		return;
	}
	if (walk->number != 0) {
		node->visited = walk->number; /* what is clear now may be on its way to be seen */
		note_motion(walk, node);
	}
	opacity *= node->shown.opacity;
	if (opacity <= 0) {
		return;
	}
	struct place place = walk_place(walk, node, parent);
	bool clips = (node->props.flags & MD_LAYER_CLIPS) != 0;
	double shadow = node->shown.shadow_opacity > 0
			    ? node->props.shadow_blur * 2 + fabs(node->props.shadow_y)
			    : 0;
	bool seen = md_rect_intersects(walk_bounds_px(&place, shadow), place.visible_px);
	if (!seen && (clips || node->child_count == 0)) {
		return;
	}
	if (walk->blank_secure && (node->props.flags & MD_LAYER_SECURE) != 0) {
		struct md_frame_item *item = walk_add(walk, &place, MD_FRAME_COLOR, KEY(node));
		item->color = SECURE_COLOR;
		return;
	}
	bool group = is_group(node, opacity);
	if (group) {
		walk_add(walk, &place, MD_FRAME_GROUP_BEGIN, KEY(node))->opacity = opacity;
		opacity = 1;
	}
	if (seen) {
		walk_add_shadow(walk, node, &place, opacity);
		walk_add_background(walk, node, &place, opacity);
	}
	walk_inside(walk, node, &place, clips, opacity);
	if (seen) {
		walk_add_border(walk, node, &place, opacity);
	}
	if (group) {
		walk_add(walk, &place, MD_FRAME_GROUP_END, KEY(node));
	}
}

/* --- The screen ------------------------------------------------------------------------------- */

static struct place screen_place(const struct walk *walk)
{
	return (struct place){.to_px = walk->root,
			      .own = walk->root,
			      .clip = -1,
			      .visible_px = {0, 0, walk->list->width_px, walk->list->height_px}};
}

static void walk_scene(struct walk *walk, struct scene *scene)
{
	struct place place = screen_place(walk);
	if (walk->number != 0) {
		scene->visited = walk->number;
		scene->to_screen = MD_AFFINE_IDENTITY;
	}
	walk_node(walk, scene->root, &place, 1);
}

static struct md_affine turned(const struct md_compositor *compositor, struct md_affine to_px,
			       double angle)
{
	double x = compositor->mode.width_px / 2.0, y = compositor->mode.height_px / 2.0;
	to_px = md_affine_concat(to_px, md_affine_translation(-x, -y));
	to_px = md_affine_concat(to_px, md_affine_rotation(angle));
	return md_affine_concat(to_px, md_affine_translation(x, y));
}

/* The picture from before a change of the device, on its way out. */
static void add_old_picture(const struct walk *walk, double progress, double angle)
{
	const struct change *change = &walk->compositor->change;
	const struct os_display_mode *mode = &walk->compositor->mode;
	struct md_frame_item *item = md_frame_list_add(walk->list, MD_FRAME_TEXTURE);
	item->key = UINT64_MAX - change->number;
	item->texture = md_texture_retain(change->picture);
	item->size = (struct md_size){mode->width_px, mode->height_px};
	item->source = (struct md_rect){0, 0, mode->width_px, mode->height_px};
	item->to_px = turned(walk->compositor, MD_AFFINE_IDENTITY, angle);
	item->opacity = 1 - progress;
}

/* What makes the screen darker where no backlight does it (power.h). */
static void add_veil(struct md_frame_list *list, double alpha)
{
	if (alpha > 0) {
		struct md_frame_item *item = md_frame_list_add(list, MD_FRAME_COLOR);
		item->key = VEIL_KEY;
		item->size = (struct md_size){list->width_px, list->height_px};
		item->color = (struct md_color){0, 0, 0, alpha};
	}
}

/* The shorter way from one orientation to the other, in radians. */
static double turn_angle(const struct change *change, int orientation)
{
	int degrees = orientation - change->from_orientation;
	degrees = degrees > 180 ? degrees - 360 : degrees < -180 ? degrees + 360 : degrees;
	return degrees * M_PI / 180;
}

void frame_build(struct md_compositor *compositor, struct md_frame_list *list, int64_t target_us)
{
	os_array_clear(&compositor->frames.moved);
	md_frame_list_reset(list, compositor->mode.width_px, compositor->mode.height_px);
	double progress = change_progress(compositor, target_us);
	bool turning = compositor->change.state == CHANGE_TURNING;
	bool turns = turning && compositor->change.transition == MD_TRANSITION_ROTATE &&
		     (compositor->settings.flags & MD_CONFIGURE_REDUCE_MOTION) == 0;
	double angle =
	    turns ? turn_angle(&compositor->change, compositor->settings.orientation) : 0;
	struct walk walk = {.compositor = compositor,
			    .list = list,
			    .number = ++compositor->frames.walk,
			    .root = turned(compositor, compositor->to_px, angle * (progress - 1))};
	struct scene *scene, *next;
	os_list_for_each_safe(scene, next, &compositor->scenes, link) {
		if (scene->ready && compositor_is_top(compositor, scene)) {
			walk_scene(&walk, scene);
		}
	}
	if (turning) {
		add_old_picture(&walk, progress, angle * progress);
	}
	pointer_add(compositor, list);
	add_veil(list, compositor->power.veil);
}

void frame_build_scene(struct md_compositor *compositor, struct md_frame_list *list,
		       struct scene *scene, double scale)
{
	const struct md_rect *frame = &scene->root->shown.frame;
	md_frame_list_reset(list, (int)ceil(frame->width * scale),
			    (int)ceil(frame->height * scale));
	struct walk walk = {.compositor = compositor,
			    .list = list,
			    .root = md_affine_scale(scale, scale),
			    .blank_secure = true};
	walk_scene(&walk, scene);
}
