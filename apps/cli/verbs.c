#include "cli.h"

#include <string.h>

extern const struct cli_verb cli_verb_run, cli_verb_stop, cli_verb_erase, cli_verb_status,
    cli_verb_devices, cli_verb_doctor, cli_verb_new, cli_verb_install, cli_verb_uninstall,
    cli_verb_apps, cli_verb_launch, cli_verb_quit, cli_verb_kill, cli_verb_suspend,
    cli_verb_container, cli_verb_open, cli_verb_tap, cli_verb_double_tap, cli_verb_hold,
    cli_verb_drag, cli_verb_swipe, cli_verb_type, cli_verb_key, cli_verb_play, cli_verb_expect,
    cli_verb_settle, cli_verb_scroll_to, cli_verb_screenshot, cli_verb_compare, cli_verb_tree,
    cli_verb_touch, cli_verb_trace, cli_verb_log, cli_verb_crashes, cli_verb_set, cli_verb_get,
    cli_verb_appearance, cli_verb_text_size, cli_verb_orientation, cli_verb_hardware_keyboard,
    cli_verb_clock, cli_verb_test, cli_verb_bench, cli_verb_lab, cli_verb_board, cli_verb_view,
    cli_verb_battery, cli_verb_record_touch;

const struct cli_verb *const cli_verbs[] = {
    &cli_verb_run,
    &cli_verb_stop,
    &cli_verb_erase,
    &cli_verb_status,
    &cli_verb_devices,
    &cli_verb_doctor,
    &cli_verb_new,
    &cli_verb_install,
    &cli_verb_uninstall,
    &cli_verb_apps,
    &cli_verb_launch,
    &cli_verb_quit,
    &cli_verb_kill,
    &cli_verb_suspend,
    &cli_verb_container,
    &cli_verb_open,
    &cli_verb_tap,
    &cli_verb_double_tap,
    &cli_verb_hold,
    &cli_verb_drag,
    &cli_verb_swipe,
    &cli_verb_type,
    &cli_verb_key,
    &cli_verb_play,
    &cli_verb_expect,
    &cli_verb_settle,
    &cli_verb_scroll_to,
    &cli_verb_screenshot,
    &cli_verb_compare,
    &cli_verb_tree,
    &cli_verb_touch,
    &cli_verb_trace,
    &cli_verb_log,
    &cli_verb_crashes,
    &cli_verb_set,
    &cli_verb_get,
    &cli_verb_appearance,
    &cli_verb_text_size,
    &cli_verb_orientation,
    &cli_verb_hardware_keyboard,
    &cli_verb_clock,
    &cli_verb_battery,
    &cli_verb_test,
    &cli_verb_bench,
    &cli_verb_lab,
    &cli_verb_board,
    &cli_verb_view,
    &cli_verb_record_touch,
    NULL,
};

const struct cli_verb *cli_verb_find(const char *name)
{
	for (const struct cli_verb *const *verb = cli_verbs; *verb; verb++) {
		if (strcmp((*verb)->name, name) == 0) {
			return *verb;
		}
	}
	return NULL;
}
