/* Media: drawing, text, images, layers, animation, and the screen they meet on.
 *
 * A table of contents, in the order to read it. Apps include <md/md.h>, or what they need of it. */
#ifndef MD_MD_H
#define MD_MD_H

/* Where things are, and their colours. */
#include <md/base.h>
#include <md/geometry.h>
#include <md/affine.h>
#include <md/color.h>

/* Drawing: shapes, pictures and text into pixels. */
#include <md/path.h>
#include <md/gradient.h>
#include <md/image.h>
#include <md/symbol.h>
#include <md/font.h>
#include <md/text_layout.h>
#include <md/canvas.h>

/* Motion, as values of time. */
#include <md/timing.h>
#include <md/spring.h>
#include <md/animation.h>

/* What the compositor shows, and a process's window onto it. */
#include <md/surface.h>
#include <md/layer.h>
#include <md/scene.h>

/* For the shell, for the compositor's own program, and the messages between them all. */
#include <md/shell.h>
#include <md/calibration.h>
#include <md/compositor.h>
#include <md/scene_interface.h>
#include <md/device_interface.h>

#endif
