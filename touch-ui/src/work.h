/* Work: how long the main thread was busy between a touch and its commit (the finger law).
 *
 * Each place that calls out to an app adds what the call took, under a trace site of its own; when
 * the frame is committed and all of it was more than 2 ms, a `long` record names the slowest. */
#ifndef UI_WORK_H
#define UI_WORK_H

#include <os/trace.h>

#define UI_WORK_LONG_US 2000

struct ui_scene;

struct ui_work {
	const struct os_trace_site *site; /* of the slowest */
	uint32_t *index;
	int64_t slowest_us, total_us;
	uint64_t flow; /* of the last touch; 0: none since the last commit */
};

/* is_inner: it ran inside of another piece, which adds the time. scene NULL (tests of views alone):
 * does nothing. */
void ui_work_add(struct ui_scene *scene, const struct os_trace_site *site, uint32_t *index,
                 int64_t us,
                 bool is_inner);
void ui_work_end(struct ui_work *work); /* the frame is committed */

/* Records a hop that began at began_us, and adds it to the scene's work. */
#define UI_WORK_HOP_(scene, what, began_us, argument, is_inner)                                    \
	do {                                                                                       \
		static const struct os_trace_site s_long = {"touch-ui", __func__, OS_TRACE_FILE,   \
		                                            "long", __LINE__};                     \
		static uint32_t s_long_index;                                                      \
		int64_t hop_us = os_clock_real_us() - (began_us);                                  \
		OS_TRACE_AT("touch-ui", what, os_flow_current(), began_us, hop_us, argument);      \
		ui_work_add(scene, &s_long, &s_long_index, hop_us, is_inner);                      \
	} while (0)
#define UI_WORK_HOP(scene, what, began_us, argument)                                               \
	UI_WORK_HOP_(scene, what, began_us, argument, false)
#define UI_WORK_INNER_HOP(scene, what, began_us, argument)                                         \
	UI_WORK_HOP_(scene, what, began_us, argument, true)

#endif
