/* Pasteboard: what was copied last. Private; this process's own, until services keep one for all. */
#ifndef UI_SRC_PASTEBOARD_H
#define UI_SRC_PASTEBOARD_H

#include <ui/base.h>

void pasteboard_set_text(const char *text, size_t length);
const char *pasteboard_text(size_t *ret_length); /* lends; "" when nothing was copied */

#endif
