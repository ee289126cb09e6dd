/* Surfaces: memory from the compositor, two buffers, damage copied back. */
#include "test.h"

#include <os/clock.h>

#include "arena.h"
#include "scene_private.h"
#include "stage.h"

#define RED ((struct md_color){1, 0, 0, 1})
#define BLUE ((struct md_color){0, 0, 1, 1})

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

static struct md_layer *add_layer(struct actor *app, struct md_rect frame)
{
	struct md_layer *layer = md_layer_create(app->scene);
	md_layer_set_frame(layer, frame);
	md_layer_insert(md_scene_root(app->scene), layer, -1);
	md_layer_release(layer);
	return layer;
}

/* The memory is asked for with the first surface. */
static struct md_surface *make_surface(struct stage *stage, struct actor *app, int width,
				       int height)
{
	struct md_surface *surface = md_surface_create(app->scene, width, height, true);
	if (surface == NULL) {
		int before = app->available;
		stage_step_frames(stage, 2);
		assert_int_equal(app->available, before + 1);
		surface = md_surface_create(app->scene, width, height, true);
	}
	assert_non_null(surface);
	return surface;
}

static bool draw(struct md_layer *layer, struct md_surface *surface, struct md_rect damage,
		 struct md_color color)
{
	struct md_canvas *canvas = md_surface_begin(surface, damage);
	if (canvas == NULL) {
		return false;
	}
	md_canvas_fill_rect(canvas, damage, color);
	md_surface_end(surface);
	md_layer_set_surface(layer, surface, &damage);
	return true;
}

static void what_is_drawn_is_shown(void **state)
{
	struct stage *stage = *state;
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	struct md_layer *layer = add_layer(app, (struct md_rect){100, 100, 80, 60});
	struct md_surface *surface = make_surface(stage, app, 80, 60);
	assert_true(draw(layer, surface, (struct md_rect){0, 0, 80, 60}, RED));
	md_scene_commit(app->scene);
	stage_step_frames(stage, 2);
	assert_int_equal(fake_board_pixel(stage->board, 100, 100), 0xff0000);
	assert_int_equal(fake_board_pixel(stage->board, 179, 159), 0xff0000);
	assert_int_equal(fake_board_pixel(stage->board, 180, 159), 0xffffff);
	assert_int_equal(fake_board_last_pixels(stage->board), 80 * 60);
	md_surface_release(surface);
	stage_remove(app);
}

static void a_change_is_drawn_in_the_other_buffer_and_only_it(void **state)
{
	struct stage *stage = *state;
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	struct md_layer *layer = add_layer(app, (struct md_rect){0, 0, 100, 100});
	struct md_surface *surface = make_surface(stage, app, 100, 100);
	draw(layer, surface, (struct md_rect){0, 0, 100, 100}, RED);
	md_scene_commit(app->scene);
	stage_step_frames(stage, 2);
	for (int i = 0; i < 6; i++) {
		assert_true(draw(layer, surface, (struct md_rect){i * 10, 0, 10, 10}, BLUE));
		md_scene_commit(app->scene);
		stage_step_frames(stage, 2);
		assert_int_equal(fake_board_last_pixels(stage->board), 100);
		for (int k = 0; k < 7; k++) {
			assert_int_equal(fake_board_pixel(stage->board, k * 10 + 5, 5),
					 k <= i ? 0x0000ff : 0xff0000);
		}
	}
	/* The picture behind it is whole as well, whichever buffer it is. */
	md_layer_set_opacity(layer, 0.999);
	md_scene_commit(app->scene);
	stage_step_frames(stage, 2);
	assert_int_equal(md_surface_usage(app->scene).used, 2 * 400 * 100);
	md_surface_release(surface);
	stage_remove(app);
}

static void a_shown_buffer_is_not_written(void **state)
{
	struct stage *stage = *state;
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	struct md_layer *layer = add_layer(app, (struct md_rect){0, 0, 100, 100});
	struct md_surface *surface = make_surface(stage, app, 100, 100);
	draw(layer, surface, (struct md_rect){0, 0, 100, 100}, RED);
	md_scene_commit(app->scene);
	stage_step_frames(stage, 2);
	assert_true(draw(layer, surface, (struct md_rect){0, 0, 100, 100}, BLUE));
	md_scene_commit(app->scene);
	/* Both are the compositor's until the first one has been replaced on the screen. */
	assert_null(md_surface_begin(surface, (struct md_rect){0, 0, 10, 10}));
	stage_step_frames(stage, 2);
	assert_true(draw(layer, surface, (struct md_rect){0, 0, 100, 100}, RED));
	md_surface_release(surface);
	stage_remove(app);
}

static void the_second_buffer_goes_after_a_rest(void **state)
{
	struct stage *stage = *state;
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	struct md_layer *layer = add_layer(app, (struct md_rect){0, 0, 64, 64});
	struct md_surface *surface = make_surface(stage, app, 64, 64);
	for (int i = 0; i < 2; i++) {
		draw(layer, surface, (struct md_rect){0, 0, 64, 64}, RED);
		md_scene_commit(app->scene);
		stage_step_frames(stage, 2);
	}
	assert_int_equal(md_surface_usage(app->scene).used, 2 * 64 * 64 * 4);
	stage_step_us(stage, 1100 * OS_US_PER_MS);
	assert_int_equal(md_surface_usage(app->scene).used, 64 * 64 * 4);
	/* And comes back, with the whole picture. */
	draw(layer, surface, (struct md_rect){0, 0, 8, 8}, BLUE);
	md_scene_commit(app->scene);
	stage_step_frames(stage, 2);
	assert_int_equal(fake_board_pixel(stage->board, 4, 4), 0x0000ff);
	assert_int_equal(fake_board_pixel(stage->board, 40, 40), 0xff0000);
	md_surface_release(surface);
	stage_remove(app);
}

static void a_released_surface_gives_its_memory_back_once_it_is_not_shown(void **state)
{
	struct stage *stage = *state;
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	struct md_layer *layer = add_layer(app, (struct md_rect){0, 0, 64, 64});
	struct md_surface *surface = make_surface(stage, app, 64, 64);
	draw(layer, surface, (struct md_rect){0, 0, 64, 64}, RED);
	md_scene_commit(app->scene);
	stage_step_frames(stage, 2);
	md_surface_release(surface);
	md_layer_set_surface(layer, NULL, NULL);
	assert_int_equal(md_surface_usage(app->scene).used, 64 * 64 * 4);
	md_scene_commit(app->scene);
	stage_step_frames(stage, 2);
	assert_int_equal(md_surface_usage(app->scene).used, 0);
	assert_int_equal(fake_board_pixel(stage->board, 4, 4), 0xffffff);
	stage_remove(app);
}

static void the_budget_ends(void **state)
{
	struct stage *stage = *state;
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	struct md_surface *surfaces[16];
	int count = 0;
	for (int tries = 0; tries < 16 && count < 16; tries++) {
		surfaces[count] = md_surface_create(app->scene, 480, 800, true);
		count += surfaces[count] != NULL;
		stage_step_frames(stage, 2);
	}
	assert_int_equal(count, 5);
	/* One goes, another one can be had. */
	md_surface_release(surfaces[--count]);
	surfaces[count] = md_surface_create(app->scene, 480, 800, true);
	assert_non_null(surfaces[count++]);
	while (count > 0) {
		md_surface_release(surfaces[--count]);
	}
	stage_remove(app);
}

static void ranges_are_found_first_fit_and_joined(void **state)
{
	struct stage *stage = *state;
	struct actor *app = stage_add(stage, "org.strata.a", "app", "");
	struct md_arenas *arenas = &app->client->arenas;
	md_surface_release(make_surface(stage, app, 8, 8));
	struct md_range *a = md_arenas_take(arenas, 1000), *b = md_arenas_take(arenas, 1000);
	struct md_range *c = md_arenas_take(arenas, 1000);
	assert_int_equal(a->offset, 0);
	assert_int_equal(b->offset, 1024);
	assert_int_equal(c->offset, 2048);
	md_range_drop(b);
	b = md_arenas_take(arenas, 64);
	assert_int_equal(b->offset, 1024);
	struct md_range *d = md_arenas_take(arenas, 960);
	assert_int_equal(d->offset, 1088);
	/* What the compositor still shows is not given away. */
	d->held = true;
	md_range_drop(d);
	struct md_range *e = md_arenas_take(arenas, 960);
	assert_true(e->offset > 2048);
	md_arenas_released(arenas, d->arena->id, 1088);
	struct md_range *f = md_arenas_take(arenas, 960);
	assert_int_equal(f->offset, 1088);
	struct md_range *all[] = {a, b, c, e, f};
	for (size_t i = 0; i < 5; i++) {
		md_range_drop(all[i]);
	}
	assert_int_equal(arenas->used, 0);
	stage_remove(app);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(what_is_drawn_is_shown, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_change_is_drawn_in_the_other_buffer_and_only_it,
					    setup, teardown),
	    cmocka_unit_test_setup_teardown(a_shown_buffer_is_not_written, setup, teardown),
	    cmocka_unit_test_setup_teardown(the_second_buffer_goes_after_a_rest, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		a_released_surface_gives_its_memory_back_once_it_is_not_shown, setup, teardown),
	    cmocka_unit_test_setup_teardown(the_budget_ends, setup, teardown),
	    cmocka_unit_test_setup_teardown(ranges_are_found_first_fit_and_joined, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
