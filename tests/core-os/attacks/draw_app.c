/* An honest app, as far as its walls can tell: it draws a text, in two scripts and an emoji, and prints
 * what came out. */
#include <md/canvas.h>
#include <md/font.h>
#include <md/text_layout.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WIDTH 200
#define HEIGHT 80

static void *draw(void *context)
{
	static const char text[] = "Ağ 漢字 😀 naïve";
	uint32_t *pixels = context;
	const struct md_text_style style = {.font = {MD_FONT_UI, 18, MD_WEIGHT_REGULAR, false}};
	struct md_canvas *canvas = md_canvas_create(pixels, WIDTH, HEIGHT, WIDTH * 4, 1, true);
	struct md_text_layout *layout = md_text_layout_create(text, strlen(text), &style, WIDTH);
	md_canvas_draw_text(canvas, layout, (struct md_point){4, 4}, MD_COLOR_WHITE);
	md_text_layout_release(layout);
	md_canvas_destroy(canvas);
	return NULL;
}

int main(void)
{
	uint32_t *pixels = calloc(WIDTH * HEIGHT, sizeof(*pixels));
	pthread_t thread;
	uint64_t hash = 14695981039346656037ull;
	int ink = 0;
	/* On a second thread: that is what cannot be had in a pid namespace entered without a fork. */
	if (pthread_create(&thread, NULL, draw, pixels) != 0) {
		return 1;
	}
	pthread_join(thread, NULL);
	for (int i = 0; i < WIDTH * HEIGHT; i++) {
		ink += (pixels[i] & 0xffffff) != 0;
		hash = (hash ^ (pixels[i] & 0xffffff)) * 1099511628211ull;
	}
	printf("ink %d hash %016llx\n", ink, (unsigned long long)hash);
	free(pixels);
	return ink > 100 ? 0 : 2;
}
