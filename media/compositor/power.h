/* Power: how light the screen is, and what the board says of battery and temperature. Private.
 *
 * One level goes out: the setting display.brightness, less while nobody is there (idle.h). A
 * backlight takes it as it is. Where there is none, or one that refuses or only knows on and off, a
 * black veil lies over the picture, so that the same slider does the same on every screen: it
 * leaves 25 % of each colour's value at level 0, which on a usual screen can still be read (the
 * values of sRGB are nearly even to an eye), and nothing is drawn for it at level 1.
 *
 *	shade         backlight             without one
 *	LIT           brightness            a veil, none at 1
 *	DIMMED        0.3 of it             0.45 of what the veil left
 *	DARK          off (-1)              the display's power off; if it cannot: a black picture */
#ifndef COMPOSITOR_POWER_H
#define COMPOSITOR_POWER_H

#include <os/power.h>
#include <os/timer.h>

struct md_compositor;
struct scene;

enum power_shade { POWER_LIT, POWER_DIMMED, POWER_DARK };

struct power {
	struct {
		double brightness;      /* the setting */
		bool simulates_battery; /* for a tool: what the board says of it is not used */
		bool simulated_charging;
		double simulated_battery;
	} config;
	enum power_shade shade;
	struct os_power_state state; /* as the board said last */
	double veil;                 /* alpha of the black over the picture */
	bool is_black_due;           /* a black picture is to be shown, the last one for a while */
	bool display_is_off;         /* dark by the display's power */
	bool is_due;                 /* a level came within the pause after another */
	struct os_timer *pause;
};

void power_init(struct md_compositor *compositor);
void power_finish(struct md_compositor *compositor);

/* 0 to 1; at most one write to the backlight a frame while a finger moves a slider. */
void power_set_brightness(struct md_compositor *compositor, double brightness);
void power_set_shade(struct md_compositor *compositor, enum power_shade shade);
/* The display could not be switched off after all. */
void power_display_refused(struct md_compositor *compositor, int status);

/* Asks the board anew, and tells the shell. */
void power_refresh(struct md_compositor *compositor);
/* The board said so by itself. */
void power_changed(struct md_compositor *compositor, const struct os_power_state *state);
/* level < 0: what the board says again. */
void power_simulate_battery(struct md_compositor *compositor, double level, bool charging);
/* With what a tool simulates. */
void power_state(const struct md_compositor *compositor, struct os_power_state *ret_state);

#endif
