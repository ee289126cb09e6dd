/* Figures of touch-ui: an app's scene on the compositor's engine in one process, with time held, so
 * that a turn is a frame and nothing waits. The display is memory: presenting is left out. What is
 * moved is moved by a finger. */
#include <malloc.h>
#include <math.h>
#include <string.h>

#include <os/memory.h>
#include <os/port.h>
#include <ui/ui.h>

#include "lists.h"
#include "stage.h"
#include "work.h"

#define WORDS 2000
#define PAIRS 5

static struct stage s_stage;
static struct ui_scene *s_scene;
static int s_rows; /* of the list that is made next */
static bool s_heights_vary, s_texts_repeat;

static void step(int frames)
{
	stage_step_frames(&s_stage, frames);
}

static void prepare(void)
{
	int fds[2];
	const struct os_peer peer = {
	    .client = 1, .pid = 1, .role = "app", .app = "org.strata.bench"};
	stage_init_mode(&s_stage, 1,
			(struct os_display_mode){LIST_WIDTH, LIST_HEIGHT, 1, 60000, false});
	if (os_port_pair(fds) < 0) {
		bench_fail("os_port_pair");
	}
	md_compositor_add_client(s_stage.compositor, fds[1], 0, &peer);
	s_scene =
	    ui_scene_create(md_display_client_create_with_fd(s_stage.loop, fds[0]), MD_SCENE_APP);
	step(3);
}

static void show(struct ui_view *view)
{
	ui_scene_set_root(s_scene, ui_view_controller_create_with_view(view, "Bench"));
	step(3);
}

/* --- Lists ------------------------------------------------------------------------------------------- */

static int row_count(void *context, struct ui_view *table, int section)
{
	return s_rows;
}

static void fill(void *context, struct ui_view *table, struct ui_view *cell, struct ui_row row)
{
	char text[64];
	list_text(text, sizeof(text));
	ui_table_cell_set_text(cell, s_texts_repeat ? "Contact" : text, NULL);
}

static double row_height(void *context, struct ui_view *table, struct ui_row row)
{
	return LIST_ROW_HEIGHT + row.index % 3;
}

static const struct ui_table_source s_source = {
    .struct_size = sizeof(s_source), .row_count = row_count, .fill = fill};
static const struct ui_table_source s_varied_source = {.struct_size = sizeof(s_varied_source),
						       .row_count = row_count,
						       .fill = fill,
						       .row_height = row_height};

/* Bars are translucent pictures of their own, as the floor's are. */
static void draw_bar(struct ui_view *view, struct md_canvas *canvas, struct md_rect bounds,
		     void *context)
{
	const struct md_color grey = {0.6, 0.6, 0.6, LIST_BAR_ALPHA / 255.0};
	md_canvas_fill_rect(canvas, bounds, grey);
}

static void add_bar(struct ui_view *page, double y, double height)
{
	struct ui_view *bar = ui_canvas_view_create(draw_bar, NULL);
	ui_view_set_frame(bar, (struct md_rect){0, y, LIST_WIDTH, height});
	ui_view_set_layered(bar, true);
	ui_view_add(page, bar);
}

static struct ui_view *show_list(int rows)
{
	s_rows = rows;
	struct ui_view *page = ui_view_create();
	struct ui_view *table = ui_table_view_create(UI_TABLE_PLAIN);
	ui_table_view_set_source(table, s_heights_vary ? &s_varied_source : &s_source, NULL);
	ui_view_set_frame(table, (struct md_rect){0, 0, LIST_WIDTH, LIST_HEIGHT});
	ui_view_add(page, table);
	add_bar(page, 0, LIST_TOP_BAR);
	add_bar(page, LIST_HEIGHT - LIST_BOTTOM_BAR, LIST_BOTTOM_BAR);
	show(page);
	return table;
}

/* --- A finger -------------------------------------------------------------------------------------------- */

static void touch(enum os_touch_phase phase, int y)
{
	fake_board_touch(s_stage.board, phase, 0, 0.5, (double)y / LIST_HEIGHT);
	step(1);
}

static void drag_turn(int number)
{
	touch(OS_TOUCH_MOVE, list_finger_y(number + 1));
}

static void begin_drag(struct ui_view *scroller, double y)
{
	ui_scroll_view_set_offset(scroller, (struct md_point){0, y}, false);
	step(3);
	touch(OS_TOUCH_DOWN, list_finger_y(0));
}

static void prepare_list(int rows)
{
	prepare();
	begin_drag(show_list(rows), rows / 2.0 * LIST_ROW_HEIGHT);
}

static void prepare_10k(void)
{
	prepare_list(10000);
}

static void prepare_100k(void)
{
	prepare_list(100000);
}

static void prepare_100(void)
{
	prepare_list(100);
}

/* --- A long text ------------------------------------------------------------------------------------------ */

static void text_turn(int number)
{
	touch(OS_TOUCH_MOVE, finger_y(number + 1, TEXT_STEP_PX, TEXT_STEPS));
}

static void prepare_text(void)
{
	static const char *const s_words[] = {"lorem", "ipsum", "dolor",  "sit",         "amet",
					      "of",    "the",   "magna",  "consectetur", "Quick",
					      "brown", "fox",   "office", "elit",        "a"};
	struct os_buffer text = {0};
	for (int i = 0; i < WORDS; i++) {
		os_buffer_add_text(&text, s_words[(i * 7 + i / 3) % OS_ARRAY_LEN(s_words)]);
		os_buffer_add_text(&text, i % 100 == 99 ? ".\n" : i % 17 == 16 ? ". " : " ");
	}
	prepare();
	struct ui_view *view = ui_text_view_create("");
	ui_text_view_set_text(view, os_buffer_text(&text));
	os_buffer_finish(&text);
	show(view);
	touch(OS_TOUCH_DOWN, finger_y(0, TEXT_STEP_PX, TEXT_STEPS));
	for (int i = 0; i < 2 * TEXT_STEPS; i++) {
		text_turn(i); /* there and back: all of that has been laid out */
	}
}

/* --- Opening, and what rows cost ---------------------------------------------------------------------------- */

static void open_10k_turn(int number)
{
	show_list(10000);
}

static void open_20_turn(int number)
{
	show_list(20);
}

static double used_bytes(int rows)
{
	show_list(rows);
	step(120); /* what the list before it left is gone */
	struct mallinfo2 used = mallinfo2();
	return (double)(used.uordblks + used.hblkhd);
}

/* The difference that so many more rows make, a row, to a hundredth of a byte. Texts are the same, so
 * that caches are full. */
static double measure_bytes(int turns)
{
	double bytes[PAIRS];
	s_texts_repeat = true;
	prepare();
	used_bytes(1000);
	for (int i = 0; i < PAIRS; i++) {
		double before = used_bytes(1000), many = used_bytes(1000 + turns),
		       after = used_bytes(1000);
		bytes[i] =
		    (many - (before + after) / 2) / turns; /* whatever it grows by without rows */
	}
	return fmax(round(bench_median(bytes, PAIRS) * 100) / 100,
		    0); /* the heap's own ups and downs */
}

static double measure_varied_bytes(int turns)
{
	s_heights_vary = true;
	return measure_bytes(turns);
}

int main(void)
{
	static const struct bench_work s_works[] = {
	    {.name = "scroll-step", .prepare = prepare_10k, .turn = drag_turn},
	    {.name = "scroll-100k", .prepare = prepare_100k, .turn = drag_turn},
	    {.name = "scroll-100", .prepare = prepare_100, .turn = drag_turn},
	    {.name = "text-scroll", .prepare = prepare_text, .turn = text_turn},
	    {.name = "open-10k", .prepare = prepare, .turn = open_10k_turn},
	    {.name = "open-20", .prepare = prepare, .turn = open_20_turn},
	    {.name = "row-bytes", .measure = measure_bytes},
	    {.name = "row-bytes-varied", .measure = measure_varied_bytes},
	};
	return bench_serve(s_works, OS_ARRAY_LEN(s_works));
}
