/* Input: fingers and keys, from the boards to the scenes. Private.
 *
 * A finger belongs from down to up to the scene it came down in. One that came down in an edge zone
 * goes to that scene at once, and is taken away from it if it moves 10 points inward within 45°:
 *
 *	(none) ──down in a zone──▶ asking ──inward──▶ the system's: cancel to the app, down to the shell
 *	                             └──elsewhere────▶ the app's
 *
 * Moves wait for the next tick; downs and ups go at once, with the moves before them. */
#ifndef COMPOSITOR_INPUT_H
#define COMPOSITOR_INPUT_H

#include <os/key_input.h>
#include <os/touch_input.h>

#include <md/geometry.h>
#include <md/scene_interface.h>

struct md_compositor;
struct scene;

enum finger_edge { FINGER_NO_EDGE, FINGER_ASKING, FINGER_APPS, FINGER_SYSTEMS };

struct finger {
	bool down;
	int source;          /* the board's fingers, or a script's */
	struct scene *scene; /* NULL: nobody's */
	uint64_t flow;
	struct md_point start, last; /* points of the screen */
	int64_t start_us;
	enum finger_edge edge;
	int edge_number;
};

enum input_source { INPUT_BOARD, INPUT_SCRIPT };

struct input {
	struct finger fingers[OS_TOUCH_FINGERS];
	struct os_touch *script; /* the script board's door, NULL: none */
};

int input_init(struct md_compositor *compositor);
void input_finish(struct md_compositor *compositor);
void input_touch(struct md_compositor *compositor, enum input_source source,
		 const struct os_touch_sample *samples, size_t count);
void input_key(struct md_compositor *compositor, const struct os_key_sample *sample);
/* Points of the panel (0 to 1) and of the screen as it is held. */
struct md_point input_to_screen(const struct md_compositor *compositor, double x, double y);
void input_to_panel(const struct md_compositor *compositor, struct md_point point, double *ret_x,
		    double *ret_y);
/* Sends one sample of a finger to its scene, or keeps it for the tick. */
void input_deliver(struct md_compositor *compositor, const struct finger *finger, int number,
		   const struct os_touch_sample *sample, enum md_touch_phase phase);
/* input_edges.c: the edge zone that a point lies in, or -1; whether a finger that asked is now the
 * system's. */
int edge_zone_at(const struct md_compositor *compositor, struct md_point point);
void edge_decide(struct md_compositor *compositor, struct finger *finger, int number,
		 const struct os_touch_sample *sample);
/* Sends the moves of the interval; the tick follows. */
void input_send_moves(struct scene *scene);
void input_tick_answered(struct scene *scene);
void input_cancel_all(struct md_compositor *compositor);
void input_scene_went(struct md_compositor *compositor, const struct scene *scene);
bool input_is_touched(const struct md_compositor *compositor);

#endif
