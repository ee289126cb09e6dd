/* Surfaces: two buffers at most, one shown and one drawn into.
 *
 *	one buffer, ours ──commit──▶ shown ──begin: second buffer, copied──▶ shown + drawing
 *	      ▲                        ▲                                        │ end, commit
 *	      └── never shown          └──── the other one, stale by the damage ◀┘
 *
 * begin copies back what changed since the buffer was last the front one. */
#include "surface_private.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include <os/clock.h>
#include <os/memory.h>

#include "scene_private.h"

#define REST_US OS_US_PER_S
#define LARGEST_PX 16384

struct buffer {
	struct md_range *range; /* NULL: not there */
	struct md_rect stale;   /* pixels that are newer in the front buffer */
};

struct md_surface {
	int references;
	struct md_display_client *client; /* weak: NULL once it has gone */
	struct os_list link;              /* md_display_client.surfaces */
	int width, height, stride;
	double scale;
	bool opaque;
	struct buffer buffers[2];
	int front;             /* the one with the newest picture, -1: nothing drawn */
	int drawing;           /* between begin and end, else -1 */
	struct md_rect damage; /* of begin, pixels */
	struct md_canvas *canvas;
	int64_t drawn_us;
};

static uint32_t size_bytes(const struct md_surface *surface)
{
	return (uint32_t)surface->stride * (uint32_t)surface->height;
}

struct md_surface *md_surface_create(struct md_scene *scene, int width_px, int height_px,
				     bool opaque)
{
	assert(width_px > 0 && height_px > 0);
	if (width_px > LARGEST_PX || height_px > LARGEST_PX) {
		return NULL;
	}
	int stride = (width_px * 4 + 15) & ~15;
	struct md_display_client *client = scene->client;
	struct md_range *range =
	    md_arenas_take(&client->arenas, (uint32_t)stride * (uint32_t)height_px);
	if (range == NULL) {
		return NULL;
	}
	struct md_surface *surface = os_alloc(sizeof(*surface));
	*surface = (struct md_surface){
	    .references = 1,
	    .client = client,
	    .width = width_px,
	    .height = height_px,
	    .stride = stride,
	    .opaque = opaque,
	    .scale = scene->configuration.scale > 0 ? scene->configuration.scale : 1,
	    .front = -1,
	    .drawing = -1};
	surface->buffers[0].range = range;
	os_list_append(&client->surfaces, &surface->link);
	return surface;
}

struct md_surface *md_surface_retain(struct md_surface *surface)
{
	if (surface != NULL) {
		surface->references++;
	}
	return surface;
}

static void drop_buffers(struct md_surface *surface)
{
	for (int i = 0; i < 2; i++) {
		if (surface->buffers[i].range != NULL) {
			md_range_drop(surface->buffers[i].range);
			surface->buffers[i].range = NULL;
		}
	}
}

struct md_surface *md_surface_release(struct md_surface *surface)
{
	if (surface == NULL || --surface->references > 0) {
		return NULL;
	}
	md_canvas_destroy(surface->canvas);
	drop_buffers(surface);
	os_list_remove(&surface->link);
	os_free(surface);
	return NULL;
}

void md_surfaces_orphan(struct md_display_client *client)
{
	struct md_surface *surface, *next;
	os_list_for_each_safe(surface, next, &client->surfaces, link) {
		surface->client = NULL;
		drop_buffers(surface);
		os_list_remove(&surface->link);
	}
}

void md_surface_size_px(const struct md_surface *surface, int *ret_width, int *ret_height)
{
	*ret_width = surface->width;
	*ret_height = surface->height;
}

bool md_surface_is_opaque(const struct md_surface *surface)
{
	return surface->opaque;
}

/* --- Drawing ---------------------------------------------------------------------------------- */

static uint8_t *row(const struct md_surface *surface, const struct buffer *buffer, int x, int y)
{
	return (uint8_t *)md_range_memory(buffer->range) + (size_t)y * surface->stride +
	       (size_t)x * 4;
}

static void copy_back(struct md_surface *surface, const struct buffer *from, struct buffer *to)
{
	struct md_rect stale =
	    md_rect_intersect(to->stale, (struct md_rect){0, 0, surface->width, surface->height});
	bool covered = md_rect_equal(md_rect_intersect(stale, surface->damage), stale);
	to->stale = (struct md_rect){0};
	if (md_rect_is_empty(stale) || covered) {
		return;
	}
	int x = (int)stale.x, width = (int)stale.width;
	for (int y = (int)stale.y; y < (int)(stale.y + stale.height); y++) {
		memcpy(row(surface, to, x, y), row(surface, from, x, y), (size_t)width * 4);
	}
}

/* The buffer that may be written now, or -1. */
static int choose(struct md_surface *surface)
{
	int front = OS_MAX(surface->front, 0);
	if (!surface->buffers[front].range->held) {
		return front;
	}
	struct buffer *back = &surface->buffers[1 - front];
	if (back->range == NULL) {
		back->range = md_arenas_take(&surface->client->arenas, size_bytes(surface));
		back->stale = (struct md_rect){0, 0, surface->width, surface->height};
	}
	return back->range != NULL && !back->range->held ? 1 - front : -1;
}

static struct md_rect to_pixels(const struct md_surface *surface, struct md_rect points)
{
	struct md_rect px = md_rect_snap_out(points, surface->scale);
	px = (struct md_rect){px.x * surface->scale, px.y * surface->scale,
			      px.width * surface->scale, px.height * surface->scale};
	px = (struct md_rect){round(px.x), round(px.y), round(px.width), round(px.height)};
	return md_rect_intersect(px, (struct md_rect){0, 0, surface->width, surface->height});
}

struct md_canvas *md_surface_begin(struct md_surface *surface, struct md_rect damage)
{
	assert(surface->drawing < 0);
	int index = surface->client == NULL ? -1 : choose(surface);
	if (index < 0) {
		return NULL;
	}
	struct buffer *buffer = &surface->buffers[index];
	surface->damage = to_pixels(surface, damage);
	if (index != surface->front && surface->front >= 0) {
		copy_back(surface, &surface->buffers[surface->front], buffer);
	}
	surface->drawing = index;
	md_canvas_destroy(surface->canvas);
	surface->canvas =
	    md_canvas_create(md_range_memory(buffer->range), surface->width, surface->height,
			     surface->stride, surface->scale, surface->opaque);
	/* Whole pixels, so that the clip's edge is not blended into what was there. */
	damage = (struct md_rect){
	    surface->damage.x / surface->scale, surface->damage.y / surface->scale,
	    surface->damage.width / surface->scale, surface->damage.height / surface->scale};
	md_canvas_clip_rect(surface->canvas, damage);
	if (!surface->opaque) {
		md_canvas_clear(surface->canvas, damage);
	}
	return surface->canvas;
}

void md_surface_end(struct md_surface *surface)
{
	assert(surface->drawing >= 0);
	surface->canvas = md_canvas_destroy(surface->canvas);
	if (surface->client == NULL) {
		surface->drawing = -1;
		return;
	}
	struct buffer *other = &surface->buffers[1 - surface->drawing];
	other->stale = md_rect_union(other->stale, surface->damage);
	surface->front = surface->drawing;
	surface->drawing = -1;
	surface->drawn_us = os_clock_now_us();
	surface->client->bytes_drawn +=
	    (uint64_t)(surface->damage.width * surface->damage.height) * 4;
	if (other->range != NULL) {
		md_display_client_rest_at(surface->client, surface->drawn_us + REST_US);
	}
}

/* --- With the compositor ---------------------------------------------------------------------- */

bool md_surface_commit(struct md_surface *surface, struct md_surface_place *ret_place)
{
	if (surface->front < 0 || surface->client == NULL) {
		return false;
	}
	struct md_range *range = surface->buffers[surface->front].range;
	range->held = true;
	*ret_place = (struct md_surface_place){.arena = range->arena->id,
					       .offset = range->offset,
					       .width = (uint32_t)surface->width,
					       .height = (uint32_t)surface->height,
					       .stride = (uint32_t)surface->stride,
					       .opaque = surface->opaque};
	return true;
}

int64_t md_surfaces_rest(struct md_display_client *client, int64_t now_us)
{
	int64_t next_us = OS_NEVER;
	struct md_surface *surface;
	os_list_for_each(surface, &client->surfaces, link) {
		struct buffer *back =
		    surface->front < 0 ? NULL : &surface->buffers[1 - surface->front];
		if (back == NULL || back->range == NULL || surface->drawing >= 0) {
			continue;
		}
		if (surface->drawn_us + REST_US <= now_us) {
			md_range_drop(back->range);
			back->range = NULL;
		} else {
			next_us = OS_MIN(next_us, surface->drawn_us + REST_US);
		}
	}
	if (next_us == OS_NEVER) {
		md_arenas_trim(&client->arenas);
	}
	return next_us;
}

struct md_surface_usage md_surface_usage(const struct md_scene *scene)
{
	return (struct md_surface_usage){scene->client->arenas.used, scene->client->arenas.given};
}
