/* Shell: what home alone may ask of the compositor (SpringBoard's side of it). Entitlement "shell".
 *
 * The compositor tells of every app's scene; home hosts it in a layer of its own (md_layer_set_host)
 * and says which one is active. Edge zones are values: a touch that begins in one goes to the app
 * at once and to the shell; the compositor decides alone (10 pt inward within 45°) and cancels it in
 * the app if the system wins. Thread: main. */
#ifndef MD_SHELL_H
#define MD_SHELL_H

#include <md/scene.h>

/* What the board says of its battery and of how warm it is. */
struct md_power {
	bool has_battery, is_charging;
	double battery;      /* 0 to 1 */
	bool knows_temperature;
	double warmest_c;
	bool is_throttled;   /* slowed down because it is too warm */
};

struct md_shell_delegate {
	uint32_t struct_size;
	void (*scene_appeared)(void *context, uint64_t token, const char *app, int pid, enum md_scene_role role);
	void (*scene_ready)(void *context, uint64_t token);   /* its first commit has been latched */
	void (*scene_went)(void *context, uint64_t token, const char *app);
	/* The system has won this edge touch: it and its moves come as touches of the shell's scene. */
	void (*edge_began)(void *context, int edge, int finger, struct md_point start);
	/* KEY_HOMEPAGE and its like, anywhere; KEY_POWER once it was held for 1.5 s. */
	void (*system_key)(void *context, uint32_t key);
	void (*power_changed)(void *context, const struct md_power *power);
	void (*held)(void *context);                          /* md_shell_watch_hold: once a hold */
	void (*rested)(void *context);                        /* md_shell_watch_rest: once */
};

enum md_edge { MD_EDGE_TOP, MD_EDGE_LEFT, MD_EDGE_BOTTOM, MD_EDGE_RIGHT };

MD_PUBLIC void md_shell_attach(struct md_scene *scene, const struct md_shell_delegate *delegate, void *context);
/* depth: points from the edge; 0 removes. */
MD_PUBLIC void md_shell_set_edge(struct md_scene *scene, enum md_edge edge, double depth);
/* The scene that has keys, text and `foreground`; 0: the shell itself. */
MD_PUBLIC void md_shell_activate(struct md_scene *scene, uint64_t token);
/* Insets, in points, that hosted app scenes get as safe area (status bar, home edge). */
MD_PUBLIC void md_shell_set_safe_area(struct md_scene *scene, struct md_insets insets);
/* power_changed follows: what no event tells of, the temperature, is read anew. */
MD_PUBLIC void md_shell_ask_power(struct md_scene *scene);
/* Keeps a picture of the scene now (it is about to leave the foreground). */
MD_PUBLIC void md_shell_snapshot(struct md_scene *scene, uint64_t token);
/* Tells when so many fingers have lain still for so long, whatever is in front and even if it hangs;
 * their touches are cancelled then. 0 fingers: no more. */
MD_PUBLIC void md_shell_watch_hold(struct md_scene *scene, int fingers, int64_t hold_us);
/* Tells when nobody has touched or typed anything for so long, counted from now; 0: no more. */
MD_PUBLIC void md_shell_watch_rest(struct md_scene *scene, int64_t rest_us);

#endif
