/* Affine transforms: x' = a·x + c·y + tx, y' = b·x + d·y + ty (CGAffineTransform).
 *
 * md_transform is what layers have: parts that animate one by one, applied about the layer's
 * centre in the order scale, rotate, translate. Angles in radians, clockwise on the screen. */
#ifndef MD_AFFINE_H
#define MD_AFFINE_H

#include <md/geometry.h>

struct md_affine { double a, b, c, d, tx, ty; };
struct md_transform { double translate_x, translate_y, scale_x, scale_y, rotation_rad; };

#define MD_AFFINE_IDENTITY ((struct md_affine){1, 0, 0, 1, 0, 0})
#define MD_TRANSFORM_IDENTITY ((struct md_transform){0, 0, 1, 1, 0})

/* The transform that does `first`, then `then`. */
MD_PUBLIC struct md_affine md_affine_concat(struct md_affine first, struct md_affine then);
MD_PUBLIC struct md_affine md_affine_translation(double x, double y);
MD_PUBLIC struct md_affine md_affine_scale(double x, double y);
MD_PUBLIC struct md_affine md_affine_rotation(double angle_rad);
MD_PUBLIC bool md_affine_invert(struct md_affine affine, struct md_affine *ret_inverse); /* false: flat */
MD_PUBLIC struct md_point md_affine_apply(struct md_affine affine, struct md_point point);
MD_PUBLIC struct md_rect md_affine_apply_rect(struct md_affine affine, struct md_rect rect); /* bounding box */
MD_PUBLIC bool md_affine_is_translation(struct md_affine affine);
MD_PUBLIC struct md_affine md_affine_from_transform(struct md_transform transform, struct md_point center);
MD_PUBLIC bool md_transform_is_identity(struct md_transform transform);

#endif
