/* Transactions of a hostile client. The input is a program: a byte says which operation comes, the
 * bytes behind it are its values, and now and then a whole operation is taken as it is. Applied or
 * refused, the tree must hold together; refused, it must be what it was before. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <os/clock.h>

#include "compositor_private.h"
#include "layer_ops.h"
#include "stage.h"
#include "transaction.h"
#include "transaction_apply.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define ROOT 100u

struct program {
	const uint8_t *at;
	size_t left;
};

static uint8_t next(struct program *input)
{
	if (input->left == 0) {
		return 0;
	}
	input->left--;
	return *input->at++;
}

static uint64_t wide(struct program *input)
{
	uint64_t value = 0;
	for (int i = 0; i < 8; i++) {
		value = value << 8 | next(input);
	}
	return value;
}

/* Mostly ids and sizes that could be right. */
static uint32_t number(struct program *input)
{
	uint8_t kind = next(input);
	return kind < 200 ? kind % 12 : kind < 240 ? ROOT : (uint32_t)wide(input);
}

static double real(struct program *input)
{
	uint8_t kind = next(input);
	if (kind < 200) {
		return (kind - 20) / 8.0;
	}
	uint64_t bits = wide(input);
	double value;
	memcpy(&value, &bits, sizeof(value));
	return value - value == 0 ? value : 1e300;
}

static void write_value(struct os_message *message, char kind, struct program *input)
{
	char text[] = {(char)('a' + next(input) % 4), '\0'};
	switch (kind) {
	case 'b':
		os_message_write_bool(message, next(input) & 1);
		break;
	case 'u':
		os_message_write_u32(message, number(input));
		break;
	case 'x':
		os_message_write_i64(
		    message, (int64_t)(next(input) & 1 ? wide(input) : next(input) * 1000u));
		break;
	case 't':
		os_message_write_u64(message, (uint64_t)next(input) << 16 | 1);
		break;
	case 'd':
		os_message_write_double(message, real(input));
		break;
	case 's':
		os_message_write_text(message, text);
		break;
	}
}

static void write_array(struct os_message *message, const char *inner, struct program *input)
{
	uint32_t count = next(input) % 5;
	os_message_write_count(message, count);
	for (uint32_t i = 0; i < count; i++) {
		for (const char *kind = inner; *kind != ')'; kind++) {
			write_value(message, *kind, input);
		}
	}
}

static void write_op(struct md_transaction *transaction, struct program *input)
{
	uint32_t type = next(input) % (MD_OPS + 1);
	if (type == MD_OPS) {
		size_t length = OS_MIN((size_t)next(input), input->left);
		os_buffer_add(transaction->ops, input->at, length);
		input->at += length;
		input->left -= length;
		return;
	}
	struct os_message *message = md_transaction_op(transaction, (enum md_layer_op)type);
	const char *kind = md_layer_ops_interface.requests[type].signature;
	while (*kind != '\0') {
		if (*kind == 'a') {
			kind = strchr(kind, '(') + 1;
			write_array(message, kind, input);
			kind = strchr(kind, ')');
		} else if (strchr("bixtuds", *kind) != NULL) {
			write_value(message, *kind, input);
		}
		kind++;
	}
	md_transaction_end_op(transaction);
}

/* --- What must hold --------------------------------------------------------------------------- */

static uint64_t mix(uint64_t hash, const void *bytes, size_t length)
{
	const uint8_t *at = bytes;
	for (size_t i = 0; i < length; i++) {
		hash = (hash ^ at[i]) * UINT64_C(0x100000001b3);
	}
	return hash;
}

static void must(bool holds)
{
	if (!holds) {
		abort();
	}
}

static uint64_t node_hash(const struct client *client, const struct node *node)
{
	const struct node_props *props = &node->props;
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	hash = mix(hash, &node->id, sizeof(node->id));
	hash = mix(hash, &props->model, sizeof(props->model));
	hash = mix(hash, &props->flags, sizeof(props->flags));
	hash = mix(hash, &props->host, sizeof(props->host));
	hash = mix(hash, &props->border_width, sizeof(double));
	if (props->buffer != NULL) {
		hash = mix(hash, &props->buffer->place.offset, sizeof(uint32_t) * 4);
	}
	for (uint32_t i = 0; i < node->animations.count; i++) {
		hash =
		    mix(hash, node->animations.items[i].key, strlen(node->animations.items[i].key));
	}
	for (uint32_t i = 0; i < node->child_count; i++) {
		const struct node *child = node->children[i];
		must(child->parent == node && client_node(client, child->id) == child);
		hash = mix(hash, &child->id, sizeof(child->id));
	}
	return hash;
}

static uint64_t tree_hash(const struct client *client)
{
	uint64_t sum = 0;
	int animations = 0;
	struct os_map_cursor cursor = {0};
	while (os_map_next(client->nodes, &cursor)) {
		const struct node *node = cursor.value;
		must(node->client == client && node->id == cursor.number);
		animations += (int)node->animations.count;
		sum += node_hash(client, node);
	}
	must(animations == client->animation_count);
	return sum;
}

static struct stage *the_stage(void)
{
	static struct stage s_stage;
	static bool s_made;
	if (!s_made) {
		s_made = true;
		stage_init_mode(&s_stage, 1, (struct os_display_mode){120, 160, 1, 60000, false});
	}
	return &s_stage;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct stage *stage = the_stage();
	struct actor *actor =
	    stage_add_scene(stage, "org.strata.fuzz", "app", "host", MD_SCENE_APP);
	stage_step_us(stage, 0);
	struct client *client =
	    OS_CONTAINER_OF(stage->compositor->clients.prev, struct client, link);
	struct scene *scene = OS_CONTAINER_OF(stage->compositor->scenes.prev, struct scene, link);
	size_t given;
	int fd = memory_give(&client->memory, 1, 65536, &given);
	must(fd >= 0);
	close(fd);
	struct program input = {data, size};
	struct md_frame_list *list = md_frame_list_create();
	struct os_buffer ops = {0};
	for (int round = 0; round < 200 && input.left > 0; round++) {
		struct md_transaction transaction;
		md_transaction_begin(&transaction, NULL, scene->id, &ops);
		/* Mostly short ones, since a single wrong operation refuses them all. */
		int count = next(&input);
		for (int i = count < 40 ? count : 1; i > 0 && input.left > 0 && ops.length < 50000;
		     i--) {
			write_op(&transaction, &input);
		}
		os_buffer_clear(&client->staged);
		os_buffer_add(&client->staged, ops.bytes, ops.length);
		uint64_t before = tree_hash(client);
		struct os_error error = {0};
		int result = transaction_apply(client, scene, &error);
		uint64_t after = tree_hash(client);
		must(result == 0 || (result < 0 && before == after && error.text[0] != '\0'));
		scene->ready = true;
		animator_run(stage->compositor, os_clock_now_us() + 1);
		frame_build(stage->compositor, list, os_clock_now_us());
	}
	md_frame_list_destroy(list);
	os_buffer_finish(&ops);
	stage_remove(actor);
	stage_step_us(stage, 100);
	return 0;
}
