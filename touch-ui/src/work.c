#include "work.h"

#include "scene_private.h"

void ui_work_add(struct ui_scene *scene, const struct os_trace_site *site, uint32_t *index,
		 int64_t us, bool is_inner)
{
	if (scene == NULL) {
		return;
	}
	struct ui_work *work = ui_scene_work(scene);
	uint64_t flow = os_flow_current();
	if (os_flow_kind(flow) == OS_FLOW_TOUCH || os_flow_kind(flow) == OS_FLOW_KEY) {
		work->flow = flow;
	}
	work->total_us += is_inner ? 0 : us;
	/* Who only waited for the slow one inside of it is not named instead of it. */
	if (us > work->slowest_us + work->slowest_us / 4) {
		work->slowest_us = us;
		work->site = site;
		work->index = index;
	}
}

void ui_work_end(struct ui_work *work)
{
	if (work->flow != 0 && work->total_us > UI_WORK_LONG_US) {
		os_trace_record(work->site, work->index, work->flow, os_clock_real_us(),
				work->total_us, work->slowest_us);
	}
	*work = (struct ui_work){0};
}
