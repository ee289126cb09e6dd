/* Finger scripts: what a person's fingers do, a command a line, as text and as commands.
 *
 *	struct script *script;
 *	struct os_error error;
 *	if (script_parse(bytes, length, "first-note.touch", &script, &error) < 0) {
 *		fprintf(stderr, "%s\n", error.text);      first-note.touch:3: expected …: …
 *	}
 *	for (size_t i = 0; i < script->count; i++) { … script->commands[i] … }
 *	script_release(script);
 *
 * A script is parsed whole before anything of it is played. The same parser takes the words of one
 * command from a shell, where quotes are gone already: script_parse_words. Nothing here knows of
 * a device. Thread: the owner's. */
#ifndef CLI_SCRIPT_H
#define CLI_SCRIPT_H

#include <os/base.h>
#include <os/status.h>

enum script_kind {
	SCRIPT_WAIT,
	SCRIPT_TAP,
	SCRIPT_DOUBLE_TAP,
	SCRIPT_HOLD,
	SCRIPT_DRAG,
	SCRIPT_SWIPE,
	SCRIPT_DOWN,
	SCRIPT_MOVE,
	SCRIPT_UP,
	SCRIPT_CANCEL,
	SCRIPT_TYPE,
	SCRIPT_KEY,
	SCRIPT_EXPECT,
	SCRIPT_EXPECT_NOT,
	SCRIPT_EXPECT_VALUE,
	SCRIPT_SCROLL_TO,
	SCRIPT_SETTLE,
	SCRIPT_SCREENSHOT,
	SCRIPT_TREE,
	SCRIPT_KINDS
};

/* An element by name, as the tree knows it. */
struct script_name {
	char *label;  /* what it is called, whole; or its id when by_id */
	char *within; /* label of an element it is in, or NULL */
	int index;    /* the n-th from the front, from 1; 0 = there has to be only one */
	bool by_id;
};

/* Where a finger goes: to an element, or to a point of the screen. */
struct script_target {
	bool has_name;
	struct script_name name;
	double x, y;
};

enum script_direction { SCRIPT_LEFT, SCRIPT_RIGHT, SCRIPT_UPWARD, SCRIPT_DOWNWARD };

struct script_command {
	enum script_kind kind;
	int line;
	char *source; /* the line as it was written, for messages */
	struct script_target from, to;
	int64_t duration_us;
	int finger;
	enum script_direction direction;
	bool hold;   /* a drag that ends at rest */
	bool shown;  /* a screenshot as the renderer in use draws it */
	bool has_to; /* swipe on, scroll-to in: `to` names it */
	char *text;  /* typed, a key's name, a value, a file's path */
};

struct script {
	char *file; /* NULL: words of a shell */
	struct script_command *commands;
	size_t count;
};

#define SCRIPT_MAX_BYTES (1 << 20)
#define SCRIPT_MAX_DURATION_US (INT64_C(600) * OS_US_PER_S)
#define SCRIPT_MAX_POINT 100000.0
#define SCRIPT_FINGERS 10

int script_parse(const char *bytes, size_t length, const char *file, struct script **ret_script,
		 struct os_error *ret_error);
/* One command from a shell's words, words[0] its name. A word that stands where a name or a text
 * is wanted is one, with quotes or without. */
int script_parse_words(char *const *words, int count, struct script **ret_script,
		       struct os_error *ret_error);
struct script *script_release(struct script *script); /* returns NULL */

const char *script_kind_name(enum script_kind kind); /* "double-tap" */
/* Appends the name as a script would say it: "Milk" [2] in "Alert". */
struct os_buffer;
void script_name_print(const struct script_name *name, struct os_buffer *text);

#endif
