/* Makes the symbol atlas at build time: symbol_atlas LIST SVG_FOLDER OUT.atlas OUT.c
 *
 * All symbols of one size are put above each other in one SVG sheet, which one run of rsvg-convert
 * turns into pixels (a run for each would take half a minute). Only the alpha is kept. OUT.c places
 * the atlas in the library's read-only data. */
#define _GNU_SOURCE
#include <errno.h>
#include <png.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "symbol_atlas.h"

#define MOST 256

static const uint32_t s_sizes[SYMBOL_SIZES] = {16, 18, 20, 22, 24, 26, 28, 32,
					       36, 40, 44, 48, 56, 64, 96, 128};
static char s_names[MOST][SYMBOL_NAME];
static int s_count;

static void fail(const char *what, const char *name)
{
	fprintf(stderr, "symbol_atlas: %s: %s\n", name, what);
	exit(1);
}

static char *join(const char *a, const char *b, const char *c, const char *d)
{
	char *text = NULL;
	if (asprintf(&text, "%s%s%s%s", a, b, c, d) < 0) {
		fail("no memory", a);
	}
	return text;
}

static FILE *open_file(const char *path, const char *mode)
{
	FILE *file = fopen(path, mode);
	if (file == NULL) {
		fail(strerror(errno), path);
	}
	return file;
}

static void read_list(const char *path)
{
	FILE *file = open_file(path, "r");
	char line[256];
	while (fgets(line, sizeof(line), file) != NULL) {
		line[strcspn(line, "\r\n")] = 0;
		if (line[0] == '#' || line[0] == 0) {
			continue;
		}
		if (s_count == MOST || strlen(line) >= SYMBOL_NAME) {
			fail("too many names, or too long a one", line);
		}
		if (s_count > 0 && strcmp(s_names[s_count - 1], line) >= 0) {
			fail("the list is not alphabetical here", line);
		}
		strcpy(s_names[s_count++], line);
	}
	fclose(file);
}

static char *read_svg(const char *folder, const char *name)
{
	char *path = join(folder, "/", name, ".svg");
	FILE *file = open_file(path, "r");
	char *text = calloc(1, 1 << 16);
	if (text == NULL || fread(text, 1, (1 << 16) - 1, file) == 0) {
		fail("cannot be read", path);
	}
	fclose(file);
	char *begin = strstr(text, "<svg");
	if (begin == NULL) {
		fail("no <svg> in it", path);
	}
	free(path);
	memmove(text, begin, strlen(begin) + 1);
	return text;
}

static void write_sheet(const char *path, const char *folder)
{
	FILE *file = open_file(path, "w");
	fprintf(file,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"16\" height=\"%d\" viewBox=\"0 "
		"0 16 %d\">\n",
		16 * s_count, 16 * s_count);
	for (int i = 0; i < s_count; i++) {
		char *svg = read_svg(folder, s_names[i]);
		fprintf(file, "<g transform=\"translate(0,%d)\">%s</g>\n", 16 * i, svg);
		free(svg);
	}
	fprintf(file, "</svg>\n");
	fclose(file);
}

static void rasterise(const char *svg, const char *png, uint32_t size)
{
	char width[16];
	char height[16];
	snprintf(width, sizeof(width), "%u", size);
	snprintf(height, sizeof(height), "%u", size * (uint32_t)s_count);
	char *arguments[] = {"rsvg-convert", "-w",        width,       "-h", height,
			     "-o",           (char *)png, (char *)svg, NULL};
	pid_t pid;
	int status = -1;
	int error = posix_spawnp(&pid, "rsvg-convert", NULL, NULL, arguments, environ);
	if (error != 0 || waitpid(pid, &status, 0) < 0 || status != 0) {
		fail("rsvg-convert (package librsvg2-bin) did not make it", png);
	}
}

static void append_masks(FILE *out, const char *path, uint32_t size)
{
	png_image image = {.version = PNG_IMAGE_VERSION};
	if (!png_image_begin_read_from_file(&image, path)) {
		fail(image.message, path);
	}
	image.format = PNG_FORMAT_RGBA;
	if (image.width != size || image.height != size * (uint32_t)s_count) {
		fail("it has another size than asked for", path);
	}
	unsigned char *pixels = malloc(PNG_IMAGE_SIZE(image));
	if (pixels == NULL || !png_image_finish_read(&image, NULL, pixels, 0, NULL)) {
		fail("cannot be read", path);
	}
	unsigned char row[256] = {0};
	for (uint32_t y = 0; y < image.height; y++) {
		for (uint32_t x = 0; x < size; x++) {
			row[x] = pixels[((size_t)y * size + x) * 4 + 3];
		}
		fwrite(row, 1, symbol_stride(size), out);
	}
	free(pixels);
}

static void write_source(const char *path, const char *atlas)
{
	FILE *file = open_file(path, "w");
	fprintf(file,
		"/* Made by tools/symbol_atlas.c. */\n"
		"__asm__(\".section .rodata\\n.balign 16\\n.global md_symbol_atlas\\n\"\n"
		"        \".hidden md_symbol_atlas\\n.type md_symbol_atlas, "
		"%%object\\nmd_symbol_atlas:\\n\"\n"
		"        \".incbin \\\"%s\\\"\\n.size md_symbol_atlas, . - "
		"md_symbol_atlas\\n.previous\\n\");\n",
		atlas);
	fclose(file);
}

int main(int argc, char **argv)
{
	if (argc != 5) {
		fail("LIST SVG_FOLDER OUT.atlas OUT.c", "usage");
	}
	read_list(argv[1]);
	struct symbol_atlas head = {.magic = SYMBOL_ATLAS_MAGIC, .count = (uint32_t)s_count};
	uint32_t offset = (uint32_t)(sizeof(head) + sizeof(s_names[0]) * (size_t)s_count);
	for (int i = 0; i < SYMBOL_SIZES; i++) {
		head.sizes[i] = s_sizes[i];
		head.offsets[i] = offset;
		offset += s_sizes[i] * symbol_stride(s_sizes[i]) * (uint32_t)s_count;
	}
	FILE *out = open_file(argv[3], "wb");
	fwrite(&head, sizeof(head), 1, out);
	fwrite(s_names, sizeof(s_names[0]), (size_t)s_count, out);

	char *svg = join(argv[3], ".svg", "", "");
	char *png = join(argv[3], ".png", "", "");
	write_sheet(svg, argv[2]);
	for (int i = 0; i < SYMBOL_SIZES; i++) {
		rasterise(svg, png, s_sizes[i]);
		append_masks(out, png, s_sizes[i]);
	}
	remove(svg);
	remove(png);
	free(svg);
	free(png);
	if (ferror(out) || fclose(out) != 0) {
		fail("cannot be written", argv[3]);
	}
	write_source(argv[4], argv[3]);
	return 0;
}
