/* Pointer: where a mouse points, what its wheel did, and its button as a finger. Private.
 *
 * There is one arrow for all mice. A mouse that says how far it went (REL_X) moves it by the matrix
 * that the display's owner set; one that says where it is (a tablet) puts it there. */
#ifndef LINUX_POINTER_H
#define LINUX_POINTER_H

#include "devices.h"
#include "fingers.h"

struct pointer {
	double x, y;         /* 0 to 1 of the panel */
	double motion[4];    /* of one unit of a mouse */
	int32_t finger;      /* of the button, -1: up, or not heard */
	bool is_pressed;
	uint64_t flow;
};

void pointer_init(struct pointer *pointer);
void pointer_event(struct pointer *pointer, struct fingers *fingers, struct libinput_event *event);
/* The button's finger ends; it is not heard before the button was let go. */
void pointer_cancel(struct pointer *pointer, struct fingers *fingers);
/* No mouse is left: nothing is pressed. */
void pointer_went(struct pointer *pointer, struct fingers *fingers);

#endif
