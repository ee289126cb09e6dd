/* Screen tree: the elements on the screen as the compositor's tree tells them, flat, front to back.
 *
 *	struct screen_tree *tree;
 *	screen_tree_parse(json, length, &tree, &error);
 *	struct screen_match match;
 *	screen_tree_find(tree, &name, &s_hit_test, self, &match);
 *	screen_tree_release(tree);
 *
 * Which element a name means is decided here, by nothing but the tree and an answer to the question
 * what a finger would touch somewhere; so a test needs no device. Thread: the owner's. */
#ifndef CLI_SCREEN_TREE_H
#define CLI_SCREEN_TREE_H

#include <os/base.h>
#include <os/buffer.h>
#include <os/status.h>

#include "script.h"

struct screen_rect {
	double x, y, width, height;
};

struct screen_node {
	const char *id, *app, *role, *label, *value; /* lent from the tree; "" when missing */
	const char **texts;
	int text_count, action_count;
	bool enabled, visible;
	struct screen_rect frame;
	struct screen_rect seen; /* what of it is inside screen, scene and lists */
	int parent;              /* index, -1 for the screen */
	int end;                 /* index behind its last descendant */
	int scene;               /* index of the scene it is in, or of itself */
};

struct screen_tree {
	struct screen_node *nodes;
	int count;
	struct cs_value *json;
};

int screen_tree_parse(const char *json, size_t length, struct screen_tree **ret_tree,
		      struct os_error *ret_error);
struct screen_tree *screen_tree_release(struct screen_tree *tree); /* returns NULL */

/* True if the name is the label, one of the texts, or (also_value) the value of the node, whole. */
bool screen_node_is_called(const struct screen_node *node, const char *name, bool also_value);
/* Appends: button "Delete" at 20,40 in org.strata.notes. */
void screen_node_print(const struct screen_tree *tree, int node, struct os_buffer *text);

/* Which node a finger at a point would touch: an index, or -1. */
typedef int (*screen_hit_fn)(void *context, const struct screen_tree *tree, double x, double y);

/* Finds what a finger is to touch: visible, enabled and hit at the centre of its visible part.
 * -ENOENT not there, -ERANGE off the screen, -EBUSY covered, -EACCES disabled, -EEXIST several;
 * each with its own sentence in ret_error. Returns the node's index. */
int screen_tree_find(const struct screen_tree *tree, const struct script_name *name,
		     screen_hit_fn hit, void *context, struct os_error *ret_error);
/* Finds what can be seen under this name, whether or not a finger gets to it. Same errors. */
int screen_tree_see(const struct screen_tree *tree, const struct script_name *name,
		    struct os_error *ret_error);
void screen_node_centre(const struct screen_node *node, double *ret_x, double *ret_y);
/* The node with this id, -1 if there is none. */
int screen_tree_by_id(const struct screen_tree *tree, const char *id);

#endif
