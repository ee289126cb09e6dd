/* The recogniser by which a finger on moving content stops it, without touching what lies under it.
 * Private to the layer. */
#ifndef UI_SRC_SCROLL_STOP_H
#define UI_SRC_SCROLL_STOP_H

#include <ui/gesture.h>

/* can_stop is asked at the first finger; did_stop hears of that finger (down) and of the last one's
 * lift. pan goes on beside it. The view is the context and outlives the gesture. */
struct ui_gesture *scroll_stop_create(bool (*can_stop)(void *view),
                                      void (*did_stop)(void *view, bool down, int64_t now_us),
                                      struct ui_gesture *pan, struct ui_view *view);

#endif
