/* Passes and draws as the door gets them: in an order in which what is drawn from is there already,
 * triangles of one texture together. F115 */
#include "test.h"

#include "gpu_batch.h"

struct bench {
	struct md_gpu_batch batch;
	struct md_patches patches;
};

static int setup(void **state)
{
	struct bench *bench = calloc(1, sizeof(*bench));
	md_patches_add_box(&bench->patches, (pixman_box32_t){10, 20, 30, 40});
	*state = bench;
	return 0;
}

static int teardown(void **state)
{
	struct bench *bench = *state;
	md_gpu_batch_finish(&bench->batch);
	md_patches_finish(&bench->patches);
	free(bench);
	return 0;
}

static void add(struct bench *bench, uint32_t texture)
{
	const struct md_gpu_paint paint = {.texture = texture, .color = 0x80402010};
	md_gpu_batch_add(&bench->batch, &bench->patches, &paint);
}

static void groups_come_before_what_shows_them(void **state)
{
	struct bench *bench = *state;
	struct os_gpu_frame frame;
	const uint32_t black = 0xff000000, clear = 0;
	md_gpu_batch_open(&bench->batch, &(struct md_gpu_target){0, 100, 100, 0, 0}, &black);
	add(bench, 1);
	md_gpu_batch_open(&bench->batch, &(struct md_gpu_target){7, 64, 64, 10, 20}, &clear);
	add(bench, 2);
	add(bench, 2);
	md_gpu_batch_close(&bench->batch);
	add(bench, 7);
	md_gpu_batch_close(&bench->batch);
	md_gpu_batch_finish_frame(&bench->batch, &frame);
	assert_int_equal(frame.pass_count, 2);
	assert_int_equal(frame.passes[0].target, 7);
	assert_int_equal(frame.passes[0].draw_count, 1);
	assert_int_equal(frame.passes[1].target, 0);
	assert_int_equal(frame.passes[1].clear_color[3], 255);
	assert_int_equal(frame.passes[1].draw_count, 2);
	/* Two boxes of one texture are one draw of four triangles. */
	const struct os_gpu_draw *draw = &frame.draws[frame.passes[0].first_draw];
	assert_int_equal(draw->texture, 2);
	assert_int_equal(draw->index_count, 12);
	assert_int_equal(draw->vertex_count, 8);
	/* In a target of its own, places are counted from its corner. */
	const struct os_gpu_vertex *vertex = &frame.vertices[draw->first_vertex];
	assert_true(vertex->x == 0 && vertex->y == 0);
	assert_int_equal(vertex->color[0], 0x40);
	assert_int_equal(vertex->color[3], 0x80);
	for (uint32_t i = 0; i < draw->index_count; i++) {
		assert_true(frame.indices[draw->first_index + i] < draw->vertex_count);
	}
}

static void memory_is_kept(void **state)
{
	struct bench *bench = *state;
	struct os_gpu_frame frame;
	const struct os_gpu_vertex *vertices = NULL;
	for (int i = 0; i < 3; i++) {
		md_gpu_batch_reset(&bench->batch);
		md_gpu_batch_open(&bench->batch, &(struct md_gpu_target){0, 100, 100, 0, 0}, NULL);
		for (uint32_t k = 0; k < 50; k++) {
			add(bench, k % 3 + 1);
		}
		md_gpu_batch_close(&bench->batch);
		md_gpu_batch_finish_frame(&bench->batch, &frame);
		assert_int_equal(frame.draw_count, 50);
		assert_false(frame.passes[0].clears);
		assert_true(i < 1 || frame.vertices == vertices);
		vertices = frame.vertices;
	}
}

int main(void)
{
#define BATCH_TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
	    BATCH_TEST(groups_come_before_what_shows_them),
	    BATCH_TEST(memory_is_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
