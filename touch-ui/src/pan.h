/* Pan: what the edge pan shares with it. */
#ifndef UI_PAN_H
#define UI_PAN_H

#include "gesture_private.h"

#define UI_PAN_SLOP 10.0 /* swallowed before a drag begins */

enum pan_verdict { PAN_WAIT, PAN_BEGIN, PAN_FAIL };

extern const struct ui_gesture_class ui_pan_class;

/* When a drag begins. moved: since the finger came down. */
typedef enum pan_verdict (*pan_decide_fn)(const struct ui_gesture *gesture,
                                          const struct ui_touch *touch, struct md_point moved);
void ui_pan_set_decide(struct ui_gesture *pan, pan_decide_fn decide);

#endif
