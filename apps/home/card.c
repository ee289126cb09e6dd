/* A card shows one app's scene at any size: the scene is laid out for the whole screen and scaled.
 * Every part's place is linear in the card's width, so that one spring moves all of them as one. */
#include <math.h>

#include "home.h"

#define COVER_ICON 96.0
#define ICON_CORNER 0.22 /* of the side (FEEL.md, Corners) */

struct card {
	struct ui_view *host, *cover, *picture; /* weak: children */
	struct md_size screen;
	struct card_place place;
};

static const struct ui_view_class s_card_class;

static struct card *card_of(const struct ui_view *view)
{
	return ui_view_state(view, &s_card_class);
}

static void card_accessibility(struct ui_view *view, struct ui_accessibility *ret_element)
{
	ret_element->role = UI_ROLE_NONE;
}

static const struct ui_view_class s_card_class = {
	.base = {.struct_size = sizeof(s_card_class),
	         .name = "home-card",
	         .size = sizeof(struct card),
	         .super = &ui_view_class.base},
	.accessibility = card_accessibility,
};

struct ui_view *card_create(const struct home_app *app, struct md_size screen)
{
	struct ui_view *view = ui_view_create_of_class(&s_card_class);
	struct card *card = card_of(view);
	card->screen = screen;
	ui_view_set_clips(view, true);
	ui_view_set_layered(view, true);
	card->host = ui_view_create();
	ui_view_set_frame(card->host, (struct md_rect){0, 0, screen.width, screen.height});
	ui_view_add(view, card->host);
	card->cover = ui_view_create();
	ui_view_set_background(card->cover, UI_COLOR_BACKGROUND);
	ui_view_set_enabled(card->cover, false);
	ui_view_set_layered(card->cover, true);
	ui_view_add(view, card->cover);
	card->picture = ui_image_view_create(app->icon);
	ui_view_set_layered(card->picture, true);
	ui_view_set_clips(card->picture, true);
	ui_view_add(card->cover, card->picture);
	return view;
}

void card_set_scene(struct ui_view *view, uint64_t token, bool interactive)
{
	ui_view_set_host(card_of(view)->host, token, interactive);
}

void card_set_image(struct ui_view *view, struct md_image *image)
{
	ui_image_view_set_image(card_of(view)->picture, image);
}

struct card_place card_place_open(struct md_size screen, bool covered)
{
	return (struct card_place){{0, 0, screen.width, screen.height}, 0, covered ? 1 : 0};
}

struct card_place card_place_icon(struct md_rect icon)
{
	return (struct card_place){icon, icon.width * ICON_CORNER, 1};
}

/* The picture fills the card where the card is its icon, and is an icon in its middle elsewhere. It is
 * drawn once, at its largest, and scaled. */
static void place_picture(struct card *card, struct md_size size)
{
	double scale = OS_MIN(size.width, COVER_ICON) / COVER_ICON;
	ui_view_set_frame(card->picture, (struct md_rect){(size.width - COVER_ICON) / 2, (size.height - COVER_ICON) / 2,
	                                                  COVER_ICON, COVER_ICON});
	ui_view_set_transform(card->picture, (struct md_transform){0, 0, scale, scale, 0});
	ui_view_set_corner_radius(card->picture, COVER_ICON * ICON_CORNER);
}

void card_set_inside(struct ui_view *view, struct card_place place)
{
	struct card *card = card_of(view);
	struct md_size size = {place.rect.width, place.rect.height};
	double scale = size.width / OS_MAX(card->screen.width, 1);
	card->place = place;
	/* Scaled about its centre, then moved so that its top left corner is the card's. */
	ui_view_set_transform(card->host, (struct md_transform){
		(scale - 1) * card->screen.width / 2, (scale - 1) * card->screen.height / 2, scale, scale, 0});
	ui_view_set_frame(card->cover, (struct md_rect){0, 0, size.width, size.height});
	ui_view_set_opacity(card->cover, place.cover);
	place_picture(card, size);
}

void card_set_place(struct ui_view *view, struct card_place place)
{
	ui_view_set_frame(view, place.rect);
	ui_view_set_corner_radius(view, place.corner);
	card_set_inside(view, place);
}

struct card_place card_place(const struct ui_view *view)
{
	return card_of(view)->place;
}

void card_stop(struct ui_view *view)
{
	struct card *card = card_of(view);
	ui_view_stop_animations(view);
	ui_view_stop_animations(card->host);
	ui_view_stop_animations(card->cover);
	ui_view_stop_animations(card->picture);
	card->place.rect = ui_view_frame(view);
	card->place.cover = ui_view_opacity(card->cover);
	double shrunk = 1 - card->place.rect.width / OS_MAX(card->screen.width, 1);
	card->place.corner = OS_CLAMP(shrunk * 60, 0, 20);
	card_set_place(view, card->place);
}

static void make_uncovered(void *context)
{
	struct card *card = context;
	card->place.cover = 0;
	ui_view_set_opacity(card->cover, 0);
}

void card_uncover(struct ui_view *view)
{
	struct ui_animation fade = {.duration_us = 200000, .curve = MD_CURVE_OUT};
	ui_animate(&fade, make_uncovered, card_of(view), NULL);
}
