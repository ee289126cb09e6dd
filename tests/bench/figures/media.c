/* Figures of media: whole frames by the rasterizer, from the lists that the compositor would make. */
#include <md/color.h>

#include "frame_list.h"
#include "rasterizer.h"
#include "scenes.h"
#include "work.h"

#define BANDS 10

static struct md_rasterizer *s_rasterizer;
/* Of each scene the frame before and this one, by turns. */
struct film {
	struct md_frame_list *lists[2];
	int now;
};
static struct film s_films[2];
static uint32_t *s_pixels;
static struct md_texture *s_rows[LIST_ROWS], *s_bars[2], *s_pages[2];

static struct md_texture *make_texture(int width, int height, uint32_t alpha)
{
	const struct md_pixels pixels = {.pixels = scene_pixels(width, height, alpha),
					 .width_px = width,
					 .height_px = height,
					 .stride = width * 4,
					 .opaque = alpha == 255};
	return md_texture_create(pixels, NULL, NULL);
}

static void prepare(void)
{
	s_rasterizer = md_rasterizer_create();
	for (int i = 0; i < 4; i++) {
		s_films[i / 2].lists[i % 2] = md_frame_list_create();
	}
	s_pixels = scene_pixels(SCENE_WIDTH, SCENE_HEIGHT, 255);
	for (int i = 0; i < LIST_ROWS; i++) {
		s_rows[i] = make_texture(SCENE_WIDTH, LIST_ROW_HEIGHT, 255);
	}
	s_bars[0] = make_texture(SCENE_WIDTH, LIST_TOP_BAR, LIST_BAR_ALPHA);
	s_bars[1] = make_texture(SCENE_WIDTH, LIST_BOTTOM_BAR, LIST_BAR_ALPHA);
	s_pages[0] = make_texture(SCENE_WIDTH, SCENE_HEIGHT, 255);
	s_pages[1] = make_texture(SCENE_WIDTH, SCENE_HEIGHT, 255);
}

/* --- Lists of frames -------------------------------------------------------------------------------- */

static struct md_frame_item *add(struct md_frame_list *list, enum md_frame_kind kind, uint64_t key,
				 struct md_rect frame)
{
	struct md_frame_item *item = md_frame_list_add(list, kind);
	item->key = key;
	item->to_px = md_affine_translation(frame.x, frame.y);
	item->size = (struct md_size){frame.width, frame.height};
	return item;
}

static void add_color(struct md_frame_list *list, uint64_t key, struct md_rect frame,
		      struct md_color color)
{
	add(list, MD_FRAME_COLOR, key, frame)->color = color;
}

static void add_texture(struct md_frame_list *list, uint64_t key, struct md_point at,
			struct md_texture *texture, int32_t clip)
{
	int width, height;
	md_texture_size_px(texture, &width, &height);
	struct md_frame_item *item =
	    add(list, MD_FRAME_TEXTURE, key, (struct md_rect){at.x, at.y, width, height});
	item->texture = md_texture_retain(texture);
	item->source = (struct md_rect){0, 0, width, height};
	item->clip = clip;
}

static void build_list(struct md_frame_list *list, int number)
{
	const struct md_rect screen = {0, 0, SCENE_WIDTH, SCENE_HEIGHT};
	add_color(list, 1, screen, MD_COLOR_WHITE);
	int32_t clip = md_frame_list_add_clip(
	    list, &(struct md_frame_clip){.parent = -1,
					  .to_px = MD_AFFINE_IDENTITY,
					  .size = {SCENE_WIDTH, SCENE_HEIGHT}});
	int first = number * LIST_STEP / LIST_ROW_HEIGHT;
	for (int i = 0; i < LIST_ROWS; i++) {
		struct md_point at = {0, i * LIST_ROW_HEIGHT - scene_list_offset(number)};
		add_texture(list, 100 + (uint64_t)(first + i), at, s_rows[(first + i) % LIST_ROWS],
			    clip);
	}
	add_texture(list, 2, (struct md_point){0, 0}, s_bars[0], -1);
	add_texture(list, 3, (struct md_point){0, SCENE_HEIGHT - LIST_BOTTOM_BAR}, s_bars[1], -1);
}

static void build_push(struct md_frame_list *list, int number)
{
	double x = scene_push_x(number), below_x = scene_push_below_x(number);
	add_texture(list, 1, (struct md_point){below_x, 0}, s_pages[0], -1);
	add_color(list, 2, (struct md_rect){below_x, 0, SCENE_WIDTH, SCENE_HEIGHT},
		  (struct md_color){0, 0, 0, PUSH_DIM / 255.0});
	struct md_rect page = {x, 0, SCENE_WIDTH, SCENE_HEIGHT};
	struct md_frame_item *shadow = add(list, MD_FRAME_SHADOW, 3, page);
	shadow->blur = 24;
	shadow->color = (struct md_color){0, 0, 0, PUSH_SHADOW / 255.0};
	add_texture(list, 4, (struct md_point){x, 0}, s_pages[1], -1);
}

/* --- Turns --------------------------------------------------------------------------------------------- */

typedef void (*build_fn)(struct md_frame_list *list, int number);

/* A frame as the compositor makes it: the list, what differs from the last one, the pixels. */
static void draw(struct film *film, build_fn build, int number, const pixman_box32_t *also)
{
	film->now = 1 - film->now;
	struct md_frame_list *list = film->lists[film->now];
	pixman_region32_t damage;
	md_frame_list_reset(list, SCENE_WIDTH, SCENE_HEIGHT);
	build(list, number);
	pixman_region32_init(&damage);
	md_frame_list_damage(film->lists[1 - film->now], list, &damage);
	if (also != NULL) {
		pixman_region32_union_rect(&damage, &damage, also->x1, also->y1,
					   (unsigned)(also->x2 - also->x1),
					   (unsigned)(also->y2 - also->y1));
	}
	md_rasterizer_draw(s_rasterizer, list, s_pixels, SCENE_WIDTH * 4, &damage);
	pixman_region32_fini(&damage);
}

static void list_turn(int number)
{
	draw(&s_films[0], build_list, number, NULL);
}

static void push_turn(int number)
{
	draw(&s_films[1], build_push, number, NULL);
}

/* List and push by turns, both in the middle of their way and still. */
static void draw_still(int number, pixman_box32_t box)
{
	bool is_list = number % 2 == 0;
	draw(&s_films[number % 2], is_list ? build_list : build_push, PUSH_STEPS / 2, &box);
}

/* A tenth is drawn anew, each in its turn. */
static void part_turn(int number)
{
	const int height = SCENE_HEIGHT / BANDS;
	int y = number / 2 % BANDS * height;
	draw_still(number, (pixman_box32_t){0, y, SCENE_WIDTH, y + height});
}

/* A tenth of what the same frames cost whole. */
static double measure_tenth(int turns)
{
	double began_us = bench_cpu_us();
	for (int i = 0; i < turns; i++) {
		draw_still(i, (pixman_box32_t){0, 0, SCENE_WIDTH, SCENE_HEIGHT});
	}
	return (bench_cpu_us() - began_us) / turns / BANDS;
}

static void build_shadow(struct md_frame_list *list, int number)
{
	struct md_frame_item *shadow =
	    add(list, MD_FRAME_SHADOW, 1, (struct md_rect){250, 140, SHADOW_WIDTH, SHADOW_HEIGHT});
	shadow->blur = 24;
	shadow->color = (struct md_color){0, 0, 0, 0.18};
	/* More radii than there are places in the cache: each is blurred anew. */
	shadow->radius = 8 + number % 24 * 0.25;
}

static void shadow_turn(int number)
{
	draw(&s_films[0], build_shadow, number, NULL);
}

static void build_backdrop(struct md_frame_list *list, int number)
{
	add_texture(list, 1, (struct md_point){0, 0}, s_pages[0], -1);
	add(list, MD_FRAME_BACKDROP, 2, (struct md_rect){0, 0, SCENE_WIDTH, SCENE_HEIGHT})->blur =
	    44;
}

static void backdrop_turn(int number)
{
	const pixman_box32_t box = {0, 0, SCENE_WIDTH, SCENE_HEIGHT};
	draw(&s_films[0], build_backdrop, number, &box);
}

int main(void)
{
	static const struct bench_work s_works[] = {
	    {.name = "composite-list", .prepare = prepare, .turn = list_turn},
	    {.name = "composite-push", .prepare = prepare, .turn = push_turn},
	    {.name = "damage-10", .prepare = prepare, .turn = part_turn},
	    {.name = "damage-100-tenth", .prepare = prepare, .measure = measure_tenth},
	    {.name = "shadow", .prepare = prepare, .turn = shadow_turn},
	    {.name = "backdrop", .prepare = prepare, .turn = backdrop_turn},
	};
	return bench_serve(s_works, OS_ARRAY_LEN(s_works));
}
