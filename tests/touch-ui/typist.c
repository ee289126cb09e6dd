#include "typist.h"

#include <md/canvas.h>
#include <md/image.h>
#include <os/buffer.h>

#include "view_layer.h"

static bool send(struct hand *hand, const struct ui_key_event *event)
{
	struct ui_view *first = ui_window_first_responder(hand->window);
	return ui_responder_key(first != NULL ? first : hand->root, event);
}

bool press(struct hand *hand, uint32_t key, uint32_t modifiers)
{
	bool prints = key == KEY_ENTER || key == KEY_SPACE;
	struct ui_key_event event = {.time_us = hand->now_us,
				     .key = key,
				     .modifiers = modifiers,
				     .down = true,
				     .text = !prints            ? ""
					     : key == KEY_SPACE ? " "
								: "\r"};
	bool taken = send(hand, &event);
	event.down = false;
	send(hand, &event);
	return taken;
}

static size_t length_of_character(const char *text)
{
	size_t length = 1;
	while (((unsigned char)text[length] & 0xc0) == 0x80) {
		length++;
	}
	return length;
}

void type(struct hand *hand, const char *text)
{
	while (*text != '\0') {
		char character[8] = {0};
		size_t length = length_of_character(text);
		memcpy(character, text, length);
		text += length;
		struct ui_key_event event = {
		    .time_us = hand->now_us, .key = KEY_UNKNOWN, .down = true, .text = character};
		send(hand, &event);
	}
}

void frame(struct hand *hand)
{
	ui_window_lay_out(hand->window);
}

int paint(struct hand *hand, const char *name, uint32_t color)
{
	frame(hand);
	struct md_size size = ui_window_size(hand->window);
	int width = (int)size.width, height = (int)size.height;
	uint32_t *pixels = calloc((size_t)width * (size_t)height, 4);
	struct md_canvas *canvas = md_canvas_create(pixels, width, height, width * 4, 1, false);
	struct md_rect all = {0, 0, size.width, size.height};
	md_canvas_fill_rect(canvas, all, ui_view_resolve_color(hand->root, UI_COLOR_BACKGROUND));
	ui_view_paint(hand->root, canvas, all);
	md_canvas_destroy(canvas);
	int count = 0;
	for (int i = 0; i < width * height; i++) {
		count += (pixels[i] & 0xffffff) == color;
	}
	const char *folder = getenv("STRATA_TEST_PICTURES");
	if (folder != NULL) {
		struct os_buffer path = {0};
		os_buffer_printf(&path, "%s/%s.ppm", folder, name);
		FILE *file = fopen(path.bytes, "wb");
		assert_non_null(file);
		fprintf(file, "P6 %d %d 255\n", width, height);
		for (int i = 0; i < width * height; i++) {
			uint8_t rgb[] = {(uint8_t)(pixels[i] >> 16), (uint8_t)(pixels[i] >> 8),
					 (uint8_t)pixels[i]};
			fwrite(rgb, 3, 1, file);
		}
		fclose(file);
		os_buffer_finish(&path);
	}
	free(pixels);
	return count;
}
