#include "font_map.h"

#include <fontconfig/fontconfig.h>
#include <pthread.h>
#include <stdio.h>

#include <os/memory.h>

#define INTERFACE_FAMILY "Strata UI"
#define MONOSPACE_FAMILY "Strata Mono"

/* The whole of our fontconfig configuration. It names folders of its own, so that fonts which
 * happen to be installed elsewhere change no picture; where none of them exists all fonts are
 * taken (load_config). The rules at its end are those of fontconfig's 10-scale-bitmap-fonts.conf:
 * without them one emoji makes a 17 px line 129 px high. Hinting and antialiasing are not set here
 * but by md_font_map_options (edits of them here made cairo 1.16 draw no colour glyphs). */
static const char s_config[] =
    "<?xml version=\"1.0\"?><fontconfig>"
    "<dir>/usr/share/fonts/opentype/inter</dir>"
    "<dir>/usr/share/fonts/opentype/noto</dir>"
    "<dir>/usr/share/fonts/truetype/noto</dir>"
    "<dir>/usr/share/fonts/truetype/dejavu</dir>"
    "<cachedir>/var/cache/fontconfig</cachedir>"
    "<alias binding=\"same\"><family>" INTERFACE_FAMILY "</family><prefer>"
    "<family>Inter</family><family>Noto Sans</family><family>Noto Color Emoji</family>"
    "<family>Noto Sans Arabic</family><family>Noto Sans Hebrew</family>"
    "<family>Noto Sans Devanagari</family><family>Noto Sans Thai</family>"
    "<family>Noto Sans CJK JP</family><family>Noto Sans Symbols</family>"
    "<family>Noto Sans Symbols2</family><family>DejaVu Sans</family></prefer></alias>"
    "<alias binding=\"same\"><family>emoji</family><prefer>"
    "<family>Noto Color Emoji</family></prefer></alias>"
    "<alias binding=\"same\"><family>" MONOSPACE_FAMILY "</family><prefer>"
    "<family>Noto Sans Mono</family><family>DejaVu Sans Mono</family>"
    "<family>Noto Sans Mono CJK JP</family><family>Noto Color Emoji</family>"
    "<family>Noto Sans</family></prefer></alias>"
    "<match target=\"font\"><test name=\"outline\" compare=\"eq\"><bool>false</bool></test>"
    "<edit name=\"pixelsizefixupfactor\" mode=\"assign\"><divide>"
    "<name target=\"pattern\">pixelsize</name><name target=\"font\">pixelsize</name>"
    "</divide></edit></match>"
    "<match target=\"font\"><test name=\"outline\" compare=\"eq\"><bool>false</bool></test>"
    "<test name=\"pixelsizefixupfactor\" compare=\"not_eq\"><double>1.0</double></test>"
    "<edit name=\"matrix\" mode=\"assign\"><times><name>matrix</name><matrix>"
    "<name>pixelsizefixupfactor</name><double>0</double>"
    "<double>0</double><name>pixelsizefixupfactor</name></matrix></times></edit>"
    "<edit name=\"size\" mode=\"assign\"><divide><name>size</name>"
    "<name>pixelsizefixupfactor</name></divide></edit></match>"
    "</fontconfig>";

static pthread_key_t s_thread_key;
static pthread_once_t s_once = PTHREAD_ONCE_INIT;

struct thread_fonts {
	PangoFontMap *map;
	PangoContext *ltr, *rtl;
};

static void thread_fonts_free(void *pointer)
{
	struct thread_fonts *fonts = pointer;
	g_object_unref(fonts->ltr);
	g_object_unref(fonts->rtl);
	g_object_unref(fonts->map);
	os_free(fonts);
}

static void load_config(void)
{
	pthread_key_create(&s_thread_key, thread_fonts_free);
	FcConfig *config = FcConfigCreate();
	FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)s_config, FcTrue);
	FcConfigBuildFonts(config);
	FcFontSet *fonts = FcConfigGetFonts(config, FcSetSystem);
	if (fonts == NULL || fonts->nfont == 0) {
		FcConfigAppFontAddDir(config, (const FcChar8 *)"/usr/share/fonts");
	}
	/* Before pango looks for one: it would read the system's, which takes as long as all the rest
	 * of a first label. Our reference stays with it for the process's life. */
	FcConfigSetCurrent(config);
}

cairo_font_options_t *md_font_map_options(void)
{
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_subpixel_order(options, CAIRO_SUBPIXEL_ORDER_DEFAULT);
	return options;
}

static PangoContext *make_context(PangoFontMap *map, PangoDirection direction)
{
	PangoContext *context = pango_font_map_create_context(map);
	cairo_font_options_t *options = md_font_map_options();
	pango_cairo_context_set_font_options(context, options);
	cairo_font_options_destroy(options);
	pango_cairo_context_set_resolution(context, 72);
	pango_context_set_round_glyph_positions(context, FALSE);
	pango_context_set_base_dir(context, direction);
	/* Else it is the locale's, which would choose other fonts for the same text. */
	pango_context_set_language(context, pango_language_from_string("en-us"));
	return context;
}

static struct thread_fonts *this_thread(void)
{
	pthread_once(&s_once, load_config);
	struct thread_fonts *fonts = pthread_getspecific(s_thread_key);
	if (fonts == NULL) {
		fonts = os_alloc(sizeof(*fonts));
		fonts->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
		fonts->ltr = make_context(fonts->map, PANGO_DIRECTION_LTR);
		fonts->rtl = make_context(fonts->map, PANGO_DIRECTION_RTL);
		pthread_setspecific(s_thread_key, fonts);
	}
	return fonts;
}

PangoContext *md_font_map_context(PangoDirection direction)
{
	struct thread_fonts *fonts = this_thread();
	return direction == PANGO_DIRECTION_RTL ? fonts->rtl : fonts->ltr;
}

PangoFontDescription *md_font_map_describe(struct md_font font)
{
	PangoFontDescription *description = pango_font_description_new();
	pango_font_description_set_family_static(
	    description, font.family == MD_FONT_MONOSPACE ? MONOSPACE_FAMILY : INTERFACE_FAMILY);
	pango_font_description_set_weight(description, (PangoWeight)font.weight);
	pango_font_description_set_style(description,
					 font.italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
	double size = font.size > 0 && font.size < 2000 ? font.size : 1;
	pango_font_description_set_absolute_size(description, size * PANGO_SCALE);
	return description;
}
