/* The renderer `gpu` beside `soft`: the same frame lists by both, every pixel compared. Drawn by
 * Mesa's llvmpipe through SDL's offscreen driver, so it runs on a machine without a GPU. F115
 *
 * Tolerance, on each channel of 255. `flat` is how far any pixel may be off where nothing ends
 * between pixels; a GPU rounds each blend once more than pixman does. At edges that lie between
 * pixels the two ways of smoothing differ; `edges` is the share of the pixels that may be off by
 * more than `flat`, and `edge` how far. */
#include "test.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <os/board.h>
#include <os/memory.h>
#include <os/status.h>

#include "gpu_renderer.h"
#include "keep_loaded.h"

#define WIDTH 200
#define HEIGHT 160

struct bench {
	const struct os_board *board;
	struct os_display *display;
	struct os_gpu *gpu;
	struct md_rasterizer *rasterizer;
	struct md_gpu_renderer *renderer;
	struct md_frame_list *list;
	uint32_t soft[WIDTH * HEIGHT], drawn[WIDTH * HEIGHT];
};

static void presented(void *context, uint64_t frame, int64_t time_us)
{
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

/* One GPU for all tests: Mesa takes its time. */
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
		print_message("skipped: %s\n", error.text);
		exit(77);
	}
	keep_loaded();
	assert_int_equal(bench->board->gpu->open(bench->display, &bench->gpu), 0);
	bench->rasterizer = md_rasterizer_create();
	bench->renderer = md_gpu_renderer_create(bench->board->gpu, bench->gpu, bench->rasterizer);
	bench->list = md_frame_list_create();
	*state = bench;
	return 0;
}

static int teardown(void **state)
{
	struct bench *bench = *state;
	md_frame_list_destroy(bench->list);
	md_gpu_renderer_destroy(bench->renderer);
	md_rasterizer_destroy(bench->rasterizer);
	bench->board->gpu->close(bench->gpu);
	bench->board->display->close(bench->display);
	free(bench);
	return 0;
}

/* --- Comparing -------------------------------------------------------------------------------- */

static int difference(uint32_t a, uint32_t b)
{
	int most = 0;
	for (int shift = 0; shift < 24; shift += 8) {
		most = OS_MAX(most, abs((int)(a >> shift & 255) - (int)(b >> shift & 255)));
	}
	return most;
}

/* STRATA_PICTURES: a folder for soft, gpu and difference beside each other, to be looked at. */
static void save(const struct bench *bench, const char *name)
{
	const char *folder = getenv("STRATA_PICTURES");
	if (folder == NULL) {
		return;
	}
	char path[512];
	snprintf(path, sizeof(path), "%s/%s.ppm", folder, name);
	FILE *file = fopen(path, "w");
	fprintf(file, "P6 %d %d 255\n", 3 * WIDTH, HEIGHT);
	for (int y = 0; y < HEIGHT; y++) {
		for (int x = 0; x < 3 * WIDTH; x++) {
			int at = y * WIDTH + x % WIDTH;
			uint32_t off = (uint32_t)OS_MIN(
			    difference(bench->soft[at], bench->drawn[at]) * 8, 255);
			uint32_t pixel = x < WIDTH       ? bench->soft[at]
					 : x < 2 * WIDTH ? bench->drawn[at]
							 : off * 0x010101;
			fputc((int)(pixel >> 16 & 255), file);
			fputc((int)(pixel >> 8 & 255), file);
			fputc((int)(pixel & 255), file);
		}
	}
	fclose(file);
}

static void draw(struct bench *bench)
{
	const struct os_rect_px all = {0, 0, WIDTH, HEIGHT};
	pixman_region32_t damage;
	pixman_region32_init_rect(&damage, 0, 0, WIDTH, HEIGHT);
	md_rasterizer_draw(bench->rasterizer, bench->list, bench->soft, WIDTH * 4, &damage);
	pixman_region32_fini(&damage);
	assert_int_equal(md_gpu_renderer_draw(bench->renderer, bench->list), 0);
	assert_int_equal(bench->board->gpu->read(bench->gpu, 0, &all, bench->drawn, WIDTH * 4), 0);
	bench->board->gpu->present(bench->gpu, 1);
	bench->board->display->dispatch(bench->display);
}

/* Draws by both; `edges` is in thousandths of all pixels. */
static void compare(struct bench *bench, const char *name, int flat, int edge, int edges)
{
	draw(bench);
	save(bench, name);
	int off = 0, most = 0;
	for (int i = 0; i < WIDTH * HEIGHT; i++) {
		int by = difference(bench->soft[i], bench->drawn[i]);
		off += by > flat;
		most = OS_MAX(most, by);
	}
	if (most > edge || off * 1000 > edges * WIDTH * HEIGHT) {
		fail_msg("%s: %d pixels are off by more than %d, the most by %d", name, off, flat,
			 most);
	}
	if (getenv("STRATA_PICTURES") != NULL) {
		print_message("%s: %d pixels off by more than %d, most %d\n", name, off, flat,
			      most);
	}
}

/* --- Lists ------------------------------------------------------------------------------------ */

static struct md_frame_item *add(struct bench *bench, enum md_frame_kind kind,
				 struct md_affine to_px, double width, double height)
{
	struct md_frame_item *item = md_frame_list_add(bench->list, kind);
	item->to_px = to_px;
	item->size = (struct md_size){width, height};
	item->key = bench->list->item_count;
	return item;
}

static struct md_frame_item *add_color(struct bench *bench, double x, double y, double width,
				       double height, uint32_t rgb)
{
	struct md_frame_item *item =
	    add(bench, MD_FRAME_COLOR, md_affine_translation(x, y), width, height);
	item->color = md_color_hex(rgb);
	return item;
}

static void begin(struct bench *bench)
{
	md_frame_list_reset(bench->list, WIDTH, HEIGHT);
	bench->list->background = md_color_hex(0xe8e4d8);
}

static void free_pixels(void *context)
{
	free(context);
}

/* Lines and a slope of colours, so that being off by a pixel shows. */
static struct md_texture *make_texture(int width, int height, bool opaque)
{
	uint32_t *pixels = calloc((size_t)width * (size_t)height, 4);
	for (int y = 0; y < height; y++) {
		for (int x = 0; x < width; x++) {
			unsigned alpha = opaque || (x / 8 + y / 8) % 2 == 0 ? 255 : 96;
			unsigned r = (unsigned)(x * 255 / width), g = (unsigned)(y * 255 / height);
			unsigned b = x % 16 == 0 || y % 16 == 0 ? 255 : 40;
			pixels[y * width + x] = alpha << 24 | r * alpha / 255 << 16 |
						g * alpha / 255 << 8 | b * alpha / 255;
		}
	}
	return md_texture_create((struct md_pixels){pixels, width, height, width * 4, opaque},
				 free_pixels, pixels);
}

static struct md_frame_item *add_texture(struct bench *bench, struct md_texture *texture,
					 struct md_affine to_px, double width, double height)
{
	int px_width, px_height;
	md_texture_size_px(texture, &px_width, &px_height);
	struct md_frame_item *item = add(bench, MD_FRAME_TEXTURE, to_px, width, height);
	item->texture = texture;
	item->source = (struct md_rect){0, 0, px_width, px_height};
	return item;
}

static struct md_affine turn(double angle, double x, double y)
{
	return md_affine_concat(md_affine_rotation(angle), md_affine_translation(x, y));
}

/* --- Tests ------------------------------------------------------------------------------------ */

static void boxes(void **state)
{
	struct bench *bench = *state;
	begin(bench);
	add_color(bench, 10, 10, 80, 60, 0x2060c0);
	add_color(bench, 40, 30, 80, 60, 0xc03020)->opacity = 0.5;
	add_color(bench, 180, 150, 80, 60, 0x209040);
	add_color(bench, 20, 100, 30, 30, 0x000000)->color.a = 0.25;
	compare(bench, "boxes", 1, 1, 0);
}

static void edges_between_pixels(void **state)
{
	struct bench *bench = *state;
	begin(bench);
	add_color(bench, 10.25, 10.7, 40.5, 30.1, 0x2060c0);
	add_color(bench, 60.5, 10.5, 0.5, 100, 0xff0000);
	add_color(bench, 70.1, 10.9, 0.6, 100.3, 0x000000);
	add(bench, MD_FRAME_COLOR, turn(0.3, 120, 20), 60, 40)->color = md_color_hex(0x209040);
	add(bench, MD_FRAME_COLOR, turn(0.8, 120, 80), 60, 0.8)->color = md_color_hex(0x101010);
	compare(bench, "edges", 2, 32, 1);
}

static void round_corners_and_borders(void **state)
{
	struct bench *bench = *state;
	begin(bench);
	add_color(bench, 10, 10, 60, 40, 0x2060c0)->radius = 10;
	add_color(bench, 10, 60, 24, 24, 0xc03020)->radius = 12;
	add_color(bench, 44, 60, 30, 8, 0xc03020)->radius = 40;
	struct md_frame_item *line =
	    add(bench, MD_FRAME_BORDER, md_affine_translation(80, 10), 60, 40);
	line->color = md_color_hex(0x101010);
	line->width = 1;
	line->radius = 10;
	line = add(bench, MD_FRAME_BORDER, md_affine_translation(80, 60), 60, 40);
	line->color = md_color_hex(0x101010);
	line->width = 3;
	line = add(bench, MD_FRAME_BORDER, md_affine_translation(10, 110), 60, 40);
	line->color = md_color_hex(0x101010);
	line->width = 0.5;
	line->radius = 6;
	line = add(bench, MD_FRAME_BORDER, turn(0.2, 100, 105), 60, 40);
	line->color = md_color_hex(0x101010);
	line->width = 2;
	line->radius = 8;
	add(bench, MD_FRAME_COLOR, turn(-0.4, 150, 60), 40, 50)->radius = 14;
	bench->list->items[bench->list->item_count - 1].color = md_color_hex(0x209040);
	compare(bench, "round", 3, 8, 3);
}

static void textures(void **state)
{
	struct bench *bench = *state;
	struct md_texture *texture = make_texture(64, 48, false);
	struct md_texture *opaque = make_texture(64, 48, true);
	begin(bench);
	add_texture(bench, md_texture_retain(texture), md_affine_translation(4, 4), 64, 48);
	add_texture(bench, md_texture_retain(opaque), md_affine_translation(72, 4), 64, 48)
	    ->opacity = 0.6;
	add_texture(bench, md_texture_retain(texture), md_affine_translation(140, 4), 40, 30);
	add_texture(bench, md_texture_retain(opaque), turn(M_PI_2, 52, 56), 64, 48);
	bench->list->items[3].to_px = (struct md_affine){0, 1, -1, 0, 52, 56};
	add_texture(bench, md_texture_retain(texture), turn(0.3, 90, 60), 64, 48)->radius = 12;
	add_texture(bench, md_texture_retain(opaque), md_affine_translation(150, 60), 16, 12);
	add_texture(bench, md_texture_retain(opaque), md_affine_translation(150, 80), 40, 40)
	    ->source = (struct md_rect){8, 4, 40, 40};
	compare(bench, "textures", 3, 16, 1);
	md_texture_release(texture);
	md_texture_release(opaque);
}

static void clips(void **state)
{
	struct bench *bench = *state;
	struct md_texture *texture = make_texture(100, 80, true);
	begin(bench);
	int32_t card = md_frame_list_add_clip(
	    bench->list, &(struct md_frame_clip){-1, md_affine_translation(10, 10), {80, 60}, 16});
	int32_t inner = md_frame_list_add_clip(
	    bench->list,
	    &(struct md_frame_clip){card, md_affine_translation(30, 30), {80, 60}, 10});
	int32_t turned = md_frame_list_add_clip(
	    bench->list, &(struct md_frame_clip){-1, turn(0.3, 130, 60), {50, 60}, 12});
	add_texture(bench, md_texture_retain(texture), md_affine_translation(0, 0), 100, 80)->clip =
	    card;
	add_color(bench, 20, 20, 100, 100, 0xffffff)->clip = inner;
	add_color(bench, 44, 36, 100, 100, 0x1060c0)->clip = inner;
	bench->list->items[2].radius = 9;
	add_texture(bench, md_texture_retain(texture), md_affine_translation(95, 60), 100, 80)
	    ->clip = turned;
	compare(bench, "clips", 3, 10, 2);
	md_texture_release(texture);
}

static void shadows(void **state)
{
	struct bench *bench = *state;
	begin(bench);
	const double sizes[3][3] = {{60, 40, 12}, {16, 16, 20}, {50, 100, 6}};
	double x = 20;
	for (int i = 0; i < 3; i++, x += 65) {
		struct md_frame_item *item = add(
		    bench, MD_FRAME_SHADOW, md_affine_translation(x, 30), sizes[i][0], sizes[i][1]);
		item->color = (struct md_color){0, 0, 0, 0.4};
		item->blur = sizes[i][2];
		item->radius = 8;
	}
	struct md_frame_item *item = add(bench, MD_FRAME_SHADOW, turn(0.3, 40, 100), 70, 30);
	item->color = (struct md_color){0, 0, 0.3, 0.5};
	item->blur = 10;
	item->radius = 8;
	compare(bench, "shadows", 6, 10, 1);
}

static void backdrops(void **state)
{
	struct bench *bench = *state;
	struct md_texture *texture = make_texture(WIDTH, HEIGHT, true);
	begin(bench);
	add_texture(bench, md_texture_retain(texture), MD_AFFINE_IDENTITY, WIDTH, HEIGHT);
	const double blurs[4] = {8, 20, 40, 90};
	for (int i = 0; i < 4; i++) {
		struct md_frame_item *item =
		    add(bench, MD_FRAME_BACKDROP,
			md_affine_translation(10 + i % 2 * 95, 10 + i / 2 * 75), 85, 65);
		item->blur = blurs[i];
		item->radius = 12;
		add_color(bench, 30 + i % 2 * 95, 20 + i / 2 * 75, 30, 10, 0xffffff)->opacity = 0.5;
	}
	compare(bench, "backdrops", 8, 16, 10);
	md_texture_release(texture);
}

static void groups(void **state)
{
	struct bench *bench = *state;
	struct md_texture *texture = make_texture(60, 60, false);
	begin(bench);
	md_frame_list_add(bench->list, MD_FRAME_GROUP_BEGIN)->opacity = 0.5;
	add_color(bench, 10, 10, 90, 90, 0x2060c0)->radius = 20;
	add_color(bench, 50, 50, 90, 90, 0xc03020)->radius = 20;
	md_frame_list_add(bench->list, MD_FRAME_GROUP_BEGIN)->opacity = 0.4;
	add_texture(bench, md_texture_retain(texture), md_affine_translation(60, 60), 60, 60);
	add_color(bench, 90, 90, 90, 30, 0xffffff);
	md_frame_list_add(bench->list, MD_FRAME_GROUP_END);
	add(bench, MD_FRAME_BACKDROP, md_affine_translation(20, 20), 50, 50)->blur = 12;
	md_frame_list_add(bench->list, MD_FRAME_GROUP_END);
	add_color(bench, 150, 20, 40, 40, 0x209040);
	compare(bench, "groups", 6, 6, 0);
	md_texture_release(texture);
}

/* Everything beneath a cover that fills the display is left out, and nothing else changes. */
static void what_is_covered_is_not_drawn(void **state)
{
	struct bench *bench = *state;
	begin(bench);
	add_color(bench, 10, 10, 60, 40, 0x2060c0);
	add_color(bench, 0, 0, WIDTH, HEIGHT, 0xffffff);
	add_color(bench, 30, 30, 60, 40, 0xc03020);
	uint64_t before = md_gpu_renderer_counts(bench->renderer).drawn;
	compare(bench, "covered", 0, 0, 0);
	assert_int_equal(md_gpu_renderer_counts(bench->renderer).drawn - before, 2);
}

/* --- Uploads ---------------------------------------------------------------------------------- */

static uint64_t uploaded(struct bench *bench)
{
	uint64_t before = md_gpu_renderer_counts(bench->renderer).bytes_uploaded;
	draw(bench);
	return md_gpu_renderer_counts(bench->renderer).bytes_uploaded - before;
}

static struct md_frame_item *one_texture(struct bench *bench, struct md_texture *texture,
					 uint64_t content)
{
	begin(bench);
	struct md_frame_item *item =
	    add_texture(bench, md_texture_retain(texture), md_affine_translation(4, 4), 64, 48);
	item->key = 77;
	item->content = content;
	return item;
}

static void only_what_changed_is_uploaded(void **state)
{
	struct bench *bench = *state;
	struct md_texture *texture = make_texture(64, 48, true);
	struct md_texture *other = make_texture(64, 48, true);
	one_texture(bench, texture, 1);
	assert_int_equal(uploaded(bench), 64 * 48 * 4);
	one_texture(bench, texture, 1);
	assert_int_equal(uploaded(bench), 0);
	/* Its other buffer, in which a part changed. */
	pixman_image_t *image = md_texture_image(other);
	for (int x = 10; x < 20; x++) {
		pixman_image_get_data(image)[5 * 64 + x] = 0xffffffff;
	}
	one_texture(bench, other, 2)->content_damage = (struct md_rect){10, 5, 10, 1};
	assert_int_equal(uploaded(bench), 10 * 4);
	compare(bench, "uploaded", 1, 1, 0);
	/* One was missed: all of it. */
	one_texture(bench, texture, 4);
	assert_int_equal(uploaded(bench), 64 * 48 * 4);
	size_t held = md_gpu_renderer_counts(bench->renderer).texture_bytes;
	assert_true(held >= 64 * 48 * 4);
	/* Damage that an app made up stays inside. */
	one_texture(bench, texture, 5)->content_damage = (struct md_rect){-50, 40, 1e9, 1e9};
	assert_int_equal(uploaded(bench), 64 * 8 * 4);
	md_texture_release(texture);
	md_texture_release(other);
}

static void what_is_not_shown_is_dropped(void **state)
{
	struct bench *bench = *state;
	struct md_texture *texture = make_texture(64, 48, true);
	one_texture(bench, texture, 1);
	draw(bench);
	begin(bench);
	for (int i = 0; i < 605; i++) {
		md_gpu_renderer_draw(bench->renderer, bench->list);
	}
	assert_int_equal(md_gpu_renderer_counts(bench->renderer).texture_bytes, 0);
	md_texture_release(texture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(boxes),
	    cmocka_unit_test(edges_between_pixels),
	    cmocka_unit_test(round_corners_and_borders),
	    cmocka_unit_test(textures),
	    cmocka_unit_test(clips),
	    cmocka_unit_test(shadows),
	    cmocka_unit_test(backdrops),
	    cmocka_unit_test(groups),
	    cmocka_unit_test(what_is_covered_is_not_drawn),
	    cmocka_unit_test(only_what_changed_is_uploaded),
	    cmocka_unit_test(what_is_not_shown_is_dropped),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
