#include "node.h"

#include <string.h>

#include <os/memory.h>

struct node *node_create(struct client *client, uint32_t id, uint64_t key)
{
	struct node *node = os_alloc(sizeof(*node));
	node->client = client;
	node->id = id;
	node->key = key;
	md_layer_values_init(&node->props.model);
	node->shown = node->props.model;
	os_list_init(&node->animated_link);
	return node;
}

void node_destroy(struct node *node)
{
	node_leave_parent(node);
	for (uint32_t i = 0; i < node->child_count; i++) {
		node->children[i]->parent = NULL;
	}
	buffer_release(node->props.buffer);
	os_list_remove(&node->animated_link);
	md_layer_animations_finish(&node->animations);
	os_free(node->children);
	os_free(node);
}

void node_leave_parent(struct node *node)
{
	struct node *parent = node->parent;
	if (parent == NULL) {
		return;
	}
	uint32_t at = 0;
	while (parent->children[at] != node) {
		at++;
	}
	memmove(&parent->children[at], &parent->children[at + 1],
		(parent->child_count - at - 1) * sizeof(struct node *));
	parent->child_count--;
	node->parent = NULL;
}

void node_set_children(struct node *parent, struct node *const *children, uint32_t count)
{
	for (uint32_t i = 0; i < parent->child_count; i++) {
		parent->children[i]->parent = NULL;
	}
	parent->child_count = 0;
	for (uint32_t i = 0; i < count; i++) {
		node_leave_parent(children[i]);
	}
	if (count > parent->child_capacity) {
		parent->children = os_realloc_array(parent->children, count, sizeof(struct node *));
		parent->child_capacity = count;
	}
	for (uint32_t i = 0; i < count; i++) {
		parent->children[i] = children[i];
		children[i]->parent = parent;
	}
	parent->child_count = count;
}

void node_set_buffer(struct node *node, struct buffer *buffer)
{
	buffer_retain(buffer);
	buffer_release(node->props.buffer);
	node->props.buffer = buffer;
}
