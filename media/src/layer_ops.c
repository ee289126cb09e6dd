/* The operations of a transaction, as a const table (layer_ops.h has the values by name). */
#include "layer_ops.h"

static const struct os_message_type s_ops[] = {
    [MD_OP_CREATE] = {"create", "u"},
    [MD_OP_DESTROY] = {"destroy", "u"},
    [MD_OP_CHILDREN] = {"children", "ua4096(u)"},
    [MD_OP_FRAME] = {"frame", "udddd"},
    [MD_OP_TRANSFORM] = {"transform", "uddddd"},
    [MD_OP_OFFSET] = {"offset", "udd"},
    [MD_OP_OPACITY] = {"opacity", "ud"},
    [MD_OP_FLAGS] = {"flags", "uu"},
    [MD_OP_BACKGROUND] = {"background", "udddd"},
    [MD_OP_CORNER] = {"corner", "ud"},
    [MD_OP_BORDER] = {"border", "uddddd"},
    [MD_OP_SHADOW] = {"shadow", "uddd"},
    [MD_OP_DIM] = {"dim", "ud"},
    [MD_OP_BLUR] = {"blur", "ud"},
    [MD_OP_CONTENT_MODE] = {"content_mode", "uu"},
    [MD_OP_SURFACE] = {"surface", "uuuuuubdddd"},
    [MD_OP_NO_SURFACE] = {"no_surface", "u"},
    [MD_OP_HOST] = {"host", "utbb"},
    /* layer, key, property, kind, flags (1 autoreverse, 2 additive, 4 clamp), begin, duration,
	 * repeat, settle, curve x1 y1 x2 y2, spring mass stiffness damping, then from, to and
	 * velocity, value by value, then keyframes: at, values */
    [MD_OP_ANIMATE] = {"animate", "us24uuuxxddddddddda4(ddd)a8(ddddd)"},
    [MD_OP_UNANIMATE] = {"unanimate", "us24"},
};

_Static_assert(OS_ARRAY_LEN(s_ops) == MD_OPS, "an operation has no row");

const struct os_interface md_layer_ops_interface = {
    .struct_size = sizeof(struct os_interface),
    .name = "layer",
    .version = 1,
    .requests = s_ops,
    .request_count = MD_OPS,
};
