/* Session: this command's way into a running device.
 *
 *	struct os_message message, reply;
 *	cli_begin(&message, CLI_SUPERVISOR, OS_SUPERVISOR_QUIT);
 *	os_message_write_text(&message, app);
 *	os_message_write_bool(&message, false);
 *	int result = cli_call(cli, CLI_SUPERVISOR, &message, &reply);
 *
 * The first call connects; a service is introduced when it is first asked something. Thread: main. */
#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include <os/layout.h>
#include <os/message.h>
#include <os/port.h>

#include "cli.h"

enum cli_service { CLI_SUPERVISOR, CLI_COMPOSITOR, CLI_SERVICES, CLI_SERVICE_COUNT };

struct os_process_log_line;
struct os_process_delegate;

/* Data folder, runtime folder and control socket of this command's device. */
int cli_data_folder(const struct cli *cli, char ret_path[OS_LAYOUT_MAX]);
int cli_runtime_folder(const struct cli *cli, char ret_path[OS_LAYOUT_MAX]);
/* The root of the build or installation that this program is part of. */
int cli_root(char ret_path[OS_LAYOUT_MAX]);
/* The checkout that was built, -ENOENT when this program is an installed one. */
int cli_checkout(char ret_path[OS_LAYOUT_MAX]);

/* Connects. CLI_DONE; or CLI_NO_DEVICE or CLI_FAILED after a sentence on stderr. */
int cli_connect(struct cli *cli);
/* The same without a sentence, for `run` and `devices`: 0 or -Exxx. */
int cli_try_connect(struct cli *cli);
void cli_session_close(struct cli *cli);
struct os_loop *cli_loop(struct cli *cli);
/* Who is told of the supervisor's events from the next connect on; NULL for nobody. */
void cli_session_listen(struct cli *cli, const struct os_process_delegate *delegate, void *context);

/* Who is told of the services' events (the compositor's `frame`); NULL for nobody. */
typedef void (*cli_hear_fn)(void *context, struct os_message *event);
void cli_session_hear(struct cli *cli, cli_hear_fn fn, void *context);

void cli_begin(struct os_message *message, enum cli_service service, uint32_t request);
/* Sends and waits. 0 and a reply to finish, or -Exxx without one. Connects if need be. */
int cli_call(struct cli *cli, enum cli_service service, struct os_message *message,
	     struct os_message *ret_reply);
/* The same with a bound of its own; the default is 15 s. */
int cli_call_within(struct cli *cli, enum cli_service service, struct os_message *message,
		    int64_t timeout_us, struct os_message *ret_reply);
/* The port itself, for calls that do not wait; NULL after a sentence. */
struct os_port *cli_port(struct cli *cli, enum cli_service service);
/* Waits for this long of real time at most, for whatever comes. */
void cli_wait(struct cli *cli, int64_t longest_us);

/* Reads status and sentence, with which replies of services begin; says the sentence if it did not
 * work. Returns an exit code. */
int cli_outcome(struct os_message *reply);

/* "notes" and "org.strata.notes" are the same app. The caller frees. */
char *cli_app_id(const char *word);
/* The same, but a role of the system's own processes stays as it is. */
char *cli_role_or_app(const char *word);
/* Says why a call failed, unless connecting has said it: returns an exit code. */
int cli_call_failed(struct cli *cli, const char *what, int status);

#endif
