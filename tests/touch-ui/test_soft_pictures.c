/* What `soft` draws is the same to the bit on every processor: scenes of every kind of thing on the
 * engine itself, and what their pixels add up to, in tests/golden/expected/soft.txt. The other
 * processor's turn is `./strata test --arch arm64`. GOLDEN=accept writes what was made. F134, F151 */
#include "screen.h"

#include <fcntl.h>
#include <math.h>
#include <os/buffer.h>
#include <os/file.h>


#include "view_layer.h"

#define SCENES_MOST 8

struct made {
	char name[32];
	uint64_t sum;
};

static struct made s_made[SCENES_MOST];
static int s_count;

/* FNV-1a over the picture that is shown, row by row. */
static uint64_t sum_of(const struct screen *screen)
{
	struct os_display_mode mode = fake_board_mode(screen->stage.board);
	uint64_t sum = 0xcbf29ce484222325u;
	for (int y = 0; y < mode.height_px; y++) {
		for (int x = 0; x < mode.width_px; x++) {
			sum = (sum ^ screen_pixel(screen, x, y)) * 0x100000001b3u;
		}
	}
	return sum;
}

/* The picture itself, for somebody who wants to see what differs. */
static void keep(const struct screen *screen, const char *name)
{
	struct os_display_mode mode = fake_board_mode(screen->stage.board);
	size_t count = (size_t)mode.width_px * (size_t)mode.height_px;
	uint32_t *pixels = calloc(count, sizeof(*pixels));
	for (size_t i = 0; i < count; i++) {
		pixels[i] = 0xff000000 | screen_pixel(screen, (int)(i % (size_t)mode.width_px),
						      (int)(i / (size_t)mode.width_px));
	}
	struct md_image *image =
	    md_image_create_from_pixels(pixels, mode.width_px, mode.height_px, mode.width_px * 4, 1);
	struct os_buffer png = {0};
	char path[64];
	snprintf(path, sizeof(path), "soft-%s.png", name);
	assert_int_equal(md_image_write_png(image, &png), 0);
	assert_int_equal(os_file_write_atomic(AT_FDCWD, path, png.bytes, png.length), 0);
	os_buffer_finish(&png);
	md_image_release(image);
	free(pixels);
}

static void take(const struct screen *screen, const char *name)
{
	assert_true(s_count < SCENES_MOST);
	struct made *made = &s_made[s_count++];
	snprintf(made->name, sizeof(made->name), "%s", name);
	made->sum = sum_of(screen);
	keep(screen, name);
}

static struct ui_view *column(void)
{
	struct ui_view *stack = ui_stack_create(UI_STACK_VERTICAL, 10);
	ui_stack_set_insets(stack, (struct md_insets){24, 20, 24, 20});
	return stack;
}

static void text_of_all_scripts(void **state)
{
	static const char *const texts[] = {
	    "Ångström, naïve — “Waffles”, fi fl 0123456789", "مرحبا بالعالم، ١٢٣ وما بعدها",
	    "שלום עולם", "สวัสดีชาวโลก", "नमस्ते दुनिया", "你好，世界。こんにちは", "🦊 👨‍👩‍👧 🇩🇪 ☕",
	};
	struct screen screen;
	screen_begin(&screen);
	struct ui_view *page = column();
	for (size_t i = 0; i < OS_ARRAY_LEN(texts); i++) {
		struct ui_view *label = ui_label_create(texts[i]);
		ui_label_set_lines(label, 0);
		ui_label_set_style(label, (enum ui_text_style)(i % UI_TEXT_BAR_TITLE));
		ui_view_add(page, label);
	}
	ui_view_add(page, ui_spacer_create());
	screen_show(&screen, page);
	take(&screen, "text");
	screen_end(&screen);
}

static struct ui_view *controls(void)
{
	struct ui_view *page = column();
	ui_stack_set_align(page, UI_ALIGN_START);
	ui_view_add(page, ui_button_create("Filled", UI_BUTTON_FILLED));
	ui_view_add(page, ui_button_create("Tinted", UI_BUTTON_TINTED));
	ui_view_add(page, ui_switch_create(true));
	ui_view_add(page, ui_switch_create(false));
	struct ui_view *slider = ui_slider_create(0.37);
	ui_view_set_fixed_size(slider, (struct md_size){300, 0});
	ui_view_add(page, slider);
	struct ui_view *field = ui_text_field_create("Search");
	ui_view_set_fixed_size(field, (struct md_size){300, 0});
	ui_view_add(page, field);
	struct ui_view *card = ui_view_create();
	ui_view_set_fixed_size(card, (struct md_size){200, 80});
	ui_view_set_background(card, UI_COLOR_GROUPED);
	ui_view_set_corner_radius(card, 13);
	ui_view_set_border(card, 1, UI_COLOR_SEPARATOR);
	ui_view_set_shadow(card, true);
	ui_view_add(page, card);
	ui_view_add(page, ui_spacer_create());
	return page;
}

static void controls_at_two_scales(void **state)
{
	struct screen screen;
	screen_begin(&screen);
	screen_show(&screen, controls());
	take(&screen, "controls");
	screen_end(&screen);
	screen_begin_mode(&screen, (struct os_display_mode){720, 1280, 1.6, 60000, false});
	screen_show(&screen, controls());
	take(&screen, "controls-1.6");
	screen_end(&screen);
}

static void draw_shapes(struct ui_view *view, struct md_canvas *canvas, struct md_rect bounds,
			void *context)
{
	struct md_gradient gradient = {.from = {0, 0},
				       .to = {200, 150},
				       .stops = {{0, md_color_hex(0x3366cc)},
						 {0.4, md_color_hex(0xffcc33)},
						 {1, md_color_hex(0xcc3366)}},
				       .stop_count = 3};
	md_canvas_fill_gradient(canvas, (struct md_rect){0, 0, 200, 150}, &gradient);
	struct md_path *path = md_path_create();
	md_path_move_to(path, 20.3, 120.7);
	md_path_curve_to(path, (struct md_point){60, 10}, (struct md_point){130, 170},
			 (struct md_point){180.5, 30.25});
	md_canvas_stroke_path(canvas, path, 5.5, md_color_hex(0x114411));
	md_path_release(path);
	md_canvas_fill_ellipse(canvas, (struct md_rect){90, 60, 71, 43}, md_color_hex(0xffffff));
	md_canvas_draw_symbol(canvas, "gear", (struct md_rect){10, 10, 33, 33},
			      md_color_hex(0x000000));
}

static struct ui_view *canvas_at(struct ui_view *page, struct md_rect frame, double degrees,
				 double scale)
{
	struct ui_view *view = ui_canvas_view_create(draw_shapes, NULL);
	ui_view_set_frame(view, frame);
	ui_view_set_layered(view, true);
	ui_view_set_transform(view, (struct md_transform){.scale_x = scale,
							  .scale_y = scale,
							  .rotation_rad = degrees * M_PI / 180});
	ui_view_add(page, view);
	return view;
}

static void turned_and_scaled_layers(void **state)
{
	struct screen screen;
	screen_begin(&screen);
	struct ui_view *page = ui_view_create();
	canvas_at(page, (struct md_rect){20, 20, 200, 150}, 0, 1);
	canvas_at(page, (struct md_rect){240, 20, 200, 150}, 17, 0.83);
	canvas_at(page, (struct md_rect){20, 200, 200, 150}, 90, 1);
	canvas_at(page, (struct md_rect){240, 220, 200, 150}, 45, 0.5);
	canvas_at(page, (struct md_rect){20, 420, 200, 150}, 0, 0.25);
	ui_view_set_opacity(canvas_at(page, (struct md_rect){200, 450, 200, 150}, -33, 1.31), 0.6);
	screen_show(&screen, page);
	take(&screen, "turned");
	screen_end(&screen);
}

static void go_there(void *context)
{
	ui_view_set_frame(context, (struct md_rect){250, 500, 150, 90});
	ui_view_set_opacity(context, 0.4);
}

/* In the midst of a spring: its closed form has a sine and an exponential in it. */
static void a_spring_half_way(void **state)
{
	struct screen screen;
	screen_begin(&screen);
	struct ui_view *page = ui_view_create();
	struct ui_view *box = canvas_at(page, (struct md_rect){20, 20, 200, 150}, 0, 1);
	screen_show(&screen, page);
	const struct ui_animation spring = {.is_spring = true,
					    .spring = md_spring_from_frequency(9, 0.6)};
	ui_animate(&spring, go_there, box, NULL);
	screen_step(&screen, 9);
	take(&screen, "spring");
	screen_step(&screen, 200);
	screen_end(&screen);
}

static int rows(void *context, struct ui_view *table, int section)
{
	return 200;
}

static void fill(void *context, struct ui_view *table, struct ui_view *cell, struct ui_row row)
{
	char title[32];
	snprintf(title, sizeof(title), "Row %d", row.index);
	ui_table_cell_set_text(cell, title, "with what belongs to it");
	ui_table_cell_set_symbol(cell, "star", UI_COLOR_TINT);
}

/* A list while it is flung: the scroller's exponential decides where it is. */
static void a_list_that_was_flung(void **state)
{
	static const struct ui_table_source source = {
	    .struct_size = sizeof(source), .row_count = rows, .fill = fill};
	struct screen screen;
	screen_begin(&screen);
	struct ui_view *table = ui_table_view_create(UI_TABLE_GROUPED);
	ui_table_view_set_source(table, &source, NULL);
	screen_show(&screen, table);
	screen_drag(&screen, 240, 600, 240, 300, 8);
	screen_step(&screen, 12);
	take(&screen, "flung");
	screen_step(&screen, 300);
	take(&screen, "flung-rest");
	screen_end(&screen);
}

static void accept(const char *path)
{
	struct os_buffer text = {0};
	for (int i = 0; i < s_count; i++) {
		os_buffer_printf(&text, "%s %016llx\n", s_made[i].name,
				 (unsigned long long)s_made[i].sum);
	}
	assert_int_equal(os_file_write_atomic(AT_FDCWD, path, text.bytes, text.length), 0);
	os_buffer_finish(&text);
}

static bool is_reference(void)
{
	char version[32] = "";
	FILE *file = fopen("/etc/debian_version", "re");
	if (file) {
		(void)!fgets(version, sizeof(version), file);
		fclose(file);
	}
	return strncmp(version, "12", 2) == 0;
}

static void all_are_what_they_were(void **state)
{
	if (getenv("GOLDEN") && strcmp(getenv("GOLDEN"), "accept") == 0) {
		accept(SOFT_EXPECTED);
		return;
	}
	if (!is_reference()) {
		printf("skipped: the expected sums are Debian 12's packages'\n");
		skip();
	}
	FILE *file = fopen(SOFT_EXPECTED, "re");
	assert_non_null(file);
	char name[32];
	unsigned long long sum;
	int compared = 0, wrong = 0;
	while (fscanf(file, "%31s %llx", name, &sum) == 2) {
		assert_true(compared < s_count);
		assert_string_equal(s_made[compared].name, name);
		if (s_made[compared].sum != sum) {
			printf("%s differs; see soft-%s.png\n", name, name);
			wrong++;
		}
		compared++;
	}
	fclose(file);
	assert_int_equal(compared, s_count);
	assert_int_equal(wrong, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(text_of_all_scripts),	cmocka_unit_test(controls_at_two_scales),
	    cmocka_unit_test(turned_and_scaled_layers), cmocka_unit_test(a_spring_half_way),
	    cmocka_unit_test(a_list_that_was_flung),	cmocka_unit_test(all_are_what_they_were),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
