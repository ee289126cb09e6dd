/* Stack: children one after the other along an axis.
 *
 * Each child gets the length it likes. What is left goes to those that grow, by their shares;
 * what is lacking is taken from the longest ones, so that a long text is cut before a small
 * button is. */
#include <assert.h>
#include <os/memory.h>
#include <ui/appearance.h>
#include <ui/layout.h>
#include <ui/view_class.h>

#include "view_private.h"

struct stack {
	enum ui_stack_axis axis;
	enum ui_align align;
	double spacing;
	struct md_insets insets;
	bool follows_safe_area;
};

struct item {
	struct ui_view *view;
	double along, cross, space_after;
};

struct items {
	struct item *list;
	int count;
	double total; /* along the axis, with the spaces between */
};

static const struct ui_view_class s_class;

static struct stack *state_of(const struct ui_view *view)
{
	return ui_view_state(view, &s_class);
}

static struct md_size turned(const struct stack *self, double along, double cross)
{
	return self->axis == UI_STACK_HORIZONTAL ? (struct md_size){along, cross}
						 : (struct md_size){cross, along};
}

static double along_of(const struct stack *self, struct md_size size)
{
	return self->axis == UI_STACK_HORIZONTAL ? size.width : size.height;
}

static double cross_of(const struct stack *self, struct md_size size)
{
	return self->axis == UI_STACK_HORIZONTAL ? size.height : size.width;
}

/* --- Lengths ------------------------------------------------------------------------ */

static struct items gather(const struct stack *self, const struct ui_view *view)
{
	int count = ui_view_child_count(view);
	struct items items = {os_alloc_array((size_t)count + 1, sizeof(struct item)), 0, 0};
	for (int i = 0; i < count; i++) {
		struct ui_view *child = ui_view_child(view, i);
		if (ui_view_is_hidden(child)) {
			continue;
		}
		double space = view_part(child)->space_after;
		items.list[items.count++] =
		    (struct item){.view = child, .space_after = space >= 0 ? space : self->spacing};
	}
	if (items.count > 0) {
		items.list[items.count - 1].space_after = 0;
	}
	return items;
}

static void measure_all(const struct stack *self, struct items *items, double cross)
{
	items->total = 0;
	for (int i = 0; i < items->count; i++) {
		struct item *item = &items->list[i];
		struct md_size size =
		    ui_view_size_that_fits(item->view, turned(self, MD_UNBOUNDED, cross));
		item->along = along_of(self, size);
		item->cross = cross_of(self, size);
		items->total += item->along + item->space_after;
	}
}

/* Cuts the longest items to one length, such that all together fit. */
static void shrink(struct items *items, double room)
{
	double spaces = 0;
	for (int i = 0; i < items->count; i++) {
		spaces += items->list[i].space_after;
	}
	double least = 0, most = MD_UNBOUNDED;
	for (int step = 0; step < 60; step++) {
		double limit = (least + most) / 2, sum = spaces;
		for (int i = 0; i < items->count; i++) {
			sum += OS_MIN(items->list[i].along, limit);
		}
		*(sum > room ? &most : &least) = limit;
	}
	for (int i = 0; i < items->count; i++) {
		items->list[i].along = OS_MIN(items->list[i].along, least);
	}
	items->total = OS_MAX(room, spaces);
}

static void grow(struct items *items, double room)
{
	double shares = 0;
	for (int i = 0; i < items->count; i++) {
		shares += view_part(items->list[i].view)->grow;
	}
	if (shares <= 0) {
		return;
	}
	double left = room - items->total;
	for (int i = 0; i < items->count; i++) {
		items->list[i].along += left * view_part(items->list[i].view)->grow / shares;
	}
	items->total = room;
}

/* Lengths along the axis for the room there is; a horizontal text may then be higher. */
static void fit(const struct stack *self, struct items *items, double room, double cross)
{
	measure_all(self, items, cross);
	bool shrunk = items->total > room + 1e-6;
	if (shrunk) {
		shrink(items, room);
	}
	for (int i = 0; shrunk && i < items->count; i++) {
		struct item *item = &items->list[i];
		item->cross = cross_of(
		    self, ui_view_size_that_fits(item->view, turned(self, item->along, cross)));
	}
}

static struct md_size size_that_fits(struct ui_view *view, struct md_size proposal)
{
	struct stack *self = state_of(view);
	struct md_insets in = self->insets;
	struct md_size room = {OS_MAX(proposal.width - in.left - in.right, 0),
			       OS_MAX(proposal.height - in.top - in.bottom, 0)};
	struct items items = gather(self, view);
	fit(self, &items, along_of(self, room), cross_of(self, room));
	double cross = 0;
	for (int i = 0; i < items.count; i++) {
		cross = OS_MAX(cross, items.list[i].cross);
	}
	os_free(items.list);
	struct md_size size = turned(self, items.total, cross);
	return (struct md_size){size.width + in.left + in.right, size.height + in.top + in.bottom};
}

/* --- Places ------------------------------------------------------------------------- */

static double cross_start(const struct stack *self, const struct item *item, double cross, bool rtl)
{
	enum ui_align align = self->align;
	if (rtl && self->axis == UI_STACK_VERTICAL && align != UI_ALIGN_CENTER) {
		align = align == UI_ALIGN_START ? UI_ALIGN_END : UI_ALIGN_START;
	}
	if (align == UI_ALIGN_CENTER) {
		return (cross - item->cross) / 2;
	}
	return align == UI_ALIGN_END ? cross - item->cross : 0;
}

static void place(const struct stack *self, struct ui_view *view, struct items *items,
		  struct md_rect inner)
{
	bool rtl = ui_view_appearance(view)->rtl;
	bool mirrored = rtl && self->axis == UI_STACK_HORIZONTAL;
	double scale = ui_view_scale(view), at = 0;
	double cross = cross_of(self, (struct md_size){inner.width, inner.height});
	for (int i = 0; i < items->count; i++) {
		struct item *item = &items->list[i];
		item->cross = self->align == UI_ALIGN_FILL ? cross : OS_MIN(item->cross, cross);
		double start = cross_start(self, item, cross, rtl);
		struct md_rect frame = {inner.x + at, inner.y + start, item->along, item->cross};
		if (self->axis == UI_STACK_VERTICAL) {
			frame = (struct md_rect){inner.x + start, inner.y + at, item->cross,
						 item->along};
		}
		if (mirrored) {
			frame.x = inner.x + inner.width - at - item->along;
		}
		ui_view_set_frame(item->view, md_rect_snap(frame, scale));
		at += item->along + item->space_after;
	}
}

/* Moves the children down until their first baselines lie on one line. */
static void align_baselines(struct ui_view *view, struct items *items, struct md_rect inner)
{
	double lowest = 0, above = 0, below = 0;
	for (int i = 0; i < items->count; i++) {
		struct item *item = &items->list[i];
		double baseline = ui_view_baseline(item->view, false);
		lowest = OS_MAX(lowest, OS_MAX(baseline, 0));
		item->cross = baseline;
		above = OS_MAX(above, OS_MAX(baseline, 0));
		below = OS_MAX(below, ui_view_frame(item->view).height - OS_MAX(baseline, 0));
	}
	double top = inner.y + OS_MAX((inner.height - above - below) / 2, 0);
	for (int i = 0; i < items->count; i++) {
		struct item *item = &items->list[i];
		struct md_rect frame = ui_view_frame(item->view);
		frame.y = item->cross >= 0 ? top + lowest - item->cross
					   : inner.y + (inner.height - frame.height) / 2;
		frame.y = md_snap(frame.y, ui_view_scale(view));
		ui_view_set_frame(item->view, frame);
	}
}

static void layout(struct ui_view *view, struct md_rect bounds)
{
	struct stack *self = state_of(view);
	struct md_rect inner = md_rect_inset(bounds, self->insets);
	if (self->follows_safe_area) {
		inner = md_rect_inset(inner, ui_view_safe_area(view));
	}
	struct md_size room = {OS_MAX(inner.width, 0), OS_MAX(inner.height, 0)};
	struct items items = gather(self, view);
	fit(self, &items, along_of(self, room), cross_of(self, room));
	if (items.total < along_of(self, room)) {
		grow(&items, along_of(self, room));
	}
	place(self, view, &items, inner);
	if (self->align == UI_ALIGN_BASELINE && self->axis == UI_STACK_HORIZONTAL) {
		align_baselines(view, &items, inner);
	}
	os_free(items.list);
}

/* The first baseline is the first child's, the last one the last child's. */
static double baseline(struct ui_view *view, bool last)
{
	int count = ui_view_child_count(view);
	for (int i = 0; i < count; i++) {
		struct ui_view *child = ui_view_child(view, last ? count - 1 - i : i);
		double own = ui_view_is_hidden(child) ? -1 : ui_view_baseline(child, last);
		if (own >= 0) {
			return ui_view_frame(child).y + own;
		}
	}
	return -1;
}

static const struct ui_view_class s_class = {
    .base = {.struct_size = sizeof(s_class),
	     .name = "stack",
	     .size = sizeof(struct stack),
	     .super = &ui_view_class.base},
    .layout = layout,
    .size_that_fits = size_that_fits,
    .baseline = baseline,
};

/* --- Properties --------------------------------------------------------------------- */

struct ui_view *ui_stack_create(enum ui_stack_axis axis, double spacing)
{
	struct ui_view *view = ui_view_create_of_class(&s_class);
	struct stack *self = state_of(view);
	self->axis = axis;
	self->spacing = spacing;
	return view;
}

void ui_stack_set_follows_safe_area(struct ui_view *stack, bool follows)
{
	state_of(stack)->follows_safe_area = follows;
	ui_view_set_needs_layout(stack);
}

void ui_stack_set_insets(struct ui_view *stack, struct md_insets insets)
{
	state_of(stack)->insets = insets;
	ui_view_children_changed(stack);
}

void ui_stack_set_align(struct ui_view *stack, enum ui_align align)
{
	state_of(stack)->align = align;
	ui_view_children_changed(stack);
}

static void place_of_child_changed(const struct ui_view *child)
{
	struct ui_view *parent = ui_view_parent(child);
	if (parent != NULL) {
		ui_view_children_changed(parent);
	}
}

void ui_stack_set_grow(struct ui_view *child, double share)
{
	assert(share >= 0);
	view_part(child)->grow = share;
	place_of_child_changed(child);
}

void ui_stack_set_space_after(struct ui_view *child, double space)
{
	view_part(child)->space_after = space;
	place_of_child_changed(child);
}

struct ui_view *ui_spacer_create(void)
{
	struct ui_view *spacer = ui_view_create();
	ui_stack_set_grow(spacer, 1);
	return spacer;
}
