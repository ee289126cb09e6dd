/* Calibration: the touch devices of the board, their saved matrices, and one scene that tries another.
 * Private.
 *
 *	(none) ──calibrate ID matrix──▶ trial ──calibrate ""──▶ (none): the saved matrix again
 *	                                  └──scene, device or focus gone, 60 s without a finger──▶ (none), ended
 *
 * While there is a trial every finger is its scene's, wherever it comes down: a wrong matrix must not
 * lead it to somebody else, nor to an edge. */
#ifndef COMPOSITOR_CALIBRATION_H
#define COMPOSITOR_CALIBRATION_H

#include <os/message.h>
#include <os/timer.h>
#include <os/touch_input.h>

#define CALIBRATION_DEVICES 16
#define CALIBRATION_ID 128

struct md_compositor;
struct md_device_calibration;
struct scene;

struct calibration {
	struct touch_device {
		char id[CALIBRATION_ID], name[CALIBRATION_ID];
		int32_t fingers;
		double width_mm, height_mm;
	} devices[CALIBRATION_DEVICES];
	uint32_t count;
	struct md_device_calibration *saved; /* what the setting says */
	size_t saved_count;
	struct scene *scene;    /* that tries; NULL: nobody */
	char id[CALIBRATION_ID];
	double matrix[6];
	struct os_timer *idle;
};

void calibration_init(struct md_compositor *compositor);
void calibration_finish(struct md_compositor *compositor);
/* The door that was opened has devices already. */
void calibration_door_opened(struct md_compositor *compositor);
/* A second device of one id is left out, as are more than there is room for. */
void calibration_device_added(struct md_compositor *compositor, const struct os_touch_device *device);
void calibration_device_removed(struct md_compositor *compositor, const char *id);
int calibration_request(struct scene *scene, struct os_message *message);
/* The scene that gets all fingers, or NULL; tells that there was one. */
struct scene *calibration_takes_finger(struct md_compositor *compositor);
void calibration_scene_went(struct md_compositor *compositor, const struct scene *scene);
void calibration_focus_changed(struct md_compositor *compositor);

/* Whether the setting has a matrix for the device. */
bool calibration_is_saved(const struct md_compositor *compositor, const char *id);

#endif
