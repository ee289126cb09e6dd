/* The display door "dumb": a screen without a desktop and without a GPU. It finds its card, follows
 * what is plugged in and out, and goes on in memory while there is no screen. */
#include "display.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <os/clock.h>
#include <os/file.h>
#include <os/log.h>
#include <os/memory.h>
#include <os/trace.h>

#include "linux_board.h"

#define ABSENT_WIDTH_PX 800
#define ABSENT_HEIGHT_PX 480
#define PERIOD_US 16667
#define FLIP_IS_LOST_US OS_US_PER_S
#define PATIENCE_MIN_US (250 * OS_US_PER_MS)
#define PATIENCE_MAX_US (4 * OS_US_PER_S)

static const char *cards_of(const struct os_display *display)
{
	return display->options.cards != NULL ? display->options.cards : KMS_CARDS;
}

/* --- Screens come and go ---------------------------------------------------------------------- */

static void go_absent(struct os_display *display)
{
	struct os_display_mode *mode = &display->mode;
	if (mode->width_px <= 0 || mode->height_px <= 0) {
		mode->width_px = ABSENT_WIDTH_PX;
		mode->height_px = ABSENT_HEIGHT_PX;
	}
	mode->scale = mode->scale > 0 ? mode->scale : 1;
	mode->rate_mhz = mode->rate_mhz > 0 ? mode->rate_mhz : 60000;
	mode->has_phase = false;
	mode->is_absent = true;
}

/* It is of the mode of the time. */
static void forget_memory(struct os_display *display)
{
	os_free(display->memory);
	display->memory = NULL;
}

/* A picture on its way to a screen that has gone was shown as much as it ever will be. */
static void drop_output(struct os_display *display)
{
	output_close(display->output);
	display->output = NULL;
	forget_memory(display);
	go_absent(display);
	if (display->flight == DISPLAY_FLIPS) {
		display->flight = DISPLAY_IS_PACED;
		display_set_timer(display->pace, PERIOD_US);
	}
}

static void tell_choice(struct os_display *display)
{
	const struct output *output = display->output;
	const struct os_display_mode *mode = &output->mode;
	char size[64] = "its size is not known";
	if (mode->width_mm > 0) {
		snprintf(size, sizeof(size), "%dx%d mm", mode->width_mm, mode->height_mm);
	}
	snprintf(display->text, sizeof(display->text),
		 "dumb on %s%s%s%s: %dx%d at %.2f Hz, %s, scale %.1f; %s%s",
		 output->choice.text, output->name[0] != '\0' ? " (" : "", output->name,
		 output->name[0] != '\0' ? ")" : "", mode->width_px, mode->height_px,
		 mode->rate_mhz / 1000.0, size, mode->scale,
		 mode->has_phase ? "two buffers that change at vertical blanks"
				 : "one buffer of which changes are sent",
		 output->shadow != NULL ? ", behind a copy since reading back is slow" : "");
}

static void try_again_later(struct os_display *display)
{
	display->patience_us =
	    OS_CLAMP(display->patience_us * 2, PATIENCE_MIN_US, PATIENCE_MAX_US);
	display_set_timer(display->retry, display->patience_us);
}

/* Says why there is none once for each reason, not at every try. */
static void tell_why_not(struct os_display *display, const char *why)
{
	char text[sizeof(display->text)];
	snprintf(text, sizeof(text), "no screen yet, pictures go to memory: %s", why);
	if (strcmp(text, display->text) != 0) {
		os_log_info("board", "%s", text);
		snprintf(display->text, sizeof(display->text), "%s", text);
	}
}

/* True if there is a screen now. */
static bool find_screen(struct os_display *display)
{
	struct kms_choice choice;
	struct os_error error = {0};
	int result = kms_choose(cards_of(display), display->options.card, &choice);
	if (result == 0) {
		/* Perhaps nobody has looked since the machine was switched on. */
		output_ask_card(&choice);
		result = kms_choose(cards_of(display), display->options.card, &choice);
	}
	if (result < 1) {
		tell_why_not(display, choice.text);
		return false;
	}
	result = output_open(&choice, &display->options, &display->output, &error);
	if (result < 0) {
		tell_why_not(display, error.text);
		/* udev does not say when another program leaves the screen. */
		if (result == -EBUSY || result == -EACCES) {
			try_again_later(display);
		}
		return false;
	}
	display->mode = display->output->mode;
	forget_memory(display);
	display->patience_us = 0;
	display_set_timer(display->retry, 0);
	display_watch_card(display, display->output->fd);
	if (display->is_off) {
		output_set_power(display->output, false);
	}
	tell_choice(display);
	os_log_info("board", "%s", display->text);
	return true;
}

static void look_again(struct os_display *display)
{
	bool had = display->output != NULL;
	display->look = false;
	if (had && output_is_current(display->output, &display->options)) {
		return;
	}
	if (had) {
		os_log_info("board", "%s-%s has gone or changed", display->output->choice.card,
			    display->output->choice.connector);
		drop_output(display);
	}
	if (find_screen(display) || had) {
		display->events->mode(display->context, &display->mode);
	}
}

/* An ioctl says what udev will say as well, if it is there to say it. */
static void lose(struct os_display *display, int why)
{
	char text[128];
	snprintf(text, sizeof(text), "%s: %s", display->output->choice.card, os_status_text(why));
	display->failure = 0;
	drop_output(display);
	tell_why_not(display, text);
	try_again_later(display);
	display->events->mode(display->context, &display->mode);
}

/* --- Pictures --------------------------------------------------------------------------------- */

static int begin_in_memory(struct os_display *display, struct os_display_buffer *ret_buffer)
{
	const struct os_display_mode *mode = &display->mode;
	if (display->memory == NULL) {
		display->memory =
		    os_try_alloc((size_t)mode->width_px * (size_t)mode->height_px * 4);
		display->memory_is_drawn = false;
	}
	*ret_buffer = (struct os_display_buffer){.pixels = display->memory,
						 .stride = mode->width_px * 4,
						 .width_px = mode->width_px,
						 .height_px = mode->height_px,
						 .age = display->memory_is_drawn ? 1 : 0};
	return display->memory == NULL ? -ENOMEM : 0;
}

static int display_begin(struct os_display *display, struct os_display_buffer *ret_buffer)
{
	if (display->flight != DISPLAY_IDLE) {
		return -EAGAIN;
	}
	return display->output != NULL ? output_begin(display->output, ret_buffer)
				       : begin_in_memory(display, ret_buffer);
}

/* A picture nobody sees still takes its period, on a held clock none. */
static void show_paced(struct os_display *display)
{
	int64_t since_us = os_clock_real_us() - display->paced_us;
	int64_t wait_us = OS_CLAMP(PERIOD_US - since_us, 1, PERIOD_US);
	display->flight = DISPLAY_IS_PACED;
	display_set_timer(display->pace, os_clock_is_held() ? 1 : wait_us);
}

static int display_submit(struct os_display *display, uint64_t frame,
			  const struct os_rect_px *damage, size_t count)
{
	int64_t began_us = OS_TRACE_BEGIN();
	display->frame = frame;
	display->memory_is_drawn = display->output == NULL;
	if (display->output == NULL) {
		show_paced(display);
		return 0;
	}
	int result = output_submit(display->output, damage, count);
	if (result == 0) {
		display->flight = DISPLAY_FLIPS;
		display_set_timer(display->pace, FLIP_IS_LOST_US);
	} else if (result > 0 && !display->is_off) {
		display->flight = DISPLAY_IS_SHOWN;
		display->shown_us = os_clock_now_us();
	} else {
		show_paced(display);
	}
	display->failure = OS_MIN(result, 0);
	OS_TRACE_END("board", "submit", began_us, (int64_t)count);
	return 0;
}

static void did_show(struct os_display *display, int64_t time_us)
{
	display->flight = DISPLAY_IDLE;
	display->paced_us = os_clock_real_us();
	display->events->presented(display->context, display->frame, time_us);
}

static void pace_is_over(struct os_display *display)
{
	if (display->flight == DISPLAY_FLIPS) {
		os_log_warning("board", "%s: a flip was never told of",
			       display->output->choice.card);
		display->output->front = display->output->coming;
		display->output->coming = -1;
	}
	if (display->flight != DISPLAY_IDLE) {
		did_show(display, os_clock_now_us());
	}
}

static void display_dispatch(struct os_display *display)
{
	bool paced = false, hung_up = false;
	bool card = display_watch_take(display, &paced, &hung_up);
	int64_t time_us;
	if (card && display->output != NULL &&
	    output_dispatch(display->output, &time_us) > 0 && display->flight == DISPLAY_FLIPS) {
		display_set_timer(display->pace, 0);
		did_show(display, time_us);
	}
	if (display->flight == DISPLAY_IS_SHOWN) {
		did_show(display, display->shown_us);
	}
	if (paced) {
		pace_is_over(display);
	}
	if ((hung_up || display->failure < 0) && display->output != NULL) {
		lose(display, hung_up ? -ENODEV : display->failure);
	}
	if (display->look) {
		look_again(display);
	}
}

/* --- Life cycle ------------------------------------------------------------------------------- */

static void copy_options(struct os_display *display, const struct os_display_options *options)
{
	display->options = *options;
	display->options.driver = os_strdup(options->driver);
	display->options.card = os_strdup(options->card);
	display->options.cards = os_strdup(options->cards);
	display->options.title = NULL;
	display->options.renderer = NULL;
	display->options.error = NULL;
}

static void display_close(struct os_display *display)
{
	if (display == NULL) {
		return;
	}
	output_close(display->output);
	display_watch_close(display);
	os_free((char *)display->options.driver);
	os_free((char *)display->options.card);
	os_free((char *)display->options.cards);
	os_free(display->memory);
	os_free(display);
}

static int display_open(const struct os_display_options *options,
			const struct os_display_events *events, void *context,
			struct os_display **ret_display)
{
	if (strcmp(options->driver, "dumb") != 0) {
		return -ENOTSUP;
	}
	struct os_display *display = os_alloc(sizeof(*display));
	display->events = events;
	display->context = context;
	display->mode = options->wanted;
	int result = display_watch_open(display);
	if (result < 0) {
		os_free(display);
		return result;
	}
	copy_options(display, options);
	if (!find_screen(display)) {
		go_absent(display);
	}
	*ret_display = display;
	return 0;
}

static void display_get_mode(struct os_display *display, struct os_display_mode *ret_mode)
{
	*ret_mode = display->mode;
}

static int display_get_fd(struct os_display *display)
{
	return display->epoll;
}

static int display_set_power(struct os_display *display, bool on)
{
	display->is_off = !on;
	return display->output == NULL ? 0 : output_set_power(display->output, on);
}

static void display_describe(struct os_display *display, char *ret_text, size_t size)
{
	snprintf(ret_text, size, "%s", display->text);
}

/* A card that this user may not open is none. */
static int display_probe(const struct os_display_options *options,
			 struct os_display_probe *ret_probe)
{
	struct kms_choice choice;
	char node[40];
	int result = kms_choose(options->cards != NULL ? options->cards : KMS_CARDS, options->card,
				&choice);
	*ret_probe = (struct os_display_probe){.has_card = result >= 0, .has_screen = result > 0};
	snprintf(ret_probe->text, sizeof(ret_probe->text), "%s", choice.text);
	snprintf(node, sizeof(node), "/dev/dri/%s", choice.card);
	if (result >= 0 && access(node, R_OK | W_OK) < 0) {
		*ret_probe = (struct os_display_probe){0};
		snprintf(ret_probe->text, sizeof(ret_probe->text),
			 "%s may not be used: %s; is this user in the group video?", node,
			 os_status_text(-errno));
	}
	return 0;
}

const struct os_display_door linux_display_door = {
    .struct_size = sizeof(linux_display_door),
    .open = display_open,
    .close = display_close,
    .get_mode = display_get_mode,
    .begin = display_begin,
    .submit = display_submit,
    .get_fd = display_get_fd,
    .dispatch = display_dispatch,
    .set_power = display_set_power,
    .describe = display_describe,
    .probe = display_probe,
};
