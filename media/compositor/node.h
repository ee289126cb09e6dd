/* Node: a layer as the compositor knows it. Private.
 *
 * Nodes belong to a client and are found by the client's ids. `model` is what transactions say,
 * `shown` what the animations make of it at the frame's target time.
 *
 *	struct node *node = node_create(client, id);          -EEXIST and such: see transaction.h
 *	node_set_children(parent, children, count);           moves them from where they were
 *	node_destroy(node);
 */
#ifndef COMPOSITOR_NODE_H
#define COMPOSITOR_NODE_H

#include <os/list.h>

#include "layer_values.h"
#include "memory.h"

struct client;
struct scene;

struct node {
	struct client *client; /* weak: NULL once it has gone and its last tree stays */
	uint32_t id;
	uint64_t key;           /* of all nodes of all clients: what frame lists know it by */
	struct scene *scene;    /* whose root it is, else NULL */
	struct node *parent;    /* weak */
	struct node **children; /* back to front, owned by the client's map */
	uint32_t child_count, child_capacity;

	struct node_props {
		struct md_layer_values model;
		uint32_t flags; /* enum md_layer_flags */
		double border_width, shadow_blur, shadow_y, backdrop_blur;
		struct md_color border_color;
		enum md_content_mode content_mode;
		struct buffer *buffer; /* retained */
		uint64_t host;         /* token; 0: none */
		bool host_interactive, host_snapshot;
	} props;
	struct md_layer_values shown;
	struct md_layer_animations animations;
	struct os_list animated_link; /* md_compositor.animated, while there are animations */

	uint64_t content;      /* counts changes of the picture that frames have seen */
	struct md_rect damage; /* of the picture, pixels, since the last frame */
	bool replaced;         /* the picture is another one altogether */
	bool scrolled;         /* its sublayers' offset is another one than in the last frame */
	uint64_t visited;      /* the frame in which it was last reached */
	uint64_t journaled;    /* the transaction that has its properties in the journal */
	uint64_t structured;   /* and the one that has its sublayers there */
	uint64_t mark;         /* of checks that walk */
};

struct node *node_create(struct client *client, uint32_t id, uint64_t key);
/* Frees it; children are without a parent then, and so is its parent without it. */
void node_destroy(struct node *node);
void node_set_children(struct node *parent, struct node *const *children, uint32_t count);
void node_leave_parent(struct node *node);
/* Takes another picture, or none. */
void node_set_buffer(struct node *node, struct buffer *buffer);

#endif
