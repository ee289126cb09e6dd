/* Timing curves: cubic Béziers from (0,0) to (1,1), as in CSS and CAMediaTimingFunction.
 *
 * Control points' x are in 0…1. Solved by Newton's method with bisection behind it, to 1e-7.
 * FEEL.md: default .25 .1 .25 1 · in .42 0 1 1 · out 0 0 .58 1 · in-out .42 0 .58 1 */
#ifndef MD_TIMING_H
#define MD_TIMING_H

#include <md/base.h>

struct md_curve { double x1, y1, x2, y2; };

#define MD_CURVE_DEFAULT ((struct md_curve){0.25, 0.1, 0.25, 1})
#define MD_CURVE_LINEAR ((struct md_curve){0, 0, 1, 1})
#define MD_CURVE_IN ((struct md_curve){0.42, 0, 1, 1})
#define MD_CURVE_OUT ((struct md_curve){0, 0, 0.58, 1})
#define MD_CURVE_IN_OUT ((struct md_curve){0.42, 0, 0.58, 1})

/* progress: 0…1, clamped. */
MD_PUBLIC double md_curve_at(struct md_curve curve, double progress);

#endif
