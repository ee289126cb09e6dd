#include "dial_turn.h"

#include <math.h>

/* Inside of this part of the radius a finger comes down on the middle, not on the ring. */
#define MIDDLE 0.5
/* Nearer than this an angle means nothing: a pixel would be a quarter of a turn. */
#define DEAD 0.2
/* How far a finger may go past an end and still be met by the thumb on its way back; then the ring slips.
 * A fast finger's place is foretold by some points, and taken back: that must not turn it back. */
#define BEYOND 0.2

void dial_turn_begin(struct dial_turn *turn, struct md_point at, double share)
{
	double distance = hypot(at.x - turn->center.x, at.y - turn->center.y);
	turn->around = distance >= turn->radius * MIDDLE;
	turn->share = share;
	turn->last = at;
}

void dial_turn_skip(struct dial_turn *turn, struct md_point at)
{
	turn->last = at;
}

static bool has_angle(const struct dial_turn *turn, struct md_point at)
{
	return hypot(at.x - turn->center.x, at.y - turn->center.y) >= turn->radius * DEAD;
}

/* The smaller way from one place to the other around the middle, in radians, clockwise. */
static double angle_between(const struct dial_turn *turn, struct md_point from, struct md_point to)
{
	double before = atan2(from.y - turn->center.y, from.x - turn->center.x);
	double after = atan2(to.y - turn->center.y, to.x - turn->center.x);
	return remainder(after - before, 2 * M_PI);
}

void dial_turn_move(struct dial_turn *turn, struct md_point at)
{
	double more = (turn->last.y - at.y) / (2 * turn->radius); /* the height of the ring is the whole way */
	if (turn->around) {
		bool goes = has_angle(turn, turn->last) && has_angle(turn, at);
		more = goes ? angle_between(turn, turn->last, at) / DIAL_SWEEP_RAD : 0;
	}
	turn->share = fmin(fmax(turn->share + more, -BEYOND), 1 + BEYOND);
	turn->last = at;
}

struct md_point dial_turn_point(struct md_point center, double radius, double share)
{
	double angle = DIAL_FIRST_RAD + share * DIAL_SWEEP_RAD;
	return (struct md_point){center.x + radius * cos(angle), center.y + radius * sin(angle)};
}
