#include "screen_tree.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <cs/value.h>
#include <os/memory.h>

#define MAX_DEPTH 64

static const char *text_of(const struct cs_value *node, const char *key)
{
	const char *text = cs_value_string(cs_value_get(node, key));
	return text ? text : "";
}

static struct screen_rect intersect(struct screen_rect a, struct screen_rect b)
{
	double left = fmax(a.x, b.x), top = fmax(a.y, b.y);
	double right = fmin(a.x + a.width, b.x + b.width);
	double bottom = fmin(a.y + a.height, b.y + b.height);
	return (struct screen_rect){left, top, fmax(0, right - left), fmax(0, bottom - top)};
}

static bool is_empty(struct screen_rect rect)
{
	return !(rect.width > 0 && rect.height > 0);
}

/* Roles whose contents end where they end. */
static bool clips(const char *role)
{
	static const char *const s_roles[] = {"screen", "scene", "list", "grid", "web"};
	for (size_t i = 0; i < OS_ARRAY_LEN(s_roles); i++) {
		if (strcmp(role, s_roles[i]) == 0) {
			return true;
		}
	}
	return false;
}

static void read_texts(const struct cs_value *json, struct screen_node *node)
{
	struct cs_value *texts = cs_value_get(json, "texts");
	size_t count = cs_value_count(texts);
	node->texts = os_alloc_array(count + 1, sizeof(char *));
	for (size_t i = 0; i < count; i++) {
		const char *text = cs_value_string(cs_value_at(texts, i));
		if (text) {
			node->texts[node->text_count++] = text;
		}
	}
}

static struct screen_rect read_frame(const struct cs_value *json)
{
	struct cs_value *frame = cs_value_get(json, "frame");
	return (struct screen_rect){
	    cs_value_double(cs_value_at(frame, 0), 0), cs_value_double(cs_value_at(frame, 1), 0),
	    cs_value_double(cs_value_at(frame, 2), 0), cs_value_double(cs_value_at(frame, 3), 0)};
}

static void add_node(struct screen_tree *tree, const struct cs_value *json, int parent,
		     struct screen_rect clip, int depth)
{
	int index = tree->count;
	tree->nodes = os_realloc_array(tree->nodes, (size_t)index + 1, sizeof(struct screen_node));
	tree->count++;
	struct screen_node node = {
	    .id = text_of(json, "id"),
	    .app = text_of(json, "app"),
	    .role = text_of(json, "role"),
	    .label = text_of(json, "label"),
	    .value = text_of(json, "value"),
	    .enabled = cs_value_bool(cs_value_get(json, "enabled"), true),
	    .visible = cs_value_bool(cs_value_get(json, "visible"), true),
	    .action_count = (int)cs_value_count(cs_value_get(json, "actions")),
	    .frame = read_frame(json),
	    .parent = parent,
	};
	bool is_scene = strcmp(node.role, "scene") == 0;
	node.scene = is_scene || parent < 0 ? index : tree->nodes[parent].scene;
	if (!node.app[0] && parent >= 0) {
		node.app = tree->nodes[parent].app;
	}
	node.seen = parent < 0 ? node.frame : intersect(node.frame, clip);
	read_texts(json, &node);
	tree->nodes[index] = node;
	struct screen_rect inner = parent < 0 || clips(node.role) ? node.seen : clip;
	struct cs_value *children = cs_value_get(json, "children");
	for (size_t i = 0; depth < MAX_DEPTH && i < cs_value_count(children); i++) {
		add_node(tree, cs_value_at(children, i), index, inner, depth + 1);
	}
	tree->nodes[index].end = tree->count;
}

int screen_tree_parse(const char *json, size_t length, struct screen_tree **ret_tree,
		      struct os_error *ret_error)
{
	struct cs_value *value = NULL;
	int result = cs_value_parse(json, length, "the tree", &value, ret_error);
	if (result < 0) {
		return result;
	}
	struct screen_tree *tree = os_alloc(sizeof(*tree));
	tree->json = value;
	add_node(tree, value, -1, (struct screen_rect){0}, 0);
	*ret_tree = tree;
	return 0;
}

struct screen_tree *screen_tree_release(struct screen_tree *tree)
{
	if (!tree) {
		return NULL;
	}
	for (int i = 0; i < tree->count; i++) {
		os_free(tree->nodes[i].texts);
	}
	os_free(tree->nodes);
	os_release(tree->json);
	os_free(tree);
	return NULL;
}

/* --- Nodes ------------------------------------------------------------------------------------ */

bool screen_node_is_called(const struct screen_node *node, const char *name, bool also_value)
{
	if (node->label[0] && strcmp(node->label, name) == 0) {
		return true;
	}
	if (also_value && node->value[0] && strcmp(node->value, name) == 0) {
		return true;
	}
	for (int i = 0; i < node->text_count; i++) {
		if (strcmp(node->texts[i], name) == 0) {
			return true;
		}
	}
	return false;
}

void screen_node_print(const struct screen_tree *tree, int index, struct os_buffer *text)
{
	const struct screen_node *node = &tree->nodes[index];
	os_buffer_printf(text, "%s", node->role[0] ? node->role : "other");
	if (node->label[0]) {
		os_buffer_printf(text, " \"%.60s\"", node->label);
	} else if (node->id[0]) {
		os_buffer_printf(text, " #%s", node->id);
	}
	os_buffer_printf(text, " at %.0f,%.0f", node->frame.x, node->frame.y);
	if (node->app[0]) {
		os_buffer_printf(text, " in %s", node->app);
	}
}

void screen_node_centre(const struct screen_node *node, double *ret_x, double *ret_y)
{
	*ret_x = node->seen.x + node->seen.width / 2;
	*ret_y = node->seen.y + node->seen.height / 2;
}

int screen_tree_by_id(const struct screen_tree *tree, const char *id)
{
	for (int i = 0; id[0] && i < tree->count; i++) {
		if (strcmp(tree->nodes[i].id, id) == 0) {
			return i;
		}
	}
	return -1;
}

/* --- What a name means ------------------------------------------------------------------------ */

struct candidates {
	int *nodes;
	int count;
};

static void add_candidate(struct candidates *set, int node)
{
	set->nodes = os_realloc_array(set->nodes, (size_t)set->count + 1, sizeof(int));
	set->nodes[set->count++] = node;
}

/* Keeps those for which keep answers true, unless that would leave nobody. */
static void prefer(struct candidates *set, const struct screen_tree *tree,
		   bool (*keep)(const struct screen_tree *tree, int node, int context), int context)
{
	int kept = 0;
	for (int i = 0; i < set->count; i++) {
		kept += keep(tree, set->nodes[i], context);
	}
	if (kept == 0) {
		return;
	}
	int count = 0;
	for (int i = 0; i < set->count; i++) {
		if (keep(tree, set->nodes[i], context)) {
			set->nodes[count++] = set->nodes[i];
		}
	}
	set->count = count;
}

static bool has_actions(const struct screen_tree *tree, int node, int context)
{
	return tree->nodes[node].action_count > 0;
}

static bool is_in_scene(const struct screen_tree *tree, int node, int scene)
{
	return tree->nodes[node].scene == scene;
}

static bool is_inside(const struct screen_tree *tree, int node, int ancestor)
{
	return node >= ancestor && node < tree->nodes[ancestor].end;
}

static bool is_within(const struct screen_tree *tree, int node, const char *within)
{
	for (int up = tree->nodes[node].parent; up >= 0; up = tree->nodes[up].parent) {
		if (screen_node_is_called(&tree->nodes[up], within, false)) {
			return true;
		}
	}
	return false;
}

static void collect(const struct screen_tree *tree, const struct script_name *name, bool also_value,
		    struct candidates *set)
{
	for (int i = 0; i < tree->count; i++) {
		const struct screen_node *node = &tree->nodes[i];
		bool called = name->by_id ? node->id[0] && strcmp(node->id, name->label) == 0
					  : screen_node_is_called(node, name->label, also_value);
		if (called && (!name->within || is_within(tree, i, name->within))) {
			add_candidate(set, i);
		}
	}
}

/* An element inside another one of the same name is what is meant: the text in its own button. */
static void drop_outer(struct candidates *set, const struct screen_tree *tree)
{
	int count = 0;
	for (int i = 0; i < set->count; i++) {
		bool outer =
		    i + 1 < set->count && is_inside(tree, set->nodes[i + 1], set->nodes[i]);
		if (!outer) {
			set->nodes[count++] = set->nodes[i];
		}
	}
	set->count = count;
}

static int say_not_there(const struct screen_tree *tree, const struct script_name *name,
			 struct os_error *ret_error)
{
	struct os_buffer text = {0};
	os_buffer_add_text(&text, "there is no ");
	script_name_print(name, &text);
	os_buffer_add_text(&text, "; on the screen are");
	int said = 0;
	for (int i = 0; i < tree->count && said < 12 && text.length < 380; i++) {
		const struct screen_node *node = &tree->nodes[i];
		if (node->label[0] && node->visible && !is_empty(node->seen)) {
			os_buffer_printf(&text, "%s \"%.40s\"", said++ ? "," : "", node->label);
		}
	}
	os_buffer_add_text(&text, said ? "" : " no named elements");
	os_error_set(ret_error, -ENOENT, "%s", os_buffer_text(&text));
	os_buffer_finish(&text);
	return -ENOENT;
}

static int say_several(const struct screen_tree *tree, const struct script_name *name,
		       const struct candidates *set, struct os_error *ret_error)
{
	struct os_buffer text = {0};
	script_name_print(name, &text);
	os_buffer_printf(&text, " is there %d times:", set->count);
	for (int i = 0; i < set->count && text.length < 400; i++) {
		os_buffer_printf(&text, "%s [%d] ", i ? ";" : "", i + 1);
		screen_node_print(tree, set->nodes[i], &text);
	}
	os_error_set(ret_error, -EEXIST, "%s", os_buffer_text(&text));
	os_buffer_finish(&text);
	return -EEXIST;
}

static int say_one(const struct screen_tree *tree, int node, int status, const char *what,
		   int other, struct os_error *ret_error)
{
	struct os_buffer text = {0};
	screen_node_print(tree, node, &text);
	os_buffer_printf(&text, " %s", what);
	if (other >= 0) {
		os_buffer_add_char(&text, ' ');
		screen_node_print(tree, other, &text);
	}
	os_error_set(ret_error, status, "%s", os_buffer_text(&text));
	os_buffer_finish(&text);
	return status;
}

/* Chooses among what is left, by the name's own number or because there is only one. */
static int choose(const struct screen_tree *tree, const struct script_name *name,
		  struct candidates *set, struct os_error *ret_error)
{
	prefer(set, tree, has_actions, 0);
	prefer(set, tree, is_in_scene, tree->nodes[set->nodes[0]].scene);
	drop_outer(set, tree);
	if (name->index == 0) {
		return set->count == 1 ? set->nodes[0] : say_several(tree, name, set, ret_error);
	}
	if (name->index <= set->count) {
		return set->nodes[name->index - 1];
	}
	struct os_buffer text = {0};
	script_name_print(name, &text);
	os_error_set(ret_error, -ENOENT, "there is no %s: only %d of that name",
		     os_buffer_text(&text), set->count);
	os_buffer_finish(&text);
	return -ENOENT;
}

static bool can_be_seen(const struct screen_node *node)
{
	return node->visible && !is_empty(node->seen);
}

int screen_tree_see(const struct screen_tree *tree, const struct script_name *name,
		    struct os_error *ret_error)
{
	struct candidates all = {0};
	collect(tree, name, true, &all);
	if (all.count == 0) {
		return say_not_there(tree, name, ret_error);
	}
	int seen = -1, count = 0, result = 0;
	for (int i = 0; i < all.count; i++) {
		if (can_be_seen(&tree->nodes[all.nodes[i]]) && ++count <= OS_MAX(name->index, 1)) {
			seen = all.nodes[i];
		}
	}
	if (count == 0 || count < name->index) {
		result = say_one(tree, all.nodes[0], -ERANGE, "is off the screen", -1, ret_error);
	}
	os_free(all.nodes);
	return result < 0 ? result : seen;
}

/* The best reason why no candidate can be touched: disabled, else covered, else off the screen. */
struct obstacle {
	int status, node, cover;
};

static bool is_reachable(const struct screen_tree *tree, int index, screen_hit_fn hit,
			 void *context, struct obstacle *obstacle)
{
	const struct screen_node *node = &tree->nodes[index];
	double x, y;
	screen_node_centre(node, &x, &y);
	if (!can_be_seen(node)) {
		if (obstacle->status == 0) {
			*obstacle = (struct obstacle){-ERANGE, index, -1};
		}
		return false;
	}
	int touched = hit(context, tree, x, y);
	if (touched < 0 || (!is_inside(tree, touched, index) && !is_inside(tree, index, touched))) {
		if (obstacle->status == 0 || obstacle->status == -ERANGE) {
			*obstacle = (struct obstacle){-EBUSY, index, touched};
		}
		return false;
	}
	if (!node->enabled) {
		*obstacle = (struct obstacle){-EACCES, index, -1};
		return false;
	}
	return true;
}

static int say_obstacle(const struct screen_tree *tree, const struct obstacle *obstacle,
			struct os_error *ret_error)
{
	if (obstacle->status == -EACCES) {
		return say_one(tree, obstacle->node, -EACCES, "is disabled", -1, ret_error);
	}
	if (obstacle->status == -ERANGE) {
		return say_one(tree, obstacle->node, -ERANGE, "is off the screen", -1, ret_error);
	}
	return say_one(tree, obstacle->node, -EBUSY,
		       obstacle->cover >= 0 ? "is covered by" : "takes no finger", obstacle->cover,
		       ret_error);
}

int screen_tree_find(const struct screen_tree *tree, const struct script_name *name,
		     screen_hit_fn hit, void *context, struct os_error *ret_error)
{
	struct candidates all = {0}, reachable = {0};
	struct obstacle obstacle = {0};
	collect(tree, name, false, &all);
	for (int i = 0; i < all.count; i++) {
		if (is_reachable(tree, all.nodes[i], hit, context, &obstacle)) {
			add_candidate(&reachable, all.nodes[i]);
		}
	}
	int result;
	if (all.count == 0) {
		result = say_not_there(tree, name, ret_error);
	} else if (reachable.count == 0) {
		result = say_obstacle(tree, &obstacle, ret_error);
	} else {
		result = choose(tree, name, &reachable, ret_error);
	}
	os_free(all.nodes);
	os_free(reachable.nodes);
	return result;
}
