#include <string.h>

#include <cs/value.h>
#include <os/memory.h>

#include "cli.h"
#include "runner_private.h"

static const struct cli_option s_options[] = {
    {"--layers", NULL, "the compositor's layers instead of the elements"},
    {NULL},
};

static void add_frame(const struct cs_value *node, struct os_buffer *out)
{
	struct cs_value *frame = cs_value_get(node, "frame");
	if (cs_value_count(frame) == 4) {
		os_buffer_printf(out, "  [%g %g %g %g]", cs_value_double(cs_value_at(frame, 0), 0),
				 cs_value_double(cs_value_at(frame, 1), 0),
				 cs_value_double(cs_value_at(frame, 2), 0),
				 cs_value_double(cs_value_at(frame, 3), 0));
	}
}

static void add_word(const struct cs_value *node, const char *key, const char *format,
		     struct os_buffer *out)
{
	const char *text = cs_value_string(cs_value_get(node, key));
	if (text && text[0]) {
		os_buffer_printf(out, format, text);
	}
}

static void add_node(const struct cs_value *node, int depth, const char *app, struct os_buffer *out)
{
	os_buffer_printf(out, "%*s", depth * 2, "");
	add_word(node, "role", "%s", out);
	add_word(node, "id", " #%s", out);
	add_word(node, "label", " \"%s\"", out);
	add_word(node, "value", " = \"%s\"", out);
	const char *own_app = cs_value_string(cs_value_get(node, "app"));
	if (own_app && own_app[0] && strcmp(own_app, app) != 0) {
		os_buffer_printf(out, " %s", own_app);
	}
	add_frame(node, out);
	os_buffer_add_text(out,
			   cs_value_bool(cs_value_get(node, "enabled"), true) ? "" : " disabled");
	os_buffer_add_text(out,
			   cs_value_bool(cs_value_get(node, "visible"), true) ? "" : " hidden");
	os_buffer_add_text(out,
			   cs_value_bool(cs_value_get(node, "focused"), false) ? " focused" : "");
	os_buffer_add_char(out, '\n');
	struct cs_value *children = cs_value_get(node, "children");
	for (size_t i = 0; i < cs_value_count(children); i++) {
		add_node(cs_value_at(children, i), depth + 1, own_app ? own_app : app, out);
	}
}

/* The parts of the tree that belong to one app, outermost first. */
static int add_app(const struct cs_value *node, const char *app, struct os_buffer *out)
{
	const char *own = cs_value_string(cs_value_get(node, "app"));
	if (own && strcmp(own, app) == 0) {
		add_node(node, 0, "", out);
		return 1;
	}
	int found = 0;
	struct cs_value *children = cs_value_get(node, "children");
	for (size_t i = 0; i < cs_value_count(children); i++) {
		found += add_app(cs_value_at(children, i), app, out);
	}
	return found;
}

static const struct cs_value *find_app(const struct cs_value *node, const char *app)
{
	const char *own = cs_value_string(cs_value_get(node, "app"));
	if (own && strcmp(own, app) == 0) {
		return node;
	}
	struct cs_value *children = cs_value_get(node, "children");
	for (size_t i = 0; i < cs_value_count(children); i++) {
		const struct cs_value *found = find_app(cs_value_at(children, i), app);
		if (found) {
			return found;
		}
	}
	return NULL;
}

static int print_tree(struct cli *cli, const struct cs_value *tree, const char *app)
{
	struct os_buffer out = {0};
	bool found = true;
	if (cli->json) {
		tree = app ? find_app(tree, app) : tree;
		found = tree != NULL;
		if (found) {
			cs_value_write(tree, CS_WRITE_PRETTY, &out);
		}
	} else if (app) {
		found = add_app(tree, app, &out) > 0;
	} else {
		add_node(tree, 0, "", &out);
	}
	while (out.length > 0 && out.bytes[out.length - 1] == '\n') {
		os_buffer_remove(&out, out.length - 1, 1);
	}
	if (!found) {
		os_buffer_finish(&out);
		return cli_fail(CLI_FAILED, "%s shows nothing", app);
	}
	return cli_print(&out);
}

static int run(struct cli *cli)
{
	int code = cli_connect(cli);
	if (code != CLI_DONE) {
		return code;
	}
	struct os_buffer json = {0};
	struct os_error error;
	struct cs_value *tree = NULL;
	int result = runner_read_tree(cli, cli_has(cli, "--layers"), &json);
	if (result < 0) {
		os_buffer_finish(&json);
		return cli_call_failed(cli, "the tree", result);
	}
	if (cs_value_parse(os_buffer_text(&json), json.length, "the tree", &tree, &error) < 0) {
		code = cli_fail(CLI_FAILED, "%s", error.text);
	} else {
		char *app = cli->argument_count ? cli_app_id(cli->arguments[0]) : NULL;
		code = print_tree(cli, tree, app);
		os_free(app);
	}
	os_release(tree);
	os_buffer_finish(&json);
	return code;
}

const struct cli_verb cli_verb_tree = {.name = "tree",
				       .arguments = "[ID] [--layers]",
				       .summary = "prints the elements on the screen",
				       .options = s_options,
				       .least = 0,
				       .most = 1,
				       .json = true,
				       .run = run};
