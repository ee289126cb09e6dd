/* One operation on the model. Whatever an app may say wrong is refused here, before it is stored:
 * ids that are not its own, sizes nobody can show, pictures outside its memory. */
#include <errno.h>
#include <math.h>
#include <string.h>

#include "compositor_private.h"
#include "layer_ops.h"
#include "transaction_apply.h"

#define LENGTH_MAX 1e6
#define RADIUS_MAX 1e4
#define SCALE_MAX 1e3

typedef int (*op_fn)(struct journal *journal, struct node *node, struct os_message *op);

static bool is_sane(double value, double most)
{
	return value >= -most && value <= most;
}

static bool is_amount(double value)
{
	return value >= 0 && value <= 1;
}

static struct md_color read_color(struct os_message *op, bool *good)
{
	struct md_color color;
	color.r = os_message_read_double(op);
	color.g = os_message_read_double(op);
	color.b = os_message_read_double(op);
	color.a = os_message_read_double(op);
	*good = *good && is_amount(color.r) && is_amount(color.g) && is_amount(color.b) &&
		is_amount(color.a);
	return color;
}

/* --- Tree ------------------------------------------------------------------------------------- */

static int create(struct journal *journal, uint32_t id)
{
	struct client *client = journal->client;
	if (id == 0 || client_node(client, id) != NULL) {
		return -EEXIST;
	}
	if (os_map_count(client->nodes) >= NODES_MAX) {
		return -ENOBUFS;
	}
	journal_create(journal, id);
	return 0;
}

static int op_destroy(struct journal *journal, struct node *node, struct os_message *op)
{
	if (node->scene != NULL) {
		return -EINVAL; /* a scene's root goes with the scene */
	}
	journal_props(journal, node);
	journal_destroy(journal, node);
	return 0;
}

/* Order is no state of its own here: frame lists are paired in order, and see what moved. */
static int op_children(struct journal *journal, struct node *parent, struct os_message *op)
{
	struct node *children[MD_OPS_CHILDREN];
	uint32_t count = os_message_read_count(op);
	uint64_t mark = ++journal->client->compositor->last_key;
	parent->mark = mark; /* not below itself */
	for (uint32_t i = 0; i < count; i++) {
		struct node *child = client_node(journal->client, os_message_read_u32(op));
		if (child == NULL || child->scene != NULL || child->mark == mark) {
			return -EINVAL;
		}
		child->mark = mark;
		children[i] = child;
	}
	for (uint32_t i = 0; i < count; i++) {
		if (children[i]->parent != NULL) {
			journal_children(journal, children[i]->parent);
		}
	}
	journal_children(journal, parent);
	node_set_children(parent, children, count);
	return 0;
}

/* --- Geometry --------------------------------------------------------------------------------- */

static int op_frame(struct journal *journal, struct node *node, struct os_message *op)
{
	struct md_rect frame;
	frame.x = os_message_read_double(op);
	frame.y = os_message_read_double(op);
	frame.width = os_message_read_double(op);
	frame.height = os_message_read_double(op);
	if (!md_rect_is_sane(frame) || frame.width < 0 || frame.height < 0) {
		return -ERANGE;
	}
	node->props.model.frame = frame;
	return 0;
}

static int op_transform(struct journal *journal, struct node *node, struct os_message *op)
{
	struct md_transform transform;
	transform.translate_x = os_message_read_double(op);
	transform.translate_y = os_message_read_double(op);
	transform.scale_x = os_message_read_double(op);
	transform.scale_y = os_message_read_double(op);
	transform.rotation_rad = os_message_read_double(op);
	if (!is_sane(transform.translate_x, LENGTH_MAX) ||
	    !is_sane(transform.translate_y, LENGTH_MAX) || !is_sane(transform.scale_x, SCALE_MAX) ||
	    !is_sane(transform.scale_y, SCALE_MAX) ||
	    !is_sane(transform.rotation_rad, LENGTH_MAX)) {
		return -ERANGE;
	}
	node->props.model.transform = transform;
	return 0;
}

static int op_offset(struct journal *journal, struct node *node, struct os_message *op)
{
	struct md_point offset;
	offset.x = os_message_read_double(op);
	offset.y = os_message_read_double(op);
	/* Doubles: a list of millions of rows has offsets beyond any frame. */
	if (!is_sane(offset.x, 1e12) || !is_sane(offset.y, 1e12)) {
		return -ERANGE;
	}
	node->props.model.offset = offset;
	return 0;
}

/* --- Look ------------------------------------------------------------------------------------- */

static int set_amount(double *place, struct os_message *op)
{
	double amount = os_message_read_double(op);
	if (!is_amount(amount)) {
		return -ERANGE;
	}
	*place = amount;
	return 0;
}

static int set_radius(double *place, struct os_message *op)
{
	double radius = os_message_read_double(op);
	if (radius < 0 || radius > RADIUS_MAX) {
		return -ERANGE;
	}
	*place = radius;
	return 0;
}

static int op_opacity(struct journal *journal, struct node *node, struct os_message *op)
{
	return set_amount(&node->props.model.opacity, op);
}

static int op_flags(struct journal *journal, struct node *node, struct os_message *op)
{
	uint32_t flags = os_message_read_u32(op);
	if ((flags & ~(uint32_t)MD_LAYER_ALL_FLAGS) != 0) {
		return -EINVAL;
	}
	node->props.flags = flags;
	return 0;
}

static int op_background(struct journal *journal, struct node *node, struct os_message *op)
{
	bool good = true;
	struct md_color color = read_color(op, &good);
	if (!good) {
		return -ERANGE;
	}
	node->props.model.background = color;
	return 0;
}

static int op_corner(struct journal *journal, struct node *node, struct os_message *op)
{
	return set_radius(&node->props.model.corner_radius, op);
}

static int op_border(struct journal *journal, struct node *node, struct os_message *op)
{
	bool good = true;
	double width = os_message_read_double(op);
	struct md_color color = read_color(op, &good);
	if (!good || width < 0 || width > RADIUS_MAX) {
		return -ERANGE;
	}
	node->props.border_width = width;
	node->props.border_color = color;
	return 0;
}

static int op_shadow(struct journal *journal, struct node *node, struct os_message *op)
{
	double blur = os_message_read_double(op), y = os_message_read_double(op);
	if (blur < 0 || blur > 256 || !is_sane(y, RADIUS_MAX)) {
		return -ERANGE;
	}
	node->props.shadow_blur = blur;
	node->props.shadow_y = y;
	return set_amount(&node->props.model.shadow_opacity, op);
}

static int op_dim(struct journal *journal, struct node *node, struct os_message *op)
{
	return set_amount(&node->props.model.dim, op);
}

static int op_blur(struct journal *journal, struct node *node, struct os_message *op)
{
	double radius = os_message_read_double(op);
	if (radius < 0 || radius > 256) {
		return -ERANGE;
	}
	node->props.backdrop_blur = radius;
	return 0;
}

static int op_content_mode(struct journal *journal, struct node *node, struct os_message *op)
{
	uint32_t mode = os_message_read_u32(op);
	if (mode > MD_CONTENT_ASPECT_FILL) {
		return -EINVAL;
	}
	node->props.content_mode = (enum md_content_mode)mode;
	return 0;
}

/* --- Contents --------------------------------------------------------------------------------- */

static int op_surface(struct journal *journal, struct node *node, struct os_message *op)
{
	struct buffer_place place = {.arena = os_message_read_u32(op)};
	place.offset = os_message_read_u32(op);
	place.width = os_message_read_u32(op);
	place.height = os_message_read_u32(op);
	place.stride = os_message_read_u32(op);
	place.opaque = os_message_read_bool(op);
	struct md_rect damage = {.x = os_message_read_double(op)};
	damage.y = os_message_read_double(op);
	damage.width = os_message_read_double(op);
	damage.height = os_message_read_double(op);
	struct buffer *buffer = buffer_get(&journal->client->memory, &place);
	if (buffer == NULL || !md_rect_is_sane(damage)) {
		return -EFAULT;
	}
	const struct buffer *before = node->props.buffer;
	bool same_size = before != NULL && before->place.width == place.width &&
			 before->place.height == place.height;
	node->replaced |= !same_size;
	node->damage = md_rect_union(node->damage, damage);
	node_set_buffer(node, buffer);
	return 0;
}

static int op_no_surface(struct journal *journal, struct node *node, struct os_message *op)
{
	node->replaced = true;
	node_set_buffer(node, NULL);
	return 0;
}

static int op_host(struct journal *journal, struct node *node, struct os_message *op)
{
	uint64_t token = os_message_read_u64(op);
	if (!journal->client->may_host) {
		return -EPERM;
	}
	journal->hosts = true;
	node->props.host = token;
	node->props.host_interactive = os_message_read_bool(op);
	node->props.host_snapshot = os_message_read_bool(op);
	return 0;
}

/* --- Animations ------------------------------------------------------------------------------- */

static int read_values(struct md_animation *animation, struct os_message *op)
{
	uint32_t count = os_message_read_count(op);
	for (uint32_t i = 0; i < count; i++) {
		animation->from[i] = os_message_read_double(op);
		animation->to[i] = os_message_read_double(op);
		animation->velocity[i] = os_message_read_double(op);
	}
	animation->frame_count = (int)os_message_read_count(op);
	for (int i = 0; i < animation->frame_count; i++) {
		animation->frames[i].at = os_message_read_double(op);
		for (int k = 0; k < MD_ANIMATION_VALUES; k++) {
			animation->frames[i].value[k] = os_message_read_double(op);
		}
	}
	return count == MD_ANIMATION_VALUES ? 0 : -EINVAL;
}

static int read_animation(struct md_animation *animation, struct os_message *op)
{
	animation->property = os_message_read_u32(op);
	uint32_t kind = os_message_read_u32(op), flags = os_message_read_u32(op);
	if (animation->property >= MD_LAYER_PROPERTIES || kind > MD_ANIMATION_KEYFRAMES ||
	    flags > 7) {
		return -EINVAL;
	}
	animation->kind = (enum md_animation_kind)kind;
	animation->autoreverse = flags & 1;
	animation->additive = flags & 2;
	animation->clamp = flags & 4;
	animation->begin_us = os_message_read_i64(op);
	animation->duration_us = os_message_read_i64(op);
	double repeat = os_message_read_double(op);
	animation->repeat = repeat == MD_OPS_ENDLESS ? INFINITY : repeat;
	animation->settle = os_message_read_double(op);
	animation->curve.x1 = os_message_read_double(op);
	animation->curve.y1 = os_message_read_double(op);
	animation->curve.x2 = os_message_read_double(op);
	animation->curve.y2 = os_message_read_double(op);
	animation->spring.mass = os_message_read_double(op);
	animation->spring.stiffness = os_message_read_double(op);
	animation->spring.damping = os_message_read_double(op);
	int result = read_values(animation, op);
	return result < 0 ? result : md_animation_check(animation);
}

static int op_animate(struct journal *journal, struct node *node, struct os_message *op)
{
	const char *key = os_message_read_text(op);
	struct md_animation animation = {0};
	int result = read_animation(&animation, op);
	if (result < 0 || strlen(key) >= MD_ANIMATION_KEY) {
		return result < 0 ? result : -EINVAL;
	}
	if (md_layer_animations_find(&node->animations, key) == NULL) {
		if (node->animations.count >= ANIMATIONS_PER_NODE ||
		    journal->client->animation_count >= ANIMATIONS_MAX) {
			return -ENOBUFS;
		}
		journal->client->animation_count++;
	}
	struct md_layer_animation *entry = md_layer_animations_put(&node->animations, key);
	entry->animation = animation;
	entry->relative = animation.begin_us == 0;
	entry->end_us =
	    entry->relative
		? OS_NEVER
		: md_animation_end_us(&animation, md_layer_property_count(animation.property));
	return 0;
}

static int op_unanimate(struct journal *journal, struct node *node, struct os_message *op)
{
	struct md_layer_animation *entry =
	    md_layer_animations_find(&node->animations, os_message_read_text(op));
	if (entry != NULL) {
		md_layer_animations_remove(&node->animations, entry);
		journal->client->animation_count--;
	}
	return 0; /* it may have ended by itself meanwhile */
}

/* --- Table ------------------------------------------------------------------------------------ */

static const op_fn s_ops[MD_OPS] = {
    [MD_OP_DESTROY] = op_destroy,     [MD_OP_CHILDREN] = op_children,
    [MD_OP_FRAME] = op_frame,         [MD_OP_TRANSFORM] = op_transform,
    [MD_OP_OFFSET] = op_offset,       [MD_OP_OPACITY] = op_opacity,
    [MD_OP_FLAGS] = op_flags,         [MD_OP_BACKGROUND] = op_background,
    [MD_OP_CORNER] = op_corner,       [MD_OP_BORDER] = op_border,
    [MD_OP_SHADOW] = op_shadow,       [MD_OP_DIM] = op_dim,
    [MD_OP_BLUR] = op_blur,           [MD_OP_CONTENT_MODE] = op_content_mode,
    [MD_OP_SURFACE] = op_surface,     [MD_OP_NO_SURFACE] = op_no_surface,
    [MD_OP_HOST] = op_host,           [MD_OP_ANIMATE] = op_animate,
    [MD_OP_UNANIMATE] = op_unanimate,
};

int apply_op(struct journal *journal, struct os_message *op)
{
	uint32_t id = os_message_read_u32(op);
	if (op->header.type == MD_OP_CREATE) {
		return create(journal, id);
	}
	struct node *node = client_node(journal->client, id);
	if (node == NULL) {
		return -ENOENT;
	}
	if (op->header.type != MD_OP_CHILDREN && op->header.type != MD_OP_DESTROY) {
		journal_props(journal, node);
	}
	return s_ops[op->header.type](journal, node, op);
}
