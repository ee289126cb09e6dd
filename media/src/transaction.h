/* Transaction writer: gathers layer operations into messages and sends them as one. Private.
 *
 *	struct md_transaction transaction;
 *	md_transaction_begin(&transaction, port, scene_id);
 *	struct os_message *op = md_transaction_op(&transaction, MD_OP_OPACITY);
 *	os_message_write_u32(op, layer->id);
 *	os_message_write_double(op, 0.5);
 *	md_transaction_end_op(&transaction);
 *	md_transaction_commit(&transaction, &commit);
 *
 * `begin` is sent with the first operation or with the commit; nothing is allocated but messages.
 * */
#ifndef MD_TRANSACTION_H
#define MD_TRANSACTION_H

#include <os/port.h>

#include "layer_ops.h"

struct md_transaction {
	struct os_port *port; /* lent; NULL: writing is dropped */
	uint32_t scene;
	bool begun;
	uint64_t flow;
	struct os_message op;
	struct os_buffer *ops; /* lent by the scene: gathered, not yet sent */
	uint64_t bytes;        /* sent so far */
};

struct md_commit {
	uint32_t serial;
	uint64_t frame;
	int64_t target_us;
	uint32_t configure;
};

void md_transaction_begin(struct md_transaction *transaction, struct os_port *port, uint32_t scene,
			  struct os_buffer *ops);
struct os_message *md_transaction_op(struct md_transaction *transaction, enum md_layer_op op);
void md_transaction_end_op(struct md_transaction *transaction);
void md_transaction_commit(struct md_transaction *transaction, const struct md_commit *commit);

#endif
