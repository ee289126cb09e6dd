/* What a touch door told, for tests of boards.
 *
 *	struct touch_heard *heard = touch_heard_open("linux");
 *	touch_heard_settle(heard);                       all that is readable has been told
 *	heard->samples[0].phase …
 *	touch_heard_check(heard);                        downs equal ups and cancels, numbers are right
 *	touch_heard_close(heard);
 *
 * It opens the board's module as the system does, on a loop of its own. What is logged meanwhile is
 * kept: touch_heard_log. One at a time. */
#ifndef TOUCH_HEARD_H
#define TOUCH_HEARD_H

#include <os/board.h>
#include <os/loop.h>

#define HEARD_MAX 8192

struct touch_heard {
	struct os_loop *loop;
	const struct os_board *board;
	struct os_touch *touch;
	struct os_source *source;
	struct os_touch_sample samples[HEARD_MAX];
	int count, reports, downs, ups, cancels;
	bool down[OS_TOUCH_FINGERS];
	int most_down; /* at once */
	struct os_pointer_sample pointers[256];
	int pointer_count;
	struct {
		char id[256], name[128];
		struct os_touch_device info;
		bool is_there;
	} devices[32];
	int device_count; /* different ids */
	const char *wrong; /* the first promise of the door that was broken, NULL: none */
};

struct touch_heard *touch_heard_open(const char *board);
void touch_heard_settle(struct touch_heard *heard);
/* Fails the test unless each down had one end and nothing is down. */
void touch_heard_check(const struct touch_heard *heard);
struct touch_heard *touch_heard_close(struct touch_heard *heard); /* returns NULL */
void touch_heard_forget(struct touch_heard *heard); /* samples and counts, not the devices */
/* The log since open, as text. */
const char *touch_heard_log(void);
/* Waits until the log has these words; fails after 10 s. */
void touch_heard_wait_for_log(struct touch_heard *heard, const char *words);
/* A device that was told of and is still there, by name; -1: none. */
int touch_heard_device(const struct touch_heard *heard, const char *name);

#endif
