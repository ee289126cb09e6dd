#include <md/affine.h>

#include <math.h>

struct md_affine md_affine_concat(struct md_affine first, struct md_affine then)
{
	return (struct md_affine){
	    .a = then.a * first.a + then.c * first.b,
	    .b = then.b * first.a + then.d * first.b,
	    .c = then.a * first.c + then.c * first.d,
	    .d = then.b * first.c + then.d * first.d,
	    .tx = then.a * first.tx + then.c * first.ty + then.tx,
	    .ty = then.b * first.tx + then.d * first.ty + then.ty,
	};
}

struct md_affine md_affine_translation(double x, double y)
{
	return (struct md_affine){1, 0, 0, 1, x, y};
}

struct md_affine md_affine_scale(double x, double y)
{
	return (struct md_affine){x, 0, 0, y, 0, 0};
}

struct md_affine md_affine_rotation(double angle_rad)
{
	double sine = sin(angle_rad);
	double cosine = cos(angle_rad);
	return (struct md_affine){cosine, sine, -sine, cosine, 0, 0};
}

bool md_affine_invert(struct md_affine affine, struct md_affine *ret_inverse)
{
	double determinant = affine.a * affine.d - affine.b * affine.c;
	if (!isfinite(determinant) || fabs(determinant) < 1e-12) {
		return false;
	}
	*ret_inverse = (struct md_affine){
	    .a = affine.d / determinant,
	    .b = -affine.b / determinant,
	    .c = -affine.c / determinant,
	    .d = affine.a / determinant,
	    .tx = (affine.c * affine.ty - affine.d * affine.tx) / determinant,
	    .ty = (affine.b * affine.tx - affine.a * affine.ty) / determinant,
	};
	return true;
}

struct md_point md_affine_apply(struct md_affine affine, struct md_point point)
{
	return (struct md_point){affine.a * point.x + affine.c * point.y + affine.tx,
				 affine.b * point.x + affine.d * point.y + affine.ty};
}

struct md_rect md_affine_apply_rect(struct md_affine affine, struct md_rect rect)
{
	struct md_point corners[4] = {
	    md_affine_apply(affine, (struct md_point){rect.x, rect.y}),
	    md_affine_apply(affine, (struct md_point){rect.x + rect.width, rect.y}),
	    md_affine_apply(affine, (struct md_point){rect.x, rect.y + rect.height}),
	    md_affine_apply(affine, (struct md_point){rect.x + rect.width, rect.y + rect.height}),
	};
	struct md_point low = corners[0];
	struct md_point high = corners[0];
	for (int i = 1; i < 4; i++) {
		low.x = OS_MIN(low.x, corners[i].x);
		low.y = OS_MIN(low.y, corners[i].y);
		high.x = OS_MAX(high.x, corners[i].x);
		high.y = OS_MAX(high.y, corners[i].y);
	}
	return (struct md_rect){low.x, low.y, high.x - low.x, high.y - low.y};
}

bool md_affine_is_translation(struct md_affine affine)
{
	return affine.a == 1 && affine.b == 0 && affine.c == 0 && affine.d == 1;
}

struct md_affine md_affine_from_transform(struct md_transform transform, struct md_point center)
{
	struct md_affine result = md_affine_translation(-center.x, -center.y);
	result = md_affine_concat(result, md_affine_scale(transform.scale_x, transform.scale_y));
	if (transform.rotation_rad != 0) {
		result = md_affine_concat(result, md_affine_rotation(transform.rotation_rad));
	}
	/* Added last and at once, so that no scale or rotation leaves the translation as exact as it came. */
	result.tx += center.x + transform.translate_x;
	result.ty += center.y + transform.translate_y;
	return result;
}

bool md_transform_is_identity(struct md_transform transform)
{
	return transform.translate_x == 0 && transform.translate_y == 0 && transform.scale_x == 1 &&
	       transform.scale_y == 1 && transform.rotation_rad == 0;
}
