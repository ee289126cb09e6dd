#include "runner_private.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <md/device_interface.h>
#include <os/clock.h>
#include <os/file.h>
#include <os/memory.h>

#include "facts.h"

#define TREE_MAX_BYTES (16u << 20)

static int read_all(int fd, struct os_buffer *bytes)
{
	char part[65536];
	off_t at = 0;
	for (;;) {
		ssize_t count = pread(fd, part, sizeof(part), at);
		if (count < 0) {
			return -errno;
		}
		if (count == 0) {
			return bytes->failed ? -EFBIG : 0;
		}
		os_buffer_add(bytes, part, (size_t)count);
		at += count;
	}
}

int runner_read_tree(struct cli *cli, bool layers, struct os_buffer *json)
{
	int fd = memfd_create("strata-tree", MFD_CLOEXEC);
	if (fd < 0) {
		return -errno;
	}
	struct os_message message, reply;
	cli_begin(&message, CLI_COMPOSITOR, MD_DEVICE_TREE);
	os_message_write_bool(&message, layers);
	os_message_write_fd(&message, fd);
	int result = cli_call(cli, CLI_COMPOSITOR, &message, &reply);
	if (result == 0) {
		os_message_finish(&reply);
		json->limit = TREE_MAX_BYTES;
		result = read_all(fd, json);
	}
	os_fd_close(fd);
	return result;
}

int runner_look(struct runner *runner, struct screen_tree **ret_tree)
{
	struct os_buffer json = {0};
	int result = runner_read_tree(runner->cli, false, &json);
	if (result < 0) {
		os_error_set(&runner->error, result, "the screen cannot be looked at: %s",
			     os_status_text(result));
	} else {
		result =
		    screen_tree_parse(os_buffer_text(&json), json.length, ret_tree, &runner->error);
	}
	os_buffer_finish(&json);
	return result;
}

/* What a finger there would touch: the compositor asks the app. */
static int hit(void *context, const struct screen_tree *tree, double x, double y)
{
	struct runner *runner = context;
	struct os_message message, reply;
	cli_begin(&message, CLI_COMPOSITOR, MD_DEVICE_HIT);
	os_message_write_double(&message, x);
	os_message_write_double(&message, y);
	if (cli_call(runner->cli, CLI_COMPOSITOR, &message, &reply) < 0) {
		return -1;
	}
	int node = screen_tree_by_id(tree, os_message_read_text(&reply));
	os_message_finish(&reply);
	return node;
}

/* Errors of the connection, unlike those of what is seen, do not mend by waiting. */
static bool is_worth_waiting(int result)
{
	return result == -ENOENT || result == -ERANGE || result == -EBUSY || result == -EACCES ||
	       result == -EEXIST;
}

static int locate_now(struct runner *runner, const struct script_name *name, double *ret_x,
		      double *ret_y)
{
	struct screen_tree *tree;
	int result = runner_look(runner, &tree);
	if (result < 0) {
		return result == -ENOENT ? -EIO : result;
	}
	result = screen_tree_find(tree, name, hit, runner, &runner->error);
	if (result >= 0) {
		screen_node_centre(&tree->nodes[result], ret_x, ret_y);
		result = 0;
	}
	screen_tree_release(tree);
	return result;
}

int runner_locate(struct runner *runner, const struct script_target *target, double *ret_x,
		  double *ret_y)
{
	if (!target->has_name) {
		*ret_x = target->x;
		*ret_y = target->y;
		return 0;
	}
	int64_t until_us = os_clock_real_us() + RUNNER_NAME_WAIT_US;
	int result = locate_now(runner, &target->name, ret_x, ret_y);
	while (is_worth_waiting(result) && os_clock_real_us() < until_us) {
		runner_pause(runner);
		result = locate_now(runner, &target->name, ret_x, ret_y);
	}
	return result;
}

/* --- Expectations ----------------------------------------------------------------------------- */

static int check_value(struct runner *runner, const struct screen_node *node, const char *wanted)
{
	if (strcmp(node->value, wanted) == 0) {
		return 0;
	}
	return os_error_set(&runner->error, -ENOENT, "its value is \"%.200s\"", node->value);
}

static int expect_now(struct runner *runner, const struct script_command *command)
{
	struct screen_tree *tree;
	int result = runner_look(runner, &tree);
	if (result < 0) {
		return result == -ENOENT ? -EIO : result;
	}
	int node = screen_tree_see(tree, &command->from.name, &runner->error);
	if (command->kind == SCRIPT_EXPECT_NOT) {
		result = 0;
		if (node >= 0) {
			struct os_buffer text = {0};
			screen_node_print(tree, node, &text);
			result = os_error_set(&runner->error, -EEXIST, "there is %s",
					      os_buffer_text(&text));
			os_buffer_finish(&text);
		}
	} else if (node < 0) {
		result = node;
	} else if (command->kind == SCRIPT_EXPECT_VALUE) {
		result = check_value(runner, &tree->nodes[node], command->text);
	}
	screen_tree_release(tree);
	return result;
}

int runner_expect(struct runner *runner, const struct script_command *command)
{
	int64_t until_us = os_clock_real_us() + RUNNER_NAME_WAIT_US;
	int result = expect_now(runner, command);
	while (is_worth_waiting(result) && os_clock_real_us() < until_us) {
		runner_pause(runner);
		result = expect_now(runner, command);
	}
	return result;
}

/* --- Settle ----------------------------------------------------------------------------------- */

static int is_settled(struct runner *runner, bool *ret_settled)
{
	struct os_message message, reply;
	cli_begin(&message, CLI_COMPOSITOR, MD_DEVICE_SETTLED);
	int result = cli_call(runner->cli, CLI_COMPOSITOR, &message, &reply);
	if (result < 0) {
		return os_error_set(&runner->error, result, "the screen cannot be looked at: %s",
				    os_status_text(result));
	}
	*ret_settled = os_message_read_bool(&reply);
	const char *what = os_message_read_text(&reply);
	if (!*ret_settled) {
		os_error_set(&runner->error, -ETIMEDOUT, "after 10 s: %s", what);
	}
	os_message_finish(&reply);
	return 0;
}

/* A launch that has no scene yet is known to the supervisor alone. */
static int check_launches(struct runner *runner, bool *ret_settled)
{
	struct cli_facts *facts = os_alloc(sizeof(*facts));
	int result = cli_ask_facts(runner->cli, facts);
	for (int i = 0; result == 0 && i < facts->process_count; i++) {
		const struct cli_process *process = &facts->processes[i];
		if (strcmp(process->state, "launching") == 0 ||
		    strcmp(process->state, "starting") == 0) {
			os_error_set(&runner->error, -ETIMEDOUT, "after 10 s: %s: it is starting",
				     process->app[0] ? process->app : process->role);
			*ret_settled = false;
		}
	}
	os_free(facts);
	return result;
}

static int look_for_rest(struct runner *runner, bool *ret_settled)
{
	int result = is_settled(runner, ret_settled);
	return result == 0 && *ret_settled ? check_launches(runner, ret_settled) : result;
}

int runner_settle(struct runner *runner)
{
	int64_t until_us = os_clock_now_us() + RUNNER_SETTLE_WAIT_US;
	int64_t real_until_us = os_clock_real_us() + RUNNER_SETTLE_WAIT_US;
	bool settled = false;
	int result = look_for_rest(runner, &settled);
	while (result == 0 && !settled) {
		bool held = os_clock_is_held();
		if (held ? os_clock_now_us() >= until_us : os_clock_real_us() >= real_until_us) {
			return -ETIMEDOUT;
		}
		if (held) {
			result = runner_step(runner);
		} else {
			runner_pause(runner);
		}
		if (result == 0) {
			result = look_for_rest(runner, &settled);
		}
	}
	return result;
}
