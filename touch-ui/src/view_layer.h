/* View layers: which views the compositor knows, and the pixels they are drawn into.
 *
 * view_layer.c decides who has a layer and keeps the compositor's tree in step with the views' one;
 * view_contents.c keeps surfaces for what of it is visible; view_draw.c fills them.
 * A view with a layer is called the owner of the views below that have none: they draw into its
 * surfaces. Owners' coordinates begin at their top left corner. */
#ifndef UI_VIEW_LAYER_H
#define UI_VIEW_LAYER_H

#include <md/layer.h>
#include <md/surface.h>
#include <os/array.h>

#include "view_private.h"

#define UI_DAMAGE_RECTS 8
/* More than any place: the rows of a long list lie millions of points down. */
#define UI_EVERYWHERE ((struct md_rect){-1e9, -1e9, 2e9, 2e9})

struct damage {
	struct md_rect rects[UI_DAMAGE_RECTS];
	int count;
};

/* A piece of an owner's pixels: all of them, or a strip of something long. */
struct view_tile {
	struct md_rect rect;        /* owner's coordinates, on whole pixels */
	struct md_layer *layer;     /* behind all other sublayers; NULL: the owner's own */
	struct md_surface *surface; /* NULL while it is not visible */
};

struct view_layer {
	struct ui_view *view;     /* weak: it owns us */
	/* weak: the one whose sublayer we are; NULL for the window's root */
	struct view_layer *owner;
	struct md_layer *layer;
	struct os_array below;    /* of struct view_layer *: views' sublayers, back to front */
	struct os_array tiles;    /* of struct view_tile */
	struct md_rect paint;     /* where this owner and its views paint; empty: nothing */
	struct md_rect cover;     /* what the tiles cover */
	struct damage damage;
	bool opaque;              /* the surfaces are */
};

/* view_layer.c */
/* the compositor's tree, and who has a layer */
void ui_layers_sync(struct ui_view *root);
/* What is on the screen now of a moving view, in its parent's coordinates. */
void ui_view_presentation(const struct ui_view *view, struct md_rect *frame,
                          struct md_transform *transform, struct md_point *offset);
void ui_layer_push_background(struct view_layer *layer);

/* view_contents.c */
void ui_contents_retile(struct view_layer *layer);   /* after paint, size or opacity changed */
void ui_contents_drop(struct view_layer *layer);
/* surfaces for what is visible, damage drawn */
void ui_layers_draw(struct ui_view *root);
/* all of them: the scale changed, or memory is short */
void ui_layers_drop_surfaces(struct ui_view *root);

/* view_draw.c */
void ui_damage_add(struct damage *damage, struct md_rect rect);
struct md_rect ui_view_extent(const struct ui_view *view, bool with_layered);
/* Paints what owner and its flat views show in rect (owner's coordinates). Returns how many
 * painted. */
int ui_view_paint(struct ui_view *owner, struct md_canvas *canvas, struct md_rect rect);

#endif
