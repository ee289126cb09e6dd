/* GPU door: textures and passes, for boards that have one. Optional; the `soft` rasteriser of the
 * media layer draws into the display's buffer where there is none.
 *
 *	door->open(display, &gpu)                        of a display that was opened for it
 *	door->texture_create(gpu, 64, 64, 0, &texture)
 *	door->texture_update(gpu, texture, &area, pixels, stride)
 *	door->draw(gpu, &frame)                          passes, in order
 *	door->present(gpu, number)                       events->presented(context, number, time)
 *
 * A frame is a list of passes. A pass draws triangles into a target: the display, or a texture made
 * to be one, from which later passes draw. That says what a flat list of quads could not:
 *
 *	opacity of a group   its pass into a target, then the target with the opacity as its colour
 *	blur                 passes into smaller targets, then weighted draws of them added up
 *	mask                 a draw with OS_GPU_MASK: of the target stays what the texture's alpha says
 *	rounded clip         corners as triangles whose colour fades at the edge
 *
 * Same thread as the display door. Sizes are pixels, the first at the upper left; colours are
 * premultiplied. A texture is drawn mixed between its pixels, and beyond its edge as its edge. */
#ifndef OS_GPU_H
#define OS_GPU_H

#include <os/display.h>

struct os_gpu; /* the board's own */

enum os_gpu_texture_flags {
	OS_GPU_OPAQUE = 1, /* x8r8g8b8: the alpha is not looked at; else a8r8g8b8, premultiplied */
	OS_GPU_TARGET = 2, /* passes draw into it; it begins as anything */
};

enum os_gpu_blend {
	OS_GPU_OVER,    /* source + target · (1 − source's alpha) */
	OS_GPU_REPLACE, /* source */
	OS_GPU_ADD,     /* source + target */
	OS_GPU_MASK,    /* target · source's alpha */
};

struct os_gpu_vertex {
	float x, y;       /* of the target, pixels */
	float u, v;       /* of the texture, 0 to 1 */
	uint8_t color[4]; /* r, g, b, a: multiplies the texture, or is the colour where there is none */
};

/* Triangles of one texture. Indices count from first_vertex. */
struct os_gpu_draw {
	uint32_t texture; /* 0: plain colour */
	enum os_gpu_blend blend;
	uint32_t first_vertex, vertex_count;
	uint32_t first_index, index_count;
};

struct os_gpu_pass {
	uint32_t target; /* 0: the display */
	bool clears;     /* to this colour first; else what was there stays (not on the display: anything) */
	uint8_t clear_color[4];
	uint32_t first_draw, draw_count;
};

struct os_gpu_frame {
	const struct os_gpu_vertex *vertices;
	const uint32_t *indices;
	const struct os_gpu_draw *draws;
	const struct os_gpu_pass *passes;
	size_t vertex_count, index_count, draw_count, pass_count;
};

struct os_gpu_info {
	char name[96];      /* of what draws, as its driver calls itself */
	bool is_software;   /* a CPU that plays a GPU: slower than `soft` */
	int32_t texture_max_px;
};

struct os_gpu_door {
	uint32_t struct_size;
	/* -ENODEV: the display has none, or was opened for `soft`. The display then goes on as it is. */
	int (*open)(struct os_display *display, struct os_gpu **ret_gpu);
	void (*close)(struct os_gpu *gpu); /* with all its textures */
	void (*get_info)(struct os_gpu *gpu, struct os_gpu_info *ret_info);
	/* -E2BIG: larger than it can. */
	int (*texture_create)(struct os_gpu *gpu, int32_t width_px, int32_t height_px, uint32_t flags,
	                      uint32_t *ret_texture);
	int (*texture_update)(struct os_gpu *gpu, uint32_t texture, const struct os_rect_px *area,
	                      const void *pixels, int32_t stride);
	void (*texture_destroy)(struct os_gpu *gpu, uint32_t texture);
	int (*draw)(struct os_gpu *gpu, const struct os_gpu_frame *frame);
	/* Shows what was drawn on the display; the display's presented event answers. */
	int (*present)(struct os_gpu *gpu, uint64_t frame);
	/* Reads a target as a8r8g8b8; the display's (0) between draw and present. Slow: for tests. */
	int (*read)(struct os_gpu *gpu, uint32_t target, const struct os_rect_px *area, void *pixels,
	            int32_t stride);
};

#endif
