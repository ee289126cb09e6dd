/* Fonts: what text is set in (UIFont). A value, not an object: pass it around.
 *
 *	struct md_font body = {MD_FONT_UI, 17, MD_WEIGHT_REGULAR};
 */
#ifndef MD_FONT_H
#define MD_FONT_H

#include <md/base.h>

enum md_font_family { MD_FONT_UI, MD_FONT_MONOSPACE };
enum md_font_weight { MD_WEIGHT_REGULAR = 400, MD_WEIGHT_MEDIUM = 500, MD_WEIGHT_SEMIBOLD = 600, MD_WEIGHT_BOLD = 700 };

struct md_font {
	enum md_font_family family;
	double size; /* points */
	enum md_font_weight weight;
	bool italic;
};

struct md_font_metrics { double ascent, descent, line_height; }; /* points */
MD_PUBLIC struct md_font_metrics md_font_metrics(struct md_font font);
MD_PUBLIC bool md_font_equal(struct md_font a, struct md_font b);

#endif
