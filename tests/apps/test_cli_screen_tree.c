/* What a name means: COMMAND's rules of matching, and a sentence of its own for each reason why not.
 * F135 */
#include "test.h"

#include <errno.h>

#include "screen_tree.h"

/* A screen of 100x200: an alert over a list in a scene of Notes, over home. */
static const char s_json[] =
    "{\"role\": \"screen\", \"frame\": [0, 0, 100, 200], \"children\": ["
    " {\"id\": \"s1\", \"app\": \"org.strata.notes\", \"role\": \"scene\", \"frame\": [0, 0, 100, "
    "200], \"children\": ["
    "  {\"id\": \"alert\", \"role\": \"alert\", \"label\": \"Delete?\", \"frame\": [10, 10, 80, "
    "40], \"children\": ["
    "   {\"id\": \"yes\", \"role\": \"button\", \"label\": \"Delete\", \"frame\": [10, 30, 40, "
    "20], \"actions\": [\"tap\"]}]},"
    "  {\"id\": \"title\", \"role\": \"heading\", \"label\": \"New\", \"frame\": [0, 60, 100, 10]},"
    "  {\"id\": \"new\", \"role\": \"button\", \"label\": \"New\", \"frame\": [60, 70, 40, 20], "
    "\"actions\": [\"tap\"]},"
    "  {\"id\": \"gone\", \"role\": \"button\", \"label\": \"Undo\", \"frame\": [0, 70, 40, 20], "
    "\"enabled\": false, \"actions\": [\"tap\"]},"
    "  {\"id\": \"list\", \"role\": \"list\", \"label\": \"Notes\", \"frame\": [0, 100, 100, 100], "
    "\"children\": ["
    "   {\"id\": \"r1\", \"role\": \"cell\", \"label\": \"Milk, yesterday\", \"texts\": [\"Milk\", "
    "\"yesterday\"],"
    "    \"frame\": [0, 100, 100, 40], \"actions\": [\"tap\"]},"
    "   {\"id\": \"r2\", \"role\": \"cell\", \"label\": \"Eggs, yesterday\", \"texts\": [\"Eggs\", "
    "\"yesterday\"],"
    "    \"frame\": [0, 140, 100, 40], \"value\": \"three\", \"actions\": [\"tap\"]},"
    "   {\"id\": \"r3\", \"role\": \"cell\", \"label\": \"Bread\", \"frame\": [0, 220, 100, 40], "
    "\"actions\": [\"tap\"]}]}]},"
    " {\"id\": \"s2\", \"app\": \"org.strata.home\", \"role\": \"scene\", \"frame\": [0, 0, 100, "
    "200], \"children\": ["
    "  {\"id\": \"h1\", \"role\": \"button\", \"label\": \"New\", \"frame\": [0, 180, 20, 20], "
    "\"actions\": [\"tap\"]},"
    "  {\"id\": \"h2\", \"role\": \"button\", \"label\": \"Clock\", \"frame\": [0, 0, 20, 20], "
    "\"actions\": [\"tap\"]}]}]}";

static struct screen_tree *parse(void)
{
	struct screen_tree *tree = NULL;
	struct os_error error;
	if (screen_tree_parse(s_json, strlen(s_json), &tree, &error) < 0) {
		fail_msg("%s", error.text);
	}
	return tree;
}

/* The front scene's deepest node there, but home's icon called New is in front of the list. */
static int hit(void *context, const struct screen_tree *tree, double x, double y)
{
	int found = -1;
	int home = screen_tree_by_id(tree, "h1");
	for (int i = 1; i < screen_tree_by_id(tree, "s2"); i++) {
		const struct screen_node *node = &tree->nodes[i];
		bool inside = x >= node->frame.x && y >= node->frame.y &&
			      x < node->frame.x + node->frame.width &&
			      y < node->frame.y + node->frame.height;
		found = inside ? i : found;
	}
	return x < 20 && y >= 180 ? home : found;
}

static void check_found(struct script_name name, const char *id)
{
	struct screen_tree *tree = parse();
	struct os_error error = {0};
	int node = screen_tree_find(tree, &name, hit, NULL, &error);
	if (node < 0) {
		fail_msg("%s", error.text);
	}
	assert_string_equal(tree->nodes[node].id, id);
	screen_tree_release(tree);
}

static void check_not(struct script_name name, int status, const char *said)
{
	struct screen_tree *tree = parse();
	struct os_error error = {0};
	assert_int_equal(screen_tree_find(tree, &name, hit, NULL, &error), status);
	assert_non_null(strstr(error.text, said));
	screen_tree_release(tree);
}

static void finds_by_label_and_texts(void **state)
{
	check_found((struct script_name){.label = "Delete"}, "yes");
	check_found((struct script_name){.label = "Milk"}, "r1");
	check_found((struct script_name){.label = "Milk, yesterday"}, "r1");
	check_found((struct script_name){.label = "r2", .by_id = true}, "r2");
	check_not((struct script_name){.label = "Mil"}, -ENOENT, "there is no \"Mil\"");
	check_not((struct script_name){.label = "three"}, -ENOENT, "there is no \"three\"");
}

static void prefers_actions_and_the_front_scene(void **state)
{
	check_found((struct script_name){.label = "New"}, "new");
}

static void lists_what_is_ambiguous(void **state)
{
	check_not((struct script_name){.label = "yesterday"}, -EEXIST,
		  "\"yesterday\" is there 2 times: [1] cell \"Milk, yesterday\" at 0,100 in "
		  "org.strata.notes; [2]");
	check_found((struct script_name){.label = "yesterday", .index = 2}, "r2");
	check_found((struct script_name){.label = "Delete", .within = "Delete?"}, "yes");
	check_not((struct script_name){.label = "Milk", .within = "Delete?"}, -ENOENT,
		  "in \"Delete?\"");
	check_not((struct script_name){.label = "yesterday", .index = 3}, -ENOENT,
		  "only 2 of that name");
}

static void says_why_not(void **state)
{
	check_not((struct script_name){.label = "Undo"}, -EACCES,
		  "button \"Undo\" at 0,70 in org.strata.notes is disabled");
	check_not((struct script_name){.label = "Bread"}, -ERANGE, "is off the screen");
	check_not((struct script_name){.label = "Clock"}, -EBUSY,
		  "is covered by alert \"Delete?\"");
}

static void sees_values(void **state)
{
	struct screen_tree *tree = parse();
	struct os_error error;
	struct script_name name = {.label = "three"};
	int node = screen_tree_see(tree, &name, &error);
	assert_true(node >= 0);
	assert_string_equal(tree->nodes[node].id, "r2");
	name.label = "Bread";
	assert_int_equal(screen_tree_see(tree, &name, &error), -ERANGE);
	name.label = "Sugar";
	assert_int_equal(screen_tree_see(tree, &name, &error), -ENOENT);
	screen_tree_release(tree);
}

static void centres_on_what_is_seen(void **state)
{
	static const char s_half[] =
	    "{\"role\": \"screen\", \"frame\": [0, 0, 100, 100], \"children\": ["
	    "{\"id\": \"a\", \"role\": \"cell\", \"label\": \"a\", \"frame\": [0, 80, 100, 60]}]}";
	struct screen_tree *tree;
	double x, y;
	assert_int_equal(screen_tree_parse(s_half, strlen(s_half), &tree, NULL), 0);
	screen_node_centre(&tree->nodes[1], &x, &y);
	assert_true(x == 50 && y == 90);
	screen_tree_release(tree);
}

static void refuses_what_is_no_tree(void **state)
{
	struct screen_tree *tree = NULL;
	struct os_error error = {0};
	assert_true(screen_tree_parse("{\"role\": ", 9, &tree, &error) < 0);
	assert_null(tree);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(finds_by_label_and_texts),
	    cmocka_unit_test(prefers_actions_and_the_front_scene),
	    cmocka_unit_test(lists_what_is_ambiguous),
	    cmocka_unit_test(says_why_not),
	    cmocka_unit_test(sees_values),
	    cmocka_unit_test(centres_on_what_is_seen),
	    cmocka_unit_test(refuses_what_is_no_tree),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
