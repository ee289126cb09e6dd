/* Snapshots: the switcher's pictures of scenes, made by the compositor itself when one leaves the
 * foreground. Half size, secure layers blanked, the oldest goes when there are too many. */
#include <os/memory.h>

#include "compositor_private.h"

#define SCALE 0.5

struct request {
	struct md_compositor *compositor;
	uint64_t token;
	int width, height;
};

static void free_pixels(void *pixels)
{
	os_free(pixels);
}

struct snapshot *snapshot_find(struct md_compositor *compositor, uint64_t token)
{
	for (int i = 0; i < SNAPSHOTS_MAX; i++) {
		struct snapshot *snapshot = &compositor->snapshots[i];
		if (snapshot->texture != NULL && snapshot->token == token) {
			return snapshot;
		}
	}
	return NULL;
}

static struct snapshot *place_for(struct md_compositor *compositor, uint64_t token)
{
	struct snapshot *best = snapshot_find(compositor, token);
	for (int i = 0; best == NULL && i < SNAPSHOTS_MAX; i++) {
		if (compositor->snapshots[i].texture == NULL) {
			best = &compositor->snapshots[i];
		}
	}
	for (int i = 0; i < SNAPSHOTS_MAX && (best == NULL || best->content != 0); i++) {
		struct snapshot *snapshot = &compositor->snapshots[i];
		if (best == NULL || (best->token != token && snapshot->content < best->content)) {
			best = snapshot;
		}
	}
	return best;
}

static void rendered(void *context, uint32_t *pixels)
{
	struct request *request = context;
	struct md_compositor *compositor = request->compositor;
	if (pixels != NULL) {
		struct snapshot *snapshot = place_for(compositor, request->token);
		md_texture_release(snapshot->texture);
		snapshot->token = request->token;
		snapshot->content = ++compositor->snapshots_made;
		const struct md_pixels picture = {pixels, request->width, request->height,
						  request->width * 4, true};
		snapshot->texture = md_texture_create(picture, free_pixels, pixels);
		frame_clock_need(compositor);
	}
	os_free(request);
}

void snapshot_take(struct md_compositor *compositor, struct scene *scene)
{
	if (!scene->ready) {
		return;
	}
	struct md_frame_list *list = md_frame_list_create();
	frame_build_scene(compositor, list, scene, compositor->mode.scale * SCALE);
	if (list->width_px <= 0 || list->height_px <= 0) {
		md_frame_list_destroy(list);
		return;
	}
	struct request *request = os_alloc(sizeof(*request));
	*request = (struct request){compositor, scene->token, list->width_px, list->height_px};
	display_render(compositor->display, list, rendered, request);
}

void snapshots_finish(struct md_compositor *compositor)
{
	for (int i = 0; i < SNAPSHOTS_MAX; i++) {
		compositor->snapshots[i].texture =
		    md_texture_release(compositor->snapshots[i].texture);
	}
}
