/* Animation: how a layer's property gets from one value to another, as a value (CAAnimation).
 *
 * Evaluated by the compositor at each frame's target time, and by the app from the same code when
 * it needs to know where a thing is now. An animation changes what is shown, never the layer's own
 * (model) value: set that as well.
 *
 *	struct md_animation slide = md_animation_spring(MD_LAYER_TRANSLATION, md_spring_from_frequency(20, 1));
 *	slide.from[0] = 480;                      to[] is all zero
 *	slide.velocity[0] = -900;                 points a second
 *	md_layer_add_animation(layer, "push", &slide);
 *
 * Values have as many members as the property (md/layer.h). */
#ifndef MD_ANIMATION_H
#define MD_ANIMATION_H

#include <md/spring.h>
#include <md/timing.h>

#define MD_ANIMATION_VALUES 4
#define MD_ANIMATION_KEY 24   /* bytes of a key with its NUL */
#define MD_ANIMATION_FRAMES 8

enum md_animation_kind { MD_ANIMATION_CURVE, MD_ANIMATION_SPRING, MD_ANIMATION_KEYFRAMES };

struct md_keyframe { double at; double value[MD_ANIMATION_VALUES]; }; /* at: 0 to 1 */

struct md_animation {
	uint32_t property;                        /* enum md_layer_property */
	enum md_animation_kind kind;
	double from[MD_ANIMATION_VALUES], to[MD_ANIMATION_VALUES];
	double velocity[MD_ANIMATION_VALUES];     /* spring: of the value, per second, at the begin */
	int64_t begin_us;                         /* device time; 0: the transaction's target time */
	int64_t duration_us;                      /* curve, keyframes; a spring has its own */
	struct md_curve curve;
	struct md_spring spring;
	struct md_keyframe frames[MD_ANIMATION_FRAMES];
	int frame_count;
	double repeat;                            /* times; 0 is once, INFINITY allowed */
	bool autoreverse, additive;               /* additive: added to the model value */
	bool clamp;                               /* spring: never beyond `to` (no gap shows) */
	double settle;                            /* spring: ends under this distance; 0: 0.02 points, or 0.0005 */
};

MD_PUBLIC struct md_animation md_animation_curve(uint32_t property, int64_t duration_us, struct md_curve curve);
MD_PUBLIC struct md_animation md_animation_spring(uint32_t property, struct md_spring spring);

/* Values at a device time; before the begin they are `from`. Returns true while it goes on. */
MD_PUBLIC bool md_animation_value(const struct md_animation *animation, int count, int64_t time_us,
                                  double ret_value[MD_ANIMATION_VALUES]);
MD_PUBLIC void md_animation_velocity(const struct md_animation *animation, int count, int64_t time_us,
                                     double ret_velocity[MD_ANIMATION_VALUES]); /* per second */
/* OS_NEVER for endless ones. */
MD_PUBLIC int64_t md_animation_end_us(const struct md_animation *animation, int count);
/* NaN, infinities and absurd values are refused at the door: -EINVAL. */
MD_PUBLIC int md_animation_check(const struct md_animation *animation);

#endif
