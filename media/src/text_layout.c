#include "text_layout_private.h"

#include <string.h>

#include <os/memory.h>

static atomic_uint_fast64_t s_created;
static atomic_uint_fast64_t s_cached;

static struct md_text_layout *make_layout(uint64_t hash, const char *text, size_t length,
					  const struct md_text_style *style, double width)
{
	struct md_text_layout *layout = os_alloc(sizeof(*layout));
	atomic_init(&layout->references, 1);
	layout->hash = hash;
	layout->key = os_alloc_array(length + 1, 1);
	memcpy(layout->key, text, length);
	layout->key_length = length;
	layout->style = *style;
	layout->width = width;
	os_list_init(&layout->recent);
	md_clean_text_init(&layout->text, text, length, style->single_paragraph);
	PangoLayout *shaped = md_text_shape(layout, &layout->cut);
	md_text_shape_extract(layout, shaped);
	g_object_unref(shaped);
	return layout;
}

struct md_text_layout *md_text_layout_create(const char *text, size_t length,
					     const struct md_text_style *style, double width)
{
	text = text != NULL ? text : "";
	length = OS_MIN(length, MD_CLEAN_TEXT_LIMIT);
	width = width >= MD_UNBOUNDED ? MD_UNBOUNDED : OS_MAX(width, 0);
	uint64_t hash = md_text_cache_hash(text, length, style, width);
	struct md_text_layout *layout = md_text_cache_find(hash, text, length, style, width);
	if (layout != NULL) {
		atomic_fetch_add(&s_cached, 1);
		return layout;
	}
	atomic_fetch_add(&s_created, 1);
	layout = make_layout(hash, text, length, style, width);
	md_text_cache_add(layout);
	return layout;
}

struct md_text_layout *md_text_layout_retain(struct md_text_layout *layout)
{
	if (layout != NULL) {
		atomic_fetch_add(&layout->references, 1);
	}
	return layout;
}

struct md_text_layout *md_text_layout_release(struct md_text_layout *layout)
{
	if (layout == NULL || atomic_fetch_sub(&layout->references, 1) > 1) {
		return NULL;
	}
	for (uint32_t i = 0; i < layout->run_count; i++) {
		cairo_scaled_font_destroy(layout->runs[i].font);
	}
	os_free(layout->lines);
	os_free(layout->runs);
	os_free(layout->glyphs);
	os_free(atomic_load(&layout->carets));
	os_free(layout->key);
	md_clean_text_finish(&layout->text);
	os_free(layout);
	return NULL;
}

struct md_size md_text_layout_size(const struct md_text_layout *layout)
{
	return layout->size;
}

double md_text_layout_first_baseline(const struct md_text_layout *layout)
{
	return layout->lines[0].baseline;
}

double md_text_layout_last_baseline(const struct md_text_layout *layout)
{
	return layout->lines[layout->line_count - 1].baseline;
}

int md_text_layout_line_count(const struct md_text_layout *layout)
{
	return (int)layout->line_count;
}

bool md_text_layout_is_cut(const struct md_text_layout *layout)
{
	return layout->cut;
}

struct md_text_counts md_text_counts(void)
{
	return (struct md_text_counts){atomic_load(&s_created), atomic_load(&s_cached)};
}
