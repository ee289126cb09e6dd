/* Colours: red, green, blue and alpha from 0 to 1, not premultiplied, sRGB (CGColor).
 *
 *	struct md_color tint = md_color_hex(0x0b66e4);
 *	struct md_color pale = md_color_with_alpha(tint, 0.2);
 */
#ifndef MD_COLOR_H
#define MD_COLOR_H

#include <md/base.h>

struct md_color { double r, g, b, a; };

#define MD_COLOR_CLEAR ((struct md_color){0, 0, 0, 0})
#define MD_COLOR_BLACK ((struct md_color){0, 0, 0, 1})
#define MD_COLOR_WHITE ((struct md_color){1, 1, 1, 1})

MD_PUBLIC struct md_color md_color_hex(uint32_t rgb);
MD_PUBLIC struct md_color md_color_with_alpha(struct md_color color, double alpha);
MD_PUBLIC struct md_color md_color_mix(struct md_color a, struct md_color b, double amount); /* 0 is a */
MD_PUBLIC bool md_color_equal(struct md_color a, struct md_color b);
MD_PUBLIC uint32_t md_color_premultiplied(struct md_color color); /* 0xAARRGGBB */
/* Contrast ratio of WCAG 2.1: 1 to 21. Alpha is ignored. */
MD_PUBLIC double md_color_contrast(struct md_color a, struct md_color b);

#endif
