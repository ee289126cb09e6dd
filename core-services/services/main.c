/* strata-services: what apps share. The engine is <cs/services_server.h>; here it meets the
 * supervisor. */
#include <cs/services_server.h>

#include <os/layout.h>
#include <os/log.h>
#include <os/memory.h>
#include <os/process.h>

#include <stdio.h>

struct program {
	struct cs_server *server;
};

static void introduced(void *context, int fd, uint64_t connection, const struct os_peer *peer)
{
	struct program *program = context;
	cs_server_add_client(program->server, fd, connection, peer);
}

static const struct os_process_delegate s_process_delegate = {
    .struct_size = sizeof(struct os_process_delegate),
    .introduced = introduced,
};

/* --- What the engine wants of the supervisor ---------------------------------------------------- */

static void begin(struct os_message *message, enum os_supervisor_request request)
{
	os_message_init(message, &os_supervisor_interface.requests[request], request);
}

static void did_publish(void *context, int status, struct os_message *reply)
{
	if (status < 0) {
		os_log_warning("services", "the supervisor did not take an app: %s",
			       os_status_text(status));
	}
}

static void publish(void *context, const struct os_launch_record *record)
{
	struct os_message message;
	begin(&message, OS_SUPERVISOR_PUBLISH);
	os_launch_record_write(record, &message);
	os_port_call(os_process_port(), &message, OS_NEVER, did_publish, NULL);
}

static void unpublish(void *context, const char *app)
{
	struct os_message message;
	begin(&message, OS_SUPERVISOR_UNPUBLISH);
	os_message_write_text(&message, app);
	os_port_call(os_process_port(), &message, OS_NEVER, did_publish, NULL);
}

struct quit {
	void (*done)(void *context);
	void *context;
};

static void did_quit(void *context, int status, struct os_message *reply)
{
	struct quit *quit = context;
	quit->done(quit->context); /* also if it was not running */
	os_free(quit);
}

static void quit(void *context, const char *app, void (*done)(void *done_context),
		 void *done_context)
{
	struct quit *quit = os_alloc(sizeof(*quit));
	quit->done = done;
	quit->context = done_context;
	struct os_message message;
	begin(&message, OS_SUPERVISOR_QUIT);
	os_message_write_text(&message, app);
	os_message_write_bool(&message, false);
	if (os_port_call(os_process_port(), &message, OS_NEVER, did_quit, quit) < 0) {
		did_quit(quit, 0, NULL);
	}
}

static void notice(void *context, const char *sentence)
{
	os_log_warning("services", "%s", sentence);
}

static const struct cs_server_delegate s_server_delegate = {
    .struct_size = sizeof(struct cs_server_delegate),
    .publish = publish,
    .unpublish = unpublish,
    .quit = quit,
    .notice = notice,
};

int main(void)
{
	struct program program = {0};
	struct os_loop *loop = os_loop_create();
	int result = os_process_start(loop, &s_process_delegate, &program);
	if (result < 0) {
		os_log_error("services", "this program is started by strata-supervisor: %s",
			     os_status_text(result));
		return 1;
	}
	char bundles[OS_LAYOUT_MAX];
	const char *root = os_process_option("root");
	bool has_bundles = root != NULL && os_layout_bundles(root, bundles) == 0;
	const struct cs_server_options options = {
	    .struct_size = sizeof(options),
	    .loop = loop,
	    .data = os_process_info()->container,
	    .bundles = has_bundles ? bundles : NULL,
	    .delegate = &s_server_delegate,
	};
	struct os_error error;
	result = cs_server_create(&options, &program.server, &error);
	if (result < 0) {
		os_log_error("services", "%s", error.text);
		return 1;
	}
	os_process_ready();
	result = os_loop_run(loop);
	cs_server_destroy(program.server);
	return result;
}
