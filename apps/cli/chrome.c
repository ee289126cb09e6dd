#include "chrome.h"

#include <inttypes.h>
#include <stdlib.h>

#include <os/memory.h>

static const char *kind_name(enum os_flow_kind kind)
{
	switch (kind) {
	case OS_FLOW_TOUCH:
		return "touch";
	case OS_FLOW_FRAME:
		return "frame";
	case OS_FLOW_WRITE:
		return "write";
	case OS_FLOW_KEY:
		return "key";
	}
	return "flow";
}

static void add_processes(const struct rings *rings, struct os_buffer *json)
{
	for (int i = 0; i < rings->process_count; i++) {
		os_buffer_printf(
		    json,
		    "%s{\"ph\": \"M\", \"name\": \"process_name\", \"pid\": %d, \"tid\": 0, "
		    "\"args\": {\"name\": ",
		    i ? ",\n" : "", rings->processes[i].pid);
		cli_json_text(json, rings->processes[i].name);
		os_buffer_add_text(json, "}}");
	}
}

static void add_slice(const struct rings *rings, const struct ring_record *record,
		      struct os_buffer *json)
{
	const struct os_trace_event *event = &record->event;
	os_buffer_add_text(json, ",\n{\"ph\": \"X\", \"name\": ");
	cli_json_text(json, event->what);
	cli_json_key(json, "cat");
	cli_json_text(json, event->layer);
	os_buffer_printf(json,
			 ", \"pid\": %d, \"tid\": %u, \"ts\": %" PRId64 ", \"dur\": %" PRId64
			 ", \"args\": {",
			 rings->processes[record->process].pid, event->thread, event->real_us,
			 event->duration_us);
	cli_json_key(json, "function");
	cli_json_text(json, event->function);
	cli_json_key(json, "file");
	cli_json_text(json, event->file);
	os_buffer_printf(
	    json, ", \"line\": %d, \"argument\": %" PRId64 ", \"flow\": \"%016" PRIx64 "\"}}",
	    event->line, event->argument, event->flow);
}

/* Records of one flow stand together, in order of time within it. */
static int by_flow(const void *a, const void *b)
{
	const struct ring_record *one = *(struct ring_record *const *)a;
	const struct ring_record *other = *(struct ring_record *const *)b;
	if (one->event.flow != other->event.flow) {
		return one->event.flow < other->event.flow ? -1 : 1;
	}
	return one < other ? -1 : one > other;
}

static void add_flows(const struct rings *rings, const struct ring_record **records, size_t count,
		      struct os_buffer *json)
{
	for (size_t i = 0; i < count; i++) {
		const struct os_trace_event *event = &records[i]->event;
		bool first = i == 0 || records[i - 1]->event.flow != event->flow;
		bool last = i + 1 == count || records[i + 1]->event.flow != event->flow;
		if (event->flow == 0 || (first && last)) {
			continue;
		}
		os_buffer_printf(json,
				 ",\n{\"ph\": \"%s\", \"name\": \"%s\", \"cat\": \"flow\", \"id\": "
				 "\"0x%016" PRIx64 "\", \"pid\": %d, \"tid\": %u, \"ts\": %" PRId64
				 "%s}",
				 first  ? "s"
				 : last ? "f"
					: "t",
				 kind_name(os_flow_kind(event->flow)), event->flow,
				 rings->processes[records[i]->process].pid, event->thread,
				 event->real_us, last ? ", \"bp\": \"e\"" : "");
	}
}

size_t chrome_write(const struct rings *rings, int64_t since_us, struct os_buffer *json)
{
	const struct ring_record **records = os_alloc_array(rings->count + 1, sizeof(*records));
	size_t count = 0;
	os_buffer_add_text(json, "{\"displayTimeUnit\": \"ms\", \"traceEvents\": [\n");
	add_processes(rings, json);
	for (size_t i = 0; i < rings->count; i++) {
		if (rings->records[i].event.real_us >= since_us) {
			records[count++] = &rings->records[i];
			add_slice(rings, &rings->records[i], json);
		}
	}
	qsort(records, count, sizeof(*records), by_flow);
	add_flows(rings, records, count, json);
	os_buffer_add_text(json, "\n]}\n");
	os_free(records);
	return count;
}
