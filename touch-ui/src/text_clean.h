/* Clean text: what comes from outside as the text a field keeps. Private.
 *
 * Well-formed UTF-8 stays; each maximal piece that is not (Unicode's own recommendation, table 3-8 of
 * its standard) and each NUL becomes U+FFFD. Ends of lines become "\n", in a single line a blank. */
#ifndef UI_SRC_TEXT_CLEAN_H
#define UI_SRC_TEXT_CLEAN_H

#include <os/buffer.h>

void text_clean_add(struct os_buffer *clean, const char *bytes, size_t length, bool single_line);

#endif
