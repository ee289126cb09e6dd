#include "report.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include <os/file.h>
#include <os/memory.h>

#include "facts.h"
#include "session.h"

#define FILE_MOST 4096

void report_add_title(struct os_buffer *out, const char *title)
{
	os_buffer_printf(out, "\n\n== %s\n", title);
}

/* --- Files of the kernel's -------------------------------------------------------------------- */

/* Its first 4 KiB on lines of their own, NULs as line ends; nothing if it is not there. */
static bool add_file(struct os_buffer *out, const char *path)
{
	char bytes[FILE_MOST];
	FILE *file = fopen(path, "re");
	if (file == NULL) {
		return false;
	}
	size_t length = fread(bytes, 1, sizeof(bytes), file);
	fclose(file);
	while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\0')) {
		length--;
	}
	for (size_t i = 0; i < length; i++) {
		bytes[i] = bytes[i] == '\0' ? '\n' : bytes[i];
	}
	os_buffer_printf(out, "%s: ", path);
	os_buffer_add_text(out, memchr(bytes, '\n', length) != NULL ? "\n" : "");
	os_buffer_add(out, bytes, length);
	os_buffer_add_char(out, '\n');
	return true;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_shown(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* For each entry of a folder, these files of it. */
static void add_folder(struct os_buffer *out, const char *folder, const char *const *files)
{
	struct dirent **entries;
	int count = scandir(folder, &entries, is_shown, by_name);
	if (count <= 0) {
		os_buffer_printf(out, "%s: none\n", folder);
	}
	for (int i = 0; i < count; i++) {
		for (const char *const *file = files; *file != NULL; file++) {
			char *path = os_format("%s/%s/%s", folder, entries[i]->d_name, *file);
			add_file(out, path);
			os_free(path);
		}
		free(entries[i]);
	}
	if (count >= 0) {
		free(entries);
	}
}

/* --- Parts ------------------------------------------------------------------------------------ */

static void add_machine(struct os_buffer *out)
{
	struct utsname name;
	report_add_title(out, "Machine");
	if (uname(&name) == 0) {
		os_buffer_printf(out, "kernel: %s %s %s\n", name.release, name.version, name.machine);
	}
	static const char *const s_files[] = {"/proc/device-tree/model", "/etc/os-release",
					      "/proc/cmdline", "/sys/fs/cgroup/cgroup.controllers",
					      "/sys/kernel/security/lsm", "/proc/uptime",
					      "/etc/strata/board.conf",
					      "/boot/firmware/config.txt"};
	for (size_t i = 0; i < OS_ARRAY_LEN(s_files); i++) {
		add_file(out, s_files[i]);
	}
}

static void add_hardware(struct os_buffer *out)
{
	static const char *const s_connector[] = {"status", "enabled", "modes", NULL};
	static const char *const s_light[] = {"type", "brightness", "max_brightness", "bl_power", NULL};
	static const char *const s_supply[] = {"type", "capacity", "status", "online", NULL};
	static const char *const s_zone[] = {"type", "temp", NULL};
	report_add_title(out, "Screens");
	add_folder(out, "/sys/class/drm", s_connector);
	report_add_title(out, "Light, power, warmth");
	add_folder(out, "/sys/class/backlight", s_light);
	add_folder(out, "/sys/class/power_supply", s_supply);
	add_folder(out, "/sys/class/thermal", s_zone);
	report_add_title(out, "Input devices");
	add_file(out, "/proc/bus/input/devices");
}

static void add_device(struct cli *cli, struct os_buffer *out)
{
	report_add_title(out, "Device");
	struct cli_facts *facts = os_alloc(sizeof(*facts));
	char display[1204];
	if (cli_try_connect(cli) < 0 || cli_ask_facts(cli, facts) < 0) {
		os_buffer_printf(out, "%s does not run\n", cli->device);
		os_free(facts);
		return;
	}
	os_buffer_printf(out, "%s: %s\n%s", cli->device, facts->state, facts->options);
	if (cli_ask_display(cli, display, sizeof(display)) >= 0) {
		os_buffer_printf(out, "shown on: %s\n", display);
	}
	for (int i = 0; i < facts->stage_count; i++) {
		os_buffer_printf(out, "boot stage %s: %.1f ms, done at %.1f ms\n",
				 facts->stages[i].name, (double)facts->stages[i].us / 1000,
				 (double)facts->stages[i].at_us / 1000);
	}
	for (int i = 0; i < facts->process_count; i++) {
		os_buffer_printf(out, "process %s %s: %lld kB private\n", facts->processes[i].role,
				 facts->processes[i].app, (long long)facts->processes[i].private_kb);
	}
	os_free(facts);
}

void report_add(struct cli *cli, struct os_buffer *out, int seconds)
{
	add_machine(out);
	add_hardware(out);
	add_device(cli, out);
	if (seconds > 0) {
		report_add_frames(cli, out, seconds);
	}
	report_add_questions(out);
}
