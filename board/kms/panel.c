/* Which mode a screen is given, and how many pixels a point has on it.
 *
 * Scale: 132 pixels an inch are one pixel a point, what the Raspberry Pi 7-inch panel has (800x480,
 * 154.08 x 85.92 mm: raspberrypi.com/documentation/accessories/display.html). Touch Display 2
 * (720x1280, 88 x 155 mm: …/accessories/touch-display-2.html) comes to 1.6. In steps of a tenth, so
 * that two panels of one kind look the same; never under 1, since what is far away is large. */
#include "kms.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include <os/base.h>

#define DPI_OF_ONE 132.0
#define MM_PER_INCH 25.4
#define SCALE_MAX 4.0
#define SHORT_SIDE_PT 320 /* what every screen of ours fits into */
#define WIDTH_MAX_PX 1920 /* more is drawn by hand at no useful rate; who wants it asks for it */
#define HEIGHT_MAX_PX 1200

/* --- Mode ------------------------------------------------------------------------------------- */

static bool is_handy(const struct kms_timing *timing)
{
	return (timing->width_px <= WIDTH_MAX_PX && timing->height_px <= HEIGHT_MAX_PX) ||
	       (timing->width_px <= HEIGHT_MAX_PX && timing->height_px <= WIDTH_MAX_PX);
}

/* Of two modes the better: its points, more is better. Each digit decides before the next. */
static int64_t points(const struct kms_timing *timing, const struct os_display_mode *wanted)
{
	bool is_wanted = wanted->width_px > 0 && timing->width_px == wanted->width_px &&
			 timing->height_px == wanted->height_px;
	int64_t rate = wanted->rate_mhz > 0 ? wanted->rate_mhz : 60000;
	int64_t off = OS_MIN(llabs(timing->rate_mhz - rate), INT64_C(999999));
	int64_t area = (int64_t)timing->width_px * timing->height_px;
	int64_t sum = is_wanted;
	sum = sum * 2 + is_handy(timing);
	sum = sum * 2 + !timing->is_interlaced;
	/* The size first, then the rate: the preferred mode's size at another rate is the next best. */
	sum = sum * 2 + (timing->is_preferred && !is_wanted);
	sum = sum * (INT64_C(1) << 28) + OS_MIN(area, (INT64_C(1) << 28) - 1);
	return sum * 1000000 + (999999 - off);
}

static int best_of(const struct kms_timing *timings, size_t count,
		   const struct os_display_mode *wanted)
{
	int best = -ENOENT;
	for (size_t i = 0; i < count; i++) {
		if (timings[i].width_px <= 0 || timings[i].height_px <= 0) {
			continue;
		}
		if (best < 0 || points(&timings[i], wanted) > points(&timings[best], wanted)) {
			best = (int)i;
		}
	}
	return best;
}

int kms_timing_choose(const struct kms_timing *timings, size_t count,
		      const struct os_display_mode *wanted)
{
	int best = best_of(timings, count, wanted);
	if (best < 0 || wanted->rate_mhz == 0) {
		return best;
	}
	/* A rate was asked for: the same size may have it elsewhere than in the preferred mode. */
	struct os_display_mode same = *wanted;
	same.width_px = timings[best].width_px;
	same.height_px = timings[best].height_px;
	return best_of(timings, count, &same);
}

/* --- Size ------------------------------------------------------------------------------------- */

/* Screens that do not know their size say their ratio there, in whatever unit. */
static bool is_a_ratio(int32_t width_mm, int32_t height_mm)
{
	static const int16_t s_ratios[][2] = {{16, 9}, {16, 10}};
	for (size_t i = 0; i < OS_ARRAY_LEN(s_ratios); i++) {
		for (int32_t times = 1; times <= 100; times *= 10) {
			if (width_mm == s_ratios[i][0] * times &&
			    height_mm == s_ratios[i][1] * times) {
				return true;
			}
		}
	}
	return false;
}

static double dpi(int32_t width_px, int32_t height_px, int32_t width_mm, int32_t height_mm)
{
	return hypot(width_px, height_px) / hypot(width_mm, height_mm) * MM_PER_INCH;
}

void kms_believe_size(int32_t width_px, int32_t height_px, int32_t *width_mm, int32_t *height_mm)
{
	bool is_true = *width_mm > 0 && *height_mm > 0 && width_px > 0 && height_px > 0 &&
		       !is_a_ratio(*width_mm, *height_mm);
	if (is_true) {
		double density = dpi(width_px, height_px, *width_mm, *height_mm);
		double pixel_ratio = (double)*width_mm / width_px * height_px / *height_mm;
		is_true = density >= 20 && density <= 600 && pixel_ratio > 0.66 && pixel_ratio < 1.5;
	}
	if (!is_true) {
		*width_mm = 0;
		*height_mm = 0;
	}
}

double kms_scale(int32_t width_px, int32_t height_px, int32_t width_mm, int32_t height_mm)
{
	kms_believe_size(width_px, height_px, &width_mm, &height_mm);
	if (width_mm == 0) {
		return 1;
	}
	double scale = round(dpi(width_px, height_px, width_mm, height_mm) / DPI_OF_ONE * 10) / 10;
	double most = floor((double)OS_MIN(width_px, height_px) / SHORT_SIDE_PT * 10) / 10;
	return OS_MAX(OS_MIN(OS_MIN(scale, most), SCALE_MAX), 1.0);
}
