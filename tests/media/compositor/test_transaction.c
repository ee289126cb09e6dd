/* Transactions: whole or not at all, and whatever is wrong in one closes its sender only. F44 */
#include "test.h"

#include <errno.h>
#include <os/clock.h>

#include "client.h"
#include "compositor_private.h"
#include "layer_ops.h"
#include "stage.h"
#include "transaction.h"
#include "transaction_apply.h"

#define RED ((struct md_color){1, 0, 0, 1})

static int setup(void **state)
{
	struct stage *stage = calloc(1, sizeof(*stage));
	stage_init(stage, 1);
	*state = stage;
	return 0;
}

static int teardown(void **state)
{
	stage_finish(*state);
	free(*state);
	return 0;
}

/* A client that says whatever a test wants it to. */
struct rogue {
	struct stage *stage;
	struct os_port *port;
	struct os_buffer ops;
	struct md_transaction transaction;
	int closed;
};

static int ignore(void *context, struct os_port *port, struct os_message *message)
{
	return 0;
}

static void was_closed(void *context, struct os_port *port, int reason)
{
	struct rogue *rogue = context;
	rogue->closed = reason;
}

static const struct os_port_delegate s_delegate = {
    .struct_size = sizeof(s_delegate), .message = ignore, .closed = was_closed};

static void send(struct rogue *rogue, enum md_scene_request type, const char *values, ...)
{
	struct os_message message;
	va_list list;
	os_message_init(&message, &md_scene_interface.requests[type], type);
	va_start(list, values);
	for (; *values != '\0'; values++) {
		switch (*values) {
		case 'u':
			os_message_write_u32(&message, va_arg(list, unsigned));
			break;
		case 'b':
			os_message_write_bool(&message, va_arg(list, int));
			break;
		case 't':
			os_message_write_u64(&message, va_arg(list, uint64_t));
			break;
		case 'x':
			os_message_write_i64(&message, va_arg(list, int64_t));
			break;
		case 'd':
			os_message_write_double(&message, va_arg(list, double));
			break;
		}
	}
	va_end(list);
	os_port_send(rogue->port, &message);
}

static void rogue_init(struct rogue *rogue, struct stage *stage, const char *entitlements)
{
	int fds[2];
	os_port_pair(fds);
	*rogue = (struct rogue){.stage = stage};
	struct os_peer peer = {.client = ++stage->last_client, .role = "app"};
	snprintf(peer.app, sizeof(peer.app), "org.strata.rogue");
	snprintf(peer.entitlements, sizeof(peer.entitlements), "%s", entitlements);
	md_compositor_add_client(stage->compositor, fds[1], 0, &peer);
	rogue->port = os_port_create(stage->loop, fds[0], &md_scene_interface, OS_PORT_CLIENT,
				     &s_delegate, rogue);
	send(rogue, MD_SCENE_CREATE, "uuub", 1u, (unsigned)MD_SCENE_APP, 100u, 0);
	send(rogue, MD_SCENE_ARENA, "uu", 1u, 4096u);
	stage_step_frames(stage, 1);
	assert_int_equal(rogue->closed, 0);
}

static void rogue_finish(struct rogue *rogue)
{
	os_port_close(rogue->port);
	os_port_release(rogue->port);
	os_buffer_finish(&rogue->ops);
	stage_step_frames(rogue->stage, 1);
}

static void begin(struct rogue *rogue)
{
	md_transaction_begin(&rogue->transaction, rogue->port, 1, &rogue->ops);
}

static void op(struct rogue *rogue, enum md_layer_op type, const char *values, ...)
{
	struct os_message *message = md_transaction_op(&rogue->transaction, type);
	va_list list;
	va_start(list, values);
	for (; *values != '\0'; values++) {
		if (*values == 'u') {
			os_message_write_u32(message, va_arg(list, unsigned));
		} else if (*values == 'd') {
			os_message_write_double(message, va_arg(list, double));
		} else if (*values == 'b') {
			os_message_write_bool(message, va_arg(list, int));
		} else if (*values == 't') {
			os_message_write_u64(message, va_arg(list, uint64_t));
		} else if (*values == 'c') {
			os_message_write_count(message, va_arg(list, unsigned));
		}
	}
	va_end(list);
	md_transaction_end_op(&rogue->transaction);
}

static int commit(struct rogue *rogue)
{
	struct md_commit last = {.serial = 1};
	md_transaction_commit(&rogue->transaction, &last);
	stage_step_frames(rogue->stage, 2);
	return rogue->closed;
}

static struct client *client_of(struct rogue *rogue)
{
	return OS_CONTAINER_OF(rogue->stage->compositor->clients.prev, struct client, link);
}

static void an_honest_one_passes(void **state)
{
	struct rogue rogue;
	rogue_init(&rogue, *state, "");
	begin(&rogue);
	op(&rogue, MD_OP_CREATE, "u", 7u);
	op(&rogue, MD_OP_FRAME, "udddd", 7u, 10.0, 10.0, 20.0, 20.0);
	op(&rogue, MD_OP_BACKGROUND, "udddd", 7u, 1.0, 0.0, 0.0, 1.0);
	op(&rogue, MD_OP_CHILDREN, "ucu", 100u, 1u, 7u);
	assert_int_equal(commit(&rogue), 0);
	assert_int_equal(fake_board_pixel(rogue.stage->board, 15, 15), 0xff0000);
	rogue_finish(&rogue);
}

/* Values that no layer can have, and things of others; the rest of bad_op's list. */
static void bad_values(struct rogue *rogue, int which)
{
	switch (which) {
	case 12:
		op(rogue, MD_OP_BACKGROUND, "udddd", 100u, 1.5, 0.0, 0.0, 1.0);
		break;
	case 13:
		op(rogue, MD_OP_CORNER, "ud", 100u, -1.0);
		break;
	case 14:
		op(rogue, MD_OP_CONTENT_MODE, "uu", 100u, 9u);
		break;
	case 15:
		op(rogue, MD_OP_SURFACE, "uuuuuubdddd", 100u, 1u, 0u, 60000u, 60000u, 240000u, 1,
		   0., 0., 1., 1.);
		break;
	case 16:
		op(rogue, MD_OP_SURFACE, "uuuuuubdddd", 100u, 2u, 0u, 4u, 4u, 16u, 1, 0., 0., 1.,
		   1.);
		break;
	case 17:
		op(rogue, MD_OP_SURFACE, "uuuuuubdddd", 100u, 1u, 0u, 64u, 4u, 16u, 1, 0., 0., 1.,
		   1.);
		break;
	case 18:
		op(rogue, MD_OP_SURFACE, "uuuuuubdddd", 100u, 1u, 0xfffffff0u, 4u, 4u, 16u, 1, 0.,
		   0., 1., 1.);
		break;
	case 19:
		op(rogue, MD_OP_SURFACE, "uuuuuubdddd", 100u, 1u, 2u, 4u, 4u, 16u, 1, 0., 0., 1.,
		   1.);
		break;
	case 20:
		op(rogue, MD_OP_SURFACE, "uuuuuubdddd", 100u, 1u, 0u, 0u, 4u, 16u, 1, 0., 0., 1.,
		   1.);
		break;
	case 21:
		op(rogue, MD_OP_HOST, "utbb", 100u, UINT64_C(65537), 1, 0);
		break;
	case 22:
		op(rogue, MD_OP_SHADOW, "uddd", 100u, 1e6, 0.0, 1.0);
		break;
	case 23:
		op(rogue, MD_OP_BLUR, "ud", 100u, 1e6);
		break;
	case 24:
		op(rogue, MD_OP_OFFSET, "udd", 100u, 1e300, 0.0);
		break;
	}
}

/* Each of these is the whole of a bad transaction. */
static void bad_op(struct rogue *rogue, int which)
{
	switch (which) {
	case 0:
		op(rogue, MD_OP_FRAME, "udddd", 55u, 0.0, 0.0, 1.0, 1.0);
		break;
	case 1:
		op(rogue, MD_OP_CREATE, "u", 0u);
		break;
	case 2:
		op(rogue, MD_OP_CREATE, "u", 100u);
		break;
	case 3:
		op(rogue, MD_OP_DESTROY, "u", 100u);
		break;
	case 4:
		op(rogue, MD_OP_CHILDREN, "ucu", 100u, 1u, 100u);
		break;
	case 5:
		op(rogue, MD_OP_CHILDREN, "ucu", 100u, 1u, 99u);
		break;
	case 6:
		op(rogue, MD_OP_CHILDREN, "ucuu", 100u, 2u, 8u, 8u);
		break;
	case 7:
		op(rogue, MD_OP_FRAME, "udddd", 100u, 0.0, 0.0, 1e9, 1.0);
		break;
	case 8:
		op(rogue, MD_OP_FRAME, "udddd", 100u, 0.0, 0.0, -5.0, 1.0);
		break;
	case 9:
		op(rogue, MD_OP_OPACITY, "ud", 100u, 2.0);
		break;
	case 10:
		op(rogue, MD_OP_TRANSFORM, "uddddd", 100u, 0.0, 0.0, 1e9, 1.0, 0.0);
		break;
	case 11:
		op(rogue, MD_OP_FLAGS, "uu", 100u, 0xffu);
		break;
	default:
		bad_values(rogue, which);
		break;
	}
}
#define BAD_OPS 25

static void each_bad_operation_closes_its_sender_only(void **state)
{
	struct stage *stage = *state;
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	for (int i = 0; i < BAD_OPS; i++) {
		struct rogue rogue;
		rogue_init(&rogue, stage, "");
		begin(&rogue);
		op(&rogue, MD_OP_CREATE, "u", 8u);
		bad_op(&rogue, i);
		if (commit(&rogue) == 0) {
			fail_msg("bad operation %d passed", i);
		}
		rogue_finish(&rogue);
		assert_int_equal(app->lost, 0);
	}
	md_layer_set_background(md_scene_root(app->scene), RED);
	md_scene_commit(app->scene);
	stage_step_frames(stage, 2);
	assert_int_equal(fake_board_pixel(stage->board, 1, 1), 0xff0000);
	stage_remove(app);
}

static void bytes_that_are_no_operations_are_refused(void **state)
{
	static const char *const s_bytes[] = {"", "short", "0123456789012345678901234567"};
	for (size_t i = 1; i < OS_ARRAY_LEN(s_bytes); i++) {
		struct rogue rogue;
		rogue_init(&rogue, *state, "");
		begin(&rogue);
		os_buffer_add(&rogue.ops, s_bytes[i], strlen(s_bytes[i]));
		assert_true(commit(&rogue) != 0);
		rogue_finish(&rogue);
	}
}

static void what_is_not_in_order_is_refused(void **state)
{
	for (int i = 0; i < 6; i++) {
		struct rogue rogue;
		rogue_init(&rogue, *state, "");
		switch (i) {
		case 0:
			send(&rogue, MD_SCENE_BEGIN, "u", 1u);
			send(&rogue, MD_SCENE_BEGIN, "u", 1u);
			break;
		case 1:
			send(&rogue, MD_SCENE_COMMIT, "uutxu", 1u, 1u, UINT64_C(0), INT64_C(0), 0u);
			break;
		case 2:
			send(&rogue, MD_SCENE_BEGIN, "u", 2u);
			break;
		case 3:
			send(&rogue, MD_SCENE_CREATE, "uuub", 1u, 0u, 200u, 0);
			break;
		case 4:
			send(&rogue, MD_SCENE_CREATE, "uuub", 2u, (unsigned)MD_SCENE_SHELL, 200u,
			     0);
			break;
		case 5:
			send(&rogue, MD_SCENE_SHELL_ACTIVATE, "ut", 1u, UINT64_C(1));
			break;
		}
		stage_step_frames(*state, 1);
		if (rogue.closed == 0) {
			fail_msg("%d passed", i);
		}
		rogue_finish(&rogue);
	}
}

/* The journal: after a refusal the model is what it was before. Applied beside the port, so that
 * the client is still there to be looked at. */
static void a_refused_one_leaves_nothing_behind(void **state)
{
	struct rogue rogue;
	rogue_init(&rogue, *state, "");
	begin(&rogue);
	op(&rogue, MD_OP_CREATE, "u", 7u);
	op(&rogue, MD_OP_CREATE, "u", 8u);
	op(&rogue, MD_OP_FRAME, "udddd", 7u, 10.0, 10.0, 20.0, 20.0);
	op(&rogue, MD_OP_CHILDREN, "ucu", 100u, 1u, 7u);
	op(&rogue, MD_OP_CHILDREN, "ucu", 7u, 1u, 8u);
	assert_int_equal(commit(&rogue), 0);
	struct client *client = client_of(&rogue);
	struct scene *scene =
	    OS_CONTAINER_OF(rogue.stage->compositor->scenes.prev, struct scene, link);
	struct os_error error;

	struct rogue writer = rogue;
	begin(&writer);
	op(&writer, MD_OP_FRAME, "udddd", 7u, 1.0, 2.0, 3.0, 4.0);
	op(&writer, MD_OP_CREATE, "u", 9u);
	op(&writer, MD_OP_CHILDREN, "ucuu", 100u, 2u, 9u, 8u);
	op(&writer, MD_OP_DESTROY, "u", 7u);
	op(&writer, MD_OP_SURFACE, "uuuuuubdddd", 8u, 1u, 0u, 4u, 4u, 16u, 1, 0., 0., 1., 1.);
	op(&writer, MD_OP_CREATE, "u", 9u);
	os_buffer_clear(&client->staged);
	os_buffer_add(&client->staged, writer.ops.bytes, writer.ops.length);
	rogue.ops = writer.ops;
	assert_true(transaction_apply(client, scene, &error) < 0);
	struct node *seven = client_node(client, 7), *eight = client_node(client, 8);
	assert_null(client_node(client, 9));
	assert_ptr_equal(seven->parent, scene->root);
	assert_ptr_equal(eight->parent, seven);
	assert_int_equal(scene->root->child_count, 1);
	assert_true(seven->props.model.frame.x == 10);
	assert_null(eight->props.buffer);
	assert_true(os_list_is_empty(&client->memory.buffers) ||
		    OS_CONTAINER_OF(client->memory.buffers.next, struct buffer, link)->layers == 0);
	rogue_finish(&rogue);
}

static void limits_hold(void **state)
{
	/* Depth. */
	struct rogue rogue;
	rogue_init(&rogue, *state, "");
	begin(&rogue);
	for (unsigned i = 0; i < DEPTH_MAX + 4; i++) {
		op(&rogue, MD_OP_CREATE, "u", 200 + i);
		if (i > 0) {
			op(&rogue, MD_OP_CHILDREN, "ucu", 200 + i, 1u, 199 + i);
		}
	}
	op(&rogue, MD_OP_CHILDREN, "ucu", 100u, 1u, 200u + DEPTH_MAX + 3);
	assert_true(commit(&rogue) != 0);
	rogue_finish(&rogue);
	/* Layers. */
	rogue_init(&rogue, *state, "");
	begin(&rogue);
	for (unsigned i = 0; i < NODES_MAX + 1; i++) {
		op(&rogue, MD_OP_CREATE, "u", 200 + i);
	}
	assert_true(commit(&rogue) != 0);
	rogue_finish(&rogue);
	/* Bytes: staged and never committed. */
	rogue_init(&rogue, *state, "");
	begin(&rogue);
	for (unsigned i = 0; i < 40000; i++) {
		op(&rogue, MD_OP_OPACITY, "ud", 100u, 0.5);
	}
	stage_step_frames(*state, 2);
	assert_true(rogue.closed != 0);
	rogue_finish(&rogue);
}

static void moving_below_itself_is_refused(void **state)
{
	struct rogue rogue;
	rogue_init(&rogue, *state, "");
	begin(&rogue);
	op(&rogue, MD_OP_CREATE, "u", 7u);
	op(&rogue, MD_OP_CREATE, "u", 8u);
	op(&rogue, MD_OP_CHILDREN, "ucu", 7u, 1u, 8u);
	op(&rogue, MD_OP_CHILDREN, "ucu", 8u, 1u, 7u);
	assert_true(commit(&rogue) != 0);
	rogue_finish(&rogue);
	/* But a parent and its child may change places in one transaction. */
	rogue_init(&rogue, *state, "");
	begin(&rogue);
	op(&rogue, MD_OP_CREATE, "u", 7u);
	op(&rogue, MD_OP_CREATE, "u", 8u);
	op(&rogue, MD_OP_CHILDREN, "ucu", 100u, 1u, 7u);
	op(&rogue, MD_OP_CHILDREN, "ucu", 7u, 1u, 8u);
	op(&rogue, MD_OP_CHILDREN, "ucu", 8u, 1u, 7u);
	op(&rogue, MD_OP_CHILDREN, "ucu", 100u, 1u, 8u);
	assert_int_equal(commit(&rogue), 0);
	rogue_finish(&rogue);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(an_honest_one_passes, setup, teardown),
	    cmocka_unit_test_setup_teardown(each_bad_operation_closes_its_sender_only, setup,
					    teardown),
	    cmocka_unit_test_setup_teardown(bytes_that_are_no_operations_are_refused, setup,
					    teardown),
	    cmocka_unit_test_setup_teardown(what_is_not_in_order_is_refused, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_refused_one_leaves_nothing_behind, setup, teardown),
	    cmocka_unit_test_setup_teardown(limits_hold, setup, teardown),
	    cmocka_unit_test_setup_teardown(moving_below_itself_is_refused, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
