/* The process's layouts, found again by text, style and width; those used last are kept. */
#include "text_layout_private.h"

#include <pthread.h>
#include <string.h>

#define BUCKETS 512
#define ENTRY_LIMIT 512
#define BYTE_LIMIT ((size_t)1 << 20)

static pthread_mutex_t s_lock = PTHREAD_MUTEX_INITIALIZER;
static struct md_text_layout *s_buckets[BUCKETS];
static struct os_list s_recent = {&s_recent, &s_recent}; /* used last first */
static size_t s_entries;
static size_t s_bytes;

/* FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/ */
static uint64_t mix(uint64_t hash, const void *bytes, size_t length)
{
	const unsigned char *at = bytes;
	for (size_t i = 0; i < length; i++) {
		hash = (hash ^ at[i]) * UINT64_C(0x100000001b3);
	}
	return hash;
}

uint64_t md_text_cache_hash(const char *text, size_t length, const struct md_text_style *style,
			    double width)
{
	uint64_t hash = mix(UINT64_C(0xcbf29ce484222325), text, length);
	hash = mix(hash, &width, sizeof(width));
	hash = mix(hash, &style->font.size, sizeof(style->font.size));
	int rest[] = {(int)style->font.family, (int)style->font.weight, style->font.italic,
		      (int)style->align,       (int)style->direction,   style->max_lines,
		      style->single_paragraph};
	return mix(hash, rest, sizeof(rest));
}

static bool is_same_style(const struct md_text_style *a, const struct md_text_style *b)
{
	return md_font_equal(a->font, b->font) && a->align == b->align &&
	       a->direction == b->direction && a->max_lines == b->max_lines &&
	       a->line_spacing == b->line_spacing && a->single_paragraph == b->single_paragraph;
}

static size_t cost(const struct md_text_layout *layout)
{
	return sizeof(*layout) + layout->key_length + layout->text.length +
	       layout->glyph_count * sizeof(cairo_glyph_t) +
	       layout->run_count * sizeof(struct md_text_run) +
	       layout->line_count * sizeof(struct md_text_line);
}

static struct md_text_layout *find_locked(uint64_t hash, const char *text, size_t length,
					  const struct md_text_style *style, double width)
{
	struct md_text_layout *layout = s_buckets[hash % BUCKETS];
	for (; layout != NULL; layout = layout->next_in_bucket) {
		if (layout->hash == hash && layout->width == width &&
		    layout->key_length == length && memcmp(layout->key, text, length) == 0 &&
		    is_same_style(&layout->style, style)) {
			return layout;
		}
	}
	return NULL;
}

struct md_text_layout *md_text_cache_find(uint64_t hash, const char *text, size_t length,
					  const struct md_text_style *style, double width)
{
	pthread_mutex_lock(&s_lock);
	struct md_text_layout *layout =
	    md_text_layout_retain(find_locked(hash, text, length, style, width));
	if (layout != NULL) {
		os_list_remove(&layout->recent);
		os_list_prepend(&s_recent, &layout->recent);
	}
	pthread_mutex_unlock(&s_lock);
	return layout;
}

static void remove_locked(struct md_text_layout *layout)
{
	struct md_text_layout **place = &s_buckets[layout->hash % BUCKETS];
	while (*place != layout) {
		place = &(*place)->next_in_bucket;
	}
	*place = layout->next_in_bucket;
	os_list_remove(&layout->recent);
	s_entries--;
	s_bytes -= cost(layout);
	md_text_layout_release(layout);
}

void md_text_cache_add(struct md_text_layout *layout)
{
	if (cost(layout) > BYTE_LIMIT / 4) {
		return;
	}
	pthread_mutex_lock(&s_lock);
	/* Another thread may have made the same meanwhile. */
	if (find_locked(layout->hash, layout->key, layout->key_length, &layout->style,
			layout->width) == NULL) {
		struct md_text_layout **bucket = &s_buckets[layout->hash % BUCKETS];
		layout->next_in_bucket = *bucket;
		*bucket = md_text_layout_retain(layout);
		os_list_prepend(&s_recent, &layout->recent);
		s_entries++;
		s_bytes += cost(layout);
	}
	while (s_entries > ENTRY_LIMIT || s_bytes > BYTE_LIMIT) {
		remove_locked(OS_CONTAINER_OF(s_recent.prev, struct md_text_layout, recent));
	}
	pthread_mutex_unlock(&s_lock);
}

void md_text_cache_clear(void)
{
	pthread_mutex_lock(&s_lock);
	while (!os_list_is_empty(&s_recent)) {
		remove_locked(OS_CONTAINER_OF(s_recent.prev, struct md_text_layout, recent));
	}
	pthread_mutex_unlock(&s_lock);
}
