/* Process: who this process is, and what the supervisor tells it.
 *
 *	int main(void)
 *	{
 *		struct os_loop *loop = os_loop_create();
 *		int result = os_process_start(loop, &s_delegate, self);
 *		…
 *		os_process_ready();
 *		return os_loop_run(loop);
 *	}
 *
 * start blocks for the welcome and attaches clock, trace ring, page and crash handler. There is one
 * process, so this is core-os's documented singleton. Thread: main. */
#ifndef OS_PROCESS_H
#define OS_PROCESS_H

#include <os/port.h>
#include <os/signal.h>
#include <os/supervisor.h>

/* One line of the device's log, for a tool that asked with OS_SUPERVISOR_LOG. Lent. */
struct os_process_log_line {
	int64_t wall_us;
	int level; /* enum os_log_level */
	int pid;
	const char *role, *app, *category, *text;
	uint64_t flow;
};

struct os_process_delegate {
	uint32_t struct_size;
	/* A client of the service that this process is. Takes fd over. */
	void (*introduced)(void *context, int fd, uint64_t connection, const struct os_peer *peer);
	void (*state)(void *context, enum os_app_state state);
	void (*terminate)(void *context, int64_t left_us); /* NULL: the loop is stopped with 0 */
	void (*memory_warning)(void *context);
	void (*open_url)(void *context, const char *url);
	void (*app_changed)(void *context, const char *app, enum os_app_state state, int pid,
	                    const char *sentence, uint32_t launches);
	void (*lost)(void *context); /* the supervisor is gone. NULL: the loop is stopped with 1 */
	void (*log_line)(void *context, const struct os_process_log_line *line);
};

struct os_process_info {
	uint64_t client;
	char role[16], app[128];
	char entitlements[1024];
	int container;   /* folder descriptor: an app's own, or the device's data folder; -1 = none */
	int bundle;      /* folder descriptor of the bundle, read only; -1 = none */
	char options[1024]; /* what the device was started with, as "key=value" separated by newlines */
};

OS_PUBLIC int os_process_start(struct os_loop *loop, const struct os_process_delegate *delegate, void *context);
OS_PUBLIC const struct os_process_info *os_process_info(void);
OS_PUBLIC struct os_loop *os_process_loop(void);
OS_PUBLIC struct os_port *os_process_port(void); /* to the supervisor */
/* Value of an option ("profile", "display", …), NULL if it was not given. Lends. */
OS_PUBLIC const char *os_process_option(const char *key);
OS_PUBLIC void os_process_ready(void);
/* Emitted when the device's clock is held, runs again, or shows another time of day. */
OS_PUBLIC struct os_signal *os_process_clock_changed(void);

/* For home, whose delegate is the app host's: hears of every app's state, now and on each change.
 * `launches` counts how often it was asked for. Needs the entitlement "system". NULL fn: no more. */
typedef void (*os_process_app_fn)(void *context, const char *app, enum os_app_state state, int pid,
                                  const char *sentence, uint32_t launches);
OS_PUBLIC void os_process_watch_apps(os_process_app_fn fn, void *context);

/* For a tool: connects to the control socket at path and becomes role "tool". */
OS_PUBLIC int os_process_connect_tool(struct os_loop *loop, const char *socket_path,
                                      const struct os_process_delegate *delegate, void *context);
/* Asks for one introduction and waits for it. Returns the descriptor. */
OS_PUBLIC int os_process_introduce_wait(const char *service, int64_t timeout_us, uint64_t *ret_connection);

/* --- The page other processes' idleness is judged by ------------------------------------------- */

/* Work that no message or timer shows (a thread, a file being synced) counts as busy meanwhile. */
OS_PUBLIC void os_process_begin_busy(void);
OS_PUBLIC void os_process_end_busy(void);

#endif
