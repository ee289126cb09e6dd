#include <md/color.h>

#include <math.h>

struct md_color md_color_hex(uint32_t rgb)
{
	return (struct md_color){((rgb >> 16) & 255) / 255.0, ((rgb >> 8) & 255) / 255.0,
				 (rgb & 255) / 255.0, 1};
}

struct md_color md_color_with_alpha(struct md_color color, double alpha)
{
	color.a = alpha;
	return color;
}

struct md_color md_color_mix(struct md_color a, struct md_color b, double amount)
{
	return (struct md_color){a.r + (b.r - a.r) * amount, a.g + (b.g - a.g) * amount,
				 a.b + (b.b - a.b) * amount, a.a + (b.a - a.a) * amount};
}

bool md_color_equal(struct md_color a, struct md_color b)
{
	return a.r == b.r && a.g == b.g && a.b == b.b && a.a == b.a;
}

/* NaN becomes 0: every comparison with it is false. */
static double unit(double value)
{
	if (!(value > 0)) {
		return 0;
	}
	return value < 1 ? value : 1;
}

static uint32_t to_byte(double value)
{
	return (uint32_t)(value * 255 + 0.5);
}

uint32_t md_color_premultiplied(struct md_color color)
{
	double alpha = unit(color.a);
	return to_byte(alpha) << 24 | to_byte(unit(color.r) * alpha) << 16 |
	       to_byte(unit(color.g) * alpha) << 8 | to_byte(unit(color.b) * alpha);
}

/* https://www.w3.org/TR/WCAG21/#dfn-relative-luminance */
static double linear(double channel)
{
	channel = unit(channel);
	return channel <= 0.03928 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4);
}

static double luminance(struct md_color color)
{
	return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b);
}

/* https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio */
double md_color_contrast(struct md_color a, struct md_color b)
{
	double one = luminance(a);
	double other = luminance(b);
	return (OS_MAX(one, other) + 0.05) / (OS_MIN(one, other) + 0.05);
}
