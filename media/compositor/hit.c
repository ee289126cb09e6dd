/* Which scene a finger comes down in: the layers as they were last shown, front to back, through
 * the inverse of all that hosts them. A layer of the host's own that lies in front and shows
 * something keeps the finger in the host's scene. */
#include "compositor_private.h"
#include "layer_ops.h"

#define HOST_DEPTH_MAX 6
#define CLEAR 0.01 /* what is as faint as this lets fingers through */

struct found {
	struct scene *scene; /* NULL: nothing here */
	struct md_point point;
};

static bool shows_something(const struct node *node)
{
	return node->props.buffer != NULL || node->shown.background.a > CLEAR ||
	       node->props.backdrop_blur > 0 ||
	       (node->props.host != 0 && node->props.host_snapshot);
}

static struct found hit_node(struct md_compositor *compositor, struct scene *scene,
			     struct md_point scene_point, const struct node *node,
			     struct md_point point, int depth);

static bool to_own(const struct node *node, struct md_point point, struct md_point *ret_point)
{
	const struct md_rect *frame = &node->shown.frame;
	struct md_point own = {point.x - frame->x, point.y - frame->y};
	if (!md_transform_is_identity(node->shown.transform)) {
		struct md_point center = {frame->width / 2, frame->height / 2};
		struct md_affine inverse;
		if (!md_affine_invert(md_affine_from_transform(node->shown.transform, center),
				      &inverse)) {
			return false;
		}
		own = md_affine_apply(inverse, own);
	}
	*ret_point = own;
	return true;
}

static struct found hit_host(struct md_compositor *compositor, const struct node *node,
			     struct md_point own, int depth)
{
	struct scene *hosted = compositor_scene(compositor, node->props.host);
	if (hosted == NULL || !hosted->ready || !node->props.host_interactive ||
	    depth >= HOST_DEPTH_MAX) {
		return (struct found){0};
	}
	const struct md_rect *size = &hosted->root->shown.frame;
	const struct md_rect *frame = &node->shown.frame;
	if (frame->width <= 0 || frame->height <= 0) {
		return (struct found){0};
	}
	struct md_point inside = {own.x * size->width / frame->width,
				  own.y * size->height / frame->height};
	struct found found = hit_node(compositor, hosted, inside, hosted->root, inside, depth + 1);
	return found.scene != NULL ? found : (struct found){hosted, inside};
}

static struct found hit_node(struct md_compositor *compositor, struct scene *scene,
			     struct md_point scene_point, const struct node *node,
			     struct md_point point, int depth)
{
	struct md_point own;
	const struct md_layer_values *shown = &node->shown;
	if ((node->props.flags & MD_LAYER_HIDDEN) != 0 || shown->opacity <= CLEAR ||
	    !to_own(node, point, &own)) {
		return (struct found){0};
	}
	bool inside =
	    md_rect_contains((struct md_rect){0, 0, shown->frame.width, shown->frame.height}, own);
	if (!inside && (node->props.flags & MD_LAYER_CLIPS) != 0) {
		return (struct found){0};
	}
	struct md_point in_children = {own.x + shown->offset.x, own.y + shown->offset.y};
	for (uint32_t i = node->child_count; i > 0; i--) {
		struct found found = hit_node(compositor, scene, scene_point, node->children[i - 1],
					      in_children, depth);
		if (found.scene != NULL) {
			return found;
		}
	}
	if (inside && node->props.host != 0 && !node->props.host_snapshot) {
		return hit_host(compositor, node, own, depth);
	}
	return inside && shows_something(node) ? (struct found){scene, scene_point}
					       : (struct found){0};
}

struct scene *hit_scene(struct md_compositor *compositor, struct md_point point,
			struct md_point *ret_point)
{
	struct scene *scene;
	os_list_for_each_reverse(scene, &compositor->scenes, link) {
		if (!scene->ready || !compositor_is_top(compositor, scene)) {
			continue;
		}
		struct found found = hit_node(compositor, scene, point, scene->root, point, 0);
		/* The screen's own scene gets what falls through. */
		*ret_point = found.scene != NULL ? found.point : point;
		return found.scene != NULL ? found.scene : scene;
	}
	*ret_point = point;
	return NULL;
}

struct md_point hit_convert(const struct scene *scene, struct md_point screen_point)
{
	struct md_affine inverse;
	if (!md_affine_invert(scene->to_screen, &inverse)) {
		return screen_point;
	}
	return md_affine_apply(inverse, screen_point);
}
