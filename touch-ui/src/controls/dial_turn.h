/* A finger that turns a ring: what its way means, without any view. Private.
 *
 * From its first place on, the share grows with the angle around the middle (a finger that came down
 * on the ring), or with the way up (one that came down inside of it). */
#ifndef UI_SRC_CONTROLS_DIAL_TURN_H
#define UI_SRC_CONTROLS_DIAL_TURN_H

#include <math.h>

#include <md/geometry.h>

/* Angles clockwise from three o'clock, y down: from the lower left around to the lower right. */
#define DIAL_FIRST_RAD (3 * M_PI / 4)
#define DIAL_SWEEP_RAD (3 * M_PI / 2)

struct dial_turn {
	struct md_point center;
	double radius; /* of the ring */
	bool around;
	double share; /* 0 to 1, and somewhat beyond */
	struct md_point last;
};

void dial_turn_begin(struct dial_turn *turn, struct md_point at, double share);
/* Goes on from another place without turning (the first points of a drag). */
void dial_turn_skip(struct dial_turn *turn, struct md_point at);
void dial_turn_move(struct dial_turn *turn, struct md_point at);
/* The place on the ring that a share stands for. */
struct md_point dial_turn_point(struct md_point center, double radius, double share);

#endif
