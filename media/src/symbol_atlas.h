/* Symbol atlas: the alpha masks that tools/symbol_atlas.c makes at build time, in memory as they
 * are in the library's read-only part. Private.
 *
 * The file: this header, the names (sorted, SYMBOL_NAME bytes each), then for each size in turn all
 * symbols in the order of the names, size rows of a stride that is a multiple of 4. Host order. */
#ifndef MD_SYMBOL_ATLAS_H
#define MD_SYMBOL_ATLAS_H

#include <stdint.h>

#define SYMBOL_ATLAS_MAGIC UINT32_C(0x53594d31)
#define SYMBOL_NAME 32
#define SYMBOL_SIZES 16

struct symbol_atlas {
	uint32_t magic, count;
	uint32_t sizes[SYMBOL_SIZES];   /* pixels a side, ascending */
	uint32_t offsets[SYMBOL_SIZES]; /* from the atlas's begin to the size's first mask */
	char names[][SYMBOL_NAME];
};

static inline uint32_t symbol_stride(uint32_t size)
{
	return (size + 3) & ~UINT32_C(3);
}

#endif
