/* Transactions: staged whole, then applied whole or not at all. Private.
 *
 * Operations are decoded and applied one by one, with a journal of what was before; if one of them
 * does not hold, the journal is played back and the model is as if nothing had come. */
#ifndef COMPOSITOR_TRANSACTION_APPLY_H
#define COMPOSITOR_TRANSACTION_APPLY_H

#include "client.h"

#include <os/array.h>

struct os_error;

#define TRANSACTION_BYTES_MAX ((size_t)1 << 20)
#define NODES_MAX 4096
#define DEPTH_MAX 48
#define ANIMATIONS_MAX 512
#define ANIMATIONS_PER_NODE 16

/* Applies what was staged in the client to the scene's model. Damage and frames follow from it. */
int transaction_apply(struct client *client, struct scene *scene, struct os_error *ret_error);

/* --- For apply_ops.c -------------------------------------------------------------------------- */

enum journal_kind { JOURNAL_CREATED, JOURNAL_DESTROYED, JOURNAL_CHILDREN, JOURNAL_PROPS };

struct journal_entry {
	enum journal_kind kind;
	struct node *node;
	struct node **children; /* JOURNAL_CHILDREN: before */
	uint32_t child_count;
	struct node_props props; /* JOURNAL_PROPS: before, with its own reference of the buffer */
	struct md_layer_animations animations;
};

struct journal {
	struct client *client;
	struct scene *scene;
	uint64_t number;
	struct os_array entries; /* struct journal_entry */
	struct os_array touched; /* struct node *: whose sublayers changed */
	bool hosts;              /* a host was set */
	struct os_error *error;
};

/* Must come before a node's properties, animations or children change. */
void journal_props(struct journal *journal, struct node *node);
void journal_children(struct journal *journal, struct node *node);
struct node *journal_create(struct journal *journal, uint32_t id);
void journal_destroy(struct journal *journal, struct node *node);

/* apply_ops.c: applies one operation; -Exxx when it does not hold. */
int apply_op(struct journal *journal, struct os_message *op);

#endif
