/* Gradients: 2 to 8 colour stops along a line (CGGradient). Vertical ones are by far the cheapest:
 * a diagonal one over a whole screen costs twelve of them. */
#ifndef MD_GRADIENT_H
#define MD_GRADIENT_H

#include <md/color.h>
#include <md/geometry.h>

struct md_gradient_stop { double at; struct md_color color; }; /* at: 0 to 1, ascending */
struct md_gradient {
	struct md_point from, to; /* points of the canvas */
	struct md_gradient_stop stops[8];
	int stop_count;
};

#endif
