/* Render nodes: whether this machine has a GPU that draws, found without loading a driver for it,
 * which takes a second on a small board and shows a black screen. Private. */
#ifndef SDL_RENDER_NODE_H
#define SDL_RENDER_NODE_H

#include <os/base.h>

/* The kernel's name of the first in a folder as /dev/dri is ("v3d", "i915"); false: none, or only such
 * as draw nothing by themselves. */
bool render_node_find(const char *folder, char *ret_driver, size_t size);

#endif
