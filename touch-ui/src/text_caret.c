#include "text_caret.h"

#include <os/clock.h>
#include <ui/view_class.h>

#define BLINK_US 500000
#define REST_US 10000000 /* CONTRACTS.md, Text input */

static void light(struct text_caret *caret, bool lit)
{
	/* Not hidden, which would be a matter of layout. */
	ui_view_set_opacity(caret->view, lit ? 1 : 0);
}

static void blink(void *context, int64_t now_us)
{
	struct text_caret *caret = context;
	if (now_us - caret->last_key_us >= REST_US) {
		light(caret, true);
		return;
	}
	light(caret, ui_view_opacity(caret->view) == 0);
	os_timer_set(caret->timer, now_us + BLINK_US);
}

void text_caret_init(struct text_caret *caret, struct ui_view *parent)
{
	caret->view = ui_view_create();
	ui_view_set_background(caret->view, UI_COLOR_TINT);
	ui_view_set_layered(caret->view, true);
	ui_view_set_enabled(caret->view, false);
	ui_view_add(parent, caret->view);
	light(caret, false);
}

void text_caret_finish(struct text_caret *caret)
{
	caret->timer = os_timer_release(caret->timer);
}

void text_caret_place(struct text_caret *caret, struct md_rect rect)
{
	double x = md_snap(rect.x - TEXT_CARET_WIDTH / 2, ui_view_appearance(caret->view)->scale);
	ui_view_set_frame(caret->view, (struct md_rect){x, rect.y, TEXT_CARET_WIDTH, rect.height});
}

void text_caret_touch(struct text_caret *caret)
{
	if (!caret->shown) {
		return;
	}
	light(caret, true);
	caret->last_key_us = os_clock_now_us();
	if (caret->timer == NULL && os_loop_current() != NULL) {
		caret->timer = os_timer_create(os_loop_current(), OS_TIMER_DEVICE,
					       OS_LOOP_MODE_COMMON, blink, caret);
	}
	if (caret->timer != NULL) {
		os_timer_set(caret->timer, caret->last_key_us + BLINK_US);
	}
}

void text_caret_show(struct text_caret *caret, bool shown)
{
	caret->shown = shown;
	if (shown) {
		text_caret_touch(caret);
		return;
	}
	light(caret, false);
	if (caret->timer != NULL) {
		os_timer_cancel(caret->timer);
	}
}
