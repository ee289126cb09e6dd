/* Mock panel: the real panels of tests/devices, and recordings of them, as devices of mock_input.
 *
 *	struct mock_input *panel = mock_panel_plug(&panel_ft5x06);
 *	mock_panel_send(panel, events, count, shift_us)     report by report; each at its time + shift_us
 *	mock_panel_next(panel, events, count, &at)          one report only
 */
#ifndef MOCK_PANEL_H
#define MOCK_PANEL_H

#include <linux/input.h>

#include "devices.h"
#include "mock_input.h"

struct mock_input *mock_panel_plug(const struct touch_panel *panel);
/* Sends events from *at to the next SYN_REPORT, and moves *at behind it. A SYN_DROPPED among them: the
 * kernel knows what they say, the reader does not. */
void mock_panel_next(struct mock_input *input, const struct input_event *events, size_t count, size_t *at);
int64_t mock_panel_time_us(const struct input_event *event);

#endif
