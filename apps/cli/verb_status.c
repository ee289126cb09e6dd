#include <md/device_interface.h>
#include <os/memory.h>

#include "cli.h"
#include "facts.h"
#include "power_facts.h"
#include "session.h"

#define INFO_TIMEOUT_US (2 * OS_US_PER_S)

struct display_facts {
	uint32_t width_px, height_px;
	double scale, rate;
	int32_t orientation;
	uint64_t frames;
	char on[1204]; /* what it is, and why; "" = not said */
	struct cli_power power;
};

/* A device whose compositor is away answers the rest all the same. */
static int ask_display(struct cli *cli, struct display_facts *ret_facts)
{
	struct os_message message, reply;
	cli_begin(&message, CLI_COMPOSITOR, MD_DEVICE_INFO);
	int result = cli_call_within(cli, CLI_COMPOSITOR, &message, INFO_TIMEOUT_US, &reply);
	if (result < 0) {
		return result;
	}
	ret_facts->width_px = os_message_read_u32(&reply);
	ret_facts->height_px = os_message_read_u32(&reply);
	ret_facts->scale = os_message_read_double(&reply);
	ret_facts->rate = os_message_read_double(&reply);
	ret_facts->orientation = os_message_read_i32(&reply);
	ret_facts->frames = os_message_read_u64(&reply);
	os_message_finish(&reply);
	cli_ask_display(cli, ret_facts->on, sizeof(ret_facts->on));
	return cli_ask_power(cli, &ret_facts->power);
}

static void add_boot(const struct cli_facts *facts, struct os_buffer *out)
{
	cli_json_key(out, "boot");
	os_buffer_add_char(out, '[');
	for (int i = 0; i < facts->stage_count; i++) {
		os_buffer_add_text(out, i ? ", {" : "{");
		cli_json_key(out, "stage");
		cli_json_text(out, facts->stages[i].name);
		cli_json_key(out, "us");
		os_buffer_printf(out, "%lld, \"at_us\": %lld}", (long long)facts->stages[i].us,
				 (long long)facts->stages[i].at_us);
	}
	os_buffer_add_char(out, ']');
}

static void add_processes(const struct cli_facts *facts, struct os_buffer *out)
{
	cli_json_key(out, "processes");
	os_buffer_add_char(out, '[');
	for (int i = 0; i < facts->process_count; i++) {
		const struct cli_process *process = &facts->processes[i];
		os_buffer_printf(out, "%s{\"pid\": %d, \"role\": ", i ? ",\n  " : "\n  ",
				 process->pid);
		cli_json_text(out, process->role);
		cli_json_key(out, "app");
		if (process->app[0]) {
			cli_json_text(out, process->app);
		} else {
			os_buffer_add_text(out, "null");
		}
		cli_json_key(out, "state");
		cli_json_text(out, process->state);
		os_buffer_printf(out, ", \"private_kb\": %lld, \"launches\": %u}",
				 (long long)process->private_kb, process->launches);
	}
	os_buffer_add_char(out, ']');
}

static int print_json(struct cli *cli, const struct cli_facts *facts,
		      const struct display_facts *display)
{
	struct os_buffer out = {0};
	os_buffer_add_char(&out, '{');
	cli_json_key(&out, "device");
	cli_json_text(&out, cli->device);
	cli_json_key(&out, "state");
	cli_json_text(&out, facts->state);
	cli_json_key(&out, "foreground");
	if (facts->foreground[0]) {
		cli_json_text(&out, facts->foreground);
	} else {
		os_buffer_add_text(&out, "null");
	}
	cli_json_key(&out, "frames_presented");
	os_buffer_printf(&out, "%llu", (unsigned long long)display->frames);
	cli_json_key(&out, "clock");
	cli_json_text(&out, facts->held ? "held" : "runs");
	cli_json_key(&out, "orientation");
	os_buffer_printf(&out, "%d", display->orientation);
	cli_json_key(&out, "display");
	cli_json_text(&out, display->on);
	cli_json_key(&out, "power");
	cli_power_json(&display->power, &out);
	add_boot(facts, &out);
	add_processes(facts, &out);
	os_buffer_add_char(&out, '}');
	return cli_print(&out);
}

static void add_boot_table(const struct cli_facts *facts, struct os_buffer *out)
{
	if (facts->stage_count > 0) {
		os_buffer_printf(out, "%-12s %12s %12s\n", "boot", "took ms", "done at ms");
	}
	for (int i = 0; i < facts->stage_count; i++) {
		os_buffer_printf(out, "  %-10s %12.1f %12.1f\n", facts->stages[i].name,
				 (double)facts->stages[i].us / 1000,
				 (double)facts->stages[i].at_us / 1000);
	}
}

static int print_text(struct cli *cli, const struct cli_facts *facts,
		      const struct display_facts *display)
{
	struct os_buffer out = {0};
	os_buffer_printf(&out, "%s: %s%s", cli->device, facts->state,
			 facts->held ? ", its clock is held" : "");
	if (facts->foreground[0]) {
		os_buffer_printf(&out, ", %s in front", facts->foreground);
	}
	os_buffer_printf(
	    &out, "\ndisplay: %ux%u px at scale %g, %g Hz, turned by %d, %llu frames presented\n",
	    display->width_px, display->height_px, display->scale, display->rate,
	    display->orientation, (unsigned long long)display->frames);
	if (display->on[0]) {
		os_buffer_printf(&out, "shown on: %s\n", display->on);
	}
	cli_power_text(&display->power, &out);
	add_boot_table(facts, &out);
	os_buffer_printf(&out, "%8s  %-11s %-24s %-11s %10s", "pid", "role", "app", "state",
			 "private kB");
	for (int i = 0; i < facts->process_count; i++) {
		const struct cli_process *process = &facts->processes[i];
		os_buffer_printf(&out, "\n%8d  %-11s %-24s %-11s %10lld", process->pid,
				 process->role, process->app[0] ? process->app : "-",
				 process->state, (long long)process->private_kb);
	}
	return cli_print(&out);
}

static int run(struct cli *cli)
{
	struct cli_facts *facts = os_alloc(sizeof(*facts));
	struct display_facts display = {0};
	int result = cli_ask_facts(cli, facts);
	int code;
	if (result < 0) {
		code = cli_call_failed(cli, "status", result);
	} else {
		ask_display(cli, &display);
		code =
		    cli->json ? print_json(cli, facts, &display) : print_text(cli, facts, &display);
	}
	os_free(facts);
	return code;
}

const struct cli_verb cli_verb_status = {.name = "status",
					 .arguments = "",
					 .summary = "says what runs on the device",
					 .least = 0,
					 .most = 0,
					 .json = true,
					 .run = run};
