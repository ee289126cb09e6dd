/* Calibration: which touch devices there are, and trying a matrix on one of them. Entitlement
 * "settings": it is for the Settings app alone.
 *
 *	md_calibration_watch(scene, &s_delegate, self);           delegate.devices comes at once, and on changes
 *	md_calibration_try(scene, device.id, md_calibration_none);    raw places from now on
 *	… fingers of the whole screen, edges too, come to this scene only …
 *	md_calibration_try(scene, device.id, matrix);              as they would be
 *	md_calibration_end(scene);                                 as the setting says (cs/calibration.h)
 *
 * A trial never outlives its reason: it ends with the scene, its process, its device, when another
 * scene gets the focus, and when nothing was touched for MD_CALIBRATION_IDLE_US; then the saved
 * matrix is back and `ended` says so. Thread: main. */
#ifndef MD_CALIBRATION_H
#define MD_CALIBRATION_H

#include <md/base.h>

#define MD_CALIBRATION_IDLE_US ((int64_t)60000000) /* device time */

struct md_scene;

struct md_touch_device {
	const char *id, *name;      /* os/touch_input.h */
	int fingers;
	double width_mm, height_mm; /* 0 = not known */
};

struct md_calibration_delegate {
	uint32_t struct_size;
	void (*devices)(void *context, const struct md_touch_device *devices, size_t count);
	void (*ended)(void *context, const char *id); /* not by md_calibration_end */
};

MD_PUBLIC extern const double md_calibration_none[6]; /* leaves places as they are */

/* delegate NULL: not any more. */
MD_PUBLIC void md_calibration_watch(struct md_scene *scene, const struct md_calibration_delegate *delegate,
                                    void *context);
MD_PUBLIC void md_calibration_try(struct md_scene *scene, const char *id, const double matrix[6]);
MD_PUBLIC void md_calibration_end(struct md_scene *scene);

#endif
