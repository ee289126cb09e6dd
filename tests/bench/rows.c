#include "rows.h"

/* FEEL.md, Budgets, in its order within each group. A round is some 20 ms of each side where turns
 * are timed by the processor's time; what waits takes as long as it takes. */
/* clang-format off */
const struct bench_row bench_rows[] = {
	{.group = "media", .name = "composite-list", .unit = "us", .budget = 1.2, .rounds = 15,
	 .figure = {"figures-media", "composite-list", 200}, .floor = {"floors-media", "composite-list", 200}},
	{.group = "media", .name = "composite-push", .unit = "us", .budget = 1.3, .rounds = 15,
	 .figure = {"figures-media", "composite-push", 200}, .floor = {"floors-media", "composite-push", 200}},
	{.group = "media", .name = "damage-10", .unit = "us", .budget = 1.2, .rounds = 15,
	 .figure = {"figures-media", "damage-10", 1000}, .floor = {"figures-media", "damage-100-tenth", 100}},
	{.group = "media", .name = "present", .unit = "us", .budget = 1.25, .rounds = 15,
	 .figure = {"figures-present", "present", 300}, .floor = {"floors-present", "present", 300}},
	{.group = "media", .name = "present-10", .unit = "us", .budget = 1.25, .rounds = 15,
	 .figure = {"figures-present", "present-10", 2000}, .floor = {"floors-present", "present-10", 2000}},
	{.group = "media", .name = "label-new", .unit = "us", .budget = 1.5, .rounds = 15,
	 .figure = {"figures-text", "label-new", 2000}, .floor = {"floors-text", "label-new", 2000}},
	{.group = "media", .name = "label-cached", .unit = "us", .budget = 1.5, .rounds = 15,
	 .figure = {"figures-text", "label-cached", 5000}, .floor = {"floors-text", "label-cached", 5000}},
	{.group = "media", .name = "shadow", .unit = "us", .budget = 1.2, .rounds = 15,
	 .figure = {"figures-media", "shadow", 100}, .floor = {"floors-blur", "shadow", 50}},
	{.group = "media", .name = "backdrop", .unit = "us", .budget = 1.2, .rounds = 15,
	 .figure = {"figures-media", "backdrop", 40}, .floor = {"floors-blur", "backdrop", 40}},

	{.group = "ui", .name = "scroll-step", .unit = "us", .budget = 1.6, .rounds = 15,
	 .figure = {"figures-ui", "scroll-step", 100}, .floor = {"floors-list", "scroll-step", 200}},
	{.group = "ui", .name = "scroll-100k", .unit = "us", .budget = 1.05, .rounds = 21,
	 .figure = {"figures-ui", "scroll-100k", 100}, .floor = {"figures-ui", "scroll-100", 100}},
	{.group = "ui", .name = "open-10k", .unit = "us", .budget = 1.2, .rounds = 15,
	 .figure = {"figures-ui", "open-10k", 10}, .floor = {"figures-ui", "open-20", 10}},
	{.group = "ui", .name = "row-bytes", .unit = "B", .budget = 0, .rounds = 1,
	 .figure = {"figures-ui", "row-bytes", 1000000}},
	{.group = "ui", .name = "row-bytes-varied", .unit = "B", .budget = 16, .rounds = 1,
	 .figure = {"figures-ui", "row-bytes-varied", 1000000}},
	{.group = "ui", .name = "text-scroll", .unit = "us", .budget = 3, .rounds = 15,
	 .figure = {"figures-ui", "text-scroll", 100}, .floor = {"floors-media", "memcpy", 500}},

	{.group = "core", .name = "message", .unit = "us", .budget = 1.5, .rounds = 9, .spread = true,
	 .figure = {"figures-message", "message", 1100}, .floor = {"floors-message", "message", 1100}},
	{.group = "core", .name = "frame-handover", .unit = "us", .budget = 1.4, .rounds = 9, .spread = true,
	 .figure = {"figures-handover", "frame-handover", 1000}, .floor = {"floors-message", "frame-handover", 1000}},
	{.group = "core", .name = "clock", .unit = "us", .budget = 2, .rounds = 3, .spread = true, .together = true,
	 .figure = {"figures-clock", "clock", 360}, .floor = {"floors-clock", "clock", 360}},

	{.group = "store", .name = "store-save", .unit = "us", .budget = 1.3, .rounds = 9, .spread = true,
	 .figure = {"figures-store", "store-save", 256}, .floor = {"floors-store", "store-save", 1000}},
	{.group = "store", .name = "store-durable", .unit = "us", .budget = 1.3, .rounds = 9, .spread = true,
	 .figure = {"figures-store", "store-durable", 60}, .floor = {"floors-store", "store-durable", 60}},
	{.group = "store", .name = "store-get", .unit = "us", .budget = 2, .rounds = 15,
	 .figure = {"figures-store", "store-get", 10000}, .floor = {"floors-store", "store-get", 10000}},
	{.group = "store", .name = "store-batch", .unit = "us", .budget = 1.25, .rounds = 5, .spread = true,
	 .figure = {"figures-store", "store-batch", 100000}, .floor = {"floors-store", "store-batch", 100000}},

	{.group = "system", .name = "launch-cold", .unit = "ms", .per = 1000, .budget = 1.7, .rounds = 3, .spread = true,
	 .figure = {"figures-system", "launch-cold", 3}, .floor = {"floors-app", "launch-cold", 10}},
	{.group = "system", .name = "memory-app", .unit = "MB", .per = 1024, .budget = 1.3, .rounds = 1, .spread = true,
	 .figure = {"figures-system", "memory-app", 1}, .floor = {"floors-app", "memory-app", 1}},
	{.group = "system", .name = "memory-system", .unit = "MB", .per = 1024, .budget = 48, .rounds = 1, .spread = true,
	 .figure = {"figures-system", "memory-system", 1}},
	{.group = "system", .name = "idle", .unit = "wakes", .budget = 0, .rounds = 1, .spread = true,
	 .figure = {"figures-system", "idle", 10}},
	{.group = "system", .name = "long", .unit = "count", .budget = 0, .rounds = 1, .spread = true,
	 .figure = {"figures-system", "long", 1}},
};
/* clang-format on */
const size_t bench_row_count = sizeof(bench_rows) / sizeof(bench_rows[0]);
