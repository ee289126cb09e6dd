#include "gpu_batch.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include <os/memory.h>

void md_gpu_batch_finish(struct md_gpu_batch *batch)
{
	os_free(batch->vertices);
	os_free(batch->indices);
	os_free(batch->draws);
	os_free(batch->ordered);
	os_free(batch->draw_passes);
	os_free(batch->passes);
	os_free(batch->done);
	os_free(batch->order);
	*batch = (struct md_gpu_batch){0};
}

void md_gpu_batch_reset(struct md_gpu_batch *batch)
{
	batch->vertex_count = batch->index_count = batch->draw_count = 0;
	batch->pass_count = batch->order_count = 0;
	batch->depth = 0;
}

/* --- Passes ------------------------------------------------------------------------------------------- */

static void set_color(uint8_t to[4], uint32_t color)
{
	to[0] = (uint8_t)(color >> 16);
	to[1] = (uint8_t)(color >> 8);
	to[2] = (uint8_t)color;
	to[3] = (uint8_t)(color >> 24);
}

void md_gpu_batch_open(struct md_gpu_batch *batch, const struct md_gpu_target *target,
		       const uint32_t *clear)
{
	assert(batch->depth < MD_GPU_PASS_DEPTH);
	if (batch->pass_count == batch->pass_capacity) {
		uint32_t capacity = OS_MAX(batch->pass_capacity * 2, 16u);
		batch->passes = os_realloc_array(batch->passes, capacity, sizeof(*batch->passes));
		batch->done = os_realloc_array(batch->done, capacity, sizeof(*batch->done));
		batch->order = os_realloc_array(batch->order, capacity, sizeof(*batch->order));
		batch->pass_capacity = capacity;
	}
	struct os_gpu_pass *pass = &batch->passes[batch->pass_count];
	*pass = (struct os_gpu_pass){.target = target->texture, .clears = clear != NULL};
	if (clear != NULL) {
		set_color(pass->clear_color, *clear);
	}
	batch->open[batch->depth].pass = batch->pass_count++;
	batch->open[batch->depth++].target = *target;
}

void md_gpu_batch_close(struct md_gpu_batch *batch)
{
	assert(batch->depth > 0);
	batch->order[batch->order_count++] = batch->open[--batch->depth].pass;
}

const struct md_gpu_target *md_gpu_batch_target(const struct md_gpu_batch *batch)
{
	return &batch->open[batch->depth - 1].target;
}

/* --- Triangles ---------------------------------------------------------------------------------------- */

static void reserve(struct md_gpu_batch *batch, uint32_t vertices, uint32_t indices)
{
	if (batch->vertex_count + vertices > batch->vertex_capacity) {
		batch->vertex_capacity =
		    OS_MAX(batch->vertex_capacity * 2, batch->vertex_count + vertices + 256);
		batch->vertices = os_realloc_array(batch->vertices, batch->vertex_capacity,
						   sizeof(*batch->vertices));
	}
	if (batch->index_count + indices > batch->index_capacity) {
		batch->index_capacity =
		    OS_MAX(batch->index_capacity * 2, batch->index_count + indices + 512);
		batch->indices = os_realloc_array(batch->indices, batch->index_capacity,
						  sizeof(*batch->indices));
	}
}

/* The draw that triangles of this paint go to: the last one, if it is the same. */
static struct os_gpu_draw *draw_for(struct md_gpu_batch *batch, const struct md_gpu_paint *paint)
{
	uint32_t pass = batch->open[batch->depth - 1].pass;
	if (batch->draw_count > 0 && batch->draw_passes[batch->draw_count - 1] == pass) {
		struct os_gpu_draw *last = &batch->draws[batch->draw_count - 1];
		if (last->texture == paint->texture && last->blend == paint->blend) {
			return last;
		}
	}
	if (batch->draw_count == batch->draw_capacity) {
		uint32_t capacity = OS_MAX(batch->draw_capacity * 2, 64u);
		batch->draws = os_realloc_array(batch->draws, capacity, sizeof(*batch->draws));
		batch->ordered =
		    os_realloc_array(batch->ordered, capacity, sizeof(*batch->ordered));
		batch->draw_passes =
		    os_realloc_array(batch->draw_passes, capacity, sizeof(*batch->draw_passes));
		batch->draw_capacity = capacity;
	}
	struct os_gpu_draw *draw = &batch->draws[batch->draw_count];
	batch->draw_passes[batch->draw_count++] = pass;
	*draw = (struct os_gpu_draw){.texture = paint->texture,
				     .blend = paint->blend,
				     .first_vertex = batch->vertex_count,
				     .first_index = batch->index_count};
	return draw;
}

static uint8_t part_of(uint32_t value, double coverage)
{
	return (uint8_t)((value & 255) * coverage + 0.5);
}

static struct os_gpu_vertex vertex_of(const struct md_gpu_batch *batch,
				      const struct md_patch_point *point,
				      const struct md_gpu_paint *paint)
{
	const struct md_gpu_target *target = md_gpu_batch_target(batch);
	struct md_point uv = {0, 0};
	if (paint->texture != 0) {
		uv = md_affine_apply(paint->map, (struct md_point){point->x, point->y});
	}
	return (struct os_gpu_vertex){
	    .x = (float)(point->x - target->x),
	    .y = (float)(point->y - target->y),
	    .u = (float)OS_CLAMP(uv.x, 0, 1),
	    .v = (float)OS_CLAMP(uv.y, 0, 1),
	    .color = {part_of(paint->color >> 16, point->coverage),
		      part_of(paint->color >> 8, point->coverage),
		      part_of(paint->color, point->coverage),
		      part_of(paint->color >> 24, point->coverage)},
	};
}

/* A convex polygon whose vertices were just added, as a fan. */
static void add_fan(struct md_gpu_batch *batch, struct os_gpu_draw *draw, uint32_t count)
{
	uint32_t first = batch->vertex_count - draw->first_vertex;
	for (uint32_t i = 2; i < count; i++) {
		batch->indices[batch->index_count++] = first;
		batch->indices[batch->index_count++] = first + i - 1;
		batch->indices[batch->index_count++] = first + i;
	}
	batch->vertex_count += count;
	draw->vertex_count += count;
	draw->index_count += 3 * (count - 2);
}

void md_gpu_batch_add(struct md_gpu_batch *batch, const struct md_patches *patches,
		      const struct md_gpu_paint *paint)
{
	for (uint32_t i = 0; i < patches->count; i++) {
		const struct md_patch *patch = &patches->patches[i];
		reserve(batch, patch->count, 3 * patch->count);
		struct os_gpu_draw *draw = draw_for(batch, paint);
		for (uint32_t k = 0; k < patch->count; k++) {
			batch->vertices[batch->vertex_count + k] =
			    vertex_of(batch, &patches->points[patch->first + k], paint);
		}
		add_fan(batch, draw, patch->count);
	}
}

void md_gpu_batch_add_quad(struct md_gpu_batch *batch, const struct md_gpu_paint *paint,
			   const float at[4][4])
{
	reserve(batch, 4, 6);
	struct os_gpu_draw *draw = draw_for(batch, paint);
	for (int i = 0; i < 4; i++) {
		struct os_gpu_vertex *vertex = &batch->vertices[batch->vertex_count + (uint32_t)i];
		*vertex = (struct os_gpu_vertex){.x = at[i][0],
						 .y = at[i][1],
						 .u = OS_CLAMP(at[i][2], 0.0f, 1.0f),
						 .v = OS_CLAMP(at[i][3], 0.0f, 1.0f)};
		set_color(vertex->color, paint->color);
	}
	add_fan(batch, draw, 4);
}

/* --- The frame ---------------------------------------------------------------------------------------- */

void md_gpu_batch_finish_frame(struct md_gpu_batch *batch, struct os_gpu_frame *ret_frame)
{
	uint32_t made = 0;
	assert(batch->depth == 0);
	for (uint32_t i = 0; i < batch->order_count; i++) {
		struct os_gpu_pass *pass = &batch->done[i];
		*pass = batch->passes[batch->order[i]];
		pass->first_draw = made;
		for (uint32_t k = 0; k < batch->draw_count; k++) {
			if (batch->draw_passes[k] == batch->order[i]) {
				batch->ordered[made++] = batch->draws[k];
			}
		}
		pass->draw_count = made - pass->first_draw;
	}
	*ret_frame = (struct os_gpu_frame){.vertices = batch->vertices,
					   .indices = batch->indices,
					   .draws = batch->ordered,
					   .passes = batch->done,
					   .vertex_count = batch->vertex_count,
					   .index_count = batch->index_count,
					   .draw_count = made,
					   .pass_count = batch->order_count};
}
