/* Symbol masks, for drawing. Private. */
#ifndef MD_SYMBOL_PRIVATE_H
#define MD_SYMBOL_PRIVATE_H

#include <md/symbol.h>

struct md_symbol_mask {
	const uint8_t *alpha; /* read-only, for ever */
	int size_px, stride;
};

/* The mask of that size or the next larger one, the largest if there is none; false: no such symbol. */
bool md_symbol_mask(const char *name, int size_px, struct md_symbol_mask *ret_mask);

#endif
