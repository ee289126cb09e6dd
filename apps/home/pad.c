/* The passcode pad: digits, and how many there are as dots. What was typed is overwritten as soon as it
 * was handed on, and is in no label and no tree.
 *
 *	open ──digits, done──▸ asks ──right──▸ taken away ──wrong──▸ open, or waits
 *	waits ──each second, until 0──▸ open */
#include <linux/input-event-codes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <os/passcode.h>
#include <os/timer.h>
#include <ui/view_class.h>

#include "kiosk.h"

#define KEYS 12
#define KEY_MOST 76.0
#define KEY_LEAST 44.0
#define GAP 16.0
#define DOT 12.0
#define MARGIN 24.0

struct pad {
	const struct pad_delegate *delegate;
	void *context;
	struct ui_view *title, *dots, *message, *cancel, *keys[KEYS]; /* weak: children */
	char code[OS_PASSCODE_MOST + 1];
	int count;
	bool asks;
	int64_t open_us; /* real time: tries are heard from then on */
	struct os_timer *timer; /* real time */
	char words[96];
};

static const struct ui_view_class s_pad_class;

static struct pad *pad_of(const struct ui_view *view)
{
	return ui_view_state(view, &s_pad_class);
}

/* --- What it says ------------------------------------------------------------------------------- */

static int64_t wait_left_us(const struct pad *pad)
{
	return OS_MAX(pad->open_us - os_clock_real_us(), INT64_C(0));
}

static void update_keys(struct pad *pad)
{
	bool closed = pad->asks || wait_left_us(pad) > 0;
	for (int i = 0; i < KEYS; i++) {
		bool is_done = i == KEYS - 1, is_delete = i == KEYS - 3;
		bool useless = (is_done && pad->count < OS_PASSCODE_LEAST) || (is_delete && pad->count == 0);
		ui_control_set_disabled(pad->keys[i], closed || useless);
	}
}

static void say_wait(struct ui_view *view)
{
	struct pad *pad = pad_of(view);
	int seconds = (int)((wait_left_us(pad) + OS_US_PER_S - 1) / OS_US_PER_S);
	if (seconds >= 60) {
		snprintf(pad->words, sizeof(pad->words), "Try again in %d:%02d min", seconds / 60, seconds % 60);
	} else if (seconds > 0) {
		snprintf(pad->words, sizeof(pad->words), "Try again in %d s", seconds);
	} else {
		pad->words[0] = '\0';
	}
	ui_label_set_text(pad->message, pad->words);
	if (seconds > 0) {
		os_timer_set(pad->timer, pad->open_us - (seconds - 1) * OS_US_PER_S);
	}
	update_keys(pad);
}

static void did_pass_second(void *context, int64_t now_us)
{
	say_wait(context);
}

static void set_count(struct ui_view *view, int count)
{
	struct pad *pad = pad_of(view);
	pad->count = count;
	if (count == 0) {
		os_passcode_forget(pad->code, sizeof(pad->code));
	}
	ui_view_set_needs_draw(pad->dots);
	update_keys(pad);
}

static void move_back(void *context)
{
	ui_view_set_transform(context, (struct md_transform){0, 0, 1, 1, 0});
}

static void shake(struct ui_view *view)
{
	struct pad *pad = pad_of(view);
	if (ui_view_appearance(view)->reduce_motion) {
		return;
	}
	struct ui_animation spring = {.is_spring = true, .spring = md_spring_from_frequency(45, 0.2)};
	ui_view_set_transform(pad->dots, (struct md_transform){14, 0, 1, 1, 0});
	ui_animate(&spring, move_back, pad->dots, NULL);
}

void pad_refuse(struct ui_view *view, const char *sentence, int64_t wait_us)
{
	struct pad *pad = pad_of(view);
	pad->asks = false;
	pad->open_us = os_clock_real_us() + wait_us;
	set_count(view, 0);
	shake(view);
	if (wait_us > 0) {
		say_wait(view);
	} else {
		ui_label_set_text(pad->message, sentence);
	}
}

/* --- What is typed ------------------------------------------------------------------------------- */

static void type_digit(struct ui_view *view, char digit)
{
	struct pad *pad = pad_of(view);
	if (pad->asks || wait_left_us(pad) > 0 || pad->count == OS_PASSCODE_MOST) {
		return;
	}
	ui_label_set_text(pad->message, "");
	pad->code[pad->count] = digit;
	pad->code[pad->count + 1] = '\0';
	set_count(view, pad->count + 1);
}

static void delete_digit(struct ui_view *view)
{
	struct pad *pad = pad_of(view);
	if (!pad->asks && pad->count > 0) {
		pad->code[pad->count - 1] = '\0';
		set_count(view, pad->count - 1);
	}
}

static void enter(struct ui_view *view)
{
	struct pad *pad = pad_of(view);
	char code[sizeof(pad->code)];
	if (pad->asks || wait_left_us(pad) > 0 || pad->count < OS_PASSCODE_LEAST) {
		return;
	}
	memcpy(code, pad->code, sizeof(code));
	pad->asks = true;
	set_count(view, 0);
	pad->delegate->entered(pad->context, code);
	os_passcode_forget(code, sizeof(code));
}

static void did_tap_key(void *context, struct ui_view *key)
{
	struct ui_view *view = context;
	const struct pad *pad = pad_of(view);
	static const char digits[KEYS] = "123456789\b0\n";
	for (int i = 0; i < KEYS; i++) {
		if (pad->keys[i] != key) {
			continue;
		}
		if (digits[i] == '\b') {
			delete_digit(view);
		} else if (digits[i] == '\n') {
			enter(view);
		} else {
			type_digit(view, digits[i]);
		}
		return;
	}
}

static void did_tap_cancel(void *context, struct ui_view *button)
{
	const struct pad *pad = pad_of(context);
	pad->delegate->cancelled(pad->context);
}

static bool pad_key(struct ui_view *view, const struct ui_key_event *event)
{
	const struct pad *pad = pad_of(view);
	if (!event->down) {
		return true;
	}
	if (event->key == KEY_ENTER || event->key == KEY_KPENTER) {
		enter(view);
	} else if (event->key == KEY_BACKSPACE) {
		delete_digit(view);
	} else if (event->key == KEY_ESC) {
		pad->delegate->cancelled(pad->context);
	} else if (event->text != NULL && event->text[0] >= '0' && event->text[0] <= '9') {
		type_digit(view, event->text[0]);
	}
	return true;
}

/* --- Looks ---------------------------------------------------------------------------------------- */

static void draw_dots(struct ui_view *view, struct md_canvas *canvas, struct md_rect bounds, void *context)
{
	const struct pad *pad = pad_of(context);
	int shown = OS_MAX(pad->count, OS_PASSCODE_LEAST);
	double step = fmin(DOT + 12, bounds.width / shown);
	double x = bounds.x + (bounds.width - (shown - 1) * step) / 2;
	struct md_color color = ui_view_resolve_color(view, UI_COLOR_LABEL);
	for (int i = 0; i < shown; i++, x += step) {
		struct md_rect dot = {x - DOT / 2, bounds.y + (bounds.height - DOT) / 2, DOT, DOT};
		if (i < pad->count) {
			md_canvas_fill_ellipse(canvas, dot, color);
		} else {
			md_canvas_stroke_rounded_rect(canvas, dot, DOT / 2, 1.5, md_color_with_alpha(color, 0.5));
		}
	}
}

static double fit(struct ui_view *view, double width)
{
	return ui_view_size_that_fits(view, (struct md_size){width, MD_UNBOUNDED}).height;
}

/* Title, dots, message, and below them cancel if there is room for it there. Returns the height. */
static double place_words(struct pad *pad, struct md_rect column, bool moves)
{
	struct ui_view *const parts[] = {pad->title, pad->dots, pad->message};
	static const double gaps[] = {18, 10, 0};
	double y = column.y;
	for (size_t i = 0; i < OS_ARRAY_LEN(parts); i++) {
		double height = parts[i] == pad->dots ? DOT + 16 : fit(parts[i], column.width);
		if (parts[i] == pad->message) {
			height = OS_MAX(height, 24);
		}
		if (moves) {
			ui_view_set_frame(parts[i], (struct md_rect){column.x, md_snap(y, 1), column.width, height});
		}
		y += height + gaps[i];
	}
	return y - column.y;
}

/* Digits read from the left in every language. */
static void place_keys(struct pad *pad, double x, double y, double side)
{
	for (int i = 0; i < KEYS; i++) {
		struct md_rect frame = {x + (i % 3) * (side + GAP), y + (i / 3) * (side + GAP), side, side};
		ui_view_set_frame(pad->keys[i], frame);
	}
}

static void place_cancel(struct pad *pad, double middle, double y)
{
	struct md_size size = ui_view_size_that_fits(pad->cancel, (struct md_size){MD_UNBOUNDED, MD_UNBOUNDED});
	double width = OS_MAX(size.width, 88), height = OS_MAX(size.height, 44);
	ui_view_set_frame(pad->cancel, (struct md_rect){md_snap(middle - width / 2, 1), md_snap(y, 1), width, height});
}

static double key_side(double width, double height)
{
	double side = fmin((width - 2 * GAP) / 3, (height - 3 * GAP) / 4);
	return floor(OS_CLAMP(side, KEY_LEAST, KEY_MOST));
}

static void layout_wide(struct pad *pad, struct md_rect bounds)
{
	double half = bounds.width / 2;
	double side = key_side(half - 2 * MARGIN, bounds.height - 2 * MARGIN);
	double keys_width = 3 * side + 2 * GAP, keys_height = 4 * side + 3 * GAP;
	double x = half + (half - keys_width) / 2, y = (bounds.height - keys_height) / 2;
	place_keys(pad, md_snap(x, 1), md_snap(y, 1), side);
	struct md_rect column = {MARGIN, 0, half - 2 * MARGIN, 0};
	double words = place_words(pad, column, false);
	column.y = md_snap(OS_MAX((bounds.height - words - 20 - 44) / 2, MARGIN), 1);
	place_words(pad, column, true);
	place_cancel(pad, half / 2, column.y + words + 20);
}

static void layout_tall(struct pad *pad, struct md_rect bounds)
{
	struct md_rect column = {MARGIN, 0, bounds.width - 2 * MARGIN, 0};
	double words = place_words(pad, column, false), below = 20 + 48;
	double side = key_side(bounds.width - 2 * MARGIN, bounds.height - 2 * MARGIN - words - 28 - below);
	double keys_width = 3 * side + 2 * GAP, keys_height = 4 * side + 3 * GAP;
	column.y = md_snap(OS_MAX((bounds.height - words - 28 - keys_height - below) / 2, MARGIN), 1);
	place_words(pad, column, true);
	double y = column.y + words + 28;
	place_keys(pad, md_snap((bounds.width - keys_width) / 2, 1), md_snap(y, 1), side);
	place_cancel(pad, bounds.width / 2, y + keys_height + 20);
}

static void pad_layout(struct ui_view *view, struct md_rect bounds)
{
	if (bounds.width > bounds.height) {
		layout_wide(pad_of(view), bounds);
	} else {
		layout_tall(pad_of(view), bounds);
	}
}

static bool pad_can_focus(struct ui_view *view)
{
	return true;
}

/* --- Life cycle ------------------------------------------------------------------------------------- */

static void pad_finalize(struct os_object *object)
{
	struct pad *pad = os_object_state(object, &s_pad_class.base);
	os_timer_release(pad->timer);
	os_passcode_forget(pad->code, sizeof(pad->code));
}

static const struct ui_view_class s_pad_class = {
	.base = {.struct_size = sizeof(s_pad_class),
	         .name = "passcode-pad",
	         .size = sizeof(struct pad),
	         .super = &ui_view_class.base,
	         .finalize = pad_finalize},
	.layout = pad_layout,
	.key = pad_key,
	.can_focus = pad_can_focus,
};

static struct ui_view *add_words(struct ui_view *view, const char *text, enum ui_text_style style)
{
	struct ui_view *label = ui_label_create(text);
	ui_label_set_style(label, style);
	ui_label_set_align(label, MD_ALIGN_CENTER);
	ui_label_set_lines(label, 0);
	ui_view_add(view, label);
	return label;
}

static void add_keys(struct ui_view *view)
{
	struct pad *pad = pad_of(view);
	for (int i = 0; i < KEYS; i++) {
		char digit[2] = {(char)('1' + i), '\0'};
		digit[0] = i == KEYS - 2 ? '0' : digit[0];
		if (i == KEYS - 3) {
			pad->keys[i] = pad_key_create(NULL, "backspace", "Delete", false);
		} else if (i == KEYS - 1) {
			pad->keys[i] = pad_key_create(NULL, "check-lg", "Done", true);
		} else {
			pad->keys[i] = pad_key_create(digit, NULL, NULL, false);
		}
		ui_control_add_action(pad->keys[i], UI_CONTROL_TAPPED, did_tap_key, view);
		ui_view_add(view, pad->keys[i]);
	}
}

struct ui_view *pad_create(const struct pad_delegate *delegate, void *context, int64_t wait_us)
{
	struct ui_view *view = ui_view_create_of_class(&s_pad_class);
	struct pad *pad = pad_of(view);
	pad->delegate = delegate;
	pad->context = context;
	pad->open_us = os_clock_real_us() + wait_us;
	pad->timer = os_timer_create(os_loop_current(), OS_TIMER_REAL, OS_LOOP_MODE_COMMON, did_pass_second, view);
	ui_view_set_background(view, UI_COLOR_BACKGROUND);
	ui_view_set_layered(view, true);
	pad->title = add_words(view, "Enter the passcode", UI_TEXT_TITLE2);
	pad->dots = ui_canvas_view_create(draw_dots, view);
	ui_view_add(view, pad->dots);
	pad->message = add_words(view, "", UI_TEXT_SUBHEAD);
	ui_label_set_color(pad->message, UI_COLOR_DESTRUCTIVE);
	add_keys(view);
	pad->cancel = ui_button_create("Cancel", UI_BUTTON_PLAIN);
	ui_button_set_style(pad->cancel, UI_TEXT_BAR_ITEM);
	ui_control_add_action(pad->cancel, UI_CONTROL_TAPPED, did_tap_cancel, view);
	ui_view_add(view, pad->cancel);
	say_wait(view);
	return view;
}
