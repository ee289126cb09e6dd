/* The damage law: what has not changed is not drawn. F122 */
#include "test.h"

#include "frame_list.h"

struct pair {
	struct md_frame_list *before, *now;
	pixman_region32_t damage;
};

static struct md_frame_item *add_box(struct md_frame_list *list, uint64_t key, double x, double y)
{
	struct md_frame_item *item = md_frame_list_add(list, MD_FRAME_COLOR);
	item->key = key;
	item->to_px = md_affine_translation(x, y);
	item->size = (struct md_size){10, 10};
	item->color = MD_COLOR_WHITE;
	return item;
}

static int setup(void **state)
{
	struct pair *pair = calloc(1, sizeof(*pair));
	pair->before = md_frame_list_create();
	pair->now = md_frame_list_create();
	md_frame_list_reset(pair->before, 200, 100);
	md_frame_list_reset(pair->now, 200, 100);
	pixman_region32_init(&pair->damage);
	*state = pair;
	return 0;
}

static int teardown(void **state)
{
	struct pair *pair = *state;
	md_frame_list_destroy(pair->before);
	md_frame_list_destroy(pair->now);
	pixman_region32_fini(&pair->damage);
	free(pair);
	return 0;
}

static void find(struct pair *pair)
{
	md_frame_list_damage(pair->before, pair->now, &pair->damage);
}

static bool is_damaged(struct pair *pair, int x, int y)
{
	return pixman_region32_contains_point(&pair->damage, x, y, NULL);
}

static int damaged_pixels(struct pair *pair)
{
	int count;
	int sum = 0;
	const pixman_box32_t *boxes = pixman_region32_rectangles(&pair->damage, &count);
	for (int i = 0; i < count; i++) {
		sum += (boxes[i].x2 - boxes[i].x1) * (boxes[i].y2 - boxes[i].y1);
	}
	return sum;
}

static void the_same_is_nothing(void **state)
{
	struct pair *pair = *state;
	add_box(pair->before, 1, 0, 0);
	add_box(pair->now, 1, 0, 0);
	find(pair);
	assert_int_equal(damaged_pixels(pair), 0);
}

static void nothing_before_is_everything(void **state)
{
	struct pair *pair = *state;
	md_frame_list_damage(NULL, pair->now, &pair->damage);
	assert_int_equal(damaged_pixels(pair), 200 * 100);
	md_frame_list_reset(pair->before, 100, 200);
	find(pair);
	assert_int_equal(damaged_pixels(pair), 200 * 100);
}

static void what_moves_counts_on_both_sides(void **state)
{
	struct pair *pair = *state;
	add_box(pair->before, 1, 0, 0);
	add_box(pair->before, 2, 50, 0);
	add_box(pair->now, 1, 20, 0);
	add_box(pair->now, 2, 50, 0);
	find(pair);
	assert_int_equal(damaged_pixels(pair), 200);
	assert_true(is_damaged(pair, 5, 5) && is_damaged(pair, 25, 5) && !is_damaged(pair, 55, 5));
}

static void what_comes_goes_or_changes_its_place_in_order(void **state)
{
	struct pair *pair = *state;
	add_box(pair->before, 1, 0, 0);
	add_box(pair->before, 2, 20, 0);
	add_box(pair->before, 3, 40, 0);
	add_box(pair->now, 1, 0, 0);
	add_box(pair->now, 3, 40, 0);
	add_box(pair->now, 2, 20, 0);
	add_box(pair->now, 4, 60, 0);
	find(pair);
	assert_false(is_damaged(pair, 5, 5));
	assert_true(is_damaged(pair, 25, 5) && is_damaged(pair, 65, 5));
}

static void every_property_is_looked_at(void **state)
{
	struct pair *pair = *state;
	for (int i = 0; i < 6; i++) {
		md_frame_list_reset(pair->before, 200, 100);
		md_frame_list_reset(pair->now, 200, 100);
		add_box(pair->before, 1, 30, 30);
		struct md_frame_item *item = add_box(pair->now, 1, 30, 30);
		struct md_frame_clip clip = {-1, MD_AFFINE_IDENTITY, {200, 100}, 0};
		switch (i) {
		case 0:
			item->opacity = 0.5;
			break;
		case 1:
			item->color.r = 0.5;
			break;
		case 2:
			item->radius = 3;
			break;
		case 3:
			item->size.width = 11;
			break;
		case 4:
			item->to_px.a = 1.1;
			break;
		default:
			item->clip = md_frame_list_add_clip(pair->now, &clip);
			break;
		}
		find(pair);
		assert_true(is_damaged(pair, 35, 35));
		assert_true(damaged_pixels(pair) < 150);
	}
}

static struct md_frame_item *add_texture(struct md_frame_list *list, struct md_texture *texture,
					 uint64_t content, struct md_affine to_px)
{
	struct md_frame_item *item = md_frame_list_add(list, MD_FRAME_TEXTURE);
	item->key = 7;
	item->to_px = to_px;
	item->size = (struct md_size){50, 50};
	item->texture = md_texture_retain(texture);
	item->source = (struct md_rect){0, 0, 50, 50};
	item->content = content;
	item->content_damage = (struct md_rect){10, 20, 5, 5};
	return item;
}

static void contents_are_damaged_in_part(void **state)
{
	struct pair *pair = *state;
	uint32_t pixels[50 * 50];
	struct md_texture *texture =
	    md_texture_create((struct md_pixels){pixels, 50, 50, 200, true}, NULL, NULL);
	struct {
		uint64_t content;
		double scale;
		int least, most;
	} cases[] = {
	    {1, 1, 0, 0},
	    {2, 1, 25, 25},
	    {3, 1, 2500, 2500},
	    {2, 1.5, 57, 260},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		md_frame_list_reset(pair->before, 200, 100);
		md_frame_list_reset(pair->now, 200, 100);
		struct md_affine to_px =
		    md_affine_concat(md_affine_scale(cases[i].scale, cases[i].scale),
				     md_affine_translation(100, 10));
		add_texture(pair->before, texture, 1, to_px);
		add_texture(pair->now, texture, cases[i].content, to_px);
		find(pair);
		assert_in_range(damaged_pixels(pair), cases[i].least, cases[i].most);
		assert_true(cases[i].most == 0 || is_damaged(pair, (int)(100 + 12 * cases[i].scale),
							     (int)(10 + 22 * cases[i].scale)));
	}
	md_texture_release(texture);
}

static void backdrops_are_drawn_whole(void **state)
{
	struct pair *pair = *state;
	struct md_frame_list *lists[2] = {pair->before, pair->now};
	for (int i = 0; i < 2; i++) {
		add_box(lists[i], 1, i * 5, 40);
		struct md_frame_item *backdrop = md_frame_list_add(lists[i], MD_FRAME_BACKDROP);
		backdrop->size = (struct md_size){60, 40};
		backdrop->blur = 8;
	}
	find(pair);
	assert_true(is_damaged(pair, 59, 0));
	assert_false(is_damaged(pair, 150, 90));
}

static void a_group_that_fades_is_damaged_whole(void **state)
{
	struct pair *pair = *state;
	struct md_frame_list *lists[2] = {pair->before, pair->now};
	for (int i = 0; i < 2; i++) {
		md_frame_list_add(lists[i], MD_FRAME_GROUP_BEGIN)->opacity = i == 0 ? 0.5 : 0.6;
		add_box(lists[i], 1, 0, 0);
		add_box(lists[i], 2, 30, 30);
		md_frame_list_add(lists[i], MD_FRAME_GROUP_END);
	}
	find(pair);
	assert_true(is_damaged(pair, 5, 5) && is_damaged(pair, 35, 35) &&
		    !is_damaged(pair, 80, 80));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(the_same_is_nothing, setup, teardown),
	    cmocka_unit_test_setup_teardown(nothing_before_is_everything, setup, teardown),
	    cmocka_unit_test_setup_teardown(what_moves_counts_on_both_sides, setup, teardown),
	    cmocka_unit_test_setup_teardown(what_comes_goes_or_changes_its_place_in_order, setup,
					    teardown),
	    cmocka_unit_test_setup_teardown(every_property_is_looked_at, setup, teardown),
	    cmocka_unit_test_setup_teardown(contents_are_damaged_in_part, setup, teardown),
	    cmocka_unit_test_setup_teardown(backdrops_are_drawn_whole, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_group_that_fades_is_damaged_whole, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
