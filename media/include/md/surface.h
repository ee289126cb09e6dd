/* Surface: pixels that the compositor shows, in memory that it gave us (IOSurface).
 *
 * Memory comes in arenas, sealed chunks inside a byte budget, which the scene's connection asks for
 * and keeps. A surface that changes has two buffers; begin gives the one that may be written, with
 * what changed last time already copied back.
 *
 *	struct md_surface *surface = md_surface_create(scene, 480, 44, true);
 *	struct md_canvas *canvas = md_surface_begin(surface, damage);    clipped to the damage
 *	… draw …
 *	md_surface_end(surface);
 *	md_layer_set_surface(layer, surface, &damage_px);
 *
 * Thread: main. */
#ifndef MD_SURFACE_H
#define MD_SURFACE_H

#include <md/canvas.h>

struct md_scene;
struct md_surface;

/* Sizes in pixels; opaque surfaces are read as x8r8g8b8. NULL when the budget is spent or the arena
 * is not there yet (scene delegate's `surfaces_available` tells when to try again). */
MD_PUBLIC struct md_surface *md_surface_create(struct md_scene *scene, int width_px, int height_px, bool opaque);
MD_PUBLIC struct md_surface *md_surface_retain(struct md_surface *surface);
MD_PUBLIC struct md_surface *md_surface_release(struct md_surface *surface);
MD_PUBLIC void md_surface_size_px(const struct md_surface *surface, int *ret_width, int *ret_height);
MD_PUBLIC bool md_surface_is_opaque(const struct md_surface *surface);
/* The canvas is in points of the surface's scale. NULL when both buffers are in use: draw next tick. */
MD_PUBLIC struct md_canvas *md_surface_begin(struct md_surface *surface, struct md_rect damage);
MD_PUBLIC void md_surface_end(struct md_surface *surface);

/* Bytes of this process's arenas in use, and given by the compositor. */
struct md_surface_usage { int64_t used, given; };
MD_PUBLIC struct md_surface_usage md_surface_usage(const struct md_scene *scene);

#endif
