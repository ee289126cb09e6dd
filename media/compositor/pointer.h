/* Pointer: the arrow of a mouse, over everything, and its wheel. Private.
 *
 *	(hidden) ──a mouse moves──▶ shown ──3 s without a move, or a finger──▶ (hidden)
 *
 * It is one item at the end of the frame list, so that it turns with the picture and the renderers
 * know nothing of it. While it rests it wakes nobody but for the one time that it goes. */
#ifndef COMPOSITOR_POINTER_H
#define COMPOSITOR_POINTER_H

#include <os/timer.h>
#include <os/touch_input.h>

#include <md/geometry.h>

#include "frame_list.h"

#define POINTER_RESTS_US (3 * OS_US_PER_S)
#define POINTER_CLICK_PT 60.0 /* of scrolling for a click of the wheel: three lines */

struct md_compositor;

struct pointer {
	bool shown;
	struct md_point place;    /* points of the screen */
	double panel_x, panel_y;  /* where it was told to be: a finger just there is its button */
	struct os_timer *rest;
	struct md_texture *arrow; /* NULL: not drawn yet */
	double arrow_scale;
};

void pointer_init(struct md_compositor *compositor);
void pointer_finish(struct md_compositor *compositor);
void pointer_told(struct md_compositor *compositor, const struct os_pointer_sample *sample);
/* A finger came down: the arrow goes, unless it is the mouse's own button. */
void pointer_finger_down(struct md_compositor *compositor, const struct os_touch_sample *sample);
/* The picture was turned, or a door has opened: where the arrow is now, and what a mouse's step is on
 * the panel. */
void pointer_picture_turned(struct md_compositor *compositor);
/* The arrow as the last item of a frame. */
void pointer_add(struct md_compositor *compositor, struct md_frame_list *list);

#endif
