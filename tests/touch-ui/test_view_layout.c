/* F84: sizes are asked for once, invalidation stops where nobody depends, layout finds its fixed
 * point. */
#include "hand.h"

#include <sys/wait.h>
#include <unistd.h>

struct leaf {
	struct md_size size;
	int asked;
};
static const struct ui_view_class s_leaf_class;

static struct leaf *leaf_of(const struct ui_view *view)
{
	return ui_view_state(view, &s_leaf_class);
}

static struct md_size leaf_size(struct ui_view *view, struct md_size proposal)
{
	leaf_of(view)->asked++;
	return leaf_of(view)->size;
}

static const struct ui_view_class s_leaf_class = {
    .base = {.struct_size = sizeof(s_leaf_class),
	     .name = "leaf",
	     .size = sizeof(struct leaf),
	     .super = &ui_view_class.base},
    .size_that_fits = leaf_size,
};

static struct ui_view *leaf_create(double width, double height)
{
	struct ui_view *view = ui_view_create_of_class(&s_leaf_class);
	leaf_of(view)->size = (struct md_size){width, height};
	return view;
}

struct counted {
	int layouts;
};
static const struct ui_view_class s_counted_class;

static void counted_layout(struct ui_view *view, struct md_rect bounds)
{
	((struct counted *)ui_view_state(view, &s_counted_class))->layouts++;
}

static const struct ui_view_class s_counted_class = {
    .base = {.struct_size = sizeof(s_counted_class),
	     .name = "counted",
	     .size = sizeof(struct counted),
	     .super = &ui_view_class.base},
    .layout = counted_layout,
};

static int layouts_of(const struct ui_view *view)
{
	return ((struct counted *)ui_view_state(view, &s_counted_class))->layouts;
}

static void sizes_are_kept_per_proposal(void **state)
{
	struct ui_view *leaf = leaf_create(30, 10);
	for (int i = 0; i < 3; i++) {
		ui_view_size_that_fits(leaf, (struct md_size){100, 100});
		ui_view_size_that_fits(leaf, (struct md_size){200, 100});
	}
	assert_int_equal(leaf_of(leaf)->asked, 2);
	ui_view_invalidate_size(leaf);
	ui_view_size_that_fits(leaf, (struct md_size){100, 100});
	assert_int_equal(leaf_of(leaf)->asked, 3);
	ui_view_set_fixed_size(leaf, (struct md_size){50, 0});
	struct md_size size = ui_view_size_that_fits(leaf, (struct md_size){100, 100});
	assert_true(size.width == 50 && size.height == 10);
	ui_view_set_fixed_size(leaf, (struct md_size){50, 60});
	size = ui_view_size_that_fits(leaf, (struct md_size){100, 100});
	assert_true(size.width == 50 && size.height == 60);
	os_release(leaf);
}

/* page (counted) > column (stack) > row (stack) > leaf */
static void invalidation_goes_as_far_as_sizes_depend(void **state)
{
	struct hand hand;
	hand_begin(&hand, &device_gaming, 400, 800);
	struct ui_view *page = ui_view_create_of_class(&s_counted_class);
	struct ui_view *column = ui_stack_create(UI_STACK_VERTICAL, 0);
	struct ui_view *row = ui_stack_create(UI_STACK_HORIZONTAL, 0);
	struct ui_view *leaf = leaf_create(30, 10), *other = leaf_create(30, 10);
	ui_view_add(hand.root, page);
	ui_view_add(page, column);
	ui_view_add(column, row);
	ui_view_add(column, other);
	ui_view_add(row, leaf);
	ui_stack_set_align(row, UI_ALIGN_START);
	ui_view_set_frame(column, (struct md_rect){0, 0, 400, 800});
	ui_window_lay_out(hand.window);
	assert_true(ui_view_frame(leaf).height == 10);
	assert_true(ui_view_frame(other).y == 10);
	int layouts = layouts_of(page), asked = leaf_of(other)->asked;
	leaf_of(leaf)->size.height = 25;
	ui_view_invalidate_size(leaf);
	ui_window_lay_out(hand.window);
	assert_true(ui_view_frame(other).y == 25);
	assert_int_equal(layouts_of(page),
			 layouts); /* it placed the column without asking its size */
	assert_int_equal(leaf_of(other)->asked, asked);
	/* A row of a fixed size keeps it to itself. */
	ui_view_set_fixed_size(row, (struct md_size){400, 50});
	ui_window_lay_out(hand.window);
	uint64_t before = hand.window->counts.views_laid_out;
	ui_view_invalidate_size(leaf);
	ui_window_lay_out(hand.window);
	assert_int_equal(hand.window->counts.views_laid_out, before + 1); /* the row alone */
	hand_end(&hand);
}

static void nothing_is_laid_out_twice(void **state)
{
	struct hand hand;
	hand_begin(&hand, &device_gaming, 400, 800);
	struct ui_view *a = ui_view_create_of_class(&s_counted_class),
		       *b = ui_view_create_of_class(&s_counted_class);
	ui_view_add(hand.root, a);
	ui_view_add(a, b);
	ui_window_lay_out(hand.window);
	uint64_t passes = hand.window->counts.layout_passes;
	ui_window_lay_out(hand.window);
	assert_int_equal(hand.window->counts.layout_passes, passes);
	ui_view_set_needs_layout(b);
	ui_view_set_needs_layout(b);
	ui_window_lay_out(hand.window);
	assert_int_equal(hand.window->counts.layout_passes, passes + 1);
	assert_int_equal(layouts_of(a), 1);
	assert_int_equal(layouts_of(b), 2);
	hand_end(&hand);
}

/* --- Fixed point -------------------------------------------------------------------- */

struct restless {
	int left;
	struct ui_view *disturbs;
};
static const struct ui_view_class s_restless_class;

static void restless_layout(struct ui_view *view, struct md_rect bounds)
{
	struct restless *self = ui_view_state(view, &s_restless_class);
	if (self->left-- > 0) {
		ui_view_set_needs_layout(self->disturbs);
	}
}

static const struct ui_view_class s_restless_class = {
    .base = {.struct_size = sizeof(s_restless_class),
	     .name = "restless",
	     .size = sizeof(struct restless),
	     .super = &ui_view_class.base},
    .layout = restless_layout,
};

static struct ui_view *restless_create(struct hand *hand, int left)
{
	struct ui_view *view = ui_view_create_of_class(&s_restless_class);
	struct restless *self = ui_view_state(view, &s_restless_class);
	self->left = left;
	self->disturbs = view;
	ui_view_set_label(view, "the one");
	ui_view_add(hand->root, view);
	return view;
}

static void seven_more_passes_are_enough(void **state)
{
	struct hand hand;
	hand_begin(&hand, &device_gaming, 400, 800);
	restless_create(&hand, 7);
	uint64_t before = hand.window->counts.layout_passes;
	ui_window_lay_out(hand.window);
	assert_int_equal(hand.window->counts.layout_passes, before + 8);
	hand_end(&hand);
}

static void endless_layout_names_the_view(void **state)
{
	int fds[2];
	assert_int_equal(pipe(fds), 0);
	pid_t child = fork();
	if (child == 0) {
		struct hand hand;
		dup2(fds[1], STDERR_FILENO);
		hand_begin(&hand, &device_gaming, 400, 800);
		restless_create(&hand, 1000);
		ui_window_lay_out(hand.window);
		_exit(0);
	}
	close(fds[1]);
	char text[1024] = "";
	size_t used = 0;
	for (ssize_t got = 1; got > 0 && used < sizeof(text) - 1; used += (size_t)OS_MAX(got, 0)) {
		got = read(fds[0], text + used, sizeof(text) - 1 - used);
	}
	close(fds[0]);
	int status;
	waitpid(child, &status, 0);
	assert_false(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	assert_non_null(strstr(text, "restless"));
	assert_non_null(strstr(text, "the one"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(sizes_are_kept_per_proposal),
	    cmocka_unit_test(invalidation_goes_as_far_as_sizes_depend),
	    cmocka_unit_test(nothing_is_laid_out_twice),
	    cmocka_unit_test(seven_more_passes_are_enough),
	    cmocka_unit_test(endless_layout_names_the_view),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
