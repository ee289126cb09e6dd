#include "display_choice.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* --- Profiles --------------------------------------------------------------------------------- */

static const struct {
	const char *name;
	struct os_display_mode mode;
} s_profiles[] = {
    {"phone", {480, 800, 1, 60000, false}},
    {"pi7", {800, 480, 1, 60000, false}},
    {"pi-touch2", {720, 1280, 1.6, 60000, false}},
    {"tablet", {1280, 800, 1, 60000, false}},
};

static bool is_said(const char *wish)
{
	return wish != NULL && wish[0] != '\0';
}

static int parse_size(const char *text, struct os_display_mode *ret_mode)
{
	double width, height, scale, rate_hz = 60;
	int end = 0;
	if (sscanf(text, "%lfx%lf@%lf%n", &width, &height, &scale, &end) != 3) {
		return -EINVAL;
	}
	int more = 0;
	if (text[end] == ':' && sscanf(text + end, ":%lf%n", &rate_hz, &more) != 1) {
		return -EINVAL;
	}
	if (text[end + more] != '\0' || !(width >= 120 && width <= 4096) ||
	    !(height >= 120 && height <= 4096) || !(scale >= 0.5 && scale <= 4) ||
	    !(rate_hz >= 10 && rate_hz <= 240)) {
		return -EINVAL;
	}
	*ret_mode = (struct os_display_mode){(int32_t)(width * scale + 0.5),
					     (int32_t)(height * scale + 0.5), scale,
					     (int32_t)(rate_hz * 1000 + 0.5), false};
	return 0;
}

static int find_profile(const char *name, struct os_display_mode *ret_mode)
{
	for (size_t i = 0; i < OS_ARRAY_LEN(s_profiles); i++) {
		if (!is_said(name) || strcmp(name, s_profiles[i].name) == 0) {
			*ret_mode = s_profiles[i].mode;
			return 0;
		}
	}
	return parse_size(name, ret_mode);
}

/* --- Choice ----------------------------------------------------------------------------------- */

bool display_is_panel(const char *driver)
{
	return strcmp(driver, "dumb") == 0 || strcmp(driver, "kmsdrm") == 0;
}

static void add_try(struct display_choice *choice, const char *driver, const char *renderer)
{
	const char *board = strcmp(driver, "dumb") == 0 ? "linux" : "sdl";
	choice->tries[choice->count++] = (struct display_try){board, driver, renderer};
}

/* "soft" draws into the card's own memory, "gpu" through SDL; unsaid: a real GPU, if there is. */
static void choose_on_card(const char *renderer, struct display_choice *choice)
{
	bool soft = renderer != NULL && strcmp(renderer, "soft") == 0;
	bool gpu = renderer != NULL && strcmp(renderer, "gpu") == 0;
	if (!soft) {
		add_try(choice, "kmsdrm", renderer);
	}
	if (!gpu) {
		add_try(choice, "dumb", NULL);
	}
	snprintf(choice->why, sizeof(choice->why), "%s",
		 soft || gpu ? "as asked for by the renderer" : "");
}

static void choose_driver(const struct display_wishes *wishes,
			  const struct os_display_probe *probe, struct display_choice *choice)
{
	const char *renderer = is_said(wishes->renderer) ? wishes->renderer : NULL;
	if (is_said(wishes->display)) {
		add_try(choice, wishes->display, renderer);
		snprintf(choice->why, sizeof(choice->why), "as asked for");
	} else if (wishes->headless) {
		add_try(choice, "offscreen", renderer);
		snprintf(choice->why, sizeof(choice->why), "headless, as asked for");
	} else if (probe->has_card && probe->has_screen) {
		choose_on_card(renderer, choice);
	} else if (probe->has_card || wishes->is_board) {
		add_try(choice, "dumb", NULL); /* which says itself why nothing is seen */
	} else {
		add_try(choice, "offscreen", renderer);
		snprintf(choice->why, sizeof(choice->why), "no desktop, and %.200s", probe->text);
	}
}

bool display_choice_needs_probe(const struct display_wishes *wishes)
{
	return !is_said(wishes->display) && !wishes->headless;
}

int display_choose(const struct display_wishes *wishes, const struct os_display_probe *probe,
		   struct display_choice *ret_choice, struct os_error *ret_error)
{
	*ret_choice = (struct display_choice){0};
	if (find_profile(wishes->profile, &ret_choice->mode) < 0) {
		return os_error_set(
		    ret_error, -EINVAL,
		    "profile \"%s\": expected phone, pi7, pi-touch2, tablet or WxH@S[:HZ]",
		    wishes->profile);
	}
	choose_driver(wishes, probe, ret_choice);
	if (display_is_panel(ret_choice->tries[0].driver)) {
		/* A panel has its own size and rate; what was said can only be how large a point is. */
		double scale = is_said(wishes->profile) ? ret_choice->mode.scale : 0;
		ret_choice->mode = (struct os_display_mode){.scale = scale};
	}
	return 0;
}
