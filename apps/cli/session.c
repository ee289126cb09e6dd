#include "session.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cs/services_interface.h>
#include <md/device_interface.h>
#include <os/file.h>
#include <os/loop.h>
#include <os/memory.h>
#include <os/process.h>
#include <os/supervisor.h>

#define CALL_TIMEOUT_US (15 * OS_US_PER_S)

struct cli_session {
	struct os_loop *loop;
	struct os_port *ports[CLI_SERVICE_COUNT];
	const struct os_process_delegate *delegate;
	void *context;
	cli_hear_fn hear; /* events of services, NULL: nobody hears them */
	void *hear_context;
	bool connected;
	int told; /* exit code, once it was said why there is no connection */
};

static const struct {
	const char *name;
	const struct os_interface *interface;
} s_services[CLI_SERVICE_COUNT] = {
    [CLI_SUPERVISOR] = {"supervisor", &os_supervisor_interface},
    [CLI_COMPOSITOR] = {"compositor", &md_device_interface},
    [CLI_SERVICES] = {"services", &cs_services_interface},
};

/* --- Places ----------------------------------------------------------------------------------- */

int cli_data_folder(const struct cli *cli, char ret_path[OS_LAYOUT_MAX])
{
	char path[OS_LAYOUT_MAX], here[OS_LAYOUT_MAX];
	int result =
	    os_layout_data(cli->environment.strata_home, cli->environment.home, cli->device, path);
	if (result < 0 || path[0] == '/') {
		memcpy(ret_path, path, OS_LAYOUT_MAX * (size_t)(result >= 0));
		return result;
	}
	/* The device is told by this path from other folders too. */
	if (!getcwd(here, sizeof(here))) {
		return -errno;
	}
	int length = snprintf(ret_path, OS_LAYOUT_MAX, "%s/%s", here, path);
	return length < OS_LAYOUT_MAX ? 0 : -ENAMETOOLONG;
}

int cli_runtime_folder(const struct cli *cli, char ret_path[OS_LAYOUT_MAX])
{
	char data[OS_LAYOUT_MAX];
	int result = cli_data_folder(cli, data);
	return result < 0 ? result : os_layout_runtime(data, cli->environment.runtime, ret_path);
}

int cli_root(char ret_path[OS_LAYOUT_MAX])
{
	return os_layout_find_root("/proc/self/exe", ret_path);
}

int cli_checkout(char ret_path[OS_LAYOUT_MAX])
{
	char root[OS_LAYOUT_MAX], file[OS_LAYOUT_MAX + 32];
	int result = cli_root(root);
	if (result < 0) {
		return result;
	}
	char *slash = strrchr(root, '/');
	if (!slash) {
		return -ENOENT;
	}
	*slash = '\0';
	snprintf(file, sizeof(file), "%s/meson_options.txt", root);
	if (access(file, F_OK) < 0) {
		return -ENOENT;
	}
	memcpy(ret_path, root, sizeof(root));
	return 0;
}

char *cli_app_id(const char *word)
{
	return strchr(word, '.') ? os_strdup(word) : os_format("org.strata.%s", word);
}

char *cli_role_or_app(const char *word)
{
	static const char *const s_roles[] = {"keeper", "supervisor", "services", "compositor",
					      "sound",  "home",       "keyboard"};
	for (size_t i = 0; i < OS_ARRAY_LEN(s_roles); i++) {
		if (strcmp(s_roles[i], word) == 0) {
			return os_strdup(word);
		}
	}
	return cli_app_id(word);
}

/* --- Connecting ------------------------------------------------------------------------------- */

static struct cli_session *session_of(struct cli *cli)
{
	if (!cli->session) {
		cli->session = os_alloc(sizeof(*cli->session));
		cli->session->loop = os_loop_create();
	}
	return cli->session;
}

struct os_loop *cli_loop(struct cli *cli)
{
	return session_of(cli)->loop;
}

void cli_session_listen(struct cli *cli, const struct os_process_delegate *delegate, void *context)
{
	struct cli_session *session = session_of(cli);
	session->delegate = delegate;
	session->context = context;
}

static void did_lose(void *context)
{
}

void cli_session_hear(struct cli *cli, cli_hear_fn fn, void *context)
{
	session_of(cli)->hear = fn;
	session_of(cli)->hear_context = context;
}

int cli_try_connect(struct cli *cli)
{
	static const struct os_process_delegate s_nobody = {.struct_size = sizeof(s_nobody),
							    .lost = did_lose};
	struct cli_session *session = session_of(cli);
	if (session->connected) {
		return 0;
	}
	char runtime[OS_LAYOUT_MAX], path[OS_LAYOUT_MAX];
	int result = cli_runtime_folder(cli, runtime);
	if (result == 0) {
		result = os_layout_socket(runtime, path);
	}
	if (result == 0) {
		result = os_process_connect_tool(session->loop, path,
						 session->delegate ? session->delegate : &s_nobody,
						 session->context);
	}
	if (result < 0) {
		return result;
	}
	session->connected = true;
	session->ports[CLI_SUPERVISOR] = os_port_retain(os_process_port());
	return 0;
}

int cli_connect(struct cli *cli)
{
	int result = cli_try_connect(cli);
	if (result >= 0) {
		return CLI_DONE;
	}
	session_of(cli)->told = CLI_FAILED;
	if (result == -ENOENT || result == -ECONNREFUSED) {
		session_of(cli)->told = CLI_NO_DEVICE;
		return cli_fail(CLI_NO_DEVICE,
				"the device %s does not run; `strata run%s%s` starts it",
				cli->device, strcmp(cli->device, "default") ? " --device " : "",
				strcmp(cli->device, "default") ? cli->device : "");
	}
	return cli_fail(CLI_FAILED, "the device %s cannot be reached: %s", cli->device,
			os_status_text(result));
}

void cli_session_close(struct cli *cli)
{
	if (!cli->session) {
		return;
	}
	for (size_t i = 0; i < CLI_SERVICE_COUNT; i++) {
		if (cli->session->ports[i]) {
			os_port_close(cli->session->ports[i]);
			os_port_release(cli->session->ports[i]);
		}
	}
	os_loop_release(cli->session->loop);
	os_free(cli->session);
	cli->session = NULL;
}

/* No service tells a tool anything that it has not asked for. */
static int pass_message(void *context, struct os_port *port, struct os_message *message)
{
	const struct cli_session *session = ((struct cli *)context)->session;
	if (session->hear != NULL) {
		session->hear(session->hear_context, message);
	}
	return 0;
}

static void ignore_close(void *context, struct os_port *port, int reason)
{
}

static const struct os_port_delegate s_delegate = {
    .struct_size = sizeof(s_delegate), .message = pass_message, .closed = ignore_close};

static int open_port(struct cli *cli, enum cli_service service)
{
	struct cli_session *session = session_of(cli);
	if (session->ports[service] && os_port_is_open(session->ports[service])) {
		return 0;
	}
	session->ports[service] = os_port_release(session->ports[service]);
	if (service == CLI_SUPERVISOR) {
		session->connected = false;
		return cli_connect(cli) == CLI_DONE ? 0 : -ENOTCONN;
	}
	if (cli_connect(cli) != CLI_DONE) {
		return -ENOTCONN;
	}
	uint64_t connection = 0;
	int fd = os_process_introduce_wait(s_services[service].name, CALL_TIMEOUT_US, &connection);
	if (fd < 0) {
		return fd;
	}
	session->ports[service] = os_port_create(session->loop, fd, s_services[service].interface,
						 OS_PORT_CLIENT, &s_delegate, cli);
	os_port_set_connection(session->ports[service], connection);
	return 0;
}

/* --- Calls ------------------------------------------------------------------------------------ */

void cli_begin(struct os_message *message, enum cli_service service, uint32_t request)
{
	os_message_init(message, &s_services[service].interface->requests[request], request);
}

struct os_port *cli_port(struct cli *cli, enum cli_service service)
{
	int result = open_port(cli, service);
	if (result < 0) {
		cli_call_failed(cli, s_services[service].name, result);
		return NULL;
	}
	return cli->session->ports[service];
}

int cli_call_within(struct cli *cli, enum cli_service service, struct os_message *message,
		    int64_t timeout_us, struct os_message *ret_reply)
{
	int result = open_port(cli, service);
	if (result < 0) {
		os_message_finish(message);
		return result;
	}
	return os_port_call_wait(cli->session->ports[service], message, timeout_us, ret_reply);
}

int cli_call(struct cli *cli, enum cli_service service, struct os_message *message,
	     struct os_message *ret_reply)
{
	return cli_call_within(cli, service, message, CALL_TIMEOUT_US, ret_reply);
}

void cli_wait(struct cli *cli, int64_t longest_us)
{
	os_loop_iterate(cli_loop(cli), longest_us);
}

int cli_call_failed(struct cli *cli, const char *what, int status)
{
	if (cli->session && cli->session->told) {
		return cli->session->told;
	}
	return cli_fail(CLI_FAILED, "%s: %s", what, os_status_text(status));
}

int cli_outcome(struct os_message *reply)
{
	int status = os_message_read_i32(reply);
	const char *sentence = os_message_read_text(reply);
	if (status >= 0) {
		return CLI_DONE;
	}
	return cli_fail(CLI_FAILED, "%s", sentence[0] ? sentence : os_status_text(status));
}
