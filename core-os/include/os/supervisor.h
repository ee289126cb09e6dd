/* Supervisor: what passes between every process of the device and the one that started it.
 *
 * A process inherits one descriptor (number 3), the client end of a port with this interface. The
 * first event on it is `welcome`; os/process.h turns all of this into callbacks.
 * Roles: services compositor sound home keyboard app tool. Tools are commands that came through the
 * control socket: they speak the same interface, so that the command line can do what any process
 * can, and what only the person at the machine may.
 * Entitlements used here: "system" (any of the system's processes), "shell" (home), "bundles"
 * (services), "tool" (the command; it has "system" and "shell" too). */
#ifndef OS_SUPERVISOR_H
#define OS_SUPERVISOR_H

#include <os/hardware.h>
#include <os/interface.h>

/* process → supervisor */
enum os_supervisor_request {
	OS_SUPERVISOR_READY,        /* this boot stage is done: services open, first frame presented, … */
	OS_SUPERVISOR_INTRODUCE,    /* service name → descriptor and connection number; waits for the service
	                             * if it is starting; -ENOENT no such service, -EPERM */
	OS_SUPERVISOR_WATCH_APPS,   /* from now on `app_changed` for all apps, now and on every change */
	OS_SUPERVISOR_LAUNCH,       /* app id, url or "", fresh → pid, once started; launches or brings back */
	OS_SUPERVISOR_SET_STATE,    /* app id, enum os_app_state: foreground, background, suspended */
	OS_SUPERVISOR_QUIT,         /* app id, kill: asks it to end (within 3 s, else killed) or kills at once */
	OS_SUPERVISOR_PUBLISH,      /* services: one launch record, kept for restarts */
	OS_SUPERVISOR_UNPUBLISH,    /* services: app id */
	OS_SUPERVISOR_CRASH_SEEN,   /* home: the sentence about this crash was shown */
	/* The person's commands; each needs "tool". */
	OS_SUPERVISOR_STATUS,       /* → state, boot stages, processes */
	OS_SUPERVISOR_STOP,         /* → when all its processes have ended, but supervisor and keeper */
	OS_SUPERVISOR_CLOCK,        /* enum os_clock_command, value, app left out or "" → when quiet, status
	                             * and text: -ETIMEDOUT, and who was not quiet */
	OS_SUPERVISOR_CRASHES,      /* → newest first */
	OS_SUPERVISOR_LOG,          /* lines so far, and `log_line` from now on */
	OS_SUPERVISOR_RINGS,        /* → (pid, role, app) and a descriptor of a trace ring, one process a call */
	OS_SUPERVISOR_SIGNAL,       /* role or app id, signal number: kill -STOP and such for tests */
	OS_SUPERVISOR_MEMORY_WARNING, /* app id */
	OS_SUPERVISOR_IDLE,         /* → who is not idle: (pid, role, app, what) */
	OS_SUPERVISOR_WAIT_BOOTED,  /* tool → when home has presented, or why the boot failed: status, text */
	OS_SUPERVISOR_PASSCODE_CHECK, /* home: digits, or "" to ask whether there is one → 0 right, -EACCES wrong,
	                               * -EAGAIN too early, -ENOENT none; µs until the next try is heard */
	OS_SUPERVISOR_PASSCODE_SET, /* tool: digits, or "" for none → status, µs as above */
	OS_SUPERVISOR_HARDWARE,     /* an app's: name of a line of its manifest → status, kind, sentence, descriptor */
	OS_SUPERVISOR_REQUESTS
};

/* supervisor → process */
enum os_supervisor_event {
	OS_SUPERVISOR_WELCOME,      /* identity and descriptors, see supervisor_interface.c */
	OS_SUPERVISOR_INTRODUCED,   /* a service gets a client: descriptor, connection, struct os_peer's fields */
	OS_SUPERVISOR_STATE,        /* an app's own state: enum os_app_state */
	OS_SUPERVISOR_TERMINATE,    /* end now; milliseconds left */
	OS_SUPERVISOR_LOW_MEMORY,
	OS_SUPERVISOR_OPEN_URL,
	OS_SUPERVISOR_APP_CHANGED,  /* app id, enum os_app_state, pid, sentence about its end or "", launches */
	OS_SUPERVISOR_CLOCK_CHANGED,/* held or running, or the wall clock was set: timers are looked at again */
	OS_SUPERVISOR_LOG_LINE,     /* tool: time, level, pid, role, app, category, flow, text */
	OS_SUPERVISOR_EVENTS
};

enum os_app_state { OS_APP_NOT_RUNNING, OS_APP_LAUNCHING, OS_APP_FOREGROUND, OS_APP_BACKGROUND, OS_APP_SUSPENDED };
enum os_clock_command { OS_CLOCK_HOLD, OS_CLOCK_RUN, OS_CLOCK_STEP_FRAMES, OS_CLOCK_STEP_US, OS_CLOCK_SET_WALL };

/* How an app is started: made by services from its manifest, so that core-os reads no JSON, and kept
 * by the supervisor over services' restarts. */
struct os_launch_record {
	char app[128], name[128];   /* id, and what people call it */
	char bundle[1024];          /* folders, absolute */
	char container[1024];
	char module[256];           /* inside the bundle */
	char entitlements[1024];    /* separated by blanks; "network" opens that wall */
	int64_t memory_bytes;       /* 0: the default */
	uint32_t flags;             /* none yet */
	uint32_t hardware_count;
	struct os_hardware_entry hardware[OS_HARDWARE_MAX]; /* what the app may ask for */
};

struct os_message;
OS_PUBLIC void os_launch_record_write(const struct os_launch_record *record, struct os_message *message);
OS_PUBLIC void os_launch_record_read(struct os_message *message, struct os_launch_record *ret_record);

OS_PUBLIC extern const struct os_interface os_supervisor_interface;
OS_PUBLIC const char *os_app_state_name(enum os_app_state state); /* "foreground", … */

#endif
