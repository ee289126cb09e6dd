/* Graphemes and words of a bare text, found in a window around the place asked for, so that a step
 * in a long text costs what a step in a short one does. */
#include <md/text_layout.h>

#include <pango/pango.h>

#include <os/memory.h>

#include "clean_text.h"

/* Longer than any grapheme or word that somebody means. */
#define WINDOW 2048

struct window {
	size_t from; /* of the caller's text */
	struct md_clean_text clean;
	PangoLogAttr *attrs;
	int count;
};

static bool is_continuation(char byte)
{
	return ((unsigned char)byte & 0xc0) == 0x80;
}

static void window_init(struct window *window, const char *text, size_t length, size_t offset)
{
	size_t from = offset > WINDOW ? offset - WINDOW : 0;
	size_t to = length - offset > WINDOW ? offset + WINDOW : length;
	for (int i = 0; i < 3 && from > 0 && is_continuation(text[from]); i++) {
		from--;
	}
	for (int i = 0; i < 3 && to < length && is_continuation(text[to]); i++) {
		to++;
	}
	window->from = from;
	md_clean_text_init(&window->clean, text + from, to - from, false);
	window->count = (int)g_utf8_strlen(window->clean.bytes, (gssize)window->clean.length) + 1;
	window->attrs = os_alloc_array((size_t)window->count, sizeof(*window->attrs));
	pango_get_log_attrs(window->clean.bytes, (int)window->clean.length, -1,
			    pango_language_from_string("en-us"), window->attrs, window->count);
}

static void window_finish(struct window *window)
{
	md_clean_text_finish(&window->clean);
	os_free(window->attrs);
}

typedef bool (*boundary_fn)(const PangoLogAttr *attr);

static bool is_grapheme(const PangoLogAttr *attr)
{
	return attr->is_cursor_position;
}

static bool is_word_start(const PangoLogAttr *attr)
{
	return attr->is_word_start;
}

static bool is_word_end(const PangoLogAttr *attr)
{
	return attr->is_word_end;
}

static size_t next(const char *text, size_t length, size_t offset, boundary_fn is_boundary)
{
	if (offset >= length) {
		return length;
	}
	struct window window;
	window_init(&window, text, length, offset);
	const char *at = window.clean.bytes;
	size_t place = 0;
	for (int i = 0; i < window.count; i++) {
		place = window.from +
			md_clean_text_to_original(&window.clean, (size_t)(at - window.clean.bytes));
		if (place > offset && is_boundary(&window.attrs[i])) {
			break;
		}
		at = i + 1 < window.count ? g_utf8_next_char(at) : at;
	}
	window_finish(&window);
	return place;
}

static size_t previous(const char *text, size_t length, size_t offset, boundary_fn is_boundary)
{
	offset = OS_MIN(offset, length);
	if (offset == 0) {
		return 0;
	}
	struct window window;
	window_init(&window, text, length, offset);
	const char *at = window.clean.bytes;
	size_t best = window.from;
	for (int i = 0; i < window.count; i++) {
		size_t place = window.from + md_clean_text_to_original(
						 &window.clean, (size_t)(at - window.clean.bytes));
		if (place >= offset) {
			break;
		}
		if (is_boundary(&window.attrs[i])) {
			best = place;
		}
		at = i + 1 < window.count ? g_utf8_next_char(at) : at;
	}
	window_finish(&window);
	return best;
}

size_t md_text_next_grapheme(const char *text, size_t length, size_t offset)
{
	return next(text, length, offset, is_grapheme);
}

size_t md_text_previous_grapheme(const char *text, size_t length, size_t offset)
{
	return previous(text, length, offset, is_grapheme);
}

size_t md_text_next_word(const char *text, size_t length, size_t offset)
{
	return next(text, length, offset, is_word_end);
}

size_t md_text_previous_word(const char *text, size_t length, size_t offset)
{
	return previous(text, length, offset, is_word_start);
}
