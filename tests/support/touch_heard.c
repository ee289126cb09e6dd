#include "touch_heard.h"

#include "test.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <os/clock.h>
#include <os/memory.h>
#include <os/status.h>

static char s_log[65536];
static int s_log_fd = -1, s_stderr = -1;

/* --- What is told ----------------------------------------------------------------------------- */

static void check_sample(struct touch_heard *heard, const struct os_touch_sample *sample)
{
	bool ok = sample->finger >= 0 && sample->finger < OS_TOUCH_FINGERS;
	if (!ok) {
		heard->wrong = "a finger's number";
		return;
	}
	bool *down = &heard->down[sample->finger];
	if (!(sample->x >= 0 && sample->x <= 1 && sample->y >= 0 && sample->y <= 1)) {
		heard->wrong = "a place outside";
	}
	if (sample->time_us == 0 || sample->flow == 0) {
		heard->wrong = "no time, or no flow";
	}
	if (*down == (sample->phase == OS_TOUCH_DOWN)) {
		heard->wrong = *down ? "down twice" : "moves or ends without a down";
	}
	*down = sample->phase == OS_TOUCH_DOWN || sample->phase == OS_TOUCH_MOVE;
	heard->downs += sample->phase == OS_TOUCH_DOWN;
	heard->ups += sample->phase == OS_TOUCH_UP;
	heard->cancels += sample->phase == OS_TOUCH_CANCEL;
}

static void did_touch(void *context, const struct os_touch_sample *samples, size_t count)
{
	struct touch_heard *heard = context;
	heard->reports++;
	int now = 0;
	for (size_t i = 0; i < count; i++) {
		check_sample(heard, &samples[i]);
		if (heard->count < HEARD_MAX) {
			heard->samples[heard->count++] = samples[i];
		}
	}
	for (int i = 0; i < OS_TOUCH_FINGERS; i++) {
		now += heard->down[i];
	}
	heard->most_down = now > heard->most_down ? now : heard->most_down;
}

static int slot_of(const struct touch_heard *heard, const char *id)
{
	for (int i = 0; i < heard->device_count; i++) {
		if (strcmp(heard->devices[i].id, id) == 0) {
			return i;
		}
	}
	return -1;
}

static void did_add(void *context, const struct os_touch_device *device)
{
	struct touch_heard *heard = context;
	int at = slot_of(heard, device->id);
	if (at < 0) {
		at = heard->device_count++;
		assert_true(at < (int)OS_ARRAY_LEN(heard->devices));
	}
	snprintf(heard->devices[at].id, sizeof(heard->devices[at].id), "%s", device->id);
	snprintf(heard->devices[at].name, sizeof(heard->devices[at].name), "%s", device->name);
	heard->devices[at].info = *device;
	heard->devices[at].is_there = true;
}

static void did_remove(void *context, const char *id)
{
	struct touch_heard *heard = context;
	int at = slot_of(heard, id);
	if (at < 0 || !heard->devices[at].is_there) {
		heard->wrong = "a device went that was not there";
		return;
	}
	heard->devices[at].is_there = false;
}

static void did_point(void *context, const struct os_pointer_sample *sample)
{
	struct touch_heard *heard = context;
	if (heard->pointer_count < (int)OS_ARRAY_LEN(heard->pointers)) {
		heard->pointers[heard->pointer_count++] = *sample;
	}
	if (!(sample->x >= 0 && sample->x <= 1 && sample->y >= 0 && sample->y <= 1)) {
		heard->wrong = "the pointer is outside";
	}
}

static const struct os_touch_events s_events = {.struct_size = sizeof(s_events),
						.touch = did_touch,
						.device_added = did_add,
						.device_removed = did_remove,
						.pointer = did_point};

/* --- Life cycle ------------------------------------------------------------------------------- */

static void readable(void *context, int fd, uint32_t events)
{
	struct touch_heard *heard = context;
	heard->board->touch->dispatch(heard->touch);
}

/* Only while the door works: what a test itself says is to be read. */
static void begin_log(void)
{
	if (s_log_fd < 0) {
		s_log_fd = memfd_create("log", MFD_CLOEXEC);
		s_stderr = fcntl(2, F_DUPFD_CLOEXEC, 10);
		assert_true(s_log_fd >= 0 && s_stderr >= 0);
	}
	fflush(stderr);
	dup2(s_log_fd, 2);
}

static void end_log(void)
{
	fflush(stderr);
	dup2(s_stderr, 2);
}

const char *touch_heard_log(void)
{
	ssize_t length = pread(s_log_fd, s_log, sizeof(s_log) - 1, 0);
	s_log[length > 0 ? length : 0] = '\0';
	return s_log;
}

struct touch_heard *touch_heard_open(const char *board)
{
	struct touch_heard *heard = os_alloc(sizeof(*heard));
	struct os_error error = {0};
	if (s_log_fd >= 0) {
		assert_int_equal(ftruncate(s_log_fd, 0), 0);
		lseek(s_log_fd, 0, SEEK_SET);
	}
	heard->loop = os_loop_create();
	heard->board = os_board_open(BOARDS, board, &error);
	if (heard->board == NULL) {
		fail_msg("%s", error.text);
	}
	begin_log();
	int result = heard->board->touch->open(&s_events, heard, NULL, &heard->touch);
	end_log();
	if (result < 0) {
		fail_msg("the door does not open: %s", os_status_text(result));
	}
	heard->source = os_loop_add_fd(heard->loop, heard->board->touch->get_fd(heard->touch),
				       OS_LOOP_READ, readable, heard);
	return heard;
}

void touch_heard_settle(struct touch_heard *heard)
{
	int quiet = 0;
	begin_log();
	while (quiet < 2) {
		quiet = os_loop_iterate(heard->loop, 0) == 0 ? quiet + 1 : 0;
	}
	end_log();
}

void touch_heard_check(const struct touch_heard *heard)
{
	if (heard->wrong != NULL) {
		fail_msg("the door broke its word: %s", heard->wrong);
	}
	assert_int_equal(heard->downs, heard->ups + heard->cancels);
	for (int i = 0; i < OS_TOUCH_FINGERS; i++) {
		assert_false(heard->down[i]);
	}
}

struct touch_heard *touch_heard_close(struct touch_heard *heard)
{
	os_source_remove(heard->source);
	begin_log();
	heard->board->touch->close(heard->touch);
	end_log();
	os_loop_release(heard->loop);
	touch_heard_check(heard);
	os_free(heard);
	if (getenv("STRATA_TEST_LOG") != NULL) {
		fputs(touch_heard_log(), stderr);
	}
	return NULL;
}

void touch_heard_forget(struct touch_heard *heard)
{
	heard->count = heard->reports = heard->pointer_count = 0;
	heard->downs = heard->ups = heard->cancels = heard->most_down = 0;
	for (int i = 0; i < OS_TOUCH_FINGERS; i++) {
		heard->downs += heard->down[i];
	}
}

void touch_heard_wait_for_log(struct touch_heard *heard, const char *words)
{
	int64_t until_us = os_clock_real_us() + 10 * OS_US_PER_S;
	while (strstr(touch_heard_log(), words) == NULL) {
		if (os_clock_real_us() > until_us) {
			fail_msg("the log never said \"%s\":\n%s", words, touch_heard_log());
		}
		begin_log();
		os_loop_iterate(heard->loop, OS_US_PER_S);
		end_log();
	}
}

int touch_heard_device(const struct touch_heard *heard, const char *name)
{
	for (int i = 0; i < heard->device_count; i++) {
		if (heard->devices[i].is_there && strcmp(heard->devices[i].name, name) == 0) {
			return i;
		}
	}
	return -1;
}
