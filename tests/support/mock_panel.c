#include "mock_panel.h"

#include <stdbool.h>

static void add(struct mock_axis *axes, size_t *count, uint16_t code, const struct touch_panel_axis *axis)
{
	axes[(*count)++] = (struct mock_axis){code, axis->min, axis->max, axis->fuzz, axis->resolution};
}

static void add_range(struct mock_axis *axes, size_t *count, uint16_t code, int32_t max)
{
	const struct touch_panel_axis axis = {.max = max};
	add(axes, count, code, &axis);
}

struct mock_input *mock_panel_plug(const struct touch_panel *panel)
{
	struct mock_axis axes[MOCK_AXES_MAX];
	size_t count = 0;
	bool anonymous = panel->flags & TOUCH_PANEL_PROTOCOL_A;
	if (!anonymous) {
		add(axes, &count, ABS_X, &panel->x);
		add(axes, &count, ABS_Y, &panel->y);
	}
	if (panel->slots > 0) {
		add_range(axes, &count, ABS_MT_SLOT, panel->slots - 1);
		add_range(axes, &count, ABS_MT_TRACKING_ID, 65535);
	}
	if (panel->slots > 0 || anonymous) {
		add(axes, &count, ABS_MT_POSITION_X, &panel->x);
		add(axes, &count, ABS_MT_POSITION_Y, &panel->y);
	}
	if (panel->major_max > 0) {
		add_range(axes, &count, ABS_MT_TOUCH_MAJOR, panel->major_max);
	}
	if (panel->pressure_max > 0) {
		add_range(axes, &count, panel->slots > 0 ? ABS_MT_PRESSURE : ABS_PRESSURE, panel->pressure_max);
	}
	const struct mock_device device = {.name = panel->name,
					   .kind = MOCK_TOUCHSCREEN,
					   .bus = panel->bus,
					   .vendor = panel->vendor,
					   .product = panel->product,
					   .version = panel->version,
					   .axes = axes,
					   .axis_count = count,
					   .has_no_btn_touch = panel->flags & TOUCH_PANEL_NO_BUTTON,
					   .has_no_direct_prop = !(panel->flags & TOUCH_PANEL_DIRECT)};
	return mock_input_plug(&device);
}

int64_t mock_panel_time_us(const struct input_event *event)
{
	return (int64_t)event->input_event_sec * 1000000 + event->input_event_usec;
}

void mock_panel_next(struct mock_input *input, const struct input_event *events, size_t count, size_t *at)
{
	size_t end = *at;
	bool dropped = false;
	while (end < count && !(events[end].type == EV_SYN && events[end].code == SYN_REPORT)) {
		dropped = dropped || (events[end].type == EV_SYN && events[end].code == SYN_DROPPED);
		end++;
	}
	for (size_t i = *at; i < end; i++) {
		const struct input_event *event = &events[i];
		if (event->type == EV_MSC || (event->type == EV_SYN && event->code == SYN_DROPPED)) {
			continue; /* mocked devices have no EV_MSC */
		}
		if (dropped) {
			mock_input_event_lost(input, event->type, event->code, event->value);
		} else {
			mock_input_event(input, event->type, event->code, event->value);
		}
	}
	if (dropped) {
		mock_input_frame_dropped(input);
	} else {
		mock_input_frame(input);
	}
	*at = end < count ? end + 1 : count;
}
