/* Touch fit: what five taps and two swipes say of how a panel reports places. Maths only.
 *
 * Places are 0 to 1, x to the right and y down, of the screen as it is held; a matrix is that of
 * <cs/calibration.h>: x' = m[0] x + m[1] y + m[2], y' = m[3] x + m[4] y + m[5].
 *
 *	struct touch_swipe right = {…}, down = {…};              as reported
 *	double coarse[6], fine[6], matrix[6];
 *	if (touch_fit_swipes(&right, &down, coarse) == 0) …        rotation and mirroring
 *	if (touch_fit_pairs(pairs, 5, fine) == 0) …                least squares
 *	touch_fit_to_panel(fine, orientation, matrix);             of the panel as it stands unturned
 */
#ifndef SETTINGS_TOUCH_FIT_H
#define SETTINGS_TOUCH_FIT_H

#include <md/geometry.h>

struct touch_swipe {
	struct md_point from, to;
};

struct touch_pair {
	struct md_point reported, wanted;
};

#define TOUCH_SWIPE_MIN 0.15  /* a shorter one says nothing */
#define TOUCH_ERROR_MAX 0.04  /* of a pair, after the fit: more was no tap on the target */

/* Which of the eight quarter turns and mirrors makes the first swipe go right and the second down.
 * -EDOM: too short, slanting, or both along one axis. */
int touch_fit_swipes(const struct touch_swipe *right, const struct touch_swipe *down, double ret_matrix[6]);
/* The affine matrix of the least sum of squares. -EDOM: under three pairs, all in a line, something
 * not finite, a result that no panel has, or a pair farther off than TOUCH_ERROR_MAX. */
int touch_fit_pairs(const struct touch_pair *pairs, int count, double ret_matrix[6]);
/* The same for the panel unturned, where orientation is the screen's: 0, 90, 180, 270 (clockwise). */
void touch_fit_to_panel(const double matrix[6], int orientation, double ret_matrix[6]);
struct md_point touch_fit_apply(const double matrix[6], struct md_point place);

#endif
