#include <ui/canvas_view.h>
#include <ui/view_class.h>

struct canvas_view {
	ui_draw_fn draw;
	void *context;
	struct md_size size;
};

static const struct ui_view_class s_class;

static void canvas_view_draw(struct ui_view *view, struct md_canvas *canvas, struct md_rect dirty)
{
	struct canvas_view *self = ui_view_state(view, &s_class);
	if (self->draw != NULL) {
		self->draw(view, canvas, ui_view_bounds(view), self->context);
	}
}

static struct md_size canvas_view_size_that_fits(struct ui_view *view, struct md_size proposal)
{
	struct canvas_view *self = ui_view_state(view, &s_class);
	return self->size;
}

static void canvas_view_accessibility(struct ui_view *view, struct ui_accessibility *ret_element)
{
	ret_element->role = UI_ROLE_CANVAS;
}

static const struct ui_view_class s_class = {
    .base = {.struct_size = sizeof(s_class),
	     .name = "canvas-view",
	     .size = sizeof(struct canvas_view),
	     .super = &ui_view_class.base},
    .draw = canvas_view_draw,
    .size_that_fits = canvas_view_size_that_fits,
    .accessibility = canvas_view_accessibility,
};

struct ui_view *ui_canvas_view_create(ui_draw_fn draw, void *context)
{
	struct ui_view *view = ui_view_create_of_class(&s_class);
	struct canvas_view *self = ui_view_state(view, &s_class);
	self->draw = draw;
	self->context = context;
	return view;
}

void ui_canvas_view_set_size(struct ui_view *view, struct md_size size)
{
	struct canvas_view *self = ui_view_state(view, &s_class);
	self->size = size;
	ui_view_invalidate_size(view);
}
