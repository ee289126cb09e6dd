#include <ui/label.h>

#include <string.h>

#include <md/canvas.h>
#include <os/memory.h>
#include <ui/view_class.h>


struct label {
	char *text;
	enum ui_text_style style;
	enum ui_color color;
	enum md_text_align align;
	int lines;
	bool heading;
};

static const struct ui_view_class s_label_class;

static struct label *label_of(const struct ui_view *view)
{
	return ui_view_state(view, &s_label_class);
}

/* The process's layout cache makes asking again cheap, so a label keeps none of its own. */
static struct md_text_layout *create_layout(const struct ui_view *view, double width)
{
	const struct label *label = label_of(view);
	const struct ui_appearance *appearance = ui_view_appearance(view);
	bool mirrored = appearance->rtl && label->align == MD_ALIGN_NATURAL;
	struct md_text_style style = {
		.font = ui_font_for_style(label->style, appearance->text_size),
		.align = mirrored ? MD_ALIGN_RIGHT : label->align,
		.max_lines = label->lines,
		.single_paragraph = label->lines == 1,
	};
	return md_text_layout_create(label->text, strlen(label->text), &style, width);
}

static void label_draw(struct ui_view *view, struct md_canvas *canvas, struct md_rect dirty)
{
	struct md_rect bounds = ui_view_bounds(view);
	struct md_text_layout *layout = create_layout(view, bounds.width);
	struct md_size size = md_text_layout_size(layout);
	struct md_point origin = {bounds.x, bounds.y + (bounds.height - size.height) / 2};
	if (size.height > bounds.height) {
		origin.y = bounds.y;
	}
	origin.y = md_snap(origin.y, ui_view_appearance(view)->scale);
	md_canvas_draw_text(canvas, layout, origin, ui_view_resolve_color(view, label_of(view)->color));
	md_text_layout_release(layout);
}

static struct md_size label_size_that_fits(struct ui_view *view, struct md_size proposal)
{
	struct md_text_layout *layout = create_layout(view, proposal.width);
	struct md_size size = md_text_layout_size(layout);
	md_text_layout_release(layout);
	return size;
}

static double label_baseline(struct ui_view *view, bool last)
{
	struct md_rect bounds = ui_view_bounds(view);
	double width = bounds.width > 0 ? bounds.width : MD_UNBOUNDED;
	struct md_text_layout *layout = create_layout(view, width);
	double baseline = last ? md_text_layout_last_baseline(layout) : md_text_layout_first_baseline(layout);
	md_text_layout_release(layout);
	return baseline;
}

static void label_accessibility(struct ui_view *view, struct ui_accessibility *ret_element)
{
	const struct label *label = label_of(view);
	bool heading = label->heading || label->style <= UI_TEXT_TITLE3 || label->style == UI_TEXT_BAR_TITLE ||
	               label->style == UI_TEXT_BAR_LARGE_TITLE;
	ret_element->role = heading ? UI_ROLE_HEADING : UI_ROLE_TEXT;
	ret_element->label = label->text;
}

static void label_traits_changed(struct ui_view *view)
{
	ui_view_invalidate_size(view);
	ui_view_set_needs_draw(view);
}

static void label_init(struct os_object *object)
{
	struct label *label = os_object_state(object, &s_label_class.base);
	label->text = os_strdup("");
	label->style = UI_TEXT_BODY;
	label->color = UI_COLOR_LABEL;
	label->lines = 1;
}

static void label_finalize(struct os_object *object)
{
	struct label *label = os_object_state(object, &s_label_class.base);
	os_free(label->text);
}

static const struct ui_view_class s_label_class = {
	.base = {.struct_size = sizeof(s_label_class),
	         .name = "label",
	         .size = sizeof(struct label),
	         .super = &ui_view_class.base,
	         .init = label_init,
	         .finalize = label_finalize},
	.draw = label_draw,
	.size_that_fits = label_size_that_fits,
	.baseline = label_baseline,
	.accessibility = label_accessibility,
	.traits_changed = label_traits_changed,
};

struct ui_view *ui_label_create(const char *text)
{
	struct ui_view *view = ui_view_create_of_class(&s_label_class);
	ui_label_set_text(view, text);
	return view;
}

void ui_label_set_text(struct ui_view *view, const char *text)
{
	struct label *label = label_of(view);
	const char *next = text != NULL ? text : "";
	if (strcmp(label->text, next) == 0) {
		return;
	}
	char *copy = os_strdup(next);
	os_free(label->text);
	label->text = copy;
	label_traits_changed(view);
}

const char *ui_label_text(const struct ui_view *view)
{
	return label_of(view)->text;
}

void ui_label_set_style(struct ui_view *view, enum ui_text_style style)
{
	struct label *label = label_of(view);
	if (label->style != style) {
		label->style = style;
		label_traits_changed(view);
	}
}

void ui_label_set_color(struct ui_view *view, enum ui_color color)
{
	struct label *label = label_of(view);
	if (label->color != color) {
		label->color = color;
		ui_view_set_needs_draw(view);
	}
}

void ui_label_set_align(struct ui_view *view, enum md_text_align align)
{
	struct label *label = label_of(view);
	if (label->align != align) {
		label->align = align;
		ui_view_set_needs_draw(view);
	}
}

void ui_label_set_lines(struct ui_view *view, int lines)
{
	struct label *label = label_of(view);
	if (label->lines != lines) {
		label->lines = lines;
		label_traits_changed(view);
	}
}

void ui_label_set_heading(struct ui_view *view, bool heading)
{
	label_of(view)->heading = heading;
}
