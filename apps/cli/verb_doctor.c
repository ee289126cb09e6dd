#include <errno.h>
#include <fcntl.h>

#include <os/doctor.h>
#include <os/file.h>

#include "cli.h"
#include "facts.h"
#include "report.h"
#include "inputs.h"
#include "session.h"

#include <os/memory.h>
#include <stdlib.h>
#include <string.h>

static const struct cli_option s_options[] = {
    {"--report", "FILE", "and what only hardware can tell, into a file, to be sent to somebody"},
    {"--seconds", "N", "how long the report watches frames; 60 unless given, 0 for not at all"},
    {NULL},
};

/* What only this command knows: desktop, installation, and whether the device has its walls. */
static void add_own_facts(struct cli *cli, struct os_doctor *doctor)
{
	char path[OS_LAYOUT_MAX], value[256];
	os_doctor_add(doctor, "desktop",
		      cli->environment.has_screen ? OS_DOCTOR_OK : OS_DOCTOR_NOTE, "", "%s",
		      cli->environment.has_screen ? "there is one: a device gets a window"
						  : "there is none: devices run headless");
	bool installed = cli_root(path) == 0;
	os_doctor_add(doctor, "installation", installed ? OS_DOCTOR_OK : OS_DOCTOR_MISSING, "",
		      "%s", installed ? path : "the programs of the device are not there");
	if (cli_data_folder(cli, path) < 0) {
		os_doctor_add(doctor, "data", OS_DOCTOR_MISSING, "export STRATA_HOME=…",
			      "neither STRATA_HOME nor HOME is set");
	} else {
		os_doctor_add(doctor, "data", OS_DOCTOR_NOTE, "", "%s", path);
	}
	char display[480];
	struct cli_facts *device = os_alloc(sizeof(*device));
	if (cli_try_connect(cli) >= 0 && cli_ask_facts(cli, device) >= 0) {
		bool open = cli_fact_option(device, "walls", value, sizeof(value)) &&
			    strcmp(value, "no") == 0;
		os_doctor_add(doctor, "device", open ? OS_DOCTOR_MISSING : OS_DOCTOR_OK,
			      open ? "strata stop; strata run" : "", "%s runs%s", cli->device,
			      open ? " with --no-walls: its apps see all that you see" : "");
		cli_add_inputs(cli, doctor);
		if (cli_ask_display(cli, display, sizeof(display)) >= 0) {
			os_doctor_add(doctor, "display", OS_DOCTOR_NOTE, "", "%s", display);
		}
	}
	os_free(device);
}

static void add_json(const struct os_doctor_fact *fact, size_t at, struct os_buffer *out)
{
	os_buffer_add_text(out, at ? ",\n {" : "{");
	cli_json_key(out, "name");
	cli_json_text(out, fact->name);
	cli_json_key(out, "state");
	cli_json_text(out, os_doctor_state_name(fact->state));
	cli_json_key(out, "sentence");
	cli_json_text(out, fact->sentence);
	cli_json_key(out, "mend");
	cli_json_text(out, fact->mend);
	os_buffer_add_char(out, '}');
}

static void add_text(const struct os_doctor_fact *fact, size_t at, struct os_buffer *out)
{
	os_buffer_printf(out, "%s%-8s %-16s %s", at ? "\n" : "", os_doctor_state_name(fact->state),
			 fact->name, fact->sentence);
	if (fact->mend[0]) {
		os_buffer_printf(out, "\n%26smend it: %s", "", fact->mend);
	}
}

static int write_report(struct cli *cli, struct os_buffer *report)
{
	const char *path = cli_value(cli, "--report"), *seconds = cli_value(cli, "--seconds");
	int result = cli_make_folders_for(path);
	if (result == 0) {
		report_add(cli, report, seconds ? atoi(seconds) : REPORT_SECONDS);
		result = os_file_write_atomic(AT_FDCWD, path, report->bytes, report->length);
	}
	if (result < 0) {
		return cli_fail(CLI_FAILED, "%s cannot be written: %s", path,
				os_status_text(result));
	}
	fprintf(stderr, "The report is in %s; read it, and add it to an issue of the project.\n", path);
	return CLI_DONE;
}

static int run(struct cli *cli)
{
	struct os_doctor doctor;
	os_doctor_collect(&doctor);
	add_own_facts(cli, &doctor);
	struct os_buffer out = {0};
	bool well = true;
	const char *seconds = cli_value(cli, "--seconds");
	if (seconds && (seconds[strspn(seconds, "0123456789")] || strlen(seconds) > 3)) {
		return cli_usage(cli, "--seconds takes a number up to 999, not %s", seconds);
	}
	os_buffer_add_text(&out, cli->json ? "[" : "");
	for (size_t i = 0; i < doctor.count; i++) {
		well = well && doctor.facts[i].state != OS_DOCTOR_MISSING;
		if (cli->json) {
			add_json(&doctor.facts[i], i, &out);
		} else {
			add_text(&doctor.facts[i], i, &out);
		}
	}
	os_buffer_add_text(&out, cli->json ? "]" : "");
	struct os_buffer report = {0};
	os_buffer_add(&report, os_buffer_text(&out), out.length);
	int code = cli_print(&out);
	if (cli_value(cli, "--report")) {
		code = write_report(cli, &report);
	}
	os_buffer_finish(&report);
	return well ? code : CLI_FAILED;
}

const struct cli_verb cli_verb_doctor = {
    .name = "doctor",
    .arguments = "[--report FILE]",
    .summary = "says what this machine has of what Strata needs, and how to mend the rest",
    .help = "The exit code is 1 when something is missing. A report asks to use the screen for a minute and\n"
	    "then what only eyes can tell, question by question, where there is a terminal to answer\n"
	    "in; nothing of apps' data is in it.",
    .options = s_options,
    .least = 0,
    .most = 0,
    .json = true,
    .run = run};
