/* The gpu door on SDL's GLES2, offscreen, drawn by Mesa's llvmpipe: every pixel is read back. F115 */
#include "test.h"

#include <errno.h>
#include <string.h>

#include <os/board.h>
#include <os/status.h>

#include "keep_loaded.h"

#define WIDTH 64
#define HEIGHT 48

struct bench {
	const struct os_board *board;
	struct os_display *display;
	struct os_gpu *gpu;
	uint64_t presented;
	uint32_t pixels[WIDTH * HEIGHT];
};

static void presented(void *context, uint64_t frame, int64_t time_us)
{
	struct bench *bench = context;
	bench->presented = frame;
}

static void mode(void *context, const struct os_display_mode *now)
{
}

static void lost(void *context, const char *why)
{
}

static void expose(void *context)
{
}

static const struct os_display_events s_events = {.struct_size = sizeof(s_events),
						  .presented = presented,
						  .mode = mode,
						  .lost = lost,
						  .expose = expose};

static int setup(void **state)
{
	struct bench *bench = calloc(1, sizeof(*bench));
	struct os_error error = {0};
	struct os_display_options options = {.struct_size = sizeof(options),
					     .driver = "offscreen",
					     .renderer = "gpu",
					     .error = &error,
					     .wanted = {WIDTH, HEIGHT, 1, 60000, false}};
	bench->board = os_board_open(BOARDS, "sdl", &error);
	assert_non_null(bench->board);
	if (bench->board->display->open(&options, &s_events, bench, &bench->display) < 0) {
		/* A machine without Mesa: the door says what is missing. */
		print_message("skipped: %s\n", error.text);
		assert_true(error.text[0] != '\0');
		free(bench);
		exit(77);
	}
	keep_loaded();
	assert_int_equal(bench->board->gpu->open(bench->display, &bench->gpu), 0);
	*state = bench;
	return 0;
}

static int teardown(void **state)
{
	struct bench *bench = *state;
	bench->board->gpu->close(bench->gpu);
	bench->board->display->close(bench->display);
	free(bench);
	return 0;
}

static struct os_gpu_vertex corner(float x, float y, float u, float v, const uint8_t color[4])
{
	struct os_gpu_vertex vertex = {.x = x, .y = y, .u = u, .v = v};
	memcpy(vertex.color, color, 4);
	return vertex;
}

static const uint32_t s_indices[6] = {0, 1, 2, 0, 2, 3};

/* A rectangle with the whole texture, into a target. */
static int draw(struct bench *bench, uint32_t target, uint32_t texture, enum os_gpu_blend blend,
		struct os_rect_px at, uint32_t color)
{
	const uint8_t rgba[4] = {(uint8_t)(color >> 16), (uint8_t)(color >> 8), (uint8_t)color,
				 (uint8_t)(color >> 24)};
	float right = (float)(at.x + at.width), bottom = (float)(at.y + at.height);
	const struct os_gpu_vertex vertices[4] = {
	    corner((float)at.x, (float)at.y, 0, 0, rgba), corner(right, (float)at.y, 1, 0, rgba),
	    corner(right, bottom, 1, 1, rgba), corner((float)at.x, bottom, 0, 1, rgba)};
	const struct os_gpu_draw draws[1] = {
	    {.texture = texture, .blend = blend, .vertex_count = 4, .index_count = 6}};
	const struct os_gpu_pass pass = {.target = target, .draw_count = 1};
	const struct os_gpu_frame frame = {vertices, s_indices, draws, &pass, 4, 6, 1, 1};
	return bench->board->gpu->draw(bench->gpu, &frame);
}

static void clear(struct bench *bench, uint32_t target, uint32_t color)
{
	const struct os_gpu_pass pass = {.target = target,
					 .clears = true,
					 .clear_color = {(uint8_t)(color >> 16),
							 (uint8_t)(color >> 8), (uint8_t)color,
							 (uint8_t)(color >> 24)}};
	const struct os_gpu_frame frame = {.passes = &pass, .pass_count = 1};
	assert_int_equal(bench->board->gpu->draw(bench->gpu, &frame), 0);
}

static uint32_t pixel(struct bench *bench, uint32_t target, int x, int y)
{
	uint32_t value = 0;
	const struct os_rect_px area = {x, y, 1, 1};
	assert_int_equal(bench->board->gpu->read(bench->gpu, target, &area, &value, 4), 0);
	return value;
}

static uint32_t make_texture(struct bench *bench, uint32_t flags, uint32_t value)
{
	uint32_t texture = 0, pixels[16];
	const struct os_rect_px all = {0, 0, 4, 4};
	for (int i = 0; i < 16; i++) {
		pixels[i] = value;
	}
	const struct os_gpu_door *door = bench->board->gpu;
	assert_int_equal(door->texture_create(bench->gpu, 4, 4, flags, &texture), 0);
	assert_int_equal(door->texture_update(bench->gpu, texture, &all, pixels, 16), 0);
	return texture;
}

static const struct os_rect_px s_box = {8, 8, 16, 16};

static void colors_and_textures_come_out_as_they_are(void **state)
{
	struct bench *bench = *state;
	clear(bench, 0, 0xff102030);
	assert_int_equal(pixel(bench, 0, 0, 0) & 0xffffff, 0x102030);
	assert_int_equal(draw(bench, 0, 0, OS_GPU_OVER, s_box, 0xffc08040), 0);
	assert_int_equal(pixel(bench, 0, 8, 8) & 0xffffff, 0xc08040);
	assert_int_equal(pixel(bench, 0, 23, 23) & 0xffffff, 0xc08040);
	assert_int_equal(pixel(bench, 0, 24, 23) & 0xffffff, 0x102030);
	assert_int_equal(pixel(bench, 0, 7, 8) & 0xffffff, 0x102030);
	/* Opaque: the alpha is not looked at. */
	uint32_t opaque = make_texture(bench, OS_GPU_OPAQUE, 0x00336699);
	assert_int_equal(draw(bench, 0, opaque, OS_GPU_OVER, s_box, 0xffffffff), 0);
	assert_int_equal(pixel(bench, 0, 10, 10) & 0xffffff, 0x336699);
}

static void premultiplied_colors_lie_over_one_another(void **state)
{
	struct bench *bench = *state;
	clear(bench, 0, 0xff0000ff);
	uint32_t half = make_texture(bench, 0, 0x80800000);
	assert_int_equal(draw(bench, 0, half, OS_GPU_OVER, s_box, 0xffffffff), 0);
	uint32_t mixed = pixel(bench, 0, 10, 10);
	assert_in_range(mixed >> 16 & 255, 0x7f, 0x81);
	assert_in_range(mixed & 255, 0x7e, 0x80);
}

static void a_group_is_drawn_and_then_faded(void **state)
{
	struct bench *bench = *state;
	uint32_t group = 0;
	assert_int_equal(
	    bench->board->gpu->texture_create(bench->gpu, 16, 16, OS_GPU_TARGET, &group), 0);
	const struct os_rect_px left = {0, 0, 8, 16};
	clear(bench, group, 0);
	assert_int_equal(draw(bench, group, 0, OS_GPU_OVER, left, 0xff00ff00), 0);
	assert_int_equal(pixel(bench, group, 2, 2), 0xff00ff00);
	assert_int_equal(pixel(bench, group, 12, 2), 0);
	clear(bench, 0, 0xffffffff);
	assert_int_equal(draw(bench, 0, group, OS_GPU_OVER, s_box, 0x80808080), 0);
	assert_in_range(pixel(bench, 0, 10, 10) >> 16 & 255, 0x7e, 0x80);
	assert_in_range(pixel(bench, 0, 10, 10) >> 8 & 255, 0xfe, 0xff);
	assert_int_equal(pixel(bench, 0, 20, 10) & 0xffffff, 0xffffff);
}

static void masks_and_sums(void **state)
{
	struct bench *bench = *state;
	uint32_t target = 0;
	const struct os_rect_px all = {0, 0, 16, 16};
	assert_int_equal(
	    bench->board->gpu->texture_create(bench->gpu, 16, 16, OS_GPU_TARGET, &target), 0);
	clear(bench, target, 0xff804020);
	uint32_t mask = make_texture(bench, 0, 0x80808080);
	assert_int_equal(draw(bench, target, mask, OS_GPU_MASK, all, 0xffffffff), 0);
	uint32_t left = pixel(bench, target, 3, 3);
	assert_in_range(left >> 24, 0x7f, 0x81);
	assert_in_range(left >> 16 & 255, 0x3f, 0x41);
	assert_int_equal(draw(bench, target, 0, OS_GPU_ADD, all, 0x10101010), 0);
	assert_in_range(pixel(bench, target, 3, 3) >> 16 & 255, 0x4f, 0x51);
}

static void what_cannot_be_is_refused(void **state)
{
	struct bench *bench = *state;
	const struct os_gpu_door *door = bench->board->gpu;
	struct os_gpu_info info;
	uint32_t texture = 0, pixels[4] = {0};
	door->get_info(bench->gpu, &info);
	assert_true(info.name[0] != '\0');
	assert_true(info.texture_max_px >= 1024);
	assert_int_equal(door->texture_create(bench->gpu, info.texture_max_px + 1, 4, 0, &texture),
			 -E2BIG);
	assert_int_equal(door->texture_create(bench->gpu, 0, 4, 0, &texture), -EINVAL);
	texture = make_texture(bench, 0, 0);
	const struct os_rect_px outside = {3, 0, 2, 2};
	assert_int_equal(door->texture_update(bench->gpu, texture, &outside, pixels, 8), -EINVAL);
	door->texture_destroy(bench->gpu, texture);
	assert_int_equal(door->texture_update(bench->gpu, texture, &s_box, pixels, 8), -EINVAL);
	assert_int_equal(draw(bench, 0, texture, OS_GPU_OVER, s_box, 0xffffffff), -EINVAL);
	assert_int_equal(draw(bench, 99, 0, OS_GPU_OVER, s_box, 0xffffffff), -EINVAL);
}

static void a_frame_that_was_shown_is_answered(void **state)
{
	struct bench *bench = *state;
	clear(bench, 0, 0xff000000);
	assert_int_equal(bench->board->gpu->present(bench->gpu, 5), 0);
	assert_int_equal(bench->presented, 0);
	bench->board->display->dispatch(bench->display);
	assert_int_equal(bench->presented, 5);
}

/* The same display can be drawn by the CPU: its picture goes through a texture. */
static void soft_goes_through_a_texture(void **state)
{
	struct bench *bench = *state;
	struct os_display_buffer buffer;
	const struct os_display_door *door = bench->board->display;
	assert_int_equal(door->begin(bench->display, &buffer), 0);
	assert_int_equal(buffer.age, 0);
	for (int i = 0; i < WIDTH * HEIGHT; i++) {
		buffer.pixels[i] = 0x00abcdef;
	}
	const struct os_rect_px all = {0, 0, WIDTH, HEIGHT};
	assert_int_equal(door->submit(bench->display, 9, &all, 1), 0);
	door->dispatch(bench->display);
	assert_int_equal(bench->presented, 9);
	assert_int_equal(door->begin(bench->display, &buffer), 0);
	assert_int_equal(buffer.age, 1);
	assert_int_equal(pixel(bench, 0, WIDTH - 1, HEIGHT - 1) & 0xffffff, 0xabcdef);
}

int main(void)
{
#define GPU_TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
	    GPU_TEST(colors_and_textures_come_out_as_they_are),
	    GPU_TEST(premultiplied_colors_lie_over_one_another),
	    GPU_TEST(a_group_is_drawn_and_then_faded),
	    GPU_TEST(masks_and_sums),
	    GPU_TEST(what_cannot_be_is_refused),
	    GPU_TEST(a_frame_that_was_shown_is_answered),
	    GPU_TEST(soft_goes_through_a_texture),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
