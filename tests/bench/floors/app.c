/* Floors of an app: a bare program that is executed, linked with cairo and pango, and draws one
 * screen of a list. */
#include <pango/pangocairo.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "work.h"

#define WIDTH 480
#define HEIGHT 800
#define ROW 44

extern char **environ;

static void draw_screen(void)
{
	cairo_t *cairo =
	    cairo_create(cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH, HEIGHT));
	PangoLayout *layout = pango_cairo_create_layout(cairo);
	PangoFontDescription *font = pango_font_description_from_string("Inter");
	pango_font_description_set_absolute_size(font, 17 * PANGO_SCALE);
	pango_layout_set_font_description(layout, font);
	cairo_set_source_rgb(cairo, 1, 1, 1);
	cairo_paint(cairo);
	cairo_set_source_rgb(cairo, 0, 0, 0);
	for (int i = 0; i < HEIGHT / ROW; i++) {
		char text[64];
		snprintf(text, sizeof(text), "Row number %d of the list", i);
		pango_layout_set_text(layout, text, -1);
		cairo_move_to(cairo, 16, i * ROW + 10);
		pango_cairo_show_layout(cairo, layout);
	}
	cairo_surface_flush(cairo_get_target(cairo));
}

/* Draws, says so, and stays until it is let go. */
static int be_app(void)
{
	char byte = 0;
	draw_screen();
	return write(1, &byte, 1) == 1 && read(0, &byte, 1) >= 0 ? 0 : 1;
}

struct app {
	pid_t pid;
	int in, out; /* ours to write and to read */
};

static void start(struct app *app)
{
	int in[2], out[2];
	char byte;
	char *const words[] = {(char *)"floors-app", (char *)"app", NULL};
	posix_spawn_file_actions_t actions;
	if (pipe(in) < 0 || pipe(out) < 0) {
		bench_fail("pipe");
	}
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, in[0], 0);
	posix_spawn_file_actions_adddup2(&actions, out[1], 1);
	posix_spawn_file_actions_addclose(&actions, in[1]);
	posix_spawn_file_actions_addclose(&actions, out[0]);
	if (posix_spawn(&app->pid, "/proc/self/exe", &actions, NULL, words, environ) != 0) {
		bench_fail("posix_spawn");
	}
	posix_spawn_file_actions_destroy(&actions);
	close(in[0]);
	close(out[1]);
	app->in = in[1];
	app->out = out[0];
	if (read(app->out, &byte, 1) != 1) {
		bench_fail("the app's first screen");
	}
}

static void end(struct app *app)
{
	close(app->in);
	close(app->out);
	waitpid(app->pid, NULL, 0);
}

static double measure_launch(int turns)
{
	double *times = malloc((size_t)turns * sizeof(double));
	for (int i = 0; i < turns; i++) {
		struct app app;
		double began_us = bench_real_us();
		start(&app);
		times[i] = bench_real_us() - began_us;
		end(&app);
	}
	double median_us = bench_median(times, turns);
	free(times);
	return median_us;
}

static double measure_memory(int turns)
{
	struct app app;
	start(&app);
	double kb = bench_private_kb(app.pid);
	end(&app);
	return kb;
}

int main(int count, char **words)
{
	static const struct bench_work s_works[] = {
	    {.name = "launch-cold", .measure = measure_launch},
	    {.name = "memory-app", .measure = measure_memory},
	};
	if (count > 1 && strcmp(words[1], "app") == 0) {
		return be_app();
	}
	return bench_serve(s_works, sizeof(s_works) / sizeof(s_works[0]));
}
