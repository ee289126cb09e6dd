/* Springs in closed form: m·x″ + c·x′ + k·x = 0 (CASpringAnimation).
 *
 *	struct md_spring spring = md_spring_from_frequency(22, 0.85);      ω in rad/s, ζ
 *	double left = md_spring_displacement(spring, -120, 900, 0.016);    from −120 pt at 900 pt/s
 *
 * Displacement is the distance from rest: x0 at time 0, towards 0. Under-, over- and critically
 * damped, the textbook solutions; within 1e-6 of each other where they meet. */
#ifndef MD_SPRING_H
#define MD_SPRING_H

#include <md/base.h>

struct md_spring { double mass, stiffness, damping; };
#define MD_SPRING_DEFAULT ((struct md_spring){1, 100, 10})

MD_PUBLIC struct md_spring md_spring_from_frequency(double omega, double damping_ratio); /* mass 1 */
MD_PUBLIC struct md_spring md_spring_from_response(double response_s, double damping_ratio);
MD_PUBLIC double md_spring_displacement(struct md_spring spring, double x0, double v0, double t_s);
MD_PUBLIC double md_spring_velocity(struct md_spring spring, double x0, double v0, double t_s);
/* The time after which |x| stays under epsilon. */
MD_PUBLIC double md_spring_settling_s(struct md_spring spring, double x0, double v0, double epsilon);

#endif
