/* Calibration: a matrix for each device that was given one, applied by libinput and nowhere else.
 * Private. A device without one keeps what a udev rule says of it (LIBINPUT_CALIBRATION_MATRIX). */
#ifndef LINUX_CALIBRATION_H
#define LINUX_CALIBRATION_H

#include <os/array.h>

#include "devices.h"

void calibration_init(struct os_array *matrices);
/* matrix NULL: the id has none any more. -EINVAL: not finite, or it cannot be inverted; -ENOSPC: more
 * devices than anybody has. */
int calibration_set(struct os_array *matrices, const char *id, const double matrix[6]);
/* Gives a device the matrix of its id, or of the id that it would have without a twin. */
void calibration_apply(const struct os_array *matrices, struct device *device);
/* The same for a device that had one: without, it is again what a udev rule says. */
void calibration_apply_again(const struct os_array *matrices, struct device *device);

#endif
