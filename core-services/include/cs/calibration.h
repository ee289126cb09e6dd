/* Calibration: the setting "touch.calibration", in which each touch device has its matrix.
 *
 * It is a dictionary from a device's id (os/touch_input.h) to six numbers, those of
 * os_touch_door.set_calibration: x' = m[0] x + m[1] y + m[2], y' = m[3] x + m[4] y + m[5], all 0 to 1
 * of the panel as it stands unturned.
 *
 *	double matrix[6];
 *	if (cs_calibration_get(cs_settings_get(settings, CS_SETTING_CALIBRATION), id, matrix)) { … }
 *	struct cs_value *value = cs_calibration_create_with(before, id, matrix);       NULL matrix: without id
 *	cs_settings_set(settings, CS_DOMAIN_DEVICE, CS_SETTING_CALIBRATION, value, NULL, NULL);
 */
#ifndef CS_CALIBRATION_H
#define CS_CALIBRATION_H

#include <cs/value.h>

#define CS_SETTING_CALIBRATION "touch.calibration"
#define CS_CALIBRATION_DEVICES_MAX 16
#define CS_CALIBRATION_ID_MAX 127 /* bytes */

/* Whether six numbers can be a calibration: finite, none absurd, and no two places become one. */
CS_PUBLIC bool cs_calibration_is_matrix(const double matrix[6]);
/* Whether a value can be the setting. */
CS_PUBLIC bool cs_calibration_is_valid(const struct cs_value *value);
/* False: the device has none, or the value is not one. */
CS_PUBLIC bool cs_calibration_get(const struct cs_value *value, const char *id, double ret_matrix[6]);
/* The setting as it was (NULL: empty), with another matrix for this device, rounded to a millionth.
 * Where there are too many the first by name go. NULL: no memory. */
CS_PUBLIC struct cs_value *cs_calibration_create_with(const struct cs_value *before, const char *id,
						      const double matrix[6]);

#endif
