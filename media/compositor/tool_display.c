/* What the device shows itself on, and why (`strata doctor`, `strata status`). */
#include <stdio.h>

#include "compositor_private.h"

static void reply(void *context, const char *text)
{
	struct pending *pending = context;
	const struct md_compositor *compositor =
	    pending->tool != NULL ? pending->tool->compositor : NULL;
	char all[DISPLAY_TEXT + COMPOSITOR_WHY + 4];
	const char *why = compositor != NULL ? compositor->why : "";
	snprintf(all, sizeof(all), "%s%s%s", text, why[0] != '\0' ? "; " : "", why);
	struct os_message message;
	pending_begin(pending, &message);
	os_message_write_text(&message, all);
	pending_send(pending, &message);
}

int tool_display(struct tool *tool, struct os_message *message)
{
	display_ask_text(tool->compositor->display, reply, pending_create(tool, message, -1));
	return 0;
}
