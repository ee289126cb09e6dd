/* Frame list: everything one frame shows, flat, in painter's order. Private to the media layer.
 *
 * The compositor's loop thread fills one for each frame and hands it to the display thread, where
 * the rasteriser draws it; from then on nobody changes it, until it comes back and is reset. Lists
 * are pooled: reset keeps the memory, so a frame in steady state allocates nothing.
 *
 *	struct md_frame_list *list = md_frame_list_create();
 *	md_frame_list_reset(list, 480, 800);
 *	int32_t card = md_frame_list_add_clip(list, &(struct md_frame_clip){
 *		.parent = -1, .to_px = place, .size = {448, 120}, .radius = 10});
 *	struct md_frame_item *item = md_frame_list_add(list, MD_FRAME_TEXTURE);
 *	item->key = layer_id, item->clip = card, item->to_px = place, item->size = size;
 *	item->texture = md_texture_retain(texture), item->source = whole_px;
 *
 * Coordinates. An item is the rectangle (0, 0, size) in units of its own (a layer's points), and
 * to_px takes it to pixels of the display: layer transforms, device scale and orientation at once.
 * Rounding is the list builder's: to_px of a layer without scale or rotation has whole tx and ty
 * (rounded once per layer, CONTRACTS.md). The rasteriser draws what it is told, edges between
 * pixels antialiased; whole ones take the straight way.
 *
 * A layer becomes, in this order, those that it has:
 *
 *	SHADOW, [GROUP_BEGIN], BACKDROP, COLOR (background), TEXTURE, its sublayers (with its clip if
 *	it clips), BORDER, COLOR (dim: black with alpha over its frame), [GROUP_END]
 *
 * A group is for opacity below 1 over more than one item. For a single one set item->opacity.
 * Thread: one at a time; textures' counts are atomic. */
#ifndef MD_FRAME_LIST_H
#define MD_FRAME_LIST_H

#include <pixman.h>

#include <md/affine.h>
#include <md/color.h>

/* --- Textures: pixels that items show ------------------------------------------------------------ */

struct md_texture;

/* Called when the last reference goes, on whatever thread that is; the pixels may be reused then. */
typedef void (*md_texture_done_fn)(void *context);

/* Premultiplied a8r8g8b8, or x8r8g8b8 if opaque; stride in bytes, a multiple of 4. */
struct md_pixels {
	uint32_t *pixels;
	int width_px, height_px, stride;
	bool opaque;
};

/* The pixels are not copied. They may change while they are read (an app may cheat): only the
 * picture is spoiled then. */
struct md_texture *md_texture_create(struct md_pixels pixels, md_texture_done_fn done,
				     void *context);
struct md_texture *md_texture_retain(struct md_texture *texture);
struct md_texture *md_texture_release(struct md_texture *texture);
bool md_texture_is_opaque(const struct md_texture *texture);
/* The display thread's only: the rasteriser sets filter and transform on it. */
pixman_image_t *md_texture_image(struct md_texture *texture);
void md_texture_size_px(const struct md_texture *texture, int *ret_width, int *ret_height);

/* --- Clips ----------------------------------------------------------------------------------------- */

/* What is outside the rounded rectangle (0, 0, size) is not drawn; nor what is outside its parent. */
struct md_frame_clip {
	int32_t parent; /* index of an earlier clip of the same list, or -1 */
	struct md_affine to_px;
	struct md_size size;
	double radius; /* in units of size */
};

/* --- Items ----------------------------------------------------------------------------------------- */

enum md_frame_kind {
	MD_FRAME_COLOR,   /* color, radius */
	MD_FRAME_TEXTURE, /* texture, source, radius */
	MD_FRAME_BORDER,  /* color, radius, width: inside the edge */
	MD_FRAME_SHADOW, /* color (its alpha: the shadow's opacity), radius, blur: of a box of this size */
	MD_FRAME_BACKDROP,    /* radius, blur: what lies below, blurred */
	MD_FRAME_GROUP_BEGIN, /* opacity, and nothing else: what is in it says its bounds and clips */
	MD_FRAME_GROUP_END,
};

struct md_frame_item {
	uint8_t kind;   /* enum md_frame_kind */
	int32_t clip;   /* index into clips, or -1 */
	double opacity; /* 0 to 1, times the colour's or texture's own */
	struct md_affine to_px;
	struct md_size size; /* units that to_px takes to pixels */
	double radius;       /* own corners, in units of size; 0 is square */
	double width, blur;  /* border's width; blur as in struct md_shadow; units of size */
	struct md_color color;
	struct md_texture *texture; /* a reference of the list's */
	struct md_rect source; /* the part of the texture, in its pixels, that fills the size */

	/* For md_frame_list_damage: who this is, and which of its contents. */
	uint64_t key;     /* the layer: with kind, the same from frame to frame */
	uint64_t content; /* goes up by one with every change of the texture's pixels */
	struct md_rect content_damage; /* pixels of the texture that changed since content - 1 */
};

struct md_frame_list {
	int32_t width_px, height_px;
	struct md_color background; /* where nothing is; alpha is ignored */
	struct md_frame_item *items;
	size_t item_count, item_capacity;
	struct md_frame_clip *clips;
	size_t clip_count, clip_capacity;
	/* The compositor's own, not read here. */
	uint64_t frame, flow;
	int64_t target_us;
};

struct md_frame_list *md_frame_list_create(void);
struct md_frame_list *md_frame_list_destroy(struct md_frame_list *list); /* returns NULL */
/* Empties it (releases its textures), black background. */
void md_frame_list_reset(struct md_frame_list *list, int width_px, int height_px);
int32_t md_frame_list_add_clip(struct md_frame_list *list, const struct md_frame_clip *clip);
/* Zeroed but for kind, opacity 1, clip -1 and the identity. Lent until the next add. */
struct md_frame_item *md_frame_list_add(struct md_frame_list *list, enum md_frame_kind kind);

/* --- Questions -------------------------------------------------------------------------------------- */

/* The pixels an item can touch: whole ones, inside its clips and the display. */
pixman_box32_t md_frame_item_bounds_px(const struct md_frame_list *list,
				       const struct md_frame_item *item);

/* What has to be drawn anew to get from the picture of `before` (the list drawn last; NULL: none)
 * to that of `now`, pixels; ret_damage is initialised by the caller and replaced. Items are
 * matched in order by key and kind; unequal ones count with both bounds, equal ones with the
 * content_damage if the content is one further. Backdrops grow it by what they blur. */
void md_frame_list_damage(const struct md_frame_list *before, const struct md_frame_list *now,
			  pixman_region32_t *ret_damage);

/* For the rasteriser: what a backdrop reads, and damage made whole for the backdrops it touches. */
pixman_box32_t md_frame_backdrop_source_px(const struct md_frame_list *list,
					   const struct md_frame_item *item);
void md_frame_damage_grow(const struct md_frame_list *list, pixman_region32_t *damage);

#endif
