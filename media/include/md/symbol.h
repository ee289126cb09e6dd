/* Symbols: one set of small drawings, tinted like text (SF Symbols).
 *
 * Rasterised at build time from the bootstrap-icons package into one atlas of alpha masks
 * (16, 20, 24, 28, 32, 48, 64 px and up), which processes map read-only.
 *
 *	md_canvas_draw_symbol(canvas, "chevron-right", rect, color);
 *
 * Names are those of bootstrap-icons; media/src/symbols.list names the ones that are built in. */
#ifndef MD_SYMBOL_H
#define MD_SYMBOL_H

#include <md/base.h>

MD_PUBLIC bool md_symbol_exists(const char *name);

#endif
