#include "transaction_apply.h"

#include <errno.h>
#include <string.h>

#include <os/memory.h>
#include <os/status.h>

#include "compositor_private.h"
#include "layer_ops.h"

#define HOST_DEPTH_MAX 6

/* --- Journal ---------------------------------------------------------------------------------- */

static struct journal_entry *add_entry(struct journal *journal, enum journal_kind kind,
				       struct node *node)
{
	struct journal_entry *entry = os_array_append(&journal->entries);
	entry->kind = kind;
	entry->node = node;
	return entry;
}

void journal_props(struct journal *journal, struct node *node)
{
	if (node->journaled == journal->number) {
		return;
	}
	node->journaled = journal->number;
	struct journal_entry *entry = add_entry(journal, JOURNAL_PROPS, node);
	entry->props = node->props;
	buffer_retain(entry->props.buffer);
	entry->animations = (struct md_layer_animations){.count = node->animations.count,
							 .capacity = node->animations.count};
	if (node->animations.count > 0) {
		size_t size = node->animations.count * sizeof(*node->animations.items);
		entry->animations.items = os_alloc(size);
		memcpy(entry->animations.items, node->animations.items, size);
	}
}

void journal_children(struct journal *journal, struct node *node)
{
	if (node->structured == journal->number) {
		return; /* what it was before all of this is known */
	}
	node->structured = journal->number;
	struct journal_entry *entry = add_entry(journal, JOURNAL_CHILDREN, node);
	entry->child_count = node->child_count;
	if (node->child_count > 0) {
		entry->children = os_alloc_array(node->child_count, sizeof(struct node *));
		memcpy(entry->children, node->children, node->child_count * sizeof(struct node *));
	}
	os_array_append_ptr(&journal->touched, node);
}

struct node *journal_create(struct journal *journal, uint32_t id)
{
	struct client *client = journal->client;
	struct node *node = node_create(client, id, ++client->compositor->last_key);
	node->journaled = journal->number;
	os_map_set_number(client->nodes, id, node);
	add_entry(journal, JOURNAL_CREATED, node);
	return node;
}

void journal_destroy(struct journal *journal, struct node *node)
{
	if (node->parent != NULL) {
		journal_children(journal, node->parent);
		node_leave_parent(node);
	}
	journal_children(journal, node);
	node_set_children(node, NULL, 0);
	os_map_set_number(journal->client->nodes, node->id, NULL);
	add_entry(journal, JOURNAL_DESTROYED, node);
}

static void undo(struct journal *journal, struct journal_entry *entry)
{
	struct node *node = entry->node;
	struct client *client = journal->client;
	switch (entry->kind) {
	case JOURNAL_CREATED:
		os_map_set_number(client->nodes, node->id, NULL);
		client->animation_count -= (int)node->animations.count;
		node_destroy(node);
		break;
	case JOURNAL_DESTROYED:
		os_map_set_number(client->nodes, node->id, node);
		break;
	case JOURNAL_CHILDREN:
		node_set_children(node, entry->children, entry->child_count);
		break;
	case JOURNAL_PROPS:
		client->animation_count +=
		    (int)entry->animations.count - (int)node->animations.count;
		buffer_release(node->props.buffer);
		node->props = entry->props;
		entry->props.buffer = NULL;
		md_layer_animations_finish(&node->animations);
		node->animations = entry->animations;
		entry->animations = (struct md_layer_animations){0};
		break;
	}
}

static void finish_entry(struct journal_entry *entry)
{
	os_free(entry->children);
	buffer_release(entry->props.buffer);
	md_layer_animations_finish(&entry->animations);
}

static void roll_back(struct journal *journal)
{
	for (size_t i = journal->entries.count; i > 0; i--) {
		struct journal_entry *entry = os_array_at(&journal->entries, i - 1);
		undo(journal, entry);
		finish_entry(entry);
	}
}

/* What the frames must know of a node whose properties changed. */
static void publish_node(struct md_compositor *compositor, const struct journal_entry *entry)
{
	struct node *node = entry->node;
	const struct node_props *before = &entry->props;
	if (before->model.offset.x != node->props.model.offset.x ||
	    before->model.offset.y != node->props.model.offset.y) {
		node->scrolled = true;
	}
	node->shown = node->props.model;
	if (node->animations.count > 0 && os_list_is_empty(&node->animated_link)) {
		os_list_append(&compositor->animated, &node->animated_link);
	} else if (node->animations.count == 0) {
		os_list_remove(&node->animated_link);
	}
}

static void publish(struct journal *journal)
{
	struct md_compositor *compositor = journal->client->compositor;
	for (size_t i = 0; i < journal->entries.count; i++) {
		struct journal_entry *entry = os_array_at(&journal->entries, i);
		if (entry->kind == JOURNAL_CREATED) {
			entry->props.model = entry->node->props.model;
		}
		if (entry->kind == JOURNAL_CREATED || entry->kind == JOURNAL_PROPS) {
			publish_node(compositor, entry);
		}
	}
	for (size_t i = 0; i < journal->entries.count; i++) {
		struct journal_entry *entry = os_array_at(&journal->entries, i);
		finish_entry(entry);
		if (entry->kind == JOURNAL_DESTROYED) {
			journal->client->animation_count -= (int)entry->node->animations.count;
			node_destroy(entry->node);
		}
	}
}

/* --- What must hold in the end ---------------------------------------------------------------- */

static bool is_shallow(const struct node *node, int depth)
{
	if (depth > DEPTH_MAX) {
		return false;
	}
	for (uint32_t i = 0; i < node->child_count; i++) {
		if (!is_shallow(node->children[i], depth + 1)) {
			return false;
		}
	}
	return true;
}

/* A node that has been moved below itself has no top. */
static struct node *top_of(struct node *node)
{
	for (int depth = 0; depth <= DEPTH_MAX; depth++) {
		if (node->parent == NULL) {
			return node;
		}
		node = node->parent;
	}
	return NULL;
}

static bool reaches(struct md_compositor *compositor, const struct node *node,
		    const struct scene *target, int depth)
{
	if (node->props.host != 0 && !node->props.host_snapshot) {
		const struct scene *hosted = compositor_scene(compositor, node->props.host);
		if (hosted == target || depth >= HOST_DEPTH_MAX) {
			return true;
		}
		if (hosted != NULL && reaches(compositor, hosted->root, target, depth + 1)) {
			return true;
		}
	}
	for (uint32_t i = 0; i < node->child_count; i++) {
		if (reaches(compositor, node->children[i], target, depth)) {
			return true;
		}
	}
	return false;
}

static int check(struct journal *journal)
{
	for (size_t i = 0; i < journal->touched.count; i++) {
		struct node *node = os_array_ptr_at(&journal->touched, i);
		struct node *top = top_of(node);
		if (top == NULL) {
			return os_error_set(journal->error, -ELOOP,
					    "layer %u is below itself or too deep", node->id);
		}
	}
	struct client *client = journal->client;
	const struct scene *scene;
	os_list_for_each(scene, &client->compositor->scenes, link) {
		if (scene->client != client) {
			continue;
		}
		if (journal->touched.count > 0 && !is_shallow(scene->root, 0)) {
			return os_error_set(journal->error, -E2BIG,
					    "layers are nested deeper than %d", DEPTH_MAX);
		}
		bool may_have_changed = journal->hosts || journal->touched.count > 0;
		if (client->may_host && may_have_changed &&
		    reaches(client->compositor, scene->root, scene, 0)) {
			return os_error_set(journal->error, -ELOOP, "scene %u would show itself",
					    scene->id);
		}
	}
	return 0;
}

/* --- Reading ---------------------------------------------------------------------------------- */

static int apply_all(struct journal *journal, const struct os_buffer *staged)
{
	size_t at = 0;
	while (at < staged->length) {
		struct os_message_header header;
		if (staged->length - at < sizeof(header)) {
			return os_error_set(journal->error, -EBADMSG, "an operation is cut off");
		}
		memcpy(&header, staged->bytes + at, sizeof(header));
		if (header.size < sizeof(header) || header.size > staged->length - at) {
			return os_error_set(journal->error, -EBADMSG, "an operation of %u bytes",
					    header.size);
		}
		struct os_message op;
		int result = os_message_decode(&md_layer_ops_interface, true, staged->bytes + at,
					       header.size, NULL, 0, &op, journal->error);
		if (result < 0) {
			return result;
		}
		result = apply_op(journal, &op);
		if (result < 0 && journal->error->status == 0) {
			os_error_set(journal->error, result, "layer.%s: %s", op.type->name,
				     os_status_text(result));
		}
		os_message_finish(&op);
		if (result < 0) {
			return result;
		}
		at += header.size;
	}
	return 0;
}

int transaction_apply(struct client *client, struct scene *scene, struct os_error *ret_error)
{
	struct os_error error = {0};
	struct journal journal = {.client = client,
				  .scene = scene,
				  .error = &error,
				  .number = ++client->compositor->last_transaction};
	os_array_init(&journal.entries, sizeof(struct journal_entry));
	os_array_init(&journal.touched, sizeof(struct node *));
	int result = apply_all(&journal, &client->staged);
	if (result == 0) {
		result = check(&journal);
	}
	if (result < 0) {
		roll_back(&journal);
		*ret_error = error;
	} else {
		publish(&journal);
	}
	os_array_finish(&journal.entries);
	os_array_finish(&journal.touched);
	os_buffer_clear(&client->staged);
	return result;
}
