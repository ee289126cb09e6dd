#include "power.h"

#include <errno.h>
#include <math.h>

#include <os/log.h>
#include <os/memory.h>
#include <os/status.h>

#include "compositor_private.h"

#define PAUSE_US 16667 /* between two levels: a frame */
#define DIM_LIGHT 0.3
#define DIM_VEIL 0.45
#define VEIL_LEAST 0.25

/* --- Light ------------------------------------------------------------------------------------ */

static int set_backlight(struct md_compositor *compositor, double level)
{
	const struct input_doors *doors = &compositor->input_doors;
	if (doors->power == NULL || !compositor->power.state.has_backlight) {
		return -ENODEV;
	}
	return doors->board->power->set_backlight(doors->power, level);
}

static void set_veil(struct md_compositor *compositor, double alpha)
{
	if (compositor->power.veil != alpha) {
		compositor->power.veil = alpha;
		frame_clock_need(compositor);
	}
}

static double veil_for(const struct power *power)
{
	double left = VEIL_LEAST + (1 - VEIL_LEAST) * power->config.brightness;
	return 1 - (power->shade == POWER_DIMMED ? left * DIM_VEIL : left);
}

static void light(struct md_compositor *compositor)
{
	struct power *power = &compositor->power;
	double level = power->config.brightness * (power->shade == POWER_DIMMED ? DIM_LIGHT : 1);
	bool switches = power->state.is_backlight_switch;
	int result = set_backlight(compositor, switches ? 1 : level);
	set_veil(compositor, result < 0 || switches ? veil_for(power) : 0);
	power->state.backlight = result < 0 ? power->state.backlight : level;
}

static void go_black(struct md_compositor *compositor)
{
	compositor->power.is_black_due = compositor->power.veil != 1;
	set_veil(compositor, 1);
}

static void go_dark(struct md_compositor *compositor)
{
	struct power *power = &compositor->power;
	if (set_backlight(compositor, -1) == 0) {
		return;
	}
	if (display_can_switch(compositor->display)) {
		power->display_is_off = true;
		display_switch(compositor->display, false);
		return;
	}
	go_black(compositor);
}

static void pause_is_over(void *context, int64_t now_us)
{
	struct md_compositor *compositor = context;
	if (compositor->power.is_due && compositor->power.shade != POWER_DARK) {
		compositor->power.is_due = false;
		light(compositor);
		os_timer_set_after(compositor->power.pause, PAUSE_US);
	}
}

void power_set_brightness(struct md_compositor *compositor, double brightness)
{
	struct power *power = &compositor->power;
	if (!(brightness >= 0 && brightness <= 1) || brightness == power->config.brightness) {
		return;
	}
	power->config.brightness = brightness;
	power->is_due = true;
	if (power->shade != POWER_DARK && !os_timer_is_set(power->pause)) {
		pause_is_over(compositor, 0);
	}
}

void power_set_shade(struct md_compositor *compositor, enum power_shade shade)
{
	struct power *power = &compositor->power;
	if (shade == power->shade) {
		return;
	}
	power->shade = shade;
	if (shade == POWER_DARK) {
		go_dark(compositor);
		return;
	}
	if (power->display_is_off) {
		power->display_is_off = false;
		display_switch(compositor->display, true);
	}
	power->is_black_due = false;
	power->is_due = false;
	light(compositor);
}

void power_display_refused(struct md_compositor *compositor, int status)
{
	struct power *power = &compositor->power;
	if (status != -ENOTSUP) { /* a window never can: no news */
		os_log_warning("compositor", "the display cannot be switched off: %s",
			       os_status_text(status));
	}
	if (power->shade == POWER_DARK && power->display_is_off) {
		power->display_is_off = false;
		go_black(compositor);
	}
}

/* --- Battery and temperature ------------------------------------------------------------------ */

void power_state(const struct md_compositor *compositor, struct os_power_state *ret_state)
{
	const struct power *power = &compositor->power;
	*ret_state = power->state;
	if (power->config.simulates_battery) {
		ret_state->has_battery = true;
		ret_state->battery = power->config.simulated_battery;
		ret_state->is_charging = power->config.simulated_charging;
	}
}

void power_refresh(struct md_compositor *compositor)
{
	const struct input_doors *doors = &compositor->input_doors;
	if (doors->power != NULL) {
		doors->board->power->get_state(doors->power, &compositor->power.state);
	}
	shell_tell_power(compositor);
}

void power_changed(struct md_compositor *compositor, const struct os_power_state *state)
{
	struct power *power = &compositor->power;
	bool came = state->has_backlight != power->state.has_backlight;
	power->state = *state;
	if (came && power->shade != POWER_DARK) {
		light(compositor); /* the veil for a backlight that went, or the other way */
	}
	idle_rules_changed(compositor);
	shell_tell_power(compositor);
}

void power_simulate_battery(struct md_compositor *compositor, double level, bool charging)
{
	struct power *power = &compositor->power;
	power->config.simulates_battery = level >= 0;
	power->config.simulated_battery = OS_CLAMP(level, 0.0, 1.0);
	power->config.simulated_charging = charging;
	idle_rules_changed(compositor);
	shell_tell_power(compositor);
}

/* --- Life cycle ------------------------------------------------------------------------------- */

void power_init(struct md_compositor *compositor)
{
	struct power *power = &compositor->power;
	const struct input_doors *doors = &compositor->input_doors;
	power->config.brightness = 1;
	power->state.warmest_c = NAN;
	power->pause = os_timer_create(compositor->loop, OS_TIMER_DEVICE, OS_LOOP_MODE_COMMON,
				       pause_is_over, compositor);
	if (doors->power != NULL) {
		doors->board->power->get_state(doors->power, &power->state);
		light(compositor); /* whoever was here before may have left it dark */
	}
}

void power_finish(struct md_compositor *compositor)
{
	power_set_shade(compositor, POWER_LIT); /* nobody is left with a dark panel */
	compositor->power.pause = os_timer_release(compositor->power.pause);
}
