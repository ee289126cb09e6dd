/* Layer operations: what a transaction is made of. Private; spoken by layers (layer_send.c) and
 * read by the compositor's engine (media/compositor).
 *
 * Each is a message of md_layer_ops_interface as os/message.h writes it, one behind the other in
 * the bytes of MD_SCENE_OPS. Ids belong to the client. Doubles are finite by the marshaller's
 * check; sizes and ranges are checked by the engine. */
#ifndef MD_LAYER_OPS_H
#define MD_LAYER_OPS_H

#include <md/scene_interface.h>

enum md_layer_op {
	MD_OP_CREATE,       /* layer */
	MD_OP_DESTROY,      /* layer; its sublayers are without a parent then */
	MD_OP_CHILDREN,     /* parent, all its sublayers, back to front */
	MD_OP_FRAME,        /* layer, x, y, width, height */
	MD_OP_TRANSFORM,    /* layer, translation, scale, rotation */
	MD_OP_OFFSET,       /* layer, x, y */
	MD_OP_OPACITY,      /* layer, opacity */
	MD_OP_FLAGS,        /* layer, enum md_layer_flags */
	MD_OP_BACKGROUND,   /* layer, r, g, b, a */
	MD_OP_CORNER,       /* layer, radius */
	MD_OP_BORDER,       /* layer, width, r, g, b, a */
	MD_OP_SHADOW,       /* layer, blur, y, opacity */
	MD_OP_DIM,          /* layer, amount */
	MD_OP_BLUR,         /* layer, radius */
	MD_OP_CONTENT_MODE, /* layer, enum md_content_mode */
	MD_OP_SURFACE, /* layer, arena, offset, width, height, stride, opaque, damage: x, y, w, h */
	MD_OP_NO_SURFACE, /* layer */
	MD_OP_HOST,       /* layer, token (0: none), interactive, its snapshot instead */
	MD_OP_ANIMATE,    /* see layer_ops.c */
	MD_OP_UNANIMATE,  /* layer, key */
	MD_OPS
};

enum md_layer_flags {
	MD_LAYER_HIDDEN = 1,
	MD_LAYER_CLIPS = 2,
	MD_LAYER_SECURE = 4,
	MD_LAYER_ALL_FLAGS = 7
};

enum md_configure_flags {
	MD_CONFIGURE_DARK = 1,
	MD_CONFIGURE_HIGH_CONTRAST = 2,
	MD_CONFIGURE_REDUCE_MOTION = 4,
	MD_CONFIGURE_RTL = 8,
	MD_CONFIGURE_HARDWARE_KEYBOARD = 16,
	MD_CONFIGURE_WALLS_MISSING = 32,
};

/* As many of these as an operation may have children, and a message of operations bytes. */
#define MD_OPS_CHILDREN 4096
#define MD_OPS_BYTES 60000

/* An endless animation's repeat, since infinity does not pass the marshaller. */
#define MD_OPS_ENDLESS (-1.0)

#endif
