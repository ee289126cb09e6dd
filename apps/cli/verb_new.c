#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <os/memory.h>

#include "cli.h"
#include "copy_tree.h"
#include "session.h"

/* The app that every new one begins as. */
#define TEMPLATE "hello"

struct names {
	char id[64];     /* to-do: in org.strata.to-do */
	char symbol[64]; /* to_do: in C and in files' names */
	char title[64];  /* To do: what people read */
};

static bool is_name(const char *name)
{
	const char *allowed = "abcdefghijklmnopqrstuvwxyz0123456789-";
	size_t length = strlen(name);
	return length > 0 && length <= 30 && islower((unsigned char)name[0]) &&
	       strspn(name, allowed) == length && name[length - 1] != '-';
}

static void make_names(const char *name, struct names *names)
{
	snprintf(names->id, sizeof(names->id), "%s", name);
	snprintf(names->symbol, sizeof(names->symbol), "%s", name);
	snprintf(names->title, sizeof(names->title), "%s", name);
	for (size_t i = 0; name[i]; i++) {
		names->symbol[i] = name[i] == '-' ? '_' : name[i];
		names->title[i] = name[i] == '-' ? ' ' : name[i];
	}
	names->title[0] = (char)toupper((unsigned char)names->title[0]);
}

static void replace(struct os_buffer *text, const char *old, const char *new)
{
	struct os_buffer out = {0};
	size_t length = strlen(old);
	const char *at = os_buffer_text(text), *end = at + text->length;
	while (at < end) {
		const char *found = memmem(at, (size_t)(end - at), old, length);
		os_buffer_add(&out, at, (size_t)((found ? found : end) - at));
		if (found) {
			os_buffer_add_text(&out, new);
		}
		at = found ? found + length : end;
	}
	os_buffer_finish(text);
	*text = out;
}

static bool is_wanted(void *context, const char *name)
{
	return strcmp(name, "meson.build") != 0;
}

static char *rename_file(void *context, const char *name)
{
	const struct names *names = context;
	struct os_buffer text = {0};
	os_buffer_add_text(&text, name);
	replace(&text, TEMPLATE, names->symbol);
	return os_buffer_take(&text);
}

static void change_file(void *context, const char *name, struct os_buffer *bytes)
{
	const struct names *names = context;
	if (bytes->length == 0 || memchr(bytes->bytes, '\0', bytes->length)) {
		return; /* a picture */
	}
	char upper[64] = "";
	for (size_t i = 0; names->symbol[i]; i++) {
		upper[i] = (char)toupper((unsigned char)names->symbol[i]);
	}
	/* The id keeps its "-"; a mark stands for it meanwhile, which no text has. */
	replace(bytes, "org.strata." TEMPLATE, "org.strata.\x01");
	replace(bytes, "Hello", names->title);
	replace(bytes, "HELLO", upper);
	replace(bytes, TEMPLATE, names->symbol);
	replace(bytes, "\x01", names->id);
}

static int find_template(char ret_path[OS_LAYOUT_MAX + 32])
{
	char place[OS_LAYOUT_MAX];
	if (cli_checkout(place) == 0) {
		snprintf(ret_path, OS_LAYOUT_MAX + 32, "%s/apps/" TEMPLATE, place);
	} else if (cli_root(place) == 0) {
		snprintf(ret_path, OS_LAYOUT_MAX + 32, "%s/share/strata/template", place);
	} else {
		return -ENOENT;
	}
	return access(ret_path, F_OK) < 0 ? -errno : 0;
}

static int run(struct cli *cli)
{
	const char *name = cli->arguments[0];
	if (!is_name(name)) {
		return cli_usage(cli,
				 "a name is of small letters, digits and -, 30 at most, and begins "
				 "with a letter: %s",
				 name);
	}
	if (access(name, F_OK) == 0) {
		return cli_fail(CLI_FAILED, "%s is there already", name);
	}
	char template[OS_LAYOUT_MAX + 32];
	int result = find_template(template);
	if (result < 0) {
		return cli_fail(CLI_FAILED, "the app that new ones begin as is not there: %s",
				os_status_text(result));
	}
	struct names names;
	make_names(name, &names);
	struct copy_tree_rules rules = {
	    .wanted = is_wanted, .rename = rename_file, .change = change_file, .context = &names};
	result = copy_tree(template, name, &rules);
	if (result < 0) {
		return cli_fail(CLI_FAILED, "%s cannot be made: %s", name, os_status_text(result));
	}
	struct os_buffer out = {0};
	os_buffer_printf(&out,
			 "./%s is org.strata.%s. Next: strata run --detach; strata install %s; "
			 "strata launch %s",
			 name, name, name, name);
	return cli_print(&out);
}

const struct cli_verb cli_verb_new = {
    .name = "new",
    .arguments = "NAME",
    .summary = "makes an app of your own in ./NAME",
    .help =
	"It is a whole app with a list that is kept, and its test: read it, change it, install it.",
    .least = 1,
    .most = 1,
    .run = run};
