/* Home: the shell. It shows the icons, hosts the scene of the app in front in a card, and moves that
 * card: out of its icon, under the finger, back into its icon.
 *
 *	home.c         the app, and what it hears from services, supervisor and compositor
 *	home_apps.c    what is installed, what runs, what has to be said about it
 *	home_screen.c  the screen: wallpaper, grid of icons, status bar, cards
 *	icon_view.c    one icon with its name
 *	card.c         a card: the hosted scene, its cover, its geometry
 *	launch.c       which card moves where
 *	swipe.c        the finger from the bottom edge
 *	status_bar.c   the time, once a minute, and signs at its other end
 *	status_signs.c battery, too warm, no walls
 *	wallpaper.c    what lies behind
 *	kiosk.h        an appliance's home, which shows one app and lets nobody out */
#ifndef HOME_H
#define HOME_H

#include <cs/apps.h>
#include <cs/cs.h>
#include <md/image.h>
#include <md/shell.h>
#include <os/process.h>
#include <os/os.h>
#include <ui/ui.h>

#define HOME_STATUS_HEIGHT 24.0
#define HOME_EDGE 20.0 /* FEEL.md, Home gesture */

struct home;
struct kiosk;

/* --- home_apps.c -------------------------------------------------------------------------------- */

struct home_app {
	char id[128], name[128];
	struct md_image *icon; /* NULL until it has come, or for none */
	enum os_app_state state;
	int pid;
	uint32_t launches;
	uint64_t token;        /* of its scene; 0: none yet */
	bool ready;            /* its scene has something to show */
	struct ui_view *card;  /* weak: a child of the screen; NULL while it has none */
	struct ui_view *view;  /* weak: its icon on the grid */
	uint64_t motion;       /* number of its card's last animation: a late "done" is not ours */
	struct home *home;     /* weak: owns us */
};

void home_apps_begin(struct home *home);
struct home_app *home_app_find(struct home *home, const char *id);
struct home_app *home_app_at(const struct home *home, size_t index);
size_t home_app_count(const struct home *home);

/* --- home_screen.c -------------------------------------------------------------------------------- */

struct ui_view *home_screen_create(struct home *home);
void home_screen_apps_changed(struct home *home);
/* Where an app's icon picture is, in the screen's points; the middle of the bottom if it has none. */
struct md_rect home_screen_icon_rect(const struct home *home, const struct home_app *app);
void home_screen_set_app_in_front(struct home *home, bool in_front); /* the status bar's colour, the pill */

struct ui_view *icon_view_create(const struct home_app *app);
void icon_view_set_image(struct ui_view *icon, struct md_image *image);
struct md_rect icon_view_picture_rect(const struct ui_view *icon, const struct ui_view *in);

struct ui_view *wallpaper_create(void);
struct ui_view *status_bar_create(void);
void status_bar_set_over_app(struct ui_view *bar, bool over_app);
void status_bar_set_walls_missing(struct ui_view *bar, bool missing);
void status_bar_set_power(struct ui_view *bar, const struct md_power *power);
/* Called once a minute, when the bar is drawn anyway: the time to look at what tells nothing itself. */
void status_bar_on_minute(struct ui_view *bar, void (*fn)(void *context), void *context);

/* --- status_signs.c ------------------------------------------------------------------------------- */

struct status_signs {
	struct md_power power;
	bool walls_missing;
	bool over_app; /* not over the wallpaper */
};
/* From the trailing end inward. */
void status_signs_draw(const struct status_signs *signs, struct ui_view *bar, struct md_canvas *canvas,
                       struct md_color color);
/* As they are read out, one by one; lent until the next call with the same buffer. */
#define STATUS_SIGNS 3
struct status_words {
	char battery[32];
	const char *texts[STATUS_SIGNS];
	int count;
};
void status_signs_describe(const struct status_signs *signs, struct status_words *ret_words);

/* --- card.c ----------------------------------------------------------------------------------------- */

struct ui_view *card_create(const struct home_app *app, struct md_size screen);
void card_set_scene(struct ui_view *card, uint64_t token, bool interactive);
void card_set_image(struct ui_view *card, struct md_image *image);
/* Where the card is: `rect` on the screen, its corner, and how much its cover hides the scene. */
struct card_place {
	struct md_rect rect;
	double corner, cover; /* cover 0…1 */
};
void card_set_place(struct ui_view *card, struct card_place place);
/* All of it but the card's own frame and corner. */
void card_set_inside(struct ui_view *card, struct card_place place);
struct card_place card_place(const struct ui_view *card); /* as last set */
void card_stop(struct ui_view *card); /* its animations; it stays where it is on the screen, and says so in its place */
void card_uncover(struct ui_view *card);
struct card_place card_place_open(struct md_size screen, bool covered);
struct card_place card_place_icon(struct md_rect icon);

/* --- launch.c ----------------------------------------------------------------------------------------- */

void launch_tapped(struct home *home, struct home_app *app);             /* the person wants it */
void launch_show(struct home *home, struct home_app *app, bool animated); /* it is to be in front */
void launch_go_home(struct home *home, struct md_point velocity);
void launch_app_ended(struct home *home, struct home_app *app);
void launch_scene_changed(struct home *home, struct home_app *app);
void launch_screen_resized(struct home *home);

/* --- swipe.c ------------------------------------------------------------------------------------------- */

struct ui_gesture *swipe_create(struct home *home);

/* --- home.c -------------------------------------------------------------------------------------------- */

struct home {
	struct cs_services *services;
	struct os_listener apps_changed, connected, notice;
	struct os_map *apps;       /* of struct home_app *, by id */
	struct os_array order;     /* of struct home_app *, as on the grid */
	struct ui_scene *scene;    /* lent */
	struct ui_view_controller *controller; /* weak: the scene's root */
	struct ui_view *screen;    /* weak: the controller's view */
	struct ui_view *grid, *status, *pill; /* weak: children of the screen */
	struct kiosk *kiosk;       /* NULL: this is no appliance */
	struct home_app *front;    /* whose card is open, opens, or is held; NULL: home itself */
};

void home_set_app_state(struct home *home, const struct home_app *app, enum os_app_state state);
void home_say(struct home *home, const char *title, const char *sentence);

#endif
