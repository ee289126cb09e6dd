#include "table_empty.h"

#include <ui/button.h>
#include <ui/image_view.h>
#include <ui/label.h>
#include <ui/layout.h>

#define SYMBOL_SIZE 56.0
#define MARGIN 32.0

static void did_tap(void *context, struct ui_view *button)
{
	struct table_empty *empty = context;
	empty->fn(empty->context);
}

static struct ui_view *create_view(struct table_empty *empty, const struct table_empty_options *options)
{
	struct ui_view *stack = ui_stack_create(UI_STACK_VERTICAL, 16);
	ui_stack_set_align(stack, UI_ALIGN_CENTER);
	ui_view_add(stack, ui_symbol_view_create(options->symbol, SYMBOL_SIZE, UI_COLOR_TERTIARY_LABEL));
	struct ui_view *sentence = ui_label_create(options->sentence);
	ui_label_set_lines(sentence, 0);
	ui_label_set_align(sentence, MD_ALIGN_CENTER);
	ui_label_set_color(sentence, UI_COLOR_SECONDARY_LABEL);
	ui_view_add(stack, sentence);
	if (options->button != NULL) {
		struct ui_view *button = ui_button_create(options->button, UI_BUTTON_TINTED);
		ui_control_add_action(button, UI_CONTROL_TAPPED, did_tap, empty);
		ui_view_add(stack, button);
	}
	return stack;
}

void table_empty_set(struct table_empty *empty, struct ui_view *table, const struct table_empty_options *options)
{
	if (empty->view != NULL) {
		ui_view_remove(empty->view);
	}
	empty->fn = options->fn;
	empty->context = options->context;
	empty->view = create_view(empty, options);
	ui_view_set_hidden(empty->view, true);
	ui_view_add(table, empty->view);
}

void table_empty_layout(struct table_empty *empty, struct ui_view *table, bool is_empty)
{
	if (empty->view == NULL) {
		return;
	}
	ui_view_set_hidden(empty->view, !is_empty);
	if (!is_empty) {
		return;
	}
	struct md_rect bounds = md_rect_inset(ui_view_bounds(table), ui_view_safe_area(table));
	double width = OS_MAX(bounds.width - 2 * MARGIN, 1);
	struct md_size size = ui_view_size_that_fits(empty->view, (struct md_size){width, bounds.height});
	double y = bounds.y + OS_MAX((bounds.height - size.height) * 0.42, 0); /* the eye's middle is higher */
	ui_view_set_frame(empty->view, (struct md_rect){bounds.x + MARGIN, md_snap(y, 1), width, size.height});
}

void table_empty_finish(struct table_empty *empty)
{
	empty->view = NULL;
}
