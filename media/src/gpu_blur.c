/* Pictures made smaller and blurred by draws: a GPU mixes four pixels when it is asked for a place
 * between them, so halving is one draw, and a weighted sum needs one draw for two of its weights
 * (the usual linear sampling of a Gaussian). What is beyond a picture is its edge. */
#include <math.h>
#include <string.h>

#include "blur.h"
#include "gpu_renderer_private.h"

#define KERNEL_MAX 64 /* 6 · radius + 1 */

/* --- A part of one picture onto another ------------------------------------------------------------- */

/* Along one axis: pixels from…to of the target show the source from `at` on, `scale` of its pixels
 * each; only those between low and high are valid. */
struct axis {
	double from, to, at, scale, low, high;
};

struct piece {
	double from, to, source_from, source_to;
};

/* Cuts where the source ends: beyond, its last pixel's middle is shown. */
static int cut_axis(const struct axis *axis, struct piece pieces[3])
{
	double low = axis->low + 0.5, high = axis->high - 0.5;
	double cuts[4] = {axis->from, axis->from + (low - axis->at) / axis->scale,
			  axis->from + (high - axis->at) / axis->scale, axis->to};
	int count = 0;
	for (int i = 0; i < 3; i++) {
		double from = OS_CLAMP(cuts[i], axis->from, axis->to);
		double to = OS_CLAMP(cuts[i + 1], axis->from, axis->to);
		if (from < to) {
			double source_from = axis->at + (from - axis->from) * axis->scale;
			double source_to = axis->at + (to - axis->from) * axis->scale;
			pieces[count++] = (struct piece){from, to, OS_CLAMP(source_from, low, high),
							 OS_CLAMP(source_to, low, high)};
		}
	}
	return count;
}

static void add_part(struct md_gpu_renderer *renderer, const struct md_gpu_picture *from,
		     const struct axis *across, const struct axis *down,
		     const struct md_gpu_paint *paint)
{
	struct piece columns[3], rows[3];
	int column_count = cut_axis(across, columns), row_count = cut_axis(down, rows);
	for (int row = 0; row < row_count; row++) {
		for (int column = 0; column < column_count; column++) {
			const struct piece *x = &columns[column], *y = &rows[row];
			float u1 = (float)(x->source_from / from->width);
			float u2 = (float)(x->source_to / from->width);
			float v1 = (float)(y->source_from / from->height);
			float v2 = (float)(y->source_to / from->height);
			const float at[4][4] = {{(float)x->from, (float)y->from, u1, v1},
						{(float)x->to, (float)y->from, u2, v1},
						{(float)x->to, (float)y->to, u2, v2},
						{(float)x->from, (float)y->to, u1, v2}};
			md_gpu_batch_add_quad(&renderer->batch, paint, at);
		}
	}
}

/* A target for a picture of this size, and one more pixel at the far edges: whoever mixes there
 * finds the edge again. */
static bool open_target(struct md_gpu_renderer *renderer, int32_t width, int32_t height,
			struct md_gpu_picture *ret_picture)
{
	struct md_gpu_target target;
	const uint32_t clear = 0;
	if (!md_gpu_target_get(renderer, width + 1, height + 1, &target)) {
		return false;
	}
	*ret_picture = (struct md_gpu_picture){
	    target.texture, target.width, target.height, {0, 0, width, height}};
	md_gpu_batch_open(&renderer->batch, &target, &clear);
	return true;
}

/* --- Halving ------------------------------------------------------------------------------------------ */

static bool halve(struct md_gpu_renderer *renderer, const struct md_gpu_picture *from,
		  struct md_gpu_picture *ret_picture)
{
	int32_t width = (from->box.x2 - from->box.x1 + 1) / 2;
	int32_t height = (from->box.y2 - from->box.y1 + 1) / 2;
	if (!open_target(renderer, width, height, ret_picture)) {
		return false;
	}
	const struct md_gpu_paint paint = {from->texture, OS_GPU_REPLACE, 0xffffffff, {0}};
	const struct axis across = {0, width + 1, from->box.x1, 2, from->box.x1, from->box.x2};
	const struct axis down = {0, height + 1, from->box.y1, 2, from->box.y1, from->box.y2};
	add_part(renderer, from, &across, &down, &paint);
	md_gpu_batch_close(&renderer->batch);
	return true;
}

bool md_gpu_reduce(struct md_gpu_renderer *renderer, const struct md_gpu_picture *from,
		   int halvings, struct md_gpu_picture *ret_picture)
{
	struct md_gpu_picture now = *from;
	for (int i = 0; i < halvings; i++) {
		struct md_gpu_picture next;
		if (!halve(renderer, &now, &next)) {
			return false;
		}
		now = next;
	}
	*ret_picture = now;
	return true;
}

/* --- Blurring ------------------------------------------------------------------------------------------ */

/* A box thrice: how often each place is counted. */
static int make_kernel(int radius, double weights[KERNEL_MAX])
{
	double box[KERNEL_MAX] = {0}, other[KERNEL_MAX];
	int size = 2 * radius + 1;
	for (int i = 0; i < size; i++) {
		box[i] = 1.0 / size;
	}
	memcpy(weights, box, sizeof(box));
	int count = size;
	for (int pass = 0; pass < 2; pass++, count += size - 1) {
		memset(other, 0, sizeof(other));
		for (int i = 0; i < count; i++) {
			for (int k = 0; k < size; k++) {
				other[i + k] += weights[i] * box[k];
			}
		}
		memcpy(weights, other, sizeof(other));
	}
	return count;
}

/* Two neighbours of the kernel as one look between them. */
struct tap {
	double offset;
	int weight; /* of 255 */
};

/* Weights as whole parts of 255, so that a plain colour stays what it is. */
static int make_taps(int radius, struct tap taps[KERNEL_MAX])
{
	double weights[KERNEL_MAX];
	int count = make_kernel(radius, weights), made = 0;
	double sum = 0;
	int given = 0;
	for (int i = 0; i < count; i += 2) {
		double next = i + 1 < count ? weights[i + 1] : 0;
		double weight = weights[i] + next;
		sum += weight * 255;
		taps[made].offset = i - 3 * radius + next / weight;
		taps[made].weight = (int)floor(sum + 0.5) - given;
		given += taps[made].weight;
		made += taps[made].weight > 0;
	}
	return made;
}

static bool blur_axis(struct md_gpu_renderer *renderer, const struct md_gpu_picture *from,
		      int radius, bool is_across, struct md_gpu_picture *ret_picture)
{
	struct tap taps[KERNEL_MAX];
	int count = make_taps(radius, taps);
	int32_t width = from->box.x2 - from->box.x1, height = from->box.y2 - from->box.y1;
	if (!open_target(renderer, width, height, ret_picture)) {
		return false;
	}
	for (int i = 0; i < count; i++) {
		const struct md_gpu_paint paint = {
		    from->texture, OS_GPU_ADD, md_gpu_gray((uint8_t)taps[i].weight), {0}};
		double x = is_across ? taps[i].offset : 0, y = is_across ? 0 : taps[i].offset;
		const struct axis across = {0, width + 1,    from->box.x1 + x,
					    1, from->box.x1, from->box.x2};
		const struct axis down = {0, height + 1,   from->box.y1 + y,
					  1, from->box.y1, from->box.y2};
		add_part(renderer, from, &across, &down, &paint);
	}
	md_gpu_batch_close(&renderer->batch);
	return true;
}

bool md_gpu_blur(struct md_gpu_renderer *renderer, const struct md_gpu_picture *from, int radius,
		 struct md_gpu_picture *ret_picture)
{
	struct md_gpu_picture half;
	radius = OS_MIN(radius, (KERNEL_MAX - 1) / 6);
	if (radius < 1) {
		*ret_picture = *from;
		return true;
	}
	return blur_axis(renderer, from, radius, true, &half) &&
	       blur_axis(renderer, &half, radius, false, ret_picture);
}
