#include "transaction.h"

#include <assert.h>
#include <string.h>

void md_transaction_begin(struct md_transaction *transaction, struct os_port *port, uint32_t scene,
			  struct os_buffer *ops)
{
	*transaction = (struct md_transaction){.port = port, .scene = scene, .ops = ops};
	os_buffer_clear(ops);
}

static void send(struct md_transaction *transaction, struct os_message *message)
{
	if (transaction->flow != 0) {
		message->header.flow = transaction->flow;
	}
	transaction->bytes += message->bytes.length;
	os_port_send(transaction->port, message);
}

static void send_begin(struct md_transaction *transaction)
{
	if (transaction->begun) {
		return;
	}
	transaction->begun = true;
	struct os_message message;
	os_message_init(&message, &md_scene_interface.requests[MD_SCENE_BEGIN], MD_SCENE_BEGIN);
	os_message_write_u32(&message, transaction->scene);
	send(transaction, &message);
}

static void send_ops(struct md_transaction *transaction)
{
	if (transaction->ops->length == 0) {
		return;
	}
	send_begin(transaction);
	struct os_message message;
	os_message_init(&message, &md_scene_interface.requests[MD_SCENE_OPS], MD_SCENE_OPS);
	os_message_write_bytes(&message, transaction->ops->bytes, transaction->ops->length);
	send(transaction, &message);
	os_buffer_clear(transaction->ops);
}

struct os_message *md_transaction_op(struct md_transaction *transaction, enum md_layer_op op)
{
	os_message_init(&transaction->op, &md_layer_ops_interface.requests[op], op);
	return &transaction->op;
}

void md_transaction_end_op(struct md_transaction *transaction)
{
	struct os_message *op = &transaction->op;
	/* A value that is not finite was a programmer's error; the layer keeps what it had. */
	if (!op->bytes.failed) {
		assert(*op->next == '\0');
		op->header.size = (uint32_t)op->bytes.length;
		op->header.flow = 0;
		memcpy(op->bytes.bytes, &op->header, sizeof(op->header));
		if (transaction->ops->length + op->bytes.length > MD_OPS_BYTES) {
			send_ops(transaction);
		}
		os_buffer_add(transaction->ops, op->bytes.bytes, op->bytes.length);
	}
	os_message_finish(op);
}

void md_transaction_commit(struct md_transaction *transaction, const struct md_commit *commit)
{
	send_ops(transaction);
	send_begin(transaction);
	struct os_message message;
	os_message_init(&message, &md_scene_interface.requests[MD_SCENE_COMMIT], MD_SCENE_COMMIT);
	os_message_write_u32(&message, transaction->scene);
	os_message_write_u32(&message, commit->serial);
	os_message_write_u64(&message, commit->frame);
	os_message_write_i64(&message, commit->target_us);
	os_message_write_u32(&message, commit->configure);
	send(transaction, &message);
}
