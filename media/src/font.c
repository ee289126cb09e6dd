#include <md/font.h>

#include "font_map.h"

struct md_font_metrics md_font_metrics(struct md_font font)
{
	PangoFontDescription *description = md_font_map_describe(font);
	PangoContext *context = md_font_map_context(PANGO_DIRECTION_LTR);
	PangoFontMetrics *metrics = pango_context_get_metrics(context, description, NULL);
	struct md_font_metrics result = {
	    .ascent = (double)pango_font_metrics_get_ascent(metrics) / PANGO_SCALE,
	    .descent = (double)pango_font_metrics_get_descent(metrics) / PANGO_SCALE,
	};
	double height = (double)pango_font_metrics_get_height(metrics) / PANGO_SCALE;
	result.line_height = OS_MAX(height, result.ascent + result.descent);
	pango_font_metrics_unref(metrics);
	pango_font_description_free(description);
	return result;
}

bool md_font_equal(struct md_font a, struct md_font b)
{
	return a.family == b.family && a.size == b.size && a.weight == b.weight &&
	       a.italic == b.italic;
}
