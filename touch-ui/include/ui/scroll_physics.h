/* Scroll physics: where a scroller is at a time, in closed form (FEEL.md, Motion).
 *
 * One axis. All functions are pure; times in seconds since the phase began, lengths in points,
 * velocities in points a second. d is the deceleration rate a millisecond.
 *
 * Deceleration v(t) = v0·d^(1000 t), so x(t) = x0 + v0·(d^(1000 t) − 1)/(1000·ln d), rest at
 * x0 − v0/(1000·ln d). Rubber band b = (1 − 1/(x·0.55/D + 1))·D. Bounce: critically damped spring of
 * ω 14 rad/s from the edge. */
#ifndef UI_SCROLL_PHYSICS_H
#define UI_SCROLL_PHYSICS_H

#include <ui/base.h>

#define UI_SCROLL_RATE_NORMAL 0.998
#define UI_SCROLL_RATE_FAST 0.99
#define UI_SCROLL_BOUNCE_OMEGA 14.0

UI_PUBLIC double ui_decelerate_position(double x0, double v0, double rate, double t_s);
UI_PUBLIC double ui_decelerate_velocity(double v0, double rate, double t_s);
UI_PUBLIC double ui_decelerate_rest(double x0, double v0, double rate);
UI_PUBLIC double ui_decelerate_time_to(double x0, double v0, double rate, double x); /* INFINITY: never */
UI_PUBLIC double ui_decelerate_velocity_for(double x0, double rest, double rate);    /* v0 that rests there */
UI_PUBLIC double ui_rubber_band(double overshoot, double length);
UI_PUBLIC double ui_rubber_band_inverse(double band, double length);

/* A fling with edges: deceleration, then the bounce where it meets one. */
struct ui_fling { double x0, v0, rate, least, most; };
/* Unrounded offset at t; false once it has come to rest (and then exactly there). */
UI_PUBLIC bool ui_fling_position(const struct ui_fling *fling, double scale, double t_s, double *ret_x);
UI_PUBLIC double ui_fling_velocity(const struct ui_fling *fling, double t_s);

#endif
