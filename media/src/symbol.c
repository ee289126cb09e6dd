#include "symbol_private.h"

#include <stdlib.h>
#include <string.h>

#include "symbol_atlas.h"

/* Made at build: src/symbols.list through tools/symbol_atlas.c. */
extern const struct symbol_atlas md_symbol_atlas __attribute__((visibility("hidden")));

static int compare(const void *name, const void *entry)
{
	return strcmp(name, entry);
}

static const char *find(const char *name)
{
	const struct symbol_atlas *atlas = &md_symbol_atlas;
	return name != NULL ? bsearch(name, atlas->names, atlas->count, SYMBOL_NAME, compare)
			    : NULL;
}

bool md_symbol_exists(const char *name)
{
	return find(name) != NULL;
}

bool md_symbol_mask(const char *name, int size_px, struct md_symbol_mask *ret_mask)
{
	const struct symbol_atlas *atlas = &md_symbol_atlas;
	const char *entry = find(name);
	if (entry == NULL) {
		return false;
	}
	int i = 0;
	while (i < SYMBOL_SIZES - 1 && (int)atlas->sizes[i] < size_px) {
		i++;
	}
	size_t index = (size_t)(entry - atlas->names[0]) / SYMBOL_NAME;
	uint32_t size = atlas->sizes[i];
	uint32_t stride = symbol_stride(size);
	*ret_mask = (struct md_symbol_mask){
	    .alpha = (const uint8_t *)atlas + atlas->offsets[i] + index * size * stride,
	    .size_px = (int)size,
	    .stride = (int)stride,
	};
	return true;
}
