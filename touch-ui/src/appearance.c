/* The colours and sizes of FEEL.md, as tables. tests/touch-ui/test_appearance.c holds each pair
 * that is put on the screen to its contrast. */
#include <ui/appearance.h>

#include <assert.h>
#include <math.h>

/* --- Colours ------------------------------------------------------------------------ */

struct shades {
	uint32_t light, dark, high_light, high_dark; /* 0xAARRGGBB */
};

static const struct shades s_colors[UI_COLORS] = {
    [UI_COLOR_NONE] = {0, 0, 0, 0},
    [UI_COLOR_CLEAR] = {0, 0, 0, 0},
    [UI_COLOR_BACKGROUND] = {0xffffffff, 0xff101116, 0xffffffff, 0xff000000},
    [UI_COLOR_GROUPED_BACKGROUND] = {0xfff1f3f7, 0xff0b0c10, 0xffebedf2, 0xff000000},
    [UI_COLOR_GROUPED] = {0xffffffff, 0xff1b1d24, 0xffffffff, 0xff17191f},
    [UI_COLOR_LABEL] = {0xff14161b, 0xfff3f4f7, 0xff000000, 0xffffffff},
    [UI_COLOR_SECONDARY_LABEL] = {0xff555b68, 0xffaeb4c1, 0xff33373f, 0xffd5d9e2},
    [UI_COLOR_TERTIARY_LABEL] = {0xff646a77, 0xff989eac, 0xff444954, 0xffc2c7d2},
    [UI_COLOR_PLACEHOLDER] = {0xff9097a4, 0xff6d7380, 0xff5b616d, 0xffa9afbb},
    [UI_COLOR_SEPARATOR] = {0xffd7dae1, 0xff30333c, 0xff80858f, 0xff8a909c},
    [UI_COLOR_FILL] = {0xffe8eaf0, 0xff2a2d36, 0xffdfe2e9, 0xff2c303a},
    [UI_COLOR_PRESSED] = {0xffdcdfe7, 0xff353943, 0xffc9cdd8, 0xff383d48},
    [UI_COLOR_SELECTION] = {0xffcfe1fb, 0xff1f3f70, 0xffb5d2fb, 0xff1d4a90},
    [UI_COLOR_BAR] = {0xe6f9fafc, 0xe6181a20, 0xffffffff, 0xff000000},
    [UI_COLOR_TINT] = {0xff0b66e4, 0xff6cabff, 0xff0848a6, 0xffa3cbff},
    [UI_COLOR_ON_TINT] = {0xffffffff, 0xff07172e, 0xffffffff, 0xff000000},
    [UI_COLOR_DESTRUCTIVE] = {0xffc4262e, 0xffff8078, 0xff96121a, 0xffffaaa4},
    [UI_COLOR_POSITIVE] = {0xff187a39, 0xff5fd184, 0xff0b5724, 0xff93e5ad},
    [UI_COLOR_DIMMING] = {0x66000000, 0x80000000, 0x80000000, 0xa6000000},
    [UI_COLOR_ALERT] = {0xfffbfcfd, 0xff25282f, 0xffffffff, 0xff1b1d23},
    [UI_COLOR_WHITE] = {0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
    [UI_COLOR_BLACK] = {0xff000000, 0xff000000, 0xff000000, 0xff000000},
};

struct md_color ui_color_value(enum ui_color color, const struct ui_appearance *appearance)
{
	assert(color < UI_COLORS);
	const struct shades *shades = &s_colors[color];
	uint32_t value = appearance->dark ? shades->dark : shades->light;
	if (appearance->high_contrast) {
		value = appearance->dark ? shades->high_dark : shades->high_light;
	}
	return md_color_with_alpha(md_color_hex(value & 0xffffff), (value >> 24) / 255.0);
}

/* --- Text --------------------------------------------------------------------------- */

#define DEFAULT_BODY 17
#define LEAST_SIZE 11
#define LARGEST_BAR_TEXT 6 /* xxxl */
#define LINE 1.3           /* of the size, about */

static const double s_body_sizes[] = {14, 15, 16, 17, 19, 21, 23, 28, 33, 40, 47, 53};

static const struct {
	double size;
	enum md_font_weight weight;
} s_styles[UI_TEXT_STYLES] = {
    [UI_TEXT_LARGE_TITLE] = {34, MD_WEIGHT_BOLD},  [UI_TEXT_TITLE1] = {28, MD_WEIGHT_BOLD},
    [UI_TEXT_TITLE2] = {22, MD_WEIGHT_BOLD},       [UI_TEXT_TITLE3] = {20, MD_WEIGHT_SEMIBOLD},
    [UI_TEXT_HEADLINE] = {17, MD_WEIGHT_SEMIBOLD}, [UI_TEXT_BODY] = {17, MD_WEIGHT_REGULAR},
    [UI_TEXT_CALLOUT] = {16, MD_WEIGHT_REGULAR},   [UI_TEXT_SUBHEAD] = {15, MD_WEIGHT_REGULAR},
    [UI_TEXT_FOOTNOTE] = {13, MD_WEIGHT_REGULAR},  [UI_TEXT_CAPTION1] = {12, MD_WEIGHT_REGULAR},
    [UI_TEXT_CAPTION2] = {11, MD_WEIGHT_REGULAR},  [UI_TEXT_BAR_TITLE] = {17, MD_WEIGHT_SEMIBOLD},
    [UI_TEXT_BAR_ITEM] = {17, MD_WEIGHT_REGULAR},
    [UI_TEXT_BAR_LARGE_TITLE] = {34, MD_WEIGHT_BOLD},
};

double ui_body_size(int text_size)
{
	return s_body_sizes[OS_CLAMP(text_size, 0, (int)OS_ARRAY_LEN(s_body_sizes) - 1)];
}

/* FEEL.md: a style is its own size + (body - 17), not under 11; styles above 17 take 0.7 of
 * that. */
struct md_font ui_font_for_style(enum ui_text_style style, int text_size)
{
	assert(style < UI_TEXT_STYLES);
	bool in_bars = style == UI_TEXT_BAR_TITLE || style == UI_TEXT_BAR_ITEM ||
	               style == UI_TEXT_BAR_LARGE_TITLE;
	if (in_bars) {
		text_size = OS_MIN(text_size, LARGEST_BAR_TEXT);
	}
	double own = s_styles[style].size;
	double more = ui_body_size(text_size) - DEFAULT_BODY;
	double size = own + (own > DEFAULT_BODY ? 0.7 * more : more);
	return (struct md_font){MD_FONT_UI, OS_MAX(size, LEAST_SIZE), s_styles[style].weight,
				false};
}

double ui_row_height(int lines, int text_size)
{
	double more = OS_MAX(ui_body_size(text_size) - DEFAULT_BODY, 0);
	if (lines <= 1) {
		return 44 + ceil(LINE * more);
	}
	return 60 + ceil(2 * LINE * more) + (lines - 2) * ceil(LINE * (DEFAULT_BODY + more));
}
