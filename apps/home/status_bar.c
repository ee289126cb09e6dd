/* The time, looked at once a minute: the only wake-up that an idle device has. */
#include <math.h>
#include <string.h>

#include <md/canvas.h>
#include <os/timer.h>

#include "home.h"

#define MARGIN 16.0
#define MINUTE_US (60 * OS_US_PER_S)

struct status {
	struct os_timer *timer;
	struct os_listener clock;
	struct status_signs signs;
	struct status_words words;
	void (*minute)(void *context);
	void *minute_context;
};

static const struct ui_view_class s_status_class;

static struct status *status_of(const struct ui_view *view)
{
	return ui_view_state(view, &s_status_class);
}

static void wait_for_next_minute(struct status *status)
{
	int64_t into_us = os_clock_wall_us() % MINUTE_US;
	os_timer_set(status->timer, os_clock_now_us() + MINUTE_US - into_us);
}

static void did_pass_minute(void *context, int64_t now_us)
{
	struct ui_view *view = context;
	const struct status *status = status_of(view);
	ui_view_set_needs_draw(view);
	if (status->minute != NULL) {
		status->minute(status->minute_context);
	}
	wait_for_next_minute(status_of(view));
}

/* Somebody set the time of day. */
static void did_change_clock(void *context, void *data)
{
	did_pass_minute(context, os_clock_now_us());
}

static struct md_text_layout *create_text(const char *text, enum md_font_weight weight)
{
	/* Stays small: it is a place to glance at, and bars stop growing (FEEL.md, Type). */
	struct md_text_style style = {.font = {MD_FONT_UI, 13, weight}, .max_lines = 1, .single_paragraph = true};
	return md_text_layout_create(text, strlen(text), &style, MD_UNBOUNDED);
}

static void status_draw(struct ui_view *view, struct md_canvas *canvas, struct md_rect dirty)
{
	const struct status *status = status_of(view);
	struct md_rect bounds = ui_view_bounds(view);
	struct md_color color = status->signs.over_app ? ui_view_resolve_color(view, UI_COLOR_LABEL) : MD_COLOR_WHITE;
	char text[CS_DATE_TEXT];
	cs_date_format(os_clock_wall_us(), os_clock_wall_us(), CS_DATE_TIME, NULL, text);
	struct md_text_layout *time = create_text(text, MD_WEIGHT_SEMIBOLD);
	double y = md_snap(bounds.y + (bounds.height - md_text_layout_size(time).height) / 2, 1);
	bool rtl = ui_view_appearance(view)->rtl;
	double width = md_text_layout_size(time).width;
	md_canvas_draw_text(canvas, time, (struct md_point){rtl ? bounds.width - MARGIN - width : MARGIN, y}, color);
	md_text_layout_release(time);
	status_signs_draw(&status->signs, view, canvas, color);
}

static void status_accessibility(struct ui_view *view, struct ui_accessibility *ret_element)
{
	struct status *status = status_of(view);
	status_signs_describe(&status->signs, &status->words);
	ret_element->role = UI_ROLE_BAR;
	ret_element->label = status->words.count > 0 ? status->words.texts[0] : NULL;
	ret_element->text_count = status->words.count;
	for (int i = 0; i < status->words.count; i++) {
		ret_element->texts[i] = status->words.texts[i];
	}
	ret_element->leaf = true;
}

static void status_finalize(struct os_object *object)
{
	struct status *status = os_object_state(object, &s_status_class.base);
	os_listener_disconnect(&status->clock);
	os_timer_release(status->timer);
}

static const struct ui_view_class s_status_class = {
	.base = {.struct_size = sizeof(s_status_class),
	         .name = "status-bar",
	         .size = sizeof(struct status),
	         .super = &ui_view_class.base,
	         .finalize = status_finalize},
	.draw = status_draw,
	.accessibility = status_accessibility,
};

struct ui_view *status_bar_create(void)
{
	struct ui_view *view = ui_view_create_of_class(&s_status_class);
	struct status *status = status_of(view);
	status->timer = os_timer_create(os_loop_current(), OS_TIMER_DEVICE, OS_LOOP_MODE_COMMON, did_pass_minute, view);
	os_signal_connect(os_process_clock_changed(), &status->clock, did_change_clock, view);
	ui_view_set_layered(view, true);
	ui_view_set_enabled(view, false);
	wait_for_next_minute(status);
	return view;
}

void status_bar_set_over_app(struct ui_view *view, bool over_app)
{
	struct status_signs *signs = &status_of(view)->signs;
	if (signs->over_app != over_app) {
		signs->over_app = over_app;
		ui_view_set_needs_draw(view);
	}
}

void status_bar_set_walls_missing(struct ui_view *view, bool missing)
{
	status_of(view)->signs.walls_missing = missing;
	ui_view_set_needs_draw(view);
}

/* What a person sees of it: whole percents. */
static bool looks_alike(const struct md_power *a, const struct md_power *b)
{
	return a->has_battery == b->has_battery && a->is_charging == b->is_charging &&
	       round(a->battery * 100) == round(b->battery * 100) && a->is_throttled == b->is_throttled;
}

void status_bar_set_power(struct ui_view *view, const struct md_power *power)
{
	struct status_signs *signs = &status_of(view)->signs;
	if (!looks_alike(&signs->power, power)) {
		ui_view_set_needs_draw(view);
	}
	signs->power = *power;
}

void status_bar_on_minute(struct ui_view *view, void (*fn)(void *context), void *context)
{
	status_of(view)->minute = fn;
	status_of(view)->minute_context = context;
}
