/* What only eyes and fingers can tell: asked one by one where there is a terminal. */
#include <string.h>
#include <unistd.h>

#include "report.h"

static const char *const s_questions[] = {
    "From power-on to home: was there ever text, a cursor or a white or black flash?",
    "Is the picture upright, whole to the edges, and sharp?",
    "Does a tap in each of the four corners hit what is there?",
    "Does a slow drag stay under the finger, everywhere on the panel?",
    "Do flings and pages move evenly, without tearing or steps?",
    "Do two fingers at once both work (pinch in a photo, two keys)?",
    "Settings, Display: does the brightness slider dim the panel, evenly down to dark?",
    "Left alone, does it dim, then go dark, and does the first touch only wake it?",
    "Unplug the touchscreen's cable while a finger drags, and plug it in again: does it work?",
    "Turn it (strata orientation 90): do picture and fingers turn together?",
    "With a keyboard: do keys arrive once, and none on the console behind?",
    "Pull the power while typing a note; is what was there a second before still there?",
};

void report_add_questions(struct os_buffer *out)
{
	char line[512];
	bool asks = isatty(STDIN_FILENO);
	report_add_title(out, "Checklist");
	if (asks) {
		fprintf(stderr, "Answer in words; an empty line leaves it open.\n");
	}
	for (size_t i = 0; i < OS_ARRAY_LEN(s_questions); i++) {
		line[0] = '\0';
		if (asks) {
			fprintf(stderr, "%zu of %zu. %s\n> ", i + 1, OS_ARRAY_LEN(s_questions),
				s_questions[i]);
			asks = fgets(line, sizeof(line), stdin) != NULL;
			line[strcspn(line, "\n")] = '\0';
		}
		os_buffer_printf(out, "%zu. %s\n   %s\n", i + 1, s_questions[i],
				 line[0] != '\0' ? line : "(open)");
	}
}
