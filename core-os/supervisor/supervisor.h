/* The supervisor, inside: what its files share.
 *
 * Reading order:
 *	options.c       what the device was started with
 *	supervisor.c    life: made, run, ended
 *	client.c        one end of a conversation: of a process, or of a tool
 *	control.c       the control socket, which lets tools in
 *	requests.c      what clients ask, by name; report.c  the answers that are lists
 *	task.c          one process: started, welcomed, watched, ended; launch.c  how it is started
 *	restart.c       when it comes back
 *	service.c       the system's own processes: a table, boot in stages, introductions
 *	app.c           apps: records, launch, states; app_quit.c  their end
 *	hardware.c      lines of the board for apps whose manifests name them; hardware_open.c, hardware_line.c
 *	stop.c          the device's end
 *	splash.c        the picture before home's first one
 *	kiosk.c         the one app of an appliance; passcode.c  the way out of it
 *	log_store.c     all processes' lines
 *	crash_store.c   what is kept of those that died; crash_report.c  one of them
 *	step.c          the held clock's barrier; quiet.c  whether all have come to rest
 *	keeper.c        the parent of all this
 *
 * Thread: one, the loop's, since children die with the thread that started them. */
#ifndef OS_SUPERVISOR_PRIVATE_H
#define OS_SUPERVISOR_PRIVATE_H

#include <sys/types.h>

#include <os/array.h>
#include <os/buffer.h>
#include <os/layout.h>
#include <os/list.h>
#include <os/map.h>
#include <os/port.h>
#include <os/sandbox.h>
#include <os/status.h>
#include <os/supervisor.h>
#include <os/timer.h>

#include "options.h"
#include "page.h"
#include "restart.h"

struct supervisor;
struct client;
struct task;
struct app;

/* --- Clients ---------------------------------------------------------------------------------------- */

struct client {
	struct os_list link; /* supervisor.clients */
	struct supervisor *supervisor;
	struct os_port *port;
	struct os_peer peer;
	uint64_t connection;
	struct task *task; /* NULL for a tool */
	bool watches_apps, follows_log;
};

/* An answer that is due later: the client may be gone by then. */
struct pending {
	struct os_list link;
	uint64_t client;
	uint32_t index, serial;
};

struct client *client_create(struct supervisor *supervisor, int fd, const struct os_peer *peer);
struct client *client_release(struct client *client);
struct client *client_find(struct supervisor *supervisor, uint64_t number);
/* Begins an event; client_send finishes it. */
void client_event(struct os_message *message, enum os_supervisor_event event);
int client_send(struct client *client, struct os_message *message);
void pending_add(struct os_list *list, struct client *client, const struct os_message *request);
/* Answers all of the list: an empty reply for 0, an error otherwise. */
void pending_answer_all(struct supervisor *supervisor, struct os_list *list, int status);
/* The first one's reply, begun, and its port; false when nobody waits for it any more. Frees it. */
bool pending_begin_reply(struct supervisor *supervisor, struct pending *pending,
                         struct client **ret_client, struct os_message *ret_reply);
void pending_drop(struct pending *pending);

/* --- Processes ------------------------------------------------------------------------------------------ */

/* One of the system's own; the table is in service.c. */
struct service_row {
	const char *name;    /* role, and the name that it is introduced by */
	const char *program; /* os/layout.h */
	const char *bundle;  /* an app with entitlements: its bundle's name, started behind walls */
	const char *entitlements;
	bool at_boot;        /* else on demand */
	bool for_apps;       /* apps may be introduced to it */
};

struct service {
	const struct service_row *row;
	struct supervisor *supervisor;
	struct os_launch_record record; /* of a row with a bundle */
	struct task *task; /* NULL while it does not run */
	struct restart restart;
	struct os_timer *restart_timer;
	struct os_list introductions; /* pending.link: wait for it to be there */
	bool wanted;
	uint32_t launches;
};

struct task {
	struct os_list link; /* supervisor.tasks, in order of their start */
	struct supervisor *supervisor;
	struct client *client; /* NULL once it hung up */
	struct service *service; /* this or */
	struct app *app;         /* that */
	/* the process */
	pid_t pid; /* as the host sees it; 0 before it runs */
	int pidfd;
	struct os_source *exit_source;
	struct os_sandbox_child *child; /* NULL: the system's own, spawned */
	/* what it was given */
	int page_fd, ring_fd, wake_fd, crash_fd;
	const struct page *page;
	uint64_t wakes;
	/* its lines */
	int log_fd;
	struct os_source *log_source;
	struct os_buffer log_line;
	/* where it is in its life */
	int64_t started_us; /* real time */
	bool runs;  /* its pid is known */
	bool ready; /* it said READY, which may come before that */
	bool stopped, told_to_end, killed;
	const char *blame;  /* why we killed it, for the crash record; NULL */
};

const char *task_role(const struct task *task);
const char *task_app(const struct task *task);
/* What people call it. */
const char *task_title(const struct task *task);
/* -Exxx with a sentence if its program could not be started. */
int task_start_service(struct service *service, struct os_error *ret_error);
int task_start_app(struct app *app, bool fresh, struct os_error *ret_error);
void task_signal(struct task *task, int number);
/* SIGSTOP and SIGCONT, and what goes with them. */
void task_set_stopped(struct task *task, bool stopped);
/* Asks it to end within so many milliseconds; nobody kills it here. */
void task_terminate(struct task *task, uint32_t left_ms);
/* blame: NULL, or what the crash record says. */
void task_kill(struct task *task, const char *blame);
/* By role or app id. */
struct task *task_find(struct supervisor *supervisor, const char *name);
void task_free(struct task *task);

/* launch.c: fills what is special to an app behind walls, and starts it. */
struct launch {
	const struct os_launch_record *record;
	const char *role, *entitlements;
	bool fresh;
	const struct os_limits *limits;
};
/* The program of a role, or the one that an option names instead. */
int launch_find_program(const struct supervisor *supervisor, const char *role, const char *program,
                        char *ret_path);
int launch_sandboxed(struct task *task, const struct launch *launch, int port_fd, int log_fd,
                     struct os_error *ret_error);
int launch_program(struct task *task, const char *program, int port_fd, int log_fd,
                   struct os_error *ret_error);

/* --- The system's own -------------------------------------------------------------------------------- */

#define SERVICE_COUNT 5

struct boot_stage {
	char name[32];
	int64_t began_us, took_us; /* real time; took_us -1 until it is done */
	int64_t ended_us;          /* real time, which on Linux begins with the kernel */
};

struct boot {
	struct boot_stage stages[SERVICE_COUNT];
	size_t count, at; /* at == count: done */
	struct boot_stage first_app; /* the first app's launch, until it showed its first frame */
	bool failed;
	struct os_error error;
	struct os_timer *patience; /* real time; once failed */
	struct os_list waits; /* pending.link: OS_SUPERVISOR_WAIT_BOOTED */
};

void services_init(struct supervisor *supervisor);
void services_finish(struct supervisor *supervisor);
/* Some process's pid has become known: who waited to be introduced is. */
void services_did_start(struct supervisor *supervisor);
/* What follows a process's READY, once it also runs. */
void ready_did_come(struct task *task);
void boot_begin(struct supervisor *supervisor);
void boot_did_get_ready(struct supervisor *supervisor, struct task *task);
void boot_fail(struct supervisor *supervisor, const struct os_error *error);
/* Answers when it has booted, or could not. */
void boot_wait(struct supervisor *supervisor, struct client *client, const struct os_message *request);
bool boot_is_done(const struct supervisor *supervisor);
void boot_app_did_get_ready(struct supervisor *supervisor, const struct task *task);
/* The stages that are done, for STATUS. */
void boot_write(const struct supervisor *supervisor, struct os_message *reply);
struct service *service_find(struct supervisor *supervisor, const char *name);
int service_start(struct service *service, struct os_error *ret_error);
void service_did_end(struct service *service, struct task *task, int status);
/* Its program could not be run behind its walls. */
void service_did_fail(struct service *service, const struct os_error *error);
/* Home and keyboard are bundles like others, but no apps like others: they are started by their role,
 * with what the table grants them. True if the record was one of theirs. */
bool service_take_record(struct supervisor *supervisor, const struct os_launch_record *record);
/* 0: answered, or will be; -Exxx: the caller answers that. */
int service_introduce(struct supervisor *supervisor, struct client *client, const char *name,
                      const struct os_message *request);

/* --- Apps ------------------------------------------------------------------------------------------------ */

struct app {
	struct supervisor *supervisor;
	struct os_launch_record record;
	bool published;
	struct task *task; /* NULL while it does not run */
	enum os_app_state state;
	char sentence[240]; /* about its end, until it was seen */
	uint32_t launches;
	int64_t lived_us; /* the last time; real time */
	struct os_limits *limits;
	struct os_timer *suspend_timer; /* device time */
	struct os_timer *quit_timer;    /* real time */
	struct os_list launches_wait, quits_wait; /* pending.link */
	bool launch_again, fresh_again; /* once it has ended */
	char url_again[2049];
};

void apps_init(struct supervisor *supervisor);
void apps_finish(struct supervisor *supervisor);
struct app *app_find(struct supervisor *supervisor, const char *id);
void app_publish(struct supervisor *supervisor, const struct os_launch_record *record);
int app_unpublish(struct supervisor *supervisor, const char *id);
/* 0: answered when it runs. */
int app_launch(struct app *app, struct client *client, const struct os_message *request,
               const char *url, bool fresh);
int app_set_state(struct app *app, enum os_app_state state);
void app_did_start(struct app *app, struct task *task);
void app_did_get_ready(struct app *app);
void app_did_end(struct app *app, int status, const char *reason);
void app_did_fail(struct app *app, const struct os_error *error);
void app_send_changed(struct app *app, struct client *client);
void app_tell_watchers(struct app *app);
void app_watch(struct supervisor *supervisor, struct client *client);
void app_begin_quit(struct app *app);
int app_quit(struct app *app, struct client *client, const struct os_message *request, bool kill);
void app_drop_timers(struct app *app);
/* Starts it, and says what became of it to those who wait. */
int app_start(struct app *app, const char *url, bool fresh);

/* --- An appliance ------------------------------------------------------------------------------------------ */

struct kiosk {
	char app[128]; /* "": none */
	bool begun;    /* home boots: it may be started */
	struct restart restart;
	struct os_timer *timer; /* real time */
};

void kiosk_init(struct supervisor *supervisor);
void kiosk_finish(struct supervisor *supervisor);
void kiosk_begin(struct supervisor *supervisor);
void kiosk_did_publish(struct app *app);
void kiosk_did_end(struct app *app); /* or could not be started */

struct passcode {
	uint32_t wrong;   /* in a row */
	int64_t open_us;  /* real time: the next try is heard from then on */
	bool busy;        /* one is being hashed */
	struct os_queue *queue; /* NULL until it is needed */
};

void passcode_init(struct supervisor *supervisor);
void passcode_finish(struct supervisor *supervisor);
/* How long the next try waits after so many wrong ones in a row. */
int64_t passcode_wait_us(uint32_t wrong);
int passcode_check(struct client *client, struct os_message *message);
int passcode_set(struct client *client, struct os_message *message);

/* --- The first picture --------------------------------------------------------------------------------------- */

struct splash {
	pid_t pid; /* 0: there is none any more */
	int pidfd; /* of one that we started; -1 */
	struct os_source *exit_source;
	char path[OS_LAYOUT_MAX + 16]; /* of the file that it writes */
	struct boot_stage stage;       /* once its picture was shown */
};

/* Finds the one that runs, or starts one, if this is a board with a screen. */
void splash_begin(struct supervisor *supervisor);
/* Home's first frame is on the screen, or never will be. */
void splash_end(struct supervisor *supervisor);
void splash_finish(struct supervisor *supervisor);
/* NULL: none was shown. */
const struct boot_stage *splash_stage(const struct supervisor *supervisor);

/* --- Lines of the board ------------------------------------------------------------------------------------ */

/* Every entry of the record is one that the board's owner can have granted. */
bool hardware_is_sound(const struct os_launch_record *record);
/* Opens the line that an app asks for; answers with it, or why not. */
int hardware_request(struct client *client, struct os_message *message);

/* --- The device's end -------------------------------------------------------------------------------------- */

struct stop {
	bool under_way;
	int step; /* in stop.c's order */
	int exit_code;
	struct os_timer *deadline; /* real time */
	struct os_list waits; /* pending.link */
};

void stop_begin(struct supervisor *supervisor, int exit_code);
void stop_did_end(struct supervisor *supervisor); /* some process has ended */

/* --- Lines -------------------------------------------------------------------------------------------------- */

struct log_entry {
	int64_t wall_us;
	uint32_t level;
	int32_t pid;
	char role[16], app[128], category[64];
	uint64_t flow;
	char text[1024];
};

struct log_store {
	struct os_list lines; /* log_line.link, oldest first */
	size_t bytes;
};

void log_store_init(struct log_store *store);
void log_store_finish(struct log_store *store);
/* The supervisor's own. */
void log_say(struct supervisor *supervisor, int level, const char *format, ...) OS_PRINTF(3, 4);
/* Bytes of a task's pipe: whole lines are taken out of its buffer. */
void log_take_bytes(struct task *task, const char *bytes, size_t length);
void log_take_rest(struct task *task);
uint32_t log_send_all(struct supervisor *supervisor, struct client *client);
/* The last lines of a process, for its crash report. */
void log_add_tail(struct supervisor *supervisor, pid_t pid, struct os_buffer *text);

/* --- Deaths -------------------------------------------------------------------------------------------------- */

struct crash {
	int64_t wall_us;
	char app[128]; /* or the role */
	int32_t pid;
	char reason[240], report[480];
};

struct crash_store {
	struct os_array crashes; /* struct crash, oldest first */
	int folder_fd;
	char folder[OS_LAYOUT_MAX + 16];
};

int crash_store_init(struct crash_store *store, int data_fd, const char *data);
void crash_store_finish(struct crash_store *store);
/* Says in a few words how it ended; NULL when as it should. */
const char *crash_reason(const struct task *task, int status, char *buffer, size_t size);
void crash_record(struct supervisor *supervisor, struct task *task, const char *reason);

/* --- The held clock ------------------------------------------------------------------------------------------- */

struct step {
	bool under_way;
	bool thorough; /* looks for processes stopped from outside too, which costs a file each */
	struct os_list asked;   /* pending.link: one */
	struct os_timer *timer; /* real time: the next look */
	int64_t target_us;
	int64_t waits_since_us; /* real time: when those were woken who are not quiet yet */
	char free_app[128];
};

void step_init(struct supervisor *supervisor);
void step_finish(struct supervisor *supervisor);
/* 0: answered when quiet. */
int step_begin(struct supervisor *supervisor, struct client *client, struct os_message *request);
/* Frames a second, as 1/1000 of them. */
int64_t step_rate_mhz(const char *profile);

struct busy_task {
	struct task *task;
	const char *what;
};
/* Who has not come to rest, at most `most` of them; 0: two equal readings showed that all have. */
size_t quiet_find_busy(struct supervisor *supervisor, const char *free_app,
                       struct busy_task *ret_busy, size_t most);
/* The earliest deadline of any process, OS_NEVER. */
int64_t quiet_next_deadline_us(struct supervisor *supervisor, const char *free_app);
void quiet_wake_all(struct supervisor *supervisor);

/* --- Requests ---------------------------------------------------------------------------------------------------- */

int requests_handle(struct client *client, struct os_message *message);
int report_status(struct client *client, const struct os_message *request);
int report_crashes(struct client *client, const struct os_message *request);
int report_ring(struct client *client, const struct os_message *request, uint32_t index);
int report_idle(struct client *client, const struct os_message *request);
int control_open(struct supervisor *supervisor, int listen_fd);
void control_close(struct supervisor *supervisor);

/* --- The whole ------------------------------------------------------------------------------------------------------ */

struct supervisor {
	struct os_loop *loop;
	struct options options;
	int data_fd, clock_fd, listen_fd, signal_fd;
	struct os_source *listen_source, *signal_source;
	uint64_t last_number; /* of clients and connections */
	struct os_list clients, tasks;
	struct service services[SERVICE_COUNT];
	struct os_map *apps; /* id → struct app */
	char foreground[128];
	struct boot boot;
	struct stop stop;
	struct log_store log;
	struct crash_store crashes;
	struct step step;
	struct kiosk kiosk;
	struct passcode passcode;
	struct splash splash;
	int64_t began_us;
	bool is_board, is_again; /* options board=yes, and again=yes after a supervisor's death */
	int exit_code;
};

uint64_t supervisor_next_number(struct supervisor *supervisor);
bool supervisor_has_walls(const struct supervisor *supervisor);

#endif
