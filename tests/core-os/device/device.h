/* A whole device for a test: a keeper and all it starts, with the test child in every role, and a
 * tool's port to the supervisor. */
#ifndef TEST_DEVICE_H
#define TEST_DEVICE_H

#include <sys/types.h>

#include <os/layout.h>
#include <os/port.h>
#include <os/supervisor.h>

#define DEVICE_PATIENCE_US (20 * OS_US_PER_S) /* for facts; sanitizers and a busy machine are slow */
#define DEVICE_BACK_US (2 * OS_US_PER_S)      /* what is promised */

struct device {
	struct os_loop *loop;
	char folder[64], data[128], runtime[128], socket[OS_LAYOUT_MAX];
	char report[512]; /* what the keeper said */
	pid_t keeper;
	struct os_port *port;
	bool closed;
	/* the newest app_changed of each kind that tests look at */
	char app[128], sentence[256];
	uint32_t state, changes;
	int32_t app_pid;
	uint32_t lines; /* log lines seen */
	char line[1024]; /* the last one that contained `wanted` */
	const char *wanted;
	char stages[128]; /* of the boot that were done at the last STATUS, each with a blank behind it */
};

/* extra: more options, ends with NULL; may be NULL. Returns when tools can connect, or could not. */
void device_start(struct device *device, const char *const *extra);
/* Stops it, waits for the keeper, removes its folder; returns the keeper's status. */
int device_stop(struct device *device);
int device_wait_keeper(struct device *device);
void device_remove(struct device *device);

void device_connect(struct device *device);
void device_disconnect(struct device *device);
/* One request and its answer; the reply is the caller's to finish. */
void device_begin(struct os_message *message, enum os_supervisor_request request);
int device_call(struct device *device, struct os_message *message, struct os_message *ret_reply);
int device_wait_booted(struct device *device, char *ret_text, size_t size);
/* A port to a service of the device, speaking child.h. */
struct os_port *device_meet(struct device *device, const char *service);
int device_clock(struct device *device, enum os_clock_command command, int64_t value,
                 const char *free_app, char *ret_text, size_t size);
int device_launch(struct device *device, const char *app);
int device_quit(struct device *device, const char *app, bool kill);
/* Turns the loop until the app's newest change shows this state. */
void device_await_state(struct device *device, const char *app, enum os_app_state state);
/* Pids of all processes by STATUS, and the pid and launches of one role or app; 0 if not there. */
size_t device_pids(struct device *device, pid_t *ret_pids, size_t most);
pid_t device_pid(struct device *device, const char *who, uint32_t *ret_launches);

struct child_facts {
	int32_t pid;
	uint64_t frames, last_client;
	uint32_t hellos;
	char hellos_of[128];
	int64_t now_us;
};
int child_ask(struct os_port *port, struct child_facts *ret_facts);

#endif
