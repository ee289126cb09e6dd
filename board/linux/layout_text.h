/* Layout text: what people write for a keyboard layout, as xkb wants it. Private.
 *
 *	"de"                    layouts "de"      variants ""
 *	"us,de(nodeadkeys)"     layouts "us,de"   variants ",nodeadkeys"
 *
 * Names are letters, digits, "_" and "-"; up to four layouts, since xkb has four groups. */
#ifndef LINUX_LAYOUT_TEXT_H
#define LINUX_LAYOUT_TEXT_H

#include <stddef.h>

#define LAYOUT_TEXT 128
#define LAYOUTS_MAX 4

struct layout_names {
	char layouts[LAYOUT_TEXT], variants[LAYOUT_TEXT];
	int count;
};

/* -EINVAL: not such a text. */
int layout_text_parse(const char *text, struct layout_names *ret_names);
/* The layout that Debian's /etc/default/keyboard (XKBLAYOUT=, XKBVARIANT=) names, written as above.
 * -ENOENT: none. */
int layout_text_from_defaults(const char *file, char *ret_text, size_t size);

#endif
