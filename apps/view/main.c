/* strata-view: started by `strata view`, which has checked and asked all there is to.
 *
 *	strata-view DEVICE PORT WEB-PORT PASSWORD-FILE
 *
 * It ends with the device, by SIGINT or SIGTERM. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <md/device_interface.h>
#include <os/board.h>
#include <os/file.h>
#include <os/memory.h>
#include <os/process.h>

#include "cli.h"
#include "session.h"
#include "view.h"

#define REPLY_BOUND_US (10 * OS_US_PER_S)

struct view {
	struct cli cli;
	struct os_port *port;
	struct os_loop *loop;
	struct server *server;
	struct picture picture;
	int viewers;
	bool is_asking; /* a view_next is open */
	bool is_down;   /* the pointer's button */
	int x, y;
	uint32_t modifiers;
};

static void stop(struct view *view, const char *why)
{
	fprintf(stderr, "strata view: %s\n", why);
	os_loop_stop(view->loop, CLI_DONE);
}

/* --- The picture ------------------------------------------------------------------------------ */

static void ask_for_next(struct view *view);

static void did_get_memory(void *context, int status, struct os_message *reply)
{
	struct view *view = context;
	view->is_asking = false;
	if (status < 0) {
		stop(view, "the device has gone");
		return;
	}
	int fd = os_message_take_fd(reply);
	int width = (int)os_message_read_u32(reply), height = (int)os_message_read_u32(reply);
	int orientation = os_message_read_i32(reply);
	double scale = os_message_read_double(reply);
	struct picture picture;
	int result = picture_init(&picture, fd, width, height);
	if (result < 0) {
		stop(view, os_status_text(result));
		return;
	}
	picture_set_orientation(&picture, orientation, scale);
	server_set_picture(view->server, &picture);
	picture_finish(&view->picture);
	view->picture = picture;
	ask_for_next(view);
}

static void ask_for_memory(struct view *view)
{
	struct os_message message;
	cli_begin(&message, CLI_COMPOSITOR, MD_DEVICE_VIEW);
	view->is_asking = true;
	os_port_call(view->port, &message, REPLY_BOUND_US, did_get_memory, view);
}

static void did_change(void *context, int status, struct os_message *reply)
{
	struct view *view = context;
	if (status == -ECANCELED) {
		return; /* of a memory that is no longer asked for */
	}
	view->is_asking = false;
	if (status < 0) {
		stop(view, "the device has gone");
		return;
	}
	if (os_message_read_bool(reply)) {
		ask_for_memory(view);
		return;
	}
	uint32_t count = os_message_read_count(reply);
	for (uint32_t i = 0; i < count; i++) {
		struct part part;
		part.x = os_message_read_i32(reply);
		part.y = os_message_read_i32(reply);
		part.width = os_message_read_i32(reply);
		part.height = os_message_read_i32(reply);
		server_changed(view->server, picture_update(&view->picture, part));
	}
	server_let_in(view->server);
	ask_for_next(view);
}

/* Nothing is drawn for nobody. */
static void ask_for_next(struct view *view)
{
	if (view->viewers == 0 || view->is_asking) {
		return;
	}
	struct os_message message;
	cli_begin(&message, CLI_COMPOSITOR, MD_DEVICE_VIEW_NEXT);
	view->is_asking = true;
	os_port_call(view->port, &message, OS_NEVER, did_change, view);
}

/* --- Fingers and keys ------------------------------------------------------------------------- */

static void ignore_reply(void *context, int status, struct os_message *reply)
{
}

static void send_touch(struct view *view, enum os_touch_phase phase)
{
	struct os_message message;
	cli_begin(&message, CLI_COMPOSITOR, MD_DEVICE_FEED);
	os_message_write_count(&message, 1);
	os_message_write_i64(&message, 0);
	os_message_write_i32(&message, 0);
	os_message_write_u32(&message, phase);
	os_message_write_double(&message, (view->x + 0.5) / view->picture.scale);
	os_message_write_double(&message, (view->y + 0.5) / view->picture.scale);
	os_port_call(view->port, &message, REPLY_BOUND_US, ignore_reply, view);
}

static void did_point(void *context, bool down, int x, int y)
{
	struct view *view = context;
	bool moved = x != view->x || y != view->y;
	view->x = x;
	view->y = y;
	if (down != view->is_down) {
		view->is_down = down;
		send_touch(view, down ? OS_TOUCH_DOWN : OS_TOUCH_UP);
	} else if (down && moved) {
		send_touch(view, OS_TOUCH_MOVE);
	}
}

static void did_press(void *context, uint32_t keysym, bool down)
{
	struct view *view = context;
	uint32_t modifier = view_modifier_of(keysym);
	if (modifier != 0) {
		view->modifiers = down ? view->modifiers | modifier : view->modifiers & ~modifier;
		return;
	}
	struct view_key key = view_key_of(keysym);
	if (!down || key.key == 0) {
		return;
	}
	bool is_command = (view->modifiers & (OS_KEY_CONTROL | OS_KEY_META)) != 0;
	struct os_message message;
	cli_begin(&message, CLI_COMPOSITOR, MD_DEVICE_KEY);
	os_message_write_u32(&message, key.key);
	os_message_write_u32(&message, view->modifiers);
	os_message_write_bool(&message, false);
	os_message_write_text(&message, is_command ? "" : key.text);
	os_port_call(view->port, &message, REPLY_BOUND_US, ignore_reply, view);
}

static void did_change_viewers(void *context, int count)
{
	struct view *view = context;
	bool is_more = count > view->viewers;
	if (count < view->viewers) { /* with what was held down */
		view->modifiers = 0;
		if (view->is_down) {
			view->is_down = false;
			send_touch(view, OS_TOUCH_CANCEL);
		}
	}
	view->viewers = count;
	if (is_more) {
		ask_for_memory(view);
	}
}

/* --- Life cycle ------------------------------------------------------------------------------- */

static void did_get_signal(void *context, int fd, uint32_t events)
{
	os_loop_stop(((struct view *)context)->loop, CLI_DONE);
}

static int watch_signals(struct view *view)
{
	sigset_t signals;
	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	int fd = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
	os_loop_add_fd(view->loop, fd, OS_LOOP_READ, did_get_signal, view);
	return fd;
}

static int read_password(const char *path, char ret_password[9])
{
	FILE *file = fopen(path, "re");
	if (file == NULL) {
		return -errno;
	}
	size_t length = fread(ret_password, 1, 8, file);
	fclose(file);
	ret_password[length] = '\0';
	ret_password[strcspn(ret_password, "\n")] = '\0';
	return ret_password[0] == '\0' ? -ENODATA : 0;
}

static void say_where(const struct server_options *options)
{
	printf("VNC viewers: 127.0.0.1:%d\n", options->port);
	if (options->web_port > 0 && access("/usr/share/novnc/vnc.html", R_OK) == 0) {
		printf("Browsers: http://127.0.0.1:%d/vnc.html?host=127.0.0.1&port=%d&autoconnect=1\n",
		       options->web_port, options->port);
	} else if (options->web_port > 0) {
		printf("Browsers: once the package novnc is installed\n");
	}
	printf("From another machine: ssh -L %d:127.0.0.1:%d", options->port, options->port);
	printf(options->web_port > 0 ? " -L %d:127.0.0.1:%d THIS-MACHINE\n" : " THIS-MACHINE\n",
	       options->web_port, options->web_port);
	fflush(stdout);
}

/* It ends with the device even while nothing is asked of it. */
static void did_lose(void *context)
{
	stop(context, "the device has gone");
}

static int run(struct view *view, const struct server_options *options)
{
	static const struct server_delegate s_delegate = {
	    .pointer = did_point, .key = did_press, .viewers = did_change_viewers};
	static const struct os_process_delegate s_device = {.struct_size = sizeof(s_device),
							    .lost = did_lose};
	struct os_error error;
	cli_session_listen(&view->cli, &s_device, view);
	view->loop = cli_loop(&view->cli);
	view->port = cli_port(&view->cli, CLI_COMPOSITOR);
	if (view->port == NULL) {
		return CLI_NO_DEVICE;
	}
	view->server = server_create(view->loop, options, &s_delegate, view, &error);
	if (view->server == NULL) {
		return cli_fail(CLI_FAILED, "%s", error.text);
	}
	int signals = watch_signals(view);
	say_where(options);
	int result = os_loop_run(view->loop);
	server_destroy(view->server);
	picture_finish(&view->picture);
	os_fd_close(signals);
	return result;
}

int main(int count, char **words)
{
	static struct view view;
	char password[9], title[96];
	if (count != 5) {
		return cli_fail(CLI_USAGE, "started by `strata view`");
	}
	struct server_options options = {
	    .port = atoi(words[2]), .web_port = atoi(words[3]), .password = password, .title = title};
	view.cli.device = words[1];
	view.cli.environment.strata_home = getenv("STRATA_HOME");
	view.cli.environment.home = getenv("HOME");
	view.cli.environment.runtime = getenv("XDG_RUNTIME_DIR");
	snprintf(title, sizeof(title), "Strata: %s", view.cli.device);
	int result = read_password(words[4], password);
	if (result < 0) {
		return cli_fail(CLI_FAILED, "%s: %s", words[4], os_status_text(result));
	}
	result = run(&view, &options);
	cli_session_close(&view.cli);
	return result;
}
