/* Kiosk: home as the shell of an appliance (F142). One app fills the screen, and nothing leads away from
 * it but five fingers held for two seconds and the passcode.
 *
 *	kiosk.c     which of its pictures is in front
 *	curtain.c   the picture while the app is not there: the mark, or why it does not run
 *	pad.c       asks for the passcode
 *	pad_key.c   one of its round keys */
#ifndef HOME_KIOSK_H
#define HOME_KIOSK_H

#include "home.h"

struct kiosk;

/* NULL when this device has no one app. */
struct kiosk *kiosk_create(struct home *home);
/* The screen is there: hides what leads away. */
void kiosk_begin(struct kiosk *kiosk);
/* All of these take NULL: nothing is locked then. */
bool kiosk_is_locked(const struct kiosk *kiosk);
bool kiosk_lets_show(const struct kiosk *kiosk, const struct home_app *app);
/* sentence: why it ended, or "". */
void kiosk_app_changed(struct kiosk *kiosk, struct home_app *app, const char *sentence);
void kiosk_scene_ready(struct kiosk *kiosk, const struct home_app *app);
void kiosk_app_ended(struct kiosk *kiosk, const struct home_app *app);
void kiosk_apps_listed(struct kiosk *kiosk);
void kiosk_layout(struct kiosk *kiosk, struct md_rect bounds);
void kiosk_held(struct kiosk *kiosk);
void kiosk_rested(struct kiosk *kiosk);

/* --- curtain.c ------------------------------------------------------------------------------------ */

struct ui_view *curtain_create(void);
/* The error page; title NULL: the mark again. */
void curtain_set_error(struct ui_view *curtain, const char *title, const char *text);
bool curtain_has_error(const struct ui_view *curtain);

/* --- pad.c ----------------------------------------------------------------------------------------- */

struct pad_delegate {
	void (*entered)(void *context, const char *code);
	void (*cancelled)(void *context);
};

/* wait_us: until the first try is heard, real time. delegate and context outlive it. */
struct ui_view *pad_create(const struct pad_delegate *delegate, void *context, int64_t wait_us);
/* What was entered was wrong, or could not be looked at (sentence). */
void pad_refuse(struct ui_view *pad, const char *sentence, int64_t wait_us);

/* --- pad_key.c -------------------------------------------------------------------------------------- */

/* text: a digit, or NULL and a symbol with what it is called. */
struct ui_view *pad_key_create(const char *text, const char *symbol, const char *label, bool filled);

#endif
