#include <cs/calibration.h>

#include <math.h>
#include <string.h>

#define NUMBERS 6
#define PLACES 1e6
#define NUMBER_MAX 100.0  /* a panel a hundred times as wide as what is touched is none */
#define AREA_MIN 1e-4     /* what the whole panel may shrink to */

bool cs_calibration_is_matrix(const double matrix[6])
{
	for (int i = 0; i < NUMBERS; i++) {
		if (!isfinite(matrix[i]) || fabs(matrix[i]) > NUMBER_MAX) {
			return false;
		}
	}
	return fabs(matrix[0] * matrix[4] - matrix[1] * matrix[3]) >= AREA_MIN;
}

static bool read_matrix(const struct cs_value *value, double ret_matrix[6])
{
	if (cs_value_kind(value) != CS_VALUE_ARRAY || cs_value_count(value) != NUMBERS) {
		return false;
	}
	double matrix[NUMBERS];
	for (size_t i = 0; i < NUMBERS; i++) {
		matrix[i] = cs_value_double(cs_value_at(value, i), NAN);
	}
	if (!cs_calibration_is_matrix(matrix)) {
		return false;
	}
	memcpy(ret_matrix, matrix, sizeof(matrix));
	return true;
}

bool cs_calibration_is_valid(const struct cs_value *value)
{
	size_t count = cs_value_count(value);
	if (cs_value_kind(value) != CS_VALUE_DICTIONARY || count > CS_CALIBRATION_DEVICES_MAX) {
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		size_t length = strlen(cs_value_key_at(value, i));
		double matrix[NUMBERS];
		if (length == 0 || length > CS_CALIBRATION_ID_MAX || !read_matrix(cs_value_at(value, i), matrix)) {
			return false;
		}
	}
	return true;
}

bool cs_calibration_get(const struct cs_value *value, const char *id, double ret_matrix[6])
{
	return read_matrix(cs_value_get(value, id), ret_matrix);
}

static double rounded(double number)
{
	return (double)(int64_t)(number * PLACES + (number < 0 ? -0.5 : 0.5)) / PLACES;
}

struct cs_value *cs_calibration_create_with(const struct cs_value *before, const char *id, const double matrix[6])
{
	struct cs_builder *builder = cs_builder_create();
	cs_builder_begin_dictionary(builder);
	size_t count = cs_value_count(before), most = CS_CALIBRATION_DEVICES_MAX - 1;
	for (size_t i = count > most ? count - most : 0; i < count; i++) {
		const char *key = cs_value_key_at(before, i);
		if (key == NULL || strcmp(key, id) == 0) {
			continue;
		}
		cs_builder_key(builder, key);
		cs_builder_value(builder, cs_value_at(before, i));
	}
	if (matrix != NULL) {
		cs_builder_key(builder, id);
		cs_builder_begin_array(builder);
		for (int i = 0; i < NUMBERS; i++) {
			cs_builder_double(builder, rounded(matrix[i]));
		}
		cs_builder_end(builder);
	}
	cs_builder_end(builder);
	return cs_builder_finish(builder);
}
