/* The way out of an appliance: a passcode, kept as a hash (os/passcode.h), that home asks for after a
 * hold with five fingers. Wrong ones cost time, which the device's end does not give back: how many
 * there were lies in a file, and is there again after power was cut.
 *
 *	open ──wrong, the third or a later one──▸ waits 5 s, doubling to 5 min ──▸ open
 *	any ──right, or a new passcode──▸ open, none counted
 *
 * Hashing takes its time, so it has a thread; one at a time. */
#include "supervisor.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <os/clock.h>
#include <os/file.h>
#include <os/memory.h>
#include <os/passcode.h>
#include <os/queue.h>

#define TRIES_FILE "passcode-tries"
#define FREE_TRIES 3 /* the third wrong one is the first that costs */
#define FIRST_WAIT_US (5 * OS_US_PER_S)
#define LONGEST_WAIT_US (300 * OS_US_PER_S)

struct job {
	struct supervisor *supervisor;
	struct os_list waits; /* pending.link: one */
	bool sets;
	char code[32];
	int result;
};

int64_t passcode_wait_us(uint32_t wrong)
{
	int64_t wait_us = FIRST_WAIT_US;
	if (wrong < FREE_TRIES) {
		return 0;
	}
	for (uint32_t i = FREE_TRIES; i < wrong && wait_us < LONGEST_WAIT_US; i++) {
		wait_us *= 2;
	}
	return OS_MIN(wait_us, LONGEST_WAIT_US);
}

/* --- Tries ------------------------------------------------------------------------------------------- */

static void note_wrong(struct supervisor *supervisor, uint32_t wrong)
{
	struct passcode *passcode = &supervisor->passcode;
	char text[16];
	int result = 0;
	passcode->wrong = wrong;
	passcode->open_us = os_clock_real_us() + passcode_wait_us(wrong);
	if (wrong > 0) {
		int length = snprintf(text, sizeof(text), "%u\n", wrong);
		result = os_file_write_atomic(supervisor->data_fd, TRIES_FILE, text, (size_t)length);
	} else {
		unlinkat(supervisor->data_fd, TRIES_FILE, 0);
	}
	if (result < 0) {
		log_say(supervisor, 'W', "%s: %s", TRIES_FILE, os_status_text(result));
	}
}

void passcode_init(struct supervisor *supervisor)
{
	struct os_buffer bytes = {0};
	if (os_file_read(supervisor->data_fd, TRIES_FILE, 64, &bytes) == 0) {
		os_buffer_add_char(&bytes, '\0');
		long wrong = strtol(bytes.bytes, NULL, 10);
		supervisor->passcode.wrong = (uint32_t)OS_CLAMP(wrong, 0L, 1000L);
		supervisor->passcode.open_us =
			os_clock_real_us() + passcode_wait_us(supervisor->passcode.wrong);
	}
	os_buffer_finish(&bytes);
}

void passcode_finish(struct supervisor *supervisor)
{
	supervisor->passcode.queue = os_queue_release(supervisor->passcode.queue);
}

/* --- Hashing ------------------------------------------------------------------------------------------ */

static int64_t wait_left_us(const struct supervisor *supervisor)
{
	return OS_MAX(supervisor->passcode.open_us - os_clock_real_us(), INT64_C(0));
}

static void write_answer(struct supervisor *supervisor, struct os_message *reply, int status)
{
	os_message_write_i32(reply, status);
	os_message_write_i64(reply, wait_left_us(supervisor));
}

static void answer(struct job *job)
{
	struct supervisor *supervisor = job->supervisor;
	struct client *client;
	struct os_message reply;
	struct pending *pending = OS_CONTAINER_OF(job->waits.next, struct pending, link);
	if (pending_begin_reply(supervisor, pending, &client, &reply)) {
		write_answer(supervisor, &reply, job->result);
		os_port_reply(client->port, &reply);
	}
}

static void did_hash(void *context)
{
	struct job *job = context;
	struct supervisor *supervisor = job->supervisor;
	supervisor->passcode.busy = false;
	if (job->result == 0) {
		note_wrong(supervisor, 0);
	} else if (!job->sets && job->result == -EACCES) {
		note_wrong(supervisor, supervisor->passcode.wrong + 1);
		log_say(supervisor, 'W', "a wrong passcode, the %u. in a row", supervisor->passcode.wrong);
	}
	answer(job);
	os_free(job);
}

static void hash(void *context)
{
	struct job *job = context;
	int folder = job->supervisor->data_fd;
	job->result = job->sets ? os_passcode_write(folder, job->code)
	                        : os_passcode_check(folder, job->code);
	os_passcode_forget(job->code, sizeof(job->code));
	os_queue_async(os_queue_main(), did_hash, job);
}

static void start_job(struct client *client, const struct os_message *request, const char *code, bool sets)
{
	struct supervisor *supervisor = client->supervisor;
	struct job *job = os_alloc(sizeof(*job));
	job->supervisor = supervisor;
	job->sets = sets;
	os_list_init(&job->waits);
	pending_add(&job->waits, client, request);
	snprintf(job->code, sizeof(job->code), "%s", code);
	if (supervisor->passcode.queue == NULL) {
		supervisor->passcode.queue =
			os_queue_create("passcode", OS_QUEUE_SERIAL, OS_QUEUE_USER_INITIATED);
	}
	supervisor->passcode.busy = true;
	os_queue_async(supervisor->passcode.queue, hash, job);
}

/* --- Requests ------------------------------------------------------------------------------------------ */

static int answer_now(struct client *client, const struct os_message *request, int status)
{
	struct os_message reply;
	os_message_init_reply(&reply, request);
	write_answer(client->supervisor, &reply, status);
	return os_port_reply(client->port, &reply);
}

int passcode_check(struct client *client, struct os_message *message)
{
	struct supervisor *supervisor = client->supervisor;
	const char *code = os_message_read_text(message);
	if (!os_passcode_is_set(supervisor->data_fd)) {
		return answer_now(client, message, -ENOENT);
	}
	if (code[0] == '\0') {
		return answer_now(client, message, 0); /* asked whether there is one */
	}
	if (supervisor->passcode.busy || wait_left_us(supervisor) > 0) {
		return answer_now(client, message, -EAGAIN);
	}
	start_job(client, message, code, false);
	return 0;
}

int passcode_set(struct client *client, struct os_message *message)
{
	struct supervisor *supervisor = client->supervisor;
	const char *code = os_message_read_text(message);
	if (supervisor->passcode.busy) {
		return answer_now(client, message, -EAGAIN);
	}
	if (code[0] == '\0') {
		note_wrong(supervisor, 0);
		return answer_now(client, message, os_passcode_remove(supervisor->data_fd));
	}
	if (!os_passcode_is_valid(code)) {
		return answer_now(client, message, -EINVAL);
	}
	start_job(client, message, code, true);
	return 0;
}
