#include "calibration.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <os/log.h>

#define MATRICES_MAX 64
#define SINGULAR 1e-6 /* a panel squeezed into less than this of itself is no panel */

struct matrix {
	char id[200];
	float values[6];
};

void calibration_init(struct os_array *matrices)
{
	os_array_init(matrices, sizeof(struct matrix));
}

static struct matrix *find(const struct os_array *matrices, const char *id)
{
	for (size_t i = 0; i < matrices->count; i++) {
		struct matrix *matrix = os_array_at(matrices, i);
		if (strcmp(matrix->id, id) == 0) {
			return matrix;
		}
	}
	return NULL;
}

static bool is_usable(const double m[6])
{
	for (int i = 0; i < 6; i++) {
		if (!isfinite(m[i]) || fabs(m[i]) > 1e6) {
			return false;
		}
	}
	return fabs(m[0] * m[4] - m[1] * m[3]) > SINGULAR;
}

static void forget(struct os_array *matrices, const char *id)
{
	struct matrix *entry = find(matrices, id);
	if (entry != NULL) {
		os_array_remove(matrices, (size_t)(entry - (struct matrix *)os_array_at(matrices, 0)), 1);
	}
}

int calibration_set(struct os_array *matrices, const char *id, const double matrix[6])
{
	if (matrix == NULL) {
		forget(matrices, id);
		return 0;
	}
	if (!is_usable(matrix) || strlen(id) >= sizeof(((struct matrix *)0)->id)) {
		return -EINVAL;
	}
	struct matrix *entry = find(matrices, id);
	if (entry == NULL) {
		if (matrices->count >= MATRICES_MAX) {
			return -ENOSPC;
		}
		entry = os_array_append(matrices);
		snprintf(entry->id, sizeof(entry->id), "%s", id);
	}
	for (int i = 0; i < 6; i++) {
		entry->values[i] = (float)matrix[i];
	}
	return 0;
}

static const struct matrix *matrix_of(const struct os_array *matrices, const struct device *device)
{
	const struct matrix *matrix = find(matrices, device->id);
	return matrix != NULL ? matrix : find(matrices, device->base_id);
}

static void apply(struct device *device, const float values[6])
{
	if (libinput_device_config_calibration_has_matrix(device->libinput) &&
	    libinput_device_config_calibration_set_matrix(device->libinput, values) !=
		LIBINPUT_CONFIG_STATUS_SUCCESS) {
		os_log_warning("board", "\"%s\" takes no calibration", device->name);
	}
}

void calibration_apply(const struct os_array *matrices, struct device *device)
{
	const struct matrix *matrix = matrix_of(matrices, device);
	if (matrix != NULL) {
		apply(device, matrix->values);
	}
}

void calibration_apply_again(const struct os_array *matrices, struct device *device)
{
	const struct matrix *matrix = matrix_of(matrices, device);
	float values[6] = {1, 0, 0, 0, 1, 0};
	if (matrix == NULL) {
		libinput_device_config_calibration_get_default_matrix(device->libinput, values);
	}
	apply(device, matrix != NULL ? matrix->values : values);
}
