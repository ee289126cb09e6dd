/* strata-splash: the first picture. As early as there is a screen it shows the mark, says when it did,
 * and stays, since the picture goes with the program that made it; home's first frame replaces it.
 *
 *	looks for a screen ──60 s without one──▸ ends
 *	   ──found: draws, sets the mode, gives the card away──▸ shown ──SIGTERM, or 60 s──▸ ends
 *
 * The card is given away (drmDropMaster) so that the compositor becomes its master; the mode and the
 * picture stay. Words, all optional: file=PATH (what the supervisor reads), data=FOLDER (the device's,
 * for board-orientation), config=FILE. Runs as the device's user, in the groups video and render. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <xf86drm.h>

#include <os/board_config.h>
#include <os/clock.h>

#include "output.h"
#include "splash_mark.h"

/* A card that the kernel had before udev ran is not the group's until udev has come to it. */
#define LOOK_AGAIN_US (200 * OS_US_PER_MS)
#define PATIENCE_US (60 * OS_US_PER_S)
#define STAYS_S 60

struct splash {
	char file[512], orientation_file[512];
	struct os_board_config config;
	int64_t began_us;
	sigset_t signals;
	char why[480]; /* there is no picture yet */
};

/* --- What it is told ---------------------------------------------------------------------------- */

static const char *word(int count, char **words, const char *key)
{
	size_t length = strlen(key);
	for (int i = 1; i < count; i++) {
		if (strncmp(words[i], key, length) == 0 && words[i][length] == '=') {
			return words[i] + length + 1;
		}
	}
	return NULL;
}

static void read_words(struct splash *splash, int count, char **words)
{
	const char *file = word(count, words, "file"), *data = word(count, words, "data");
	const char *config = word(count, words, "config");
	struct os_error error;
	if (os_board_config_read(config != NULL ? config : OS_BOARD_CONFIG_PATH, &splash->config,
				 &error) < 0) {
		os_board_config_init(&splash->config); /* Strata itself says what is wrong with it */
	}
	if (file != NULL) {
		snprintf(splash->file, sizeof(splash->file), "%s", file);
	} else {
		snprintf(splash->file, sizeof(splash->file), "%s/splash", splash->config.runtime);
	}
	if (data != NULL) {
		snprintf(splash->orientation_file, sizeof(splash->orientation_file),
			 "%.480s/board-orientation", data);
	} else {
		snprintf(splash->orientation_file, sizeof(splash->orientation_file),
			 "%s/%s/board-orientation", splash->config.home, splash->config.device);
	}
}

/* As board.conf says, else as the compositor wrote when it was last turned. */
static int read_orientation(const struct splash *splash)
{
	int orientation = atoi(splash->config.orientation);
	FILE *file =
	    splash->config.orientation[0] != '\0' ? NULL : fopen(splash->orientation_file, "re");
	if (file != NULL) {
		if (fscanf(file, "%d", &orientation) != 1) {
			orientation = 0;
		}
		fclose(file);
	}
	return orientation;
}

/* --- What it says --------------------------------------------------------------------------------- */

static void report(const struct splash *splash, int64_t shown_us)
{
	char beside[sizeof(splash->file) + 8];
	snprintf(beside, sizeof(beside), "%s.new", splash->file);
	FILE *file = fopen(beside, "we");
	if (file != NULL) {
		fprintf(file, "%d %lld %lld\n", (int)getpid(), (long long)splash->began_us,
			(long long)shown_us);
		if (fclose(file) == 0) {
			rename(beside, splash->file);
		}
	}
}

/* True if it is told to end meanwhile. */
static bool wait_for_end(const struct splash *splash, int64_t us)
{
	struct timespec most = {.tv_sec = us / OS_US_PER_S, .tv_nsec = us % OS_US_PER_S * 1000};
	int number;
	do {
		number = sigtimedwait(&splash->signals, NULL, &most);
	} while (number < 0 && errno == EINTR);
	return number > 0;
}

/* --- The picture ------------------------------------------------------------------------------------ */

static int show(struct splash *splash, struct output *output)
{
	struct os_display_buffer buffer;
	int result = output_begin(output, &buffer);
	if (result < 0) {
		return result;
	}
	splash_mark_draw(buffer.pixels, buffer.stride, buffer.width_px, buffer.height_px,
			 read_orientation(splash));
	struct os_rect_px all = {0, 0, buffer.width_px, buffer.height_px};
	result = output_submit(output, &all, 1);
	if (result < 0) {
		return result;
	}
	drmDropMaster(output->fd);
	report(splash, os_clock_real_us());
	fprintf(stderr, "strata-splash: shown on %s-%s, %dx%d\n", output->choice.card,
		output->choice.connector, output->mode.width_px, output->mode.height_px);
	return 0;
}

/* NULL: there is no screen that it could show anything on, yet. */
static struct output *find(struct splash *splash)
{
	struct os_display_options options = {.struct_size = sizeof(options)};
	struct kms_choice choice;
	struct output *output = NULL;
	struct os_error error = {.text = "no screen is connected"};
	if (kms_choose(KMS_CARDS, NULL, &choice) <= 0 ||
	    output_open(&choice, &options, &output, &error) < 0) {
		snprintf(splash->why, sizeof(splash->why), "%s", error.text);
		return NULL;
	}
	int result = show(splash, output);
	if (result < 0) {
		snprintf(splash->why, sizeof(splash->why), "%s: %s", choice.text, strerror(-result));
		output = output_close(output);
	}
	return output;
}

static void block_signals(struct splash *splash)
{
	sigemptyset(&splash->signals);
	sigaddset(&splash->signals, SIGTERM);
	sigaddset(&splash->signals, SIGINT);
	sigprocmask(SIG_BLOCK, &splash->signals, NULL);
}

int main(int count, char **words)
{
	static struct splash splash;
	splash.began_us = os_clock_real_us();
	read_words(&splash, count, words);
	block_signals(&splash);
	report(&splash, 0);
	struct output *output = find(&splash);
	bool told = false;
	while (output == NULL && !told && os_clock_real_us() - splash.began_us < PATIENCE_US) {
		told = wait_for_end(&splash, LOOK_AGAIN_US);
		output = told ? NULL : find(&splash);
	}
	if (output == NULL) {
		fprintf(stderr, "strata-splash: no picture: %s\n", splash.why);
	} else if (!wait_for_end(&splash, STAYS_S * OS_US_PER_S)) {
		fprintf(stderr, "strata-splash: home has not come for %d s\n", STAYS_S);
	}
	unlink(splash.file);
	output_close(output);
	return 0;
}
