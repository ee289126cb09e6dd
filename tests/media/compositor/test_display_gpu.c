/* Frames through a gpu door: what is asked of it, nothing for a frame in which nothing changed, and
 * `soft` from the frame on that it refuses. The door is a fake that counts. F115 */
#include "test.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <os/memory.h>

#include "display.h"
#include "fake_board.h"

#define WIDTH 64
#define HEIGHT 48

struct os_gpu {
	struct os_display *display;
	int opened, textures, draws, presents, result;
	int memory;       /* textures that it still makes */
	uint64_t updated; /* pixels */
	size_t passes;
};

static struct os_gpu s_gpu;
static struct fake_board *s_fake;

/* --- A fake gpu door -------------------------------------------------------------------------- */

static int gpu_open(struct os_display *display, struct os_gpu **ret_gpu)
{
	s_gpu.display = display;
	s_gpu.opened++;
	*ret_gpu = &s_gpu;
	return s_gpu.result == -ENODEV ? -ENODEV : 0;
}

static void gpu_close(struct os_gpu *gpu)
{
	gpu->opened--;
}

static void gpu_get_info(struct os_gpu *gpu, struct os_gpu_info *ret_info)
{
	*ret_info = (struct os_gpu_info){.name = "fake", .texture_max_px = 40};
}

static int gpu_texture_create(struct os_gpu *gpu, int32_t width_px, int32_t height_px,
			      uint32_t flags, uint32_t *ret_texture)
{
	assert_true(width_px <= 40 && height_px <= 40);
	if (gpu->memory == 0) {
		return -ENOMEM;
	}
	gpu->memory--;
	*ret_texture = (uint32_t)++gpu->textures;
	return 0;
}

static int gpu_texture_update(struct os_gpu *gpu, uint32_t texture, const struct os_rect_px *area,
			      const void *pixels, int32_t stride)
{
	gpu->updated += (uint64_t)area->width * (uint64_t)area->height;
	return 0;
}

static void gpu_texture_destroy(struct os_gpu *gpu, uint32_t texture)
{
	gpu->textures--;
}

static int gpu_draw(struct os_gpu *gpu, const struct os_gpu_frame *frame)
{
	gpu->draws++;
	gpu->passes = frame->pass_count;
	return gpu->result;
}

static int gpu_present(struct os_gpu *gpu, uint64_t frame)
{
	gpu->presents++;
	return fake_board_table(s_fake)->display->submit(gpu->display, frame, NULL, 0);
}

static int gpu_read(struct os_gpu *gpu, uint32_t target, const struct os_rect_px *area,
		    void *pixels, int32_t stride)
{
	memset(pixels, 0x55, (size_t)stride * (size_t)area->height);
	return 0;
}

static const struct os_gpu_door s_gpu_door = {
    .struct_size = sizeof(s_gpu_door),
    .open = gpu_open,
    .close = gpu_close,
    .get_info = gpu_get_info,
    .texture_create = gpu_texture_create,
    .texture_update = gpu_texture_update,
    .texture_destroy = gpu_texture_destroy,
    .draw = gpu_draw,
    .present = gpu_present,
    .read = gpu_read,
};

/* --- A display -------------------------------------------------------------------------------- */

struct bench {
	struct os_loop *loop;
	struct os_board board;
	struct display *display;
	struct md_frame_list *list;
	struct display_answer answer;
	int answers;
	uint32_t *rendered;
};

static void presented(void *context, const struct display_answer *answer)
{
	struct bench *bench = context;
	bench->answer = *answer;
	bench->answers++;
}

static const struct display_delegate s_delegate = {.presented = presented};

static int open_display(struct bench *bench, const char *renderer, struct os_error *ret_error)
{
	const struct display_options options = {.board = &bench->board,
						.driver = "fake",
						.renderer = renderer,
						.mode = {WIDTH, HEIGHT, 1, 60000, false}};
	bench->display = display_create(bench->loop, &options, &s_delegate, bench, ret_error);
	return bench->display == NULL ? -ENODEV : 0;
}

static int setup(void **state)
{
	struct bench *bench = calloc(1, sizeof(*bench));
	memset(&s_gpu, 0, sizeof(s_gpu));
	s_gpu.memory = 100;
	s_fake = fake_board_create(2);
	bench->loop = os_loop_create();
	bench->board = *fake_board_table(s_fake);
	bench->board.touch = NULL;
	bench->board.gpu = &s_gpu_door;
	bench->list = md_frame_list_create();
	*state = bench;
	return 0;
}

static int teardown(void **state)
{
	struct bench *bench = *state;
	display_destroy(bench->display);
	assert_int_equal(s_gpu.opened, 0);
	assert_int_equal(s_gpu.textures, 0);
	md_frame_list_destroy(bench->list);
	os_loop_release(bench->loop);
	fake_board_destroy(s_fake);
	os_free(bench->rendered);
	free(bench);
	return 0;
}

static void show(struct bench *bench, uint64_t frame, bool changed)
{
	pixman_region32_t damage;
	int before = bench->answers;
	bench->list->frame = frame;
	pixman_region32_init(&damage);
	if (changed) {
		pixman_region32_union_rect(&damage, &damage, 0, 0, 10, 10);
	}
	display_show(bench->display, bench->list, &damage);
	pixman_region32_fini(&damage);
	while (bench->answers == before) {
		os_loop_iterate(bench->loop, -1);
	}
	assert_int_equal(bench->answer.frame, frame);
}

/* A layer larger than the GPU's textures, and a white box. */
static void fill_list(struct bench *bench, const uint32_t *pixels)
{
	md_frame_list_reset(bench->list, WIDTH, HEIGHT);
	struct md_frame_item *item = md_frame_list_add(bench->list, MD_FRAME_TEXTURE);
	item->size = (struct md_size){60, 48};
	item->source = (struct md_rect){0, 0, 60, 48};
	item->texture = md_texture_create(
	    (struct md_pixels){(uint32_t *)pixels, 60, 48, 60 * 4, true}, NULL, NULL);
	item->key = 1;
	item->content = 1;
	item = md_frame_list_add(bench->list, MD_FRAME_COLOR);
	item->size = (struct md_size){10, 10};
	item->color = MD_COLOR_WHITE;
	item->key = 2;
}

static void frames_go_through_the_door(void **state)
{
	static const uint32_t s_pixels[60 * 48];
	struct bench *bench = *state;
	struct os_error error = {0};
	assert_int_equal(open_display(bench, NULL, &error), 0);
	fill_list(bench, s_pixels);
	show(bench, 1, true);
	assert_int_equal(s_gpu.presents, 1);
	assert_int_equal(s_gpu.passes, 1);
	/* Four tiles that overlap by a pixel on each side. */
	assert_int_equal(s_gpu.textures, 4);
	assert_int_equal(s_gpu.updated, (39 + 23) * (39 + 11));
	assert_int_equal(bench->answer.bytes_uploaded, s_gpu.updated * 4);
	show(bench, 2, true);
	assert_int_equal(bench->answer.bytes_uploaded, 0);
	/* Nothing changed: nothing is asked of the door, and the frame is answered. */
	show(bench, 3, false);
	assert_int_equal(s_gpu.draws, 2);
	assert_int_equal(s_gpu.presents, 2);
}

static void what_it_refuses_is_drawn_by_soft(void **state)
{
	static const uint32_t s_pixels[60 * 48];
	struct bench *bench = *state;
	struct os_error error = {0};
	assert_int_equal(open_display(bench, "gpu", &error), 0);
	fill_list(bench, s_pixels);
	show(bench, 1, true);
	s_gpu.result = -EIO;
	show(bench, 2, true);
	assert_int_equal(s_gpu.opened, 0);
	assert_int_equal(s_gpu.presents, 1);
	assert_int_equal(fake_board_pixel(s_fake, 5, 5), 0xffffff);
	assert_int_equal(fake_board_last_pixels(s_fake), WIDTH * HEIGHT);
	show(bench, 3, true);
	assert_int_equal(s_gpu.draws, 2);
}

/* A picture with a hole would be worse than a slow one. */
static void without_memory_there_it_is_drawn_by_soft(void **state)
{
	static uint32_t s_pixels[60 * 48];
	struct bench *bench = *state;
	struct os_error error = {0};
	memset(s_pixels, 0x44, sizeof(s_pixels));
	assert_int_equal(open_display(bench, NULL, &error), 0);
	fill_list(bench, s_pixels);
	s_gpu.memory = 2; /* of four tiles */
	show(bench, 1, true);
	assert_int_equal(s_gpu.draws, 0);
	assert_int_equal(s_gpu.textures, 0);
	assert_int_equal(fake_board_pixel(s_fake, 50, 40), 0x444444);
}

static void soft_is_soft(void **state)
{
	struct bench *bench = *state;
	struct os_error error = {0};
	assert_int_equal(open_display(bench, "soft", &error), 0);
	assert_int_equal(s_gpu.opened, 0);
}

/* Asked for, and not there: a sentence; not asked for: soft. */
static void a_door_that_does_not_open(void **state)
{
	struct bench *bench = *state;
	struct os_error error = {0};
	s_gpu.result = -ENODEV;
	assert_int_equal(open_display(bench, "gpu", &error), -ENODEV);
	assert_non_null(strstr(error.text, "GPU"));
	s_gpu.opened = 0;
	fake_board_destroy(s_fake);
	s_fake = fake_board_create(2);
	assert_int_equal(open_display(bench, NULL, &error), 0);
	s_gpu.opened = 0;
	md_frame_list_reset(bench->list, WIDTH, HEIGHT);
	show(bench, 1, true);
	assert_int_equal(s_gpu.draws, 0);
}

static void did_render(void *context, uint32_t *pixels)
{
	struct bench *bench = context;
	bench->rendered = pixels;
}

static void pictures_are_of_soft_unless_told(void **state)
{
	struct bench *bench = *state;
	struct os_error error = {0};
	assert_int_equal(open_display(bench, "gpu", &error), 0);
	for (int shown = 0; shown < 2; shown++) {
		struct md_frame_list *list = md_frame_list_create();
		md_frame_list_reset(list, WIDTH, HEIGHT);
		list->background = MD_COLOR_WHITE;
		if (shown) {
			display_render_shown(bench->display, list, did_render, bench);
		} else {
			display_render(bench->display, list, did_render, bench);
		}
		while (bench->rendered == NULL) {
			os_loop_iterate(bench->loop, -1);
		}
		assert_int_equal(bench->rendered[0] & 0xffffff, shown ? 0x555555 : 0xffffff);
		os_free(bench->rendered);
		bench->rendered = NULL;
	}
	assert_int_equal(s_gpu.presents, 0);
}

int main(void)
{
#define DISPLAY_TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
	    DISPLAY_TEST(frames_go_through_the_door),
	    DISPLAY_TEST(what_it_refuses_is_drawn_by_soft),
	    DISPLAY_TEST(without_memory_there_it_is_drawn_by_soft),
	    DISPLAY_TEST(soft_is_soft),
	    DISPLAY_TEST(a_door_that_does_not_open),
	    DISPLAY_TEST(pictures_are_of_soft_unless_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
