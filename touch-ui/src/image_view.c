#include <ui/image_view.h>

#include <md/canvas.h>
#include <os/memory.h>
#include <ui/view_class.h>


struct image_view {
	struct md_image *image;
	char *symbol;
	double symbol_size;
	enum ui_color color;
	enum ui_image_fit fit;
};

static const struct ui_view_class s_image_view_class;

static struct image_view *image_view_of(const struct ui_view *view)
{
	return ui_view_state(view, &s_image_view_class);
}

/* Where a picture of `size` goes in `bounds`. */
static struct md_rect place(struct md_rect bounds, struct md_size size, enum ui_image_fit fit)
{
	double scale = 1;
	if (fit != UI_IMAGE_CENTER && size.width > 0 && size.height > 0) {
		double x = bounds.width / size.width, y = bounds.height / size.height;
		scale = fit == UI_IMAGE_FIT ? OS_MIN(x, y) : OS_MAX(x, y);
	}
	double width = size.width * scale, height = size.height * scale;
	return (struct md_rect){bounds.x + (bounds.width - width) / 2, bounds.y + (bounds.height - height) / 2, width,
	                        height};
}

static void image_view_draw(struct ui_view *view, struct md_canvas *canvas, struct md_rect dirty)
{
	const struct image_view *state = image_view_of(view);
	struct md_rect bounds = ui_view_bounds(view);
	double scale = ui_view_appearance(view)->scale;
	if (state->symbol != NULL) {
		struct md_size size = {state->symbol_size, state->symbol_size};
		md_canvas_draw_symbol(canvas, state->symbol, md_rect_snap(place(bounds, size, UI_IMAGE_CENTER), scale),
		                      ui_view_resolve_color(view, state->color));
	} else if (state->image != NULL) {
		md_canvas_save(canvas);
		md_canvas_clip_rect(canvas, bounds);
		struct md_rect at = place(bounds, md_image_size(state->image), state->fit);
		md_canvas_draw_image(canvas, state->image, md_rect_snap(at, scale));
		md_canvas_restore(canvas);
	}
}

static struct md_size image_view_size_that_fits(struct ui_view *view, struct md_size proposal)
{
	const struct image_view *state = image_view_of(view);
	if (state->symbol != NULL) {
		return (struct md_size){state->symbol_size, state->symbol_size};
	}
	return state->image != NULL ? md_image_size(state->image) : (struct md_size){0, 0};
}

static void image_view_accessibility(struct ui_view *view, struct ui_accessibility *ret_element)
{
	ret_element->role = UI_ROLE_IMAGE; /* left out of the tree unless it was given a label */
}

static void image_view_finalize(struct os_object *object)
{
	struct image_view *state = os_object_state(object, &s_image_view_class.base);
	md_image_release(state->image);
	os_free(state->symbol);
}

static const struct ui_view_class s_image_view_class = {
	.base = {.struct_size = sizeof(s_image_view_class),
	         .name = "image-view",
	         .size = sizeof(struct image_view),
	         .super = &ui_view_class.base,
	         .finalize = image_view_finalize},
	.draw = image_view_draw,
	.size_that_fits = image_view_size_that_fits,
	.accessibility = image_view_accessibility,
};

struct ui_view *ui_image_view_create(struct md_image *image)
{
	struct ui_view *view = ui_view_create_of_class(&s_image_view_class);
	image_view_of(view)->image = md_image_retain(image);
	return view;
}

struct ui_view *ui_symbol_view_create(const char *symbol, double size, enum ui_color color)
{
	struct ui_view *view = ui_view_create_of_class(&s_image_view_class);
	struct image_view *state = image_view_of(view);
	state->symbol = os_strdup(symbol);
	state->symbol_size = size;
	state->color = color;
	return view;
}

void ui_image_view_set_image(struct ui_view *view, struct md_image *image)
{
	struct image_view *state = image_view_of(view);
	struct md_image *old = state->image;
	state->image = md_image_retain(image);
	md_image_release(old);
	ui_view_invalidate_size(view);
	ui_view_set_needs_draw(view);
}

void ui_image_view_set_symbol(struct ui_view *view, const char *symbol)
{
	struct image_view *state = image_view_of(view);
	char *copy = os_strdup(symbol);
	os_free(state->symbol);
	state->symbol = copy;
	ui_view_set_needs_draw(view);
}

void ui_image_view_set_fit(struct ui_view *view, enum ui_image_fit fit)
{
	image_view_of(view)->fit = fit;
	ui_view_set_needs_draw(view);
}
