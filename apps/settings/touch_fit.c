#include "touch_fit.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include <cs/calibration.h>

#define SLANT_MAX 0.5 /* of a swipe: what it may go across, for what it goes along */
#define SPREAD_MIN 1e-4 /* of the targets reported: less is a line */

struct md_point touch_fit_apply(const double m[6], struct md_point place)
{
	return (struct md_point){m[0] * place.x + m[1] * place.y + m[2], m[3] * place.x + m[4] * place.y + m[5]};
}

/* --- Two swipes ------------------------------------------------------------------------------- */

/* Along which axis a swipe went, and whether forward; false: it says nothing. */
static bool read_swipe(const struct touch_swipe *swipe, bool *ret_along_y, double *ret_sign)
{
	double x = swipe->to.x - swipe->from.x, y = swipe->to.y - swipe->from.y;
	if (!isfinite(x) || !isfinite(y)) {
		return false;
	}
	bool along_y = fabs(y) > fabs(x);
	double along = along_y ? y : x, across = along_y ? x : y;
	*ret_along_y = along_y;
	*ret_sign = along < 0 ? -1 : 1;
	return fabs(along) >= TOUCH_SWIPE_MIN && fabs(across) <= SLANT_MAX * fabs(along);
}

int touch_fit_swipes(const struct touch_swipe *right, const struct touch_swipe *down, double ret_matrix[6])
{
	bool right_is_y, down_is_y;
	double right_sign, down_sign;
	if (!read_swipe(right, &right_is_y, &right_sign) || !read_swipe(down, &down_is_y, &down_sign) ||
	    right_is_y == down_is_y) {
		return -EDOM;
	}
	/* x' is what went right, y' what went down; 1 - v where it ran backward. */
	double matrix[6] = {0};
	matrix[right_is_y ? 1 : 0] = right_sign;
	matrix[2] = right_sign < 0 ? 1 : 0;
	matrix[down_is_y ? 4 : 3] = down_sign;
	matrix[5] = down_sign < 0 ? 1 : 0;
	memcpy(ret_matrix, matrix, sizeof(matrix));
	return 0;
}

/* --- Least squares ---------------------------------------------------------------------------- */

/* The normal equations of a·x + b·y + c = w over all pairs, about the means: 2 by 2. */
struct sums {
	double n, x, y, xx, xy, yy;
};

static bool sum_up(const struct touch_pair *pairs, int count, struct sums *ret_sums)
{
	struct sums sums = {.n = count};
	for (int i = 0; i < count; i++) {
		const struct md_point *at = &pairs[i].reported;
		if (!isfinite(at->x) || !isfinite(at->y) || !isfinite(pairs[i].wanted.x) || !isfinite(pairs[i].wanted.y)) {
			return false;
		}
		sums.x += at->x / count;
		sums.y += at->y / count;
	}
	for (int i = 0; i < count; i++) {
		double x = pairs[i].reported.x - sums.x, y = pairs[i].reported.y - sums.y;
		sums.xx += x * x;
		sums.xy += x * y;
		sums.yy += y * y;
	}
	*ret_sums = sums;
	return true;
}

static void solve(const struct touch_pair *pairs, const struct sums *sums, bool for_y, double ret_row[3])
{
	double mean = 0, xw = 0, yw = 0;
	for (int i = 0; i < (int)sums->n; i++) {
		mean += (for_y ? pairs[i].wanted.y : pairs[i].wanted.x) / sums->n;
	}
	for (int i = 0; i < (int)sums->n; i++) {
		double w = (for_y ? pairs[i].wanted.y : pairs[i].wanted.x) - mean;
		xw += (pairs[i].reported.x - sums->x) * w;
		yw += (pairs[i].reported.y - sums->y) * w;
	}
	double area = sums->xx * sums->yy - sums->xy * sums->xy;
	ret_row[0] = (xw * sums->yy - yw * sums->xy) / area;
	ret_row[1] = (yw * sums->xx - xw * sums->xy) / area;
	ret_row[2] = mean - ret_row[0] * sums->x - ret_row[1] * sums->y;
}

int touch_fit_pairs(const struct touch_pair *pairs, int count, double ret_matrix[6])
{
	struct sums sums;
	if (count < 3 || !sum_up(pairs, count, &sums) || sums.xx * sums.yy - sums.xy * sums.xy < SPREAD_MIN) {
		return -EDOM;
	}
	double matrix[6];
	solve(pairs, &sums, false, matrix);
	solve(pairs, &sums, true, matrix + 3);
	if (!cs_calibration_is_matrix(matrix)) {
		return -EDOM;
	}
	for (int i = 0; i < count; i++) {
		struct md_point at = touch_fit_apply(matrix, pairs[i].reported);
		if (hypot(at.x - pairs[i].wanted.x, at.y - pairs[i].wanted.y) > TOUCH_ERROR_MAX) {
			return -EDOM;
		}
	}
	memcpy(ret_matrix, matrix, sizeof(matrix));
	return 0;
}

/* --- A turned screen -------------------------------------------------------------------------- */

static void multiply(const double a[6], const double b[6], double ret_matrix[6]) /* b first */
{
	double matrix[6] = {
	    a[0] * b[0] + a[1] * b[3], a[0] * b[1] + a[1] * b[4], a[0] * b[2] + a[1] * b[5] + a[2],
	    a[3] * b[0] + a[4] * b[3], a[3] * b[1] + a[4] * b[4], a[3] * b[2] + a[4] * b[5] + a[5]};
	memcpy(ret_matrix, matrix, sizeof(matrix));
}

void touch_fit_to_panel(const double matrix[6], int orientation, double ret_matrix[6])
{
	/* From the screen to the panel, by quarters; the way back is that of the opposite turn. */
	static const double s_turns[4][6] = {
	    {1, 0, 0, 0, 1, 0}, {0, -1, 1, 1, 0, 0}, {-1, 0, 1, 0, -1, 1}, {0, 1, 0, -1, 0, 1}};
	int quarters = orientation / 90 & 3;
	double half[6];
	multiply(matrix, s_turns[-quarters & 3], half);
	multiply(s_turns[quarters], half, ret_matrix);
}
