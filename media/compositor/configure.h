/* Configure: what scenes are told about the screen, and changes of the whole device. Private.
 *
 * A change of the device (rotation, look, text size) keeps the picture, waits at most 250 ms for
 * the visible scenes' acknowledging commits, and then turns or cross-fades once:
 *
 *	rest ──change──▶ waiting (picture frozen) ──all acknowledged, or 250 ms──▶ turning ──▶ rest */
#ifndef COMPOSITOR_CONFIGURE_H
#define COMPOSITOR_CONFIGURE_H

#include <os/display.h>
#include <os/timer.h>

#include <md/scene.h>

#include "frame_list.h"

struct md_compositor;
struct scene;

struct settings {
	int orientation;
	uint32_t flags; /* enum md_configure_flags */
	int text_size;
	bool says_keyboard; /* the setting; a keyboard that is there is one without it */
};

enum change_state { CHANGE_REST, CHANGE_WAITING, CHANGE_TURNING };

struct change {
	enum change_state state;
	enum md_transition transition;
	uint32_t serial;       /* the last one given to anybody */
	uint32_t first_serial; /* of this change: scenes must have acknowledged as much */
	struct os_timer *deadline;
	struct md_texture *picture; /* before the change; NULL while it is being taken */
	bool taking;
	int from_orientation;
	int64_t begin_us, duration_us;
	uint64_t number; /* of changes, the key of their picture in frames */
};

void configure_send(struct scene *scene, enum md_transition transition);
/* A keyboard came or went, or the setting says that there is one. */
void configure_keyboard(struct md_compositor *compositor);
void configure_acknowledged(struct scene *scene, uint32_t serial);
void configure_all(struct md_compositor *compositor, enum md_transition transition);
/* The panel is another one, or has another mode: no transition, the orientation stays. */
void configure_set_mode(struct md_compositor *compositor, const struct os_display_mode *mode);
/* -EINVAL for another number than 0, 90, 180, 270. */
int configure_set_orientation(struct md_compositor *compositor, int orientation);

void change_init(struct md_compositor *compositor);
void change_finish(struct md_compositor *compositor);
void change_scene_went(struct md_compositor *compositor, const struct scene *scene);
bool change_is_moving(const struct md_compositor *compositor);
/* How far the turn is at a time, 0 to 1; ends it. */
double change_progress(struct md_compositor *compositor, int64_t time_us);

#endif
